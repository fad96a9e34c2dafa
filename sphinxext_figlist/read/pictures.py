"""The pictures of a figure: where they are and what they say."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from ..controls import in_xml
from .inserted import place
from .records import Image
from .scripts import is_blank

#: Classes of pictures for one colour scheme alone (furo, pydata-sphinx-theme).
_SCHEMES = frozenset({"only-light", "only-dark", "dark-light"})

#: Nodes of other packages that draw a picture and carry its alt text.
DRAWN = frozenset({"graphviz", "inheritance_diagram", "mermaid", "plantuml"})


def pictures(node: nodes.Element) -> list[nodes.Element]:
    """Pictures of a figure itself: not those in its texts or in inner figures."""
    found: list[nodes.Element] = []
    for child in node.children:
        if isinstance(child, (nodes.caption, nodes.legend, nodes.figure)):
            continue
        if not isinstance(child, nodes.Element):
            continue
        if is_picture(child):
            found.append(child)
        elif child.children:
            found += pictures(child)
    return found


def image_of(picture: nodes.Element) -> Image:
    """What is kept of *picture*."""
    said = picture.attributes
    alt = said.get("alt")
    if alt is not None:
        alt = in_xml(str(alt))
        # ``![](...)`` and blanks are an omission, no declaration.
        if is_blank(alt) and (alt or _is_markdown(picture)):
            alt = None
    if alt and _is_default(picture):
        alt = None
    source, line = place(picture)
    return Image(
        path=_original(picture),
        alt=alt,
        candidates=tuple(sorted(said.get("candidates", {}).items())),
        classes=tuple(name for name in said["classes"] if name in _SCHEMES),
        width=str(said.get("width", "")),
        scale=int(said.get("scale", 0)),
        source=source or "",
        line=line,
    )


def is_picture(node: nodes.Element) -> bool:
    """Whether *node* is a picture, or draws one."""
    return isinstance(node, nodes.image) or node.__class__.__name__ in DRAWN


def _is_markdown(picture: nodes.Element) -> bool:
    """Whether *picture* was written as ``![alt](uri)``.

    MyST sets its attributes in that order, directives their options first.
    """
    names = list(picture.attributes)
    return "uri" in names and names.index("uri") < names.index("alt")


def _is_default(picture: nodes.Element) -> bool:
    """Whether docutils gave *picture* the name of its substitution for an alt text.

    What a directive was written as is kept, with its options.
    """
    written = picture.rawsource
    return written.startswith("image::") and ":alt:" not in written.lower()


def _original(picture: nodes.Element) -> str:
    uri = str(picture.get("uri", ""))
    if uri.endswith(".*"):
        candidates: Iterable[str] = picture.get("candidates", {}).values()
        return min(candidates, default=uri)
    return uri
