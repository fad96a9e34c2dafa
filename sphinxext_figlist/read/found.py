"""The parts of a listed node, and the classes by which authors mark it."""

from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes

from .pictures import pictures
from .records import Content, Image

#: On a figure or its picture: excludes it from every list, file, total and check.
EXCLUDE_CLASS = "figlist-exclude"

#: On a figure or its picture, before the name of a check: excuses it from the check.
ALLOW_CLASS = "figlist-allow-"


class Found(NamedTuple):
    """The parts of a listed node."""

    kind: str
    caption: Sequence[nodes.Node] | None
    legend: Sequence[nodes.Node] = ()
    images: tuple[Image, ...] = ()
    excluded: bool = False
    allowed: tuple[str, ...] = ()
    author: str = ""
    licence: str = ""
    #: The source or the owner of the picture.
    origin: Content = ()
    #: The words around its number, ``%s``, if they differ from those of its kind.
    words: str = ""


def is_excluded(node: nodes.Element) -> bool:
    """Whether *node*, or a picture in it, has the class ``figlist-exclude``."""
    return EXCLUDE_CLASS in marks(node)


def allowed_checks(node: nodes.Element) -> tuple[str, ...]:
    """The checks from which *node*, or a picture in it, is excused by a class."""
    return allowed_by(marks(node))


def allowed_by(classes: list[str]) -> tuple[str, ...]:
    """The checks of which classes excuse."""
    found = {
        name.removeprefix(ALLOW_CLASS).replace("-", "_")
        for name in classes
        if name.startswith(ALLOW_CLASS)
    }
    return tuple(sorted(found))


def marks(node: nodes.Element) -> list[str]:
    """The classes of *node* and of the pictures in it."""
    found: list[str] = [*node.attributes.get("classes", ())]
    for picture in pictures(node):
        found += picture.attributes.get("classes", ())
    return found
