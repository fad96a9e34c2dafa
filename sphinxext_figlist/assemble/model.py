"""The assembled list: plain, frozen data."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ..config.settings import Volume
from ..read.kinds import standard_domain
from ..read.records import Figure
from ..read.scripts import title_text
from ..read.store import Pages

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from .titles import Title

Number: TypeAlias = tuple[int, ...]
#: ``{docname: {kind: {id: number}}}``, as Sphinx keeps them.
Numbers: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Number]]]
#: ``{docname: {anchor: number}}``, the first section's anchor being ``""``.
SectionNumbers: TypeAlias = Mapping[str, Mapping[str, Number]]
#: ``{(docname, figure id): (number, page)}`` in print, each ``""`` if not known.
InPrint: TypeAlias = Mapping[tuple[str, str], tuple[str, str]]


def dotted(number: Number | None) -> str:
    """A number as it is printed, ``""`` for none."""
    return ".".join(map(str, number or ()))


class DocumentTitles(Mapping[str, str]):
    """The titles of documents as text, each made when it is asked for."""

    def __init__(self, titles: "Mapping[str, nodes.title]") -> None:
        self._titles = titles
        self._text: dict[str, str] = {}

    def __getitem__(self, docname: str) -> str:
        if docname not in self._text:
            self._text[docname] = title_text(self._titles[docname])
        return self._text[docname]

    def __iter__(self) -> Iterator[str]:
        return iter(self._titles)

    def __len__(self) -> int:
        return len(self._titles)


class Book(NamedTuple):
    """What Sphinx knows of the book when all documents are read."""

    pages: Pages
    section_numbers: SectionNumbers
    #: As printed: restarted in each volume where that is asked for.
    numbers: Numbers
    #: Documents' titles as text.
    titles: Mapping[str, str]
    #: ``{label: (docname, id)}``, what ``numref`` takes.
    labels: Mapping[str, tuple[str, str]]
    #: The names that MyST gives the headings of each document, for links to them.
    slugs: Mapping[str, Container[str]]

    @classmethod
    def of(
        cls,
        env: "BuildEnvironment",
        pages: Pages,
        numbers: Numbers,
        section_numbers: SectionNumbers,
    ) -> "Book":
        """The book in *env*."""
        return cls(
            pages=pages,
            section_numbers=section_numbers,
            numbers=numbers,
            titles=DocumentTitles(env.titles),
            labels=standard_domain(env).anonlabels,
            slugs={
                docname: data["myst_slugs"]
                for docname, data in env.metadata.items()
                if data.get("myst_slugs")
            },
        )

    def number(self, figure: Figure) -> Number | None:
        """The number that *figure* has in the book."""
        return self.number_of(figure.docname, figure.kind, figure.ids)

    def number_of(self, docname: str, kind: str, ids: Iterable[str]) -> Number | None:
        """The number of what has these *ids*: Sphinx keys it by one of them."""
        numbers = self.numbers.get(docname, {}).get(kind, {})
        for id_ in ids:
            if id_ in numbers:
                return numbers[id_]
        return None

    def label(self, figure: Figure) -> str | None:
        """The first of the figure's names by which ``numref`` finds it."""
        for name in figure.names:
            docname, id_ = self.labels.get(name, ("", ""))
            if docname == figure.docname and id_ in figure.ids:
                return name
        return None

    def section_number(self, docname: str, section: str) -> Number:
        """The number of a section, ``()`` for one without."""
        page = self.pages.get(docname)
        first = page is not None and page.first_section == section
        anchor = "" if first or not section else f"#{section}"
        return self.section_numbers.get(docname, {}).get(anchor) or ()

    def section_title(self, docname: str, section: str) -> str:
        """The title of a section, or of the document that has none there."""
        page = self.pages.get(docname)
        title = page.titles.get(section, "") if page is not None else ""
        return title.strip() or self.titles.get(docname, "").strip() or docname


class Reference(NamedTuple):
    """A place in the text that refers to a figure."""

    docname: str
    #: The id of the enclosing section, ``""`` outside of any.
    id: str
    #: The section's number and title.
    section: str
    #: The id of the very place; ``""``: none can stand there.
    anchor: str
    #: The place's number among all references of its document, and its target.
    ordinal: int
    target: str
    #: Its place among the references in its document's text, -1 in a caption.
    position: int
    #: The label of its volume where that is another than the figure's, else ``""``.
    volume: str

    @property
    def words(self) -> str:
        """The section, with the name of another volume."""
        return f"{self.section} ({self.volume})" if self.volume else self.section


class Entry(NamedTuple):
    """One figure in a list."""

    figure: Figure
    number: Number | None
    label: str | None
    title: "Title"
    #: The page on which it is printed, ``""`` where that is not known.
    page: str
    #: The number that it has there, ``""`` likewise.
    number_in_print: str
    references: tuple[Reference, ...]

    @property
    def dotted(self) -> str:
        """The number as it is printed, ``""`` without one."""
        return dotted(self.number)


class Chapter(NamedTuple):
    """Figures that stand in one chapter, in reading order."""

    docname: str
    #: The id of the chapter's section; ``""`` where the chapter is a document.
    section: str
    number: str
    title: str
    entries: tuple[Entry, ...]
    #: From 1; other chapters may stand between the figures of one.
    group: int


class VolumeList(NamedTuple):
    """The list of one volume, of one kind."""

    volume: Volume
    chapters: tuple[Chapter, ...]

    def count_chapters(self) -> int:
        """How many chapters there are: one may stand in several groups."""
        return len({(chapter.docname, chapter.section) for chapter in self.chapters})

    def entries(self) -> Iterator[Entry]:
        """All entries in reading order."""
        for chapter in self.chapters:
            yield from chapter.entries
