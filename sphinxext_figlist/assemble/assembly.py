"""The book's lists, assembled from the environment, once for each output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..config.settings import Settings, Volume, present
from ..read.kinds import PICTURE
from ..read.records import Figure, Image, ListRequest
from ..read.store import store_of
from ..registry import LAYOUTS
from ..words import number_words
from .addresses import Addresses, Shown
from .output import Output

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .foreign import Targets
    from .images import Facts
    from .lists import References, Walked
    from .model import Book, Entry, InPrint, Numbers, SectionNumbers, VolumeList
    from .order import Heading, Membership
    from .titling import Titling
    from .walks import Walks


class Assembly:
    """The book as this build has it, and its lists for one output."""

    def __init__(
        self,
        env: BuildEnvironment,
        settings: Settings,
        output: Output,
        numbers: Numbers,
        section_numbers: SectionNumbers,
        *,
        markdown: Callable[[Assembly, Sequence[Figure]], list[str]],
        in_print: Callable[[Assembly], InPrint],
    ) -> None:
        """Read the store.

        :param numbers: as Sphinx assigned them, as are *section_numbers*.
        :param markdown: captions as Markdown, for a title function of the user's.
        :param in_print: where each figure is in print; called where that is shown.
        """
        self.env = env
        self.settings = settings
        self.output = output
        self.volumes = present(settings, env)
        self.pages = store_of(env).pages()
        self._numbers = numbers
        self._section_numbers = section_numbers
        self._markdown = markdown
        self._read_print = in_print
        self._lists: dict[tuple[tuple[str, ...], bool], list[VolumeList]] = {}
        self._facts: dict[Image, Facts] = {}

    @cached_property
    def members(self) -> Membership:
        """Which document is in which volume."""
        from .order import membership

        return membership(self.pages.below, self.volumes)

    @cached_property
    def book(self) -> Book:
        """What Sphinx knows of the book."""
        from .model import Book
        from .numbers import Twinned, restarted

        pages, numbers = self.pages, self._numbers
        if self.settings.restarts and (ids := self.volume_ids()):
            numbers = restarted(numbers, ids)
        twinned = Twinned(numbers, pages, self.output.by("html", "html").includes)
        return Book.of(self.env, pages, twinned, self._section_numbers)

    @cached_property
    def _walks(self) -> Walks:
        from .walks import Walks

        follows, appendices = self.output.follows, self.output.appendices
        return Walks(self.book, self.volumes, self.members, follows, appendices)

    def volume_ids(self) -> dict[str, str]:
        """The id of each document's volume."""
        return {name: volume.id for name, volume in self.members.volume_of.items()}

    def for_output(self, output: Output) -> Assembly:
        """The same book's lists for another output."""
        if output.key() == self.output.key():
            return self
        return Assembly(
            *(self.env, self.settings, output),
            *(self._numbers, self._section_numbers),
            markdown=self._markdown,
            in_print=lambda _other: self._in_print,
        )

    @cached_property
    def title(self) -> Titling:
        """Gives each figure its title, by the rule of the configuration."""
        from .titling import Titling

        markdown = partial(self._markdown, self)
        return Titling(self.settings, self.pages, markdown, self.env.config)

    # -- lists ------------------------------------------------------------------

    def lists(
        self, kind: str = "figure", *, referred: bool = False
    ) -> list[VolumeList]:
        """The list of each volume, of the elements of *kind*.

        :param referred: with the places that refer to each, which few lists show.
        """
        return self._listed((kind,), referred=referred)

    def illustrated(self) -> list[VolumeList]:
        """The list of each volume, of all whose alt texts are looked after."""
        kinds = ("figure", PICTURE) if self.settings.all_pictures else ("figure",)
        return self._listed(kinds, referred=True)

    def _listed(self, kinds: tuple[str, ...], *, referred: bool) -> list[VolumeList]:
        key = (kinds, referred or (kinds, True) in self._lists)
        if key not in self._lists:
            from .garbage import held_garbage

            with held_garbage():
                walks = zip(self.volumes, self._walks.walked, strict=True)
                self._lists[key] = [
                    self._list(volume, walked, kinds, referred)
                    for volume, walked in walks
                ]
        return self._lists[key]

    def _list(
        self, volume: Volume, walked: Walked, kinds: Sequence[str], referred: bool
    ) -> VolumeList:
        from .lists import volume_list

        return volume_list(
            self.book,
            volume,
            walked,
            kinds,
            judge=self.output.includes,
            title_of=self.title,
            in_print=self._in_print,
            references=self._references if referred else {},
        )

    def requests(self) -> Iterator[ListRequest]:
        """The list directives that are in this output, by document."""
        for docname in sorted(store_of(self.env).list_pages):
            held = self.holds(docname)
            for request in self.pages[docname].requests() if held else ():
                if self.output.includes(request.conditions):
                    yield request

    def holds(self, docname: str) -> bool:
        """Whether a document is in the output: another builder may hold more."""
        if self.output.name == "singlehtml":
            return docname in self._one_page
        return self.output.holds(docname)

    @cached_property
    def _one_page(self) -> frozenset[str]:
        """The documents that the page of all documents holds."""
        from .order import followed

        root = self.env.config.root_doc
        return frozenset(followed(self.pages, root, self.output.follows))

    def fields(self, request: ListRequest) -> tuple[str, ...]:
        """The fields that a directive shows, in its order."""
        default = LAYOUTS[request.layout].fields
        return request.fields or default or self.settings.fields

    def shown(self, request: ListRequest) -> list[VolumeList]:
        """What a directive shows.

        A PDF's appendices end the list of the volume that the PDF has: that of the
        directive's page, or the last where the page is in none.
        """
        from .lists import extended, selected

        referred = "references" in self.fields(request)
        lists = self.lists(request.kind, referred=referred)
        own = self.members.volume_of.get(request.docname)
        if self._walks.appendix and lists:
            last = own or lists[-1].volume
            behind = self._list(last, self._walks.appendix, (request.kind,), referred)
            lists = extended(lists, behind)
        heading = self._walks.headings.get((request.docname, request.ordinal))
        return selected(lists, request, own, heading)

    @cached_property
    def illustrations(self) -> list[VolumeList]:
        """What an EPUB's navigation lists: all figures, where the book has a list."""
        asked = any(request.kind == "figure" for request in self.requests())
        return self.lists() if asked and self.output.name == "epub" else []

    @cached_property
    def addresses(self) -> Addresses:
        """Where what this output's lists show is, and leads."""
        linked = self.settings.backlinks and self.output.format == "html"
        return Addresses(
            self.output,
            shown=lambda: [
                Shown(request, self.fields(request), self.shown(request))
                for request in self.requests()
            ],
            illustrations=lambda: self.illustrations,
            linked=lambda: self.main_order if linked else [],
            figure=self.figure,
        )

    @cached_property
    def main_order(self) -> list[str]:
        """The documents that the book's toctrees reach, in their order."""
        from .order import reach

        roots = [self.env.config.root_doc, *(part.root for part in self.volumes)]
        reached = (reach(self.pages.below, root) for root in roots)
        return list(dict.fromkeys(name for names in reached for name in names))

    # -- figures ----------------------------------------------------------------

    def figure(self, docname: str, id_: str) -> Figure | None:
        """The figure of a document that has this id."""
        return self.pages.figure(docname, id_)

    def has(self, place: tuple[str, str]) -> bool:
        """Whether a figure of a document has an id."""
        return self.pages.figure(*place) is not None

    def number_of(self, docname: str, id_: str) -> str:
        """A figure's number in the book's own words, ``""`` for none."""
        from .model import dotted

        figure = self.figure(docname, id_)
        number = self.book.number(figure) if figure else None
        return self.words(figure, dotted(number)) if figure else ""

    def words(self, figure: Figure, dotted: str) -> str:
        """A number of *figure* in the book's own words, ``""`` for none."""
        if not dotted:
            return ""
        form = figure.words or self.env.config.numfig_format.get(figure.kind, "%s")
        return number_words(form, dotted)

    def facts(self, image: Image) -> Facts:
        """What is known of a picture's file."""
        if image not in self._facts:
            from . import images

            line = self.settings.text_width
            self._facts[image] = images.facts(Path(self.env.srcdir), image, line)
        return self._facts[image]

    def first_reference(self, entry: Entry) -> str:
        """The chapter and section that first refer to a figure, ``""`` for none."""
        from .references import first_reference

        return first_reference(
            self.book, entry, self.members.volume_of, self._walks.stands
        )

    def chapter_around(self, docname: str, section: str = "") -> Heading | None:
        """The chapter of a place in the text; None outside of every volume."""
        return self._walks.chapter_around(docname, section)

    @cached_property
    def _in_print(self) -> InPrint:
        return self._read_print(self)

    @cached_property
    def foreign(self) -> Targets:
        """Where references lead that are by roles of other extensions."""
        from .foreign import Targets

        return Targets(self.env, self.pages.figures())

    @cached_property
    def _references(self) -> References:
        from .references import references

        return references(
            self.book,
            self.main_order,
            self.output.includes,
            self.foreign,
            self.members.volume_of,
            single=self.output.name == "singlehtml",
        )
