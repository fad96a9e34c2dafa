"""Which literal characters of a line of Markdown need a backslash.

A line is written bare and read by markdown-it, each of whose rules is made to note
where it found what. What acts without being meant to gets a backslash at both ends,
and the line is read again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from ..assemble.markdown import parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    _Rule: TypeAlias = Callable[[StateInline, bool], bool]

LITERAL: Final = 0
ESCAPED: Final = -1

#: Text without any of these cannot hold inline syntax.
ACTIVE: Final = re.compile(r"[\\`*_$<&]|\]\(")

#: How often a line is read: enough for any that was not written to need more.
_READINGS: Final = 8
#: More literal characters than this that could act are all escaped unread: what a
#: reading costs may grow with their number times the length of the line.
_MANY: Final = 256

_TOUCHING: Final = re.compile(r"([*_`$])(?=\1)|!(?=\[)|\\(?=[!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Line:
    """Text, and for each of its characters who wrote it.

    `LITERAL`, `ESCAPED` (a literal character behind a backslash that we added, and that
    backslash), or the positive number of the element whose syntax the character is.
    """

    text: str
    owner: list[int]

    def escape(self, positions: Iterable[int]) -> Line:
        """The line with a backslash before each of these characters."""
        text: list[str] = []
        owner: list[int] = []
        start = 0
        for position in sorted(positions):
            text += (self.text[start:position], "\\", self.text[position])
            owner += self.owner[start:position]
            owner += (ESCAPED, ESCAPED)
            start = position + 1
        text.append(self.text[start:])
        owner += self.owner[start:]
        return Line("".join(text), owner)

    def literal(self, positions: Iterable[int]) -> set[int]:
        """Those of *positions* that hold literal characters."""
        return {position for position in positions if not self.owner[position]}


class Syntax(NamedTuple):
    """What the parser took for syntax: the characters to escape, and all of it."""

    delimiters: tuple[int, ...]
    characters: tuple[int, ...]


def settle(line: Line) -> tuple[Line, set[int]]:
    """The line with all escapes that it needs, and the elements that read as meant."""
    line = line.escape(_touching(line))
    if len(line.literal(match.start() for match in ACTIVE.finditer(line.text))) > _MANY:
        line = line.escape(_all(line))
    for _ in range(_READINGS):
        found = list(read(line.text))
        escapes = line.literal(at for syntax in found for at in syntax.delimiters)
        intact = _intact(line, found)
        escapes = escapes or _brackets(line, intact)
        if not escapes:
            return line, intact
        line = line.escape(escapes)
    line = line.escape(_all(line))
    return line, _intact(line, read(line.text))


def _touching(line: Line) -> set[int]:
    """Literal characters that would join syntax of ours beside them."""
    owner = line.owner
    found = set()
    for match in _TOUCHING.finditer(line.text):
        here = match.start()
        if owner[here + 1] > 0:
            found.add(here)
        elif owner[here] > 0:
            found.add(here + 1)
    return line.literal(found)


def _intact(line: Line, found: Iterable[Syntax]) -> set[int]:
    """The elements all of whose characters were read as syntax of that element."""
    read: Counter[int] = Counter()
    for syntax in found:
        owners = {line.owner[at] for at in syntax.characters}
        if len(owners) == 1:
            read[owners.pop()] += len(syntax.characters)
    written = Counter(line.owner)
    return {owner for owner, size in read.items() if size == written[owner]}


def _brackets(line: Line, intact: set[int]) -> set[int]:
    """Literal brackets in link texts and alts that are cut short by them."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for at, owner in enumerate(line.owner):
        if owner > 0 and owner not in intact and line.text[at] in "[]":
            ends[owner] = at
            starts.setdefault(owner, at)
    within = set(chain.from_iterable(map(range, starts.values(), ends.values())))
    return {at for at in line.literal(within) if line.text[at] in "[]"}


def _all(line: Line) -> set[int]:
    """All literal characters that could act."""
    matches = ACTIVE.finditer(line.text)
    return line.literal(match.end() - 1 for match in matches) | _brackets(line, set())


# -- what the parser finds ------------------------------------------------------------


def read(text: str) -> Iterator[Syntax]:
    """All inline syntax in *text*, a line of Markdown."""
    tokens: list[Token] = []
    md = _noting_parser()
    md.inline.parse(text, md, {}, tokens)
    return _syntax(text, tokens, 0)


@lru_cache(maxsize=1)
def _noting_parser() -> MarkdownIt:
    """A parser whose tokens have their place in ``meta["at"]``."""
    md = parser()
    md.validateLink = _any_address  # type: ignore[assignment]
    ruler = md.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        ruler.at(name, _noting(rule))
    return md


def _any_address(_url: str) -> bool:
    """Markdown-it refuses a link to ``file:`` and the like, CommonMark does not."""
    return True


def _noting(rule: _Rule) -> _Rule:
    def noting(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            _note(state, start, state.tokens[known:])
        return True

    return noting


def _note(state: StateInline, start: int, tokens: Sequence[Token]) -> None:
    """Note that *tokens* were read from *start* to where *state* is.

    A run of emphasis is one text token a character, at its end.
    """
    end = state.pos
    for back, token in enumerate(reversed(tokens), 1):
        first = end - back if token.type == "text" else start
        token.meta.setdefault("at", (first, end))
    if tokens and tokens[-1].type in {"link_close", "image"}:
        bracket = start + (tokens[-1].type == "image")
        label = state.md.helpers.parseLinkLabel(state, bracket, bracket == start)
        tokens[-1].meta["label"] = label


def _syntax(text: str, tokens: Iterable[Token], offset: int) -> Iterator[Syntax]:
    """The syntax of *tokens*, whose places count from *offset*."""
    opened: list[int] = []
    for token in tokens:
        start, end = (offset + at for at in token.meta.get("at", (0, 0)))
        span = tuple(range(start, end))
        match token.type:
            case "code_inline":
                size = len(token.markup)
                yield Syntax(span[:size] + span[-size:], span)
            case "math_inline" | "html_inline":
                yield Syntax((start, end - 1), span)
            case "text_special" if token.content != token.markup:
                yield Syntax((start,), span)
            case "em_open" | "strong_open":
                opened.append(start)
            case "em_close":
                marks = (opened.pop(), start)
                yield Syntax(marks, marks)
            case "strong_close":
                first = opened.pop()
                four = (first - 1, first, start, start + 1)
                yield Syntax(four, four)
            case "link_close" if token.markup == "autolink":
                yield Syntax((start, end - 1), span)
            case "link_close" | "image":
                yield _link(text, start, end, offset + token.meta["label"])
        if token.type == "image":
            yield from _syntax(text, token.children or (), start + 2)


def _link(text: str, start: int, end: int, label: int) -> Syntax:
    """A link or an image whose text ends at *label*."""
    bracket = text.index("[", start)
    characters = (*range(start, bracket + 1), *range(label, end))
    # `[@key]` and `[^label]` stay what they are to those who read citations.
    cited = text[bracket + 1] in "@^"
    return Syntax((label + 1, end - 1) if cited else (bracket, label), characters)
