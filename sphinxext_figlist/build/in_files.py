"""What files show of the lists, for a digest of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..assemble.images import stamp
from ..assemble.places import keys, placed
from ..config.choices import FIELDS
from ..config.settings import book_name
from ..read.store import digest
from .shows import Shows
from .written import settings_key

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly


def lists_digest(
    assembly: Assembly, builder: Builder, tables: bool, pictures: bool
) -> str:
    """A digest of all that files say of the lists.

    :param tables: whether there are any with the columns of :mod:`.export.columns`.
    :param pictures: whether there are any with digests of pictures.
    """
    config, srcdir = assembly.env.config, Path(assembly.env.srcdir)
    shows = Shows(assembly, builder)
    kinds = assembly.settings.kinds
    lists = [part for kind in kinds for part in assembly.lists(kind, referred=True)]
    return digest(
        config.language,
        (book_name(config), config.version, config.release),
        settings_key(assembly.env, assembly.settings, assembly.output),
        (kinds, [assembly.env.config.numfig_format.get(kind) for kind in kinds]),
        [shows.part(part, FIELDS) for part in lists],
        [
            [(image.path, image.alt) for image in entry.figure.images]
            for part in lists
            for entry in part.entries()
        ],
        [
            (
                *(assembly.first_reference(entry), len(entry.references)),
                *(entry.figure.author, entry.figure.licence),
                *map(assembly.facts, entry.figure.images),
                *(stamp(srcdir, image) for image in entry.figure.images if pictures),
            )
            for part in lists
            for entry in part.entries()
            if tables
        ],
        list(_sheet(assembly)) if tables else [],
    )


def _sheet(assembly: Assembly) -> Iterator[object]:
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
