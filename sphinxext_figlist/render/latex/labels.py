"""Labels of ours in LaTeX, for kinds of other extensions that some list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ...proofs.aux import own_label
from ...read.kinds import COUNTERS, kind_of, standard_domain
from .numbers import Walk

if TYPE_CHECKING:
    from ...assemble.assembly import Assembly


def add(assembly: Assembly, docname: str, document: nodes.document) -> None:
    """Put a label before each element of such a kind.

    Extensions name theirs as they like, or write none.

    :param document: the assembled one, whose root is *docname*.
    """
    kinds = {request.kind for request in assembly.requests()} - COUNTERS.keys()
    if not kinds:
        return
    std = standard_domain(assembly.env)
    for name, _chapter, node in list(Walk(assembly).elements(document, docname)):
        if node["ids"] and kind_of(std, node) in kinds:
            found = (assembly.figure(name, id_) for id_ in node["ids"])
            figure = next(filter(None, found), None)
            if figure is not None:
                label = own_label(name, figure.id)
                latex = rf"\phantomsection\label{{\detokenize{{{label}}}}}"
                place = node.parent.index(node)
                node.parent.insert(place, nodes.raw("", latex, format="latex"))
