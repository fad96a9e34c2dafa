"""From the rows of sheets to edited sources: found, edited, proved and written."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docutils import nodes

from ..assemble.places import Place
from . import matching, proof, rst
from .book import Book, places_in
from .sheets import Row
from .sites import Site
from .source import Refused, Source, Splice
from .wishes import Outcome, outcomes, refuse_rivals, wanted_by_source

Note = Callable[[str], None]


class Change(NamedTuple):
    """A file of sources and what it is to become."""

    #: As the book names it, relative to the source folder.
    source: str
    path: Path
    before: bytes
    after: bytes
    texts: tuple[str, str]
    rows: list[Outcome]
    #: The texts of the places that are edited, and of those that it edits as well:
    #: a part of a file that is included elsewhere has other lines.
    wanted: dict[Place, str]


class Result(NamedTuple):
    """What becomes of the rows, and of the files."""

    outcomes: list[Outcome]
    changes: list[Change]


def revise(book: Book, rows: Sequence[Row], note: Note) -> Result:
    """Find what *rows* change in the sources, and prove it; nothing is written."""
    found = outcomes(rows, book.places)
    changes = []
    scanned = Scanner(book)
    for source, group in sorted(wanted_by_source(found).items()):
        if change := _edited(book, scanned, source, group):
            changes.append(change)
    changes = _proved(book, changes, note)
    for change in changes:
        for outcome in change.rows:
            outcome.state = "applied"
    return Result(found, changes)


class Scanner:
    """Finds the places of alt texts in files of sources."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __call__(self, name: str, source: Source) -> list[Site]:
        """All places in a file, as the parser of its documents has them."""
        if self._book.is_markdown(name):
            return [*self._markdown(source)]
        return [*rst.sites(source.lines(), source.line_end)]

    def _markdown(self, source: Source) -> Iterable[Site]:
        from . import inline, myst

        md = inline.parser(self._book.myst_settings())
        return myst.sites(source.lines(), source.line_end, md)


def _edited(
    book: Book, scanned: Scanner, name: str, group: Sequence[Outcome]
) -> Change | None:
    """The file *name* with what *group* wants of it, as far as that can be done."""
    path = book.srcdir / name
    try:
        if ":" in name and not path.exists():
            raise Refused(
                matching.by_other(group[0].place or Place(name, None, "", None))
            )
        if not path.resolve().is_relative_to(book.srcdir.resolve()):
            raise Refused(
                f"the file is outside the source folder, at {path.resolve()}; change "
                "it by hand"
            )
        before = path.read_bytes()
        source = Source.decoded(before, book.encoding)
        if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise Refused("the file is read-only; make it writable")
        sites = scanned(name, source)
    except OSError as error:
        _refused(group, f"the file cannot be read: {error.strerror or error}")
        return None
    except Refused as error:
        _refused(group, str(error))
        return None
    finder = _Finder(book, name, sites)
    _settle(group, finder)
    splices: dict[Splice, None] = {}
    done = []
    wanted: dict[Place, str] = {}
    for outcome in (one for one in group if one.state == "wanted"):
        assert outcome.place is not None
        try:
            ours = finder.sites(outcome.place)
            edits = [splice for site in ours for splice in site.edit(outcome.text)]
            source.spliced(splices | dict.fromkeys(edits)).encoded()
        except Refused as error:
            outcome.refuse(str(error))
        else:
            splices |= dict.fromkeys(edits)
            wanted |= dict.fromkeys(finder.same(outcome.place), outcome.text)
            done.append(outcome)
    if not done:
        return None
    after = source.spliced(splices)
    texts = (source.text, after.text)
    return Change(name, path, before, after.encoded(), texts, done, wanted)


class _Finder:
    """Finds the sites of places in one file."""

    def __init__(self, book: Book, name: str, sites: Sequence[Site]) -> None:
        self._sites = sites
        self._docnames = book.holders[name]
        self._alike: dict[Place, list[Place]] = {}
        for place in book.places:
            self._alike.setdefault(place._replace(line=None), []).append(place)

    def alike(self, place: Place) -> list[Place]:
        """The places that differ from *place* by their lines alone."""
        return self._alike[place._replace(line=None)]

    def sites(self, place: Place) -> list[Site]:
        """The sites of *place*.

        :raises Refused: where they are not known.
        """
        return matching.chosen(place, self._sites, self.alike(place), self._docnames)

    def same(self, place: Place) -> Iterator[Place]:
        """The places that have the sites of *place*, itself among them."""
        ours = {id(site) for site in self.sites(place)}
        for other in self.alike(place):
            with contextlib.suppress(Refused):
                if ours & {id(site) for site in self.sites(other)}:
                    yield other


def _settle(group: Sequence[Outcome], finder: _Finder) -> None:
    """Refuse those that want different texts at one site."""
    by_site: dict[int, list[Outcome]] = {}
    for outcome in group:
        assert outcome.place is not None
        try:
            sites = finder.sites(outcome.place)
        except Refused as error:
            outcome.refuse(str(error))
        else:
            for site in sites:
                by_site.setdefault(id(site), []).append(outcome)
    for rivals in by_site.values():
        refuse_rivals(rivals)


def _refused(group: Iterable[Outcome], reason: str) -> None:
    for outcome in group:
        outcome.refuse(reason)


# -- proof ------------------------------------------------------------------------


def _proved(book: Book, changes: Sequence[Change], note: Note) -> list[Change]:
    """Those of *changes* that do what is asked for, and nothing else.

    What fails takes its file with it; the others are proved without it.
    """
    left = {change.source: change for change in changes}
    originals = {}
    while True:
        docnames = sorted({d for name in left for d in book.holders[name]})
        texts = {change.path.resolve(): change.texts for change in left.values()}
        wanted = {
            place: text
            for change in left.values()
            for place, text in change.wanted.items()
        }
        failed: set[str] = set()
        for at, docname in enumerate(docnames, 1):
            note(f"reading again {at} of {len(docnames)}: {docname}")
            if docname not in originals:
                places = places_in(book.pages.get(docname))
                originals[docname] = (book.doctree(docname), places)
            place, reason = _tried(book, docname, originals[docname], texts, wanted)
            if not reason:
                continue
            mine = {n for n in left if docname in book.holders[n]}
            if place and place.source in mine:
                mine = {place.source}
            for name in mine - failed:
                _refused(left[name].rows, _with_place(reason, place, docname))
            failed |= mine
        if not failed:
            return list(left.values())
        left = {name: change for name, change in left.items() if name not in failed}


def _tried(
    book: Book,
    docname: str,
    original: tuple[nodes.document, list[Place]],
    texts: Mapping[Path, tuple[str, str]],
    wanted: Mapping[Place, str],
) -> tuple[Place | None, str]:
    """What is wrong with a document when it is read with the edited *texts*."""
    before, places = original
    try:
        after, page = book.read_again(docname, texts)
        place, reason = proof.wrong_place(places, places_in(page), wanted)
        if not reason and (reason := proof.fault(before, after)):
            # Some documents differ from reading to reading.
            again, _ = book.read_again(docname, {})
            reason = proof.fault(again, after)
    except Exception as error:  # noqa: BLE001 (whatever an extension makes of it)
        return None, f"{type(error).__name__}: {error}"
    return place, reason


def _with_place(reason: str, place: Place | None, docname: str) -> str:
    where = f"{place.source}:{place.line or '?'}" if place else docname
    return (
        "the file stays unchanged, because the edit would change more than the alt "
        f"texts ({where}: {reason}); change them by hand"
    )


# -- writing ----------------------------------------------------------------------


def write(changes: Iterable[Change]) -> None:
    """Write each file in one step, if it is still as it was; else refuse its rows."""
    for change in changes:
        try:
            if change.path.read_bytes() != change.before:
                raise Refused(
                    "the file changed while figlist was running; run figlist again"
                )
            _replace(change.path.resolve(), change.after)
        except OSError as error:
            reason = f"the file cannot be written: {error.strerror or error}"
            _refused(change.rows, reason)
        except Refused as error:
            _refused(change.rows, str(error))


def _replace(path: Path, content: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
