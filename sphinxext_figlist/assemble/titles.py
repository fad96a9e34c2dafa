"""Titles: the part of a caption that names the figure.

``lead`` is the caption's bold lead without its closing colon or full stop, else
its text up to the first colon that a space follows or that ends a CJK clause,
inside its first sentence and outside brackets and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias

from docutils import nodes

from ..read.content import text
from ..read.records import Content, Item
from . import typed
from .credits import is_credit
from .markdown import parsed
from .prose import (
    depths,
    opens_bracket,
    prose,
    sentence_end,
    split,
    strip,
    without_stop,
)

#: Gives the length of the number that words begin with, as an author typed it.
Passed: TypeAlias = Callable[[str], int]

_CJK: Final = (
    "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
)
#: Not one between digits: a scale, or a time of day.
_COLON: Final = re.compile(rf"(?<!\d)\uff1a|\uff1a(?!\d)|:(?=\s)|(?<=[{_CJK}]):")
_LETTER: Final = re.compile(r"\(\w\)")
_CLOSING: Final = ":\uff1a.\u3002\u0964\u06d4"
_DASHES: Final = "\u2013\u2014"
#: What a bold lead ends in, or is followed by.
_ENDS: Final = f"{_CLOSING}{_DASHES}!?\uff01\uff1f\u061f"
#: A question or exclamation mark behind the bold is the title's own.
_ASKED: Final = re.compile(r"\s*[!?\uff01\uff1f\u061f]+")


class Title(NamedTuple):
    """A figure's title and what the caption says besides it."""

    #: None where the rule finds no title.
    content: Content | None
    #: The caption without the title, as a page that shows the title shows it.
    rest: Content
    #: What pages show where there is no title: the caption's first sentence.
    shown: Content
    #: The caption as files have it: its bold lead, where that is the title, is plain.
    caption: Content = ()

    @property
    def heading(self) -> Content:
        """*shown* as pages print it: titles in a list look alike, without a stop."""
        return without_stop(self.shown)


NO_TITLE: Final = Title(None, (), ())


def _passed(words: str) -> int:
    return typed.passed(words, "figure")


def title(
    caption: Content | None,
    rule: str,
    credits: tuple[str, ...],
    passed: Passed = _passed,
) -> Title:
    """The title of a figure with *caption* by *rule*.

    :param rule: ``lead``, ``sentence`` or ``caption``.
    :param credits: regular expressions for how a credit begins; no title is one.
    :param passed: what is passed over first.
    """
    if not caption:
        return NO_TITLE
    return _title(_after_number(caption, passed), rule, credits, caption)


def _after_number(caption: Content, passed: Passed) -> Content:
    """*caption* without the number that its author typed before it."""
    length = passed(prose(caption))
    return strip(split(caption, length)[1]) if length else caption


def _title(
    said: Content, rule: str, credits: tuple[str, ...], caption: Content
) -> Title:
    if rule == "caption":
        return Title(said, (), said, caption)
    bold = _bold(said) if rule == "lead" else None
    if bold and _names(bold[0], credits):
        return Title(bold[0], bold[1], bold[0], _unbolded(caption))
    words = prose(said)
    end = sentence_end(words)
    sentence, after = split(said, end)
    if rule == "sentence":
        return Title(sentence or None, strip(after), sentence, caption)
    if bold is None and (colon := _colon(words, end)):
        lead, rest = strip(split(said, colon[0])[0]), split(said, colon[1])[1]
        if _names(lead, credits):
            return Title(lead, strip(rest), lead, caption)
    return Title(None, strip(after), sentence, caption)


def _colon(words: str, end: int) -> tuple[int, int] | None:
    """Where the colon behind a lead is, before *end*."""
    colons = [colon.span() for colon in _COLON.finditer(words, 0, end)]
    around = depths(words) if colons else []
    return next((span for span in colons if not around[span[0]]), None)


def given(
    caption: Content | None, words: str | None, passed: Passed = _passed
) -> Title:
    """The title that a function of the user's gave, in Markdown."""
    base = title(caption, "sentence", (), passed)
    if not words or not words.strip():
        return Title(None, base.rest, base.shown, caption or ())
    content = parsed(" ".join(words.split()))
    length = len(prose(content))
    for said in (caption or (), _after_number(caption or (), passed)):
        whole = prose(said).startswith(prose(content))
        if whole and text(said).startswith(text(content)):
            head, rest = split(said, length)
            return Title(content, strip(rest, _CLOSING), head, caption or ())
    return Title(content, caption or (), content, caption or ())


def _bold(said: Content) -> tuple[Content, Content] | None:
    """The bold lead without its closing colon or stop, and the rest."""
    body = strip(said)
    lead = _plain(body[0]) if body else None
    if lead is None:
        return None
    rest = body[1:]
    inside, behind = prose(lead).rstrip(), prose(rest)
    if asked := _ASKED.match(behind):
        return (*strip(lead), behind[: asked.end()].strip()), strip(
            split(rest, asked.end())[1]
        )
    following = behind.strip()[:1]
    if not (
        not following
        or inside[-1:] in tuple(_ENDS)
        or following in tuple(_ENDS)
        or following.isupper()
        or opens_bracket(following)
        or _is_mark(strip(rest)[0])
    ):
        return None
    if inside[-1:] in tuple(_CLOSING + _DASHES) and not inside.endswith(".."):
        lead = split(lead, len(inside) - 1)[0]
    return strip(lead), strip(rest, left=_CLOSING + _DASHES)


def _plain(item: Item) -> Content | None:
    """Bold text without its bold; None for what is not."""
    if isinstance(item, str):
        return None
    cls, attributes, children = item
    if issubclass(cls, nodes.strong):
        return children
    if issubclass(cls, nodes.emphasis) and len(children) == 1:
        inner = _plain(children[0])
        return None if inner is None else ((cls, attributes, inner),)
    return None


def _is_mark(item: Item) -> bool:
    """Whether *item* is the mark of a citation or footnote."""
    if isinstance(item, str):
        return False
    attributes = dict(item[1])
    cited = attributes.get("refdomain") in {"cite", "citation"}
    return cited or bool({"figlist_footnote", "figlist_citation"} & attributes.keys())


def _names(lead: Content, credits: Iterable[str]) -> bool:
    """Whether *lead* can name a figure."""
    words = text(lead).strip()
    return bool(words) and not (
        _LETTER.fullmatch(words) or is_credit(words + ": ", credits)
    )


def _unbolded(caption: Content) -> Content:
    """*caption* with its bold lead in plain type."""
    for place, item in enumerate(caption):
        if (plain := _plain(item)) is not None:
            return (*caption[:place], *plain, *caption[place + 1 :])
    return caption
