"""What one document contributes to the lists: plain, frozen, picklable data.

Tuples, since classes of that kind are the quickest to make, and to pickle by the
thousand: a build with nothing to do should take no time.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

#: Inline content taken out of its document: a text, or an element as its node
#: class, its attributes and its children. See :mod:`.read.content`.
Item: TypeAlias = "str | Element"
Element: TypeAlias = "tuple[type, tuple[tuple[str, object], ...], Content]"
Content: TypeAlias = tuple["Item", ...]

#: ``("only", expression)`` or ``("ifconfig", expression)``.
Condition: TypeAlias = tuple[str, str]


class Image(NamedTuple):
    """A picture of a figure."""

    #: Relative to the source folder, with ``/``; a URL as it is; ``""`` for a
    #: picture that is drawn from the document itself (graphviz, mermaid).
    path: str
    #: None: no alt text; ``""``: declared decorative.
    alt: str | None
    #: Sphinx's choice of files by MIME type; empty for a drawn picture.
    candidates: tuple[tuple[str, str], ...] = ()
    #: Those by which themes show it on light or on dark pages alone.
    classes: tuple[str, ...] = ()
    #: As the source has them: a length, and a percentage (0: none is given).
    width: str = ""
    scale: int = 0
    #: Where a picture lies that was made while the book was built, relative to the
    #: source folder; :attr:`path` is then independent of the output folder.
    file: str = ""
    #: Where the sources say its alt text, or would: relative to the source folder,
    #: with ``/``.
    source: str = ""
    line: int | None = None


class XRef(NamedTuple):
    """A reference that is resolved only after all documents are read."""

    domain: str
    role: str
    target: str
    explicit: bool
    #: The document in which it stands.
    docname: str
    #: MyST: a heading's slug in the target document.
    fragment: str = ""


class Figure(NamedTuple):
    """A figure, another numbered element, or a picture that is in no figure."""

    kind: str
    docname: str
    #: Its node's ids, as Sphinx keys numbers by one of them.
    ids: tuple[str, ...]
    names: tuple[str, ...]
    #: For a figure without a name: an id, unique in the book, for links to it.
    anchor: str
    #: A name, unique in the document, that outlasts edits elsewhere in it.
    slug: str
    caption: Content | None
    legend: Content
    images: tuple[Image, ...]
    #: Relative to the source folder, with ``/``.
    source: str
    line: int | None
    conditions: tuple[Condition, ...]
    #: Ids of the sections around it, outermost first.
    sections: tuple[str, ...]
    xrefs: tuple[XRef, ...]
    #: In no list, but with a number that others may refer to.
    excluded: bool
    #: The checks that it is excused from.
    allowed: tuple[str, ...] = ()
    #: What sphinx-metadata-figure was told of the picture.
    author: str = ""
    licence: str = ""
    origin: Content = ()
    #: The words around its number, ``%s``, where they are not those of its kind.
    words: str = ""
    #: The ids of the same figure in the form that other outputs have.
    twin: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id by which a page links to the figure."""
        return self.ids[0] if self.ids else self.anchor


class Toctree(NamedTuple):
    """A toctree's entries and where in the document it stands."""

    docnames: tuple[str, ...]
    conditions: tuple[Condition, ...]
    sections: tuple[str, ...]


class Mention(NamedTuple):
    """A place in the text that may refer to a figure."""

    #: ``(docname, id)`` of a resolved local link, or an unresolved reference.
    target: XRef | tuple[str, str]
    section: str
    conditions: tuple[Condition, ...]
    #: The id of the figure in whose caption or legend it stands.
    within: str
    #: Its place among all references of the document, from 0.
    ordinal: int
    #: Whether a target may stand beside it: not in titles and captions.
    anchored: bool


class ListRequest(NamedTuple):
    """A ``figlist`` directive with its options."""

    docname: str
    #: Its place among the directives of its document, from 0.
    ordinal: int
    volumes: tuple[str, ...] | None
    scope: str
    kind: str
    fields: tuple[str, ...] | None
    layout: str
    classes: tuple[str, ...]
    #: Whether a field narrows the entries as one types.
    searchable: bool
    #: Whether figures may link back to this list.
    backlinks: bool
    conditions: tuple[Condition, ...] = ()
    #: Ids of the sections around it, outermost first.
    sections: tuple[str, ...] = ()


class Page(NamedTuple):
    """Everything that the lists need to know of one document."""

    #: In the order of the document.
    flow: tuple[Figure | Toctree | ListRequest, ...] = ()
    mentions: tuple[Mention, ...] = ()
    #: All ``only`` and ``ifconfig`` in it.
    conditions: frozenset[Condition] = frozenset()
    #: Titles of the sections that are named above, and of those around them, by id.
    titles: Mapping[str, str] = MappingProxyType({})
    #: The section around each of these that is in one, by id.
    around: Mapping[str, str] = MappingProxyType({})
    #: The id of the document's first section, ``""`` without one.
    first_section: str = ""
    #: Those of its dependencies that were made while the book was built.
    made: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.flow or self.mentions or self.conditions or self.made)

    def sections(self, innermost: str) -> tuple[str, ...]:
        """A section and those around it, outermost first."""
        found = [innermost] if innermost else []
        while found and found[0] in self.around:
            found.insert(0, self.around[found[0]])
        return tuple(found)

    def figures(self) -> Iterator[Figure]:
        """The figures of the document."""
        return (item for item in self.flow if isinstance(item, Figure))

    def toctrees(self) -> Iterator[Toctree]:
        """The toctrees of the document."""
        return (item for item in self.flow if isinstance(item, Toctree))

    def requests(self) -> Iterator[ListRequest]:
        """The list directives of the document."""
        return (item for item in self.flow if isinstance(item, ListRequest))
