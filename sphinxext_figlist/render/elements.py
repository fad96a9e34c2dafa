"""Nodes of pages of HTML, how they are written, and what marks a copied one."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from docutils import nodes

from ..words import _

#: On a copied reference: where it leads nowhere, that was told at the original.
COPY: Final = "figlist_copy"


#: What :func:`html.escape` replaces, which goes over a text five times.
_ESCAPES: Final = str.maketrans({letter: escape(letter) for letter in "&<>\"'"})


def escaped(words: str) -> str:
    """*words* as HTML."""
    return words.translate(_ESCAPES)


class figlist_column(nodes.bullet_list):
    """Lines whose numbers stand in a column; ``width``: of its widest, in digits."""


class figlist_html(nodes.General, nodes.Element):
    """What goes to a page as it is, ``html``; its text is for the search index."""


class figlist_folded(nodes.General, nodes.Element):
    """The links to chapters, in one line where there is little room."""


def visit_column(self: Any, node: figlist_column) -> None:
    """Write the list's beginning with what the style sheet needs to know."""
    self.visit_bullet_list(node)
    if self.builder.format == "html":
        width = f'<ul style="--figlist-number: {node["width"]}ch"'
        self.body[-1] = self.body[-1].replace("<ul", width, 1)


def depart_column(self: Any, node: figlist_column) -> None:
    """End the list."""
    self.depart_bullet_list(node)


def visit_html(self: Any, node: figlist_html) -> None:
    """Write it."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def visit_folded(self: Any, _node: figlist_folded) -> None:
    """Begin what a style sheet unfolds where there is room."""
    words = escape(_("Chapters"))
    self.body.append(f'<details class="figlist-chapters"><summary>{words}</summary>\n')


def depart_folded(self: Any, _node: figlist_folded) -> None:
    """End it."""
    self.body.append("</details>\n")
