"""Inline Markdown as frozen content, for titles that a user's function gives."""

from __future__ import annotations

import re
from typing import Final

from docutils import nodes

from ..read.records import Content, Item

#: What :mod:`..export.markup` writes, read back: the forms that a title can have.
_INLINE: Final = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~])
    | (?P<fence>`+)(?P<code>.+?)(?<!`)(?P=fence)(?!`)
    | \$(?P<math>[^$]+)\$
    | \*\*(?P<strong>(?:\\.|[^*\\]|\*(?!\*))+)\*\*
    | \*(?P<emphasis>(?:\\.|[^*\\])+)\*
    | \[(?P<text>(?:\\.|[^\]\\])+)\]\((?P<url>[^()\s]+)\)
    """,
    re.VERBOSE,
)


def parsed(words: str) -> Content:
    """*words*, inline Markdown, as content."""
    content: list[Item] = []
    at = 0
    for match in _INLINE.finditer(words):
        content.append(words[at : match.start()])
        content.append(_element(match))
        at = match.end()
    content.append(words[at:])
    return _joined(content)


def _element(match: re.Match[str]) -> Item:
    if match["escaped"]:
        return match["escaped"]
    if match["code"]:
        return (nodes.literal, (), (match["code"].strip() or match["code"],))
    if match["math"]:
        return (nodes.math, (), (match["math"],))
    if match["strong"]:
        return (nodes.strong, (), parsed(match["strong"]))
    if match["emphasis"]:
        return (nodes.emphasis, (), parsed(match["emphasis"]))
    return (nodes.reference, (("refuri", match["url"]),), parsed(match["text"]))


def _joined(items: list[Item]) -> Content:
    """*items* with neighbouring texts as one."""
    joined: list[Item] = []
    for item in items:
        if joined and isinstance(item, str) and isinstance(joined[-1], str):
            joined[-1] += item
        elif item:
            joined.append(item)
    return tuple(joined)
