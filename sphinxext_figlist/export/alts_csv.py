"""The sheet of alt texts as CSV, in a file of its own."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ..assemble.cells import defused
from .alts import COLUMNS, rows

if TYPE_CHECKING:
    from .contents import Export


def export(export: Export) -> bytes:
    """One volume's sheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(defused, row.cells) for row in export.made(rows))
    return text.getvalue().encode()
