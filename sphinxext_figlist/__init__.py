"""Cross-referenced figure lists for Sphinx.

Data flow one way, and so do imports::

    read      read/        directive and collector, while documents are read
    store     store.py     what each document contributed, with the environment
    assemble  assemble/    records + toctree order + numbers = one list a volume
              proofs/      the pages on which a PDF has the figures
              assembly.py  both, for one output
    refresh   refresh.py   which pages show what has changed elsewhere
    render    render/      lists as nodes on pages
    export    export/      lists as files
    check     check/       faults of figures as warnings, and as files

``records.py`` has the data that are read, ``assemble/model.py`` those that are
assembled, ``record.py`` what each builder has written; ``pipeline.py`` is what happens
at each of Sphinx's events, and ``delivery.py`` what it hands on of files and checks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import config
from .export.builder import FigureListBuilder
from .pipeline import Build
from .read.collect import FigureCollector
from .read.directive import FigureListDirective, figlist
from .registry import CHECKS, FORMATS, LAYOUTS, Check, Format, Layout
from .render import backlinks, search, thumbnail
from .render.backlinks import figlist_backlink
from .render.search import figlist_search
from .render.thumbnail import figlist_thumbnail
from .render.transform import CompletePage
from .store import FigureStore
from .words import CATALOG

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a build runs."""
    build = Build()

    # what can be added to
    LAYOUTS["full"] = Layout(".render.layouts.full")
    LAYOUTS["compact"] = Layout(
        ".render.layouts.compact", fields=("title",), by_chapter=False
    )
    LAYOUTS["table"] = Layout(".render.layouts.table")
    LAYOUTS["gallery"] = Layout(
        ".render.layouts.gallery", fields=("title",), pictures=True
    )
    FORMATS["markdown"] = Format(".md", ".export.markdown")
    FORMATS["csv"] = Format(".csv", ".export.csv", table=True)
    FORMATS["json"] = Format(".json", ".export.json")
    FORMATS["xlsx"] = Format(
        ".xlsx", ".export.xlsx", library="xlsxwriter", extra="xlsx", table=True
    )
    CHECKS["missing_alt"] = Check(".check.alt", "missing_alt")
    CHECKS["missing_caption"] = Check(".check.captions", "missing_caption")
    CHECKS["missing_title"] = Check(".check.captions", "missing_title")
    CHECKS["duplicate_title"] = Check(".check.captions", "duplicate_title")
    CHECKS["alt_repeats_caption"] = Check(".check.alt", "alt_repeats_caption")
    CHECKS["alt_length"] = Check(".check.alt", "alt_length")
    CHECKS["alt_phrase"] = Check(".check.alt", "alt_phrase")
    CHECKS["alt_filename"] = Check(".check.alt", "alt_filename")
    CHECKS["unreferenced"] = Check(".check.references", "unreferenced")
    CHECKS["reference_order"] = Check(".check.references", "reference_order")
    CHECKS["missing_image"] = Check(".check.images", "missing_image")
    CHECKS["low_resolution"] = Check(".check.images", "low_resolution")

    # configuration
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    config.add_values(app)
    app.connect("config-inited", build.check_config, priority=800)
    app.connect("builder-inited", build.set_up_builder, priority=800)

    # read, store
    app.add_domain(FigureStore)
    app.add_directive("figlist", FigureListDirective)
    app.add_node(figlist)
    app.add_env_collector(FigureCollector)
    app.connect("env-get-outdated", build.outdated)
    app.connect("env-before-read-docs", build.note_absent_volumes)

    # assemble, refresh: Sphinx assigns numbers at priority 500
    app.connect("env-get-updated", build.restore_numbers, priority=400)
    app.connect("env-get-updated", build.updated, priority=900)

    # render
    app.connect("write-started", build.begin_writing)
    app.add_event("figlist-resolve-page")
    app.connect("figlist-resolve-page", build.resolve_page)
    app.add_post_transform(CompletePage)
    app.connect("doctree-resolved", build.page_resolved)
    app.connect("html-page-context", build.add_style)
    app.add_node(figlist_backlink, html=(backlinks.visit_html, backlinks.skip))
    app.add_node(figlist_search, html=(search.visit_html, None))
    app.add_node(figlist_thumbnail, html=(thumbnail.visit_html, None))

    # export
    app.add_builder(FigureListBuilder)
    app.add_event("figlist-write-files")
    app.connect("figlist-write-files", build.write_files)
    app.connect("build-finished", build.finish)

    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
