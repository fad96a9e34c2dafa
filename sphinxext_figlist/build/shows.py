"""What there is to see of references, entries and lists, as data to digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import docname_join

from ..assemble import foreign
from ..assemble.credits import credit_of
from ..assemble.fields import joined_alt, untitled
from ..assemble.output import picture_name
from ..assemble.references import in_document
from ..read.kinds import standard_domain
from ..read.mentions import LABELLED, is_foreign, xrefs
from ..read.records import ListRequest, XRef
from ..registry import LAYOUTS
from .known import Used

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly
    from ..assemble.model import Entry, VolumeList


class Uses:
    """The documents of which a page shows something, by what of them that is."""

    __slots__ = ("always", "contents", "listed", "named", "said")

    def __init__(self) -> None:
        #: Titles in references.
        self.named: set[str] = set()
        #: Tables of contents.
        self.contents: set[str] = set()
        #: Figures and chapters in lists.
        self.listed: set[str] = set()
        #: Whether it shows places in the text, which may be in any document.
        self.said = False
        #: Whether nobody knows what it depends on.
        self.always = False

    def used(self) -> Used:
        """The same as plain data: there are some for each document of the book."""
        named, contents = sorted(self.named), sorted(self.contents)
        return named, contents, sorted(self.listed), self.said, self.always


class Shows:
    """What there is to see of references, entries and lists."""

    def __init__(self, assembly: Assembly, builder: Builder) -> None:
        self._assembly = assembly
        self._builder = builder
        self._std = standard_domain(assembly.env)
        self._references: dict[XRef, tuple[object, Uses]] = {}
        #: What has been shown of other documents.
        self.uses = Uses()

    def mention(self, xref: XRef) -> object:
        """What a reference in the text prints, if it may be of a figure's."""
        if not is_foreign(xref.domain, xref.role):
            return self.xref(xref)
        place = self._assembly.foreign(xref)
        figure = self._assembly.figure(*place)
        self.uses.always |= self._assembly.foreign.may_lead(xref)
        number = self._assembly.book.number(figure) if figure else None
        return (number, self.xref(xref)) if figure else None

    def xref(self, xref: XRef) -> object:
        """What a reference prints and where it leads."""
        if xref not in self._references:
            uses = Uses()
            self._references[xref] = (self._xref(xref, uses), uses)
        seen, uses = self._references[xref]
        self.uses.named |= uses.named
        self.uses.always |= uses.always
        return seen

    def _xref(self, xref: XRef, uses: Uses) -> object:
        assembly, env = self._assembly, self._assembly.env
        if xref.domain not in LABELLED:
            uses.always = True  # another extension says where it leads
            found = foreign.resolved(env, self._builder, xref)
            return found.pformat() if found is not None else None
        seen: list[object] = []
        if xref.role in {"doc", "any", "myst"}:
            joined = docname_join(xref.docname, xref.target)
            for docname in (joined, xref.target):
                if docname in env.all_docs:
                    uses.named.add(docname)
                    title = "" if xref.explicit else assembly.book.titles.get(docname)
                    seen.append((docname, title, self._fragment(docname, xref)))
        label = xref.target if xref.role == "numref" else xref.target.lower()
        place = self._std.anonlabels.get(label)
        if place is None:
            return seen
        seen.append(place)
        numfig = env.config.numfig_format.values()
        named = xref.role != "numref" or any("{name}" in form for form in numfig)
        if named and not xref.explicit:
            name = self._std.labels.get(label)
            uses.named |= {place[0], name[0]} if name else {place[0]}
            seen.append(name)
        if figure := assembly.figure(place[0], place[1]):
            seen.append(assembly.book.number(figure))
            volume = assembly.members.volume_of.get(figure.docname)
            own = assembly.members.volume_of.get(xref.docname)
            if assembly.settings.restarts and volume and volume is not own:
                seen.append(volume.label)
        elif xref.role == "numref":
            seen.append(env.toc_secnumbers.get(place[0]))
        return seen

    def _fragment(self, docname: str, xref: XRef) -> object:
        """What a MyST link to an element of a document prints, and where it leads."""
        assembly, env = self._assembly, self._assembly.env
        slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
        if not xref.fragment or xref.fragment in slugs:
            return slugs.get(xref.fragment)
        place = in_document(assembly.book, docname, xref.fragment, assembly.has)
        if xref.explicit:
            return place
        name = xref.fragment
        if figure := assembly.figure(*place):
            name = assembly.book.label(figure) or name
        return place, self._std.labels.get(name)

    def request(self, request: ListRequest) -> object:
        """What a directive shows."""
        assembly = self._assembly
        fields = assembly.fields(request)
        numfig = assembly.env.config.numfig_format.get(request.kind)
        shown = assembly.shown(request)
        # These show places in the text.
        self.uses.said |= not {"references", "location"}.isdisjoint(fields)
        parts = [self.part(part, fields) for part in shown]
        more: list[object] = []
        pictures = LAYOUTS[request.layout].shows_pictures(fields)
        entries = (entry for part in shown for entry in part.entries())
        for entry in entries if request.searchable or pictures else ():
            if request.searchable:
                more.append((entry.figure.caption, joined_alt(entry.figure)))
                more += map(self.xref, entry.figure.xrefs)
            if pictures:
                more.append(self._pictures(entry))
        return (request.layout, fields, numfig, parts, more, len(assembly.volumes))

    def _pictures(self, entry: Entry) -> object:
        """The files that an entry's thumbnails show."""
        env, builder = self._assembly.env, self._builder
        return [
            (picture_name(env, builder, image), image.alt, image.classes)
            for image in entry.figure.images
        ]

    def part(self, part: VolumeList, fields: tuple[str, ...]) -> object:
        """What a list of one volume shows."""
        self.uses.listed.update(chapter.docname for chapter in part.chapters)
        self.uses.listed.update(entry.figure.docname for entry in part.entries())
        return (
            tuple(part.volume),
            [
                (
                    (chapter.number, chapter.title, chapter.docname),
                    (chapter.section, chapter.group),
                    [self._entry(entry, fields) for entry in chapter.entries],
                )
                for chapter in part.chapters
            ],
        )

    def _entry(self, entry: Entry, fields: tuple[str, ...]) -> object:
        figure, title = entry.figure, entry.title
        seen: list[object] = [
            entry.number, figure.docname, figure.ids, figure.slug, title.shown,
            figure.words, title.content is None,
        ]  # fmt: skip
        if not entry.number and not title.shown:
            seen.append(untitled(figure))
        contents = [title.shown]
        for name in fields:
            if name == "caption":
                contents.append(figure.caption or ())
            elif name == "legend":
                contents.append(figure.legend)
            elif name in {"alt", "image"}:
                seen += ((image.path, image.alt) for image in figure.images)
            elif name == "page":
                seen.append((entry.page, entry.number_in_print))
            elif name == "label":
                seen.append(entry.label)
            elif name == "location":
                seen.append((figure.source, figure.line))
            elif name == "references":
                seen.append(entry.references)
            elif name == "credit":
                patterns = self._assembly.settings.credit_patterns
                contents.append(credit_of(figure, patterns))
        seen += contents[1:]
        if figure.xrefs:
            seen += (self.xref(xref) for part in contents for xref in xrefs(part))
        return seen
