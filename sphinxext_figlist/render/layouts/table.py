"""``table``: one row a figure, the fields as its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from docutils import nodes

from ...assemble.model import Chapter, Entry
from ...words import _, field_words
from ..groups import grouped
from ..view import ListView

#: Shares of a line; what is not here has 3.
_WIDTHS: Final[Mapping[str, int]] = {
    "title": 4, "caption": 6, "legend": 5, "alt": 5, "page": 2,
}  # fmt: skip
#: The characters of a line, where a builder counts them.
_LINE: Final = 60

#: In LaTeX such a table has no number to be continued under, nor to be counted; and
#: narrow columns are set ragged.
_BEFORE: Final = r"""\begingroup
\renewcommand\sphinxtablecontinued[1]{}%
\let\figlistatstartpar\sphinxAtStartPar
\def\sphinxAtStartPar{\rightskip0pt plus4em\relax\figlistatstartpar}"""
_AFTER: Final = r"\endgroup\addtocounter{table}{-1}"


def render(view: ListView) -> list[nodes.Node]:
    """A table a chapter, all with the same columns."""
    return grouped(view, _table, room=16)


def _table(view: ListView, chapter: Chapter) -> list[nodes.Node]:
    columns = [name for name in view.fields if name != "title"]
    words = field_words()
    first = words["title"] if "title" in view.fields else _("Number")
    widths = [_WIDTHS.get(name, 3) for name in ("title", *columns)]
    group = nodes.tgroup(cols=len(widths))
    for place, width in enumerate(widths):
        spec = nodes.colspec(colwidth=_LINE * width // sum(widths))
        if not place:
            spec["stub"] = 1  # what heads a row
        group += spec
    heads = [first, *(words[name] for name in columns)]
    row = _row(_cell(nodes.paragraph("", head)) for head in heads)
    group += nodes.thead("", row)
    group += nodes.tbody(
        "", *(_entry(view, entry, columns) for entry in chapter.entries)
    )
    # Sphinx's LaTeX breaks long tables alone across pages.
    classes = ["figlist-entries", "colwidths-given", "longtable"]
    table = nodes.table("", group, classes=classes)
    if not view.in_latex:
        return [table]
    before, after = (nodes.raw("", said, format="latex") for said in (_BEFORE, _AFTER))
    return [before, table, after]


def _entry(view: ListView, entry: Entry, columns: Iterable[str]) -> nodes.row:
    head = nodes.paragraph("", "", *view.link(entry))
    row = _row([_cell(head)])
    row["classes"].append("figlist-entry")
    # Narrow windows show cells below each other, each under its label.
    labelled = view.assembly.output.format == "html"
    # Writers of other formats know no anchor on a row; docxbuilder fails at one.
    (row if labelled else head)["ids"] = [view.anchor(entry)]
    for name in columns:
        content = view.field(entry, name)
        if content and labelled:
            content = [view.label(name), nodes.Text(" "), *content]
        classes = [f"figlist-{name}"]
        line = [nodes.paragraph("", "", *content, classes=classes)] if content else []
        row += _cell(*line)
    return row


def _row(cells: Iterable[nodes.entry]) -> nodes.row:
    return nodes.row("", *cells)


def _cell(*children: nodes.Node) -> nodes.entry:
    classes = [] if children else ["figlist-blank"]
    return nodes.entry("", *children, classes=classes)
