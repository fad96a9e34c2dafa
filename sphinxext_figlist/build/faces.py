"""Faces: what the rest of the book can see of each document.

A page whose document was not read again is what it was, as long as the faces are what
they were of the documents that it shows something of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from docutils import nodes

from ..read.kinds import standard_domain
from ..read.records import Condition, Figure, Image, ListRequest, Page, Toctree
from ..read.store import digest, plain_digest, store_of
from ..registry import LAYOUTS

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from ..assemble.assembly import Assembly

#: Where these are in a record.  Plain sequences take a fifth of the time to digest.
_LINE: Final = Figure._fields.index("line")
_IMAGES: Final = Figure._fields.index("images")
_XREFS: Final = Figure._fields.index("xrefs")
_IMAGE_LINE: Final = Image._fields.index("line")


class Face(NamedTuple):
    """Digests of what others can see of a document."""

    #: A token of the reading in which this was seen.
    reading: str
    #: What there is, and under which ids; which lists it holds, and toctrees.
    outline: str
    #: The titles by which references name it and what is in it.
    named: str
    #: Its table of contents.
    contents: str
    #: What lists show of its figures and chapters.
    listed: str
    #: Its references to figures.
    said: str
    #: The lines of its figures.
    lines: str
    conditions: Collection[Condition]


def faces(assembly: "Assembly", before: Mapping[str, Face]) -> dict[str, Face]:
    """The face of each document, as *before* where it has not been read since."""
    env, pages = assembly.env, assembly.pages
    readings = store_of(env).readings(env.all_docs)
    known = {
        docname: face
        for docname, face in before.items()
        if readings.get(docname) == face.reading != ""
    }
    labels: dict[str, list[object]] = defaultdict(list)
    for name, (docname, _, title) in standard_domain(env).labels.items():
        if docname not in known:
            labels[docname].append((name, str(title)))
    return {
        docname: known.get(docname)
        or _face(env, docname, reading, pages.get(docname) or Page(), labels[docname])
        for docname, reading in readings.items()
    }


def _face(
    env: "BuildEnvironment",
    docname: str,
    reading: str,
    page: Page,
    labels: Iterable[object],
) -> Face:
    figures = list(page.figures())
    title = env.titles[docname].astext() if docname in env.titles else ""
    around = {section for item in page.flow for section in item.sections}
    slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
    contents = list(_tree(env.tocs[docname])) if docname in env.tocs else []
    return Face(
        reading=reading,
        outline=digest(
            list(map(_outline, page.flow)),
            sorted(page.around.items()),
            page.first_section,
        ),
        named=digest(title, sorted(map(repr, (*labels, *slugs.items())))),
        contents=digest(contents),
        listed=digest(
            title,
            sorted((id_, words) for id_, words in page.titles.items() if id_ in around),
            [_anywhere(figure) for figure in figures],
        ),
        said=digest(
            [(*mention, tuple(mention.target)) for mention in page.mentions],
            title,
            sorted(page.titles.items()),
        ),
        lines=digest(
            [
                (figure.line, [image.line for image in figure.images])
                for figure in figures
            ]
        ),
        conditions=sorted(page.conditions),
    )


def _outline(item: Figure | Toctree | ListRequest) -> tuple[object, ...]:
    """What decides whether a figure is listed, and where its entry is."""
    if not isinstance(item, Figure):
        return item
    return (
        *(item.kind, item.ids, item.names, item.anchor, item.slug),
        *(item.conditions, item.sections, item.excluded),
        *(item.words, item.twin, item.caption is None),
    )


def _anywhere(figure: Figure) -> list[object]:
    """*figure*, on whichever lines of its source."""
    seen: list[object] = list(figure)
    seen[_LINE] = None
    seen[_IMAGES] = [
        (*image[:_IMAGE_LINE], *image[_IMAGE_LINE + 1 :]) for image in figure.images
    ]
    seen[_XREFS] = list(map(tuple, figure.xrefs))
    return seen


def _tree(node: nodes.Node) -> Iterator[object]:
    """*node* and all in it, as data to digest."""
    if isinstance(node, nodes.Element):
        yield type(node).__name__, len(node.children), node.attributes
        for child in node.children:
            yield from _tree(child)
    else:
        yield node.astext()


def outline(assembly: "Assembly", seen: Mapping[str, Face]) -> str:
    """A digest of what decides what stands where in the whole book.

    Any page may change when it does.
    """
    env, output = assembly.env, assembly.output
    conditions = {one for face in seen.values() for one in face.conditions}
    lists = sorted(store_of(env).list_pages)
    pictures = any(
        LAYOUTS[one.layout].shows_pictures(assembly.fields(one))
        for one in assembly.requests()
    )
    return plain_digest(
        sorted((docname, face.outline) for docname, face in seen.items()),
        [(one, output.includes((one,))) for one in sorted(conditions)],
        [(docname, output.holds(docname)) for docname in lists],
        sorted(standard_domain(env).anonlabels.items()),
        env.toc_fignumbers,
        env.toc_secnumbers,
        sorted((path, name) for path, (_, name) in env.images.items())
        if pictures
        else (),
    )
