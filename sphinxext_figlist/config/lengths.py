"""Lengths in print, as docutils and LaTeX have them."""

from __future__ import annotations

import re
from typing import Final

#: Inches of a unit; without one a length is in pixels.
_INCHES: Final = {
    "": 1 / 96,
    "px": 1 / 96,
    "in": 1.0,
    "cm": 1 / 2.54,
    "mm": 1 / 25.4,
    "q": 1 / 101.6,
    "pt": 1 / 72,
    "bp": 1 / 72,
    "pc": 1 / 6,
}
_LENGTH: Final = r"(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*|%)"


def inches(length: str, line: float | None = None) -> float | None:
    """*length* in inches; None where it is no length.

    :param line: the width in inches that per cents are of.
    """
    found = re.fullmatch(_LENGTH, length.strip(), re.IGNORECASE)
    if not found:
        return None
    if found[2] == "%":
        return float(found[1]) / 100 * line if line else None
    unit = _INCHES.get(found[2].lower())
    return None if unit is None else float(found[1]) * unit
