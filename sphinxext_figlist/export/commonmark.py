"""Which characters of a line of Markdown would be read as syntax.

A small and exact parser of CommonMark 0.31.2's chapter "Inlines" and of dollar math as
MyST reads it. It builds no tree. Told who wrote each character, it finds the literal
ones that would act as delimiters and the emitted ones that act as they were meant to.

A literal delimiter that would act is to be escaped, so the parser notes it and reads on
as if it already were: one pass finds nearly all of them, and each rule is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html.entities import html5
from string import punctuation
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterable

LITERAL = 0
ESCAPED = -1

#: Text without any of these cannot hold inline syntax.
ACTIVE = re.compile(r"[\\`*_$<&]|\]\(")

_STOP = re.compile(r"[\\`*_$<&\[\]]|!\[")
_PUNCTUATION = f"[{re.escape(punctuation)}]"
_TOUCHING = re.compile(rf"([*`$])(?=\1)|!(?=\[)|\\(?={_PUNCTUATION})")
_TICKS = re.compile(r"`+")
_DOLLAR = re.compile(r"(?<!\\)(\\*)\$")
_RUN = re.compile(r"\*+|_+")

# "Entity and numeric character references"
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]*+));")
# "Autolinks"
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*+"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*+)>"
)
# "Raw HTML"
_TAG = re.compile(
    r"<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+"
    r"""(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+\s*+/?>"""
    r"|</[A-Za-z][A-Za-z0-9-]*+\s*+>"
)
_HTML = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))
# "Links"
_POINTY = re.compile(r"<(?:[^<>\\]|\\.)*+>")
_BARE = re.compile(rf"(?:[^\\()\x00-\x20\x7f]|\\{_PUNCTUATION}|\\)++|[()]")
_TITLE = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)""")
_SPACES = re.compile(" *+")
_MAX_PARENTHESES = 32

#: Far more than any text needs that was not written to need many.
_PASSES = 8


#: Of a delimiter run: its character, whether it opens and closes, its length modulo 3.
_Kind: TypeAlias = tuple[str, bool, int]


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

    def escape_all(self) -> Line:
        """The line with every literal character escaped that could be syntax."""
        return self.escape(
            i
            for i, char in enumerate(self.text)
            if char in r"\`*_$<>&[]()!" and self.owner[i] == LITERAL
        )

    def touching(self) -> set[int]:
        """Literal characters that need an escape whatever stands further away.

        These are backslashes that would escape ("Backslash escapes") and delimiters
        that would join a run of ours: `!` before a link, `*` beside emphasis.
        """
        found: set[int] = set()
        for match in _TOUCHING.finditer(self.text):
            here = match.start()
            mine, next_ = self.owner[here], self.owner[here + 1]
            if mine == LITERAL and (match[0] == "\\" or next_ > 0):
                found.add(here)
            elif next_ == LITERAL and mine > 0:
                found.add(here + 1)
        return found


def destination_end(text: str, start: int) -> int:
    """Where the link destination at `start` ends, -1 if there is none ("Links")."""
    if text.startswith("<", start):
        match = _POINTY.match(text, start)
        return match.end() if match else -1
    depth = 0
    end = start
    while match := _BARE.match(text, end):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth < 0:
            return end
        if depth > _MAX_PARENTHESES:
            return -1
        end = match.end()
    return end if depth == 0 else -1


@dataclass(slots=True)
class _Run:
    """A delimiter run; `start` and `end` close in as its characters are paired."""

    start: int
    end: int
    char: str
    opens: bool
    closes: bool
    length: int

    @property
    def kind(self) -> _Kind:
        return self.char, self.opens and self.closes, self.length % 3

    def closes_kind(self, kind: _Kind) -> bool:
        """Whether it takes such an opener: the rule on multiples of three."""
        char, both, rest = kind
        if char != self.char:
            return False
        own = self.length % 3
        return not (both or self.opens) or rest == own == 0 or (rest + own) % 3 != 0


@dataclass(slots=True)
class _Bracket:
    position: int
    image: bool
    runs: int
    active: bool = True


@dataclass(slots=True)
class Scan:
    """One pass over a line.

    `escapes`: the literal characters that would be syntax.
    `intact`: the emphasis, links and images that parse as they were emitted.
    With `edges`, the edges of link texts and alts are as the ends of a line to
    delimiter runs. The specification has the brackets there, markdown-it cuts them off.
    """

    line: Line
    edges: bool = False
    escapes: set[int] = field(default_factory=set)
    intact: set[int] = field(default_factory=set)
    _brackets: list[_Bracket] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _ticks: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _dollars: list[int] = field(default_factory=list)
    _sizes: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        text = self.line.text
        for match in _TICKS.finditer(text):
            self._ticks[len(match[0])].append(match.start())
        self._dollars = [
            match.end() - 1
            for match in _DOLLAR.finditer(text)
            if len(match[1]) % 2 == 0
        ]
        self._sizes.update(self.line.owner)
        position = 0
        while stop := _STOP.search(text, position):
            position = self._step(stop.start(), stop[0])
        self._pair_runs(0)

    def _step(self, here: int, char: str) -> int:
        """Read what begins `here`, return where to go on."""
        if here in self.escapes:
            return here + 1
        match char:
            case "\\":
                return here + (2 if self.line.owner[here] == ESCAPED else 1)
            case "`":
                return self._code(here)
            case "$":
                return self._math(here)
            case "*" | "_":
                return self._run(here)
            case "<":
                return self._html(here)
            case "[" | "![":
                position = here + len(char) - 1
                image = char == "!["
                self._brackets.append(_Bracket(position, image, len(self._runs)))
                return position + 1
            case "]":
                return self._close_bracket(here)
            case _:
                match = ENTITY.match(self.line.text, here)
                if match and (not match[1] or f"{match[1]};" in html5):
                    self._escape(here)
                return here + 1

    def _escape(self, *positions: int) -> bool:
        """Note those of the delimiters that are literal; whether any is."""
        literal = [i for i in positions if self.line.owner[i] == LITERAL]
        self.escapes.update(literal)
        return bool(literal)

    def _code(self, here: int) -> int:
        """Section "Code spans": up to the next backtick string of equal length."""
        match = _TICKS.match(self.line.text, here)
        assert match
        after = match.end()
        length = after - here
        starts = self._ticks[length]
        index = bisect_left(starts, after)
        if index == len(starts):
            return after
        close = starts[index]
        if self._escape(*range(here, after)):
            self._escape(*range(close, close + length))
            return after
        return close + length

    def _math(self, here: int) -> int:
        """MyST's `dollarmath`: up to the next dollar without a backslash, not empty."""
        index = bisect_left(self._dollars, here + 1)
        if index == len(self._dollars) or self._dollars[index] == here + 1:
            return here + 1
        close = self._dollars[index]
        if self._escape(here):
            self._escape(close)
            return here + 1
        return close + 1

    def _html(self, here: int) -> int:
        """Sections "Autolinks" and "Raw HTML"."""
        text = self.line.text
        found = _AUTOLINK.match(text, here) or _TAG.match(text, here)
        end = found.end() if found else self._html_end(here)
        if end == -1:
            return here + 1
        if self._escape(here):
            self._escape(end - 1)
            return here + 1
        return end

    def _html_end(self, here: int) -> int:
        """The end of a comment, instruction, declaration or CDATA section, or -1."""
        text = self.line.text
        for opening, closing in _HTML:
            if not text.startswith(opening, here):
                continue
            if opening == "<!" and not text[here + 2 : here + 3].isalpha():
                continue
            # A comment's `<!-->` shares its hyphens, no other form shares anything.
            start = here + (2 if opening == "<!--" else len(opening))
            found = text.find(closing, start)
            if found != -1:
                return found + len(closing)
        return -1

    def _close_bracket(self, here: int) -> int:
        """Section "Links" and, in the appendix, "look for link or image"."""
        text, owner = self.line.text, self.line.owner
        end = self._tail(here + 1)
        if owner[here] > 0:
            return self._close_link(here, end)
        if not self._brackets:
            return here + 1
        opener = self._brackets[-1]
        if owner[opener.position] > 0:
            self._escape(here)
            return here + 1
        self._brackets.pop()
        if end != -1 and (opener.active or opener.image):
            # `[@key]` and `[^label]` stay what they are to those who read citations.
            if text[opener.position + 1] in "@^":
                self._escape(here + 1, end - 1)
            else:
                self._escape(opener.position, here)
        return here + 1

    def _close_link(self, here: int, end: int) -> int:
        """Close a link or an image of ours, before whose end literal `[` may stand."""
        owner = self.line.owner
        while self._brackets and owner[self._brackets[-1].position] != owner[here]:
            self._escape(self._brackets.pop().position)
        if end != -1 and self._brackets:
            opener = self._brackets.pop()
            self.intact.add(owner[here])
            self._pair_runs(opener.runs)
            if not opener.image:
                for bracket in self._brackets:
                    bracket.active = False
        return max(end, here + 1)

    def _tail(self, start: int) -> int:
        """Where the `(destination "title")` at `start` ends, -1 if there is none."""
        text = self.line.text
        if not text.startswith("(", start):
            return -1
        end = destination_end(text, _after_spaces(text, start + 1))
        if end == -1:
            return -1
        position = _after_spaces(text, end)
        if position > end and (title := _TITLE.match(text, position)):
            position = _after_spaces(text, title.end())
        return position + 1 if text.startswith(")", position) else -1

    def _run(self, here: int) -> int:
        """Section "Emphasis and strong emphasis": what a delimiter run can do."""
        text = self.line.text
        match = _RUN.match(text, here)
        assert match
        end = match.end()
        before, after = text[here - 1 : here] or " ", text[end : end + 1] or " "
        if self.edges:
            if text.endswith("![", 0, here) and self.line.owner[here - 1] > 0:
                before = " "
            if after == "]" and self.line.owner[end] > 0:
                after = " "
        space_before, space_after = before.isspace(), after.isspace()
        mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
        left = not space_after and (not mark_after or space_before or mark_before)
        right = not space_before and (not mark_before or space_after or mark_after)
        opens = left and (match[0][0] == "*" or not right or mark_before)
        closes = right and (match[0][0] == "*" or not left or mark_after)
        if opens or closes:
            self._runs.append(_Run(here, end, match[0][0], opens, closes, end - here))
        return end

    def _pair_runs(self, bottom: int) -> None:
        """The appendix's "process emphasis", for the runs from `bottom` on.

        Openers wait in one stack for each kind that the rule on multiples of three
        tells apart, so the nearest one that fits is on top of one of a few.
        """
        runs = self._runs[bottom:]
        del self._runs[bottom:]
        waiting: dict[_Kind, list[_Run]] = defaultdict(list)
        for run in runs:
            while run.closes and run.start < run.end:
                fitting = [
                    stack[-1]
                    for kind, stack in waiting.items()
                    if stack and run.closes_kind(kind)
                ]
                if not fitting:
                    break
                opener = max(fitting, key=lambda other: other.start)
                self._pair(opener, run, waiting)
                if opener.start == opener.end:
                    waiting[opener.kind].pop()
            if run.opens and run.start < run.end:
                waiting[run.kind].append(run)

    def _pair(
        self, opener: _Run, closer: _Run, waiting: dict[_Kind, list[_Run]]
    ) -> None:
        """Take one or two characters off each run, or off the literal one alone."""
        owner = self.line.owner
        size = min(2, opener.end - opener.start, closer.end - closer.start)
        marks = (
            *range(opener.end - size, opener.end),
            *range(closer.start, closer.start + size),
        )
        ours = not self._escape(*marks)
        if ours:
            for stack in waiting.values():
                while stack and stack[-1].start > opener.start:
                    stack.pop()
            owners = {owner[mark] for mark in marks}
            if len(owners) == 1 and self._sizes[owner[marks[0]]] == len(marks):
                self.intact |= owners
        # What a literal delimiter took of ours is still to be paired.
        if ours or owner[marks[0]] == LITERAL:
            opener.end -= size
        if ours or owner[marks[-1]] == LITERAL:
            closer.start += size


def settle(line: Line) -> tuple[Line, set[int]]:
    """The line with all escapes that it needs, and the elements that parse as meant."""
    line = line.escape(line.touching())
    readings = (False, True) if "](" in line.text else (False,)
    for _ in range(_PASSES):
        scans = [Scan(line, edges) for edges in readings]
        escapes = set().union(*(scan.escapes for scan in scans))
        if not escapes:
            break
        line = line.escape(escapes)
    else:
        line = line.escape_all()
        scans = [Scan(line, edges) for edges in readings]
    return line, set.intersection(*(scan.intact for scan in scans))


def _after_spaces(text: str, start: int) -> int:
    match = _SPACES.match(text, start)
    return match.end() if match else start


def _is_punctuation(char: str) -> bool:
    return category(char)[0] in "PS"
