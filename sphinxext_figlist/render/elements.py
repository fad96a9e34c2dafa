"""Nodes of pages of HTML, how they are written, and what marks a copied one."""

from __future__ import annotations

import json
from html import escape
from posixpath import join
from typing import Any, Final
from urllib.parse import quote

from docutils import nodes

from ..words import _

#: On a copied reference: where it leads nowhere, that was told at the original.
COPY: Final = "figlist_copy"


class figlist_column(nodes.bullet_list):
    """Lines whose numbers stand in a column; ``width``: of its widest, in digits."""


class figlist_html(nodes.General, nodes.Element):
    """What goes to a page as it is, ``html``; its text is for the search index."""


class figlist_folded(nodes.General, nodes.Element):
    """The links to chapters, in one line where there is little room."""


def visit_column(self: Any, node: figlist_column) -> None:
    """Write the list's beginning with what the style sheet needs to know."""
    self.visit_bullet_list(node)
    if self.builder.format == "html":
        width = f'<ul style="--figlist-number: {node["width"]}ch"'
        self.body[-1] = self.body[-1].replace("<ul", width, 1)


def depart_column(self: Any, node: figlist_column) -> None:
    """End the list."""
    self.depart_bullet_list(node)


def visit_html(self: Any, node: figlist_html) -> None:
    """Write it."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def visit_folded(self: Any, _node: figlist_folded) -> None:
    """Begin what a style sheet unfolds where there is room."""
    words = escape(_("Chapters"))
    self.body.append(f'<details class="figlist-chapters"><summary>{words}</summary>\n')


def depart_folded(self: Any, _node: figlist_folded) -> None:
    """End it."""
    self.body.append("</details>\n")


#: A hooked arrow, and a selector that keeps it from being drawn as an emoji.
_ARROW = "\u21a9\ufe0e"


class figlist_backlink(nodes.Inline, nodes.Element):
    """A link without text, so that neither search nor other copies have it."""


def visit_backlink(self: Any, node: figlist_backlink) -> None:
    """Write the link; its words are for screen readers."""
    words, body = node["words"], self.body
    link = (
        f'<a class="figlist-backlink" role="doc-backlink" aria-label="{words}"'
        f' title="{words}" href="{escape(node["refuri"])}">{_ARROW}</a>'
    )
    # A figure is called by all that its caption says: the link stands before that.
    for place in range(len(body) - 1, -1, -1):
        if body[place][:7] == "<figcap":
            body.insert(place, link + "\n")
            break
        if body[place][:7] in {"<figure", "</figur"}:
            body.append(" " + link)  # another extension writes captions its way
            break
    else:
        body.append(" " + link)
    raise nodes.SkipNode


def skip(_self: Any, _node: nodes.Element) -> None:
    """Write nothing: this output lacks the node, or writes it with another."""
    raise nodes.SkipNode


class figlist_search(nodes.General, nodes.Element):
    """Where the script puts its field; without text, so that no search finds it."""


def visit_search(self: Any, node: figlist_search) -> None:
    """Write the words of the field and what it finds; the script does the rest."""
    data = {
        "label": _("Search this list"),
        "count": _("%(shown)s of %(all)s shown"),
        "none": _("Nothing found"),
        "unseen": node["unseen"],
    }
    # In an attribute, where no text can end the element.
    words = escape(json.dumps(data, ensure_ascii=False))
    self.body.append(
        f'<div class="figlist-search" data-figlist="{words}" hidden="hidden">'
    )
    self.body.append("</div>\n")
    raise nodes.SkipNode


class figlist_thumbnail(nodes.image):
    """A picture of a figure on another page; style sheets give its size.

    Builders copy and convert the file as they do for any ``image``.
    """


def visit_thumbnail(self: Any, node: figlist_thumbnail) -> None:
    """Write the picture: Sphinx's own visitor gives it the figure's size."""
    builder, uri = self.builder, node["uri"]
    if uri in builder.images:
        uri = join(builder.imgpath, quote(builder.images[uri]))
    attributes = {"src": uri, "alt": node["alt"]}
    if builder.name != "epub":  # EPUB's schema lacks it
        attributes["loading"] = "lazy"
    self.body.append(self.emptytag(node, "img", "", **attributes))
    raise nodes.SkipNode
