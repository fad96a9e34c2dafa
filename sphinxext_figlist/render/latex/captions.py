"""Captions in LaTeX: a number alone, and titles for ``\\listoffigures``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from ..backlinks import skip
from . import preamble
from .visitors import extend

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...assemble.assembly import Assembly
    from ..anchors import Placed
    from ..thaw import Thaw


_LINKS = (nodes.reference, nodes.citation_reference)


class figlist_short_caption(nodes.General, nodes.TextElement):
    """A figure's short caption, until the caption is written."""


def set_up(app: Sphinx) -> None:
    """Write captions as :func:`shorten` prepared them."""
    extend(app, "caption", _visit)
    app.add_node(figlist_short_caption, latex=(skip, None))


def shorten(assembly: Assembly, thaw: Thaw, figures: Iterable[Placed]) -> None:
    """Give each captioned figure its title as a short caption."""
    for figure in figures:
        node, keys = figure.node, ((figure.docname, id_) for id_ in figure.node["ids"])
        known = next(filter(None, map(assembly.figures.get, keys)), None)
        if known is not None and (shown := assembly.title(known).shown):
            node += figlist_short_caption("", "", *thaw(shown))


def _visit(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    figure = node.parent
    if not isinstance(figure, nodes.figure):
        original()
        return
    if not node.astext().strip():
        preamble.need(self, preamble.NUMBER_ALONE)
        self.body.append(r"\figlistnumberalone" + "\n")
    original()
    short = next(
        (child for child in figure if isinstance(child, figlist_short_caption)), None
    )
    if short is not None and self.body[-1][-1:] == "{":
        self.body[-1] = f"{self.body[-1][:-1]}[{{{_written(self, short)}}}]{{"


def _written(self: Any, short: figlist_short_caption) -> str:
    """*short* as LaTeX that can move to another page: it holds no links."""
    for link in list(short.findall(nodes.Element)):
        if isinstance(link, _LINKS):
            link.replace_self(_words(self, link))
    self.pushbody([])
    for child in short.children:
        child.walkabout(self)
    return "".join(self.popbody()).strip()


def _words(self: Any, link: nodes.Element) -> list[nodes.Node]:
    """What stands in a list for a link."""
    if isinstance(link, nodes.citation_reference):
        return [nodes.Text(f"[{link.astext().strip('[]')}]")]
    if isinstance(link, addnodes.number_reference):
        return [nodes.raw("", _number(self, link), format="latex")]
    return list(link.children)


def _number(self: Any, link: addnodes.number_reference) -> str:
    """The words of a ``numref``, with the number that LaTeX prints."""
    self.pushbody([])
    with suppress(nodes.SkipNode):
        self.visit_number_reference(link)
    written = "".join(self.popbody())
    words = written.partition("]{")[2].removesuffix("}")
    return words.replace(r"\ref{", r"\ref*{").replace(r"\nameref{", r"\nameref*{")
