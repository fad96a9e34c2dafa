"""Places of alt texts in reStructuredText.

The scanner knows what a directive's options look like and where they end, as docutils
has it, and nothing of what is around: what stands in a comment or in an example is
found as well, and told apart by its line and picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from . import grid
from .sites import DRAWING, Site
from .source import Line, Splice, continued, new_lines

_DIRECTIVE: Final = re.compile(
    r"(?<!\S)\.\.[ \t]+(?:\|(?P<name>[^|]+)\|[ \t]+)?"
    r"(?P<directive>\w(?:[\w.+:-]*\w)?)[ ]?::(?=[ \t]|$)"
)
#: As docutils has it.
_FIELD: Final = re.compile(
    r":(?![: ])(?P<key>(?:[^:\\]|\\.|:(?!(?:[ `]|$)))*)(?<! ):(?:[ \t]+|$)"
)
_TAB: Final = 8
#: Options that name a picture, and those that describe it (sphinx-design's cards).
_OTHER_PICTURES: Final = ("img-top", "img-bottom", "img-background")


class Option(NamedTuple):
    """An option of a directive, on one line or more."""

    key: str
    #: Of its first line, what stands behind the key and spaces; all of the others.
    values: tuple[Line, ...]

    @property
    def value(self) -> str:
        """The text of it."""
        return "\n".join(line.text.strip() for line in self.values).strip()


def sites(lines: Sequence[Line], line_end: str) -> Iterator[Site]:
    """The places in a text of these lines."""
    for at, line in enumerate(lines):
        for found in _DIRECTIVE.finditer(line.text):
            if cell := grid.cell(lines, at, found.start()):
                yield from grid.sites(cell, at, sites, line_end)
            else:
                yield from _directive(lines, at, found, line_end)


def _directive(
    lines: Sequence[Line], at: int, found: re.Match[str], line_end: str
) -> Iterator[Site]:
    first, name = lines[at], found["directive"].lower()
    block = _block(lines, at, _width(first.text[: found.start()]))
    head = first.cut(found.end() + len(_space(first.text[found.end() :])))
    indent = min(
        (_width(_space(line.text)) for line in block if line.text.strip()), default=0
    )
    inner = [_dedented(line, indent) for line in block]
    arguments = [head] if head.text.strip() else []
    if arguments or (inner and inner[0].text.strip()):
        inner_end = next(
            (k for k, line in enumerate(inner) if not line.text.strip()), len(inner)
        )
        inner = inner[:inner_end]
    else:
        inner = []
    begin = next(
        (k for k, line in enumerate(inner) if _FIELD.match(line.text)), len(inner)
    )
    options = list(_options(inner[begin:]))
    arguments += inner[:begin]
    after = inner[begin - 1] if begin else first
    lead = inner[begin].lead if begin < len(inner) else ""
    if not lead:
        content = [line for line in block if line.text.strip()]
        lead = (
            _dedented(content[0], indent).lead
            if content
            else continued(first.lead + first.text[: found.start()]) + "   "
        )
    end = inner[-1].number if inner else first.number
    whole = Directive(
        name=name,
        first=first.number,
        last=end,
        argument="".join(line.text.strip() for line in arguments),
        options=tuple(options),
        substitution=(found["name"] or "").strip(),
        add=lambda text: [new_lines(after, lead, [text], line_end)],
    )
    yield from whole.sites()


class Directive(NamedTuple):
    """A directive as far as pictures go."""

    name: str
    first: int
    last: int
    argument: str
    options: tuple[Option, ...]
    #: The name of the substitution that it defines.
    substitution: str
    #: Adds a line to its options.
    add: Callable[[str], list[Splice]]

    def sites(self) -> Iterator[Site]:
        """The places of the alt texts of its pictures."""
        pictures = [(self.argument, "alt")]
        pictures += [
            (option.value, "img-alt")
            for option in self.options
            if option.key in _OTHER_PICTURES
        ]
        draws = self.name in DRAWING
        for target, key in pictures:
            if not (target or draws) or (draws and key != "alt"):
                continue
            option = next((o for o in self.options if o.key == key), None)
            yield Site(
                first=self.first,
                last=self.last,
                targets=(target,) if target else (),
                alt=option.value if option else None,
                form=self.name,
                draws=draws,
                edit=partial(self._edited, option, key),
                default=self.substitution,
            )

    def _edited(self, option: Option | None, key: str, alt: str) -> list[Splice]:
        if option is None:
            return self.add(f":{key}: {alt}".rstrip())
        first, last = option.values[0], option.values[-1]
        ends = last.start + len(last.text.rstrip())
        if alt and first.text == "" and not first.lead.endswith((" ", "\t")):
            alt = " " + alt
        start = first.start
        if not alt:  # nothing is left behind the key's colon
            start -= len(first.lead) - len(first.lead.rstrip())
            ends = last.start + len(last.text)
        return [Splice(start, max(ends, start), alt)]


def _block(lines: Sequence[Line], at: int, column: int) -> list[Line]:
    """The lines that belong to what begins at *column* of a line, without it."""
    end = at + 1
    while end < len(lines):
        text = lines[end].text
        if text.strip() and _width(_space(text)) <= column:
            break
        end += 1
    while end > at + 1 and not lines[end - 1].text.strip():
        end -= 1
    return list(lines[at + 1 : end])


def _options(lines: Sequence[Line]) -> Iterator[Option]:
    key, values = "", list[Line]()
    for line in lines:
        if found := _FIELD.match(line.text):
            if values:
                yield Option(key, tuple(values))
            key, values = found["key"].lower(), [line.cut(found.end())]
        else:
            values.append(line)
    if values:
        yield Option(key, tuple(values))


def _space(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _width(text: str) -> int:
    """The columns that *text* takes."""
    return len(text.expandtabs(_TAB))


def _dedented(line: Line, columns: int) -> Line:
    """*line* without so many columns of white space at its beginning."""
    left = 0
    while (
        left < len(line.text)
        and line.text[left].isspace()
        and _width(line.text[: left + 1]) <= columns
    ):
        left += 1
    return line.cut(left)
