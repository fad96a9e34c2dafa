"""Drawings as thumbnails, by resvg: with nothing in them that leads out of the file."""

from __future__ import annotations

import base64
import io
import re
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

_MOST_BYTES: Final = 2_000_000
_MOST_ELEMENTS: Final = 50_000
_MOST_PIXELS: Final = 16_000_000
#: The longer side to the shorter: more is no picture, and takes long to draw.
_LONGEST: Final = 30
_LENGTH: Final = re.compile(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
_EMBEDDED: Final = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE
)
#: Fonts that many machines have, by resvg's name for what they are.
_NAMES: Final = {
    "serif_family": (
        *("Times New Roman", "Liberation Serif", "DejaVu Serif", "Noto Serif"),
        *("Times", "TeX Gyre Termes"),
    ),
    "sans_serif_family": (
        *("Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Helvetica"),
        "TeX Gyre Heros",
    ),
    "monospace_family": (
        *("Courier New", "Liberation Mono", "DejaVu Sans Mono", "Noto Sans Mono"),
        *("Courier", "TeX Gyre Cursor"),
    ),
}
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")


def thumbnail(file: Path, size: tuple[int, int]) -> bytes | str:
    """A PNG of at most this *size* in pixels, or words on why there is none.

    :raises ValueError: where the file is no drawing.
    """
    data = _read(file)
    if data is None:
        return "too large to be shown"
    if b"<!ENTITY" in data or b"\0" in data:
        raise ValueError(file)
    root = ElementTree.fromstring(data)  # noqa: S314 (it has no entities)
    _close(root)
    if _weight(root) > _MOST_ELEMENTS:
        return "too large to be shown"
    width, height = _size(root)
    if not 1 / _LONGEST <= width / height <= _LONGEST:
        return "too long to be shown"
    scale = min(size[0] / width, size[1] / height)
    root.set("width", f"{width}px")
    root.set("height", f"{height}px")
    drawn = _drawn(root, max(1, int(width * scale)))
    if _without_text(root) and _drawn(root, max(1, int(width * scale))) == drawn:
        return "its text needs a font that is not installed"
    return _packed(drawn)


def _read(file: Path) -> bytes | None:
    """What is in the file, None where that is too much."""
    with file.open("rb") as opened:
        data = opened.read(_MOST_BYTES + 1)
    if data.startswith(b"\x1f\x8b"):
        data = zlib.decompressobj(31).decompress(data, _MOST_BYTES + 1)
    return data if len(data) <= _MOST_BYTES else None


def _close(root: ElementTree.Element) -> None:
    """Take out what leads to files: pictures, and references to other drawings."""
    for parent in list(root.iter()):
        for child in list(parent):
            name = str(child.tag).rpartition("}")[2]
            hrefs = [value for key in _HREFS if (value := child.get(key)) is not None]
            if name in {"image", "feImage"}:
                kept = all(map(_is_small, hrefs))
            else:
                kept = name == "a" or all(href.startswith("#") for href in hrefs)
            if name in {"foreignObject", "script"} or not kept:
                parent.remove(child)


def _is_small(href: str) -> bool:
    """Whether a picture is in the drawing itself, and not too large."""
    import imagesize

    found = _EMBEDDED.match(href)
    if not found:
        return False
    data = base64.b64decode(href[found.end() :])
    width, height = imagesize.get(io.BytesIO(data))
    return 0 < int(width) * int(height) <= _MOST_PIXELS


def _weight(root: ElementTree.Element) -> int:
    """How many elements are drawn, those that are used again counted again."""
    by_id = {id_: element for element in root.iter() if (id_ := element.get("id"))}
    known: dict[int, int] = {}

    def of(element: ElementTree.Element, depth: int) -> int:
        if id(element) not in known:
            known[id(element)] = _MOST_ELEMENTS  # for one that uses itself
            total = 1
            if str(element.tag).rpartition("}")[2] == "use" and depth < 100:
                for key in _HREFS:
                    if (used := by_id.get(element.get(key, "")[1:])) is not None:
                        total += of(used, depth + 1)
            if depth < 100:
                total += sum(of(child, depth + 1) for child in element)
            else:
                total = _MOST_ELEMENTS
            known[id(element)] = min(total, 2 * _MOST_ELEMENTS)
        return known[id(element)]

    return of(root, 0)


def _size(root: ElementTree.Element) -> tuple[float, float]:
    """The width and height of a drawing, in pixels."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    of_box = (float(box[2]), float(box[3])) if len(box) == 4 else (100.0, 100.0)
    width, height = (
        float(side[1]) * _PIXELS[side[2]] if side else 0.0 for side in sides
    )
    if not width or not height:
        ratio = of_box[0] / of_box[1]
        width, height = (
            (width, width / ratio)
            if width
            else (height * ratio, height)
            if height
            else of_box
        )
    if not (0 < width < 1e7 and 0 < height < 1e7):
        raise ValueError("no size")
    return width, height


def _without_text(root: ElementTree.Element) -> bool:
    """Take the words out of a drawing; whether there were any."""
    found = False
    for element in root.iter():
        if str(element.tag).rpartition("}")[2] == "text":
            found = found or bool("".join(element.itertext()).strip())
            for child in list(element):
                element.remove(child)
            element.text = None
    return found


def _drawn(root: ElementTree.Element, width: int) -> bytes:
    """A PNG, so many pixels wide."""
    import resvg_py

    text = ElementTree.tostring(root, encoding="unicode")
    drawn = resvg_py.svg_to_bytes(
        svg_string=text, width=width, background="#ffffff", **_fonts()
    )
    return bytes(drawn)


@cache
def _fonts() -> dict[str, Any]:
    """The fonts that stand for families of which there is none."""
    fonts = {kind: next(filter(_has_font, names), "") for kind, names in _NAMES.items()}
    fonts["font_family"] = fonts["serif_family"]
    return {kind: name for kind, name in fonts.items() if name}


def _has_font(family: str) -> bool:
    """Whether anything is seen of a text in *family*."""
    import resvg_py

    def drawn(words: str) -> bytes:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
            f'<text x="2" y="30" font-size="30" font-family="{family}">{words}</text>'
            "</svg>"
        )
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_family=family))

    return drawn("Ag") != drawn("")


def _packed(drawn: bytes) -> bytes:
    """The PNG with fewer colours, where Pillow is there to do that."""
    try:
        from PIL import Image
    except ImportError:
        return drawn
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn), formats=("PNG",)) as picture:
        picture.convert("RGB").quantize(128).save(out, "PNG")
    return out.getvalue()
