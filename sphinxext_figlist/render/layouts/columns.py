"""The widths of a table's columns, by what stands in them.

A column has room for its longest word at least; the rest of a line goes to those that
say more.  All lengths are in characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ..breaks import SHORT

#: The width of a small picture.
PICTURE: Final = 12
#: What parts a column from the next.
_GAP: Final = 2
#: The widths, in em, from which style sheets show a table as such.
ROOMS: Final = (20, 24, 28, 32, 36, 40, 45, 50, 55, 60, 70, 80, 90)
#: The width of a character in em: a wide one, as bold words have.
_EM: Final = 0.64
#: From here on the letters are East Asian, and may be broken anywhere.
_EAST: Final = "\u2e80"


class Column:
    """What is known of a column with this head."""

    def __init__(self, head: str) -> None:
        self.head = head
        self.longest = 0
        #: Characters in all its cells, and how many say something.
        self.amount = self.cells = 0

    def hold(self, words: str, whole: str = "") -> None:
        """Note what a cell says.

        :param whole: what stands before it and is not to be broken.
        """
        if words or whole:
            self.cells += 1
            self.amount += len(words) + len(whole)
            longest = max(words.split() or [""], key=len)
            if len(longest) > SHORT or not longest.isascii():
                longest = max(map(_unbroken, words.split()), key=len)
            self.longest = max(self.longest, len(longest), len(whole))

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


def _unbroken(word: str) -> str:
    """What of a word cannot be broken."""
    word = "".join(" " if letter >= _EAST else letter for letter in word)
    return max(word.replace("-", "- ").split(), default="", key=len)


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
