"""The figures of a page, and ids for those that have none of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from docutils import nodes
from sphinx import addnodes

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


def part_ids(assembly: "Assembly", document: nodes.document) -> None:
    """In a page of all documents, give what shares its id an id of its own."""
    from ..assemble.addresses import own_id

    counts = Counter(
        id_ for node in document.findall(nodes.Element) for id_ in node["ids"]
    )
    shared = {id_ for id_, count in counts.items() if count > 1}
    assembly.addresses.shared_ids = shared
    for docname, node in in_documents(document, assembly.env.config.root_doc):
        for id_ in node["ids"] if shared else ():
            figure = assembly.figure(docname, id_)
            if id_ in shared and figure and not figure.anchor:
                node["ids"].append(own_id(figure))
                break


def in_documents(
    parent: nodes.Element, docname: str
) -> Iterator[tuple[str, nodes.Element]]:
    """The elements of an assembled document, each with the document that it is of.

    Their parents may lead to another.
    """
    for node in parent.children:
        if isinstance(node, nodes.Element):
            files = (addnodes.start_of_file, nodes.document)  # LaTeX: appendices
            inner = node["docname"] if isinstance(node, files) else docname
            yield inner, node
            yield from in_documents(node, inner)


def settle(assembly: "Assembly", figures: Iterable[Placed]) -> None:
    """Give figures that some list links to by an anchor that anchor as an id."""
    single = assembly.output.name == "singlehtml"
    for figure in figures:
        # In a page of all documents ids like "id1" stand many times.
        wanted = single or not figure.node["ids"]
        if wanted and figure.anchor in assembly.addresses.anchors(figure.docname):
            figure.node["ids"].append(figure.anchor)
