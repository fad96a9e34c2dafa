"""What is known of a picture's file: format, size, and sharpness in print.

Nothing is fetched: a picture on the web has a format at most.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..config.lengths import inches
from ..read.records import Image
from .fields import path_of

#: Pixels per inch where a file does not tell its own, as LaTeX has it.
_DEFAULT_PPI: Final = 72
#: LaTeX shrinks what is wider than a line.  None is longer than this, in inches.
_LONGEST: Final = 6.5

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
    #: At which the source has it printed.
    printed: float | None = None
    """Inches."""
    #: ``missing`` or ``unreadable``.
    problem: str | None = None

    @property
    def ppi(self) -> float | None:
        """Pixels per inch as it is printed."""
        return self.width / self.printed if self.width and self.printed else None


def facts(srcdir: Path, image: Image, line: float | None = None) -> Facts:
    """The facts of *image*, whose path is relative to *srcdir*.

    :param line: the printed width of a line in inches, where that is known.
    """
    known = _format(path_of(image))
    printed = _printed_width(image, line)
    if not image.path or _URL.match(image.path):
        return Facts(known, vector=known in _VECTOR, printed=printed)
    path = srcdir / (image.file or image.path)
    if image.file and not path.is_file():  # it is made anew with its document
        return Facts(known, vector=known in _VECTOR, printed=printed)
    if not path.is_file():
        return Facts(known, vector=known in _VECTOR, printed=printed, problem="missing")
    if known in _VECTOR:
        problem = None if _is_vector(path, known) else "unreadable"
        return Facts(known, vector=True, printed=printed, problem=problem)
    size, own_ppi = _measure(path)
    if size is None:
        return Facts(known, printed=printed, problem="unreadable")
    if image.scale and not image.width:
        natural = size[0] / (own_ppi or _DEFAULT_PPI)
        printed = min(natural * image.scale / 100, line or _LONGEST)
    return Facts(known, *size, printed=printed)


def sha256(srcdir: Path, image: Image) -> str | None:
    """The SHA-256 of a picture's file in hexadecimals; None where there is none.

    None, too, for a picture that is made while the book is built: many tools write the
    date into it, and the list of one book is the same on any day.
    """
    path = _file(srcdir, image)
    if path is None or image.file:
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(srcdir: Path, image: Image) -> tuple[int, int] | None:
    """What changes with a picture's file."""
    path = _file(srcdir, image)
    if path is None:
        return None
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _file(srcdir: Path, image: Image) -> Path | None:
    if not image.path or _URL.match(image.path):
        return None
    path = srcdir / (image.file or image.path)
    return path if path.is_file() else None


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
        width, height = imagesize.get(str(path))
        ppi, _ = imagesize.getDPI(str(path))
    except Exception:  # noqa: BLE001 (whatever a broken file makes of a parser)
        return None, 0
    if width <= 0 or height <= 0:
        return None, 0
    return (round(width), round(height)), max(round(ppi), 0)


def _printed_width(image: Image, line: float | None) -> float | None:
    """The width in inches, as the source has it; None where it gives none.

    A scale alone is of the picture's own size.
    """
    if image.width:
        width = inches(image.width, line)
    elif image.scale:
        return None
    else:
        width = line
    if width is None:
        return None
    scale = image.scale / 100 or 1
    return min(width * scale, line or _LONGEST)
