"""What files say: each volume's list, in each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

from docutils import nodes

from ..assemble.credits import credit_of, flat
from ..assemble.model import Entry, VolumeList
from ..config.settings import book_name
from ..registry import FORMATS, load
from ..words import list_heading
from .markup import literal, markdown
from .plain import plain
from .texts import resolved

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly


T = TypeVar("T")

#: The end of the name of a file that holds the sheet of alt texts alone.
ALTS: Final = "_ALT"


@dataclass
class Texts:
    """What an entry says, ``""`` where it says nothing.

    As Markdown, and as plain text for the formats that want that.
    """

    _title: Sequence[nodes.Node]
    _shown: Sequence[nodes.Node]
    _caption: Sequence[nodes.Node]
    _legend: Sequence[nodes.Node]
    _credit: Sequence[nodes.Node]

    @cached_property
    def title(self) -> str:  # noqa: D102
        return markdown(self._title)

    def heading(self, number: str = "", parted: str = "") -> str:
        """A Markdown heading's words: a number, what *parted* it, and the title.

        Without a number, it is what the figure has for a title on pages.
        """
        if not number:
            return markdown(self._shown, heading=True)
        if not self.title:
            return literal(number, heading=True) + parted
        words = nodes.Text(number + parted)
        return markdown([words, *self._title], heading=True)

    @cached_property
    def caption(self) -> str:  # noqa: D102
        return markdown(self._caption)

    @cached_property
    def legend(self) -> str:  # noqa: D102
        return markdown(self._legend)

    @cached_property
    def credit(self) -> str:  # noqa: D102
        return markdown(self._credit)

    @cached_property
    def plain_title(self) -> str:  # noqa: D102
        return plain(self._title)

    @cached_property
    def plain_caption(self) -> str:  # noqa: D102
        return plain(self._caption)

    @cached_property
    def plain_legend(self) -> str:  # noqa: D102
        return plain(self._legend)

    @cached_property
    def plain_credit(self) -> str:  # noqa: D102
        return plain(self._credit)


@dataclass(frozen=True, slots=True)
class Export:
    """One volume's list of one kind as a format is given it."""

    assembly: Assembly
    kind: str
    part: VolumeList
    _texts: Mapping[tuple[str, str], Texts]
    _made: dict[object, Any] = field(default_factory=dict)

    def made(self, make: Callable[[Export], T]) -> T:
        """What *make* makes of it, once for all the files that show it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @property
    def heading(self) -> str:
        """The words that head the list, in the book's language."""
        formats = self.assembly.env.config.numfig_format
        return list_heading(self.kind, formats.get(self.kind, ""))

    @property
    def project(self) -> str:
        """The book's name, ``""`` where it has none."""
        return book_name(self.assembly.env.config)

    @property
    def chapters(self) -> int:
        """How many chapters there are: one may stand in several groups."""
        return self.part.count_chapters()

    def number(self, entry: Entry) -> str:
        """The number of *entry*, as the press has it before it."""
        if self.assembly.settings.numbers_of_latex and entry.number_in_print:
            return entry.number_in_print
        return entry.dotted

    def texts(self, entry: Entry) -> Texts:
        """The texts of *entry*."""
        return self._texts[entry.figure.docname, entry.figure.id]


def export(
    assembly: Assembly, builder: Builder, formats: Sequence[str]
) -> dict[str, bytes]:
    """The contents of every file by name.

    There is one for each kind of the configuration, volume, and one of *formats*.
    """
    lists = [
        (kind, part)
        for kind in assembly.settings.kinds
        for part in assembly.lists(kind, referred=True)
    ]
    entries = [entry for _, part in lists for entry in part.entries()]
    marks = any(FORMATS[name].table for name in formats)
    texts = _texts(assembly, builder, entries, marks=marks)
    contents = {}
    for kind, part in lists:
        one = Export(assembly, kind, part, texts)
        for name in formats:
            chosen = FORMATS[name]
            contents[part.volume.stem(kind) + chosen.suffix] = load(
                chosen.module, "export"
            )(one)
            if chosen.alts and kind == "figure":
                name = f"{part.volume.stem(kind)}{ALTS}{chosen.suffix}"
                contents[name] = load(chosen.alts, "export")(one)
    return contents


def _texts(
    assembly: Assembly, builder: Builder, entries: list[Entry], *, marks: bool
) -> dict[tuple[str, str], Texts]:
    patterns = assembly.settings.credit_patterns
    parts = []
    for entry in entries:
        figure, title = entry.figure, entry.title.content or ()
        parts += [
            title,
            entry.title.shown,
            entry.title.caption,
            flat(figure.legend),
            credit_of(figure, patterns),
        ]
    nodes_of = iter(resolved(assembly, builder, parts, marks=marks))
    texts = {}
    for entry in entries:
        said = Texts(*islice(nodes_of, 5))
        texts[entry.figure.docname, entry.figure.id] = said
    return texts
