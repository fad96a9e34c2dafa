"""The pages of a volume's figures, from the file that the configuration names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from ..config.settings import PageSource
from ..read.records import Figure
from . import aux, table


@dataclass(frozen=True, slots=True)
class Pages:
    """What was read for one volume."""

    source: PageSource
    #: ``""``, or why there are no pages: ``absent``, ``stale``, ``unreadable``,
    #: ``elsewhere`` (it is of a PDF that lacks the volume), ``volumes`` (a shared file
    #: does not tell of which of them a number is).
    problem: str = ""
    #: Of an ``.aux``, by its labels.
    places: Mapping[str, aux.Place] = field(default_factory=dict)
    #: Of a table, by label and by number.
    rows: Mapping[tuple[str, str], Sequence[table.Row]] = field(default_factory=dict)

    def place(self, figure: Figure, number: str) -> aux.Place | None:
        """Where *figure*, which has this *number*, is in print."""
        if self.rows:
            return self._in_table(figure, number)
        for id_ in figure.ids:
            if found := self.places.get(aux.label(figure.docname, id_)):
                return found
        own = self.places.get(aux.own_label(figure.docname, figure.id))
        return aux.Place("", own.page) if own else None

    def _in_table(self, figure: Figure, number: str) -> aux.Place | None:
        rows = [row for name in figure.names for row in self.rows.get((name, ""), ())]
        rows = rows or [
            row
            for row in self.rows.get(("", number), ())
            if not row.kind or row.kind == figure.kind
        ]
        # A number that has changed since, or two pages for one figure, tell nothing.
        pages = {row.page for row in rows}
        if len(pages) != 1 or any(row.number not in {"", number} for row in rows):
            return None
        return aux.Place(number, pages.pop())

    def unused(self, figures: Iterable[tuple[Figure, str]]) -> list[table.Row]:
        """The rows of a table that give none of these its page.

        Those that give a figure several pages are told by :meth:`repeated`.
        """
        used = {key for key, _ in self.repeated()}
        for figure, number in figures:
            if self.rows and self._in_table(figure, number):
                used |= {("", number), *((name, "") for name in figure.names)}
        return [
            row
            for key in self.rows.keys() - used
            for row in self.rows[key]
            if row.label or row.kind in {"", "figure"}
        ]

    def repeated(self) -> list[tuple[tuple[str, str], list[str]]]:
        """The labels and numbers that stand on several pages, and these."""
        found = []
        for key, rows in self.rows.items():
            for kind in sorted({row.kind for row in rows}):
                alike = (row.page for row in rows if row.kind in {"", kind})
                pages = list(dict.fromkeys(alike))
                if len(pages) > 1:
                    found.append((key, pages))
                    break
        return found


def load(
    source: PageSource,
    documents: Set[str],
    pdfs: Callable[[], Mapping[str, Set[str]]],
) -> Pages:
    """Read *source*.

    :param documents: those of its volume.
    :param pdfs: gives the documents in each PDF of the book as it now is, by its
        fingerprint.
    """
    try:
        data = source.path.read_bytes()
    except FileNotFoundError:
        return Pages(source, "absent")
    except OSError:
        return Pages(source, "unreadable")
    text = data.decode("utf-8-sig", "replace")
    if source.path.suffix.lower() == ".aux":
        read = aux.read(text)
        held = pdfs().get(read.fingerprint) if read.fingerprint else None
        if held is None:
            return Pages(source, "stale")
        if not held & documents:
            return Pages(source, "elsewhere")
        return Pages(source, places=read.places)
    rows = table.read(text)
    if rows is None:
        return Pages(source, "unreadable")
    if source.shared and any(not (row.label or row.volume) for row in rows):
        return Pages(source, "volumes")
    by_key: dict[tuple[str, str], list[table.Row]] = defaultdict(list)
    for row in rows:
        if not source.volume or row.volume in {"", source.volume}:
            name = row.label.lower()
            by_key[(name, "") if name else ("", row.number)].append(row)
    return Pages(source, rows=dict(by_key))
