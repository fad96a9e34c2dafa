"""Lists by volume and chapter, each under its heading."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from ..assemble.model import Chapter
from ..words import chapter_heading
from .view import ListView


def grouped(
    view: ListView, entries: Callable[[ListView, Chapter], nodes.Element]
) -> list[nodes.Node]:
    """The headings of *view*, and what *entries* makes of each chapter."""
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
            id_ = view.chapter_id(chapter)
            shown.append(view.heading(words, "figlist-chapter", level, id_))
            shown.append(entries(view, chapter))
    return shown
