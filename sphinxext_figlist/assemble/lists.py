"""From records, order and numbers to one list a volume."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from ..config import Volume
from ..read.content import id_part
from ..records import Figure, ListRequest, Mention, XRef
from .model import Book, Chapter, Entry, Number, Reference, VolumeList, dotted
from .order import Heading, Judge
from .titles import Title

#: ``{(docname, figure id): references}``.
References = Mapping[tuple[str, str], tuple[Reference, ...]]

#: What :func:`.order.walk` yields for one volume.
Walked = Sequence[tuple[Figure | ListRequest, Heading]]


def volume_list(
    book: Book,
    volume: Volume,
    walked: Walked,
    kind: str,
    *,
    judge: Judge,
    title_of: Callable[[Figure], Title],
    print_of: Callable[[Figure, Number | None], tuple[str, str]],
    references: References,
) -> VolumeList:
    """The list of the elements of *kind* in *volume*, from what stands in it.

    :param judge: says whether a figure under these conditions is in the output.
    :param print_of: a figure's number and page in print, each ``""`` if not known.
    """
    found = [
        (heading, item)
        for item, heading in walked
        if isinstance(item, Figure)
        and item.kind == kind
        and not item.excluded
        and judge(item.conditions)
    ]
    chapters = []
    groups: Counter[Heading] = Counter()
    for heading, group in groupby(found, key=lambda pair: pair[0]):
        groups[heading] += 1
        entries = tuple(
            _entry(book, figure, title_of, print_of, references) for _, figure in group
        )
        chapters.append(_chapter(book, heading, entries, groups[heading]))
    return VolumeList(volume=volume, chapters=tuple(chapters))


def _entry(
    book: Book,
    figure: Figure,
    title_of: Callable[[Figure], Title],
    print_of: Callable[[Figure, Number | None], tuple[str, str]],
    references: References,
) -> Entry:
    number = book.number(figure)
    number_in_print, page = print_of(figure, number)
    return Entry(
        figure=figure,
        number=number,
        label=book.label(figure),
        title=title_of(figure),
        page=page,
        number_in_print=number_in_print,
        references=references.get((figure.docname, figure.id), ()),
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


def references(
    book: Book, order: Iterable[str], judge: Judge, *, single: bool
) -> dict[tuple[str, str], tuple[Reference, ...]]:
    """The places that refer to each figure, in document order.

    A figure's own caption is no such place, another's is.

    :param order: documents in reading order; those that it lacks come last, by name.
    :param single: all documents become one page, where ids like "id1" stand often.
    """
    known = {
        (figure.docname, id_): figure
        for page in book.pages.values()
        for figure in page.figures()
        for id_ in filter(None, (*figure.ids, figure.anchor))
    }
    titled = Counter(id_ for page in book.pages.values() for id_ in page.titles)
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for docname in dict.fromkeys((*order, *book.pages)):
        counts: dict[tuple[str, str], int] = defaultdict(int)
        page = book.pages.get(docname)
        for mention in page.mentions if page else ():
            figure = known.get(_target(book, mention))
            if figure is None or not judge(mention.conditions):
                continue
            key = (figure.docname, figure.id)
            if key != (docname, mention.within):
                counts[key] += 1
                around = known.get((docname, mention.within))
                home = around.id if around else ""
                if single and around:
                    home = around.anchor or home
                elif single and titled[mention.section] > 1:
                    home = f"document-{docname}"
                place = _reference(book, docname, mention, figure, counts[key], home)
                if around and around.kind == "figure":
                    place = place._replace(position=-1)
                found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _target(book: Book, mention: Mention) -> tuple[str, str]:
    target = mention.target
    if not isinstance(target, XRef):
        return target
    if target.role == "eq":
        return ("", "")  # equations have labels of their own
    return book.labels.get(target.target.lower(), ("", ""))


def _reference(
    book: Book,
    docname: str,
    mention: Mention,
    figure: Figure,
    count: int,
    home: str,
) -> Reference:
    """A place that refers to *figure*.

    :param home: where a place leads beside which no target may stand.
    """
    number = dotted(book.section_number(docname, mention.section))
    title = book.section_title(docname, mention.section)
    anchor = home
    if mention.anchored:
        # Named by what it refers to, it outlasts other references nearby.
        places = "--".join(map(id_part, (docname, figure.docname)))
        anchor = f"figlist-at-{places}--{figure.slug}-{count}"
    target = mention.target
    return Reference(
        docname=docname,
        id=mention.section,
        section=f"{number} {title}".strip(),
        anchor=anchor,
        ordinal=mention.ordinal if mention.anchored else -1,
        target=target.target if isinstance(target, XRef) else target[1],
        position=mention.ordinal,
    )
