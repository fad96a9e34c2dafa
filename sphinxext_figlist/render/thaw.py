"""Frozen captions as nodes of the page that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from ..assemble.references import in_document
from ..read.kinds import standard_domain
from ..read.records import Content
from .elements import COPY
from .links import Links
from .numref import is_refused, numref

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


class Thaw:
    """Thaws content for one page.

    References are left to Sphinx to resolve from that page, but ``numref``: it
    would load a whole document for each.
    """

    def __init__(self, assembly: Assembly, links: Links, docname: str) -> None:
        self._assembly = assembly
        self._links = links
        self._docname = docname
        # LaTeX prints numbers of its own.
        self._numref = assembly.output.format != "latex"

    def __call__(self, content: Content) -> list[nodes.Node]:
        """Fresh nodes for *content*."""
        thawed: list[nodes.Node] = []
        for item in content:
            if isinstance(item, str):
                thawed.append(nodes.Text(item))
                continue
            cls, attributes, children = item
            if node := self._element(cls, dict(attributes), children):
                thawed.append(node)
            elif thawed and isinstance(thawed[-1], nodes.Text):
                # The space that rST wants before a mark goes with the mark.
                thawed[-1] = nodes.Text(thawed[-1].rstrip())
        return thawed

    def _element(
        self, cls: type, attributes: dict[str, Any], children: Content
    ) -> nodes.Node | None:
        if "figlist_footnote" in attributes or "figlist_citation" in attributes:
            return None
        if target := attributes.pop("figlist_target", None):
            id_ = self._assembly.addresses.element_id(*target)
            return self._links.to(target[0], id_, self(children))
        if issubclass(cls, addnodes.pending_xref):
            return self._pending(attributes, children)
        return element(cls, attributes, self(children))

    def _pending(self, attributes: dict[str, Any], children: Content) -> nodes.Node:
        docname = attributes["figlist_docname"]
        target = attributes["reftarget"]
        if attributes.get("reftype") == "numref":
            explicit = element(nodes.inline, {}, self(children)).astext()
            words = explicit if attributes.get("refexplicit") else None
            found = numref(self._assembly, docname, target, words)
            if found is None and is_refused(
                self._assembly, target, in_latex=not self._numref
            ):
                return nodes.inline("", "", *self(children))
            if found is not None and self._numref:
                text = [nodes.Text(found.words)]
                return self._links.to(found.docname, found.id, list(text))
        if is_lost(self._assembly, attributes):
            said = self(children)
            if not any(node.astext() for node in said):
                said = [nodes.literal("", target)]
            return nodes.inline("", "", *said)
        if attributes.get("reftype") == "any":
            absolute = docname_join(docname, target)
            if absolute in self._assembly.env.all_docs:
                attributes["reftarget"] = "/" + absolute
        if attributes.get("refdomain") == "doc" and (
            link := self._to_element(attributes, children)
        ):
            return link
        attributes["refdoc"] = self._docname
        attributes[COPY] = True
        return element(addnodes.pending_xref, attributes, self(children))

    def _to_element(
        self, attributes: dict[str, Any], children: Content
    ) -> nodes.Element | None:
        """A MyST link to an element of a document; None where MyST resolves it.

        It was warned of on its own page, if at all.
        """
        assembly, docname = self._assembly, str(attributes["reftarget"])
        fragment = str(attributes.get("reftargetid") or "")
        if not fragment or fragment in assembly.book.slugs.get(docname, ()):
            return None
        _, id_ = in_document(assembly.book, docname, fragment, assembly.has)
        if not id_:
            attributes["reftargetid"] = None
            return None
        words = self(children)
        if not any(node.astext() for node in words):
            labels = standard_domain(assembly.env).labels
            title = labels.get(fragment, ("", "", ""))[2]
            words = [nodes.Text(title) if title else nodes.literal("", fragment)]
        id_ = assembly.addresses.element_id(docname, id_)
        return self._links.to(docname, id_, words)


def is_lost(assembly: Assembly, attributes: dict[str, Any]) -> bool:
    """Whether MyST would warn of a link, as it did on the caption's own page."""
    if attributes.get("reftype") != "myst" or attributes.get("refdomain") == "doc":
        return False
    env, target = assembly.env, attributes["reftarget"]
    if target in env.all_docs or {target, target.lower()} & assembly.book.labels.keys():
        return False
    if getattr(env, "intersphinx_inventory", None):
        return False  # another project may have it
    return not any(
        name == target
        for domain in env.domains.values()
        for name, *_ in domain.get_objects()
    )


def element(
    cls: type, attributes: dict[str, Any], children: list[nodes.Node]
) -> nodes.Element:
    """A node of *cls*, whatever arguments its own constructor takes."""
    node: nodes.Element = object.__new__(cls)
    nodes.Element.__init__(node)
    if issubclass(cls, nodes.TextElement):
        node.rawsource = ""
    node.attributes.update(attributes)
    node.extend(children)
    return node
