"""What reading warns of by itself: classes on figures that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.util import logging

from ..registry import CHECKS
from ..words import __

logger = logging.getLogger(__name__)


def warn_of_excuses(node: nodes.Element, checks: Iterable[str]) -> None:
    """Warn of excuses from checks that do not exist."""
    for name in checks:
        if name not in CHECKS:
            logger.warning(
                __("the class figlist-allow-%s names no check; there are %s"),
                name.replace("_", "-"),
                ", ".join(CHECKS),
                location=node,
                type="figlist",
                subtype="class",
            )
