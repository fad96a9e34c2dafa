"""``full``: chapter groups, and each entry with its labelled fields."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Chapter, Entry
from ..groups import grouped
from ..view import ListView


def render(view: ListView) -> list[nodes.Node]:
    """Headings and definition lists."""
    return grouped(view, _entries)


def _entries(view: ListView, chapter: Chapter) -> list[nodes.Node]:
    entries = (_entry(view, entry) for entry in chapter.entries)
    classes = ["figlist-entries", "simple"]
    return [nodes.definition_list("", *entries, classes=classes)]


def _entry(view: ListView, entry: Entry) -> nodes.definition_list_item:
    term = nodes.term("", "", *view.link(entry), classes=["figlist-entry"])
    term["ids"] = [view.anchor(entry)]
    definition = nodes.definition("", *view.labelled(entry))
    return nodes.definition_list_item("", term, definition)
