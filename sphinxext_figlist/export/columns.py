"""The press's art log: the columns of CSV and XLSX, as plain text."""

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
    "chapter title": "The title of the chapter that holds the figure.",
    "figure number": "As the book prints it; empty for a figure without a number.",
    "page": "The page on which the figure is printed, where that is known.",
    "title": "The part of the caption that names the figure.",
    "caption": "The whole caption, as plain text.",
    "legend": "The text below the caption.",
    "alt text": "What stands for the picture where it cannot be seen.",
    "alt status": (
        "text; decorative: the picture is declared to need no alt text; missing; "
        "partly: some of its pictures have none."
    ),
    "credit": "Where the picture is from, as the caption or legend says.",
    "author": "The picture's author, where the source names one.",
    "licence": "The picture's licence, where the source names one.",
    "permission": (
        "For the publisher: not needed, requested, granted or refused. "
        "The book says nothing of it."
    ),
    "notes": "For the publisher. The book says nothing of them.",
    "image file": "The original picture; its path is relative to the book's sources.",
    "format": "The format of that file.",
    "pixel width": "The picture's own width; empty for drawings.",
    "pixel height": "The picture's own height; empty for drawings.",
    "printed width (inches)": "As the source gives it; empty where it gives none.",
    "pixels per inch": "At that width; empty for drawings.",
    "first reference": "The chapter and section whose text first refers to the figure.",
    "number of references": "How many places refer to it.",
    "label": "For the author: the name by which the text refers to the figure.",
    "source file": "For the author: where the figure stands.",
    "line": "For the author: the line there.",
}
COLUMNS: Final = tuple(MEANINGS)
#: What the publisher chooses from.
PERMISSIONS: Final = ("not needed", "requested", "granted", "refused")


def rows(export: Export) -> Iterator[list[str]]:
    """One row of cells an entry, in the order of :data:`COLUMNS`."""
    for chapter in export.part.chapters:
        for entry in chapter.entries:
            yield list(map(clean, _cells(export, chapter, entry)))


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
