"""Captions as plain text, as a reader sees them.

Math is its TeX source, a citation its mark in the bibliography, a footnote its label
in brackets, 10⁹ what it looks like.  White space of any kind is one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

from ..controls import CONTROLS, UNPRINTABLE
from ..read.scripts import lowered, raised

_SPACES = re.compile("[\t-\r \x85\u2028\u2029]+")
_SILENT = (nodes.raw, nodes.comment, nodes.system_message, nodes.Invisible)


def plain(content: Iterable[nodes.Node]) -> str:
    """The inline content of a caption or legend as one line of text."""
    return clean("".join(map(_text, content)))


def clean(text: str) -> str:
    """*text* as one line without control characters."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # the common case
    text = re.sub(UNPRINTABLE, "\ufffd", re.sub(CONTROLS, "", text))
    return _SPACES.sub(" ", text).strip()


def _text(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        return node.astext()
    if not isinstance(node, nodes.Element) or isinstance(node, _SILENT):
        return ""
    if (label := node.get("figlist_footnote")) is not None:
        return f"[{label}]"
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    inner = "".join(map(_text, node.children))
    if isinstance(node, nodes.superscript):
        return raised(inner)
    if isinstance(node, nodes.subscript):
        return lowered(inner)
    if (keys := node.get("figlist_citation")) is not None and not inner:
        return f"[{', '.join(keys)}]" if keys else ""
    return inner if isinstance(node, nodes.Inline) else f" {inner} "
