"""The figure list as CSV (RFC 4180), for any spreadsheet or program.

UTF-8 without a byte order mark: with one, programs that do not expect it misread the
first column's name.
"""

from __future__ import annotations

import csv
import io

from ..assemble.cells import defused
from .columns import COLUMNS, rows
from .contents import Export


def export(export: Export) -> bytes:
    """One volume's list."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in export.made(rows):
        writer.writerow(map(defused, row))
    return text.getvalue().encode()
