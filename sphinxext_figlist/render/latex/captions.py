"""Captions in LaTeX: a number alone, and titles for ``\\listoffigures``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

from ...read.kinds import standard_domain
from ..anchors import in_documents
from ..elements import skip
from ..uncaptioned import caption_of
from . import preamble
from .visitors import extend

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...assemble.assembly import Assembly
    from ..anchors import Placed
    from ..thaw import Thaw


_LINKS: Final = (nodes.reference, nodes.citation_reference)

#: What makes a link, or its target, of the argument behind its first one.
_RAW_LINK: Final = re.compile(
    r"\\(?:hyperlink|hypertarget|href|sphinxhref) *\{|\\hyperref *\["
)


#: The names that LaTeX has for the other kinds whose captions Sphinx writes.
_TYPES: Final = {"table": "table", "code-block": "literalblock"}


class figlist_short_caption(nodes.General, nodes.TextElement):
    """A short caption, until the caption is written."""


def set_up(app: Sphinx) -> None:
    """Write captions as :func:`shorten` prepared them."""
    extend(app, "caption", _visit)
    for name in ("table", "captioned_literal_block"):
        extend(app, name, _visit_other, _depart_other)
    app.add_node(figlist_short_caption, latex=(skip, None))


def shorten(
    assembly: Assembly,
    thaw: Thaw,
    docname: str,
    document: nodes.document,
    figures: Iterable[Placed],
) -> None:
    """Give what has a caption its title as a short one.

    :param document: the assembled one, whose root is *docname*, with its *figures*.
    """
    std = standard_domain(assembly.env)
    captioned: list[tuple[str, nodes.Element]] = []
    captioned += ((figure.docname, figure.node) for figure in figures)
    captioned += (
        (name, node)
        for name, node in in_documents(document, docname)
        if std.get_enumerable_node_type(node) in _TYPES
    )
    for name, node in captioned:
        found = (assembly.figure(name, id_) for id_ in node["ids"])
        known = next(filter(None, found), None)
        # Some extensions take what else is in a figure for pictures.
        holder = caption_of(node) if isinstance(node, nodes.figure) else node
        if known is None or holder is None:
            continue
        if shown := assembly.title(known).heading:
            holder += figlist_short_caption("", "", *thaw(shown))


def _visit(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    figure = node.parent
    if not isinstance(figure, nodes.figure):
        original()
        return
    if not node.astext().strip():
        preamble.need(self, preamble.NUMBER_ALONE)
        self.body.append(r"\figlistnumberalone" + "\n")
    original()
    short = _short(node)
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
    return unlinked("".join(self.popbody())).strip()


def unlinked(latex: str) -> str:
    """*latex* with links' words in their stead: other extensions write links raw."""
    kept: list[str] = []
    start = 0
    for link in _RAW_LINK.finditer(latex):
        end = _after_argument(latex, link.end())
        if link.start() >= start and latex[end : end + 1] == "{":
            kept.append(latex[start : link.start()])
            start = end
    return "".join([*kept, latex[start:]])


def _after_argument(latex: str, start: int) -> int:
    """Where the argument ends whose opening bracket or brace is before *start*."""
    opening = latex[start - 1]
    closing, depth, at = {"{": "}", "[": "]"}[opening], 0, start
    while at < len(latex):
        if latex[at] == "\\":
            at += 1
        elif latex[at] == closing and depth == 0:
            return at + 1
        elif latex[at] in "{}":
            depth += 1 if latex[at] == "{" else -1
        at += 1
    return at


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


def _visit_other(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    short = _short(node)
    if short is not None:
        preamble.need(self, preamble.SHORT)
        type_ = _TYPES["table" if isinstance(node, nodes.table) else "code-block"]
        self.body.append(f"\\figlistshort{{{type_}}}{{{_written(self, short)}}}%\n")
    original()


def _depart_other(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    original()
    if _short(node) is not None:
        self.body.append("\\figlistendshort%\n")


def _short(node: nodes.Element) -> figlist_short_caption | None:
    found = (child for child in node if isinstance(child, figlist_short_caption))
    return next(found, None)
