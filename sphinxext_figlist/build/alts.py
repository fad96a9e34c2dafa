"""What the sheet of alt texts shows, for a digest of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from ..assemble.places import keys, placed

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


def shown(assembly: Assembly) -> Iterator[object]:
    """What the sheet of alt texts shows besides the lists."""
    book, settings = assembly.book, assembly.settings
    yield settings.checks, settings.alt_max, settings.min_ppi, settings.all_pictures
    known = keys(book.pages)
    for part in assembly.illustrated():
        for row in placed(part, known):
            figure, chapter = row.entry.figure, row.chapter
            yield str(row.key), row.place, row.uses, figure.allowed
            yield chapter.number, chapter.title, assembly.facts(row.image)
            if figure.sections:
                section = (figure.docname, figure.sections[-1])
                yield book.section_number(*section), book.section_title(*section)
            with suppress(OSError):
                stat = (assembly.env.srcdir / row.image.path).stat()
                yield stat.st_size, stat.st_mtime_ns
