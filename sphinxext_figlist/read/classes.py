"""What reading warns of by itself: classes on figures that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from docutils import nodes

from .. import controls
from ..registry import CHECKS
from .found import ALLOW_CLASS, EXCLUDE_CLASS

logger = controls.logger(__name__)

#: Every class that begins so is meant for figlist.
_PREFIX: Final = "figlist-"
#: How near another class must come to be taken for a misspelt one.
_NEAR: Final = 0.85


def warn_of_unknown(node: nodes.Element, classes: Iterable[str]) -> None:
    """Warn of classes on a figure that look like figlist's and are none of them."""
    names = dict.fromkeys(classes)
    if not names:
        return
    known = [EXCLUDE_CLASS, *(ALLOW_CLASS + name.replace("_", "-") for name in CHECKS)]
    for name in names:
        if name in known:
            continue
        near = get_close_matches(name, known, 1, _NEAR)
        if near:
            logger.warning(
                "unknown class %r; did you mean %r?",
                name,
                near[0],
                location=node,
                type="figlist",
                subtype="class",
            )
        elif name.startswith(_PREFIX):
            logger.warning(
                "unknown class %r; allowed: %s",
                name,
                ", ".join(known),
                location=node,
                type="figlist",
                subtype="class",
            )
