"""Places of alt texts in HTML: ``<img>`` in a Markdown text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape, unescape
from typing import Final

from .sites import Site
from .source import Line, Splice

_TAG: Final = re.compile(r"<img(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
)


def sites(lines: Sequence[Line]) -> Iterator[Site]:
    """The tags in a text of these lines."""
    text = "\n".join(line.text for line in lines)
    for tag in _TAG.finditer(text):
        found: dict[str, re.Match[str]] = {}
        at = tag.end()
        while attribute := _ATTRIBUTE.match(text, at):
            found.setdefault(attribute["name"].lower(), attribute)
            at = attribute.end()
        if not re.match(r"[\s/]*>", text[at:]) or "src" not in found:
            continue
        alt = found.get("alt")
        yield Site(
            first=lines[text[: tag.start()].count("\n")].number,
            last=lines[text[:at].count("\n")].number,
            targets=(_value(found["src"]) or "",),
            alt=_value(alt) if alt else None,
            form="<img>",
            draws=False,
            edit=partial(_edited, lines, alt, at),
        )


def _value(attribute: re.Match[str]) -> str | None:
    value = attribute["value"]
    if value is None:
        return None
    return unescape(value[1:-1] if value[:1] in {'"', "'"} else value)


def _edited(
    lines: Sequence[Line], attribute: re.Match[str] | None, end: int, alt: str
) -> list[Splice]:
    quote = '"'
    if attribute and (attribute["value"] or "").startswith("'"):
        quote = "'"
    written = escape(alt, quote=False).replace("|", "&#124;")
    written = written.replace(quote, "&quot;" if quote == '"' else "&#39;")
    written = quote + written + quote
    if attribute is None:
        place = _place(lines, end)
        return [Splice(place, place, f" alt={written}")]
    if attribute["value"] is None:
        place = _place(lines, attribute.end("name"))
        return [Splice(place, place, f"={written}")]
    ends = (
        _place(lines, attribute.start("value")),
        _place(lines, attribute.end("value")),
    )
    return [Splice(*ends, written)]


def _place(lines: Sequence[Line], at: int) -> int:
    """The place in the file of one in the text of *lines*."""
    for line in lines:
        if at <= len(line.text):
            return line.start + at
        at -= len(line.text) + 1
    raise AssertionError("a place behind the text")
