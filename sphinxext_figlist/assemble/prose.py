"""Running text in captions: its sentences, and what brackets and quotation marks hold.

Places in it are numbers of characters, where what is no prose counts as one.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import Final

from docutils import nodes

from ..read.records import Content, Item

#: Stands for an element whose characters are not the author's prose.
OPAQUE: Final = "\ufffc"
#: Elements whose text reads on with the text around them.
PROSE: Final = (
    nodes.emphasis,
    nodes.strong,
    nodes.inline,
    nodes.reference,
    nodes.subscript,
    nodes.superscript,
    nodes.abbreviation,
    nodes.title_reference,
)
#: The end of a sentence: also in Arabic and Urdu; in Chinese and Hindi always.
_STOP: Final = re.compile(
    r"[.!?\u061f\u06d4](?=\s+(\S))|[\u3002\uff01\uff1f\u0964\u0965]"
)
#: What ends what each of these begins.  Languages turn quotation marks differently.
_ENDS: Final = {
    "(": ")", "[": "]", "{": "}",
    "（": "）", "［": "］", "｛": "｝", "「": "」", "『": "』", "【": "】",
    "〈": "〉", "《": "》", "〔": "〕", "〖": "〗",
    '"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "〝": "〞〟",
}  # fmt: skip
#: What closes a title, and does not where titles stand in a list.
_STOPS: Final = (".", "\u3002", "\uff0e", "\u0964", "\u06d4")
#: Attributes of what stands in a caption and in no list.
_MARKS: Final = frozenset({"figlist_footnote", "figlist_citation"})
_OPENING_BRACKETS: Final = frozenset("([{（［｛「『【〈《〔〖")


def prose(content: Content) -> str:
    """The running text of *content*, in which math, code and the like are opaque."""
    return "".join(
        [item if isinstance(item, str) else _prose(item) for item in content]
    )


def _prose(item: Item) -> str:
    if isinstance(item, str):
        return item
    cls, attributes, children = item
    # A link within the book has words of another place, with colons of their own.
    linked = attributes and "figlist_target" in dict(attributes)
    if linked or not children or not issubclass(cls, PROSE):
        return OPAQUE
    return prose(children)


def sentence_end(words: str, start: int = 0) -> int:
    """Where the sentence of *words* that begins at *start* ends."""
    for stop in _STOP.finditer(words, start):
        if not stop[1] or not stop[1].islower():
            return stop.end()
    return len(words)


def opens_bracket(words: str) -> bool:
    """Whether *words* begin with an opening bracket."""
    return words[:1] in _OPENING_BRACKETS


def enclosed(words: str) -> list[tuple[int, int]]:
    """From where to where brackets and double quotation marks reach, pair by pair.

    A mark without its other half is a mark like any.
    """
    pairs = []
    waiting: list[tuple[int, str]] = []
    wanted: Counter[str] = Counter()
    for place, char in enumerate(words):
        if wanted[char]:
            while waiting:
                start, ends = waiting.pop()
                wanted.subtract(ends)
                if char in ends:
                    pairs.append((start, place + 1))
                    break
        elif char in _ENDS:
            waiting.append((place, _ENDS[char]))
            wanted.update(_ENDS[char])
    return pairs


def depths(words: str) -> list[int]:
    """How many pairs of brackets and quotation marks are around each character."""
    steps = [0] * (len(words) + 1)
    for start, end in enclosed(words):
        steps[start] += 1
        steps[end] -= 1
    return list(accumulate(steps))


def split(content: Content, at: int) -> tuple[Content, Content]:
    """Cut *content* in two after *at* characters of its prose."""
    for place, item in enumerate(content):
        size = len(item) if isinstance(item, str) else len(_prose(item))
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
            if not issubclass(cls, PROSE):
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
