"""``compact``: the classic list of figures, one line an entry."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from unicodedata import east_asian_width

from docutils import nodes

from ...assemble.model import Chapter, Entry, VolumeList
from .. import fields, heads
from ..elements import figlist_column
from ..groups import grouped
from ..view import Head, ListView

#: The classes of a line, and of one behind a gap.
_ENTRY: Final = "figlist-entry"
_GAP: Final = "figlist-entry figlist-gap"


def render(view: ListView) -> list[nodes.Node]:
    """One list a volume, or a chapter in a long one; in LaTeX with dots and pages."""
    width = _width(view) if view.in_html else 0
    if view.in_html and view.is_long:
        return grouped(view, lambda view, chapter: [_column(view, [chapter], width)])
    shown: list[nodes.Node] = []
    for part in view.parts:
        if view.names_volumes:
            shown.append(view.volume_heading(part))
        entries = _entries(view, part, width)
        shown.append(entries if entries.children else view.empty())
    return shown


def _width(view: ListView) -> int:
    """The width of the widest number in digits; letters of East Asia take two."""
    numbers = {
        heads.number_of(view, entry) for part in view.parts for entry in part.entries()
    }
    return max(map(_digits, numbers))


def _digits(number: str) -> int:
    if number.isascii():
        return len(number)
    return len(number) + sum(east_asian_width(letter) in "FW" for letter in number)


def _entries(view: ListView, part: VolumeList, width: int) -> nodes.Element:
    if view.in_latex:
        from .compact_latex import lines

        return lines(view, part)
    if view.in_html:
        return _column(view, part.chapters, width)
    items = (_item(view, entry) for entry in part.entries())
    return nodes.bullet_list("", *items, classes=["figlist-entries", "simple"])


def _column(view: ListView, chapters: Sequence[Chapter], width: int) -> figlist_column:
    """The lines of *chapters*, a gap between them."""
    column = figlist_column(width=width)
    column["classes"] = ["figlist-entries", "simple"]
    as_html = view.as_html and {"title", "page"}.issuperset(view.fields)
    for place, chapter in enumerate(chapters):
        gap = place > 0
        written: list[str] = []
        said: list[str] = []
        for entry in chapter.entries:
            head = view.head(entry)
            if as_html and head.plain:
                page = _page(view, entry)
                written.append(_html(view, entry, head, page, gap=gap))
                said += (head.number, head.words, page)
            else:
                if written:
                    column += view.html("".join(written), *said)
                    written, said = [], []
                column += _item(view, entry, gap=gap)
            gap = False
        if written:
            column += view.html("".join(written), *said)
    return column


def _item(view: ListView, entry: Entry, *, gap: bool = False) -> nodes.list_item:
    said = heads.link(view, entry)
    for name in view.fields:
        if name in {"title", "thumbnail"} or (name == "page" and view.in_html):
            continue
        if content := fields.field(view, entry, name):
            shown = nodes.inline("", "", *content, classes=[f"figlist-{name}"])
            said += [nodes.Text(" \u2014 "), shown]
    pictures = fields.pictures(view, entry)
    item = nodes.list_item("", *pictures, _line(view, entry, said))
    item["classes"] = (_GAP if gap else _ENTRY).split()
    item["ids"] = [view.anchor(entry)]
    return item


def _line(view: ListView, entry: Entry, said: list[nodes.Node]) -> nodes.paragraph:
    """A line with its page at the end, where there is one."""
    if not view.in_html:
        return nodes.paragraph("", "", *said)
    line = nodes.paragraph("", "", *said, classes=["figlist-line"])
    if "page" in view.fields and (page := fields.field(view, entry, "page")):
        words = nodes.inline("", "", *line.children, classes=line["classes"])
        number = nodes.inline("", "", *page, classes=["figlist-page"])
        line = nodes.paragraph("", "", words, number, classes=["figlist-paged"])
    return line


def _page(view: ListView, entry: Entry) -> str:
    """The page of an entry that goes to the page as HTML."""
    if "page" not in view.fields:
        return ""
    return "".join(node.astext() for node in fields.field(view, entry, "page"))


def _html(view: ListView, entry: Entry, head: Head, page: str, *, gap: bool) -> str:
    """The HTML that Sphinx makes of :func:`_item`."""
    link = heads.link_as_html(view, entry, head)
    line = f'<p class="figlist-line">{link}</p>'
    if page:
        line = (
            f'<p class="figlist-paged"><span class="figlist-line">{link}</span>'
            f'<span class="figlist-page">{escape(page)}</span></p>'
        )
    classes = _GAP if gap else _ENTRY
    return f'<li class="{classes}" id="{view.anchor(entry)}">{line}</li>\n'
