"""Workbooks, of which a part may be far larger than the file that comes."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

#: What a workbook may unpack to, in bytes, and cells that its ranges may hold.
_LARGEST: Final = 300_000_000
_CELLS: Final = 1_000_000
#: A range of cells that a reader makes one by one.
_RANGE: Final = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*"
    rb"[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)
#: A control character, as workbooks write it: line ends, mostly.
_ESCAPED: Final = re.compile("_x(00[01][0-9A-Fa-f]|007[Ff])_")

#: Cells of a row by column, and what is wrong with each.
Cells: TypeAlias = tuple[Mapping[int, str], Mapping[int, str]]
_EMPTY: Final[Cells] = ({}, {})


class NoTable(Exception):
    """Why a file is no table."""


def read(path: Path) -> list[list[Cells]]:
    """The tables in a workbook: one a sheet.

    :raises NoTable: where it cannot be read.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise NoTable(
            f"'{path.name}' is a workbook, and reading it needs the package openpyxl; "
            "install figlist with the extra 'xlsx', or save the sheet as .csv"
        ) from error
    try:
        _weigh(path)
        # Where it fails, openpyxl leaves a file open that it opened itself.
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file)
        return [_sheet(sheet) for sheet in book.worksheets]
    except NoTable:
        raise
    except Exception as error:
        raise NoTable(
            f"'{path.name}' cannot be read as a workbook: {error}; save it again"
        ) from error


def _weigh(path: Path) -> None:
    """See that reading a workbook takes no more than a sheet of ours could."""
    with zipfile.ZipFile(path) as file:
        if sum(info.file_size for info in file.infolist()) > _LARGEST:
            _too_large(path, "it unpacks to very large parts")
        for info in file.infolist():
            if info.filename.endswith(".xml") and "worksheets" in info.filename:
                ranges = map(_area, _RANGE.finditer(file.read(info)))
                if sum(ranges) > _CELLS:
                    _too_large(path, "it merges or links very many cells")


def _too_large(path: Path, reason: str) -> NoReturn:
    raise NoTable(
        f"'{path.name}' is too large ({reason}); save the sheet alone as .csv"
    )


def _area(found: re.Match[bytes]) -> int:
    """The number of cells in a range."""
    left, right = map(_column, found.group(1, 3))
    return (abs(right - left) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for char in letters:
        number = number * 26 + char - 64
    return number


def _sheet(sheet: Any) -> list[Cells]:
    """The rows of a sheet, to the last one that says something.

    Its size says nothing: one cell at its end makes it billions of cells.
    """
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    faults: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), cell in _cells(sheet):
        words, fault = _text(cell)
        if words:
            rows[row][column - 1] = words
        if fault:
            faults[row][column - 1] = fault
    last = max((*rows, *faults), default=0)
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            faults[row] |= dict.fromkeys(
                range(area.min_col - 1, area.max_col),
                "is merged with others; separate them",
            )
    return [
        (rows.get(row, {}), faults.get(row, {}))
        if row in rows or row in faults
        else _EMPTY
        for row in range(1, last + 1)
    ]


def _cells(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells that a sheet has, without those that it has not."""
    yield from sheet._cells.items()  # other ways make all cells between them


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
