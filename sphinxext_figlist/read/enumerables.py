"""Source: whatever else numfig numbers: a captioned table, a code block, theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docutils import nodes
from sphinx.domains.std import StandardDomain

from .found import Found, is_excluded
from .kinds import kind_of

#: The domains know the classes.
NODES: Final[tuple[type[nodes.Element], ...]] = ()


def find(node: nodes.Element, std: StandardDomain) -> Found | None:
    """A table, code block, or node that an extension registered, if it is numbered."""
    kind = kind_of(std, node)
    if not kind or kind == "section":
        return None
    title = std.get_numfig_title(node)
    caption: Sequence[nodes.Node] = [nodes.Text(title)] if title else []
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.title)):
            caption = _said(child, std.env.config.numfig_format.get(kind, ""))
            break
    return Found(kind=kind, caption=caption or None, excluded=is_excluded(node))


def _said(title: nodes.Element, number_format: str) -> Sequence[nodes.Node]:
    """What a title says besides the word for its kind (of sphinx-exercise, both)."""
    for child in title.children:
        if isinstance(child, nodes.subtitle):
            return child.children
    word = number_format.replace("%s", "").replace("{number}", "").strip()
    return [] if word and title.astext().strip() == word else title.children
