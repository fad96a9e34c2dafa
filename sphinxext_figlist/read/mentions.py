"""Places in the text that may refer to a figure."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx import addnodes

#: Roles whose text, or whose place in the book, another document decides.
_ROLES: Final = frozenset({"ref", "numref", "keyword", "doc", "any", "myst", "eq"})

#: Domains whose references lead to labels and documents; ``True`` is MyST's.
LABELLED: Final = frozenset({"", "std", "doc", "True"})

#: Domains and roles that lead to what has no number: those of Sphinx, and citations.
_APART: Final = frozenset(
    {
        *("c", "cpp", "js", "py", "rst", "math", "index", "changeset"),
        *("citation", "cite", "footcite"),
    }
)
_APART_ROLES: Final = frozenset({"option", "envvar", "token", "term", "confval"})


def is_apart(node: nodes.Element) -> bool:
    """Whether what is in *node* is no text of its own on this page.

    Substitutions stand where they are used, and a table of contents repeats titles.
    """
    if isinstance(node, nodes.topic):
        return "contents" in node["classes"]
    return isinstance(node, nodes.substitution_definition)


def is_foreign(domain: str, role: str) -> bool:
    """Whether a reference is by a role of an extension's own."""
    if domain in LABELLED:
        return role not in _ROLES | _APART_ROLES
    return domain not in _APART


def is_mention(node: nodes.Node) -> bool:
    """Whether *node* may refer to a figure."""
    if isinstance(node, addnodes.pending_xref):
        role, domain = node.get("reftype"), node.get("refdomain")
        return role in _ROLES or is_foreign(domain or "", str(role))
    return isinstance(node, nodes.reference) and "refid" in node
