"""``compact`` in LaTeX: number, title, dots, page, as in LaTeX's own lists."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Entry, VolumeList
from .. import fields, heads
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
    if heads.is_printed(view, entry) and not entry.number:
        return heads.number_form(view, entry).replace("%s", "10.10")
    return heads.number_of(view, entry)


def _line(view: ListView, entry: Entry, *, gap: bool) -> figlist_line:
    printed = heads.is_printed(view, entry)
    number = heads.number_form if printed else heads.number_of
    line = figlist_line(
        number=number(view, entry),
        label=heads.label_in_latex(view, entry),
        counted=printed,
        page=heads.is_paged(view, entry),
        gap=gap,
    )
    line.extend(heads.jump(view, entry, heads.title_of(view, entry)))
    for name in view.fields:
        if name in {"title", "thumbnail", "page"}:
            view.filled.add(name)
        elif content := fields.field(view, entry, name):
            line += [nodes.Text(" \u2014 "), *content]
    return line
