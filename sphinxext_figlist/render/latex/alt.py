"""Alt text in the PDF (``figlist_latex_alt``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from ...read.pictures import DRAWN
from . import preamble
from .visitors import extend

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PICTURE: Final = re.compile(
    r"\\(?:sphinx)?includegraphics(?:\[[^]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}"
)


def set_up(app: Sphinx) -> None:
    """Write alt texts with pictures, those that other extensions draw among them."""
    drawn = DRAWN & app.registry.translation_handlers.get("latex", {}).keys()
    for name in ("image", *sorted(drawn)):
        extend(app, name, _visit)


def _visit(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    before = len(self.body)
    try:
        original()
    finally:  # a visitor that writes all there is skips the rest of the node
        words = " ".join((node.get("alt") or "").split())
        if words and _takes(self):
            _mark(self, before, words)


def _mark(self: Any, start: int, words: str) -> None:
    """Put *words* with each picture that was written from *start* on."""
    code = words.encode("utf-16-be", "replace").hex().upper()
    marked = rf"\figlistalt{{{code}}}{{{self.encode(words)}}}"
    for place in range(start, len(self.body)):
        if _PICTURE.search(self.body[place]):
            preamble.need(self, preamble.ALT)
            self.body[place] = _PICTURE.sub(
                lambda match: rf"{marked}{match[0]}\figlistendalt{{}}",
                self.body[place],
            )


def _takes(self: Any) -> bool:
    """Whether marks may stand here: tables are set twice, and titles move."""
    return not (self.table or self.in_title or self.in_caption or self.in_footnote)
