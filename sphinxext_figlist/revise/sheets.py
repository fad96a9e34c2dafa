"""Edited sheets of alt texts, as spreadsheets save them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

from ..export.alts import ALT, COLUMNS, COMMENT, DECORATIVE, KEY, NEW, THUMBNAIL
from . import tables
from .tables import undone
from .workbooks import Cells, NoTable

_NEEDED: Final = (KEY, ALT, NEW)
_READ: Final = (*_NEEDED, DECORATIVE, COMMENT)
#: Rows that may stand before the header.
_BEFORE: Final = 20


class NoSheet(Exception):
    """Why a file is no sheet of alt texts."""


class Row(NamedTuple):
    """A row of a sheet, as it came back."""

    sheet: str
    number: int
    key: str
    alt: str
    new: str
    decorative: str
    comment: str
    #: Why it cannot be taken, where that is so.
    fault: str = ""

    @property
    def where(self) -> str:
        """The row for a message."""
        return f"{self.sheet}, row {self.number}"


def read(path: Path) -> list[Row]:
    """The rows of a sheet that have a key, or anything from an editor.

    :raises NoSheet: where it is none.
    """
    try:
        return _rows(path.name, tables.read(path))
    except NoTable as error:
        raise NoSheet(str(error)) from error


def _rows(name: str, found: Iterable[Sequence[Cells]]) -> list[Row]:
    missing: list[str] | None = None
    for table in found:
        for number, (cells, _) in enumerate(table[:_BEFORE]):
            heads = {tables.head(cell): at for at, cell in cells.items()}
            if KEY not in heads and len(heads.keys() & {*COLUMNS}) < 4:
                continue
            lacking = [wanted for wanted in _NEEDED if wanted not in heads]
            strange = [
                head for head in heads if head and head not in {*COLUMNS, THUMBNAIL}
            ]
            lacking += [
                wanted
                for wanted in (DECORATIVE, COMMENT)
                if wanted not in heads and get_close_matches(wanted, strange, 1)
            ]
            if lacking:
                missing = [_hint(wanted, strange) for wanted in lacking]
                continue
            double = [one for one in _READ if _count(cells.values(), one) > 1]
            if double:
                raise NoSheet(
                    f"'{name}': the column \"{double[0]}\" occurs twice; remove one"
                )
            columns: dict[str, int] = {
                wanted: heads[wanted] for wanted in _READ if wanted in heads
            }
            return list(_filled(name, table, number + 1, columns))
    if missing:
        raise NoSheet(
            f"'{name}': these columns are missing; add them: {', '.join(missing)}"
        )
    raise NoSheet(
        f"'{name}' is not a sheet of alt texts, because it does not have the columns "
        '"key", "alt text" and "new alt text"; give the workbook, or the file whose '
        "name ends in _ALT.csv"
    )


def _count(cells: Iterable[str], name: str) -> int:
    return sum(tables.head(cell) == name for cell in cells)


def _hint(wanted: str, strange: Sequence[str]) -> str:
    near = get_close_matches(wanted, strange, 1)
    return f'"{wanted}"' + (f' (rename "{near[0]}")' if near else "")


def _filled(
    name: str, table: Sequence[Cells], first: int, columns: Mapping[str, int]
) -> Iterator[Row]:
    for number, (cells, faults) in enumerate(table[first:], first + 1):
        said = {column: cells.get(at, "") for column, at in columns.items()}
        wrong = [
            f'the cell "{column}" {faults[at]}'
            for column, at in columns.items()
            if at in faults
        ]
        key = said[KEY].strip()
        texts = [said.get(column, "").strip() for column in (NEW, DECORATIVE, COMMENT)]
        if not key and not any(texts) and not wrong:
            continue
        if not key:
            wrong.append("the key is missing; copy it from a new sheet")
        new = said[NEW]
        if new != said[ALT]:
            new = undone(new)
        yield Row(
            sheet=name,
            number=number,
            key=key,
            alt=said[ALT],
            new=new,
            decorative=said.get(DECORATIVE, "").strip(),
            comment=undone(said.get(COMMENT, "")).strip(),
            fault="; ".join(wrong),
        )
