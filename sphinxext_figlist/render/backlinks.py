"""The link from a figure to its entry in a list, in HTML and EPUB."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from ..words import _
from .elements import figlist_backlink

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from .anchors import Placed
    from .links import Links


def add(assembly: Assembly, links: Links, figures: Iterable[Placed]) -> None:
    """Link each figure that a list shows to its entry there."""
    from .uncaptioned import caption_of, insert_caption

    words = escape(_("Back to the list of figures"))
    for figure in figures:
        node, targets = figure.node, assembly.addresses.backlinks(figure.docname)
        target = next((targets[id_] for id_ in node["ids"] if id_ in targets), None)
        if target and (uri := links.uri(*target)):
            caption = caption_of(node) or insert_caption(node)
            caption += figlist_backlink(refuri=uri, words=words)
