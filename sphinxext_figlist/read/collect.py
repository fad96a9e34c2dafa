"""The collector: what each document contributes, noted when it has been read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.ext.ifconfig import ifconfig

from .. import reports
from ..records import (
    Condition,
    Figure,
    ListRequest,
    Mention,
    Page,
    Toctree,
    XRef,
)
from ..store import store_of
from .content import freeze, id_part, text, title_text, xrefs
from .directive import figlist
from .kinds import standard_domain
from .sources import Found, find

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

#: Roles whose text, or whose place in the book, another document decides.
_ROLES = frozenset({"ref", "numref", "keyword", "doc", "any", "myst", "eq"})
_URL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

#: In these a target would show in tables of contents, or twice.
_UNANCHORED = (nodes.title, nodes.subtitle, nodes.rubric, nodes.caption, nodes.term)


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


class FigureCollector(EnvironmentCollector):
    """Collects figures, toctrees, references and list directives by document."""

    def enable(self, app: Sphinx) -> None:
        """Look at documents when all others have done so, and changed them."""
        super().enable(app)
        assert self.listener_ids is not None
        app.disconnect(self.listener_ids["doctree-read"])
        self.listener_ids["doctree-read"] = app.connect(
            "doctree-read", self.process_doc, priority=900
        )

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note what *doctree* contributes."""
        env = app.env
        reader = _Reader(env, env.docname, doctree)
        store_of(env).add(env.docname, reader.page())

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """The store, a domain, is cleared by Sphinx."""

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: Set[str],
        other: BuildEnvironment,
    ) -> None:
        """The store, a domain, is merged by Sphinx."""


class _Reader:
    """One walk over one document."""

    def __init__(
        self, env: BuildEnvironment, docname: str, document: nodes.document
    ) -> None:
        self.docname = docname
        self.srcdir = os.fspath(env.srcdir)
        self.path = os.fspath(env.doc2path(docname))
        self.document = document
        self.std: StandardDomain = standard_domain(env)
        self.candidates: tuple[type, ...] = (
            nodes.figure,
            nodes.container,
            *self.std.enumerable_nodes,
        )
        self.flow: list[Figure | Toctree | ListRequest] = []
        self.mentions: list[Mention] = []
        self.requests = 0
        self.conditions: set[Condition] = set()
        self.titles: dict[str, str] = {}
        self.sections: dict[str, nodes.section] = {}
        self.around: dict[str, str] = {}
        self.slugs: set[str] = set()
        self.paths: dict[str, str] = {}

    def page(self) -> Page:
        self._walk(self.document, (), (), "")
        figures = (item for item in self.flow if isinstance(item, Figure))
        own = {id_ for figure in figures for id_ in figure.ids}
        mentions = [
            mention
            for mention in self.mentions
            if isinstance(mention.target, XRef) or mention.target[1] in own
        ]
        named = {mention.section for mention in mentions}
        for id_ in tuple(named):
            while id_ := self.around.get(id_, ""):
                named.add(id_)
        for item in self.flow:
            named.update(item.sections)
        return Page(
            flow=tuple(self.flow),
            mentions=tuple(mentions),
            conditions=frozenset(self.conditions),
            titles={
                id_: title_text(section[0])  # type: ignore[arg-type]
                for id_, section in self.sections.items()
                if id_ in named
            },
            around={
                inner: outer for inner, outer in self.around.items() if inner in named
            },
            first_section=next(iter(self.sections), ""),
        )

    def _walk(
        self,
        parent: nodes.Element,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
        within: str,
        *,
        anchored: bool = True,
    ) -> None:
        for node in parent.children:
            if not isinstance(node, nodes.Element) or is_apart(node):
                continue
            inner_sections, inner_conditions, inner = sections, conditions, within
            inner_anchored = anchored and not isinstance(node, _UNANCHORED)
            if isinstance(node, nodes.section):
                if node["ids"]:
                    self.sections[node["ids"][0]] = node
                    inner_sections = (*sections, node["ids"][0])
                    if sections:
                        self.around[node["ids"][0]] = sections[-1]
            elif isinstance(node, addnodes.only):
                inner_conditions = self._under(conditions, ("only", node["expr"]))
            elif isinstance(node, ifconfig):
                inner_conditions = self._under(conditions, ("ifconfig", node["expr"]))
            elif node.__class__.__name__ == "todo_node":  # of sphinx.ext.todo
                todos = ("ifconfig", "todo_include_todos")
                inner_conditions = self._under(conditions, todos)
            elif isinstance(node, addnodes.toctree):
                self._toctree(node, sections, conditions)
            elif isinstance(node, figlist):
                self._request(node, sections, conditions)
            elif is_mention(node):
                self._mention(node, sections, conditions, within, anchored)
            elif isinstance(node, self.candidates):
                found = find(node, self.std)
                if found:
                    figure = self._figure(node, found, sections, conditions)
                    self.flow.append(figure)
                    inner = figure.id
            if node.children:
                self._walk(
                    node,
                    inner_sections,
                    inner_conditions,
                    inner,
                    anchored=inner_anchored,
                )

    def _toctree(
        self,
        node: addnodes.toctree,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
    ) -> None:
        docnames = tuple(
            ref for _, ref in node["entries"] if ref != "self" and not _URL.match(ref)
        )
        if docnames:
            toctree = Toctree(
                docnames=docnames, conditions=conditions, sections=sections
            )
            self.flow.append(toctree)

    def _under(
        self, conditions: tuple[Condition, ...], one: Condition
    ) -> tuple[Condition, ...]:
        self.conditions.add(one)
        return (*conditions, one)

    def _request(
        self,
        node: figlist,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
    ) -> None:
        request = node["request"]._replace(
            ordinal=self.requests,
            sections=sections,
            conditions=conditions,
        )
        self.requests += 1
        node["request"] = request
        self.flow.append(request)

    def _mention(
        self,
        node: nodes.Element,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
        within: str,
        anchored: bool,
    ) -> None:
        target: XRef | tuple[str, str]
        if isinstance(node, addnodes.pending_xref):
            target = xrefs(freeze([node], self.docname))[0]
        else:
            target = (self.docname, node["refid"])
        self.mentions.append(
            Mention(
                target=target,
                section=sections[-1] if sections else "",
                conditions=conditions,
                within=within,
                ordinal=len(self.mentions),
                anchored=anchored,
            )
        )

    def _figure(
        self,
        node: nodes.Element,
        found: Found,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
    ) -> Figure:
        caption = None
        if found.caption is not None:
            caption = freeze(found.caption, self.docname)
        legend = freeze(found.legend, self.docname)
        reports.warn_of_excuses(node, found.allowed)
        source, line = self._place(node)
        names = tuple(node["names"])
        ids = self._ids(node, names)
        stem = next((_stem(image.path) for image in found.images), "")
        slug = (
            (nodes.make_id(names[0]) if names else "")
            or nodes.make_id(stem)
            or nodes.make_id(text(caption or ())[:60])
            or found.kind
        )
        slug = self._unused(slug)
        anchor = ""
        if isinstance(node, nodes.figure) and not found.excluded:
            if not names:
                anchor = f"figure-{id_part(self.docname)}--{slug}"
            node["figlist_place"] = (self.docname, anchor)
        return Figure(
            kind=found.kind,
            docname=self.docname,
            ids=ids,
            names=names,
            anchor=anchor,
            slug=slug,
            caption=caption,
            legend=legend,
            images=found.images,
            source=source,
            line=line,
            conditions=conditions,
            sections=sections,
            xrefs=xrefs(caption or ()) + xrefs(legend),
            excluded=found.excluded,
            allowed=found.allowed,
            author=found.author,
            licence=found.licence,
            origin=found.origin,
        )

    def _ids(self, node: nodes.Element, names: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of *node*, those of its names first.

        A figure below ``.. _name:`` has one that counts ("id1"), too: it changes with
        the document, and stands many times in a page of all documents.
        """
        given = {self.document.nameids.get(name) for name in names}
        return tuple(sorted(node["ids"], key=lambda id_: id_ not in given))

    def _unused(self, wanted: str) -> str:
        """*wanted*, or it with the first free number behind it; note it as used."""
        name, count = wanted, 1
        while name in self.slugs:
            count += 1
            name = f"{wanted}-{count}"
        self.slugs.add(name)
        return name

    def _place(self, node: nodes.Element) -> tuple[str, int | None]:
        """Source file and line of *node*, or of the nearest node that has them."""
        source, line = node.source, node.line
        for other in _around(node) if not (source and line) else ():
            source = source or other.source
            line = line or other.line
        source = source or self.path
        if source not in self.paths:
            path = os.path.relpath(source, self.srcdir)
            self.paths[source] = path.replace(os.sep, "/")
        return self.paths[source], line or None


def _around(node: nodes.Element) -> Iterator[nodes.Element]:
    """What is in *node*, then what it is in, from the inside out."""
    yield from node.findall(nodes.Element)
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _stem(path: str) -> str:
    """The name of a file without its folder and suffix."""
    return path.rpartition("/")[2].partition(".")[0]
