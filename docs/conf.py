"""The documentation of figlist, which lists its own figures with it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "figlist"
author = "The figlist authors"
copyright = "2026, The figlist authors"
version = release = "0.1.0"

extensions = [
    "sphinxext_figlist",
    "check_index",
    "message_index",
    "setting_index",
    "myst_parser",
    "sphinx_design",
]
# The demo book is a site of its own, so that a search here finds the documentation.
exclude_patterns = ["_build", "_ext", "_static", "demo", "extras"]

numfig = True
numfig_format = {"figure": "Figure %s"}
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

figlist_formats = ["markdown", "json"]
figlist_files_for = "html"
figlist_checks = ["all"]
suppress_warnings = ["figlist.unreferenced"]

html_theme = "furo"
html_title = "figlist"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
