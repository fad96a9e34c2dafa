"""``compact``: the classic list of figures, one line an entry."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from docutils import nodes

from ...assemble.model import Entry, VolumeList
from ...words import after_number
from ..view import ListView

#: Where a line is only text it goes to these as HTML: each node of a list of
#: thousands would be visited by every transform and by the writer.
_AS_HTML = frozenset({"html", "dirhtml"})


def render(view: ListView) -> list[nodes.Node]:
    """One list a volume; in LaTeX with dots and pages."""
    shown: list[nodes.Node] = []
    for part in view.parts:
        if view.names_volumes:
            shown.append(view.volume_heading(part))
        entries = _entries(view, part)
        shown.append(entries if entries.children else view.empty())
    return shown


def _entries(view: ListView, part: VolumeList) -> nodes.Element:
    if view.in_latex:
        from .compact_latex import lines

        return lines(view, part)
    entries = nodes.bullet_list(classes=["figlist-entries", "simple"])
    entries.extend(_lines(view, part))
    return entries


def _lines(view: ListView, part: VolumeList) -> Iterator[nodes.Node]:
    as_html = view.assembly.output.name in _AS_HTML and view.fields == ("title",)
    for plain, group in groupby(
        part.entries(), lambda entry: as_html and view.plain(entry)
    ):
        if plain:
            text = "".join(_html(view, entry) for entry in group)
            yield nodes.raw("", text, format="html")
        else:
            yield from (_item(view, entry) for entry in group)


def _item(view: ListView, entry: Entry) -> nodes.list_item:
    line = nodes.paragraph("", "", *view.link(entry))
    for name in view.fields:
        if name != "title" and (content := view.field(entry, name)):
            field = nodes.inline("", "", *content, classes=[f"figlist-{name}"])
            line += [nodes.Text(" \u2014 "), field]
    item = nodes.list_item("", line, classes=["figlist-entry"])
    item["ids"] = [view.anchor(entry)]
    return item


def _html(view: ListView, entry: Entry) -> str:
    """The HTML that Sphinx makes of :func:`_item`."""
    number, title = view.words(entry)
    figure = entry.figure
    spans = [
        f'<span class="figlist-{class_}">{escape(words)}</span>'
        for class_, words in (("number", number), ("title", title))
        if words
    ]
    return (
        f'<li class="figlist-entry" id="{view.anchor(entry)}"><p>'
        '<a class="figlist-link reference internal"'
        f' href="{escape(view.links.uri(figure.docname, figure.id) or "")}">'
        f"{after_number(number).join(spans)}</a></p></li>\n"
    )
