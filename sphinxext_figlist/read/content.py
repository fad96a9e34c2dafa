"""Captions that can be put on any page.

A caption's nodes belong to one document: they link to it, hold its ids and keep
all of it alive when pickled.  :func:`freeze` turns them into plain tuples that
stand on their own, :mod:`..render.thaw` makes nodes of them again for the page
that shows them.  Frozen content also digests and compares by value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from ..controls import in_xml
from .scripts import lowered, raised, words

if TYPE_CHECKING:
    from .records import Content, Element, Item

#: Attributes that name places in, or facts about, the caption's own document.
_LOCAL = frozenset(
    {"ids", "names", "dupnames", "backrefs", "refid", "refdoc", "refwarn", "translated"}
)


def freeze(children: Iterable[nodes.Node], docname: str) -> Content:
    """Return *children*, nodes of the document *docname*, as frozen content."""
    frozen: list[Item] = []
    for node in children:
        if isinstance(node, nodes.Text):
            frozen.append(in_xml(words(node)))
        elif isinstance(node, nodes.Element):
            frozen.extend(_freeze_element(node, docname))
    return tuple(frozen)


def _freeze_element(node: nodes.Element, docname: str) -> Content:
    if isinstance(node, nodes.target):
        return freeze(node.children, docname)
    if isinstance(node, nodes.footnote_reference):
        return (_footnote(node),)
    if isinstance(node, (nodes.system_message, nodes.Invisible)):
        return ()
    attributes = {
        name: value
        for name, value in node.attributes.items()
        if value != [] and name not in _LOCAL
    }
    if "alt" in attributes and isinstance(attributes["alt"], str):
        attributes["alt"] = in_xml(attributes["alt"])
    if isinstance(node, addnodes.pending_xref):
        attributes["reftarget"] = absolute(node, docname)
        attributes["figlist_docname"] = docname
    elif "refid" in node:
        attributes["figlist_target"] = (docname, node["refid"])
    element = (
        node.__class__,
        tuple(attributes.items()),
        freeze(node.children, docname),
    )
    return (element,)


def _footnote(node: nodes.footnote_reference) -> Item:
    """A mark with the label of the footnote, as its author wrote it."""
    footnote = node.document.ids.get(node.get("refid", "")) if node.document else None
    names = footnote["names"] if footnote is not None else []
    label = str(names[0]) if names else node.astext()
    mark: tuple[str, object] = ("figlist_footnote", label)
    if label.startswith("footcite-"):  # sphinxcontrib-bibtex
        mark = ("figlist_citation", (label.removeprefix("footcite-"),))
    return (nodes.inline, (mark,), ())


def absolute(node: addnodes.pending_xref, docname: str) -> str:
    """A target that means the same on another page."""
    target = str(node["reftarget"])
    if node.get("refdomain") == "std" and node.get("reftype") == "doc":
        return "/" + docname_join(docname, target)
    return target


def elements(content: Content) -> Iterator[tuple[type, dict[str, object], Content]]:
    """Yield all elements of *content*, outer before inner."""
    for item in content:
        if not isinstance(item, str):
            cls, attributes, children = item
            yield cls, dict(attributes), children
            yield from elements(children)


def text(content: Content) -> str:
    """*content* as plain text, its superscripts and subscripts kept."""
    return "".join([item if isinstance(item, str) else _text(item) for item in content])


def _text(element: Element) -> str:
    cls, _attributes, children = element
    inner = text(children)
    if issubclass(cls, nodes.superscript):
        return raised(inner)
    return lowered(inner) if issubclass(cls, nodes.subscript) else inner


def id_part(docname: str) -> str:
    """*docname* as a part of an id: no two documents have the same.

    Docutils' ``make_id`` alone drops what is not ASCII.  It never makes two
    hyphens, so that these can part one name from the next.
    """
    if re.fullmatch(r"[a-z][a-z0-9]*([-/][a-z0-9]+)*", docname):
        return docname.replace("/", "--")
    mark = blake2b(docname.encode(), digest_size=4).hexdigest()
    return f"{nodes.make_id(docname)}-{mark}"
