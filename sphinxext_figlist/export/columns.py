"""The press's art log: the columns of CSV and XLSX, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..assemble.fields import joined_alt
from ..assemble.model import Chapter, Entry
from .contents import Export
from .plain import clean

#: In English whatever the book's language: programs and presses know them.
COLUMNS: Final = (
    "volume",
    "chapter number",
    "chapter title",
    "figure number",
    "page",
    "label",
    "title",
    "caption",
    "legend",
    "alt text",
    "credit",
    "author",
    "licence",
    "permission",
    "notes",
    "image file",
    "format",
    "pixel width",
    "pixel height",
    "source file",
    "line",
    "first reference",
    "number of references",
)


def rows(export: Export) -> Iterator[list[str]]:
    """One row of cells an entry, in the order of :data:`COLUMNS`."""
    for chapter in export.part.chapters:
        for entry in chapter.entries:
            yield list(map(clean, _cells(export, chapter, entry)))


def _cells(export: Export, chapter: Chapter, entry: Entry) -> Iterator[str]:
    figure, texts, images = entry.figure, export.texts(entry), entry.figure.images
    yield from (export.part.volume.id, chapter.number, chapter.title)
    yield from (export.number(entry), entry.page, entry.label or "")
    yield from (texts.plain_title, texts.plain_caption, texts.plain_legend)
    yield from (joined_alt(figure), texts.plain_credit)
    yield from (figure.author, figure.licence)
    yield from ("", "")  # for the press
    facts = [export.assembly.facts(image) for image in images]
    yield _listed(image.path for image in images)
    yield _listed(fact.format for fact in facts)
    yield _listed(fact.width for fact in facts)
    yield _listed(fact.height for fact in facts)
    yield from (figure.source, str(figure.line or ""))
    yield export.assembly.first_reference(entry)
    yield str(len(entry.references))


def _listed(values: Iterable[object]) -> str:
    """One value for each picture; ``?`` holds the place of one that is not known."""
    told = [str(value or "") for value in values]
    return "; ".join(value or "?" for value in told) if any(told) else ""


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take *cell* for a formula rather than for text."""
    return cell.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
