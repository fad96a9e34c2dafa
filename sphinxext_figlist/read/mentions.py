"""Places in the text that may refer to a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from .content import absolute
from .records import Content, XRef

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

#: The address of an element of this page, or of another one of the book.
_ADDRESS: Final = r"(?![a-zA-Z][\w+.-]*:|//)(?:(.+)\.html)?#(.+)"


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
    return isinstance(node, nodes.reference) and bool(_named(node))


def named(node: nodes.Element) -> str:
    """What a mention names: a role's target, or else the id of an element."""
    if isinstance(node, addnodes.pending_xref):
        return str(node["reftarget"])
    return _named(node)


def _named(node: nodes.Element) -> str:
    if "refid" in node:
        return str(node["refid"])
    address = _address(node)
    return unquote(address[2]) if address else ""


def _address(node: nodes.Element) -> re.Match[str] | None:
    uri = str(node.get("refuri", ""))
    return re.fullmatch(_ADDRESS, uri) if "#" in uri else None


def document_of(node: nodes.Element, docname: str) -> str:
    """The document that holds the element which a link in *docname* names."""
    address = _address(node)
    path = address[1] if address and "refid" not in node else ""
    return docname_join(docname, unquote(path)) if path else docname


def xrefs(content: Content) -> tuple[XRef, ...]:
    """The references in *content* that are yet to be resolved."""
    found: list[XRef] = []
    _add_xrefs(content, found)
    return tuple(found)


def _add_xrefs(content: Content, found: list[XRef]) -> None:
    for item in content:
        if isinstance(item, str):
            continue
        cls, attributes, children = item
        if issubclass(cls, addnodes.pending_xref):
            known = dict(attributes)
            target, docname = known["reftarget"], known["figlist_docname"]
            found.append(_xref(known, str(target), str(docname)))
        _add_xrefs(children, found)


def xref(node: addnodes.pending_xref, docname: str) -> XRef:
    """The reference that *node*, of the document *docname*, is."""
    return _xref(node.attributes, absolute(node, docname), docname)


def _xref(attributes: Mapping[str, object], target: str, docname: str) -> XRef:
    return XRef(
        domain=str(attributes.get("refdomain") or ""),
        role=str(attributes.get("reftype", "")),
        target=target,
        explicit=bool(attributes.get("refexplicit")),
        docname=docname,
        fragment=str(attributes.get("reftargetid") or ""),
    )
