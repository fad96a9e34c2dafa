"""A small book in two volumes that shows what figlist lists, and how."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Lights of the Coast"
author = "The figlist authors"
copyright = "2026, The figlist authors"
version = release = "1.0"

extensions = [
    "sphinxext_figlist",
    "figure_pair",  # the book's own directive for two pictures in one figure
    "myst_parser",
    "sphinxcontrib.bibtex",
]
exclude_patterns = ["_build", "_ext"]

numfig = True
numfig_format = {"figure": "Figure %s"}
myst_enable_extensions = ["colon_fence", "dollarmath"]
bibtex_bibfiles = ["refs.bib"]

figlist_volumes = [
    {"id": 1, "title": "The Light", "root": "vol1/index"},
    {"id": 2, "title": "The Station", "root": "vol2/index"},
]
figlist_number_uncaptioned = True
figlist_latex_short_captions = True

html_theme = "alabaster"
html_title = project
