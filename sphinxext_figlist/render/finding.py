"""What helps to find an entry in a long list, in HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes

from ..assemble.fields import joined_alt
from ..registry import LAYOUTS
from ..words import chapter_heading
from .assets import SCRIPTED
from .elements import figlist_folded
from .search import figlist_search
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


def _jumps(view: ListView) -> nodes.bullet_list:
    """Links to the chapters of a list, below their volumes."""
    headed = LAYOUTS[view.request.layout].by_chapter
    items: list[nodes.list_item] = []
    for part in view.parts:
        links = [
            _item(
                view.chapter_id(chapter) if headed else view.anchor(chapter.entries[0]),
                chapter_heading(chapter.number, chapter.title),
            )
            for chapter in part.chapters
        ]
        if view.names_volumes:
            item = _item(view.volume_id(part), view.volume_words(part))
            item += [nodes.bullet_list("", *links)] if links else []
            items.append(item)
        else:
            items += links
    return nodes.bullet_list("", *items, classes=["figlist-jumps"])


def _item(id_: str, words: str) -> nodes.list_item:
    link = nodes.reference("", words, internal=True, refid=id_)
    return nodes.list_item("", nodes.paragraph("", "", link))
