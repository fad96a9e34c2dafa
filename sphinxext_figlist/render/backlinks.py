"""The link from a figure to its entry in a list, in HTML and EPUB."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from ..words import _

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from .anchors import Placed
    from .links import Links

#: A hooked arrow, and a selector that keeps it from being drawn as an emoji.
_ARROW = "\u21a9\ufe0e"


class figlist_backlink(nodes.Inline, nodes.Element):
    """A link without text, so that neither search nor other copies have it."""


def visit_html(self: Any, node: figlist_backlink) -> None:
    """Write the link; its words are for screen readers."""
    words = escape(_("Back to the list of figures"))
    link = (
        f'<a class="figlist-backlink" role="doc-backlink" aria-label="{words}"'
        f' title="{words}" href="{escape(node["refuri"])}">{_ARROW}</a>'
    )
    # A figure is called by all that its caption says: the link stands before that.
    for place in range(len(self.body) - 1, -1, -1):
        if self.body[place].startswith("<figcaption"):
            self.body.insert(place, link + "\n")
            break
        if self.body[place].startswith(("<figure", "</figure")):
            self.body.append(" " + link)  # another extension writes captions its way
            break
    else:
        self.body.append(" " + link)
    raise nodes.SkipNode


def skip(_self: Any, _node: nodes.Element) -> None:
    """Write nothing: this output lacks the node, or writes it with another."""
    raise nodes.SkipNode


def add(assembly: Assembly, links: Links, figures: Iterable[Placed]) -> None:
    """Link each figure that a list shows to its entry there."""
    from .uncaptioned import caption_of, insert_caption

    for figure in figures:
        node, targets = figure.node, assembly.addresses.backlinks(figure.docname)
        target = next((targets[id_] for id_ in node["ids"] if id_ in targets), None)
        if target and (uri := links.uri(*target)):
            caption = caption_of(node) or insert_caption(node)
            caption += figlist_backlink(refuri=uri)
