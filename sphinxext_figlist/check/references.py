"""Checks of how the text refers to its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from ..assemble.model import Entry, Reference
from ..words import N_
from .finding import Finding, Part, named


def unreferenced(part: Part) -> Iterator[Finding]:
    """The text never refers to the figure.

    A reference is any link to the figure, by ``numref``, ``ref``, ``any`` or a Markdown
    link, anywhere in the book. A reference in another figure's caption counts; one in
    the figure's own caption does not. A number typed by hand is not a reference.
    """
    for entry in part.entries:
        if not entry.references:
            message = N_("never referenced in the text; add %(role)s")
            if not entry.label:
                message = N_(
                    "never referenced in the text; "
                    "give the figure a name, and refer to it"
                )
            yield Finding(entry, message, {"role": _role(part, entry)})


def _role(part: Part, entry: Entry) -> str:
    """A reference to the figure, as its own document would write it."""
    suffix = PurePosixPath(entry.figure.source).suffix
    syntax = part.assembly.env.config.source_suffix.get(suffix)
    name = "{numref}" if syntax and syntax != "restructuredtext" else ":numref:"
    return f"{name}`{entry.label}`"


def reference_order(part: Part) -> Iterator[Finding]:
    """The first reference to the figure is out of order.

    Publishers want the text to refer to figures in the order of the figures. The check
    compares the first references to the figures of a volume in the text of that volume,
    without captions. It reports as few figures as possible: those whose first
    references have to move so that the rest are in order. In a book that numbers
    figures by chapter, only references within the figure's own chapter count, because
    earlier chapters may announce a figure.
    """
    called = []
    order = {name: place for place, name in enumerate(part.assembly.main_order)}
    volume_of = part.assembly.members.volume_of
    for place, entry in enumerate(part.entries):
        own = (
            (order[at.docname], at.position, at)
            for at in entry.references
            if at.position >= 0
            and volume_of.get(at.docname) is part.volume
            and _calls_out(part, entry, at)
        )
        if first := min(own, key=lambda item: item[:2], default=None):
            called.append((first[:2], place, first[2]))
    called.sort(key=lambda item: item[0])
    places = [place for _, place, _ in called]
    kept = [places[at] for at in longest_increasing(places)]
    turn = {place: at for at, place in enumerate(places)}
    for place in sorted(set(places) - set(kept)):
        entry, at = part.entries[place], called[turn[place]][2]
        early = [one for one in kept if one < place and turn[one] > turn[place]]
        late = [one for one in kept if one > place and turn[one] < turn[place]]
        if early:
            yield _out_of_turn(
                part,
                entry,
                at,
                N_(
                    'first referenced in "%(section)s", before %(other)s, '
                    "which comes first"
                ),
                part.entries[early[0]],
            )
        else:
            yield _out_of_turn(
                part,
                entry,
                at,
                N_(
                    'first referenced in "%(section)s", after %(other)s, '
                    "which comes later"
                ),
                part.entries[late[-1]],
            )


def _calls_out(part: Part, entry: Entry, at: Reference) -> bool:
    """Whether a reference counts for a figure's turn, not merely announces it."""
    if entry.number is None or len(entry.number) < 2:
        return True
    around, figure = part.assembly.chapter_around, entry.figure
    return around(at.docname, at.id) == around(figure.docname, *figure.sections[-1:])


def _out_of_turn(
    part: Part, entry: Entry, at: Reference, message: str, other: Entry
) -> Finding:
    words = part.assembly.words(other.figure, other.dotted)
    words = words.rstrip(".:") or named(part.assembly, other)
    values = {"section": at.section, "other": words}
    return Finding(entry, message, values)


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The places of the longest run of increasing *numbers*, which are all different.

    Others may stand between them.
    """
    ends: list[int] = []  # the smallest number that ends a choice of each length
    at: list[int] = []  # and its place
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    chosen = []
    place = at[-1] if at else -1
    while place >= 0:
        chosen.append(place)
        place = before[place]
    return chosen[::-1]
