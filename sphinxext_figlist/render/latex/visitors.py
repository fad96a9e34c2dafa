"""LaTeX visitors that add to those that would run without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Given the translator, the node, and what would have run.
Visitor: TypeAlias = "Callable[[Any, nodes.Element, Callable[[], None]], None]"


def plain(_self: Any, _node: nodes.Element, original: Callable[[], None]) -> None:
    """Add nothing."""
    original()


def extend(
    app: Sphinx,
    name: str,
    visit: Visitor,
    depart: Visitor = plain,
) -> None:
    """Put *visit* and *depart* around the LaTeX visitors of the node class *name*.

    These are the translator's own, or another extension's.  ``app.add_node`` would
    take docutils' knowledge of the node away when the application ends.
    """
    known = app.registry.translation_handlers.setdefault("latex", {})
    earlier = known.get(name)

    def around(place: int, method: str, ours: Visitor) -> Callable[[Any, Any], None]:
        def handler(self: Any, node: nodes.Element) -> None:
            def original() -> None:
                if earlier is None:
                    getattr(type(self), f"{method}_{name}")(self, node)
                elif (given := earlier[place]) is not None:
                    given(self, node)

            ours(self, node, original)

        return handler

    known[name] = (around(0, "visit", visit), around(1, "depart", depart))
