"""Which nodes are figures: the sources that are registered.

The one registered last is asked first, so that another extension can know its own
nodes better than we do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes

from ..registry import SOURCES, load
from .kinds import has_own_way, known_nodes

if TYPE_CHECKING:
    from sphinx.domains.std import StandardDomain

    from .found import Found

#: The source's own function: what is listed of a node, None where it knows nothing.
Find: TypeAlias = "Callable[[nodes.Element, StandardDomain], Found | None]"


class Sources:
    """The sources for the documents of one project."""

    def __init__(self, std: StandardDomain) -> None:
        self._std = std
        modules = [source.module for source in reversed(SOURCES.values())]
        self._finds: list[tuple[Find, tuple[type | str, ...]]] = [
            (load(module, "find"), tuple(load(module, "NODES"))) for module in modules
        ]
        self._numbered = known_nodes(std.env)
        self._any = any(map(has_own_way, std.env.domains.values()))
        self._by_class: dict[type[nodes.Node], list[Find]] = {}

    def know(self, cls: type[nodes.Node]) -> list[Find]:
        """Those of the sources that may find something in nodes of a class."""
        finds = self._by_class.get(cls)
        if finds is None:
            numbered = cls in self._numbered or (
                self._any and issubclass(cls, nodes.Element)
            )
            finds = self._by_class[cls] = [
                find
                for find, known in self._finds
                if any(_is_of(cls, one) for one in known) or (numbered and not known)
            ]
        return finds

    def find(self, node: nodes.Element) -> Found | None:
        """What the first source that knows *node* finds in it."""
        for find in self.know(node.__class__):
            if found := find(node, self._std):
                return found
        return None


def _is_of(cls: type, known: type | str) -> bool:
    """Whether *cls* is a class that is known, or known by name."""
    return cls.__name__ == known if isinstance(known, str) else issubclass(cls, known)
