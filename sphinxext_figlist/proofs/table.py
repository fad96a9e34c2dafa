"""Another typesetter's pages: a CSV with ``label`` or ``number``, and ``page``.

Our own CSV, filled in by a press, is one too.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Final

from ..assemble.typed import kind_named

_NAMES: Final = {
    "label": "label",
    "number": "number",
    "figure number": "number",
    "page": "page",
    "volume": "volume",
}

#: "(Volume I)" behind a number, and words and signs that are one word with it.
_VOLUME: Final = re.compile(r"(?<=\S)\s*\([^()]*\)\s*\Z")
_BEFORE: Final = re.compile(r"(?:[^\W\d_]{2,}\.?|[\u2e80-\uffef]+)(?=\d)")
_AFTER: Final = re.compile(r"(?<=\d)[\u2e80-\uffef]+\Z")
_DASH: Final = re.compile(r"(?<=\d)[\u2010-\u2013-](?=\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure's page; ``""`` for what the row does not tell."""

    label: str
    #: Without the words around it ("Fig. 1.1").
    number: str
    volume: str
    page: str
    #: What the words around the number name; ``""``: any kind.
    kind: str = ""


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
        number, kind = _number(told.get("number", ""))
        row = Row(
            told.get("label", ""),
            number,
            told.get("volume", ""),
            told.get("page", ""),
            kind,
        )
        if row.page and (row.label or row.number):
            rows.append(row)
    return rows


def _number(cell: str) -> tuple[str, str]:
    """The number in *cell*, and the kind that the words around it name."""
    words = _VOLUME.sub("", cell).rsplit(maxsplit=1) or [""]
    number = _AFTER.sub("", words[-1].strip("()[]:;,.\uff1a"))
    glued = _BEFORE.match(number)
    name = (glued[0] if glued else "") or (words[0] if len(words) > 1 else "")
    number = number[glued.end() :] if glued else number
    return _DASH.sub(".", number), kind_named(name)


def _undefused(cell: str) -> str:
    """*cell* without the apostrophe that spreadsheets put before text."""
    return cell.strip().removeprefix("'")
