"""The sheet of a workbook that says what it is, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..assemble.cells import is_formula
from ..assemble.fields import lacks_alt
from . import alts
from .columns import MEANINGS
from .plain import clean

if TYPE_CHECKING:
    import xlsxwriter

    from .contents import Export

NAME: Final = "About"
_WIDTHS: Final = (28, 90)
_ALTS: Final = (
    "One row for each picture. Fill in the shaded columns, save the file, and send it "
    "back to the author. You can sort, filter and remove rows."
)


def add(book: xlsxwriter.Workbook, export: Export) -> None:
    """Add the sheet to *book*."""
    sheet = book.add_worksheet(NAME)
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    text, bold = book.add_format(look), book.add_format({**look, "bold": True})
    guarded = book.add_format({**look, "quote_prefix": True})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, text)
    lines = (*_facts(export), ("", ""), *MEANINGS.items())
    if export.kind == "figure":
        lines += (("", ""), ("Sheet \u201cAlt texts\u201d", _ALTS))
        lines += tuple(alts.MEANINGS.items())
    for row, (name, words) in enumerate(lines):
        if name:
            sheet.write_string(row, 0, name, bold)
        if words:
            sheet.write_string(row, 1, words, guarded if is_formula(words) else text)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _facts(export: Export) -> Iterator[tuple[str, str]]:
    """What the workbook is of, and its totals."""
    config, part = export.assembly.env.config, export.part
    entries = list(part.entries())
    yield "Book", clean(export.project)
    yield "Version", clean(str(config.release or config.version))
    if part.volume.id:
        yield "Volume", clean(f"{part.volume.label}: {part.volume.title}")
    yield "List", clean(export.heading)
    yield "Entries", str(len(entries))
    yield "Chapters", str(export.chapters)
    yield "Without a caption", str(sum(not entry.figure.caption for entry in entries))
    if export.kind == "figure":
        lacking = sum(lacks_alt(entry.figure) for entry in entries)
        yield "Without alt text", str(lacking)
