"""Alt text in the PDF (``figlist_latex_alt``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes

from . import preamble
from .visitors import extend

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def set_up(app: Sphinx) -> None:
    """Write alt texts with pictures."""
    extend(app, nodes.image, _visit)


def _visit(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    before = len(self.body)
    original()
    words = " ".join(node.get("alt", "").split())
    if not words or not _takes(self):
        return
    for place in range(before, len(self.body)):
        if r"\sphinxincludegraphics" in self.body[place]:
            preamble.need(self, preamble.ALT)
            code = words.encode("utf-16-be", "replace").hex().upper()
            start = f"\\figlistalt{{{code}}}{{{self.encode(words)}}}"
            self.body[place] = f"{start}{self.body[place]}\\figlistendalt{{}}"


def _takes(self: Any) -> bool:
    """Whether marks may stand here: tables are set twice, and titles move."""
    return not (self.table or self.in_title or self.in_caption or self.in_footnote)
