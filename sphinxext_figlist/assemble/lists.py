"""From records, order and numbers to one list for each volume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from ..config.settings import Volume
from ..read.records import Figure, ListRequest
from .model import Book, Chapter, Entry, InPrint, Reference, VolumeList, dotted
from .order import Heading, Judge

if TYPE_CHECKING:
    from .titles import Title

#: ``{(docname, figure id): references}``.
References: TypeAlias = Mapping[tuple[str, str], tuple[Reference, ...]]

#: The figures of one volume in reading order, with their chapters.
Walked: TypeAlias = Sequence[tuple[Figure, Heading]]


def volume_list(
    book: Book,
    volume: Volume,
    walked: Walked,
    kinds: Collection[str],
    *,
    judge: Judge,
    title_of: Callable[[Figure], Title],
    in_print: InPrint,
    references: References,
) -> VolumeList:
    """The list of the elements of *kinds* in *volume*, from what stands in it.

    :param judge: says whether a figure under these conditions is in the output.
    """
    found = [
        (figure, heading)
        for figure, heading in walked
        if figure.kind in kinds
        and not figure.excluded
        and (not figure.conditions or judge(figure.conditions))
    ]
    chapters = []
    groups: Counter[Heading] = Counter()
    for heading, group in groupby(found, key=itemgetter(1)):
        groups[heading] += 1
        entries = tuple(
            _entry(book, figure, title_of, in_print, references) for figure, _ in group
        )
        chapters.append(_chapter(book, heading, entries, groups[heading]))
    return VolumeList(volume=volume, chapters=tuple(chapters))


def _entry(
    book: Book,
    figure: Figure,
    title_of: Callable[[Figure], Title],
    in_print: InPrint,
    references: References,
) -> Entry:
    number_in_print, page = "", ""
    referred: tuple[Reference, ...] = ()
    if in_print or references:
        key = (figure.docname, figure.id)
        number_in_print, page = in_print.get(key, ("", ""))
        referred = references.get(key, ())
    return Entry(
        figure=figure,
        number=book.number(figure),
        label=book.label(figure),
        title=title_of(figure),
        page=page,
        number_in_print=number_in_print,
        references=referred,
    )


def _chapter(
    book: Book, heading: Heading, entries: tuple[Entry, ...], group: int
) -> Chapter:
    number, title = chapter_words(book, heading)
    return Chapter(
        docname=heading.docname,
        section=heading.section,
        number=number,
        title=title,
        entries=entries,
        group=group,
    )


def chapter_words(book: Book, heading: Heading) -> tuple[str, str]:
    """The number and title of a chapter."""
    if not heading.section:
        return "", book.titles.get(heading.docname, heading.docname)
    found = book.section_number(heading.docname, heading.section)
    title = book.section_title(heading.docname, heading.section)
    return dotted(found), title


def extended(lists: Sequence[VolumeList], behind: VolumeList) -> list[VolumeList]:
    """*lists* with the chapters *behind* at the end of their volume's own."""
    return [
        part._replace(chapters=part.chapters + behind.chapters)
        if part.volume is behind.volume
        else part
        for part in lists
    ]


def selected(
    lists: Sequence[VolumeList],
    request: ListRequest,
    own: Volume | None,
    chapter: Heading | None,
) -> list[VolumeList]:
    """What of *lists* a directive shows.

    :param own: the volume that holds the directive's page.
    :param chapter: the chapter around the directive.
    """
    if request.volumes == ("all",):
        return list(lists)
    if request.volumes is not None:
        by_id = {part.volume.id: part for part in lists}
        return [by_id[id_] for id_ in request.volumes if id_ in by_id]
    if request.scope == "volume":
        return [part for part in lists if own is None or part.volume == own]
    narrowed = [_narrowed(part, request, chapter) for part in lists]
    return [part for part in narrowed if part.chapters]


def _narrowed(
    part: VolumeList, request: ListRequest, around: Heading | None
) -> VolumeList:
    chapters = []
    for chapter in part.chapters:
        if request.scope == "page":
            entries = tuple(
                entry
                for entry in chapter.entries
                if entry.figure.docname == request.docname
            )
            if entries:
                chapters.append(chapter._replace(entries=entries))
        elif around == Heading(chapter.docname, chapter.section):
            chapters.append(chapter)
    return VolumeList(volume=part.volume, chapters=tuple(chapters))
