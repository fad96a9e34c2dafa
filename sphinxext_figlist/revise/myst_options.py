"""Options of MyST's directives: YAML between lines, or lines with a colon before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import yaml

from .source import Line, Splice, one_line

_KEY: Final = re.compile(
    r"""(?P<quote>["']?)(?P<key>[\w-]+)(?P=quote)[ ]*:(?=\s|$)[ \t]*"""
)
_COMMENT: Final = re.compile(r"(?:^|[ \t]+)#.*")


class Option(NamedTuple):
    """An option: what stands behind its key, and the lines that go on with it."""

    key: str
    values: tuple[Line, ...]

    @property
    def value(self) -> str:
        """What it says."""
        raw = "\n".join(line.text for line in self.values)
        try:
            said = yaml.load(f"k: {raw}", Loader=yaml.BaseLoader)["k"]  # noqa: S506
        except (yaml.YAMLError, ValueError, TypeError):
            said = None  # MyST takes more than YAML does
        return said if isinstance(said, str) else one_line(_COMMENT.sub("", raw))

    def edited(self, text: str) -> list[Splice]:
        """What makes it say *text*."""
        first, last = self.values[0], self.values[-1]
        style = first.text[:1]
        if style in {"|", ">"}:
            content = [line for line in self.values[1:] if line.text.strip()]
            if text and content:
                start = content[0].start + _indent(content[0].text)
                return [Splice(start, _ends(content[-1]), text)]
            return [Splice(first.start, _ends(last), _written(text, "'") or '""')]
        if style in {"'", '"'}:
            raw = "\n".join(line.text for line in self.values)
            closing = _closing(raw, style)
            row, column = (
                raw[:closing].count("\n"),
                closing - raw.rfind("\n", 0, closing) - 1,
            )
            end = self.values[row].start + column + 1
            return [Splice(first.start, end, _written(text, style))]
        if len(self.values) == 1:
            kept = _COMMENT.search(first.text)
            end = first.start + (kept.start() if kept else len(first.text.rstrip()))
        else:
            end = _ends(last)
        if not text:
            blank = len(first.lead) - len(first.lead.rstrip())
            return [Splice(first.start - blank, end, "")]
        gap = "" if first.lead.endswith((" ", "\t")) else " "
        return [Splice(first.start, max(end, first.start), gap + scalar(text))]


class Options(NamedTuple):
    """The options of a directive, and where one can be added."""

    options: tuple[Option, ...]
    #: The line after which it can, and what stands before it there.
    after: Line
    lead: str
    #: The index of the first line of content.
    body: int


def options(opening: Line, content: Sequence[Line], lead: str) -> Options:
    """The options in the *content* of a directive.

    :param lead: what stands before each line of it.
    """
    lines: list[Line] = []
    if content and content[0].text.startswith("---"):
        end = next(
            (k for k, line in enumerate(content) if k and line.text.startswith("---")),
            len(content),
        )
        lines = list(content[1:end])
        filled = [_indent(line.text) for line in lines if line.text.strip()]
        indent = min(filled, default=0)
        lines = [line.cut(min(indent, _indent(line.text))) for line in lines]
        before = content[0].lead + " " * indent
        return Options(tuple(_options(lines)), content[0], before, end + 1)
    for line in content:
        start = _indent(line.text)
        if line.text[start : start + 1] != ":" or line.text[start:].startswith(":::"):
            break
        lines.append(line.cut(start + 1))
    before = lines[0].lead if lines else f"{lead}:"
    return Options(tuple(_options(lines)), opening, before, len(lines))


def _options(lines: Sequence[Line]) -> Iterator[Option]:
    at = 0
    while at < len(lines):
        found = _KEY.match(lines[at].text)
        if not found:
            at += 1
            continue
        values = [lines[at].cut(found.end())]
        at += 1
        while at < len(lines) and (
            lines[at].text[:1] in {" ", "\t"} or not lines[at].text or _is_open(values)
        ):
            values.append(lines[at])
            at += 1
        while len(values) > 1 and not values[-1].text.strip():
            values.pop()
        yield Option(found["key"], tuple(values))


def _is_open(values: Sequence[Line]) -> bool:
    """Whether a quotation is not closed yet."""
    style = values[0].text[:1]
    if style not in {"'", '"'}:
        return False
    return _closing("\n".join(line.text for line in values), style) < 0


def _closing(raw: str, style: str) -> int:
    """Where the quotation that *raw* begins with ends, -1 where it does not."""
    pattern = r"'(?:[^']|'')*'" if style == "'" else r'"(?:[^"\\]|\\.)*"'
    found = re.match(pattern, raw, re.DOTALL)
    return found.end() - 1 if found else -1


def scalar(text: str) -> str:
    """*text* as YAML on one line: bare where that means the same."""
    try:
        bare = yaml.safe_load(f"alt: {text}") == {"alt": text}
    except (yaml.YAMLError, ValueError):
        bare = False
    return text if bare else _written(text, "'")


def _written(text: str, style: str) -> str:
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _ends(line: Line) -> int:
    return line.start + len(line.text.rstrip())
