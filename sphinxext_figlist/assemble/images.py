"""What is known of a picture's file: format, size, and sharpness in print.

Nothing is fetched: a picture on the web has a format at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..read.records import Image

#: Inches of a length's unit, docutils' and LaTeX's; without one it is in pixels.
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
_LENGTH: Final = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)", re.IGNORECASE)
#: Pixels per inch where a file does not tell its own, as LaTeX has it.
_DEFAULT_PPI: Final = 72
#: LaTeX shrinks what is wider than a line.  None is longer than this, in inches.
_LINE: Final = 6.5

_NAMES: Final = {"JPG": "JPEG", "JPE": "JPEG", "TIF": "TIFF", "SVGZ": "SVG"}
_SUFFIX: Final = re.compile(r"[A-Z0-9]{1,5}")
_VECTOR: Final = frozenset({"SVG", "PDF", "EPS", "PS"})
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a picture; None for what is not."""

    #: ``PNG``, ``JPEG``, ``SVG``; ``""`` for a picture without a file.
    format: str
    width: int | None = None
    """Pixels."""
    height: int | None = None
    vector: bool = False
    #: Pixels per inch at the width at which the source has it printed.
    ppi: float | None = None
    #: ``missing`` or ``unreadable``.
    problem: str | None = None


def facts(srcdir: Path, image: Image) -> Facts:
    """The facts of *image*, whose path is relative to *srcdir*."""
    known = _format(image.path)
    if not image.path or _URL.match(image.path):
        return Facts(known, vector=known in _VECTOR)
    path = srcdir / (image.file or image.path)
    if image.file and not path.is_file():  # it is made anew with its document
        return Facts(known, vector=known in _VECTOR)
    if not path.is_file():
        return Facts(known, vector=known in _VECTOR, problem="missing")
    if known in _VECTOR:
        problem = None if _is_vector(path, known) else "unreadable"
        return Facts(known, vector=True, problem=problem)
    size, own_ppi = _measure(path)
    if size is None:
        return Facts(known, problem="unreadable")
    printed = _printed_width(image, size[0], own_ppi)
    ppi = size[0] / printed if printed else None
    return Facts(known, *size, ppi=ppi)


def _format(path: str) -> str:
    name = path.partition("?")[0].partition("#")[0].rpartition("/")[2]
    suffix = name.rpartition(".")[2].upper() if "." in name else ""
    return _NAMES.get(suffix, suffix) if _SUFFIX.fullmatch(suffix) else ""


def _is_vector(path: Path, known: str) -> bool:
    """Whether a file begins as its format does."""
    try:
        with path.open("rb") as file:
            head = file.read(65536)
    except OSError:
        return False
    if known == "SVG":
        return b"<svg" in head or b":svg" in head or head.startswith(b"\x1f\x8b")
    return (b"%PDF" if known == "PDF" else b"%!PS") in head[:1024]


def _measure(path: Path) -> tuple[tuple[int, int] | None, int]:
    """Width and height in pixels, and the pixels per inch that the file tells."""
    import imagesize

    try:
        width, height = imagesize.get(str(path.resolve()))
        ppi, _ = imagesize.getDPI(str(path.resolve()))
    except Exception:  # noqa: BLE001 (whatever a broken file makes of a parser)
        return None, 0
    if width <= 0 or height <= 0:
        return None, 0
    return (round(width), round(height)), max(round(ppi), 0)


def _printed_width(image: Image, pixels: int, own_ppi: int) -> float | None:
    """The width in inches; None where the source gives none, or one of the line's."""
    scale = image.scale / 100 or 1
    if image.width:
        length = _LENGTH.fullmatch(image.width.strip())
        unit = _INCHES.get(length[2].lower()) if length else None
        if not length or unit is None:
            return None
        inches = float(length[1]) * unit * scale
    elif image.scale:
        inches = pixels / (own_ppi or _DEFAULT_PPI) * scale
    else:
        return None
    return min(inches, _LINE)
