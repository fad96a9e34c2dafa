"""The documentation of figlist, which holds the demo book to list its figures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "demo" / "_ext"))
sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "figlist"
author = "The figlist authors"
copyright = "2026, The figlist authors"
version = release = "0.1.0"

extensions = [
    "sphinxext_figlist",
    "figure_pair",
    "check_index",
    "message_index",
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib.bibtex",
]
exclude_patterns = ["_build", "_ext", "demo/_build", "demo/_ext"]

numfig = True
numfig_format = {"figure": "Figure %s"}
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
bibtex_bibfiles = ["demo/refs.bib"]

# The demo book's two volumes; the documentation around them has no figures.
figlist_volumes = [
    {"id": 1, "title": "The Light", "root": "demo/vol1/index"},
    {"id": 2, "title": "The Station", "root": "demo/vol2/index"},
]
figlist_number_uncaptioned = True
figlist_formats = ["markdown", "json"]
figlist_files_for = "html"
# All but three: the demo book shows lists of figures without captions, titles and
# references.
figlist_checks = [
    "missing_alt",
    "duplicate_title",
    "alt_repeats_caption",
    "alt_length",
    "alt_phrase",
    "alt_filename",
    "reference_order",
    "missing_image",
    "low_resolution",
]

html_theme = "furo"
html_title = "figlist"
