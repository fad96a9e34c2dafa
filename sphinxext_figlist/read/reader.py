"""The walk over one document: its figures, toctrees, references and lists, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.ext.ifconfig import ifconfig

from .content import freeze
from .directive import figlist
from .kinds import standard_domain
from .made import Made
from .mentions import document_of, is_apart, is_mention, named, xrefs
from .recorder import Recorder
from .records import Condition, Figure, ListRequest, Mention, Page, Toctree, XRef
from .scripts import title_text
from .sources import Sources
from .twins import Twins

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_URL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

#: In these a target would show in tables of contents, or twice.
_UNANCHORED: Final = (
    nodes.title,
    nodes.subtitle,
    nodes.rubric,
    nodes.caption,
    nodes.term,
)
#: What a walk looks at, besides these and what sources know.
_NOTED: Final = (
    *(nodes.section, nodes.topic, nodes.reference, nodes.Invisible),
    *(addnodes.only, addnodes.toctree, addnodes.pending_xref, ifconfig, figlist),
)


class Reader:
    """One walk over one document."""

    def __init__(
        self,
        env: BuildEnvironment,
        docname: str,
        document: nodes.document,
        made: Made,
    ) -> None:
        self.made = made
        self.docname = docname
        self.document = document
        self.sources = Sources(standard_domain(env))
        self.recorder = Recorder(env, docname, document, made)
        self.flow: list[Figure | Toctree | ListRequest] = []
        self.mentions: list[Mention] = []
        #: What is known of classes of nodes.
        self._plain: dict[type[nodes.Node], bool] = {}
        self.requests = 0
        self.conditions: set[Condition] = set()
        self.titles: dict[str, str] = {}
        self.sections: dict[str, nodes.section] = {}
        self.around: dict[str, str] = {}

    def page(self) -> Page:
        """What the document contributes."""
        self._walk(self.document, (), (), "")
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

    def _walk(
        self,
        parent: nodes.Element,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
        within: str,
        *,
        anchored: bool = True,
    ) -> None:
        twins: Twins | None = None
        for node in parent.children:
            cls = node.__class__
            plain = self._plain.get(cls)
            if plain is None:
                plain = self._plain[cls] = self._is_plain(cls)
            if plain:  # nothing to note but what is in it
                if node.children:
                    inside = cast("nodes.Element", node)
                    self._walk(inside, sections, conditions, within, anchored=anchored)
                if twins and not isinstance(node, nodes.Text):
                    twins.other()
                continue
            if not isinstance(node, nodes.Element) or is_apart(node):
                continue
            start = len(self.flow)
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
            elif isinstance(node, self.sources.nodes):
                found = self.sources.find(node)
                if found:
                    figure = self.recorder.figure(node, found, sections, conditions)
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
            if isinstance(node, addnodes.only):
                twins = twins or Twins(self.flow)
                twins.only(node["expr"], start)
            elif twins and not isinstance(node, nodes.Invisible):
                twins.other()

    def _is_plain(self, cls: type[nodes.Node]) -> bool:
        """Whether nothing is ever noted of nodes of this class."""
        return cls.__name__ != "todo_node" and not issubclass(
            cls, (*_NOTED, *_UNANCHORED, *self.sources.nodes)
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
            target = (document_of(node, self.docname), named(node))
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
