"""Places in the sources that say the alt texts of pictures, and keys for them.

One place may feed several pictures: a substitution, a file that is included often, the
two forms of a plot.  What the sources say of them is said once, so it has one key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final, NamedTuple

from ..controls import CONTROLS, UNPRINTABLE
from ..read.content import text
from ..read.records import Figure, Image, Page
from .model import Chapter, Entry, VolumeList

_SPACES: Final = re.compile("[\t-\r \x85\u2028\u2029]+")
_UNPRINTABLE: Final = re.compile(f"{CONTROLS}|{UNPRINTABLE}")
_KEY: Final = re.compile(
    r"a(?P<place>[0-9a-f]{10})-(?P<around>[0-9a-f]{6})"
    r"(?:-(?P<nth>\d+)of(?P<total>\d+))?-(?P<alt>[0-9a-f]{10})"
)


class Place(NamedTuple):
    """A place in the sources."""

    #: Relative to the source folder, with ``/``.
    source: str
    line: int | None
    #: The picture; ``""`` for one that is drawn from what stands there.
    path: str
    #: What it says, as the picture has it.
    alt: str | None


class Key(NamedTuple):
    """What a place is known by, in parts that last as long as they can.

    Lines are in none: other lines come and go before them.
    """

    #: Digests of the file and the picture, and of what is around: the figure's label,
    #: else its caption, else the section's title.
    place: str
    around: str
    #: Which of the places that have both, from 1.
    nth: int
    total: int
    #: A digest of the alt text.
    alt: str

    def __str__(self) -> str:
        which = f"-{self.nth}of{self.total}" if self.total > 1 else ""
        return f"a{self.place}-{self.around}{which}-{self.alt}"

    @classmethod
    def parsed(cls, words: str) -> Key | None:
        """The key that *words* are, None where they are none."""
        found = _KEY.fullmatch(words)
        if not found:
            return None
        nth, total = int(found["nth"] or 1), int(found["total"] or 1)
        return cls(found["place"], found["around"], nth, total, found["alt"])


class Placed(NamedTuple):
    """A row of the sheet: a place, and the first picture that it feeds."""

    key: Key
    place: Place
    chapter: Chapter
    entry: Entry
    image: Image
    #: How many pictures of the volume it feeds.
    uses: int


def place_of(image: Image) -> Place:
    """The place that says the alt text of *image*."""
    path = "" if image.file else image.path
    return Place(image.source, image.line, path, image.alt)


def said(alt: str | None) -> str:
    """An alt text as sheets have it: on one line, ``""`` for none."""
    if not alt or (alt.isprintable() and "  " not in alt):
        return (alt or "").strip()  # the common case
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", alt)).strip()


def alt_digest(alt: str | None) -> str:
    """The digest of an alt text in a key: none is not the same as an empty one."""
    return _digest(10, "" if alt is None else f"={said(alt)}")


def keys(pages: Mapping[str, Page]) -> dict[Place, Key]:
    """The key of each place that says the alt text of a picture in the book."""
    around: dict[Place, list[str]] = defaultdict(list)
    for page in pages.values():
        for figure in page.figures():
            for image in figure.images:
                around[place_of(image)].append(_around(page, figure))
    alike: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, contexts in around.items():
        # What is used here and there is in no one place.
        context = contexts[0] if len(set(contexts)) == 1 else ""
        parts = (_digest(10, place.source, place.path), _digest(6, context))
        alike[parts].append(place)
    found = {}
    for (of_place, of_around), places in alike.items():
        # Those on one line stay in their document's order, whatever they say.
        places.sort(key=lambda place: place.line or 0)
        for nth, place in enumerate(places, 1):
            digest = alt_digest(place.alt)
            found[place] = Key(of_place, of_around, nth, len(places), digest)
    return found


def placed(part: VolumeList, known: Mapping[Place, Key]) -> Iterator[Placed]:
    """The places of a volume's pictures, in reading order.

    :param known: from :func:`keys`.
    """
    uses: dict[Place, int] = defaultdict(int)
    first: dict[Place, Placed] = {}
    for chapter in part.chapters:
        for entry in chapter.entries:
            of_entry = dict.fromkeys(map(place_of, entry.figure.images))
            for place in of_entry:
                uses[place] += 1
            for image in entry.figure.images:
                place = place_of(image)
                row = Placed(known[place], place, chapter, entry, image, 0)
                first.setdefault(place, row)
    return (row._replace(uses=uses[place]) for place, row in first.items())


def _around(page: Page, figure: Figure) -> str:
    if figure.names:
        return f"name {figure.names[0]}"
    if figure.caption:
        return f"caption {said(text(figure.caption))}"
    section = figure.sections[-1] if figure.sections else ""
    return f"section {page.titles.get(section, section)}"


def _digest(size: int, *parts: object) -> str:
    whole = repr(parts).encode(errors="surrogatepass")
    return blake2b(whole, digest_size=size // 2).hexdigest()


def matching(key: Key, known: Iterable[tuple[Place, Key]]) -> list[Place]:
    """The places that a key of another day may stand for: one, where that is sure."""
    same = [(place, other) for place, other in known if other.place == key.place]
    around = [pair for pair in same if pair[1].around == key.around]
    if around:
        same = around
        if len(same) == key.total:
            return [place for place, other in same if other.nth == key.nth]
    if len(same) > 1:
        with_text = [pair for pair in same if pair[1].alt == key.alt]
        same = with_text or same
    return [place for place, _ in same]
