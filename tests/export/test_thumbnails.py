"""Thumbnails: of rasters and drawings, small, and with nothing opened or fetched."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pillow
from support import png, write_tree

from sphinxext_figlist.assemble.images import facts
from sphinxext_figlist.export.thumbnails import HEIGHT, WIDTH, Thumbnails
from sphinxext_figlist.read.records import Image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def of(folder: Path, name: str, content: bytes | str) -> bytes | str:
    write_tree(folder, {name: content})
    image = Image(name, None)
    return Thumbnails(folder).of(image, facts(folder, image))


def size(thumbnail: bytes | str) -> tuple[int, int]:
    assert isinstance(thumbnail, bytes), thumbnail
    return Pillow.open(io.BytesIO(thumbnail)).size


def colours(thumbnail: bytes | str) -> set[object]:
    assert isinstance(thumbnail, bytes), thumbnail
    picture = Pillow.open(io.BytesIO(thumbnail)).convert("RGB")
    return {colour for _, colour in picture.getcolors(100_000) or []}


def raster(kind: str, width: int, height: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, (width, height), 200 if mode == "L" else None).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_rasters(tmp_path: Path, kind: str) -> None:
    suffix = {"JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    assert size(of(tmp_path, f"a.{suffix}", raster(kind, 640, 160))) == (WIDTH, 40)
    assert size(of(tmp_path, f"b.{suffix}", raster(kind, 16, 12))) == (16, 12)


def test_drawings(tmp_path: Path) -> None:
    drawn = of(
        tmp_path, "a.svg", f'{SVG} viewBox="0 0 8 6"><rect width="8" height="6"/></svg>'
    )
    assert size(drawn) == (WIDTH, HEIGHT)
    assert (0, 0, 0) in colours(drawn)
    packed = zlib.compress(f'{SVG} width="4in" height="1in"/>'.encode(), wbits=31)
    assert size(of(tmp_path, "b.svgz", packed)) == (WIDTH, 40)


def test_nothing_leads_out_of_a_drawing(tmp_path: Path) -> None:
    red = tmp_path / "red.png"
    Pillow.new("RGB", (9, 9), "red").save(red)
    for href in (str(red), red.as_uri(), "red.png", "https://example.org/x.png"):
        for name in ("href", "xlink:href"):
            drawing = f'{SVG} viewBox="0 0 9 9"><image {name}="{href}" width="9" height="9"/></svg>'
            assert colours(of(tmp_path, "a.svg", drawing)) == {(255, 255, 255)}


def test_what_is_too_large(tmp_path: Path) -> None:
    assert (
        of(tmp_path, "a.svg", f'{SVG} width="1" height="100000"/>')
        == "too long to be shown"
    )
    levels = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(20)
    )
    bomb = f'{SVG} viewBox="0 0 9 9"><defs>{levels}<g id="g20"><rect/></g></defs><use href="#g0"/></svg>'
    assert of(tmp_path, "b.svg", bomb) == "too large to be shown"
    round_ = f'{SVG} viewBox="0 0 9 9"><g id="a"><use href="#a"/></g></svg>'
    assert of(tmp_path, "r.svg", round_) == "too large to be shown"
    entities = f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}><text>&a;</text></svg>'
    assert of(tmp_path, "c.svg", entities) == "cannot be shown (SVG)"
    assert (
        of(tmp_path, "d.svg", SVG + ">" + " " * 2_000_001 + "</svg>")
        == "too large to be shown"
    )
    wide = png(1, width=60_000, height=1).replace(
        b"\x00\x00\xea\x60\x00\x00\x00\x01", b"\x00\x00\xea\x60\x00\x00\xea\x60"
    )
    assert isinstance(of(tmp_path, "e.png", wide), str)


def test_words(tmp_path: Path) -> None:
    thumbnails = Thumbnails(tmp_path)
    for path, words in {
        "": "made during the build",
        "data:image/png;base64,x": "made during the build",
        "https://example.org/a.png": "on the web",
        "none.png": "the file is missing",
    }.items():
        image = Image(path, None)
        assert thumbnails.of(image, facts(tmp_path, image)) == words
    for name in ("a.png", "a.svg", "a.eps", "a.pdf"):
        assert "cannot be shown" in str(of(tmp_path, name, "%!PS-Adobe-3.0 EPSF-3.0\n"))
    eps = of(tmp_path, "b.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    assert "cannot be shown" in str(eps)
