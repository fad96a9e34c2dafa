"""Credits: where a picture is from, as the end of a caption or legend says it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from docutils import nodes

from ..read.records import Content, Figure, Item
from .prose import enclosed, prose, sentence_end, split, strip

_APART: Final = re.compile(r"\(\?|\\[1-9]")
#: More than the words by which a credit begins.
_BEGINNING: Final = 200


def is_credit(words: str, credits: Iterable[str]) -> bool:
    """Whether *words* begin as a credit does, also one in brackets."""
    beginning = words[:_BEGINNING].lstrip("([（［ ")
    return any(pattern.match(beginning) for pattern in _patterns(tuple(credits)))


@lru_cache(maxsize=8)
def _patterns(credits: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """All patterns in one, where none counts its groups, names them or sets flags."""
    if credits and not any(map(_APART.search, credits)):
        credits = ("|".join(f"(?:{credit})" for credit in credits),)
    return tuple(re.compile(credit, re.IGNORECASE) for credit in credits)


def credit(content: Content, credits: Iterable[str]) -> Content:
    """The closing credit of a caption or legend, from its first word to the end.

    It begins a sentence, or stands in brackets, and is the last thing said: ``()``
    where there is none.
    """
    words, patterns = prose(content), tuple(credits)
    place = _sentence(words, patterns)
    if place is not None:
        return strip(split(content, place)[1])
    end = len(words.rstrip(" \t\n.\u3002"))
    if words[:end].endswith((")", "]", "）", "］")):
        start = next((one for one, closed in enclosed(words) if closed == end), end)
        if is_credit(words[start : start + _BEGINNING], patterns):
            return strip(split(split(content, end)[0], start)[1])
    return ()


def _sentence(words: str, credits: tuple[str, ...]) -> int | None:
    """Where the first sentence of *words* that is a credit begins."""
    start = 0
    while start < len(words):
        while start < len(words) and words[start].isspace():
            start += 1
        if is_credit(words[start : start + _BEGINNING], credits):
            return start
        start = sentence_end(words, start)
    return None


def credit_of(figure: Figure, credits: Iterable[str]) -> Content:
    """The closing credit of a figure's legend, else of its caption, else its origin."""
    patterns, legend = tuple(credits), figure.legend
    # A paragraph begins a sentence, whatever ends the one before.
    for place, item in enumerate(legend):
        said = flat((item,))
        start = _sentence(prose(said), patterns)
        if start is not None:
            return flat((*_tail(said, start), *legend[place + 1 :]))
    found = credit(flat(legend), patterns)
    return found or credit(figure.caption or (), patterns) or figure.origin


def _tail(content: Content, start: int) -> Content:
    """A paragraph of what *content* says from *start*."""
    return ((nodes.paragraph, (), strip(split(content, start)[1])),)


def flat(content: Content) -> Content:
    """Paragraphs and the like as inline content, a space between them."""
    inline: list[Item] = []
    for item in content:
        if isinstance(item, str) or issubclass(item[0], nodes.Inline):
            inline.append(item)
        elif children := flat(item[2]):
            if inline:
                inline.append(" ")
            inline.extend(children)
    return tuple(inline)
