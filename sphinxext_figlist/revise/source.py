"""A source file as text, and edits of it that leave every other byte alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

#: What ends a line for whoever reads a source: Python's universal newlines.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Refused(Exception):
    """Why a text is not put into a source, for the one who asked for it."""


class Splice(NamedTuple):
    """What stands between two places in a text is to be something else."""

    start: int
    end: int
    text: str


class Line(NamedTuple):
    """A line of a source, or the part of it that is read by some parser."""

    text: str
    #: Where the text begins and the line ends, before its line end, in the file.
    start: int
    end: int
    #: What stands before the text in the file's line.
    lead: str
    #: The number of the file's line, from 1.
    number: int

    def cut(self, left: int, right: int | None = None) -> Line:
        """The line from one of its characters to another."""
        kept = self.text[left:right]
        lead = self.lead + self.text[:left]
        return self._replace(text=kept, start=self.start + left, lead=lead)


class Source(NamedTuple):
    """A file of sources."""

    text: str
    encoding: str
    line_end: str

    @classmethod
    def decoded(cls, data: bytes, encoding: str = "utf-8") -> Source:
        """Read *data*, in *encoding* if it does not begin with another's mark.

        :raises Refused: where it cannot be read so that it can be written again.
        """
        for mark, marked in (
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
        ):
            if data.startswith(mark):
                encoding = marked
        if codecs.lookup(encoding).name == "utf-8-sig":
            encoding = "utf-8"  # the mark stays in the text
        try:
            text = data.decode(encoding)
            same = text.encode(encoding) == data
        except UnicodeError:
            same = False
        if not same:
            raise Refused(f"the file cannot be read as {encoding}; save it in UTF-8")
        found = _LINE_END.search(text)
        return cls(text, encoding, found[0] if found else "\n")

    def encoded(self) -> bytes:
        """The bytes of the file.

        :raises Refused: where its encoding lacks a character.
        """
        try:
            return self.text.encode(self.encoding)
        except UnicodeEncodeError as error:
            char = self.text[error.start]
            raise Refused(
                f"the file's encoding, {self.encoding}, does not have the character "
                f"{char!r}; save the file in UTF-8"
            ) from None

    def lines(self) -> list[Line]:
        """All lines of the file."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        start = 1 if self.text.startswith("\ufeff") else 0
        number = 1
        for found in _LINE_END.finditer(self.text):
            yield Line(
                self.text[start : found.start()], start, found.start(), "", number
            )
            start, number = found.end(), number + 1
        yield Line(self.text[start:], start, len(self.text), "", number)

    def spliced(self, splices: Iterable[Splice]) -> Source:
        """The source with all of *splices*, none of which touches another."""
        pieces: list[str] = []
        at = 0
        for start, end, text in sorted(splices):
            assert start >= at, "two edits in one place"
            pieces += (self.text[at:start], text)
            at = end
        return self._replace(text="".join((*pieces, self.text[at:])))


def new_lines(after: Line, lead: str, texts: Sequence[str], line_end: str) -> Splice:
    """Lines to come after one, each with *lead* before it."""
    added = "".join(line_end + lead + text for text in texts)
    return Splice(after.end, after.end, added)


def continued(lead: str) -> str:
    """What stands before the next line of what began behind *lead*.

    A quote's marks stand before each of its lines, a list's before the first.
    """
    return re.sub(r"[^\s>]", " ", lead)


def one_line(text: str) -> str:
    """*text* with one space for all white space that a line can end in."""
    return re.sub("[\t-\r \x85\u2028\u2029]+", " ", text).strip(" ")
