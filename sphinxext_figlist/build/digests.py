"""Digests: what each page shows of other documents.

Sphinx rewrites a page when its source changes.  A page that shows more than its
source (a list, a number, the title of a label elsewhere) is digested here, and
written again when the digest is no longer the one on :mod:`.written`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..read.records import XRef
from ..read.store import digest, plain_digest, store_of
from ..words import catalogs
from . import contents
from .faces import Face, faces, outline
from .known import Known
from .shows import Shows, Used

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

    :param state: what they will be known by.
    :param key: a digest of the settings.
    :param known: what *before* were made from; None where nothing is known of that.
    :param before: the digests of an earlier state.
    """
    seen = faces(assembly, known.faces if known else {})
    whole = outline(assembly, seen)
    uses: dict[str, Used] = {}
    if known and (known.key, known.outline) == (key, whole):
        changed = _Changes(known.faces, seen)
        if not (changed.said and _shows_places(assembly)):
            assembly.addresses.found = known.found
        uses = {
            docname: used
            for docname, used in known.uses.items()
            if docname in before and not changed.reach(docname, used)
        }
    digests, words = {}, digest(catalogs())
    for docname in sorted(assembly.env.all_docs):
        if docname in uses:
            digests[docname] = before[docname]
        else:
            digests[docname], uses[docname] = page_digest(
                assembly, builder, docname, words
            )
    return digests, Known(seen, state, key, whole, uses, assembly.addresses.found)


class _Changes:
    """The documents of which others can see something new."""

    def __init__(self, before: Mapping[str, Face], now: Mapping[str, Face]) -> None:
        pairs = [(name, before[name], face) for name, face in now.items()]
        pairs = [pair for pair in pairs if pair[1] is not pair[2]]
        self._read = {name for name, _, _ in pairs}
        self._named = {name for name, old, new in pairs if old.named != new.named}
        self._contents = {
            name for name, old, new in pairs if old.contents != new.contents
        }
        self._listed = {name for name, old, new in pairs if old.listed != new.listed}
        self.said = any(old.said != new.said for _, old, new in pairs)

    def reach(self, docname: str, used: Used) -> bool:
        """Whether a page that shows this may have changed."""
        named, contents, listed, said, always = used
        return (
            docname in self._read
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
    env, book, addresses = assembly.env, assembly.book, assembly.addresses
    page, shows = book.pages.get(docname), Shows(assembly, builder)
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
    return plain_digest(*parts) or digest(parts), shows.uses.used()
