"""What the command says: the diff for a program or a person, the rest for a person."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from ..controls import shown
from .apply import Change
from .wishes import Outcome

_RED, _GREEN, _CYAN, _BOLD = "31", "32", "36", "1"


def has_colour(stream: TextIO) -> bool:
    """Whether *stream* is a terminal whose user wants colours."""
    return (
        stream.isatty()
        and "NO_COLOR" not in os.environ
        and os.environ.get("TERM") != "dumb"
    )


class Notes:
    """Messages on what is being done: on a terminal each takes the last one's place."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._shown = 0

    def __call__(self, words: str) -> None:
        """Say what is being done."""
        if self._live:
            words = shown(words)[:78]
            self._stream.write("\r" + words.ljust(self._shown))
            self._stream.flush()
            self._shown = len(words)

    def clear(self) -> None:
        """Take the last message away."""
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._shown = 0


def diff(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of a unified diff, each with its line end."""
    for change in changes:
        old, new = (text.removeprefix("\ufeff") for text in change.texts)
        lines = difflib.unified_diff(
            _lines(old), _lines(new), f"a/{change.source}", f"b/{change.source}"
        )
        for line in lines:
            if line.endswith(("\n", "\r")):
                yield line
            else:
                yield line + "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """The lines of *text*, with their ends, which alone end one."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def print_diff(changes: Iterable[Change], stream: TextIO) -> None:
    """Write the diff: as it is to a file, and so that it is seen on a terminal."""
    live, coloured = stream.isatty(), has_colour(stream)
    for line in diff(changes):
        if live:
            line = shown(line.removesuffix("\n")) + "\n"
        if coloured:
            colour = {"+": _GREEN, "-": _RED, "@": _CYAN}.get(line[:1], "")
            if line.startswith(("+++", "---")):
                colour = _BOLD
            line = f"\x1b[{colour}m{line[:-1]}\x1b[0m\n" if colour else line
        stream.write(line)
    stream.flush()


def printed(text: str, stream: TextIO) -> str:
    """*text* as *stream* may have it: a terminal obeys no part of it."""
    return shown(text) if stream.isatty() else text


def report(outcomes: Sequence[Outcome], *, written: bool) -> Iterator[str]:
    """The lines that say what became of every row."""
    refused = [one for one in outcomes if one.state == "refused"]
    for one in refused:
        where = f"{one.place.source}:{one.place.line or '?'}: " if one.place else ""
        yield f"refused: {one.row.where}: {where}{one.reason}"
        if one.row.new.strip() and one.row.new != one.row.alt:
            yield f"    its new alt text: {' '.join(one.row.new.split())[:1000]}"
    comments = [one for one in outcomes if one.row.comment]
    if comments:
        yield "comments:"
        for one in comments:
            where = (
                f" ({one.place.source}:{one.place.line or '?'})" if one.place else ""
            )
            yield f"    {one.row.where}{where}: {' '.join(one.row.comment.split())}"
    counts = {
        state: sum(one.state == state for one in outcomes)
        for state in ("applied", "done", "unchanged", "refused")
    }
    applied = "applied" if written else "to apply"
    yield (
        f"{_rows(len(outcomes))}: {counts['applied']} {applied}, {counts['done']} done "
        f"already, {counts['unchanged']} unchanged, {counts['refused']} refused"
    )
    if counts["applied"] and not written:
        yield "nothing was written; run again with --write to write these changes"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def out() -> TextIO:
    """Standard output, in which every character can be written."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")
    return sys.stdout
