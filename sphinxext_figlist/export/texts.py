"""Captions as Markdown: frozen content resolved for files instead of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util import docname_join

from ..assemble import foreign
from ..read.kinds import standard_domain
from ..read.records import Content, XRef
from ..render.elements import COPY
from ..render.numref import is_refused, numref
from ..render.thaw import element, is_lost
from .markup import markdown

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly

#: sphinxcontrib-bibtex's text before and after a key: ``{see}key{p. 3}``.
_AROUND_KEY = re.compile(r"\{[^{}]*\}")


def resolved(
    assembly: Assembly,
    builder: Builder,
    contents: Iterable[Content],
    *,
    marks: bool = False,
) -> list[list[nodes.Node]]:
    """Fresh nodes for each of *contents*, their references resolved.

    :param marks: whether citations get the marks that the bibliography has.
    """
    thaw = _FileThaw(assembly, marks=marks)
    document = new_document("")
    document.settings.env = assembly.env
    paragraphs = []
    for content in contents:
        paragraph = nodes.paragraph("", "", *thaw(content))
        paragraphs.append(paragraph)
        if thaw.pending:
            thaw.pending = False
            document += paragraph
    if document.children:
        env = assembly.env
        env.resolve_references(document, env.config.root_doc, builder)
    return [paragraph.children for paragraph in paragraphs]


def as_markdown(
    assembly: Assembly, builder: Builder, contents: Sequence[Content]
) -> list[str]:
    """Each of *contents* as one line of Markdown."""
    return [markdown(content) for content in resolved(assembly, builder, contents)]


class _FileThaw:
    """Thaws content for a file: what leads into the book becomes its text."""

    def __init__(self, assembly: Assembly, *, marks: bool) -> None:
        self._assembly = assembly
        self._with_marks = marks
        self._std = standard_domain(assembly.env)
        self._marks: dict[XRef, str] = {}
        #: Whether something was left for Sphinx to resolve.
        self.pending = False

    def __call__(self, content: Content) -> list[nodes.Node]:
        thawed: list[nodes.Node] = []
        for item in content:
            if isinstance(item, str):
                thawed.append(nodes.Text(item))
            else:
                cls, attributes, children = item
                thawed += self._element(cls, dict(attributes), children)
        return thawed

    def _element(
        self, cls: type, attributes: dict[str, Any], children: Content
    ) -> list[nodes.Node]:
        if issubclass(cls, nodes.raw):
            return []
        if "figlist_target" in attributes:
            return self(children)
        if issubclass(cls, addnodes.pending_xref):
            return self._pending(attributes, children)
        return [element(cls, attributes, self(children))]

    def _pending(
        self, attributes: dict[str, Any], children: Content
    ) -> list[nodes.Node]:
        docname = attributes.pop("figlist_docname")
        domain, role = attributes.get("refdomain"), attributes.get("reftype")
        target = attributes["reftarget"]
        if domain in {"cite", "citation"}:
            keys = [key.strip() for key in _AROUND_KEY.sub("", target).split(",")]
            mark = nodes.inline(figlist_citation=list(filter(None, keys)))
            if self._with_marks:
                mark += nodes.Text(self._mark(docname, attributes, children))
            return [mark]
        if role == "numref":
            words = _words(self(children)) if attributes.get("refexplicit") else None
            if found := numref(self._assembly, docname, target, words):
                return [nodes.Text(found.words)]
            if is_refused(self._assembly, target, in_latex=False):
                return self(children)
        elif role in {"ref", "doc", "myst"}:
            if attributes.get("refexplicit"):
                return self(children)
            if title := self._title(docname, target):
                return [nodes.Text(title)]
        if is_lost(self._assembly, attributes):
            said = self(children)
            return said if _words(said) else [nodes.literal("", target)]
        self.pending = True
        attributes |= {"refdoc": docname, COPY: True}
        return [element(addnodes.pending_xref, attributes, self(children))]

    def _mark(self, docname: str, attributes: dict[str, Any], children: Content) -> str:
        """A citation as the bibliography marks it, ``""`` where it does not."""
        role, target = attributes.get("reftype", ""), attributes["reftarget"]
        domain = attributes["refdomain"]
        if domain == "citation":
            return _words(self(children))
        xref = XRef(domain, role, target, False, docname)
        if xref not in self._marks:
            found = foreign.resolved(self._assembly.env, _NOWHERE, xref)
            self._marks[xref] = found.astext() if found is not None else ""
        return self._marks[xref]

    def _title(self, docname: str, target: str) -> str:
        """The text of a reference to a label or document without words of its own."""
        if label := self._std.labels.get(target.lower()):
            return label[2]
        titles = self._assembly.book.titles
        return titles.get(docname_join(docname, target)) or titles.get(target, "")


def _words(thawed: list[nodes.Node]) -> str:
    return "".join(node.astext() for node in thawed)


#: As much of a builder as domains ask for; files hold no links.
_NOWHERE: Any = SimpleNamespace(
    name="figlist", format="", get_relative_uri=lambda *_: "", get_target_uri=str
)
