"""The pages of the book's figures in print, for its lists and files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from ..assemble.model import InPrint, dotted
from . import fingerprint, pages
from .pages import Pages

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


def read(assembly: Assembly) -> dict[str, Pages]:
    """What was read for each volume that has a file of pages, by its id."""
    documents = {volume.id: set[str]() for volume in assembly.volumes}
    for docname, id_ in assembly.volume_ids().items():
        documents[id_].add(docname)
    pdfs = cache(partial(fingerprint.pdfs, assembly))
    return {
        source.volume: pages.load(source, documents[source.volume], pdfs)
        for source in assembly.settings.page_numbers
        if source.volume in documents
    }


def in_print(assembly: Assembly, printed: Mapping[str, Pages]) -> InPrint:
    """Where *printed* has each figure of the book, and what is listed like one."""
    found = {}
    for docname, id_ in assembly.volume_ids().items():
        page, given = assembly.book.pages.get(docname), printed.get(id_)
        for figure in page.figures() if page and given else ():
            number = dotted(assembly.book.number(figure))
            if given and (place := given.place(figure, number)):
                found[docname, figure.id] = (place.number, place.page)
    return found
