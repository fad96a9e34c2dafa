"""What the rows of sheets want of the book: three texts compared, place by place."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ..assemble.places import Key, Place, alt_digest, matching, said
from .sheets import Row
from .tables import undone

#: Characters: more is no alt text, and may be a whole page that was pasted.
_LONGEST: Final = 5000
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})


@dataclass
class Outcome:
    """What becomes of a row."""

    row: Row
    #: ``wanted`` until it is proved that it can be applied.
    state: Literal["wanted", "applied", "done", "unchanged", "refused"]
    place: Place | None = None
    #: The text that the picture is to have, ``""`` for a decorative one.
    text: str = ""
    #: Why it is refused.
    reason: str = ""

    def refuse(self, reason: str) -> None:
        """Refuse the row."""
        self.state, self.reason = "refused", reason


def outcomes(rows: Sequence[Row], known: Mapping[Place, Key]) -> list[Outcome]:
    """What is to become of *rows*."""
    pairs = list(known.items())
    parsed = [Key.parsed(row.key) for row in rows]
    claimed = {(key.place, key.around, key.nth) for key in parsed if key}
    by_place: dict[str, list[tuple[Place, Key]]] = defaultdict(list)
    for pair in pairs:
        by_place[pair[1].place].append(pair)
    found: list[Outcome] = []
    for row, key in zip(rows, parsed, strict=True):
        places: list[Place] = []
        if key:
            places = matching(key, by_place[key.place])
            places = [p for p in places if _is_free(key, known[p], claimed)]
        found.append(_outcome(row, key, places))
    _settle(found)
    return found


def _is_free(key: Key, other: Key, claimed: set[tuple[str, str, int]]) -> bool:
    """Whether a place is no other row's."""
    if (other.around, other.nth) == (key.around, key.nth):
        return True
    return (other.place, other.around, other.nth) not in claimed


def _outcome(row: Row, key: Key | None, places: Sequence[Place]) -> Outcome:
    def refused(reason: str) -> Outcome:
        return Outcome(row, "refused", reason=reason)

    if row.fault:
        return refused(row.fault)
    if key is None:
        return refused(f'the key "{row.key}" is not valid; copy it from a new sheet')
    was_decorative = key.alt == alt_digest("")
    if not _is_as_written(row, key):
        return refused(
            f'the cell "alt text" was changed to "{_short(row.alt)}"; restore it, and '
            'write the new text into "new alt text"'
        )
    text = _wanted(row, was_decorative)
    if isinstance(text, Outcome) or text is None:
        return text or Outcome(row, "unchanged")
    if fault := _fault(row.new):
        return refused(fault)
    if not places:
        return refused(
            "the picture is no longer in the book, or its file has another name; take "
            "a new sheet"
        )
    if len(places) > 1:
        lines = ", ".join(f"{p.source}:{p.line or '?'}" for p in places)
        return refused(
            f"several pictures match this row ({lines}); change the alt text by hand"
        )
    (place,) = places
    if said(place.alt) == text and (text or place.alt is not None):
        return Outcome(row, "done", place, text)
    if alt_digest(place.alt) != key.alt:
        reason = (
            "the source has changed since the sheet was written: it had "
            f'"{_short(row.alt)}", the sheet has "{_short(text)}", and the source now '
            f'has "{_short(place.alt or "")}"; change it by hand, or take a new sheet'
        )
        return Outcome(row, "refused", place, text, reason)
    return Outcome(row, "wanted", place, text)


def _is_as_written(row: Row, key: Key) -> bool:
    alts = (row.alt, undone(row.alt))
    if any(key.alt == alt_digest(said(alt)) for alt in alts):
        return True
    return key.alt == alt_digest(None) and not said(row.alt)


def _wanted(row: Row, was_decorative: bool) -> str | Outcome | None:
    """The text that a row wants, None for none that differs."""
    old, new = said(row.alt), said(row.new)
    other = bool(new) and said(undone(row.new)) not in {old, said(undone(row.alt))}
    answer = row.decorative.casefold()
    if answer in _YES:
        if other:
            reason = (
                '"decorative" is "yes", but there is a new alt text; keep only one of '
                "the two"
            )
            return Outcome(row, "refused", reason=reason)
        return None if was_decorative else ""
    if answer and answer not in _NO:
        reason = f'"decorative" is "{row.decorative}"; write "yes" or "no"'
        return Outcome(row, "refused", reason=reason)
    if answer in _NO and was_decorative and not other:
        reason = (
            '"decorative" is "no", but there is no alt text; write what the picture '
            'shows into "new alt text"'
        )
        return Outcome(row, "refused", reason=reason)
    return new if other else None


def _fault(text: str) -> str:
    """What keeps *text* from being an alt text."""
    for char in text:
        if unicodedata.category(char) in {"Cc", "Cs"} and not re.match(
            "[\t-\r\x85]", char
        ):
            return (
                f'the cell "new alt text" contains the control character '
                f"U+{ord(char):04X}; remove it"
            )
    if len(text) > _LONGEST:
        return (
            f'the cell "new alt text" has {len(text)} characters, more than '
            f"{_LONGEST}; shorten it, and move details into the text of the book"
        )
    return ""


def _settle(found: Iterable[Outcome]) -> None:
    """Refuse all that want different texts in one place."""
    by_place: dict[Place, list[Outcome]] = defaultdict(list)
    for outcome in found:
        if outcome.place and (outcome.state in {"wanted", "done"}):
            by_place[outcome.place].append(outcome)
    for rivals in by_place.values():
        refuse_rivals(rivals)


def refuse_rivals(rivals: Sequence[Outcome]) -> None:
    """Refuse all of *rivals*, which are of one place, if they want different texts."""
    if len({outcome.text for outcome in rivals}) > 1:
        for outcome in rivals:
            other = next(one for one in rivals if one.text != outcome.text)
            outcome.refuse(
                f'the new alt text is "{_short(outcome.text)}", but {other.row.where}, '
                f'has "{_short(other.text)}" for the same picture; keep one of them'
            )


def _short(text: str) -> str:
    text = said(text)
    return text if len(text) <= 300 else text[:299] + "\u2026"


def wanted_by_source(found: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Those that are yet to be applied, by the file of their places."""
    by_source: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in _still(found):
        assert outcome.place is not None
        by_source[outcome.place.source].append(outcome)
    return by_source


def _still(found: Iterable[Outcome]) -> Iterator[Outcome]:
    return (outcome for outcome in found if outcome.state == "wanted")
