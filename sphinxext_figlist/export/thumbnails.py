"""Thumbnails, for people who recognize a picture by its look.

Nothing is fetched, no program is started, and no file is opened that a drawing names;
what is too large to be drawn in no time is not drawn.
"""

from __future__ import annotations

import io
import os
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..assemble.fields import is_data

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from ..assemble.images import Facts
    from ..read.records import Image

#: Pixels.
WIDTH: Final = 160
HEIGHT: Final = 120
#: Of the pictures that Pillow reads, those that it reads by itself.
_FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "JPEG2000", "PNG", "TIFF", "WEBP")
_MOST_PIXELS: Final = 60_000_000
_MOST_BYTES: Final = 100_000_000
#: Bytes of a thumbnail that may keep all its colours.
_SMALL: Final = 8_000


class Thumbnails:
    """The thumbnails of one book's pictures, each made once."""

    def __init__(self, srcdir: str | os.PathLike[str]) -> None:
        self._srcdir = Path(srcdir)
        self._made: dict[str, bytes | str] = {}

    def of(self, image: Image, facts: Facts) -> bytes | str:
        """A PNG of *image*, or words on why there is none."""
        path = image.path
        if path not in self._made:
            self._made[path] = self._thumbnail(image, facts)
        return self._made[path]

    def _thumbnail(self, image: Image, facts: Facts) -> bytes | str:
        path = image.path
        if not path or is_data(path):
            return "made during the build"
        if "://" in path:
            return "on the web"
        file = self._srcdir / (image.file or path)
        if facts.problem == "missing" or not file.is_file():
            return "the file is missing"
        try:
            if facts.format == "SVG":
                if find_spec("resvg_py") is None:
                    return "drawing"
                from . import svg

                return svg.thumbnail(file, (WIDTH, HEIGHT))
            if find_spec("PIL") is None:
                return facts.format or "picture"
            return _raster(file)
        except (OSError, ValueError, ArithmeticError, LookupError, SyntaxError):
            return "cannot be shown (%s)" % (facts.format or "?")


def _raster(file: Path) -> bytes | str:
    from PIL import Image, ImageOps

    if file.stat().st_size > _MOST_BYTES:
        return "too large to be shown"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(file, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return "too large to be shown"
                picture.draft("RGB", (WIDTH, HEIGHT))
                small = ImageOps.exif_transpose(picture).convert("RGBA")
        except Image.DecompressionBombError:
            return "too large to be shown"
        small.thumbnail((WIDTH, HEIGHT))
        page = Image.new("RGBA", small.size, "white")
        page.alpha_composite(small)
        thumbnail = page.convert("RGB")
        made = _png(thumbnail)
        if len(made) > _SMALL:  # finding the best colours takes far longer
            made = _png(thumbnail.quantize(128))
    return made


def _png(picture: Picture) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
