"""Tables as spreadsheets save them: CSV of any kind, and workbooks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path
from typing import Final

from ..assemble.cells import restored
from ..export import alts, columns
from . import workbooks
from .workbooks import Cells, NoTable

#: What says that a line is a header of ours.
_KNOWN: Final = frozenset({*alts.COLUMNS, *columns.COLUMNS})
#: Characters in a field.
_FIELD: Final = 10_000_000


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
        return workbooks.read(path)
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
