"""Titles: the part of a caption that names the figure.

``lead`` is the caption's bold lead without its closing colon or full stop, else
its text up to the first colon that a space follows or that ends a CJK clause,
inside its first sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from docutils import nodes

from ..read.content import text
from ..read.records import Content, Item
from .markdown import parsed

#: Stands for an element whose characters are not the author's prose.
_OPAQUE: Final = "\ufffc"
#: Elements whose text reads on with the text around them.
_PROSE: Final = (
    nodes.emphasis,
    nodes.strong,
    nodes.inline,
    nodes.reference,
    nodes.subscript,
    nodes.superscript,
    nodes.abbreviation,
    nodes.title_reference,
)
_CJK: Final = (
    "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
)
_COLON: Final = re.compile(rf"\uff1a|:(?=\s)|(?<=[{_CJK}]):")
_STOP: Final = re.compile(r"[.!?](?=\s+(\S))|[\u3002\uff01\uff1f]")
_APART: Final = re.compile(r"\(\?|\\[1-9]")
_LETTER: Final = re.compile(r"\(\w\)")
_CLOSING: Final = ":\uff1a.\u3002"
_STOPS: Final = (".", "\u3002", "\uff0e", "\u0964")
#: Attributes of what stands in a caption and in no list.
_MARKS: Final = frozenset({"figlist_footnote", "figlist_citation"})


class Title(NamedTuple):
    """A figure's title and what the caption says besides it."""

    #: None where the rule finds no title.
    content: Content | None
    #: The caption without the title, as a page that shows the title shows it.
    rest: Content
    #: What pages show where there is no title: the caption's first sentence.
    shown: Content

    @property
    def heading(self) -> Content:
        """*shown* as pages print it: titles in a list look alike, without a stop."""
        return without_stop(self.shown)


NO_TITLE: Final = Title(None, (), ())


def title(
    caption: Content | None,
    rule: str,
    credits: tuple[str, ...],
) -> Title:
    """The title of a figure with *caption* by *rule*.

    :param rule: ``lead``, ``sentence`` or ``caption``.
    :param credits: regular expressions for how a credit begins; no title is one.
    """
    if not caption:
        return NO_TITLE
    if rule == "caption":
        return Title(caption, (), caption)
    bold = _bold(caption) if rule == "lead" else None
    if bold and _names(bold[0], credits):
        return Title(bold[0], bold[1], bold[0])
    sentence, after = split(caption, sentence_end(prose(caption)))
    after = strip(after)
    if rule == "sentence":
        return Title(sentence, after, sentence)
    if bold is None and (colon := _COLON.search(prose(sentence))):
        lead, rest = (
            strip(split(caption, colon.start())[0]),
            split(caption, colon.end())[1],
        )
        if _names(lead, credits):
            return Title(lead, strip(rest), lead)
    return Title(None, after, sentence)


def given(caption: Content | None, words: str | None) -> Title:
    """The title that a function of the user's gave, in Markdown."""
    base = title(caption, "sentence", ())
    if not words or not words.strip():
        return Title(None, base.rest, base.shown)
    content = parsed(" ".join(words.split()))
    said, whole = text(content), text(caption or ())
    if prose(caption or ()).startswith(prose(content)) and whole.startswith(said):
        head, rest = split(caption or (), len(prose(content)))
        return Title(content, strip(rest, _CLOSING), head)
    return Title(content, caption or (), content)


def _bold(caption: Content) -> tuple[Content, Content] | None:
    """The caption's bold lead without its closing colon or stop, and the rest."""
    body = strip(caption)
    first = body[0] if body else ""
    if isinstance(first, str) or not issubclass(first[0], nodes.strong):
        return None
    return strip(first[2], right=_CLOSING), strip(body[1:], left=_CLOSING)


def _names(lead: Content, credits: Iterable[str]) -> bool:
    """Whether *lead* can name a figure."""
    words = text(lead).strip()
    return bool(words) and not (
        _LETTER.fullmatch(words) or is_credit(words + ": ", credits)
    )


def is_credit(words: str, credits: Iterable[str]) -> bool:
    """Whether *words* begin as a credit does, also one in brackets."""
    said = words.lstrip("([")
    return any(pattern.match(said) for pattern in _patterns(tuple(credits)))


@lru_cache(maxsize=8)
def _patterns(credits: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """All patterns in one, where none counts its groups, names them or sets flags."""
    alone = tuple(re.compile(credit, re.IGNORECASE) for credit in credits)
    if alone and not any(_APART.search(credit) for credit in credits):
        whole = "|".join(f"(?:{credit})" for credit in credits)
        return (re.compile(whole, re.IGNORECASE),)
    return alone


def credit(content: Content, credits: Iterable[str]) -> Content:
    """The closing credit of a caption or legend, from its first word to the end.

    It begins a sentence and is the last thing said: ``()`` where there is none.
    """
    words, patterns = prose(content), tuple(credits)
    start = 0
    while start < len(words):
        if is_credit(words[start:].lstrip(), patterns):
            return strip(split(content, start)[1])
        start += sentence_end(words[start:])
        start += len(words[start:]) - len(words[start:].lstrip())
    return ()


def prose(content: Content) -> str:
    """The running text of *content*, in which math, code and the like are opaque."""
    return "".join(_prose(item) for item in content)


def _prose(item: Item) -> str:
    if isinstance(item, str):
        return item
    cls, attributes, children = item
    # A link within the book has words of another place, with colons of their own.
    linked = "figlist_target" in dict(attributes)
    if linked or not children or not issubclass(cls, _PROSE):
        return _OPAQUE
    return prose(children)


def sentence_end(words: str) -> int:
    """Where the first sentence of *words* ends."""
    for stop in _STOP.finditer(words):
        if not stop[1] or not stop[1].islower():
            return stop.end()
    return len(words)


def split(content: Content, at: int) -> tuple[Content, Content]:
    """Cut *content* in two after *at* characters of its prose."""
    for place, item in enumerate(content):
        size = len(_prose(item))
        if at >= size:
            at -= size
            continue
        if at == 0:
            return content[:place], content[place:]
        head: Item
        tail: Item
        if isinstance(item, str):
            head, tail = item[:at], item[at:]
        else:
            left, right = split(item[2], at)
            head, tail = (item[0], item[1], left), (item[0], item[1], right)
        return (*content[:place], head), (tail, *content[place + 1 :])
    return content, ()


def strip(content: Content, left: str = "", right: str = "") -> Content:
    """*content* without white space, nor these characters, at its ends."""
    items = list(content)
    while items and isinstance(items[0], str):
        kept = items[0].lstrip()
        if left and kept[:1] in tuple(left):
            kept, left = kept[1:].lstrip(), ""
        if kept:
            items[0] = kept
            break
        items.pop(0)
    while items and isinstance(items[-1], str):
        kept = items[-1].rstrip()
        if right and kept[-1:] in tuple(right):
            kept, right = kept[:-1].rstrip(), ""
        if kept:
            items[-1] = kept
            break
        items.pop()
    return tuple(items)


def without_stop(content: Content) -> Content:
    """*content* without the full stop that ends it."""
    for place in range(len(content) - 1, -1, -1):
        item = content[place]
        changed: Item
        if isinstance(item, str):
            if not item.strip():
                continue
            words = item.rstrip()
            if not words.endswith(_STOPS) or _is_part(words[-4:-1]):
                return content
            changed = words[:-1]
        else:
            cls, attributes, children = item
            if any(name in _MARKS for name, _ in attributes):
                continue
            if not issubclass(cls, _PROSE):
                return content
            changed = (cls, attributes, without_stop(children))
        if changed == item:
            return content
        return (*content[:place], changed, *content[place + 1 :])
    return content


def _is_part(before: str) -> bool:
    """Whether a stop belongs to what is *before* it: an ellipsis, an "a.m."."""
    letters = before.replace(".", "", 1)
    return before.endswith((".", "\u2026")) or (
        before[1:2] == "." and len(letters) == 2 and letters.isalpha()
    )


def unbolded(caption: Content) -> Content:
    """*caption* with its bold lead in plain type."""
    for place, item in enumerate(caption):
        if isinstance(item, str):
            if item.strip():
                break
        elif issubclass(item[0], nodes.strong):
            return (*caption[:place], *item[2], *caption[place + 1 :])
        else:
            break
    return caption
