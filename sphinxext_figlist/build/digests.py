"""Refresh: what each page shows of other documents.

Sphinx rewrites a page when its source changes.  A page that shows more than its
source (a list, a number, the title of a label elsewhere) is digested here, and
written again when the digest is no longer the one on :mod:`.record`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from ..assemble import foreign
from ..assemble.fields import credit_of, joined_alt, untitled
from ..assemble.output import picture_name
from ..config.choices import FIELDS
from ..read.content import digest, xrefs
from ..read.kinds import standard_domain
from ..read.mentions import LABELLED, is_foreign
from ..read.records import ListRequest, XRef
from ..read.store import store_of
from ..registry import LAYOUTS
from .written import settings_key

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..assemble.assembly import Assembly
    from ..assemble.model import Entry, VolumeList


def page_digests(assembly: Assembly, builder: Builder) -> dict[str, str]:
    """A digest of what each page shows besides its own source."""
    env, book = assembly.env, assembly.book
    shows = _Shows(assembly, builder)
    digests = {}
    for docname in sorted(env.all_docs):
        page = book.pages.get(docname)
        parts: list[object] = [
            # Another builder may have read it since, for no newer source.
            store_of(env).reading(docname),
            book.numbers.get(docname),
            book.section_numbers.get(docname),
        ]
        if page:
            # Tags decide what a page has, and change nothing that is read.
            conditions = sorted(page.conditions)
            parts += (assembly.output.includes((one,)) for one in conditions)
            parts += (shows.xref(x) for f in page.figures() for x in f.xrefs)
            targets = (mention.target for mention in page.mentions)
            parts += (shows.mention(t) for t in targets if isinstance(t, XRef))
            parts += map(shows.request, page.requests())
            parts += sorted(assembly.addresses.anchors(docname))
            parts += sorted(assembly.addresses.backlinks(docname).items())
            places = sorted(assembly.addresses.places(docname).items())
            parts += (place.anchor for _, place in places)
            if any(page.toctrees()):
                parts += _toctrees(env, docname)
        if docname == env.config.root_doc:
            # Sphinx 7 packs an EPUB, with its navigation, only when it writes a page.
            parts += (shows.part(p, ("title",)) for p in assembly.illustrations)
        digests[docname] = digest(parts)
    return digests


def _toctrees(env: BuildEnvironment, docname: str) -> Iterator[object]:
    """The titles and numbers that a page's visible toctrees show."""
    for toctree in env.tocs[docname].findall(addnodes.toctree):
        if not toctree.get("hidden"):
            depth = toctree.get("maxdepth", -1)
            limit = depth if depth > 0 else sys.maxsize
            yield toctree.get("caption")
            yield from _entries(env, toctree, limit, toctree.get("titlesonly"), ())


def _entries(
    env: BuildEnvironment,
    toctree: nodes.Element,
    depth: int,
    titles_only: bool,
    above: tuple[str, ...],
) -> Iterator[object]:
    """What *toctree* shows to *depth*, as Sphinx resolves it."""
    for title, docname in toctree["entries"] if depth > 0 else ():
        yield title, docname
        if docname in env.tocs and docname not in above:
            around = (*above, docname)
            yield from _toc(env, env.tocs[docname], depth, titles_only, around)


def _toc(
    env: BuildEnvironment,
    toc: nodes.Element,
    depth: int,
    titles_only: bool,
    above: tuple[str, ...],
    *,
    inner: bool = False,
) -> Iterator[object]:
    """The lines of a document's table of contents, to *depth*."""
    for node in toc.children:
        if isinstance(node, addnodes.toctree):
            yield from _entries(env, node, depth, titles_only, above)
        elif isinstance(node, addnodes.compact_paragraph):
            if depth > 0 and not (inner and titles_only):
                yield node.astext(), _number(node.children[0])
        elif isinstance(node, nodes.bullet_list):
            yield from _toc(env, node, depth - 1, titles_only, above, inner=True)
        elif isinstance(node, nodes.Element):
            yield from _toc(env, node, depth, titles_only, above, inner=inner)


def _number(link: nodes.Node) -> object:
    """The section number that Sphinx put on a line's link."""
    return link.get("secnumber") if isinstance(link, nodes.reference) else None


def lists_digest(assembly: Assembly, builder: Builder, tables: bool) -> str:
    """A digest of all that files say of the lists.

    :param tables: whether there are any with the columns of :mod:`.export.columns`.
    """
    shows = _Shows(assembly, builder)
    kinds = assembly.settings.kinds
    lists = [part for kind in kinds for part in assembly.lists(kind, referred=True)]
    return digest(
        assembly.env.config.language,
        settings_key(assembly.env, assembly.settings, assembly.output),
        (kinds, [assembly.env.config.numfig_format.get(kind) for kind in kinds]),
        [shows.part(part, FIELDS) for part in lists],
        [
            (
                *(assembly.first_reference(entry), len(entry.references)),
                *(entry.figure.author, entry.figure.licence),
                *map(assembly.facts, entry.figure.images),
            )
            for part in lists
            for entry in part.entries()
            if tables
        ],
    )


class _Shows:
    """What there is to see of references, entries and lists."""

    def __init__(self, assembly: Assembly, builder: Builder) -> None:
        self._assembly = assembly
        self._builder = builder
        self._std = standard_domain(assembly.env)
        self._references: dict[XRef, object] = {}

    def mention(self, xref: XRef) -> object:
        """What a reference in the text prints, if it may be of a figure's."""
        if not is_foreign(xref.domain, xref.role):
            return self.xref(xref)
        figure = self._assembly.figures.get(self._assembly.foreign(xref))
        number = self._assembly.book.number(figure) if figure else None
        return (number, self.xref(xref)) if figure else None

    def xref(self, xref: XRef) -> object:
        """What a reference prints and where it leads."""
        if xref not in self._references:
            self._references[xref] = self._xref(xref)
        return self._references[xref]

    def _xref(self, xref: XRef) -> object:
        assembly, env = self._assembly, self._assembly.env
        if xref.domain not in LABELLED:
            found = foreign.resolved(env, self._builder, xref)
            return found.pformat() if found is not None else None
        seen: list[object] = []
        if xref.role in {"doc", "any", "myst"}:
            joined = docname_join(xref.docname, xref.target)
            for docname in (joined, xref.target):
                if docname in env.all_docs:
                    title = "" if xref.explicit else assembly.book.titles.get(docname)
                    slugs = env.metadata.get(docname, {}).get("myst_slugs", {})
                    seen.append((docname, title, slugs.get(xref.fragment)))
        label = xref.target if xref.role == "numref" else xref.target.lower()
        place = self._std.anonlabels.get(label)
        if place is None:
            return seen
        seen.append(place)
        numfig = env.config.numfig_format.values()
        named = xref.role != "numref" or any("{name}" in form for form in numfig)
        if named and not xref.explicit:
            seen.append(self._std.labels.get(label))
        if figure := assembly.figures.get((place[0], place[1])):
            seen.append(assembly.book.number(figure))
            volume = assembly.members.volume_of.get(figure.docname)
            own = assembly.members.volume_of.get(xref.docname)
            if assembly.settings.restarts and volume and volume is not own:
                seen.append(volume.label)
        elif xref.role == "numref":
            seen.append(env.toc_secnumbers.get(place[0]))
        return seen

    def request(self, request: ListRequest) -> object:
        """What a directive shows."""
        assembly = self._assembly
        fields = assembly.fields(request)
        numfig = assembly.env.config.numfig_format.get(request.kind)
        shown = assembly.shown(request)
        parts = [self.part(part, fields) for part in shown]
        more: list[object] = []
        for entry in (entry for part in shown for entry in part.entries()):
            if request.searchable:
                more.append((entry.figure.caption, joined_alt(entry.figure)))
                more += map(self.xref, entry.figure.xrefs)
            if LAYOUTS[request.layout].pictures:
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
        return (
            part.volume,
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
            figure.words,
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
