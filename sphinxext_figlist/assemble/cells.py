"""Cells of tables that a spreadsheet would take for formulas, and back again.

A spreadsheet of another country parts cells at semicolons, and does not see what has no
width: a formula may begin behind either.
"""

from __future__ import annotations

import re
from typing import Final

#: What is not seen: white space, and what has no width.
_UNSEEN: Final = (
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]*"
)
_BEGINS: Final = f"{_UNSEEN}[=+@\uff1d\uff0b\uff20\\-\uff0d]"
#: What a workbook's cell holds at most, in UTF-16 code units.
_LIMIT: Final = 32767
_FORMULA: Final = re.compile(f"(?:^|;)(?={_BEGINS})")
_DEFUSED: Final = re.compile(f"(^|;)'(?={_BEGINS})")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take *cell* for a formula rather than for text."""
    plain = cell.isascii() and cell[:1].isalnum()  # the common case
    return not plain and re.match(_BEGINS, cell) is not None


def defused(cell: str) -> str:
    """*cell* with an apostrophe before what a spreadsheet would run."""
    return _FORMULA.sub(lambda match: f"{match[0]}'", cell)


def restored(cell: str) -> str:
    """What was :func:`defused`."""
    return _DEFUSED.sub(r"\1", cell)


def shortened(cell: str) -> str:
    """*cell*, cut where a workbook's cell would not hold it."""
    if len(cell.encode("utf-16-le")) // 2 <= _LIMIT:
        return cell
    cut = cell.encode("utf-16-le")[: 2 * (_LIMIT - 1)]
    return cut.decode("utf-16-le", "ignore") + "\u2026"
