"""Which nodes are figures, and where such a node keeps its parts.

A new source of figures is one function here and its line in :data:`SOURCES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from docutils import nodes
from sphinx.domains.std import StandardDomain

from ..records import Content, Image

#: On a figure or its picture: keep it out of every list, file, total and check.
EXCLUDE_CLASS = "figlist-exclude"

#: On a figure or its picture, before a check's name: excuse it from that check.
ALLOW_CLASS = "figlist-allow-"

#: Classes of pictures for one colour scheme alone (furo, pydata-sphinx-theme).
_SCHEMES = frozenset({"only-light", "only-dark", "dark-light"})

#: Nodes of other packages that draw a picture and carry its alt text.
DRAWN = frozenset({"graphviz", "inheritance_diagram", "mermaid", "plantuml"})


class Found(NamedTuple):
    """The parts of a node that is listed."""

    kind: str
    caption: Sequence[nodes.Node] | None
    legend: Sequence[nodes.Node] = ()
    images: tuple[Image, ...] = ()
    excluded: bool = False
    allowed: tuple[str, ...] = ()
    author: str = ""
    licence: str = ""
    #: Where the picture is from, or whose it is.
    origin: Content = ()


def figure(node: nodes.Element, std: StandardDomain) -> Found | None:
    """Any ``figure``, with or without a caption."""
    if not isinstance(node, nodes.figure):
        return None
    caption: Sequence[nodes.Node] | None = None
    legend: list[nodes.Node] = []
    for child in node.children:
        if isinstance(child, nodes.caption):
            caption = child.children or None
        elif isinstance(child, nodes.legend):
            legend.extend(child.children)
    pictures = list(_pictures(node))
    if "original_caption" in node:  # sphinx-metadata-figure's `:nonumber:`
        caption = node["original_caption"].children or None
    return Found(
        kind=std.get_enumerable_node_type(node) or "figure",
        caption=caption,
        legend=legend,
        images=tuple(map(_image, pictures)),
        excluded=is_excluded(node),
        allowed=_allowed(node),
        author=str(node.get("author", "")),
        licence=str(node.get("license", "")),
        origin=_origin(node),
    )


def enumerable(node: nodes.Element, std: StandardDomain) -> Found | None:
    """A captioned table, code block, or node that an extension registered."""
    kind = std.get_enumerable_node_type(node)
    if not kind or kind == "section":
        return None
    title = std.get_numfig_title(node)
    if not title:
        return None
    caption: Sequence[nodes.Node] = [nodes.Text(title)]
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.title)):
            caption = child.children
            break
    return Found(kind=kind, caption=caption, excluded=is_excluded(node))


#: Asked in this order; the first that finds something has it.
SOURCES: tuple[Callable[[nodes.Element, StandardDomain], Found | None], ...] = (
    figure,
    enumerable,
)


def find(node: nodes.Element, std: StandardDomain) -> Found | None:
    """What the sources find in *node*."""
    for source in SOURCES:
        if found := source(node, std):
            return found
    return None


def is_excluded(node: nodes.Element) -> bool:
    """Whether *node*, or a picture in it, has the class ``figlist-exclude``."""
    return EXCLUDE_CLASS in node["classes"] or any(
        EXCLUDE_CLASS in picture["classes"] for picture in _pictures(node)
    )


def _allowed(node: nodes.Element) -> tuple[str, ...]:
    """The checks from which *node*, or a picture in it, is excused by a class."""
    found = {
        name.removeprefix(ALLOW_CLASS).replace("-", "_")
        for element in (node, *_pictures(node))
        for name in element["classes"]
        if name.startswith(ALLOW_CLASS)
    }
    return tuple(sorted(found))


def _pictures(node: nodes.Element) -> Iterator[nodes.Element]:
    """Pictures of a figure itself: not those in its texts or in inner figures."""
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.legend, nodes.figure)):
            continue
        if not isinstance(child, nodes.Element):
            continue
        if isinstance(child, nodes.image) or child.__class__.__name__ in DRAWN:
            yield child
        else:
            yield from _pictures(child)


def _image(picture: nodes.Element) -> Image:
    alt = picture.get("alt")
    if alt == "" and _is_markdown(picture):
        alt = None  # ``![](...)`` is an omission, no declaration
    return Image(
        path=_original(picture),
        alt=alt,
        candidates=tuple(sorted(picture.get("candidates", {}).items())),
        classes=tuple(name for name in picture["classes"] if name in _SCHEMES),
        width=str(picture.get("width", "")),
        scale=int(picture.get("scale", 0)),
    )


#: What sphinx-metadata-figure takes for a link.
_LINK = re.compile(r"\[(?P<words>.*)\]\((?P<url>.*)\)|(?P<bare>https?://\S+)")


def _origin(node: nodes.Element) -> Content:
    """sphinx-metadata-figure's source of a picture, or else its copyright."""
    words = str(node.get("source", "")) or str(node.get("copyright", ""))
    if not (link := _LINK.fullmatch(words)):
        return (words,) if words else ()
    url = ("refuri", link["bare"] or link["url"])
    return ((nodes.reference, (url,), (link["words"] or link["bare"],)),)


def _is_markdown(picture: nodes.Element) -> bool:
    """Whether *picture* was written as ``![alt](uri)``.

    MyST sets its attributes in that order, directives their options first.
    """
    names = list(picture.attributes)
    return "uri" in names and names.index("uri") < names.index("alt")


#: Folders for pictures that notebooks and plots make, beside the output folder:
#: wherever that is, the lists are the same.
_MADE = re.compile(r"(?:^|/)((?:jupyter_execute|plot_directive)/.*)")


def is_made(path: str) -> bool:
    """Whether a picture is one that a notebook or plot made."""
    return _MADE.match(path) is not None


def _original(picture: nodes.Element) -> str:
    uri = str(picture.get("uri", ""))
    if made := _MADE.search(uri):
        return uri[made.start(1) :]
    if uri.endswith(".*"):
        candidates: Iterable[str] = picture.get("candidates", {}).values()
        return min(candidates, default=uri)
    return uri
