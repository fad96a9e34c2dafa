"""Reading order: volumes, their documents, and the chapter around each figure."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ..config.settings import Volume
from ..read.records import Condition, Figure, ListRequest, Page
from .model import Book

#: Says whether conditions hold.
Judge = Callable[[tuple[Condition, ...]], bool]
#: The documents in a document's toctrees, in their order.
Below = Callable[[str], Sequence[str]]


class Heading(NamedTuple):
    """What a chapter is known by: its document and section."""

    docname: str
    section: str


class Stand(NamedTuple):
    """Where a document stands in its volume."""

    #: The chapter that its toctree is in.
    chapter: Heading | None
    #: The document below the root that holds it; the root for the root itself.
    outermost: str
    is_root: bool

    def heading(self, book: Book, docname: str, sections: tuple[str, ...]) -> Heading:
        """The chapter around what stands in *sections* of this document."""
        chapter = self.chapter
        if chapter is None and not self.is_root:
            chapter = _numbered(book, docname, sections)
        return chapter or Heading(self.outermost, "")


class Membership(NamedTuple):
    """Which document is in which volume."""

    volume_of: Mapping[str, Volume]
    #: ``(docname, the volume that has it, the other)``.
    contested: tuple[tuple[str, Volume, Volume], ...]


def membership(below: Below, volumes: Sequence[Volume]) -> Membership:
    """Find the documents that each volume's root and its toctrees reach."""
    volume_of: dict[str, Volume] = {}
    contested: list[tuple[str, Volume, Volume]] = []
    for volume in volumes:
        for docname in reach(below, volume.root):
            first = volume_of.setdefault(docname, volume)
            if first is not volume:
                contested.append((docname, first, volume))
    return Membership(volume_of, tuple(contested))


def reach(below: Below, root: str) -> list[str]:
    """All documents that *root*'s toctrees reach, itself first, in their order."""
    found: dict[str, None] = {}
    ahead = [root]
    while ahead:
        docname = ahead.pop()
        if docname in found:
            continue
        found[docname] = None
        ahead.extend(reversed(below(docname)))
    return list(found)


def followed(pages: Mapping[str, Page], root: str, follow: Judge) -> list[str]:
    """The documents that *root*'s toctrees reach in one output.

    :param follow: says whether a toctree under these conditions is followed.
    """

    def below(docname: str) -> list[str]:
        page = pages.get(docname)
        return [
            name
            for toctree in (page.toctrees() if page else ())
            if follow(toctree.conditions)
            for name in toctree.docnames
        ]

    return reach(below, root)


class Walk(NamedTuple):
    """What stands below a root."""

    #: Figures in reading order, with their chapters.
    figures: list[tuple[Figure, Heading]]
    #: Where each document stands.
    stands: dict[str, Stand]
    #: The chapter around each list, by its document and ordinal.
    headings: dict[tuple[str, int], Heading]


def walk(
    book: Book, root: str, *, belongs: Callable[[str], bool], follow: Judge
) -> Walk:
    """Find what stands below *root*.

    A toctree's documents stand where the toctree stands, as in print.  The
    chapter is the outermost numbered section around a figure below the root
    document; without one, the outermost document below the root; else the root.

    :param belongs: says whether a document is in the volume.
    :param follow: says whether a toctree under these conditions is followed.
    """
    found = Walk([], {root: Stand(None, root, True)}, {})
    figures, stands, headings = found

    def visit(docname: str, stand: Stand) -> None:
        page = book.pages.get(docname)
        sections: tuple[str, ...] | None = None
        around: Heading
        for item in page.flow if page is not None else ():
            if item.sections != sections:
                sections = item.sections
                around = stand.heading(book, docname, item.sections)
            if isinstance(item, Figure):
                figures.append((item, around))
            elif isinstance(item, ListRequest):
                headings[docname, item.ordinal] = around
            elif follow(item.conditions):
                for inner in item.docnames:
                    if inner not in stands and belongs(inner):
                        stands[inner] = _below(stand, around, inner)
                        visit(inner, stands[inner])

    visit(root, stands[root])
    return found


def _below(stand: Stand, around: Heading, docname: str) -> Stand:
    """Where *docname* stands, whose toctree is in a document that stands at *stand*."""
    outermost = docname if stand.is_root else stand.outermost
    return Stand(around if around.section else None, outermost, False)


def _numbered(book: Book, docname: str, sections: tuple[str, ...]) -> Heading | None:
    for section in sections:
        if book.section_number(docname, section):
            return Heading(docname, section)
    return None
