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
#: What a bold lead is parted by from what follows.
_PARTING: Final = f"{_CLOSING}\u2013\u2014"
#: What a bold lead ends in, or is followed by.
_ENDS: Final = frozenset(f"{_PARTING}!?\uff01\uff1f\u061f")
#: A question or exclamation mark behind the bold is the title's own.
_ASKED: Final = re.compile(r"\s*[!?\uff01\uff1f\u061f]+")


class Title(NamedTuple):
    """A figure's title and what the caption says besides it."""

    #: None where the rule finds no title.
    content: Content | None
    #: What pages show where there is no title: the caption's first sentence.
    shown: Content
    #: The caption, and the same without the number that its author typed before it.
    whole: Content = ()
    said: Content = ()
    #: How much of that the title takes, and what may part it from the rest.
    end: int = 0
    parting: str = ""
    #: Whether the title is a bold lead.
    is_bold: bool = False

    @property
    def heading(self) -> Content:
        """*shown* as pages print it: titles in a list look alike, without a stop."""
        return without_stop(self.shown)

    @property
    def rest(self) -> Content:
        """The caption without the title, as a page that shows the title shows it."""
        if not self.end:
            return self.said
        return strip(split(self.said, self.end)[1], self.parting)

    @property
    def caption(self) -> Content:
        """The caption as files have it: a bold lead that is the title is plain."""
        return _unbolded(self.whole) if self.is_bold else self.whole


NO_TITLE: Final = Title(None, ())


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
    said, words = _after_number(caption, passed)
    if rule == "caption":
        return Title(said, said, caption, said, len(words))
    bold = _bold(said, words) if rule == "lead" else None
    if bold and _names(bold[0], credits):
        lead, end, parting = bold
        return Title(lead, lead, caption, said, end, parting, is_bold=True)
    end = sentence_end(words)
    sentence = split(said, end)[0]
    if rule == "sentence":
        return Title(sentence or None, sentence, caption, said, end)
    if bold is None and (colon := _colon(words, end)):
        lead = strip(split(said, colon[0])[0])
        if _names(lead, credits):
            return Title(lead, lead, caption, said, colon[1])
    return Title(None, sentence, caption, said, end)


def _after_number(caption: Content, passed: Passed) -> tuple[Content, str]:
    """*caption* without the number that its author typed before it, and its prose."""
    words = prose(caption)
    if length := passed(words):
        caption = strip(split(caption, length)[1])
        words = prose(caption)
    return caption, words


def _colon(words: str, end: int) -> tuple[int, int] | None:
    """Where the colon behind a lead is, before *end*."""
    if ":" not in words and "\uff1a" not in words:
        return None
    colons = [colon.span() for colon in _COLON.finditer(words, 0, end)]
    around = depths(words) if colons else []
    return next((span for span in colons if not around[span[0]]), None)


def given(
    caption: Content | None, words: str | None, passed: Passed = _passed
) -> Title:
    """The title that a function of the user's gave, in Markdown."""
    caption = caption or ()
    if not words or not words.strip():
        return title(caption, "sentence", (), passed)._replace(content=None)
    content = parsed(" ".join(words.split()))
    length = len(prose(content))
    for said in (caption, _after_number(caption, passed)[0]):
        whole = prose(said).startswith(prose(content))
        if whole and text(said).startswith(text(content)):
            head = split(said, length)[0]
            return Title(content, head, caption, said, length, _CLOSING)
    return Title(content, content, caption, caption)


def _bold(said: Content, words: str) -> tuple[Content, int, str] | None:
    """The bold lead of a caption without its closing colon or stop.

    :returns: also how much of the caption's prose it takes, and what may part it from
        the rest.
    """
    place, lead = 0, None
    for at, item in enumerate(said):
        if not isinstance(item, str) or item.strip():
            place, lead = at, _plain(item)
            break
    if lead is None:
        return None
    rest = said[place + 1 :]
    behind, inside = prose(rest), prose(lead).rstrip()
    end = len(words) - len(behind)
    if asked := _ASKED.match(behind):
        mark = behind[: asked.end()].strip()
        return (*strip(lead), mark), end + asked.end(), ""
    last, following = inside[-1:], behind.lstrip()[:1]
    if not (
        not following
        or last in _ENDS
        or following in _ENDS
        or following.isupper()
        or opens_bracket(following)
        or _is_mark(strip(rest)[0])
    ):
        return None
    if last and last in _PARTING and not inside.endswith(".."):
        lead = split(lead, len(inside) - 1)[0]
    return strip(lead), end, _PARTING


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
