"""``compact`` in LaTeX: number, title, dots, page, as in LaTeX's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from . import preamble
from .elements import (
    figlist_item,
    figlist_jump,
    figlist_line,
    figlist_lines,
    figlist_page,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def set_up(app: Sphinx) -> None:
    """Register how the nodes are written."""
    app.add_node(figlist_lines, latex=(visit_lines, depart_lines))
    app.add_node(figlist_line, latex=(visit_line, depart_line))
    app.add_node(figlist_item, latex=(visit_item, depart_item))
    app.add_node(figlist_jump, latex=(visit_jump, depart_jump))
    app.add_node(figlist_page, latex=(visit_page, None))


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
    if node["counted"]:
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


def visit_item(self: Any, _node: figlist_item) -> None:
    """Begin an entry."""
    preamble.need(self, preamble.ITEMS)
    self.body.append("\n\\begin{figlistitem}\n")


def depart_item(self: Any, _node: figlist_item) -> None:
    """End an entry."""
    self.body.append("\\end{figlistitem}\n")


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
