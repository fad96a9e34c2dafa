"""Checks of alt texts that are placeholders, duplicates or contradictions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..words import N_
from .finding import Finding, Part, cut, named

if TYPE_CHECKING:
    from ..assemble.model import Entry
    from ..read.records import Image

_PLACEHOLDER: Final = re.compile(
    r"(\W*(to ?do|tb[ad]|fix ?me|xxx+|wip|n/?a|none|null|unknown|untitled|placeholder"
    r"|alt([ -]?text)?( here| goes here)?|text|description|(add|insert|write|missing)"
    r" (the |an? )?(alt([ -]?text)?|description|text)( here)?|lorem ipsum.*|\w)\W*"
    r"|\W*(to ?do|tb[ad]|fix ?me|xxx+)\s*[:\-\u2013].*"
    r"|\W*(abbildung|bild|diagram|fig(ure|ura)?|foto|grafik|graph(ic)?|ima?ge?n?|"
    r"image[mn]?|immagine|photo|pic(ture)?|plot|screenshot|table|\u56fe|\u56f3|\u753b\u50cf)"
    r"[ ._-]*\d+([ ._-]?\d+)*\W*)",
    re.IGNORECASE,
)
#: What says of a file or folder for which output or colours it is.
_FORM: Final = re.compile(
    r"(^|[-_.@])(light|dark|day|night|print|screen|web|html|pdf|epub|latex|svg|png|mono"
    r"|bw|gr[ea]y|colou?r|hires|lowres|[1-4]x)(?=$|[-_.@])",
    re.IGNORECASE,
)


def alt_placeholder(part: Part) -> Iterator[Finding]:
    """The alt text is a placeholder.

    Examples are "TODO", "alt", "image 1", and a text without any letter.
    """
    for entry, image, alt in part.alts():
        if _PLACEHOLDER.fullmatch(alt) or not any(map(str.isalpha, alt)):
            message = N_(
                'the alt text "%(alt)s" is a placeholder; describe what the '
                "picture shows"
            )
            yield Finding(entry, message, {"alt": cut(alt)}, image.path)


def alt_duplicate(part: Part) -> Iterator[Finding]:
    """Two different pictures of a volume have the same alt text.

    Case and punctuation are ignored. Variants of one picture, for light and dark pages
    or for several outputs, count as one picture.
    """
    alike: dict[str, list[tuple[Entry, Image]]] = defaultdict(list)
    for entry, image, alt in part.alts():
        words = "".join(filter(str.isalnum, alt.casefold()))
        alike[words or alt].append((entry, image))
    for pictures in alike.values():
        first_entry, first = pictures[0]
        for entry, image in pictures[1:]:
            if not _is_same(first_entry, first, entry, image):
                message = N_(
                    'same alt text as "%(other)s"; say how the pictures differ'
                )
                values = {"other": named(part.assembly, first_entry, width=60)}
                yield Finding(entry, message, values, image.path)


def decorative_caption(part: Part) -> Iterator[Finding]:
    """The picture is declared decorative, but has a caption.

    A picture with a caption has content, so describe this content.
    """
    for entry, image in part.pictures():
        if image.alt == "" and entry.figure.caption:
            message = N_(
                "declared decorative, but it has a caption; describe the picture in "
                ":alt:"
            )
            yield Finding(entry, message, {}, image.path)


def _is_same(entry: Entry, image: Image, other: Entry, another: Image) -> bool:
    """Whether two pictures are one, or forms of one."""
    if image.path and _form(image.path) == _form(another.path):
        return True
    if entry is other and (image.classes or another.classes):
        return image.classes != another.classes
    if entry.figure.line and entry.figure.line == other.figure.line:
        return entry.figure.source == other.figure.source  # two nodes of one directive
    return False


def _form(path: str) -> list[str]:
    """A picture's path, whatever form of it this is."""
    folder, _, name = path.rpartition("/")
    parts = [*folder.split("/"), name.rpartition(".")[0] or name]
    return [part for part in (_FORM.sub("", part) for part in parts) if part]
