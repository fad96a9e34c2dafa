"""Cross-referenced figure lists for Sphinx.

Data flows one way, and so do imports: each folder imports only from those above it in
this list::

    registry.py, words.py   what extensions can add; the words of lists
    config/      the configuration: values, what is wrong with them, settings
    read/        directive and collector, while documents are read; what they leave
    assemble/    records + toctree order + numbers = one list for each volume
    proofs/      the pages on which a PDF has the figures
    render/      lists as nodes on pages
    check/       faults of figures, as data and on the console
    export/      lists and findings as files
    build/       what happens at each of Sphinx's events, and the state between

``read/records.py`` has the data that are read, ``assemble/model.py`` those that are
assembled; ``build/events.py`` has a handler for each event below.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from . import registry
from .build import numfig
from .build.events import Handlers
from .build.watch import CompletePage
from .config import values
from .export.builder import FigureListBuilder
from .read.collect import FigureCollector
from .read.directive import FigureListDirective, figlist
from .registry import (
    CHECKS,
    FORMATS,
    LAYOUTS,
    SOURCES,
    Check,
    Format,
    Layout,
    Source,
)
from .render import elements
from .words import CATALOG

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"

#: What is for one output, or was never completed, is nothing for whoever writes it.
_SKIPPED: Final[dict[str, Any]] = dict.fromkeys(
    ("html", "latex", "text", "man", "texinfo"), (elements.skip, None)
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything, in the order in which a build runs."""
    on = Handlers()

    # what extensions can add: one file and one line each
    registry.clear()
    SOURCES["picture"] = Source(".read.loose")
    SOURCES["enumerable"] = Source(".read.enumerables")
    SOURCES["theorem"] = Source(".read.theorems")
    SOURCES["figure"] = Source(".read.figures")
    LAYOUTS["full"] = Layout(".render.layouts.full")
    LAYOUTS["compact"] = Layout(".render.layouts.compact", fields=("title",))
    LAYOUTS["table"] = Layout(".render.layouts.table")
    LAYOUTS["gallery"] = Layout(
        ".render.layouts.gallery", fields=("title",), pictures=True
    )
    CHECKS["missing_alt"] = Check(".check.alt", "missing_alt", of_alts=True)
    CHECKS["missing_caption"] = Check(".check.captions", "missing_caption")
    CHECKS["missing_title"] = Check(".check.captions", "missing_title")
    CHECKS["duplicate_title"] = Check(".check.captions", "duplicate_title")
    CHECKS["alt_repeats_caption"] = Check(
        ".check.alt", "alt_repeats_caption", of_alts=True
    )
    CHECKS["alt_length"] = Check(".check.alt", "alt_length", of_alts=True)
    CHECKS["alt_phrase"] = Check(".check.alt", "alt_phrase", of_alts=True)
    CHECKS["alt_filename"] = Check(".check.alt", "alt_filename", of_alts=True)
    CHECKS["alt_placeholder"] = Check(".check.alts", "alt_placeholder", of_alts=True)
    CHECKS["alt_duplicate"] = Check(".check.alts", "alt_duplicate", of_alts=True)
    CHECKS["decorative_caption"] = Check(
        ".check.alts", "decorative_caption", of_alts=True
    )
    CHECKS["unreferenced"] = Check(".check.references", "unreferenced")
    CHECKS["reference_order"] = Check(".check.references", "reference_order")
    CHECKS["missing_image"] = Check(".check.images", "missing_image")
    CHECKS["low_resolution"] = Check(".check.images", "low_resolution")
    FORMATS["markdown"] = Format(".md", ".export.markdown")
    FORMATS["csv"] = Format(".csv", ".export.csv", table=True, alts=".export.alts_csv")
    FORMATS["json"] = Format(".json", ".export.json", pictures=True)
    FORMATS["xlsx"] = Format(
        ".xlsx", ".export.xlsx", library="xlsxwriter", extra="xlsx", table=True
    )

    # configuration
    app.add_message_catalog(CATALOG, str(Path(__file__).parent / "locale"))
    values.add_values(app)
    app.connect("config-inited", on.check_config, priority=800)
    app.connect("builder-inited", on.set_up_builder, priority=800)

    # read
    app.add_directive("figlist", FigureListDirective)
    app.add_node(figlist, **_SKIPPED)
    app.add_env_collector(FigureCollector)
    app.connect("env-get-outdated", on.restore_numbers, priority=0)
    app.connect("env-get-outdated", on.outdated)
    app.connect("env-before-read-docs", on.reading_begins)
    app.connect("env-before-read-docs", numfig.prepare)

    # assemble, find what changed: Sphinx assigns numbers at priority 500
    app.connect("env-get-updated", on.updated, priority=900)

    # render
    app.add_event("figlist-resolve-page")
    app.connect("figlist-resolve-page", on.resolve_page)
    app.add_post_transform(CompletePage)
    app.connect("warn-missing-reference", on.told_before, priority=100)
    app.connect("doctree-resolved", on.page_resolved, priority=900)
    app.connect("html-page-context", on.add_style)
    in_html: dict[type[nodes.Element], Any] = {
        elements.figlist_backlink: elements.visit_backlink,
        elements.figlist_html: elements.visit_html,
        elements.figlist_search: elements.visit_search,
        elements.figlist_thumbnail: elements.visit_thumbnail,
    }
    for node, visit_html in in_html.items():
        app.add_node(node, **_SKIPPED | {"html": (visit_html, None)})
    folded = (elements.visit_folded, elements.depart_folded)
    app.add_node(elements.figlist_folded, **_SKIPPED | {"html": folded})
    column: Any = (elements.visit_column, elements.depart_column)
    app.add_node(elements.figlist_column, **dict.fromkeys(_SKIPPED, column))

    # check, export
    app.add_builder(FigureListBuilder)
    app.add_event("figlist-write-files")
    app.connect("figlist-write-files", on.write_files)
    app.connect("build-finished", on.pages_written, priority=1)
    app.connect("build-finished", on.finish)

    return {
        "version": __version__,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
