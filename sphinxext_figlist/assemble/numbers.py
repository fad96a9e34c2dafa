"""Numbers that start afresh in each volume, and those of figures in two forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ..read.records import Figure, Page
from .model import Number, Numbers
from .order import Judge


def restarted(numbers: Numbers, volume_of: Mapping[str, str]) -> Numbers:
    """Count each volume's *numbers* from 1, in the order that they have.

    Sphinx counts by kind and by the section number that the figure's number
    begins with, over the whole book.  Within these the volumes are counted
    apart; documents in no volume keep their numbers.

    :param volume_of: volume ids by docname.
    """
    groups: dict[tuple[str, str, Number], list[tuple[int, str, str]]]
    groups = defaultdict(list)
    fresh: dict[str, dict[str, dict[str, Number]]] = {}
    for docname, kinds in numbers.items():
        fresh[docname] = {kind: dict(by_id) for kind, by_id in kinds.items()}
        if docname in volume_of:
            for kind, by_id in kinds.items():
                for id_, number in by_id.items():
                    group = groups[volume_of[docname], kind, number[:-1]]
                    group.append((number[-1], docname, id_))
    for (_, kind, prefix), members in groups.items():
        for count, (_, docname, id_) in enumerate(sorted(members), 1):
            fresh[docname][kind][id_] = (*prefix, count)
    return fresh


class Twinned(Mapping[str, Mapping[str, Mapping[str, Number]]]):
    """Numbers, where a figure in two forms has that of the form which HTML has.

    Sphinx numbers both; what HTML prints is what other outputs are to print, too.
    """

    def __init__(
        self, numbers: Numbers, pages: Mapping[str, Page], in_html: Judge
    ) -> None:
        """Take the twins of *pages*, of each when its numbers are asked for.

        :param in_html: says whether a figure under these conditions is in HTML.
        """
        self._numbers = numbers
        self._pages = pages
        self._in_html = in_html
        self._ours: dict[str, Mapping[str, Mapping[str, Number]]] = {}

    def get(self, docname: str, default: Any = None) -> Any:
        """The numbers of a document, *default* where it has none."""
        if docname in self._ours:
            return self._ours[docname]
        return self[docname] if docname in self._numbers else default

    def __getitem__(self, docname: str) -> Mapping[str, Mapping[str, Number]]:
        if docname not in self._ours:
            self._ours[docname] = self._twinned(docname, self._numbers[docname])
        return self._ours[docname]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def _twinned(
        self, docname: str, numbers: Mapping[str, Mapping[str, Number]]
    ) -> Mapping[str, Mapping[str, Number]]:
        page = self._pages.get(docname)
        fresh: dict[str, dict[str, Number]] = {}
        for figure in page.flow if page is not None else ():
            if not isinstance(figure, Figure) or not figure.twin:
                continue
            if self._in_html(figure.conditions):
                continue
            known = numbers.get(figure.kind, {})
            given = next((known[id_] for id_ in figure.twin if id_ in known), None)
            if given is not None:
                own = {id_: given for id_ in figure.ids if id_ in known}
                fresh[figure.kind] = fresh.get(figure.kind, dict(known)) | own
        return {**numbers, **fresh} if fresh else numbers
