"""Digests: what each page shows of other documents.

Sphinx rewrites a page when its source changes.  A page that shows more than its
source (a list, a number, the title of a label elsewhere) is digested here, and
written again when the digest is no longer the one on :mod:`.written`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..read.records import XRef
from ..read.store import digest, plain_digest
from ..words import catalogs
from .faces import Face, faces, outline
from .known import Known, Used

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly


def page_digests(
    assembly: Assembly,
    builder: Builder,
    state: str,
    key: str,
    known: Known | None,
    before: Mapping[str, str],
) -> tuple[dict[str, str], Known]:
    """A digest of what each page shows besides its own source.

    Each begins with a token of the page's last reading: another builder may have read
    it since, for no newer source.

    :param state: what they will be known by.
    :param key: a digest of the settings.
    :param known: what *before* were made from; None where nothing is known of that.
    :param before: the digests of an earlier state.
    """
    seen = faces(assembly, known.faces if known else {})
    whole = outline(assembly, seen)
    uses: dict[str, Used] = {}
    reread: Collection[str] = ()
    if known and (known.key, known.outline) == (key, whole):
        changed = _Changes(known.faces, seen)
        if not (changed.said and _shows_places(assembly)):
            assembly.addresses.found = known.found
        anything = changed.seen or changed.said
        reread, reach = changed.read, changed.reach if anything else _always
        uses = {
            docname: used
            for docname, used in known.uses.items()
            if docname in before and not reach(docname, used)
        }
    digests, words = {}, digest(catalogs())
    for docname in sorted(assembly.env.all_docs):
        if docname in uses and docname not in reread:
            digests[docname] = before[docname]
            continue
        if docname in uses:
            shown = before[docname].partition("-")[2]
        else:
            shown, uses[docname] = page_digest(assembly, builder, docname, words)
        digests[docname] = f"{seen[docname].reading}-{shown}"
    found = assembly.addresses.found
    return digests, Known(seen, state, key, whole, uses, found)


def _anywhere(face: Face) -> Face:
    return face._replace(reading="", lines="")


def _always(_docname: str, used: Used) -> bool:
    """What :meth:`_Changes.reach` says where nothing new can be seen."""
    *_, always = used
    return always


class _Changes:
    """The documents of which others can see something new."""

    def __init__(self, before: Mapping[str, Face], now: Mapping[str, Face]) -> None:
        pairs = [(name, before[name], face) for name, face in now.items()]
        pairs = [pair for pair in pairs if pair[1] is not pair[2]]
        self.read = {name for name, _, _ in pairs}
        #: Those among them that are not what they were, on whichever lines.
        self.seen = {
            name for name, old, new in pairs if _anywhere(old) != _anywhere(new)
        }
        self._named = {name for name, old, new in pairs if old.named != new.named}
        self._contents = {
            name for name, old, new in pairs if old.contents != new.contents
        }
        self._listed = {name for name, old, new in pairs if old.listed != new.listed}
        #: Whether there are other places in the text, or on other lines.
        self.said = any(
            (old.said, old.lines) != (new.said, new.lines) for _, old, new in pairs
        )

    def reach(self, docname: str, used: Used) -> bool:
        """Whether a page that shows this may have changed."""
        named, contents, listed, said, always = used
        return (
            docname in self.seen
            or always
            or (said and self.said)
            or not self._named.isdisjoint(named)
            or not self._contents.isdisjoint(contents)
            or not self._listed.isdisjoint(listed)
        )


def _shows_places(assembly: Assembly) -> bool:
    """Whether some list leads to places in the text."""
    return any(
        "references" in assembly.fields(request) for request in assembly.requests()
    )


def page_digest(
    assembly: Assembly, builder: Builder, docname: str, words: str
) -> tuple[str, Used]:
    """The digest of one page, and of which documents it shows something.

    :param words: a digest of the catalogs of words.
    """
    from . import contents
    from .shows import Shows

    env, book, addresses = assembly.env, assembly.book, assembly.addresses
    page, shows = book.pages.get(docname), Shows(assembly, builder)
    parts: list[object] = [
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
        parts += sorted(addresses.anchors(docname))
        backlinks = sorted(addresses.backlinks(docname).items())
        parts += [*backlinks, words if backlinks or any(page.requests()) else ""]
        places = sorted(addresses.places(docname).items())
        parts += (place.anchor for _, place in places)
        if any(page.toctrees()):
            parts += contents.shown(env, docname, shows.uses.contents)
    if docname == env.config.root_doc:
        # Sphinx 7 packs an EPUB, with its navigation, only when it writes a page.
        parts += (shows.part(p, ("title",)) for p in assembly.illustrations)
    return plain_digest(*parts), shows.uses.used()
