"""Places of alt texts in MyST's Markdown, as its own parser finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from . import html, inline, rst
from .myst_options import options, scalar
from .sites import DRAWING, Site
from .source import Line, Splice, continued, new_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DIRECTIVE: Final = re.compile(
    r"\{(?P<name>[^{}\s]+)\}[ \t]*(?P<argument>.*)", re.DOTALL
)
#: What is in these is no Markdown.
_VERBATIM: Final = frozenset(
    {"code", "code-block", "code-cell", "literalinclude", "math", "raw", "sourcecode"}
)
_CARD_PICTURES: Final = ("img-top", "img-bottom", "img-background")


def sites(lines: Sequence[Line], line_end: str, md: MarkdownIt) -> Iterator[Site]:
    """The places in a text of these lines.

    :param md: from :func:`.inline.parser`.
    """
    text = "\n".join(line.text for line in lines)
    env: dict[str, Any] = {}
    found = inline.Finder(lines, md, env)
    table = 0
    for token in md.parse(text, env):
        if token.type in {"table_open", "table_close"}:
            table = lines[token.map[0]].number if token.map else 0
        if token.type in {"fence", "colon_fence"}:
            yield from _fence(lines, line_end, md, token)
        elif token.type == "html_block":
            assert token.map is not None
            yield from html.sites(lines[token.map[0] : token.map[1]])
        elif token.type == "inline":
            yield from found(token, table)


def _fence(
    lines: Sequence[Line], line_end: str, md: MarkdownIt, token: Token
) -> Iterator[Site]:
    assert token.map is not None
    opening = lines[token.map[0]]
    said = _DIRECTIVE.match(token.info.strip())
    name = said["name"].lower() if said else token.info.strip()
    if name in _VERBATIM or not (said or name in DRAWING):
        return
    inner = _content(lines, token)
    if name == "eval-rst":
        yield from rst.sites(inner, line_end)
        return
    fence = opening.text.find(token.markup)
    lead = continued(opening.lead + opening.text[: max(fence, 0)])
    given = options(opening, inner, lead)
    argument = said["argument"].strip() if said else ""
    end = (
        inner[given.body - 1].number if 0 < given.body <= len(inner) else opening.number
    )
    for target, key in (
        (argument, "alt"),
        *((one.value, "img-alt") for one in given.options if one.key in _CARD_PICTURES),
    ):
        draws = name in DRAWING and key == "alt"
        option = next((one for one in given.options[::-1] if one.key == key), None)
        if target or draws:
            yield Site(
                first=opening.number,
                last=end,
                targets=(target,) if target else (),
                alt=option.value if option else None,
                form=name,
                draws=draws,
                edit=option.edited
                if option
                else partial(_added, given.after, given.lead, key, line_end),
            )
    if name not in DRAWING:
        yield from sites(inner[given.body :], line_end, md)


def _added(after: Line, lead: str, key: str, line_end: str, alt: str) -> list[Splice]:
    text = f"{key}: {scalar(alt)}" if alt else f"{key}:"
    return [new_lines(after, lead, [text], line_end)]


def _content(lines: Sequence[Line], token: Token) -> list[Line]:
    """The lines of a fence's content, without what stands before each in the file."""
    assert token.map is not None
    rows = token.content.split("\n")[:-1] if token.content else []
    return list(_behind(lines[token.map[0] + 1 :], rows))


def _behind(lines: Iterable[Line], rows: Iterable[str]) -> Iterator[Line]:
    for line, row in zip(lines, rows, strict=False):
        left = len(line.text) - len(row) if line.text.endswith(row) else 0
        yield line.cut(left)
