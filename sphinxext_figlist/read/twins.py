"""Twins: a figure in two forms, of which each output has one.

A plot is a figure for HTML and another for all else, and Sphinx numbers both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .kinds import PICTURE
from .records import Figure, ListRequest, Toctree

_NOT: Final = r"not\s+\((?P<all>.*)\)|not\s+(?P<one>\w+)"


class Twins:
    """Pairs the figures of neighbouring ``only`` nodes, as a walk comes to them."""

    def __init__(self, flow: list[Figure | Toctree | ListRequest]) -> None:
        """Take the figures out of *flow*, and put them back as twins."""
        self._flow = flow
        self._before: tuple[str, Sequence[int]] | None = None

    def only(self, expression: str, start: int) -> None:
        """Note an ``only`` whose content begins at *start* in the flow."""
        places = [
            place
            for place in range(start, len(self._flow))
            if isinstance(figure := self._flow[place], Figure)
            and figure.kind != PICTURE
        ]
        if self._before and _excludes(self._before[0], expression):
            self._pair(self._before[1], places)
            self._before = None
        else:
            self._before = (expression, places)

    def other(self) -> None:
        """Note that something else stands here."""
        self._before = None

    def _pair(self, ones: Sequence[int], others: Sequence[int]) -> None:
        """Make twins of the figures that one directive made, in their order."""
        for place, other in zip(ones, others, strict=False):
            first, second = self._flow[place], self._flow[other]
            assert isinstance(first, Figure)
            assert isinstance(second, Figure)
            if (first.source, first.line) == (second.source, second.line):
                self._flow[place] = first._replace(twin=second.ids)
                self._flow[other] = second._replace(twin=first.ids)


def _excludes(one: str, other: str) -> bool:
    """Whether of two expressions one is that the other does not hold."""
    return any(
        (match := re.fullmatch(_NOT, a.strip()))
        and (match["all"] or match["one"] or "").strip() == b.strip()
        for a, b in ((one, other), (other, one))
    )
