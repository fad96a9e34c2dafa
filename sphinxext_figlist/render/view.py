"""What a layout gets: a list, and the page that it is on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from docutils import nodes

from ..assemble.fields import untitled
from ..assemble.model import Chapter, Entry, VolumeList
from ..read.content import id_part, text
from ..read.records import Content
from ..words import _
from .elements import figlist_html
from .links import Links
from .thaw import Thaw

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from ..read.records import ListRequest

#: A list with more entries than this is long.
LONG: Final = 20


class Head(NamedTuple):
    """What an entry's link says."""

    number: str
    title: Content
    #: The title as text; where there is neither number nor title, what stands for it.
    words: str
    #: Whether the title is text alone.
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list for a layout."""

    request: ListRequest
    #: The volumes to list; empty if there is nothing to list.
    parts: Sequence[VolumeList]
    fields: tuple[str, ...]
    assembly: Assembly
    links: Links
    thaw: Thaw
    #: The HTML level of the headings in the list, from 2.
    level: int
    #: Whether plain text may go to the page as HTML.
    as_html: bool = False
    #: Whether each field has a column of its own, in which captions are whole.
    columns: bool = False
    #: Of the fields that the list shows, those that at least one entry has.
    filled: set[str] = field(default_factory=set)
    #: The words that the search index has of it.
    indexed: set[str] = field(default_factory=set)
    #: The name of the volume of each document that this output lacks.
    elsewhere: dict[str, str] = field(default_factory=dict)
    _heads: dict[int, Head] = field(default_factory=dict)

    @property
    def in_latex(self) -> bool:
        """Whether the list is written as LaTeX."""
        return self.assembly.output.format == "latex"

    @property
    def in_html(self) -> bool:
        """Whether the list is written as HTML, also that of an EPUB."""
        return self.assembly.output.format == "html"

    @property
    def names_volumes(self) -> bool:
        """Whether each volume has a heading of its own."""
        return len(self.parts) > 1

    @property
    def is_long(self) -> bool:
        """Whether the list has many entries, in more than one chapter."""
        chapters = [chapter for part in self.parts for chapter in part.chapters]
        return len(chapters) > 1 and sum(len(c.entries) for c in chapters) > LONG

    def heading(self, words: str, class_: str, level: int, id_: str) -> nodes.rubric:
        """A heading that does not add a section to the page."""
        heading = nodes.rubric("", words, classes=[class_])
        heading["heading-level"] = heading["level"] = min(level, 6)  # MyST 3: level
        if self.in_html:
            heading["ids"] = [id_]
        return heading

    def volume_heading(self, part: VolumeList) -> nodes.rubric:
        """The heading of a volume."""
        words, id_ = self.volume_words(part), self.volume_id(part)
        return self.heading(words, "figlist-volume", self.level, id_)

    @staticmethod
    def volume_words(part: VolumeList) -> str:
        """The words of a volume's heading."""
        return f"{part.volume.label}: {part.volume.title}"

    def volume_id(self, part: VolumeList) -> str:
        """The id of a volume's heading."""
        return self.assembly.addresses.heading_id(
            self.request, "volume", part.volume.id
        )

    def chapter_id(self, chapter: Chapter) -> str:
        """The id of a chapter's heading."""
        again = str(chapter.group) if chapter.group > 1 else ""
        where = (id_part(chapter.docname), chapter.section, again)
        return self.assembly.addresses.heading_id(self.request, "chapter", *where)

    def anchor(self, entry: Entry) -> str:
        """The id of an entry."""
        return self.assembly.addresses.entry_id(self.request, entry.figure)

    def head(self, entry: Entry) -> Head:
        """What the link of an entry says, which needs some words."""
        found = self._heads.get(id(entry))
        if found is None:
            number = self.assembly.words(entry.figure, entry.dotted)
            title, said = self._title(entry)
            if not number:
                said = said or untitled(entry.figure)
            plain = {str}.issuperset(map(type, title))
            found = self._heads[id(entry)] = Head(number, title, said, plain)
        return found

    def title(self, entry: Entry) -> Content:
        """The title in the link of an entry, which must not be empty."""
        return self.head(entry).title

    def _title(self, entry: Entry) -> tuple[Content, str]:
        """The title in an entry's link, and the same as text."""
        if entry.number:
            apart = self.columns and "caption" in self.fields
            if "title" not in self.fields or (apart and entry.title.content is None):
                return (), ""
        shown = entry.title.heading
        said = text(shown)
        return (shown, said) if said.strip() else ((), "")

    def html(self, written: str, *said: str) -> figlist_html:
        """HTML as it goes to the page, which says the words *said*.

        The search index, which counts no words, is given each once.
        """
        words = dict.fromkeys(re.findall(r"\w+", " ".join(said)))
        fresh = [word for word in words if word not in self.indexed]
        self.indexed.update(fresh)
        return figlist_html("", nodes.Text(" ".join(fresh)), html=written)

    def empty(self) -> nodes.paragraph:
        """The sentence that takes the place of an empty list."""
        words = _("There is nothing to list here.")
        return nodes.paragraph("", words, classes=["figlist-empty"])
