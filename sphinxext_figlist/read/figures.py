"""Source: ``figure``, whatever directive or parser made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docutils import nodes
from sphinx.domains.std import StandardDomain

from .found import EXCLUDE_CLASS, Found, allowed_by, marks
from .pictures import image_of, pictures
from .records import Content

NODES: Final = (nodes.figure,)

#: What sphinx-metadata-figure takes for a link.
_LINK = r"\[(?P<words>.*)\]\((?P<url>.*)\)|(?P<bare>https?://\S+)"


def find(node: nodes.Element, std: StandardDomain) -> Found | None:
    """Any ``figure``, with or without a caption."""
    if not isinstance(node, nodes.figure):
        return None
    caption: Sequence[nodes.Node] | None = None
    legend: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, nodes.caption):
            caption = child.children if _says(child) else None
        elif isinstance(child, nodes.legend):
            legend.extend(child.children)
    classes = marks(node)
    if "original_caption" in node:  # sphinx-metadata-figure's `:nonumber:`
        caption = node["original_caption"].children or None
    return Found(
        kind=std.get_enumerable_node_type(node) or "figure",
        caption=caption,
        legend=legend,
        images=tuple(map(image_of, pictures(node))),
        excluded=EXCLUDE_CLASS in classes,
        allowed=allowed_by(classes),
        author=str(node.attributes.get("author", "")),
        licence=str(node.attributes.get("license", "")),
        origin=_origin(node),
    )


def _says(caption: nodes.caption) -> bool:
    """Whether there are words or pictures in *caption*: HTML alone says nothing."""
    if any(
        child.__class__ is nodes.Text and child.strip() for child in caption.children
    ):
        return True  # the common case
    return any(
        isinstance(child, nodes.image)
        or (not isinstance(child, nodes.raw) and child.astext().strip())
        for child in caption.children
    )


def _origin(node: nodes.Element) -> Content:
    """sphinx-metadata-figure's source of a picture, or else its copyright."""
    said = node.attributes
    words = str(said.get("source", "")) or str(said.get("copyright", ""))
    if not words:
        return ()
    if not (link := re.fullmatch(_LINK, words)):
        return (words,)
    url = ("refuri", link["bare"] or link["url"])
    return ((nodes.reference, (url,), (link["words"] or link["bare"],)),)
