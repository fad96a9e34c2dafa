"""A part of a text that is included, from the whole that was edited."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def edited(part: str, before: str, after: str) -> str:
    """*part* of the text *before* as it is in the text *after*.

    A parser may have put spaces for tabs and taken some off the ends of lines.  What is
    not found is left as it is.
    """
    if part == before:
        return after
    mine, old, new = _lines(part), _lines(before), _lines(after)
    start = _start(mine, old)
    if start is None:
        return part
    first, last = start, start + len(mine)
    moved = 0
    lines: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, end in matcher.get_opcodes():
        i, j = max(i, first), min(j, last)
        if tag == "equal":
            lines += mine[i - start : j - start] if i < j else []
        elif i < j or (tag == "insert" and first < i <= last):
            lines += new[k:end]
            moved += 1
    return "\n".join(lines) if moved else part


def _lines(text: str) -> list[str]:
    return [line.expandtabs(8).rstrip() for line in text.split("\n")]


def _start(part: Sequence[str], whole: Sequence[str]) -> int | None:
    """Where *part* begins, whose first and last line may be parts of lines."""
    inner = list(part[1:-1])
    for start in range(len(whole) - len(part) + 1):
        if (
            whole[start].endswith(part[0])
            and whole[start + len(part) - 1].startswith(part[-1])
            and list(whole[start + 1 : start + len(part) - 1]) == inner
        ):
            return start
    return None
