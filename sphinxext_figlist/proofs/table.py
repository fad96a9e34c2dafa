"""Another typesetter's pages: a CSV with ``label`` or ``number``, and ``page``.

Our own CSV, filled in by a press, is one too.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final

_NAMES: Final = {
    "label": "label",
    "number": "number",
    "figure number": "number",
    "page": "page",
    "volume": "volume",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure's page; ``""`` for what the row does not tell."""

    label: str
    number: str
    volume: str
    page: str


def read(text: str) -> list[Row] | None:
    """The rows that have a page; None where the columns are not there."""
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head, *body = [line for line in lines if line]
    except (csv.Error, ValueError):
        return None
    columns = [_NAMES.get(" ".join(name.split()).casefold(), "") for name in head]
    if "page" not in columns or not {"label", "number"} & {*columns}:
        return None
    rows = []
    for line in body:
        told = dict(zip(columns, map(_undefused, line), strict=False))
        row = Row(
            *(told.get(name, "") for name in ("label", "number", "volume", "page"))
        )
        if row.page and (row.label or row.number):
            rows.append(row)
    return rows


def _undefused(cell: str) -> str:
    """*cell* without the apostrophe that spreadsheets put before text."""
    return cell.strip().removeprefix("'")
