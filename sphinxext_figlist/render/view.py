"""What a layout is given: one list, the page it stands on, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from docutils import nodes

from ..assemble.credits import credit_of, flat
from ..assemble.fields import joined_alt, place, untitled
from ..assemble.model import Chapter, Entry, VolumeList
from ..proofs.aux import own_name
from ..read.content import elements, id_part, text
from ..read.kinds import COUNTERS
from ..read.records import Content
from ..words import _, after_number, field_words
from .links import Links
from .thaw import Thaw

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from ..read.records import ListRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """One list as a layout sees it."""

    request: ListRequest
    #: What is listed; empty where there is nothing to list.
    parts: Sequence[VolumeList]
    fields: tuple[str, ...]
    assembly: Assembly
    links: Links
    thaw: Thaw
    #: The HTML level of the headings in the list, from 2.
    level: int

    @property
    def in_latex(self) -> bool:
        """Whether the list is written as LaTeX."""
        return self.assembly.output.format == "latex"

    @property
    def names_volumes(self) -> bool:
        """Whether each volume has a heading of its own."""
        return len(self.parts) > 1

    def heading(self, words: str, class_: str, level: int, id_: str) -> nodes.rubric:
        """A heading that is no section: sections would change the page's own."""
        heading = nodes.rubric("", words, classes=[class_])
        heading["heading-level"] = heading["level"] = min(level, 6)  # MyST 3: level
        if self.assembly.output.format == "html":
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

    def words(self, entry: Entry) -> tuple[str, str]:
        """The number and title in an entry's link, as text."""
        number = self.assembly.words(entry.figure, entry.dotted)
        title = text(self._title(entry))
        return number, title or ("" if number else untitled(entry.figure))

    def number(self, entry: Entry) -> str:
        """The number in words, with the volume's where this output lacks the figure."""
        number, _title = self.words(entry)
        return f"{number}{self._elsewhere(entry)}" if number else ""

    def number_form(self, entry: Entry) -> str:
        """The words around the number, ``%s``, that LaTeX prints."""
        return self.assembly.words(entry.figure, "%s")

    def title(self, entry: Entry) -> list[nodes.Node]:
        """The title, with the volume's name where no number has it."""
        number, words = self.words(entry)
        if not words:
            return []
        name = self.thaw(self._title(entry)) or [nodes.Text(words)]
        shown: list[nodes.Node] = [
            nodes.inline("", "", *name, classes=["figlist-title"])
        ]
        if not number and (elsewhere := self._elsewhere(entry)):
            shown.append(nodes.Text(elsewhere))
        return shown

    def _elsewhere(self, entry: Entry) -> str:
        """The name of the volume whose figures this output lacks."""
        docname = entry.figure.docname
        if self.links.reaches(docname):
            return ""
        volume = self.assembly.members.volume_of.get(docname)
        return f" ({volume.label})" if volume is not None and volume.label else ""

    def plain(self, entry: Entry) -> bool:
        """Whether an entry's title is text alone."""
        return all(isinstance(item, str) for item in self._title(entry))

    def link(self, entry: Entry) -> list[nodes.Node]:
        """The link to an entry's figure: its number and title."""
        number, title = self.number(entry), self.title(entry)
        figure = entry.figure
        if self.printed(entry):
            number = self.number_form(entry)
            title = self.jump(entry, title)
            link = self.links.numbered(
                figure.docname, figure.id, number, "figlist-link"
            )
            apart = True
        elif self.labelled_by_us(entry):
            title, apart = self.jump(entry, title), True
            if not number:
                return title
            link = self.linked(entry, nodes.Text(number))
        else:
            inside = nodes.inline("", number, classes=["figlist-number"])
            children: list[nodes.Node] = [inside] if number else []
            # A link cannot hold another: such a title stands behind its number.
            apart = bool(number) and self.links_within(entry)
            if title and not apart:
                children += self._behind(number, title)
            link = self.links.to(
                figure.docname, self._target(entry), children, "figlist-link"
            )
        return [link, *(self._behind(number, title) if title and apart else [])]

    def jump(self, entry: Entry, title: list[nodes.Node]) -> list[nodes.Node]:
        """In LaTeX, a title as a link of its own, which a number cannot hold.

        It stays as it is where it holds links, or where this PDF lacks the figure.
        """
        if not (title and self.label_in_latex(entry)) or self.links_within(entry):
            return title
        return [self.linked(entry, *title)]

    def linked(self, entry: Entry, *words: nodes.Node) -> nodes.Element:
        """A link in LaTeX to the label of an entry's figure."""
        from .latex.elements import figlist_jump

        return figlist_jump("", "", *words, label=self.label_in_latex(entry))

    @staticmethod
    def _behind(number: str, title: list[nodes.Node]) -> list[nodes.Node]:
        """A title with what parts it from its number."""
        return [nodes.Text(after_number(number)), *title] if number else title

    def links_within(self, entry: Entry) -> bool:
        """Whether an entry's title holds links, or what may become one."""
        return has_links(self._title(entry))

    def label_in_latex(self, entry: Entry) -> str:
        """The LaTeX label of an entry's figure, ``""`` where this PDF lacks it."""
        docname = entry.figure.docname
        if not self.links.reaches(docname):
            return ""
        if self.labelled_by_us(entry):
            return own_name(docname, entry.figure.id)
        return f"{docname}:{self._target(entry)}"

    def printed(self, entry: Entry) -> bool:
        """Whether LaTeX prints a number of its own under the figure, as it counts."""
        figure = entry.figure
        labelled = bool(figure.caption or entry.number) and bool(figure.ids)
        counted = self.in_latex and figure.kind in COUNTERS
        return counted and labelled and self.links.reaches(figure.docname)

    def labelled_by_us(self, entry: Entry) -> bool:
        """Whether LaTeX is given a label of ours: that of a kind which it cannot count.

        What an extension writes for such a kind has the number that Sphinx assigned.
        """
        figure = entry.figure
        foreign = self.in_latex and figure.kind not in COUNTERS
        return foreign and bool(figure.ids) and self.links.reaches(figure.docname)

    def paged(self, entry: Entry) -> bool:
        """Whether LaTeX knows the page that an entry's figure is on."""
        return self.printed(entry) or self.labelled_by_us(entry)

    def _target(self, entry: Entry) -> str:
        """The id by which this output reaches an entry's figure."""
        figure = entry.figure
        if self.assembly.output.name == "singlehtml" and figure.anchor:
            return figure.anchor
        if self.in_latex and not (figure.caption or entry.number):
            # LaTeX writes a label with a caption alone: lead to the section.
            return figure.sections[-1] if figure.sections else ":doc"
        return figure.id

    def field(self, entry: Entry, name: str) -> list[nodes.Node]:
        """The content of a field; empty where the figure has none."""
        content = self._field(entry, name)
        return content if any(node.astext().strip() for node in content) else []

    def labelled(self, entry: Entry) -> Iterator[nodes.paragraph]:
        """The fields below an entry's link, each behind its label."""
        for name in self.fields:
            if name != "title" and (content := self.field(entry, name)):
                said = [self.label(name), nodes.Text(" "), *content]
                yield nodes.paragraph("", "", *said, classes=[f"figlist-{name}"])

    def empty(self) -> nodes.paragraph:
        """What stands where a list would."""
        words = _("There is nothing to list here.")
        return nodes.paragraph("", words, classes=["figlist-empty"])

    def _field(self, entry: Entry, name: str) -> list[nodes.Node]:
        figure = entry.figure
        if name == "caption":
            said = self._title(entry)
            return self.thaw(entry.title.rest if said else figure.caption or ())
        if name == "legend":
            return self.thaw(flat(figure.legend))
        if name == "alt":
            return _text(joined_alt(figure))
        if name == "image":
            paths = ", ".join(image.path for image in figure.images if image.path)
            return self._breakable(paths)
        if name == "location":
            return [nodes.literal("", "", *self._breakable(place(figure)))]
        if name == "credit":
            patterns = self.assembly.settings.credit_patterns
            return self.thaw(credit_of(figure, patterns))
        if name == "label":
            label = self._breakable(entry.label or "")
            return [nodes.literal("", "", *label)] if label else []
        if name == "page":
            # An earlier PDF's pages are not this one's.
            return self._page(entry) if self.in_latex else _text(entry.page)
        if name == "references":
            return self._references(entry)
        raise AssertionError(name)

    def _breakable(self, words: str) -> list[nodes.Node]:
        """A path or label, which LaTeX would not break in a narrow column."""
        if not self.in_latex:
            return _text(words)
        parts: list[nodes.Node] = []
        for part in re.split(r"(?<=[/._:-])(?=[^/._:-])", words):
            parts += _text(part)
            parts.append(nodes.raw("", r"\allowbreak{}", format="latex"))
        return parts[:-1]

    def _title(self, entry: Entry) -> Content:
        """The title in an entry's link, which needs some words."""
        asked = "title" in self.fields or not entry.dotted
        shown = entry.title.shown
        return shown if asked and text(shown).strip() else ()

    def _references(self, entry: Entry) -> list[nodes.Node]:
        """Sections as links to the first reference in each; numbers for the others."""
        links: list[nodes.Node] = []
        for _where, group in groupby(entry.references, key=lambda r: (r.docname, r.id)):
            if links:
                links.append(nodes.Text("; "))
            for count, found in enumerate(group, 1):
                words = f"({count})" if count > 1 else found.section
                if count > 1:
                    links.append(nodes.Text(" "))
                target = found.anchor or found.id
                links.append(self.links.to(found.docname, target, [nodes.Text(words)]))
        return links

    def _page(self, entry: Entry) -> list[nodes.Node]:
        """The number of a figure's page, where LaTeX knows it."""
        if not self.paged(entry):
            return []
        from .latex.elements import figlist_page

        label = self.label_in_latex(entry)
        return [figlist_page("", label, label=label)]

    def label(self, name: str) -> nodes.strong:
        """The label of a field."""
        words = f"{field_words()[name]}:"
        return nodes.strong("", words, classes=["figlist-field"])


def _text(words: str) -> list[nodes.Node]:
    return [nodes.Text(words)] if words else []


def has_links(content: Content) -> bool:
    """Whether *content* holds a link, or what may become one."""
    return any(
        issubclass(cls, nodes.reference) or "refdomain" in attributes
        for cls, attributes, _ in elements(content)
    )
