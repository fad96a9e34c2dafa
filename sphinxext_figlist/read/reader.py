"""The walk over one document: its figures, toctrees, references and lists, in order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.ext.ifconfig import ifconfig

from .directive import figlist
from .kinds import standard_domain
from .made import Folders, Made
from .mentions import document_of, is_apart, is_mention, named, xref
from .recorder import Recorder
from .records import Condition, Figure, ListRequest, Mention, Page, Toctree, XRef
from .scripts import title_text
from .sources import Sources
from .twins import Twins

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_URL = r"[a-zA-Z][a-zA-Z0-9+.-]*:"

#: In these a target would show in tables of contents, or twice.
_UNANCHORED: Final = (
    nodes.title,
    nodes.subtitle,
    nodes.rubric,
    nodes.caption,
    nodes.term,
)


class Around(NamedTuple):
    """What a walk is in."""

    #: Ids, outermost first.
    sections: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    #: The id of the figure, ``""`` without one.
    within: str = ""
    #: Whether targets may stand here.
    anchored: bool = True


#: What a reader does at a node: it returns what is around that node's children, None
#: where they are not to be looked at.
_Way: TypeAlias = "Callable[[Reader, Any, Around], Around | None]"


class Project:
    """What is known of a project while its documents are read."""

    def __init__(self, env: BuildEnvironment, folders: Iterable[str | Path]) -> None:
        self.env = env
        self.folders = Folders(os.fspath(env.srcdir), folders)
        self.sources = Sources(standard_domain(env))
        #: By class of nodes; None where nothing is ever noted of them.
        self.ways: dict[type[nodes.Node], _Way | None] = {}


class Reader:
    """One walk over one document."""

    def __init__(
        self, project: Project, docname: str, document: nodes.document
    ) -> None:
        env = project.env
        self.made = Made(env, docname, project.folders)
        self.docname = docname
        self.document = document
        self.sources = project.sources
        self.recorder = Recorder(env, docname, document, self.made)
        self.flow: list[Figure | Toctree | ListRequest] = []
        self.mentions: list[Mention] = []
        self._ways = project.ways
        self.requests = 0
        self.conditions: set[Condition] = set()
        self.sections: dict[str, nodes.section] = {}
        self.around: dict[str, str] = {}

    def page(self) -> Page:
        """What the document contributes."""
        self._walk(self.document, Around())
        figures = (item for item in self.flow if isinstance(item, Figure))
        own = {id_ for figure in figures for id_ in figure.ids}
        mentions = [
            mention
            for mention in self.mentions
            if isinstance(mention.target, XRef)
            or mention.target[0] != self.docname
            or mention.target[1] in own
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
            made=frozenset(self.made.dependencies()),
        )

    def _walk(self, parent: nodes.Element, around: Around) -> None:
        ways = self._ways
        twins: Twins | None = None
        for node in parent.children:
            cls = node.__class__
            try:
                way = ways[cls]
            except KeyError:
                way = ways[cls] = self._way(cls)
            if way is None:
                if node.children:
                    self._walk(node, around)  # type: ignore[arg-type]
                if twins and cls is not nodes.Text:
                    twins.other()
                continue
            start = len(self.flow)
            inner = way(self, node, around)
            if inner is None:
                continue
            if node.children:
                self._walk(node, inner)  # type: ignore[arg-type]
            if isinstance(node, addnodes.only):
                twins = twins or Twins(self.flow)
                twins.only(node["expr"], start)
            elif twins and not isinstance(node, nodes.Invisible):
                twins.other()

    def _way(self, cls: type[nodes.Node]) -> _Way | None:
        """What is done at nodes of a class."""
        for known, way in _WAYS:
            if issubclass(cls, known):
                return way
        if cls.__name__ == "todo_node":  # of sphinx.ext.todo
            return Reader._todo
        if self.sources.know(cls):
            return Reader._listed
        return Reader._unanchored if issubclass(cls, _UNANCHORED) else None

    def _unless_apart(self, node: nodes.Element, around: Around) -> Around | None:
        return None if is_apart(node) else self._listed(node, around)

    def _unanchored(self, node: nodes.Element, around: Around) -> Around:
        return Around(around.sections, around.conditions, around.within, anchored=False)

    def _section(self, node: nodes.section, around: Around) -> Around:
        if not node["ids"]:
            return around
        id_ = node["ids"][0]
        self.sections[id_] = node
        if around.sections:
            self.around[id_] = around.sections[-1]
        return around._replace(sections=(*around.sections, id_))

    def _only(self, node: addnodes.only, around: Around) -> Around:
        return self._under(around, ("only", node["expr"]))

    def _ifconfig(self, node: ifconfig, around: Around) -> Around:
        return self._under(around, ("ifconfig", node["expr"]))

    def _todo(self, node: nodes.Element, around: Around) -> Around:
        return self._under(around, ("ifconfig", "todo_include_todos"))

    def _under(self, around: Around, one: Condition) -> Around:
        self.conditions.add(one)
        return around._replace(conditions=(*around.conditions, one))

    def _listed(self, node: nodes.Element, around: Around) -> Around:
        if isinstance(node, _UNANCHORED):
            around = self._unanchored(node, around)
        found = self.sources.find(node)
        if not found:
            return around
        figure = self.recorder.figure(node, found, around.sections, around.conditions)
        self.flow.append(figure)
        return Around(around.sections, around.conditions, figure.id, around.anchored)

    def _toctree(self, node: addnodes.toctree, around: Around) -> Around:
        docnames = tuple(
            ref
            for _, ref in node["entries"]
            if ref != "self" and not (":" in ref and re.match(_URL, ref))
        )
        if docnames:
            toctree = Toctree(
                docnames=docnames,
                conditions=around.conditions,
                sections=around.sections,
            )
            self.flow.append(toctree)
        return around

    def _request(self, node: figlist, around: Around) -> Around:
        request = node["request"]._replace(
            ordinal=self.requests,
            sections=around.sections,
            conditions=around.conditions,
        )
        self.requests += 1
        node["request"] = request
        self.flow.append(request)
        return around

    def _reference(self, node: nodes.Element, around: Around) -> Around:
        if not is_mention(node):
            return self._listed(node, around)
        target: XRef | tuple[str, str]
        if isinstance(node, addnodes.pending_xref):
            target = xref(node, self.docname)
        else:
            target = (document_of(node, self.docname), named(node))
        self.mentions.append(
            Mention(
                target=target,
                section=around.sections[-1] if around.sections else "",
                conditions=around.conditions,
                within=around.within,
                ordinal=len(self.mentions),
                anchored=around.anchored,
            )
        )
        return around


#: The first that fits.
_WAYS: Final[tuple[tuple[type, _Way], ...]] = (
    (nodes.substitution_definition, Reader._unless_apart),
    (nodes.topic, Reader._unless_apart),
    (nodes.section, Reader._section),
    (addnodes.only, Reader._only),
    (ifconfig, Reader._ifconfig),
    (addnodes.toctree, Reader._toctree),
    (figlist, Reader._request),
    (addnodes.pending_xref, Reader._reference),
    (nodes.reference, Reader._reference),
    (nodes.Invisible, Reader._listed),
)
