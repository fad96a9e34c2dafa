"""Tables as spreadsheets save them: CSV of any kind, and workbooks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from ..assemble.cells import restored
from ..export import alts, columns

#: What says that a line is a header of ours.
_KNOWN: Final = frozenset({*alts.COLUMNS, *columns.COLUMNS})
#: Characters in a field.
_FIELD: Final = 10_000_000
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class NoTable(Exception):
    """Why a file is no table."""


#: Cells of a row by column, and what is wrong with each.
Cells: TypeAlias = tuple[Mapping[int, str], Mapping[int, str]]


def read(path: Path) -> list[list[Cells]]:
    """The tables in a file: one a sheet.

    :raises NoTable: where it has none.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise NoTable(f"{path}: {error.strerror or error}") from error
    if start.startswith(b"PK"):
        return _from_workbook(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NoTable(
            f"'{path}' is an old or password-protected workbook; save it as .xlsx "
            "without a password, or as .csv"
        )
    return [_from_csv(path)]


def head(cell: str) -> str:
    """The name of a column as it is compared."""
    return " ".join(cell.split()).casefold()


def undone(cell: str) -> str:
    """*cell* without what keeps spreadsheets from running it."""
    return restored(cell)


# -- CSV --------------------------------------------------------------------------


def _from_csv(path: Path) -> list[Cells]:
    text = _decoded(path)
    if separated := re.match(r"sep=(.)\r?\n", text):
        text = text[separated.end() :]
    csv.field_size_limit(_FIELD)
    best: list[list[str]] = []
    for delimiter in ",;\t":
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            table = list(lines)
        except csv.Error as error:
            raise NoTable(f"{path.name}: {error}") from error
        known = (sum(head(cell) in _KNOWN for cell in row) for row in table[:20])
        if max(known, default=0) > 1:
            return [(dict(enumerate(row)), {}) for row in table]
        best = best or table
    return [(dict(enumerate(row)), {}) for row in best]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data[:200]:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoTable(f"'{path.name}' is not a text file; save it as CSV in UTF-8")


# -- XLSX -------------------------------------------------------------------------


def _from_workbook(path: Path) -> list[list[Cells]]:
    try:
        import openpyxl
    except ImportError as error:
        raise NoTable(
            f"'{path.name}' is a workbook, and reading it needs the package openpyxl; "
            "install figlist with the extra 'xlsx', or save the sheet as .csv"
        ) from error
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path)
    except Exception as error:
        raise NoTable(
            f"'{path.name}' cannot be read as a workbook: {error}; save it again"
        ) from error
    return [_sheet(sheet) for sheet in book.worksheets]


def _sheet(sheet: Any) -> list[Cells]:
    merged: dict[int, set[int]] = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1):
            merged.setdefault(row, set()).update(range(area.min_col - 1, area.max_col))
    table: list[Cells] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: dict[int, str] = {}
        faults: dict[int, str] = {}
        for at, cell in enumerate(row):
            words, fault = _text(cell)
            if words:
                cells[at] = words
            if fault:
                faults[at] = fault
        faults.update(
            dict.fromkeys(
                merged.get(number, ()), "is merged with others; separate them"
            )
        )
        table.append((cells, faults))
    return table


def _text(cell: Any) -> tuple[str, str]:
    """What a cell says, and what is wrong with it."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return "", ""
    if kind == "f":
        return "", "contains a formula; write the text itself"
    if kind == "e":
        return "", f"contains the error {value}; write the text itself"
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (str, int, float)):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)), ""
    return "", "does not contain text; format it as text"
