"""``compact``: the classic list of figures, one line an entry."""

from __future__ import annotations

from docutils import nodes

from ..view import ListView


def render(view: ListView) -> list[nodes.Node]:
    """One bullet list a volume."""
    shown: list[nodes.Node] = []
    for part in view.parts:
        if view.names_volumes:
            shown.append(view.volume_heading(part))
        entries = nodes.bullet_list(classes=["figlist-entries", "simple"])
        for entry in part.entries():
            line = nodes.paragraph("", "", *view.link(entry))
            for name in view.fields:
                if name != "title" and (content := view.field(entry, name)):
                    line += [nodes.Text(" \u2014 "), *content]
            item = nodes.list_item("", line, classes=["figlist-entry"])
            item["ids"] = [view.anchor(entry)]
            entries += item
        shown.append(entries if entries.children else view.empty())
    return shown
