"""Lists by volume and chapter, each under its heading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from docutils import nodes

from ..assemble.model import Chapter
from ..words import chapter_heading
from .view import ListView

#: LaTeX begins a page where a heading would stand alone at the foot of one.  The
#: package needspace would part a table from its last line.
_ROOM: Final = (
    r"\par\ifinner\else"
    r"\ifdim\dimexpr\pagegoal-\pagetotal\relax<%d\baselineskip\newpage\fi\fi"
)


def grouped(
    view: ListView,
    entries: Callable[[ListView, Chapter], list[nodes.Node]],
    room: int = 6,
) -> list[nodes.Node]:
    """The headings of *view*, and what *entries* makes of each chapter.

    :param room: lines that a heading and what comes first below it take.
    """
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
            if view.in_latex:
                shown.append(nodes.raw("", _ROOM % room, format="latex"))
            shown.append(view.heading(words, "figlist-chapter", level, id_))
            shown += entries(view, chapter)
    return shown
