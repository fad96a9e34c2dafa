"""``compact`` in LaTeX: number, title, dots, page, as in LaTeX's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from . import preamble

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...assemble.model import Entry, VolumeList
    from ..view import ListView


class figlist_lines(nodes.General, nodes.Element):
    """The lines of a list; ``widest``: what takes the most room before a title."""


class figlist_line(nodes.General, nodes.TextElement):
    """A line.

    ``number``: the words before the title, ``%s`` standing for the number where it
    is LaTeX's to print; ``label``: where the line leads, ``""`` for nowhere;
    ``page``: whether that is the figure itself; ``gap``: whether a chapter begins.
    """


class figlist_jump(nodes.Inline, nodes.TextElement):
    """A link to ``label``, in the type of its surroundings."""


class figlist_page(nodes.Inline, nodes.TextElement):
    """The number of the page that ``label`` is on."""


def set_up(app: Sphinx) -> None:
    """Register how the nodes are written."""
    app.add_node(figlist_lines, latex=(visit_lines, depart_lines))
    app.add_node(figlist_line, latex=(visit_line, depart_line))
    app.add_node(figlist_jump, latex=(visit_jump, depart_jump))
    app.add_node(figlist_page, latex=(visit_page, None))


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
        page=printed,
        gap=gap,
    )
    line.extend(view.jump(entry, view.title(entry)))
    for name in view.fields:
        if name not in {"title", "page"} and (content := view.field(entry, name)):
            line += [nodes.Text(" \u2014 "), *content]
    return line


def visit_lines(self: Any, node: figlist_lines) -> None:
    """Begin the lines."""
    preamble.need(self, preamble.LINES)
    widest = self.escape(node["widest"])
    self.body.append(f"\n\\begin{{figlistlines}}{{{widest}}}\n")


def depart_lines(self: Any, _node: figlist_lines) -> None:
    """End the lines."""
    self.body.append("\\end{figlistlines}\n")


def visit_line(self: Any, node: figlist_line) -> None:
    """Begin a line with its number."""
    if node["gap"]:
        self.body.append("\\figlistgap\n")
    self.body.append(r"\figlistline{}")
    if not node["number"]:
        return
    words, label = self.escape(node["number"]), self.idescape(node["label"])
    if node["page"]:
        words = words.replace(r"\%s", rf"\ref*{{{label}}}", 1)
    if node["label"]:
        words = rf"\hyperref[{label}]{{{words}}}"
    self.body.append(rf"\figlistlabel{{{words}}}")


def depart_line(self: Any, node: figlist_line) -> None:
    """End a line with its page."""
    if node["page"]:
        page = rf"\pageref{{{self.idescape(node['label'])}}}"
        self.body.append(f"\\figlistpage{{{page}}}\n")
    else:
        self.body.append("\\figlistnopage\n")


def visit_jump(self: Any, node: figlist_jump) -> None:
    """Begin a link."""
    self.body.append(rf"\hyperref[{self.idescape(node['label'])}]{{")


def depart_jump(self: Any, _node: figlist_jump) -> None:
    """End a link."""
    self.body.append("}")


def visit_page(self: Any, node: figlist_page) -> None:
    """Write a page's number, which is a link."""
    self.body.append(rf"\pageref{{{self.idescape(node['label'])}}}")
    raise nodes.SkipNode
