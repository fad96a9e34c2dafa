"""``table``: one row a figure, the fields as its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from docutils import nodes

from ...assemble.model import Chapter, Entry
from ...words import field_words, kind_words
from .. import breaks, fields, heads
from ..groups import grouped
from ..view import ListView
from . import columns

#: In LaTeX such a table has no number to be continued under, nor to be counted; and
#: narrow columns are set ragged.
_BEFORE: Final = r"""\begingroup
\renewcommand\sphinxtablecontinued[1]{}%
\let\figlistatstartpar\sphinxAtStartPar
\def\sphinxAtStartPar{\rightskip0pt plus4em\relax\figlistatstartpar}"""
_AFTER: Final = r"\endgroup\addtocounter{table}{-1}"

#: The characters of a line: of a desk's window, of a page, or where a builder counts.
_LINES: Final = {"html": 84, "latex": 84}
_LINE: Final = 60

#: What the cells of a row hold, by field.
Cells = Mapping[str, list[nodes.Node]]


def render(view: ListView) -> list[nodes.Node]:
    """A table a chapter, all with the same columns: those that some entry fills."""
    view = replace(view, columns=True)
    entries = [entry for part in view.parts for entry in part.entries()]
    names = [name for name in view.fields if name != "title"]
    rows = [{name: _content(view, entry, name) for name in names} for entry in entries]
    names = [name for name in names if name in view.filled]
    kind = view.request.kind
    form = view.assembly.env.config.numfig_format.get(kind, "")
    headings = [kind_words(kind, form), *(field_words()[name] for name in names)]
    widths = _widths(view, headings, entries, [[row[n] for n in names] for row in rows])
    cells = iter(rows)

    def table(view: ListView, chapter: Chapter) -> list[nodes.Node]:
        body = [_row(view, entry, names, next(cells)) for entry in chapter.entries]
        return _table(view, headings, widths, body)

    return grouped(view, table, room=16)


def _content(view: ListView, entry: Entry, name: str) -> list[nodes.Node]:
    if name == "thumbnail":
        return fields.pictures(view, entry)
    return fields.field(view, entry, name)


def _widths(
    view: ListView,
    headings: Sequence[str],
    entries: Sequence[Entry],
    rows: Sequence[Sequence[list[nodes.Node]]],
) -> columns.Widths:
    first, *others = [columns.Column(head) for head in headings]
    for entry in entries:
        number, title = heads.words(view, entry)
        first.hold(title, whole=number)
    for row in rows:
        for column, content in zip(others, row, strict=True):
            column.hold(*_said(content))
    return columns.measured(
        [first, *others], _LINES.get(view.assembly.output.format, _LINE)
    )


def _said(content: Iterable[nodes.Node]) -> tuple[str, str]:
    """What a cell says, and what of it cannot be broken: a picture, a formula."""
    words, whole = "", ""
    for node in content:
        if isinstance(node, nodes.raw):
            words += " ".join(breaks.parts(node.rawsource))
        elif isinstance(node, nodes.math):
            whole = max(whole, node.astext(), key=len)
        elif isinstance(node, nodes.inline) and "figlist-thumbnails" in node["classes"]:
            whole = "x" * columns.PICTURE
        else:
            words += node.astext().replace(breaks.IN_LATEX, " ")
    return words, whole


def _table(
    view: ListView,
    headings: Sequence[str],
    widths: columns.Widths,
    body: Iterable[nodes.row],
) -> list[nodes.Node]:
    group = nodes.tgroup(cols=len(headings))
    for place, width in enumerate(widths.shares):
        spec = nodes.colspec(colwidth=width)
        if not place:
            spec["stub"] = 1  # what heads a row
        group += spec
    heading = nodes.row("", *(_cell(nodes.paragraph("", head)) for head in headings))
    group += [nodes.thead("", heading), nodes.tbody("", *body)]
    # Sphinx's LaTeX breaks long tables alone across pages.
    classes = ["figlist-entries", "colwidths-given", "longtable"]
    if view.in_html and widths.room:
        classes.append(f"figlist-from-{widths.room}")
    table = nodes.table("", group, classes=classes)
    if not view.in_latex:
        return [table]
    before, after = (nodes.raw("", said, format="latex") for said in (_BEFORE, _AFTER))
    return [before, table, after]


def _row(view: ListView, entry: Entry, names: Iterable[str], cells: Cells) -> nodes.row:
    head = heads.line(view, entry)
    row = nodes.row("", _cell(head), classes=["figlist-entry"])
    # Narrow lists show cells below each other, each under its label.
    # Writers of other formats know no anchor on a row; docxbuilder fails at one.
    anchored = row if view.in_html else head
    assert isinstance(anchored, nodes.Element)
    anchored["ids"] = [view.anchor(entry)]
    for name in names:
        labelled = view.in_html and name != "thumbnail"
        content = cells[name]
        said = content and [fields.paragraph(view, name, content, labelled=labelled)]
        row += _cell(*said)
    return row


def _cell(*children: nodes.Node) -> nodes.entry:
    classes = [] if children else ["figlist-blank"]
    return nodes.entry("", *children, classes=classes)
