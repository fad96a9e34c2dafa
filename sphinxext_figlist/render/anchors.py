"""Ids for figures that have none of their own, where some list links to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from ..assembly import Assembly


def settle(assembly: Assembly | None, figures: Iterable[nodes.figure]) -> None:
    """Give figures that some list links to by an anchor that anchor as an id."""
    single = assembly is not None and assembly.output.name == "singlehtml"
    for figure in figures:
        if "figlist_anchor" in figure.attributes:
            docname, anchor = figure.attributes.pop("figlist_anchor")
            # In a page of all documents ids like "id1" stand many times.
            if assembly is None or (figure["ids"] and not single):
                continue
            if anchor in assembly.anchors(docname):
                figure["ids"].append(anchor)
