"""Places in the text that may refer to a figure."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx import addnodes

#: Roles whose text, or whose place in the book, another document decides.
_ROLES: Final = frozenset({"ref", "numref", "keyword", "doc", "any", "myst", "eq"})


def is_apart(node: nodes.Element) -> bool:
    """Whether what is in *node* is no text of its own on this page.

    Substitutions stand where they are used, and a table of contents repeats titles.
    """
    if isinstance(node, nodes.topic):
        return "contents" in node["classes"]
    return isinstance(node, nodes.substitution_definition)


def is_mention(node: nodes.Node) -> bool:
    """Whether *node* may refer to a figure."""
    if isinstance(node, addnodes.pending_xref):
        return node.get("reftype") in _ROLES
    return isinstance(node, nodes.reference) and "refid" in node
