"""The figures of a page, and ids for those that have none of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from docutils import nodes

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


class Placed(NamedTuple):
    """A figure on a page, and what was noted on it when it was read.

    In an assembled output its parents may lead to another document.
    """

    node: nodes.figure
    docname: str
    anchor: str


_NOTE: Final = "figlist_place"


def placed(document: nodes.document) -> list[Placed]:
    """The figures of *document*."""
    return [
        Placed(node, *node[_NOTE])
        for node in document.findall(nodes.figure)
        if _NOTE in node.attributes
    ]


def taken(document: nodes.document) -> list[Placed]:
    """The figures of *document*; the note goes, lest some writer shows it."""
    figures = placed(document)
    for figure in figures:
        del figure.node[_NOTE]
    return figures


def settle(assembly: Assembly, figures: Iterable[Placed]) -> None:
    """Give figures that some list links to by an anchor that anchor as an id."""
    single = assembly.output.name == "singlehtml"
    for figure in figures:
        # In a page of all documents ids like "id1" stand many times.
        wanted = single or not figure.node["ids"]
        if wanted and figure.anchor in assembly.addresses.anchors(figure.docname):
            figure.node["ids"].append(figure.anchor)
