"""What a check gets, and what it yields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..assemble.fields import untitled
from ..read.content import text
from ..words import after_number, translated

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from ..assemble.model import Entry
    from ..config.settings import Volume
    from ..read.records import Image

#: Characters of a text that a message quotes.
_QUOTED: Final = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a figure."""

    entry: Entry
    #: Marked with ``N_`` for translation, with named fields such as ``%(alt)s``.
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    #: The picture concerned, if a figure may have several such faults.
    picture: str = ""
    #: The check that found it.
    check: str = ""
    #: Whether the baseline accepts it, so that it is not a warning.
    accepted: bool = False

    @property
    def key(self) -> str:
        """What identifies it from build to build, until it is fixed."""
        figure = self.entry.figure
        return f"{figure.docname}#{figure.slug} {self.picture}".rstrip()


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one volume, for a check."""

    assembly: Assembly
    volume: Volume
    #: In reading order, without the figures that are excused from the check.
    entries: tuple[Entry, ...]

    def pictures(self) -> Iterator[tuple[Entry, Image]]:
        """Each picture with its figure."""
        for entry in self.entries:
            for image in entry.figure.images:
                yield entry, image

    def alts(self) -> Iterator[tuple[Entry, Image, str]]:
        """Each picture that has an alt text, with its figure and that text."""
        for entry, image in self.pictures():
            if image.alt and (words := " ".join(image.alt.split())):
                yield entry, image, words


def worded(finding: Finding) -> str:
    """The message, in the language of the book."""
    message = translated(finding.message)
    return message % finding.values if finding.values else message


def named(assembly: Assembly, entry: Entry, *, width: int = 0) -> str:
    """The name of a figure for editors: its number and title.

    :param width: the maximum length of the title, in characters; 0 means no limit.
    """
    number = assembly.words(entry.figure, entry.dotted)
    title = " ".join(text(entry.title.shown).split()).rstrip(".:\u3002\uff1a")
    if width:
        title = cut(title, width)
    if number and title:
        return f"{number}{after_number(number)}{title}"
    return number or title or untitled(entry.figure)


def cut(title: str, width: int = _QUOTED) -> str:
    """At most *width* characters of *title*, and whole words where it has any."""
    if len(title) <= width:
        return title
    kept = title[: width - 2]
    return (kept.rpartition(" ")[0] or kept[:-1]) + "..."
