"""``gallery``: thumbnails with numbers and titles, where there are pictures."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Chapter, Entry
from .. import fields, heads
from ..groups import grouped
from ..pictures import thumbnails
from ..view import ListView
from . import compact


def render(view: ListView) -> list[nodes.Node]:
    """Pictures in HTML and EPUB, the compact list elsewhere."""
    if not view.in_html:
        return compact.render(view)
    view.filled.add("thumbnail")
    return grouped(view, _entries)


def _entries(view: ListView, chapter: Chapter) -> list[nodes.Node]:
    entries = (_entry(view, entry) for entry in chapter.entries)
    return [nodes.bullet_list("", *entries, classes=["figlist-entries"])]


def _entry(view: ListView, entry: Entry) -> nodes.list_item:
    # The link begins with what it is called by; the style sheet puts pictures first.
    pictures = thumbnails(view, entry, silent="alt" in view.fields)
    head = nodes.paragraph("", "", *heads.link(view, entry, pictures))
    head["classes"] = ["figlist-head"]
    said = fields.below(view, entry)
    item = nodes.list_item("", head, *said, classes=["figlist-entry"])
    item["ids"] = [view.anchor(entry)]
    return item
