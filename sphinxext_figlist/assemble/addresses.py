"""Where lists, their entries and references are: ids, anchors, back-links."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..config.choices import SCOPES
from ..read.content import id_part
from ..read.records import Figure, ListRequest
from .output import Output

if TYPE_CHECKING:
    from .model import VolumeList


class Shown(NamedTuple):
    """A directive and what it shows."""

    request: ListRequest
    fields: tuple[str, ...]
    parts: "Sequence[VolumeList]"


class Place(NamedTuple):
    """A reference in the text that a list leads to."""

    target: str
    #: The id of a target beside it.
    anchor: str


class Found(NamedTuple):
    """What lists add to documents, by docname."""

    anchors: Mapping[str, frozenset[str]]
    #: By the ordinals of the references.
    places: Mapping[str, Mapping[int, Place]]
    #: ``{figure id: (list page, entry's id)}``.
    backlinks: Mapping[str, Mapping[str, tuple[str, str]]]


def own_id(figure: Figure) -> str:
    """An id for *figure* that nothing else in the book has."""
    return f"figure-{id_part(figure.docname)}--{figure.slug}"


class Addresses:
    """The addresses in one output."""

    def __init__(
        self,
        output: Output,
        shown: Callable[[], Sequence[Shown]],
        illustrations: "Callable[[], Sequence[VolumeList]]",
        linked: Callable[[], Sequence[str]],
        figure: Callable[[str, str], Figure | None],
    ) -> None:
        """Give addresses in *output*; what each function gives is asked for once.

        :param shown: the lists that it has.
        :param illustrations: further lists, whose entries lead to figures.
        :param linked: the documents to whose lists figures link back, in their order.
        :param figure: the figure of a document that has an id.
        """
        self._output = output
        self._ask_shown = shown
        self._ask_illustrations = illustrations
        self._ask_linked = linked
        self._figure = figure
        #: In a page of all documents: the ids that stand in it more than once.
        self.shared_ids: Container[str] = ()
        self._prefixes: dict[tuple[str, int, str], str] = {}

    @cached_property
    def _shown(self) -> Sequence[Shown]:
        return self._ask_shown()

    @cached_property
    def found(self) -> Found:
        """All of them.

        Set it where it is known: no list is then put together to find them.
        """
        return Found(self._anchors(), self._places(), self._backlinks())

    def figure_id(self, figure: Figure) -> str:
        """The id by which a page links to *figure*: it stands there once."""
        if self._output.name == "singlehtml":
            if figure.anchor:
                return figure.anchor
            if figure.id in self.shared_ids:
                return own_id(figure)
        return figure.id

    def element_id(self, docname: str, id_: str) -> str:
        """The id by which a page links to what *docname* knows by *id_*."""
        if id_ not in self.shared_ids:
            return id_
        if figure := self._figure(docname, id_):
            return self.figure_id(figure)
        # Nothing leads to the start of the first document but the page itself.
        root = docname == self._output.config.root_doc
        return "" if root else f"document-{docname}"

    def anchors(self, docname: str) -> frozenset[str]:
        """The anchors in *docname* by which some list links to its figures."""
        return self.found.anchors.get(docname, frozenset())

    def _anchors(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        shown = [part for one in self._shown for part in one.parts]
        for part in (*shown, *self._ask_illustrations()):
            for entry in part.entries():
                if entry.figure.anchor:
                    found[entry.figure.docname].add(entry.figure.anchor)
                if self._output.name == "singlehtml":
                    for place in entry.references:
                        found[place.docname].add(place.anchor)
        return {docname: frozenset(anchors) for docname, anchors in found.items()}

    def places(self, docname: str) -> Mapping[int, Place]:
        """References in *docname* that lists lead to, by their ordinals."""
        return self.found.places.get(docname, {})

    @property
    def leads_to_places(self) -> bool:
        """Whether any list leads to references."""
        return bool(self.found.places)

    def _places(self) -> Mapping[str, Mapping[int, Place]]:
        found: dict[str, dict[int, Place]] = defaultdict(dict)
        for one in self._shown:
            if "references" in one.fields:
                for part in one.parts:
                    for entry in part.entries():
                        for place in entry.references:
                            if place.ordinal >= 0:
                                here = Place(place.target, place.anchor)
                                found[place.docname][place.ordinal] = here
        return dict(found)

    def entry_id(self, request: ListRequest, figure: Figure) -> str:
        """The id of a figure's entry: it depends on the figure and its list alone."""
        key = (request.docname, request.ordinal, figure.docname)
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
        if self._output.assembled:  # other lists may be on the same page
            which += f"{id_part(request.docname)}--"
        return which

    def backlinks(self, docname: str) -> Mapping[str, tuple[str, str]]:
        """Where the figures of *docname* are listed.

        :returns: ``{figure id: (list page, entry's id)}``.
        """
        return self.found.backlinks.get(docname, {})

    def _backlinks(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        places = {docname: at for at, docname in enumerate(self._ask_linked())}
        ranked: list[tuple[int, int, int, Shown]] = []
        for one in self._shown:
            request = one.request
            if request.backlinks and request.docname in places:
                rank = SCOPES.index(request.scope) * 2 + (len(one.parts) > 1)
                ranked.append((rank, places[request.docname], request.ordinal, one))
        ranked.sort(key=lambda item: item[:3])
        found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for *_, one in ranked:
            for part in one.parts:
                for entry in part.entries():
                    figure = entry.figure
                    target = (
                        one.request.docname,
                        self.entry_id(one.request, figure),
                    )
                    found[figure.docname].setdefault(figure.id, target)
        return dict(found)
