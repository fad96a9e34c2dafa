"""What helps to find an entry in a long list, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes

from ..assemble.fields import joined_alt
from ..registry import LAYOUTS
from ..words import chapter_heading
from .assets import SCRIPTED
from .elements import figlist_folded, figlist_search
from .view import ListView


def aids(view: ListView) -> Iterator[nodes.Node]:
    """The search field and the links to chapters, where they are wanted."""
    output = view.assembly.output
    if view.request.searchable and output.name in SCRIPTED:
        yield figlist_search(unseen=_unseen(view))
    if output.format == "html" and view.is_long:
        jumps = _jumps(view)
        # Readers of EPUB have no way to unfold what is folded.
        yield jumps if output.name == "epub" else figlist_folded("", jumps)


def _unseen(view: ListView) -> dict[str, str]:
    """What the field finds of each entry besides the fields that it shows."""
    found = {}
    for part in view.parts:
        for entry in part.entries():
            parts = {
                "title": _said(view.thaw(entry.title.shown)),
                "caption": _said(view.thaw(entry.figure.caption or ())),
                "alt": joined_alt(entry.figure),
            }
            unseen = [words for name, words in parts.items() if name not in view.fields]
            if words := "\n".join(filter(None, unseen)):
                found[view.anchor(entry)] = words
    return found


def _said(content: Sequence[nodes.Node]) -> str:
    """The words of *content*: of a link that Sphinx has yet to name, none."""
    return "".join(
        node.astext() if isinstance(node, nodes.Text) else _said(node.children)
        for node in content
        if not isinstance(node, addnodes.pending_xref) or node.get("refexplicit")
    )


class _Jump(NamedTuple):
    """A link to a heading, and those below it."""

    id: str
    words: str
    below: Sequence[_Jump] = ()


def _jumps(view: ListView) -> nodes.Element:
    """Links to the chapters of a list, below their volumes."""
    headed = LAYOUTS[view.request.layout].by_chapter
    jumps: list[_Jump] = []
    for part in view.parts:
        links = [
            _Jump(
                view.chapter_id(chapter) if headed else view.anchor(chapter.entries[0]),
                chapter_heading(chapter.number, chapter.title),
            )
            for chapter in part.chapters
        ]
        if view.names_volumes:
            jumps.append(_Jump(view.volume_id(part), view.volume_words(part), links))
        else:
            jumps += links
    if view.as_html:
        return view.html(
            _as_html(jumps, ' class="figlist-jumps simple"'), *_words(jumps)
        )
    found = _as_nodes(jumps)
    found["classes"].append("figlist-jumps")
    return found


def _as_nodes(jumps: Iterable[_Jump]) -> nodes.bullet_list:
    found = nodes.bullet_list()
    for jump in jumps:
        link = nodes.reference("", jump.words, internal=True, refid=jump.id)
        item = nodes.list_item("", nodes.paragraph("", "", link))
        found += item
        if jump.below:
            item += _as_nodes(jump.below)
    return found


def _as_html(jumps: Iterable[_Jump], attribute: str = "") -> str:
    """The HTML that Sphinx makes of :func:`_as_nodes`."""
    items = []
    for jump in jumps:
        below = f"\n{_as_html(jump.below)}" if jump.below else ""
        items.append(
            f'<li><p><a class="reference internal" href="#{escape(jump.id)}">'
            f"{escape(jump.words)}</a></p>{below}</li>\n"
        )
    return f"<ul{attribute}>\n{''.join(items)}</ul>\n"


def _words(jumps: Iterable[_Jump]) -> Iterator[str]:
    for jump in jumps:
        yield jump.words
        yield from _words(jump.below)
