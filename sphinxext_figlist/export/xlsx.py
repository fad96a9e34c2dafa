"""The figure list as a workbook of one sheet: the press's art log."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Final

import xlsxwriter  # type: ignore[import-untyped,unused-ignore]
from xlsxwriter.utility import (  # type: ignore[import-untyped,unused-ignore]
    xl_range,
)

from .columns import COLUMNS, is_formula, rows
from .files import Export

#: Widths in characters; the other columns are as wide as their names.
_WIDTHS: Final = {
    "chapter title": 24,
    "label": 20,
    "title": 28,
    "caption": 60,
    "legend": 40,
    "alt text": 60,
    "credit": 30,
    "author": 20,
    "licence": 14,
    "permission": 18,
    "notes": 30,
    "image file": 34,
    "source file": 28,
    "first reference": 34,
}
#: What a cell holds at most, in UTF-16 code units.
_LIMIT: Final = 32767
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def export(export: Export) -> bytes:
    """One volume's list.  Every cell is text: 1.10 stays 1.10."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {"title": export.assembly.env.config.project, "created": datetime(*_DATE)}
    )
    sheet = book.add_worksheet("Figures")
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    text = book.add_format(look)
    # Still text when someone has edited the cell.
    guarded = book.add_format({**look, "quote_prefix": True})
    head = book.add_format({**look, "bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, len(name) + 4), text)
        sheet.write_string(0, column, name, head)
    count = 0
    for count, cells in enumerate(rows(export), 1):
        for column, cell in enumerate(cells):
            if cell:
                form = guarded if is_formula(cell) else text
                sheet.write_string(count, column, _shortened(cell), form)
    last = len(COLUMNS) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, last)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, count, last)})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return _repacked(buffer)


def _shortened(cell: str) -> str:
    """*cell*, cut where a cell would not hold it."""
    if len(cell.encode("utf-16-le")) // 2 <= _LIMIT:
        return cell
    cut = cell.encode("utf-16-le")[: 2 * (_LIMIT - 1)]
    return cut.decode("utf-16-le", "ignore") + "\u2026"


def _repacked(buffer: io.BytesIO) -> bytes:
    """The same workbook, packed alike on every system.

    Nothing is compressed: not every zlib makes the same bytes.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0
            new.writestr(info, old.read(name))
    return packed.getvalue()
