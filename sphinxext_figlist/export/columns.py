"""The figure log: the columns of CSV and XLSX, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..assemble.fields import alt_status, joined_alt, path_of
from ..assemble.model import Chapter, Entry
from .contents import Export
from .plain import clean

#: In English whatever the book's language, as programs and publishers know them; each
#: with what it means.
MEANINGS: Final[Mapping[str, str]] = {
    "volume": "The volume's id.",
    "chapter number": "As the book prints it.",
    "chapter title": "The title of the chapter that contains the figure.",
    "figure number": "As the book prints it; empty for a figure without a number.",
    "page": "The page on which the figure is printed, if it is known.",
    "title": "The part of the caption that names the figure.",
    "caption": "The whole caption, as plain text.",
    "legend": "The text below the caption.",
    "alt text": "The text for readers who cannot see the picture.",
    "alt status": (
        "text; decorative: declared to need no alt text; missing; partly: some "
        "pictures of the figure have no alt text."
    ),
    "credit": "The source of the picture, as named in the caption or legend.",
    "author": "The author of the picture, if the sources name one.",
    "licence": "The licence of the picture, if the sources name one.",
    "permission": (
        "For the publisher to fill in: not needed, requested, granted or refused."
    ),
    "notes": "For the publisher to fill in.",
    "image file": "The original picture file, relative to the source folder.",
    "format": "The format of that file.",
    "pixel width": "The width of that file; empty for vector pictures.",
    "pixel height": "The height of that file; empty for vector pictures.",
    "printed width (inches)": "As given in the sources; empty if it is not known.",
    "pixels per inch": "At the printed width; empty for vector pictures.",
    "first reference": "The chapter and section whose text first refers to the figure.",
    "number of references": "How many places in the text refer to the figure.",
    "label": "For the author: the name that the text uses to refer to the figure.",
    "source file": "For the author: the source file that contains the figure.",
    "line": "For the author: the line in that file.",
}
COLUMNS: Final = tuple(MEANINGS)
#: What the publisher chooses from.
PERMISSIONS: Final = ("not needed", "requested", "granted", "refused")


def rows(export: Export) -> list[list[str]]:
    """One row of cells an entry, in the order of :data:`COLUMNS`."""
    return [
        list(map(clean, _cells(export, chapter, entry)))
        for chapter in export.part.chapters
        for entry in chapter.entries
    ]


def _cells(export: Export, chapter: Chapter, entry: Entry) -> Iterator[str]:
    figure, texts, images = entry.figure, export.texts(entry), entry.figure.images
    yield from (export.part.volume.id, chapter.number, chapter.title)
    yield from (export.number(entry), entry.page)
    yield from (texts.plain_title, texts.plain_caption, texts.plain_legend)
    yield from (joined_alt(figure), alt_status(figure), texts.plain_credit)
    yield from (figure.author, figure.licence)
    yield from ("", "")  # for the publisher
    facts = [export.assembly.facts(image) for image in images]
    yield _listed(map(path_of, images))
    yield _listed(fact.format for fact in facts)
    yield _listed(fact.width for fact in facts)
    yield _listed(fact.height for fact in facts)
    yield _listed(f"{fact.printed:.2f}" if fact.printed else "" for fact in facts)
    yield _listed(round(fact.ppi) if fact.ppi else "" for fact in facts)
    yield export.assembly.first_reference(entry)
    yield str(len(entry.references))
    yield from (entry.label or "", figure.source, str(figure.line or ""))


def _listed(values: Iterable[object]) -> str:
    """One value for each picture; ``?`` holds the place of one that is not known."""
    told = [str(value or "") for value in values]
    return "; ".join(value or "?" for value in told) if any(told) else ""
