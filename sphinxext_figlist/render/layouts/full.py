"""``full``: chapter groups, and each entry with its labelled fields."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Chapter, Entry
from ...words import chapter_heading
from ..view import ListView


def render(view: ListView) -> list[nodes.Node]:
    """Headings and definition lists."""
    shown: list[nodes.Node] = []
    for part in view.parts:
        level = view.level
        if view.names_volumes:
            shown.append(view.volume_heading(part))
            level += 1
            if not part.chapters:
                shown.append(view.empty())
        for chapter in part.chapters:
            words = chapter_heading(chapter.number, chapter.title)
            shown.append(view.heading(words, "figlist-chapter", level))
            shown.append(_entries(view, chapter))
    return shown


def _entries(view: ListView, chapter: Chapter) -> nodes.definition_list:
    return nodes.definition_list(
        "",
        *(_entry(view, entry) for entry in chapter.entries),
        classes=["figlist-entries", "simple"],
    )


def _entry(view: ListView, entry: Entry) -> nodes.definition_list_item:
    term = nodes.term("", "", *view.link(entry), classes=["figlist-entry"])
    term["ids"] = [view.anchor(entry)]
    definition = nodes.definition()
    for name in view.fields:
        if name != "title" and (content := view.field(entry, name)):
            definition += nodes.paragraph(
                "",
                "",
                view.label(name),
                nodes.Text(" "),
                *content,
                classes=[f"figlist-{name}"],
            )
    return nodes.definition_list_item("", term, definition)
