"""Checks of alt texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from ..assemble.fields import is_data, lacks_alt
from ..read.content import text
from ..words import N_
from .finding import Finding, Part, cut
from .phrases import ARTICLE, BARE, PHRASES

_FILE: Final = re.compile(
    r"\S+\.(avif|bmp|eps|gif|heic|jpe?g|pdf|png|ps|svgz?|tiff?|webp)", re.IGNORECASE
)
#: A file's name, without its suffix, that no one would take for a description.
_NO_WORDS: Final = re.compile(r"\S*[\d_-]\S*")


def missing_alt(part: Part) -> Iterator[Finding]:
    """A picture has no alt text.

    A picture is declared decorative by an empty ``:alt:`` or an empty HTML ``alt=""``,
    and then needs no alt text. Markdown's ``![](picture.png)`` does not declare this.
    An alt text of white space counts as none.
    """
    for entry in part.entries:
        if not entry.figure.images and lacks_alt(entry.figure):
            yield Finding(
                entry, N_("the figure has no picture that could have an alt text")
            )
        for image in entry.figure.images:
            if image.alt is None:
                message = N_(
                    "no alt text for %(image)s; describe the picture in :alt:, or "
                    "leave :alt: empty if it is decorative"
                )
                if not image.path or is_data(image.path):
                    message = N_("no alt text; describe the picture in :alt:")
                yield Finding(entry, message, {"image": image.path}, image.path)


def alt_repeats_caption(part: Part) -> Iterator[Finding]:
    """The alt text only repeats the caption or the title.

    People who listen to the page hear the same words twice, and nothing about the
    picture. Case, punctuation and spaces are ignored.
    """
    for entry, image, alt in part.alts():
        caption = entry.figure.caption or ()
        title = entry.title
        said = {_letters(text(words)) for words in (caption, title.shown, title.rest)}
        if _letters(alt) in said - {""}:
            message = N_(
                "the alt text repeats the caption; describe what the picture shows"
            )
            yield Finding(entry, message, {}, image.path)


def alt_length(part: Part) -> Iterator[Finding]:
    """The alt text has more than ``figlist_alt_max`` characters.

    Screen readers read it in one go, and listeners cannot pause or go back. Put a long
    description into the text, where all readers have it.
    """
    limit = part.assembly.settings.alt_max
    for entry, image, alt in part.alts():
        if len(alt) > limit:
            message = N_(
                "the alt text has %(length)d characters, more than %(limit)d; "
                "shorten it, and move details into the text"
            )
            values = {"length": len(alt), "limit": limit}
            yield Finding(entry, message, values, image.path)


def alt_phrase(part: Part) -> Iterator[Finding]:
    """The alt text says "image of" or "picture of", or is only "diagram".

    Screen readers already announce that there is a picture. The kind of picture may be
    part of the description ("Diagram of a lens, cut in half"), but alone it describes
    nothing. The check knows the phrases of English and of the book's language.
    """
    language = str(part.assembly.env.config.language or "en").lower()[:2]
    languages = [code for code in dict.fromkeys(("en", language)) if code in PHRASES]
    phrases = [re.compile(PHRASES[code], re.IGNORECASE) for code in languages]
    kinds = "|".join(BARE[code] for code in languages)
    bare = re.compile(rf"{ARTICLE}({kinds})[.:。：]?", re.IGNORECASE)
    for entry, image, alt in part.alts():
        if bare.fullmatch(alt):
            message = N_(
                'the alt text is only "%(phrase)s"; describe what the picture shows'
            )
            yield Finding(entry, message, {"phrase": alt}, image.path)
            continue
        for found in filter(None, (phrase.match(alt) for phrase in phrases)):
            message = N_(
                'the alt text says "%(phrase)s", as screen readers do anyway; '
                "describe only what the picture shows"
            )
            yield Finding(entry, message, {"phrase": cut(found[0])}, image.path)
            break


def alt_filename(part: Part) -> Iterator[Finding]:
    """The alt text is the name of a file.

    This is any file name with the suffix of a picture format, or the picture's own name
    without the suffix if it contains a digit, a hyphen or an underscore (``IMG_2041``,
    ``fig-3``).
    """
    for entry, image, alt in part.alts():
        name = image.path.rpartition("/")[2]
        stem = name.rpartition(".")[0]
        no_words = _NO_WORDS.fullmatch(stem) and stem
        if _FILE.fullmatch(alt) or alt in {name, image.path, no_words}:
            message = N_(
                'the alt text "%(alt)s" is the name of a file; '
                "describe what the picture shows"
            )
            yield Finding(entry, message, {"alt": cut(alt)}, image.path)


def _letters(words: str) -> str:
    """The letters and digits of *words*, in one case."""
    plain = normalize("NFKC", words)  # CO₂ is said as CO2
    return "".join(filter(str.isalnum, plain.casefold()))
