"""What differs between two drafts of a book."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from .drafts import Draft, Figure

_TEXTS: Final = ("title", "caption", "alt", "credit")


class Pair(NamedTuple):
    """A figure in both drafts."""

    old: Figure
    new: Figure


class TextChange(NamedTuple):
    """A text of a figure with both wordings."""

    pair: Pair
    field: str
    old: str
    new: str


class Comparison(NamedTuple):
    """What differs."""

    drafts: tuple[Draft, Draft]
    added: list[Figure]
    removed: list[Figure]
    moved: list[Pair]
    renumbered: list[Pair]
    texts: list[TextChange]
    #: ``(pair, path)`` of a picture whose file has other bytes.
    pictures: list[tuple[Pair, str]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing does."""
        return not any(self[1:])


def compared(old: Draft, new: Draft) -> Comparison:
    """What differs between *old* and *new*."""
    matches = _matched(old.figures, new.figures)
    pairs = [
        Pair(old.figures[mine], new.figures[at]) for at, mine in sorted(matches.items())
    ]
    kept = set(matches.values())
    return Comparison(
        drafts=(old, new),
        added=[figure for at, figure in enumerate(new.figures) if at not in matches],
        removed=[figure for at, figure in enumerate(old.figures) if at not in kept],
        moved=list(_moved(old, new, matches)),
        renumbered=[pair for pair in pairs if pair.old.number != pair.new.number],
        texts=[
            TextChange(pair, field, *texts)
            for pair in pairs
            for field in _TEXTS
            if (texts := tuple(getattr(one, field) for one in pair))
            and texts[0] != texts[1]
        ],
        pictures=[
            (pair, path)
            for pair in pairs
            for path, digest in pair.new.images
            if digest and dict(pair.old.images).get(path, digest) not in {"", digest}
        ],
    )


def _matched(old: Sequence[Figure], new: Sequence[Figure]) -> dict[int, int]:
    """The places in *old* of the figures at places in *new*.

    By label, then by picture, then by caption; of those alike, in their order.
    """
    rules: tuple[Callable[[Figure], str | tuple[str, ...]], ...] = (
        lambda figure: figure.label,
        lambda figure: figure.paths,
        lambda figure: figure.caption,
    )
    found: dict[int, int] = {}
    for rule in rules:
        waiting: dict[str | tuple[str, ...], list[int]] = defaultdict(list)
        taken = set(found.values())
        for at, figure in enumerate(old):
            if at not in taken and (key := rule(figure)):
                waiting[key].append(at)
        for at, figure in enumerate(new):
            if at not in found and waiting.get(key := rule(figure)):
                found[at] = waiting[key].pop(0)
    return found


def _moved(old: Draft, new: Draft, matches: dict[int, int]) -> Iterator[Pair]:
    """Those in another chapter, or in another order than the others."""
    order = sorted(matches.items())
    kept = _rising([mine for _, mine in order])
    for at, mine in order:
        pair = Pair(old.figures[mine], new.figures[at])
        if mine not in kept or pair.old.chapter != pair.new.chapter:
            yield pair


def _rising(places: Sequence[int]) -> set[int]:
    """A longest part of *places* that rises: those that stay where they are."""
    ends: list[int] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for one in places:
        at = bisect_left(ends, one)
        before[one] = last[at - 1] if at else None
        ends[at:] = [one, *ends[at + 1 :]]
        last[at:] = [one, *last[at + 1 :]]
    kept: set[int] = set()
    place: int | None = last[-1] if last else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return kept


# -- for programs -----------------------------------------------------------------


def as_json(found: Comparison) -> str:
    """The report for programs."""
    old, new = found.drafts
    data = {
        "version": 1,
        "project": new.project or None,
        "volume": new.volume or None,
        "old": old.path,
        "new": new.path,
        "added": [_figure(one) for one in found.added],
        "removed": [_figure(one) for one in found.removed],
        "moved": [
            {
                **_both(pair),
                "from": pair.old.chapter or None,
                "to": pair.new.chapter or None,
            }
            for pair in found.moved
        ],
        "renumbered": [
            {
                **_both(pair),
                "from": pair.old.number or None,
                "to": pair.new.number or None,
            }
            for pair in found.renumbered
        ],
        "texts": [
            {**_both(pair), "field": field, "from": before or None, "to": now or None}
            for pair, field, before, now in found.texts
        ],
        "pictures": [
            {
                **_both(pair),
                "path": path,
                "from": dict(pair.old.images).get(path),
                "to": dict(pair.new.images)[path],
            }
            for pair, path in found.pictures
        ],
        "totals": {"old": len(old.figures), "new": len(new.figures)},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _both(pair: Pair) -> dict[str, Any]:
    return {"figure": _figure(pair.new)}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "number": figure.number or None,
        "label": figure.label or None,
        "title": figure.title or None,
        "images": list(figure.paths),
    }
