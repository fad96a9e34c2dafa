"""Source: pictures that are in no figure: in the text, in a caption, on a card."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx.domains.std import StandardDomain

from .found import Found, allowed_checks, is_excluded
from .kinds import PICTURE
from .pictures import DRAWN, image_of

NODES: Final = (nodes.image, *DRAWN)


def find(node: nodes.Element, _std: StandardDomain) -> Found | None:
    """Any picture that is no figure's own."""
    if _is_of_figure(node):
        return None
    return Found(
        kind=PICTURE,
        caption=None,
        images=(image_of(node),),
        excluded=is_excluded(node),
        allowed=allowed_checks(node),
    )


def _is_of_figure(node: nodes.Element) -> bool:
    around = node.parent
    while around is not None:
        if isinstance(around, (nodes.caption, nodes.legend)):
            return False
        if isinstance(around, nodes.figure):
            return True
        around = around.parent
    return False
