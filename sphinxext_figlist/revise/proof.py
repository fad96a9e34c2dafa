"""The proof: read again, the book differs in the texts that were asked for alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from docutils import nodes

from ..assemble.places import Place, said
from ..read.pictures import is_picture

#: Attributes of nodes that say where they are from.
_PLACES: Final = frozenset({"line", "source", "rawsource"})


def fault(before: nodes.Node, after: nodes.Node) -> str:
    """What differs between two readings of a document, besides alt texts."""
    if isinstance(before, nodes.Text) or isinstance(after, nodes.Text):
        if type(before) is type(after) and before == after:
            return ""
        return f"the text {_short(before)} would become {_short(after)}"
    assert isinstance(before, nodes.Element)
    assert isinstance(after, nodes.Element)
    if before.__class__ is not after.__class__:
        return f"a {before.tagname} would become a {after.tagname}: {_short(after)}"
    ignored = {*_PLACES, "alt"} if is_picture(before) else _PLACES
    for name in before.attributes.keys() | after.attributes.keys():
        if name not in ignored and not _same(before.get(name), after.get(name)):
            return f"{name} of a {before.tagname} would change"
    if len(before) != len(after):
        return f"a {before.tagname} would have other content: {_short(after)}"
    for old, new in zip(before.children, after.children, strict=True):
        if found := fault(old, new):
            return found
    return ""


def wrong_place(
    before: Sequence[Place],
    after: Sequence[Place],
    wanted: Mapping[Place, str],
) -> tuple[Place | None, str]:
    """Of a document's pictures, one that has not the text it is to have, and why.

    :param before: the places of its pictures, and *after*, in their order.
    :param wanted: the texts of the places that were edited.
    """
    if len(before) != len(after):
        return None, "the number of pictures would change"
    for old, new in zip(before, after, strict=True):
        if (old.source, old.path) != (new.source, new.path):
            return old, "another picture would be there"
        if old in wanted:
            text = wanted[old]
            if said(new.alt) != text or (not text and new.alt is None):
                return old, f'the alt text would become "{said(new.alt)}"'
        elif old.alt != new.alt:
            return (
                old,
                f'the alt text of another picture would become "{said(new.alt)}"',
            )
    return None, ""


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, nodes.Node) and isinstance(other, nodes.Node):
        return not fault(one, other)
    return bool(one == other) or (type(one) is type(other) and str(one) == str(other))


def _short(node: nodes.Node) -> str:
    words = " ".join(node.astext().split())
    return f'"{words[:60]}"'
