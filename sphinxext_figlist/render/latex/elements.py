"""Nodes that LaTeX alone writes: the lines of a list, links and pages in them."""

from __future__ import annotations

from docutils import nodes


class figlist_lines(nodes.General, nodes.Element):
    """The lines of a list; ``widest``: what takes the most room before a title."""


class figlist_line(nodes.General, nodes.TextElement):
    """A line.

    ``number``: the words before the title, ``%s`` standing for the number where it
    is LaTeX's to print; ``label``: where the line leads, ``""`` for nowhere;
    ``counted``: whether it is; ``page``: whether the label is that of the figure
    itself; ``gap``: whether a chapter begins.
    """


class figlist_item(nodes.General, nodes.Element):
    """An entry of several paragraphs, the first of which is its head."""


class figlist_jump(nodes.Inline, nodes.TextElement):
    """A link to ``label``, in the type of its surroundings."""


class figlist_page(nodes.Inline, nodes.TextElement):
    """The number of the page that ``label`` is on."""
