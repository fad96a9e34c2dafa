"""Cells of rST's grid tables: a text in a box, which is to stay as wide as it is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from docutils.utils import column_width

from .sites import Site
from .source import Line, Refused, Source, Splice, continued, new_lines

Scan = Callable[[Sequence[Line], str], Iterator[Site]]


class Cell(NamedTuple):
    """A cell of a table: whole lines of the file, and which part of them it is."""

    lines: Sequence[Line]
    #: The index of its first line among those of the text.
    top: int
    left: int
    right: int

    @property
    def text(self) -> str:
        """What stands in it."""
        return "\n".join(
            line.text[self.left : self.right].rstrip() for line in self.lines
        )


def cell(lines: Sequence[Line], at: int, column: int) -> Cell | None:
    """The cell around a place in a line, None where that is in no table."""
    text = lines[at].text
    bar = text.rfind("|", 0, column)
    if bar < 0 or not text.rstrip().endswith("|"):
        return None
    top = at
    while top >= 0 and lines[top].text[bar : bar + 1] == "|":
        top -= 1
    if top < 0 or lines[top].text[bar : bar + 1] != "+":
        return None
    for right in (found.start() for found in re.finditer(r"\|", text)):
        if right <= column or lines[top].text[right : right + 1] not in {"+", "-", "="}:
            continue
        bottom = at
        while (
            bottom < len(lines)
            and lines[bottom].text[bar : bar + 1] == "|"
            and lines[bottom].text[right : right + 1] in {"|", "+"}
        ):
            bottom += 1
        sides = [line.text[right : right + 1] for line in lines[top + 1 : bottom]]
        edge = lines[bottom].text[bar : right + 1] if bottom < len(lines) else ""
        if set(sides) <= {"|", "+"} and re.fullmatch(r"\+[-=+]*\+", edge):
            return Cell(lines[top + 1 : bottom], top + 1, bar + 1, right)
    return None


def sites(cell: Cell, at: int, scan: Scan, line_end: str) -> Iterator[Site]:
    """The places on one line of a cell."""
    inner = Source(cell.text, "utf-8", "\n")
    offset = cell.lines[0].number - 1
    for site in scan(inner.lines(), "\n"):
        if site.first == at - cell.top + 1:
            yield site._replace(
                first=site.first + offset,
                last=site.last + offset,
                edit=partial(_edited, cell, inner, site, line_end),
            )


def _edited(
    cell: Cell, inner: Source, site: Site, line_end: str, alt: str
) -> list[Splice]:
    width = cell.right - cell.left
    before = inner.text.split("\n")
    rows: list[str] = []
    for row in inner.spliced(site.edit(alt)).text.split("\n"):
        rows += _wrapped(row, width) if row not in before else [row]
    while len(rows) > len(before) and not rows[-1]:
        rows.pop()
    rows += [""] * (len(before) - len(rows))
    splices = [
        Splice(line.start + cell.left, line.start + cell.right, _padded(row, width))
        for line, old, row in zip(cell.lines, before, rows, strict=False)
        if old != row
    ]
    if more := rows[len(before) :]:
        last = cell.lines[-1]
        if "+" in last.text:
            raise Refused("the text does not fit into the table; make the row higher")
        empty = re.sub(r"[^|]", " ", last.text)
        texts = [
            empty[: cell.left] + _padded(row, width) + empty[cell.right :]
            for row in more
        ]
        splices.append(new_lines(last, continued(last.lead), texts, line_end))
    return splices


def _wrapped(row: str, width: int) -> list[str]:
    if column_width(row) <= width:
        return [row]
    indent = " " * (len(row) - len(row.lstrip()))
    room = width - len(indent) - 2
    if room < 1:
        return _narrow()
    lines = textwrap.wrap(
        row.strip(), room, break_long_words=False, break_on_hyphens=False
    )
    rows = [indent + ("  " if place else "") + line for place, line in enumerate(lines)]
    if any(column_width(one) > width for one in rows):
        return _narrow()
    return rows


def _narrow() -> list[str]:
    raise Refused("the text does not fit into the table; make the column wider")


def _padded(row: str, width: int) -> str:
    return row + " " * (width - column_width(row))
