"""The lists of this build: assembled from the environment, once for each output."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from .assemble import order, titles
from .assemble.lists import (
    References,
    Walked,
    chapter_words,
    references,
    selected,
    volume_list,
)
from .assemble.model import (
    Book,
    Entry,
    Number,
    Numbers,
    Reference,
    SectionNumbers,
    VolumeList,
    dotted,
)
from .assemble.numbers import restarted
from .assemble.order import Heading
from .assemble.titles import Title
from .config import SCOPES, Settings, Volume, present
from .output import Output
from .read.content import id_part, title_text
from .read.kinds import standard_domain
from .records import Figure, Image, ListRequest
from .registry import LAYOUTS
from .store import store_of
from .words import number_words

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from .assemble.images import Facts
    from .proofs.pages import Pages


@contextmanager
def held_garbage() -> Iterator[None]:
    """Keep the garbage collector from running over a large, growing tree."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Assembly:
    """The book as this build has it, and its lists for one output."""

    def __init__(
        self,
        env: BuildEnvironment,
        settings: Settings,
        output: Output,
        numbers: Numbers,
        section_numbers: SectionNumbers,
        markdown: Callable[[Assembly, Sequence[Figure]], list[str]],
        printed: Mapping[str, Pages] | None = None,
    ) -> None:
        """Read the store.

        :param numbers: as Sphinx assigned them, as are *section_numbers*.
        :param markdown: captions as Markdown, for a title function of the user's.
        :param printed: where it is known already.
        """
        self.env = env
        self.settings = settings
        self.output = output
        self.volumes = present(settings, env)
        with held_garbage():
            pages = store_of(env).pages()
        self.members = order.membership(pages, self.volumes)
        self.book = Book(
            pages=pages,
            section_numbers=section_numbers,
            numbers=(
                restarted(numbers, self.volume_ids()) if settings.restarts else numbers
            ),
            titles={name: title_text(title) for name, title in env.titles.items()},
            labels=standard_domain(env).anonlabels,
        )
        self._numbers = numbers
        self._lists: dict[tuple[str, bool], list[VolumeList]] = {}
        self._titles: dict[tuple[str, str], Title] = {}
        self._prefixes: dict[tuple[ListRequest, str], str] = {}
        self._markdown = markdown
        self._printed = printed
        self._facts: dict[Image, Facts] = {}

    def volume_ids(self) -> dict[str, str]:
        """The id of each document's volume."""
        return {name: volume.id for name, volume in self.members.volume_of.items()}

    def for_output(self, output: Output) -> Assembly:
        """The same book's lists for another output."""
        if output.key() == self.output.key():
            return self
        return Assembly(
            self.env,
            self.settings,
            output,
            self._numbers,
            self.book.section_numbers,
            self._markdown,
            self.printed,
        )

    @property
    def printed(self) -> Mapping[str, Pages]:
        """The pages of each volume that has a file of them, by its id."""
        if self._printed is None:
            self._printed = {}
            if self.settings.page_numbers:
                from .proofs import fingerprint, pages

                documents = {volume.id: set[str]() for volume in self.volumes}
                for docname, id_ in self.volume_ids().items():
                    documents[id_].add(docname)
                pdfs = cache(partial(fingerprint.pdfs, self))
                self._printed = {
                    source.volume: pages.load(source, documents[source.volume], pdfs)
                    for source in self.settings.page_numbers
                    if source.volume in documents
                }
        return self._printed

    def _in_print(
        self, volume: str, figure: Figure, number: Number | None
    ) -> tuple[str, str]:
        """The number and page of *figure* in print, each ``""`` if not known."""
        pages = self.printed.get(volume)
        place = pages.place(figure, dotted(number)) if pages else None
        return (place.number, place.page) if place else ("", "")

    def facts(self, image: Image) -> Facts:
        """What is known of a picture's file."""
        if image not in self._facts:
            from .assemble import images

            self._facts[image] = images.facts(Path(self.env.srcdir), image)
        return self._facts[image]

    def first_reference(self, entry: Entry) -> str:
        """The chapter and section that first refer to a figure, ``""`` for none."""
        if not entry.references:
            return ""
        place, home = entry.references[0], entry.figure.docname
        volume = self.members.volume_of.get(place.docname)
        apart = volume is not None and volume is not self.members.volume_of.get(home)
        words = [volume.label] if volume and apart else []
        if stand := self._stands.get(place.docname):
            page = self.book.pages[place.docname]
            heading = stand.heading(self.book, place.docname, page.sections(place.id))
            words.append(" ".join(filter(None, chapter_words(self.book, heading))))
        return " / ".join(dict.fromkeys([*words, place.section]))

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], Figure]:
        """All figures by document and each of their ids."""
        return {
            (figure.docname, id_): figure
            for page in self.book.pages.values()
            for figure in page.figures()
            for id_ in figure.ids
        }

    def lists(
        self, kind: str = "figure", *, referred: bool = False
    ) -> list[VolumeList]:
        """The list of each volume, of the elements of *kind*.

        :param referred: with the places that refer to each, which few lists show.
        """
        key = (kind, referred)
        if key not in self._lists:
            with held_garbage():
                self._lists[key] = [
                    volume_list(
                        self.book,
                        volume,
                        walked,
                        kind,
                        judge=self.output.includes,
                        title_of=self.title,
                        print_of=partial(self._in_print, volume.id),
                        references=self._references if referred else {},
                    )
                    for volume, walked in zip(self.volumes, self._walked, strict=True)
                ]
        return self._lists[key]

    def shown(self, request: ListRequest) -> list[VolumeList]:
        """What a directive shows."""
        return selected(
            self.lists(request.kind, referred="references" in self.fields(request)),
            request,
            self.members.volume_of.get(request.docname),
            self._headings.get((request.docname, request.ordinal)),
        )

    @cached_property
    def illustrations(self) -> list[VolumeList]:
        """What an EPUB's navigation lists: all figures, where the book has a list."""
        asked = any(request.kind == "figure" for request in self.requests())
        return self.lists() if asked and self.output.name == "epub" else []

    def anchors(self, docname: str) -> frozenset[str]:
        """The anchors in *docname* by which some list links to its figures."""
        return self._anchors.get(docname, frozenset())

    @cached_property
    def _anchors(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        shown = [part for request in self.requests() for part in self.shown(request)]
        for part in (*shown, *self.illustrations):
            for entry in part.entries():
                if entry.figure.anchor:
                    found[entry.figure.docname].add(entry.figure.anchor)
                if self.output.name == "singlehtml":
                    for place in entry.references:
                        found[place.docname].add(place.anchor)
        return {docname: frozenset(anchors) for docname, anchors in found.items()}

    def places(self, docname: str) -> Mapping[int, Reference]:
        """References in *docname* that lists lead to, by their ordinals."""
        return self._places.get(docname, {})

    @cached_property
    def _places(self) -> Mapping[str, Mapping[int, Reference]]:
        found: dict[str, dict[int, Reference]] = defaultdict(dict)
        for request in self.requests():
            if "references" in self.fields(request):
                for part in self.shown(request):
                    for entry in part.entries():
                        for place in entry.references:
                            if place.ordinal >= 0:
                                found[place.docname][place.ordinal] = place
        return found

    def entry_id(self, request: ListRequest, figure: Figure) -> str:
        """The id of a figure's entry: it depends on the figure and its list alone."""
        key = (request, figure.docname)
        if key not in self._prefixes:
            which = self._list_id(request)
            self._prefixes[key] = which + id_part(figure.docname)
        return f"{self._prefixes[key]}--{figure.slug}"

    def heading_id(self, request: ListRequest, *where: str) -> str:
        """The id of a heading in a list, which is never that of an entry."""
        list_id, hyphen, page = self._list_id(request).partition("-")
        return f"{list_id}-{hyphen}{page}{'--'.join(filter(None, where))}"

    def _list_id(self, request: ListRequest) -> str:
        """How the ids in a list begin."""
        which = f"figlist{request.ordinal + 1 if request.ordinal else ''}-"
        if self.output.assembled:  # other lists may be on the same page
            which += f"{id_part(request.docname)}--"
        return which

    def backlinks(self, docname: str) -> Mapping[str, tuple[str, str]]:
        """Where the figures of *docname* are listed.

        :returns: ``{figure id: (list page, entry's id)}``.
        """
        return self._backlinks.get(docname, {})

    @cached_property
    def _backlinks(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        places = {name: place for place, name in enumerate(self.main_order)}
        ranked: list[tuple[int, int, int, ListRequest, list[VolumeList]]] = []
        if self.settings.backlinks and self.output.format == "html":
            for request in self.requests():
                if request.backlinks and request.docname in places:
                    shown = self.shown(request)
                    rank = SCOPES.index(request.scope) * 2 + (len(shown) > 1)
                    place = places[request.docname]
                    ranked.append((rank, place, request.ordinal, request, shown))
        ranked.sort(key=lambda item: item[:3])
        found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for *_, request, shown in ranked:
            for part in shown:
                for entry in part.entries():
                    figure = entry.figure
                    target = (request.docname, self.entry_id(request, figure))
                    found[figure.docname].setdefault(figure.id, target)
        return found

    @cached_property
    def main_order(self) -> list[str]:
        """The documents that the book's toctrees reach, in their order."""
        roots = [self.env.config.root_doc, *(part.root for part in self.volumes)]
        reached = (order.reach(self.book.pages, root) for root in roots)
        return list(dict.fromkeys(name for names in reached for name in names))

    def fields(self, request: ListRequest) -> tuple[str, ...]:
        """The fields that a directive shows, in its order."""
        default = LAYOUTS[request.layout].fields
        return request.fields or default or self.settings.fields

    def requests(self) -> Iterator[ListRequest]:
        """The list directives that are in this output, by document."""
        for page in self.book.pages.values():
            for request in page.requests():
                held = self.output.holds(request.docname)
                if held and self.output.includes(request.conditions):
                    yield request

    def number_of(self, docname: str, id_: str) -> str:
        """A figure's number in the book's own words, ``""`` for none."""
        figure = self.figures.get((docname, id_))
        number = self.book.number(figure) if figure else None
        return self.words("figure", dotted(number))

    def words(self, kind: str, dotted: str) -> str:
        """A number in the book's own words, ``""`` for none."""
        if not dotted:
            return ""
        return number_words(self.env.config.numfig_format.get(kind, "%s"), dotted)

    @cached_property
    def _walks(self) -> list[tuple[Walked, Mapping[str, order.Stand]]]:
        """What stands in each volume, and where each of its documents stands."""

        def walk(volume: Volume) -> tuple[Walked, Mapping[str, order.Stand]]:
            stands: dict[str, order.Stand] = {}
            walked = order.walk(
                self.book,
                volume.root,
                belongs=lambda name: self.members.volume_of.get(name) is volume,
                follow=self.output.follows,
                stands=stands,
            )
            return list(walked), stands

        return [walk(volume) for volume in self.volumes]

    @cached_property
    def _walked(self) -> list[Walked]:
        return [walked for walked, _ in self._walks]

    @cached_property
    def _stands(self) -> Mapping[str, order.Stand]:
        found: dict[str, order.Stand] = {}
        for _, stands in reversed(self._walks):  # the first volume keeps a document
            found |= stands
        return found

    @cached_property
    def _headings(self) -> Mapping[tuple[str, int], Heading]:
        return {
            (item.docname, item.ordinal): heading
            for walked in self._walked
            for item, heading in walked
            if isinstance(item, ListRequest)
        }

    @cached_property
    def _references(self) -> References:
        return references(
            self.book,
            self.main_order,
            self.output.includes,
            single=self.output.name == "singlehtml",
        )

    def title(self, figure: Figure) -> Title:
        """The title of *figure* by the rule of the configuration."""
        rule = self.settings.title_from
        if isinstance(rule, str):
            return titles.title(figure.caption, rule, self.settings.credit_patterns)
        if not self._titles:
            self._titles = dict(self._given_titles(rule))
        return self._titles.get((figure.docname, figure.id), titles.NO_TITLE)

    def _given_titles(
        self, rule: Callable[[str], str | None]
    ) -> Iterator[tuple[tuple[str, str], Title]]:
        """Titles from the user's function.

        :raises sphinx.errors.ConfigError: where it fails or returns no text.
        """
        captioned = [
            figure
            for page in self.book.pages.values()
            for figure in page.figures()
            if figure.caption
        ]
        markdown = self._markdown(self, captioned)
        for figure, words in zip(captioned, markdown, strict=True):
            title: object
            try:
                title = rule(words)
            except Exception as error:  # noqa: BLE001 (whatever a user's code does)
                title = error
            if title is not None and not isinstance(title, str):
                raise ConfigError(
                    f"figlist_title_from: for the caption {words!r} "
                    f"({figure.source}:{figure.line}) the function gave {title!r}; "
                    "it must return a text or None"
                )
            yield (figure.docname, figure.id), titles.given(figure.caption, title)
