"""Captions and alt texts as one line of Markdown.

The line reads as CommonMark with dollar math, as MyST has it, and shows what the page
shows. Literal text keeps its look: `escapes` tells which of its characters would be
syntax, and only these are escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, count, cycle, pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes

from ..controls import CONTROLS, UNPRINTABLE
from .escapes import ACTIVE, LITERAL, Line, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SILENT = (
    nodes.raw,
    nodes.comment,
    nodes.substitution_definition,
    nodes.system_message,
)

# Line breaks of every kind that `str.splitlines` knows, but not the no-break spaces.
_SPACES = re.compile("[\t-\r \x85\u2028\u2029]+")
_CLOSING_HASHES = re.compile(r"(?:^|(?<= ))(?=#+$)")
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\x9f<>\s\ud800-\udfff]")
_ESCAPE_IN_URL = re.compile(r"\\|&(?=#?\w+;)")
_UNSAFE_URL = re.compile("(?:javascript|vbscript|file|data):", re.IGNORECASE)
_MAX_PARENTHESES = 32
_TEX_COMMENT = re.compile(r"(\\.)|%[^\n]*\n", re.DOTALL)


def markdown(content: Iterable[nodes.Node], *, heading: bool = False) -> str:
    """The inline content of a caption or legend as one line of Markdown.

    An element with the attribute `figlist_citation` (a list of keys) or
    `figlist_footnote` (a label) becomes `[@a; @b]` or `[^label]`. With `heading`, the
    text may end an ATX heading.
    """
    return _write(_Renderer().render(content), heading=heading)


def literal(text: str, *, heading: bool = False) -> str:
    """Plain text as one line of Markdown that shows exactly that text."""
    return _write([_Piece(_clean(text))], heading=heading)


def underlined(text: str) -> str:
    """Plain text as one line of emphasis, between underscores."""
    words = _clean(text).strip()
    pieces = [_Piece("_", 1, "<em>"), _Piece(words), _Piece("_", 1, "</em>")]
    return _write(pieces if words else [], heading=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the line: literal text, or syntax of the element `owner`.

    `fallback` stands in where the syntax would not parse at this place.
    """

    text: str
    owner: int = LITERAL
    fallback: str | None = None


class _Renderer:
    """Turns nodes into pieces."""

    def __init__(self) -> None:
        self._owners = count(1)
        self._in_link = False

    def render(self, content: Iterable[nodes.Node]) -> list[_Piece]:
        siblings = list(content)
        # docutils never has text beside blocks: what stands beside text is inline.
        inline = any(isinstance(node, nodes.Text) for node in siblings)
        pieces: list[_Piece] = []
        for node in siblings:
            block = not inline and not isinstance(node, nodes.Inline)
            if block or isinstance(node, nodes.math_block):
                pieces += (_Piece(" "), *self._node(node), _Piece(" "))
            else:
                pieces += self._node(node)
        return pieces

    def _node(self, node: nodes.Node) -> list[_Piece]:
        if isinstance(node, nodes.Text):
            return [_Piece(_clean(node.astext()))]
        if not isinstance(node, nodes.Element) or isinstance(node, _SILENT):
            return []
        if (keys := node.get("figlist_citation")) is not None:
            return [_Piece(f"[{'; '.join(f'@{key}' for key in keys)}]")] if keys else []
        if (label := node.get("figlist_footnote")) is not None:
            return [_Piece(f"[^{label}]")]
        match node:
            case nodes.literal():
                return self._syntax(_code(_clean(node.astext())))
            case nodes.math() | nodes.math_block():
                return self._syntax(_math(node.astext()))
            case nodes.image():
                return self._image(node)
            case nodes.strong():
                return self._wrap(node, "**", "**", ("<strong>", "</strong>"))
            case nodes.emphasis() | nodes.title_reference():
                return self._wrap(node, "*", "*", ("<em>", "</em>"))
            case nodes.subscript():
                return self._wrap(node, "<sub>", "</sub>")
            case nodes.superscript():
                return self._wrap(node, "<sup>", "</sup>")
            case nodes.reference() if not self._in_link and (url := _external(node)):
                self._in_link = True
                pieces = self._wrap(node, "[", f"]({_destination(url)})", ("", ""))
                self._in_link = False
                return pieces
            case _:
                return self.render(node.children)

    def _syntax(self, text: str) -> list[_Piece]:
        return [_Piece(text, next(self._owners))] if text else []

    def _image(self, node: nodes.image) -> list[_Piece]:
        owner = next(self._owners)
        alt = _clean(str(node.get("alt", ""))).strip()
        url = str(node.get("uri", ""))
        if _UNSAFE_URL.match(url):
            return [_Piece(alt)]
        end = f"]({_destination(url)})"
        return [_Piece("![", owner, ""), _Piece(alt), _Piece(end, owner, "")]

    def _wrap(
        self,
        node: nodes.Element,
        start: str,
        end: str,
        fallback: tuple[str | None, str | None] = (None, None),
    ) -> list[_Piece]:
        """The children between delimiters, white space at their edges outside."""
        owner = next(self._owners)
        pieces = [piece for piece in self.render(node.children) if piece.text]
        first, last = 0, len(pieces)
        while first < last and _is_blank(pieces[first]):
            first += 1
        while last > first and _is_blank(pieces[last - 1]):
            last -= 1
        if first == last:
            return pieces
        before, inner, after = pieces[:first], pieces[first:last], pieces[last:]
        if inner[0].owner == LITERAL:
            text = inner[0].text.lstrip()
            before.append(_Piece(inner[0].text.removesuffix(text)))
            inner[0] = _Piece(text)
        if inner[-1].owner == LITERAL:
            text = inner[-1].text.rstrip()
            after.insert(0, _Piece(inner[-1].text.removeprefix(text)))
            inner[-1] = _Piece(text)
        return [
            *before,
            _Piece(start, owner, fallback[0]),
            *inner,
            _Piece(end, owner, fallback[1]),
            *after,
        ]


def _is_blank(piece: _Piece) -> bool:
    return piece.owner == LITERAL and (not piece.text or piece.text.isspace())


def _write(pieces: Sequence[_Piece], *, heading: bool) -> str:
    """The line with its escapes, and with fallbacks where syntax would not parse."""
    movable = {piece.owner for piece in pieces if piece.fallback is not None}
    replaced: set[int] = set()
    while True:
        line = _join(pieces, replaced)
        if not ACTIVE.search(line.text):
            break
        line, intact = settle(line)
        broken = movable - replaced - intact
        if not broken:
            break
        replaced |= _apart(broken, line.owner)
    return _CLOSING_HASHES.sub(r"\\", line.text) if heading else line.text


def _apart(broken: set[int], owner: list[int]) -> set[int]:
    """The elements to replace first: of two that touch, the inner or the later one.

    The other one may parse once its neighbour is gone.
    """
    touching: dict[int, set[int]] = {element: set() for element in broken}
    for left, right in pairwise(owner):
        if left != right and left in broken and right in broken:
            touching[left].add(right)
            touching[right].add(left)
    chosen: set[int] = set()
    for element in sorted(broken, reverse=True):
        if not touching[element] & chosen:
            chosen.add(element)
    return chosen


def _join(pieces: Iterable[_Piece], replaced: set[int]) -> Line:
    text = ""
    parts: list[str] = []
    owner: list[int] = []
    for piece in pieces:
        part = piece.text
        if piece.owner in replaced:
            part = piece.fallback or ""
        elif piece.owner == LITERAL:
            if not text or text.endswith(" "):
                part = part.lstrip(" ")
        elif part.startswith("`") and text.endswith("`") and owner[-1] != LITERAL:
            # Two code spans in a row would be one: what shows nothing parts them.
            part = f"<!-- -->{part}"
        if part:
            parts.append(part)
            owner += [piece.owner] * len(part)
            text = part
    whole = "".join(parts)
    start = len(whole) - len(whole.lstrip())
    whole = whole.strip()
    return Line(whole, owner[start : start + len(whole)])


def _clean(text: str) -> str:
    """Section "Insecure characters", and one space for any white space."""
    text = re.sub(CONTROLS, "", text.replace("\0", "\ufffd"))
    text = re.sub(UNPRINTABLE, "\ufffd", text)
    return _SPACES.sub(" ", text)


def _code(text: str) -> str:
    """Section "Code spans": a fence that the text does not hold, and padding."""
    if not text.strip(" "):
        return ""
    lengths = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(n for n in count(1) if n not in lengths)
    if "`" in (text[0], text[-1]) or text[0] == text[-1] == " ":
        text = f" {text} "
    return f"{fence}{text}{fence}"


def _math(tex: str) -> str:
    """Inline math, which ends at the first dollar without a backslash."""
    tex = _TEX_COMMENT.sub(lambda match: match[1] or "", tex)
    tex = _clean(tex).strip()
    if not tex:
        return ""
    # The dollars of a `\text` with math in it, in TeX's other spelling.
    delimiters = cycle((r"\(", r"\)"))
    tex = re.sub(r"(\\.)|\$", lambda match: match[1] or next(delimiters), tex)
    if (len(tex) - len(tex.rstrip("\\"))) % 2:
        tex += " "
    return f"${tex}$"


def _external(node: nodes.reference) -> str:
    """The address of a reference that leads out of the book, or nothing."""
    if isinstance(node, (addnodes.number_reference, addnodes.download_reference)):
        return ""
    url = str(node.get("refuri", "")).strip()
    inward = node.get("internal") or url.startswith("#")
    return "" if inward or _UNSAFE_URL.match(url) else url


def _destination(url: str) -> str:
    """Section "Links": a link destination without angle brackets."""
    url = _NOT_IN_URL.sub(lambda match: quote(match[0], errors="replace"), url.strip())
    url = _ESCAPE_IN_URL.sub(r"\\\g<0>", url)
    depths = list(accumulate((char == "(") - (char == ")") for char in url))
    if depths and (min(depths) < 0 or depths[-1] or max(depths) > _MAX_PARENTHESES):
        url = re.sub(r"[()]", r"\\\g<0>", url)
    return url
