"""The walk over each volume: what stands in it, in reading order, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ..config.settings import Volume
from ..read.records import Condition
from . import order
from .lists import Walked
from .model import Book
from .order import Heading, Membership, Stand, Walk


class Walks:
    """The walks over the volumes of a book, made when they are asked for."""

    def __init__(
        self,
        book: Book,
        volumes: Sequence[Volume],
        members: Membership,
        follow: Callable[[tuple[Condition, ...]], bool],
        appendices: Sequence[str] = (),
    ) -> None:
        """Walk over *volumes*.

        :param follow: says whether a toctree under these conditions is followed.
        :param appendices: documents that come last, whatever the toctrees say; those
            in a volume stay there.
        """
        self._appendices = appendices
        self._book = book
        self._volumes = volumes
        self._members = members
        self._follow = follow

    @cached_property
    def _walks(self) -> list[Walk]:
        def walk(volume: Volume) -> Walk:
            return order.walk(
                self._book,
                volume.root,
                belongs=lambda name: self._members.volume_of.get(name) is volume,
                follow=self._follow,
            )

        return [walk(volume) for volume in self._volumes]

    @cached_property
    def _behind(self) -> Walk:
        """What stands in the appendices, whose own toctrees are not followed."""
        behind = Walk([], {}, {})
        for docname in self._appendices:
            if docname not in behind.stands and docname not in self._members.volume_of:
                walk = order.walk(
                    self._book,
                    docname,
                    belongs=lambda _name: False,
                    follow=self._follow,
                )
                behind.figures.extend(walk.figures)
                behind.stands.update(walk.stands)
                behind.headings.update(walk.headings)
        return behind

    @property
    def appendix(self) -> Walked:
        """What stands in documents behind all volumes."""
        return self._behind.figures

    @property
    def walked(self) -> list[Walked]:
        """What stands in each volume."""
        return [walk.figures for walk in self._walks]

    @cached_property
    def stands(self) -> Mapping[str, Stand]:
        """Where each document stands in its volume."""
        found = dict(self._behind.stands)
        for walk in reversed(self._walks):  # the first volume keeps a document
            found |= walk.stands
        return found

    @cached_property
    def headings(self) -> Mapping[tuple[str, int], Heading]:
        """The chapter around each list directive, by its document and ordinal."""
        found: dict[tuple[str, int], Heading] = {}
        for walk in (*self._walks, self._behind):
            found |= walk.headings
        return found

    def chapter_around(self, docname: str, section: str) -> Heading | None:
        """The chapter of a place in the text; None outside of every volume."""
        stand, page = self.stands.get(docname), self._book.pages.get(docname)
        if stand is None or page is None:
            return None
        return stand.heading(self._book, docname, page.sections(section))
