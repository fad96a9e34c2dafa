"""Tables in the output folder that somebody has worked in: they are kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from ..read.store import bytes_digest
from . import alts, columns, packing

_TABLES: Final = (".csv", ".xlsx")
#: Columns of the figure log that are left to others.
_LEFT: Final = ("permission", "notes")


def is_edited(path: Path, known: str | None) -> bool:
    """Whether somebody has changed a table since it was written.

    :param known: the digest of what was written, None where no record has it.
    """
    if path.suffix not in _TABLES or not path.is_file():
        return False
    data = path.read_bytes()
    if known is not None:
        return bytes_digest(data) != known
    if path.suffix == ".xlsx":
        return not packing.is_as_packed(data)
    return not _is_as_written(data)


def aside(path: Path) -> Path:
    """Give an edited table another name, beside the one it has; return that."""
    name, number = f"{path.stem}.edited{path.suffix}", 1
    while (other := path.with_name(name)).exists():
        number += 1
        name = f"{path.stem}.edited-{number}{path.suffix}"
    path.rename(other)
    return other


def _is_as_written(data: bytes) -> bool:
    """Whether a CSV file is as we write them, and nothing in it is an editor's."""
    try:
        text = data.decode()
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except (UnicodeDecodeError, csv.Error):
        return False
    head = tuple(rows[0]) if rows else ()
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    if written.getvalue() != text or head not in {alts.COLUMNS, columns.COLUMNS}:
        return False
    cells = (dict(zip(head, row, strict=False)) for row in rows[1:])
    if head == columns.COLUMNS:
        return not any(row.get(name) for row in cells for name in _LEFT)
    return all(
        row.get(alts.ALT) == row.get(alts.NEW)
        and not row.get(alts.COMMENT)
        and row.get(alts.DECORATIVE)
        == {"text": "no", "decorative": "yes"}.get(row.get("alt status", ""), "")
        for row in cells
    )
