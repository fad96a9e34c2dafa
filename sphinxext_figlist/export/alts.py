"""The sheet of alt texts, for those who write them: what stands in its rows.

It comes back, edited, to ``figlist apply``, which knows a row by its key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ..assemble.fields import is_data
from ..assemble.places import Placed, keys, placed, said
from ..check.finding import worded
from ..check.run import findings
from ..read.kinds import PICTURE
from .plain import clean

if TYPE_CHECKING:
    from ..assemble.model import VolumeList
    from .contents import Export

#: In English whatever the book's language, as in the figure log.
KEY: Final = "key"
ALT: Final = "alt text"
NEW: Final = "new alt text"
DECORATIVE: Final = "decorative"
COMMENT: Final = "comment"
THUMBNAIL: Final = "thumbnail"
#: What each column holds.
MEANINGS: Final = {
    KEY: "Identifies the row when the sheet comes back; do not change it.",
    "number": "The number of the figure; empty for a picture that is not a figure.",
    "page": "The printed page.",
    "chapter": "The chapter that the picture is in.",
    "section": "The section that the picture is in; says if it is used more than once.",
    "caption": "The figure's caption.",
    "legend": "The figure's legend.",
    "image file": "The picture file.",
    "alt status": "text: there is an alt text; decorative: none is needed; missing: "
    "there is none yet. Filter by this column to find missing alt texts.",
    ALT: "The present alt text; do not change it.",
    NEW: "For you: describe what the picture shows. Correct the present text, or write "
    "a new one. If the cell stays as it is or is empty, nothing changes.",
    DECORATIVE: "For you: yes, if readers can do without the picture; screen readers "
    "then skip it. no, if it needs an alt text after all.",
    COMMENT: "For you: anything that the author should know.",
    "findings": "What may be wrong with the alt text.",
    "label": "For the author: the figure's name in the sources.",
    "source file": "For the author: the source file that contains the alt text.",
    "line": "For the author: the line in that file.",
}
COLUMNS: Final = tuple(MEANINGS)
#: Those that are the editor's.
EDITABLE: Final = (NEW, DECORATIVE, COMMENT)


class Row(NamedTuple):
    """A row of the sheet."""

    placed: Placed
    #: What it says, in the order of :data:`COLUMNS`.
    cells: tuple[str, ...]


def rows(export: Export) -> list[Row]:
    """The rows of one volume, in reading order."""
    part = illustrated(export)
    known = keys(export.assembly.book.pages)
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for finding in findings(export.assembly, part, of_alts=True):
        found[id(finding.entry), finding.picture].append(worded(finding))
    return [
        Row(
            one,
            tuple(
                map(clean, _cells(export, one, found[id(one.entry), one.image.path]))
            ),
        )
        for one in placed(part, known)
    ]


def illustrated(export: Export) -> VolumeList:
    """The volume with all the pictures that the sheet covers."""
    volume = export.part.volume
    return next(p for p in export.assembly.illustrated() if p.volume == volume)


def _cells(export: Export, one: Placed, findings: Sequence[str]) -> Iterator[str]:
    entry, image, book = one.entry, one.image, export.assembly.book
    figure, chapter = entry.figure, one.chapter
    yield from (str(one.key), export.number(entry), entry.page)
    yield f"{chapter.number} {chapter.title}"
    yield _section(export, one)
    if figure.kind == PICTURE:
        yield from ("", "")
    else:
        texts = export.texts(entry)
        yield from (texts.plain_caption, texts.plain_legend)
    yield "" if is_data(image.path) else image.path
    yield status(image.alt)
    yield from (said(image.alt), said(image.alt))
    yield {None: "", "": "yes"}.get(image.alt, "no")
    yield ""
    yield "; ".join(dict.fromkeys(findings))
    yield from (book.label(figure) or "", one.place.source, str(one.place.line or ""))


def status(alt: str | None) -> str:
    """Whether a picture has an alt text, and whether it needs one."""
    if alt is None or (alt and not said(alt)):
        return "missing"
    return "text" if alt else "decorative"


def _section(export: Export, one: Placed) -> str:
    book, figure = export.assembly.book, one.entry.figure
    words = ""
    if figure.sections:
        number = book.section_number(figure.docname, figure.sections[-1])
        title = book.section_title(figure.docname, figure.sections[-1])
        words = f"{'.'.join(map(str, number))} {title}"
    if one.uses > 1:
        words += f" (used {one.uses} times)"
    return words
