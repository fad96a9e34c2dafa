"""What helps to find an entry in a long list, in HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docutils import nodes
from sphinx import addnodes

from ..assemble.fields import joined_alt
from ..registry import LAYOUTS
from ..words import chapter_heading
from .assets import SCRIPTED
from .search import figlist_search
from .view import ListView

#: A list with more entries than this is long.
LONG: Final = 20


def aids(view: ListView) -> Iterator[nodes.Node]:
    """The search field and the links to chapters, where they are wanted."""
    output = view.assembly.output
    if view.request.searchable and output.name in SCRIPTED:
        yield figlist_search(unseen=_unseen(view))
    if output.format == "html":
        yield from _jumps(view)


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


def _jumps(view: ListView) -> Iterator[nodes.Node]:
    """Links to the chapters of a long list, below their volumes."""
    chapters = [chapter for part in view.parts for chapter in part.chapters]
    if len(chapters) < 2 or sum(len(c.entries) for c in chapters) <= LONG:
        return
    headed = LAYOUTS[view.request.layout].by_chapter
    volumes = []
    for part in view.parts:
        links = [
            _item(
                view.chapter_id(chapter) if headed else view.anchor(chapter.entries[0]),
                chapter_heading(chapter.number, chapter.title),
            )
            for chapter in part.chapters
        ]
        items = nodes.bullet_list("", *links)
        if view.names_volumes:
            item = _item(view.volume_id(part), view.volume_words(part))
            volumes.append(item)
            item += [items] if links else []
        else:
            items["classes"].append("figlist-jumps")
            yield items
    if volumes:
        yield nodes.bullet_list("", *volumes, classes=["figlist-jumps"])


def _item(id_: str, words: str) -> nodes.list_item:
    link = nodes.reference("", words, internal=True, refid=id_)
    return nodes.list_item("", nodes.paragraph("", "", link))
