"""What each page shows of other documents, and what has been written of it.

Sphinx rewrites a page when its source changes.  A page that shows more than its
source (a list, a number, the title of a label elsewhere) is digested here; the
record says with which digest each builder wrote it into each folder.  A page
whose digest is no longer that one is written again.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join
from sphinx.util.logging import suppress_logging

from .assemble.fields import credit_of, untitled
from .config import FIELDS, Settings, present
from .read.content import digest, xrefs
from .read.kinds import standard_domain
from .records import ListRequest, XRef

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from .assemble.model import Entry, VolumeList
    from .assembly import Assembly
    from .output import Output


@dataclass(slots=True)
class Record:
    """What one builder has written into one output folder."""

    path: Path
    #: The state in which :attr:`pages` was computed.
    state: str = ""
    #: Digests by page, as of that state.
    pages: dict[str, str] = field(default_factory=dict)
    #: Volume ids by document, as of that state.
    volumes: dict[str, str] = field(default_factory=dict)
    #: Digests by page, as last written.
    written: dict[str, str] = field(default_factory=dict)
    #: Digest of the exported lists, as last written.
    files_state: str = ""
    #: Digests of the files by name, as last written.
    files: dict[str, str] = field(default_factory=dict)
    #: Whether a build has begun to write.
    begun: bool = False

    @classmethod
    def load(cls, builder: Builder) -> Record:
        """The record of *builder* and its output folder, empty where it is new."""
        place = blake2b(str(builder.outdir).encode(), digest_size=8).hexdigest()
        folder = Path(builder.doctreedir) / "figlist"
        path = folder / f"{builder.name}-{place}.json"
        try:
            data: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return cls(path, *(data[name] for name in cls._parts()))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    @staticmethod
    def _parts() -> tuple[str, ...]:
        return (
            *("state", "pages", "volumes", "written"),
            *("files_state", "files", "begun"),
        )

    def save(self) -> None:
        """Write the record, whole or not at all."""
        data = {name: getattr(self, name) for name in self._parts()}
        text = json.dumps(data, sort_keys=True)
        with suppress(OSError):
            if self.path.read_text("utf-8") == text:
                return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(text, "utf-8")
        fresh.replace(self.path)

    def keep(self, docnames: Container[str]) -> None:
        """Forget the pages of documents that are gone."""
        self.written = {
            docname: digest
            for docname, digest in self.written.items()
            if docname in docnames
        }

    def stale(self) -> list[str]:
        """The pages that were written otherwise than they now are."""
        if not self.begun:
            return []  # nothing is written yet: Sphinx writes every page
        return [
            docname
            for docname in sorted(self.pages.keys() | self.written.keys())
            if self.written.get(docname) != self.pages.get(docname, "")
        ]


def page_digests(assembly: Assembly, builder: Builder) -> dict[str, str]:
    """A digest of what each page shows besides its own source."""
    env, book = assembly.env, assembly.book
    shows = _Shows(assembly, builder)
    digests = {}
    for docname in sorted(env.all_docs):
        page = book.pages.get(docname)
        parts: list[object] = [
            book.numbers.get(docname),
            book.section_numbers.get(docname),
        ]
        if page:
            targets = (mention.target for mention in page.mentions)
            parts += (shows.xref(t) for t in targets if isinstance(t, XRef))
            parts += map(shows.request, page.requests())
            parts += sorted(assembly.anchors(docname))
        parts += _toctrees(env, builder, docname)
        if any(parts):
            digests[docname] = digest(parts)
    return digests


def _toctrees(env: BuildEnvironment, builder: Builder, docname: str) -> Iterator[str]:
    """The visible toctrees of a page, with the titles and numbers that they show."""
    for toctree in env.tocs[docname].findall(addnodes.toctree):
        if not toctree.get("hidden"):
            with suppress_logging():
                shown = env.resolve_toctree(docname, builder, toctree)
            if shown is not None:
                yield shown.pformat()


def lists_digest(assembly: Assembly, builder: Builder) -> str:
    """A digest of all that files say of the lists."""
    shows = _Shows(assembly, builder)
    return digest(
        assembly.env.config.project,
        assembly.env.config.language,
        settings_key(assembly.env, assembly.settings, assembly.output),
        [shows.part(part, FIELDS) for part in assembly.lists()],
    )


class _Shows:
    """What there is to see of references, entries and lists."""

    def __init__(self, assembly: Assembly, builder: Builder) -> None:
        self._assembly = assembly
        self._builder = builder
        self._std = standard_domain(assembly.env)
        self._references: dict[XRef, object] = {}

    def xref(self, xref: XRef) -> object:
        """What a reference prints and where it leads."""
        if xref not in self._references:
            self._references[xref] = self._xref(xref)
        return self._references[xref]

    def _xref(self, xref: XRef) -> object:
        assembly, env = self._assembly, self._assembly.env
        if xref.domain not in {"", "std", "doc", "True"}:
            return self._resolved(xref)
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

    def _resolved(self, xref: XRef) -> object:
        """What another domain makes of a reference, a citation for instance."""
        env = self._assembly.env
        if xref.domain not in env.domains:
            return None
        contents = nodes.inline("", xref.target)
        node = addnodes.pending_xref(
            "",
            contents,
            refdomain=xref.domain,
            reftype=xref.role,
            reftarget=xref.target,
            refexplicit=xref.explicit,
            refdoc=xref.docname,
        )
        try:
            with suppress_logging():
                found = env.domains[xref.domain].resolve_xref(
                    env,
                    xref.docname,
                    self._builder,
                    xref.role,
                    xref.target,
                    node,
                    contents,
                )
        except Exception:  # noqa: BLE001 (it says so where the page is written)
            return None
        return found.pformat() if found is not None else None

    def request(self, request: ListRequest) -> object:
        """What a directive shows."""
        assembly = self._assembly
        fields = assembly.fields(request)
        numfig = assembly.env.config.numfig_format.get(request.kind)
        parts = [self.part(part, fields) for part in assembly.shown(request)]
        return (request.layout, fields, numfig, parts, len(assembly.volumes))

    def part(self, part: VolumeList, fields: tuple[str, ...]) -> object:
        """What a list of one volume shows."""
        return (
            part.volume,
            [
                (
                    (chapter.number, chapter.title, chapter.docname, chapter.section),
                    [self._entry(entry, fields) for entry in chapter.entries],
                )
                for chapter in part.chapters
            ],
        )

    def _entry(self, entry: Entry, fields: tuple[str, ...]) -> object:
        figure, title = entry.figure, entry.title
        seen: list[object] = [
            entry.number, figure.docname, figure.ids, figure.slug, title.shown
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
                seen.append(figure.images)
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


def settings_key(env: BuildEnvironment, settings: Settings, output: Output) -> str:
    """A digest of what page digests depend on besides what was read."""
    rule = settings.title_from
    return digest(
        settings.volumes,
        settings.fields,
        rule if isinstance(rule, str) else uuid.uuid4(),
        settings.restart_numbering,
        settings.credit_patterns,
        output.key(),
        sorted(env.config.numfig_format.items()),
        [part.id for part in present(settings, env)],
    )
