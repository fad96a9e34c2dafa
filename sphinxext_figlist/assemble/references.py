"""The places in the text that refer to each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from sphinx.util import docname_join

from ..config.settings import Volume
from ..read.content import id_part
from ..read.mentions import is_foreign
from ..read.records import Figure, Mention, XRef
from .lists import chapter_words
from .model import Book, Entry, Reference, dotted
from .order import Judge, Stand


def references(
    book: Book,
    order: Iterable[str],
    judge: Judge,
    foreign: Callable[[XRef], tuple[str, str]],
    volume_of: Mapping[str, Volume],
    *,
    single: bool,
) -> dict[tuple[str, str], tuple[Reference, ...]]:
    """The places that refer to each figure, in document order.

    A figure's own caption is no such place, another's is.

    :param order: documents in reading order; those that it lacks come last, by name.
    :param foreign: where a reference leads that is by a role of another extension.
    :param volume_of: the volume of each document; another than the figure's is named.
    :param single: all documents become one page, where ids like "id1" stand often.
    """
    known = {
        (figure.docname, id_): figure
        for page in book.pages.values()
        for figure in page.figures()
        for id_ in filter(None, (*figure.ids, figure.anchor))
    }
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for docname in dict.fromkeys((*order, *book.pages)):
        counts: dict[tuple[str, str], int] = defaultdict(int)
        page = book.pages.get(docname)
        for mention in page.mentions if page else ():
            figure = known.get(_target(book, mention, foreign, known.__contains__))
            if figure is None or not judge(mention.conditions):
                continue
            key = (figure.docname, figure.id)
            if key != (docname, mention.within):
                counts[key] += 1
                around = known.get((docname, mention.within))
                home = around.id if around else ""
                if single and around:
                    home = around.anchor or home
                place = _reference(book, docname, mention, figure, counts[key], home)
                volume = volume_of.get(docname)
                if volume is not None and volume is not volume_of.get(figure.docname):
                    place = place._replace(volume=volume.label)
                if around and around.kind == "figure":
                    place = place._replace(position=-1)
                found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _target(
    book: Book,
    mention: Mention,
    foreign: Callable[[XRef], tuple[str, str]],
    is_figure: Callable[[tuple[str, str]], bool],
) -> tuple[str, str]:
    """The document and id to which a mention leads, both ``""`` for no element.

    :param foreign: where a reference leads that is by a role of another extension.
    :param is_figure: says whether a figure has a document's id.
    """
    target = mention.target
    if not isinstance(target, XRef):
        return target
    if target.domain == "doc":  # MyST's, to an element of a document
        return in_document(book, target.target, target.fragment, is_figure)
    if target.role in {"eq", "doc"}:  # equations have labels of their own
        return ("", "")
    if is_foreign(target.domain, target.role):
        return foreign(target)
    if target.role == "any":  # which takes a document before a label
        docname = docname_join(target.docname, target.target)
        if docname in book.titles:
            return ("", "")
    return book.labels.get(target.target.lower(), ("", ""))


def in_document(
    book: Book,
    docname: str,
    fragment: str,
    is_figure: Callable[[tuple[str, str]], bool],
) -> tuple[str, str]:
    """Where MyST's ``docname#fragment`` leads, both ``""`` for a heading or nothing.

    :param fragment: a heading's name before all, else an id or a label.
    :param is_figure: says whether a figure has a document's id.
    """
    if fragment in book.slugs.get(docname, ()):
        return ("", "")
    if is_figure((docname, fragment)):
        return (docname, fragment)
    place = book.labels.get(fragment, ("", ""))
    return (docname, place[1]) if place[0] == docname else ("", "")


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
        volume="",
    )


def first_reference(
    book: Book,
    entry: Entry,
    volume_of: Mapping[str, Volume],
    stands: Mapping[str, Stand],
) -> str:
    """The chapter and section that first refer to a figure, ``""`` for none.

    :param volume_of: the volume of each document; another than the figure's is named.
    :param stands: where each document stands in its volume.
    """
    if not entry.references:
        return ""
    place, home = entry.references[0], entry.figure.docname
    volume = volume_of.get(place.docname)
    apart = volume is not None and volume is not volume_of.get(home)
    words = [volume.label] if volume and apart else []
    if stand := stands.get(place.docname):
        page = book.pages[place.docname]
        heading = stand.heading(book, place.docname, page.sections(place.id))
        words.append(" ".join(filter(None, chapter_words(book, heading))))
    return " / ".join(dict.fromkeys([*words, place.section]))
