"""Inline Markdown as MyST reads it: the parser, and titles as frozen content.

markdown-it is imported when there is something to parse, not before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from docutils import nodes

from ..read.records import Content, Item

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ELEMENTS: Final[dict[str, type[nodes.Element]]] = {
    "em": nodes.emphasis,
    "strong": nodes.strong,
    "sub": nodes.subscript,
    "sup": nodes.superscript,
    "a": nodes.reference,
}
#: The HTML that :mod:`..export.markup` writes, which a title may quote.
_TAG: Final = re.compile("<(/?)(em|strong|sub|sup)>")


def parser() -> MarkdownIt:
    """A new parser of CommonMark and dollar math, with MyST's default settings."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    return MarkdownIt("commonmark").use(
        dollarmath_plugin, allow_space=True, allow_digits=True, double_inline=False
    )


_shared_parser = lru_cache(maxsize=1)(parser)


def parsed(words: str) -> Content:
    """*words*, one line of inline Markdown, as content."""
    return _content(_shared_parser().parseInline(words)[0].children or ())


@dataclass
class _Open:
    """An element that is yet to end; its tag as it stands, if that is HTML."""

    tag: str = ""
    html: str = ""
    attributes: tuple[tuple[str, object], ...] = ()
    items: list[Item] = field(default_factory=list)


def _content(tokens: Iterable[Token]) -> Content:
    stack = [_Open()]
    for token in tokens:
        html = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
        if token.nesting > 0:
            url = (("refuri", token.attrs["href"]),) if token.tag == "a" else ()
            stack.append(_Open(token.tag, attributes=url))
        elif html and not html[1]:
            stack.append(_Open(html[2], html=html[0]))
        elif token.nesting < 0:
            while stack[-1].html:
                _leave(stack)
            _close(stack)
        elif html and stack[-1].html and stack[-1].tag == html[2]:
            _close(stack)
        else:
            stack[-1].items += _leaf(token)
    while len(stack) > 1:
        _leave(stack)
    return _joined(stack[0].items)


def _close(stack: list[_Open]) -> None:
    ended = stack.pop()
    element = (_ELEMENTS[ended.tag], ended.attributes, _joined(ended.items))
    stack[-1].items.append(element)


def _leave(stack: list[_Open]) -> None:
    """Take an HTML tag that does not end as text."""
    unended = stack.pop()
    stack[-1].items += [unended.html, *unended.items]


def _leaf(token: Token) -> Content:
    match token.type:
        case "code_inline":
            return ((nodes.literal, (), (token.content,)),)
        case "math_inline":
            return ((nodes.math, (), (token.content,)),)
        case "image":
            return tuple(child.content for child in token.children or ())
        case "html_inline" if token.content == "<!-- -->":
            return ()
        case _:
            return (token.content,)


def _joined(items: Iterable[Item]) -> Content:
    """*items* with neighbouring texts as one."""
    joined: list[Item] = []
    for item in items:
        if joined and isinstance(item, str) and isinstance(joined[-1], str):
            joined[-1] += item
        elif item:
            joined.append(item)
    return tuple(joined)
