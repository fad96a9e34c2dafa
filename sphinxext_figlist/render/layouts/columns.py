"""The widths of a table's columns, by what stands in them.

A column has room for its longest word at least; the rest of a line goes to those that
say more.  All lengths are in characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

#: The width of a small picture.
PICTURE: Final = 12
#: What parts a column from the next.
_GAP: Final = 2
#: The widths, in em, from which style sheets show a table as such.
ROOMS: Final = (20, 24, 28, 32, 36, 40, 45, 50, 55, 60, 70, 80, 90)
#: The width of a character in em: a wide one, as bold words have.
_EM: Final = 0.64
#: Where a word ends: at blanks, where a path is broken, around East Asian letters.
_ENDS: Final = re.compile(
    r"[\s\u2e80-\u9fff\uac00-\ud7af\uf900-\uffdc]+|(?<=[-/._:])(?=[^\W\d_])"
)


@dataclass(slots=True)
class Column:
    """What is known of a column."""

    head: str
    longest: int = 0
    #: Characters in all its cells, and how many say something.
    amount: int = 0
    cells: int = 0

    def hold(self, words: str, whole: str = "") -> None:
        """Note what a cell says.

        :param whole: what stands before it and is not to be broken.
        """
        if words or whole:
            self.cells += 1
            self.amount += len(words) + len(whole)
            self.longest = max(self.longest, *map(len, _ENDS.split(words)), len(whole))

    @property
    def least(self) -> int:
        """The characters that the column has room for at least."""
        return max(self.longest, *map(len, self.head.split())) + _GAP

    @property
    def usual(self) -> int:
        """The characters in one of its cells, on the average."""
        return self.amount // max(self.cells, 1) + 1


class Widths(NamedTuple):
    """The widths of a table's columns."""

    shares: tuple[int, ...]
    #: The width in em, of :data:`ROOMS`, that the table needs; None: none serves.
    room: int | None


def measured(columns: Sequence[Column], line: int) -> Widths:
    """The widths of *columns* that share a *line*, longer where their words are."""
    least = [column.least for column in columns]
    rest = max(line - sum(least), 0) / sum(column.usual for column in columns)
    shares = tuple(
        round(width + rest * column.usual)
        for width, column in zip(least, columns, strict=True)
    )
    needed = sum(least) * _EM
    return Widths(shares, next((room for room in ROOMS if room >= needed), None))
