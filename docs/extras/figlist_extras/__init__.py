"""An example extension: it adds a source, a layout, a check and a format to figlist."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinxext_figlist.registry import (
    CHECKS,
    FORMATS,
    LAYOUTS,
    SOURCES,
    Check,
    Format,
    Layout,
    Source,
)

from . import sketch


def setup(app: Sphinx) -> ExtensionMetadata:
    # figlist first: its own setup() empties the registries and fills them.
    app.setup_extension("sphinxext_figlist")
    SOURCES["sketch"] = Source("figlist_extras.sketch")
    LAYOUTS["sentence"] = Layout("figlist_extras.sentence", by_chapter=False)
    CHECKS["alt_shouting"] = Check("figlist_extras.shouting", "alt_shouting")
    FORMATS["tsv"] = Format(".tsv", "figlist_extras.tsv", table=True)
    sketch.set_up(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
