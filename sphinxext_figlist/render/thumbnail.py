"""Small pictures of figures, loaded as the reader comes near them."""

from __future__ import annotations

from posixpath import join
from typing import Any
from urllib.parse import quote

from docutils import nodes


class figlist_thumbnail(nodes.image):
    """A picture of a figure on another page; style sheets give its size.

    Builders copy and convert the file as they do for any ``image``.
    """


def visit_html(self: Any, node: figlist_thumbnail) -> None:
    """Write the picture: Sphinx's own visitor gives it the figure's size."""
    builder, uri = self.builder, node["uri"]
    if uri in builder.images:
        uri = join(builder.imgpath, quote(builder.images[uri]))
    attributes = {"src": uri, "alt": node["alt"]}
    if builder.name != "epub":  # EPUB's schema lacks it
        attributes["loading"] = "lazy"
    self.body.append(self.emptytag(node, "img", "", **attributes))
    raise nodes.SkipNode
