"""Which nodes are figures: the sources that are registered.

The one registered last is asked first, so that another extension can know its own
nodes better than we do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from docutils import nodes

from ..registry import SOURCES, load
from .kinds import known_nodes

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
        self._finds: list[Find] = [load(module, "find") for module in modules]
        known = [node for module in modules for node in load(module, "NODES")]
        #: The classes of nodes that may be figures.
        self.nodes: tuple[type[nodes.Node], ...] = (
            *dict.fromkeys((*known, *known_nodes(std.env))),
        )

    def find(self, node: nodes.Element) -> Found | None:
        """What the first source that knows *node* finds in it."""
        for find in self._finds:
            if found := find(node, self._std):
                return found
        return None
