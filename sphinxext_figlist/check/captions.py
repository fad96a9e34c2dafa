"""Checks of captions and titles."""

from __future__ import annotations

from collections.abc import Iterator

from ..assemble.model import Entry
from ..read.content import text
from ..words import N_
from .finding import Finding, Part, named


def missing_caption(part: Part) -> Iterator[Finding]:
    """A figure has no caption."""
    for entry in part.entries:
        if not entry.figure.caption:
            yield Finding(entry, N_("no caption; write one below the picture"))


def missing_title(part: Part) -> Iterator[Finding]:
    """A figure's caption has no title.

    Lists then show the first sentence of the caption, and files leave the title empty.
    ``figlist_title_from`` sets how a title is found. For a figure without a caption,
    see ``missing_caption``.
    """
    for entry in part.entries:
        if entry.figure.caption and not entry.title.content:
            message = N_("no title in the caption; figlist_title_from finds none")
            if part.assembly.settings.title_from == "lead":
                message = N_(
                    "no title in the caption; begin the caption with bold words, or "
                    "with words and a colon"
                )
            yield Finding(entry, message)


def duplicate_title(part: Part) -> Iterator[Finding]:
    """An earlier figure of the volume has the same title.

    Readers of the list cannot distinguish the two figures. Case and spaces are ignored.
    """
    first: dict[str, Entry] = {}
    for entry in part.entries:
        title = " ".join(text(entry.title.content or ()).split())
        if not title:
            continue
        other = first.setdefault(title.casefold(), entry)
        if other is not entry:
            message = N_(
                'the title "%(title)s" is also that of %(other)s; change one of them'
            )
            place = named(part.assembly, other)
            if other.dotted:
                place = part.assembly.words(other.figure, other.dotted)
            yield Finding(entry, message, {"title": title, "other": place})
