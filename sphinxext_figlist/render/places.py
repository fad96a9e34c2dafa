"""Targets in the text beside the references that some list leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from ..read.mentions import is_apart, is_mention, named

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


def mark(assembly: Assembly, docname: str, document: nodes.document) -> None:
    """Put a target before each reference that a list of this output leads to."""
    addresses = assembly.addresses
    # Other builders than Sphinx's put all documents into one, too.
    whole = any(document.findall(addnodes.start_of_file))
    if not (whole or assembly.output.assembled or addresses.places(docname)):
        return
    for name, ordinal, node in list(_mentions(document, docname)):
        place = addresses.places(name).get(ordinal)
        # Whatever another extension did since reading, nothing wrong is marked.
        if place and place.target == named(node):
            index = node.parent.index(node)
            node.parent.insert(index, nodes.target(ids=[place.anchor]))


def _mentions(
    document: nodes.document, docname: str
) -> Iterator[tuple[str, int, nodes.Element]]:
    """Yield references with their documents and ordinals, as they were read.

    An output of one document has the others in it, each in a ``start_of_file``.
    """
    counts: dict[str, int] = defaultdict(int)

    def visit(
        parent: nodes.Element, name: str
    ) -> Iterator[tuple[str, int, nodes.Element]]:
        for node in parent.children:
            if isinstance(node, nodes.Element) and not is_apart(node):
                files = (addnodes.start_of_file, nodes.document)  # LaTeX: appendices
                inner = node["docname"] if isinstance(node, files) else name
                if is_mention(node):
                    yield name, counts[name], node
                    counts[name] += 1
                yield from visit(node, inner)

    yield from visit(document, docname)
