"""Source: whatever else numfig numbers: a captioned table, a code block, theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docutils import nodes
from sphinx.domains.std import StandardDomain

from .found import Found, is_excluded

#: Those that the standard domain numbers are looked at whoever registered them.
NODES: Final[tuple[type[nodes.Element], ...]] = (nodes.container,)


def find(node: nodes.Element, std: StandardDomain) -> Found | None:
    """A captioned table, code block, or node that an extension registered."""
    kind = std.get_enumerable_node_type(node)
    if not kind or kind == "section":
        return None
    title = std.get_numfig_title(node)
    if not title:
        return None
    caption: Sequence[nodes.Node] = [nodes.Text(title)]
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.title)):
            caption = child.children
            break
    return Found(kind=kind, caption=caption, excluded=is_excluded(node))
