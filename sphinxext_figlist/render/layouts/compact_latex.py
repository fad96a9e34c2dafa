"""``compact`` in LaTeX: number, title, dots, page, as in LaTeX's own lists."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Entry, VolumeList
from ..latex.elements import figlist_line, figlist_lines
from ..view import ListView


def lines(view: ListView, part: VolumeList) -> figlist_lines:
    """The lines of one volume."""
    numbers = [_width(view, entry) for entry in part.entries()]
    shown = figlist_lines(widest=max(numbers, key=len, default=""))
    for chapter in part.chapters:
        for entry in chapter.entries:
            gap = bool(shown.children) and entry is chapter.entries[0]
            shown += _line(view, entry, gap=gap)
    return shown


def _width(view: ListView, entry: Entry) -> str:
    """The number, or what is as wide where LaTeX alone knows it, without numfig."""
    if view.printed(entry) and not entry.number:
        return view.number_form(entry).replace("%s", "10.10")
    return view.number(entry)


def _line(view: ListView, entry: Entry, *, gap: bool) -> figlist_line:
    printed = view.printed(entry)
    line = figlist_line(
        number=view.number_form(entry) if printed else view.number(entry),
        label=view.label_in_latex(entry),
        counted=printed,
        page=view.paged(entry),
        gap=gap,
    )
    line.extend(view.jump(entry, view.title(entry)))
    for name in view.fields:
        if name not in {"title", "page"} and (content := view.field(entry, name)):
            line += [nodes.Text(" \u2014 "), *content]
    return line
