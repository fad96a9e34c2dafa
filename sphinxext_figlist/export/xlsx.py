"""The figure log as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.utility import xl_range

from ..assemble.cells import is_formula, shortened
from . import about, alt_sheet
from .columns import COLUMNS, PERMISSIONS, rows
from .contents import Export
from .packing import packed

#: The greatest widths in characters; a column is as wide as its text up to that.
_WIDEST: Final = 34
_WIDE: Final = {"title": 28, "caption": 60, "legend": 50, "alt text": 60}
#: What is left to the press needs room.
_EMPTY: Final = {"permission": 18, "notes": 30}
#: Heights in points, of a line and of the highest row there can be.
_LINE_HEIGHT: Final = 15
_HIGHEST: Final = 409
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def export(export: Export) -> bytes:
    """One volume's list.  Every cell is text: 1.10 stays 1.10."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": export.project, "created": datetime(*_DATE)})
    sheet = book.add_worksheet("Figures")
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    text = book.add_format(look)
    # Still text when someone has edited the cell.
    guarded = book.add_format({**look, "quote_prefix": True})
    head = book.add_format({**look, "bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
    absent = book.add_format({**look, "bg_color": "#F8D7DA"})
    lines = export.made(rows)
    sizes = [[_size(cell) for cell in cells] for cells in lines]
    widths = [_width(name, sizes, column) for column, name in enumerate(COLUMNS)]
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, widths[column], text)
        sheet.write_string(0, column, name, head)
    for row, cells in enumerate(lines, 1):
        # Not every program makes rows as high as their text.
        high = max(map(_height, sizes[row - 1], widths))
        sheet.set_row(row, min(high * _LINE_HEIGHT, _HIGHEST))
        told = dict(zip(COLUMNS, cells, strict=True))
        for column, (name, cell) in enumerate(told.items()):
            form = guarded if is_formula(cell) else text
            if _is_absent(name, told):
                form = absent
            if cell:
                sheet.write_string(row, column, shortened(cell), form)
            elif form is absent:
                sheet.write_blank(row, column, None, form)
    whole = (0, 0, len(lines), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(*whole)
    sheet.ignore_errors({"number_stored_as_text": xl_range(*whole)})
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    permission = COLUMNS.index("permission")
    sheet.data_validation(
        *(1, permission, max(len(lines), 1), permission),
        {
            "validate": "list",
            "source": list(PERMISSIONS),
            "error_title": "Permission",
            "error_message": f"Choose one of: {', '.join(PERMISSIONS)}.",
        },
    )
    if export.kind == "figure":
        alt_sheet.add(book, export)
    about.add(book, export)
    book.close()
    return packed(buffer.getvalue())


def _is_absent(name: str, told: Mapping[str, str]) -> bool:
    """Whether a cell lacks what the book ought to say."""
    if name == "caption":
        return not told[name]
    return name in {"alt text", "alt status"} and told["alt status"] in {
        "missing",
        "partly",
    }


def _width(name: str, sizes: Sequence[Sequence[int]], column: int) -> int:
    """The width of a column, in characters: as wide as what it holds, to a limit."""
    longest = max((row[column] for row in sizes), default=0)
    widest = min(longest + 2, _WIDE.get(name, _WIDEST))
    return max(widest, _EMPTY.get(name, 0), len(name) + 4)  # beside the filter


def _size(cell: str) -> int:
    """The width of *cell* in characters: those of East Asia take two."""
    if cell.isascii():
        return len(cell)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in cell)


def _height(size: int, width: int) -> int:
    """About how many lines a cell takes, *width* characters wide."""
    return 1 + size // (width - 1)
