"""Skeletons: as much of a document as its numbering looks at.

Sphinx numbers a book by walking all its documents: sections, toctrees, and what can
be numbered.  A skeleton is these alone, as plain data.  What Sphinx itself numbers is
an id there; what an extension numbers is kept whole, since nobody else knows what its
title getter looks at.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.domains.std import StandardDomain
from sphinx.util.logging import suppress_logging

from .kinds import has_own_way, module_of, standard_domain

if TYPE_CHECKING:
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

#: ``("section", id, items)``, ``("toctree", docnames)``, the name of a class of
#: ``_PLAIN`` and an id, or the pickle of an element that is kept whole.
Item: TypeAlias = "tuple[Any, ...] | bytes"

#: Raised with the shape of items.
VERSION: Final = 1


class _Caption(nodes.caption):
    """A caption of nothing but text, which the title's getter need not copy."""

    def deepcopy(self) -> _Caption:
        return self


_CAPTION: Final = _Caption("", "-")

#: What Sphinx numbers, by its name here, and the children that a stand-in needs.
_PLAIN: Final[dict[str, tuple[type[nodes.Element], list[nodes.Node]]]] = {
    "figure": (nodes.figure, [_CAPTION]),
    "table": (nodes.table, [_CAPTION]),
    "container": (nodes.container, [_CAPTION]),
    "math_block": (nodes.math_block, []),
}
_NAMES: Final = {cls: name for name, (cls, _) in _PLAIN.items()}


class Skeletons:
    """Makes skeletons, and documents of them, by what a project can number."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._std = standard_domain(env)
        self._domains: list[Domain] = list(env.domains.values())

    def rules(self) -> str:
        """What skeletons depend on besides their documents.

        Empty where an extension has a way of its own to say what is numbered.
        """
        asked = (self._std.get_numfig_title, self._std.is_enumerable_node)
        if any(map(has_own_way, self._domains)) or any(
            module_of(method) != "sphinx.domains.std" for method in asked
        ):
            return ""
        kinds = [
            f"{domain.name} {_name(cls)} {kind} {getter and _name(getter)}"
            for domain in self._domains
            for cls, (kind, getter) in domain.enumerable_nodes.items()
        ]
        return "\n".join([str(VERSION), *sorted(kinds)])

    def of(self, document: nodes.document) -> tuple[Item, ...] | None:
        """The skeleton of *document*; None where it would be numbered otherwise."""
        walk = _Walk(self._std, self._domains, document)
        try:
            items = walk.items(document)
            if walk.whole and not self._same(walk.whole, items):
                return None
        except Exception:  # noqa: BLE001
            # A getter's, or what it looked at: Sphinx meets it in the document.
            return None
        return items

    def _same(self, whole: list[nodes.Element], items: Sequence[Item]) -> bool:
        """Whether Sphinx is told the same of what was kept of *whole*."""
        kept: list[nodes.Element] = []
        self.document(items, kept)
        with suppress_logging():  # what getters have to say, they say when numbering
            return [*map(self._answers, kept)] == [*map(self._answers, whole)]

    def _answers(self, whole: nodes.Element) -> list[object]:
        """What Sphinx is told of an element, and of those in it."""
        answers: list[object] = []
        for node in whole.findall(nodes.Element):
            kinds = [d.get_enumerable_node_type(node) for d in self._domains]
            if any(kinds):
                title = self._std.get_numfig_title(node)
                answers.append((kinds, title, node["ids"]))
        return answers

    def document(
        self, items: Sequence[Item], whole: list[nodes.Element] | None = None
    ) -> nodes.document:
        """A document of *items* alone.

        :param whole: is given the elements that were kept whole.
        """
        document: nodes.document = _bare(nodes.document, {})
        document.document = document
        document.current_source = document.current_line = None  # for copies
        document.settings = cast("Any", SimpleNamespace(env=self._env))
        _fill(document, items, document, [] if whole is None else whole)
        return document


class _Walk:
    """One walk over a document, in the order in which Sphinx numbers."""

    def __init__(
        self, std: StandardDomain, domains: list[Domain], document: nodes.document
    ) -> None:
        self._std = std
        self._domains = domains
        self._document = document
        self._ways: dict[type, Callable[..., None] | None] = {}
        #: What is kept whole.
        self.whole: list[nodes.Element] = []

    def items(self, parent: nodes.Element) -> tuple[Item, ...]:
        found: list[Item] = []
        self._children(parent, found)
        return tuple(found)

    def _children(self, parent: nodes.Element, found: list[Item]) -> None:
        ways = self._ways
        for node in parent.children:
            cls = node.__class__
            try:
                way = ways[cls]
            except KeyError:
                way = ways[cls] = self._way(cls)
            if way is not None:
                way(node, found)
            elif node.children:
                self._children(node, found)  # type: ignore[arg-type]

    def _way(self, cls: type) -> Callable[..., None] | None:
        if issubclass(cls, nodes.section):
            return self._section
        if issubclass(cls, addnodes.toctree):
            return self._toctree
        registered = [d for d in self._domains if cls in d.enumerable_nodes]
        if not registered:
            return None
        if cls in _NAMES and len(registered) == 1:
            domain = registered[0]
            if domain is not self._std:
                untitled = cls is nodes.math_block and domain.name == "math"
                return self._plain if untitled else self._other
            kind, getter = domain.enumerable_nodes[cls]
            own = kind, None
            if own == StandardDomain.enumerable_nodes.get(cls) and (
                getter is None or _is_ours(getter)
            ):
                return self._titled
        return self._other

    def _section(self, node: nodes.section, found: list[Item]) -> None:
        if inner := self.items(node):
            found.append(("section", node["ids"][0], inner))

    def _toctree(self, node: addnodes.toctree, found: list[Item]) -> None:
        if docnames := tuple(ref for _, ref in node["entries"]):
            found.append(("toctree", docnames))

    def _plain(self, node: nodes.Element, found: list[Item]) -> None:
        if node["ids"]:
            found.append((_NAMES[node.__class__], node["ids"][0]))
        self._children(node, found)

    def _titled(self, node: nodes.Element, found: list[Item]) -> None:
        if node["ids"] and (_is_titled(node) or self._std.get_numfig_title(node)):
            found.append((_NAMES[node.__class__], node["ids"][0]))
        self._children(node, found)

    def _other(self, node: nodes.Element, found: list[Item]) -> None:
        if not node["ids"]:
            self._children(node, found)
            return
        self.whole.append(node)
        parent = node.parent
        stream = io.BytesIO()
        pickler = _Pickler(stream, {"document": self._document, "parent": parent})
        # Where a getter that warns says that it is.
        pickler.dump((parent.__class__, *get_source_line(parent)))
        pickler.dump(node)
        found.append(stream.getvalue())


def _is_titled(node: nodes.Element) -> bool:
    """Whether it is plain to see that *node* has a title: that of most is some text."""
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.title)):
            texts = [
                str(text) for text in child.children if isinstance(text, nodes.Text)
            ]
            return any(text and text.isprintable() for text in texts)
    return False


# -- elements that are kept whole -------------------------------------------------


class _Pickler(pickle.Pickler):
    """Pickles an element, and names of what is around it."""

    def __init__(self, stream: io.BytesIO, around: dict[str, object]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._around = {id(value): name for name, value in around.items()}

    def persistent_id(self, obj: object) -> str | None:
        return self._around.get(id(obj))


class _Unpickler(pickle.Unpickler):
    """The counterpart of it."""

    def __init__(self, data: bytes, around: dict[str, object]) -> None:
        super().__init__(io.BytesIO(data))
        self.around = around

    def persistent_load(self, pid: str) -> object:
        return self.around[pid]


# -- stand-ins --------------------------------------------------------------------


def _bare(cls: type[Any], attributes: dict[str, object]) -> Any:
    """An element with what a walk looks at and no more."""
    node: Any = object.__new__(cls)
    node.attributes = attributes
    node.children = []
    return node


def _fill(
    parent: Any,
    items: Sequence[Item],
    document: nodes.document,
    whole: list[nodes.Element],
) -> None:
    add = parent.children.append
    for item in items:
        if isinstance(item, bytes):
            unpickler = _Unpickler(item, {"document": document})
            cls, source, line = unpickler.load()
            around = _bare(cls, {})
            around.parent, around.source, around.line = parent, source, line
            unpickler.around["parent"] = around
            node = unpickler.load()
            around.children.append(node)
            add(node)
            whole.append(node)
            continue
        name = item[0]
        if name == "section":
            node = _bare(nodes.section, {"ids": [item[1]]})
            node.parent = parent
            _fill(node, item[2], document, whole)
        elif name == "toctree":
            entries = [(None, docname) for docname in item[1]]
            node = _bare(addnodes.toctree, {"entries": entries})
        else:
            cls, children = _PLAIN[name]
            node = _bare(cls, {"ids": [item[1]]})
            node.children = children
        add(node)


# -- where functions come from ----------------------------------------------------


def _is_ours(getter: object) -> bool:
    """Whether *getter* is of this package: its answer to a caption is the caption."""
    return module_of(getter).startswith(__name__.partition(".")[0] + ".")


def _name(of: object) -> str:
    named = of if hasattr(of, "__qualname__") else type(of)
    return f"{getattr(named, '__module__', '')}.{named.__qualname__}"
