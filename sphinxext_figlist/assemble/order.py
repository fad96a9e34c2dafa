"""Reading order: volumes, their documents, and the chapter around each figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..config import Volume
from ..records import Condition, Figure, ListRequest, Page, Toctree
from .model import Book

#: Says whether conditions hold.
Judge = Callable[[tuple[Condition, ...]], bool]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a chapter is known by: its document and section."""

    docname: str
    section: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Which document is in which volume."""

    volume_of: Mapping[str, Volume]
    #: ``(docname, the volume that has it, the other)``.
    contested: tuple[tuple[str, Volume, Volume], ...]


def membership(pages: Mapping[str, Page], volumes: Sequence[Volume]) -> Membership:
    """Find the documents that each volume's root and its toctrees reach."""
    volume_of: dict[str, Volume] = {}
    contested: list[tuple[str, Volume, Volume]] = []
    for volume in volumes:
        for docname in reach(pages, volume.root):
            first = volume_of.setdefault(docname, volume)
            if first is not volume:
                contested.append((docname, first, volume))
    return Membership(volume_of, tuple(contested))


def reach(pages: Mapping[str, Page], root: str) -> list[str]:
    """All documents that *root*'s toctrees reach, itself first, in their order."""
    found: dict[str, None] = {}
    ahead = [root]
    while ahead:
        docname = ahead.pop()
        if docname in found:
            continue
        found[docname] = None
        page = pages.get(docname)
        toctrees = page.toctrees() if page else ()
        inner = [name for toctree in toctrees for name in toctree.docnames]
        ahead.extend(reversed(inner))
    return list(found)


def walk(
    book: Book, root: str, *, belongs: Callable[[str], bool], follow: Judge
) -> Iterator[tuple[Figure | ListRequest, Heading]]:
    """Yield figures and lists below *root* in reading order, with their chapters.

    A toctree's documents stand where the toctree stands, as in print.  The
    chapter is the outermost numbered section around a figure below the root
    document; without one, the outermost document below the root; else the root.

    :param belongs: says whether a document is in the volume.
    :param follow: says whether a toctree under these conditions is followed.
    """
    seen = {root}

    def visit(
        docname: str, chapter: Heading | None, outermost: str
    ) -> Iterator[tuple[Figure | ListRequest, Heading]]:
        page = book.pages.get(docname)
        for item in page.flow if page else ():
            around = chapter
            if around is None and docname != root:
                around = _numbered(book, docname, item.sections)
            if not isinstance(item, Toctree):
                yield item, around or Heading(outermost, "")
            elif follow(item.conditions):
                for inner in item.docnames:
                    if inner not in seen and belongs(inner):
                        seen.add(inner)
                        below = inner if docname == root else outermost
                        yield from visit(inner, around, below)

    yield from visit(root, None, root)


def _numbered(book: Book, docname: str, sections: tuple[str, ...]) -> Heading | None:
    for section in sections:
        if book.section_number(docname, section):
            return Heading(docname, section)
    return None
