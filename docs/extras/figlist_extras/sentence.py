"""A layout: one paragraph that names all figures of a volume."""

from __future__ import annotations

from docutils import nodes

from sphinxext_figlist.render import heads
from sphinxext_figlist.render.view import ListView


def render(view: ListView) -> list[nodes.Node]:
    """The nodes that show the list."""
    shown: list[nodes.Node] = []
    for part in view.parts:
        words: list[nodes.Node] = []
        for entry in part.entries():
            words += [nodes.Text("; ")] if words else []
            # The id is what a figure's back-link leads to.
            link = heads.link(view, entry)
            words.append(nodes.inline("", "", *link, ids=[view.anchor(entry)]))
        shown.append(nodes.paragraph("", "", *words))
    return shown
