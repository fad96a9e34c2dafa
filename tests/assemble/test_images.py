"""What is known of pictures: format, size, and sharpness at the printed width."""

from __future__ import annotations

import csv
import gzip
import os
from pathlib import Path

import pytest
from support import build, own_files, png, touch_now
from support.small import book, doc, fig

from sphinxext_figlist.assemble.images import Facts, facts
from sphinxext_figlist.read.records import Image

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
GIF = b"GIF89a" + bytes([200, 0, 100, 0, 0, 0, 0])
JPEG = bytes.fromhex("ffd8ffc0000b080190025801011100ffd9")


def test_pixels_per_inch_that_a_file_tells(tmp_path: Path) -> None:
    """A picture that is scaled is as large as its own resolution makes it."""
    head = bytes.fromhex("ffd8ffe000104a46494600010101012c012c0000")  # 300 an inch
    (tmp_path / "p.jpg").write_bytes(head + JPEG[2:])
    found = facts(tmp_path, Image("p.jpg", None, scale=50))
    assert (found.width, found.height, found.format) == (600, 400, "JPEG")
    assert found.ppi == pytest.approx(600)


@pytest.mark.parametrize(
    ("width", "scale", "ppi"),
    [
        ("", 0, None),
        ("2in", 0, 300),
        ("2 in", 0, 300),
        ("5.08cm", 0, 300),
        ("50.8mm", 0, 300),
        ("144pt", 0, 300),
        ("12pc", 0, 300),
        ("192px", 0, 300),
        ("192", 0, 300),
        ("4in", 50, 300),
        # No line is that long: LaTeX shrinks the picture to it.
        ("20in", 0, 600 / 6.5),
        ("50%", 0, None),
        ("10em", 0, None),
        ("10ex", 0, None),
        ("wide", 0, None),
        ("0", 0, None),
        # 72 pixels an inch, where a file tells nothing.
        ("", 50, 144),
        ("", 10, 720),
    ],
)
def test_resolution(tmp_path: Path, width: str, scale: int, ppi: float | None) -> None:
    (tmp_path / "p.png").write_bytes(png(width=600, height=2))
    found = facts(tmp_path, Image("p.png", None, width=width, scale=scale))
    assert found.ppi == (None if ppi is None else pytest.approx(ppi))


@pytest.mark.parametrize(
    ("path", "content", "wanted"),
    [
        ("p.png", png(width=7, height=5), Facts("PNG", 7, 5)),
        ("a b/p.PNG", png(width=7, height=5), Facts("PNG", 7, 5)),
        ("p.gif", GIF, Facts("GIF", 200, 100)),
        ("p.jpg", JPEG, Facts("JPEG", 600, 400)),
        ("p.svg", SVG, Facts("SVG", vector=True)),
        ("p.svgz", gzip.compress(SVG, mtime=0), Facts("SVG", vector=True)),
        ("p.pdf", b"%PDF-1.7\n", Facts("PDF", vector=True)),
        ("p.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", Facts("EPS", vector=True)),
        ("gone.png", None, Facts("PNG", problem="missing")),
        ("gone.svg", None, Facts("SVG", vector=True, problem="missing")),
        ("p.png", b"", Facts("PNG", problem="unreadable")),
        ("p.png", png()[:20], Facts("PNG", problem="unreadable")),
        ("p.jpg", JPEG[:6], Facts("JPEG", problem="unreadable")),
        ("p.tif", b"II*\0\xff\xff\xff\xff", Facts("TIFF", problem="unreadable")),
        ("p.png", b"not a picture at all", Facts("PNG", problem="unreadable")),
        ("p.svg", b"<html/>", Facts("SVG", vector=True, problem="unreadable")),
        ("p.pdf", b"%PNG", Facts("PDF", vector=True, problem="unreadable")),
        # Nothing is fetched, and nothing looked for that is not there to be found.
        ("https://example.org/p.png?x=1.y#z", None, Facts("PNG")),
        ("data:image/png;base64,AAAA", None, Facts("")),
        ("data:image/svg+xml,<svg xmlns='http://w.org/2000.1 x'/>", None, Facts("")),
        ("", None, Facts("")),
    ],
)
def test_facts(tmp_path: Path, path: str, content: bytes | None, wanted: Facts) -> None:
    if content is not None:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert facts(tmp_path, Image(path, None)) == wanted


def test_a_picture_that_was_made_lies_elsewhere(tmp_path: Path) -> None:
    """Without the folder in which it was made, nothing but its format is known."""
    picture = Image("made/p.png", None, file="../out/made/p.png")
    (tmp_path / "book").mkdir()
    assert facts(tmp_path / "book", picture) == Facts("PNG")
    (tmp_path / "out" / "made").mkdir(parents=True)
    (tmp_path / "out" / "made" / "p.png").write_bytes(png(width=7, height=5))
    assert facts(tmp_path / "book", picture) == Facts("PNG", 7, 5)


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "p.png").mkdir()
    assert facts(tmp_path, Image("p.png", None)).problem == "missing"


@pytest.mark.skipif(os.name == "nt", reason="pipes are files of their own there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.png")
    assert facts(tmp_path, Image("p.png", None)).problem == "missing"


def test_files_follow_their_pictures(tmp_path: Path) -> None:
    """A picture that changes, goes or comes changes the files, and no document did."""
    source = book(
        tmp_path, {"index.rst": doc("Top", fig("a"))}, figlist_formats=["csv", "xlsx"]
    )
    out, path = tmp_path / "out", source / "p.png"

    def cells() -> list[str]:
        quiet = ["image file not readable"]
        built = build(source, out, builder="figlist", allow=quiet)
        clean = build(
            source, tmp_path / "clean", builder="figlist", fresh=True, allow=quiet
        )
        assert own_files(out) == own_files(clean.out)
        told = [line for line in built.status.splitlines() if "'p.png'" in line]
        assert len(told) == (not path.is_file() or path.read_bytes() == b"x"), told
        with (out / "FIGURE_LIST.csv").open(encoding="utf-8", newline="") as lines:
            [row] = csv.DictReader(lines)
        return [row[name] for name in ("format", "pixel width", "pixel height")]

    assert cells() == ["PNG", "4", "3"]
    path.write_bytes(png(1, width=20, height=10))
    touch_now(path)
    assert cells() == ["PNG", "20", "10"]
    path.write_bytes(b"x")
    touch_now(path)
    assert cells() == ["PNG", "", ""]
    path.unlink()
    assert cells() == ["PNG", "", ""]
    path.write_bytes(png(2, width=5, height=6))
    assert cells() == ["PNG", "5", "6"]
