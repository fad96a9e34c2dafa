"""The reference books: every figure, once, in order, with the number that is printed.

A published book's 175 figures, set in MyST, rST and both, in one volume and in two, with
citations as text and as real ones. What must come out is told by their generator.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from support import (
    SEED,
    Entry,
    Site,
    assets,
    build,
    by_class,
    classes,
    elements,
    entries,
    figure_numbers,
    lacking,
    load_seed,
    main_content,
    same_bytes,
    text,
)

FIGURES = 175

pytestmark = pytest.mark.seed


@dataclass(frozen=True)
class Book:
    """One of the reference books, and what its lists must be."""

    source: Path
    bibtex: bool
    volumes: list[list[Any]]
    lists: dict[str, bytes]


@pytest.fixture(
    params=product(("myst", "rst", "mixed"), (1, 2), ("text", "bibtex")),
    ids=lambda p: f"{p[0]}-{p[1]}-{p[2]}",
)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Book:
    markup, volumes, citations = request.param
    if citations == "bibtex" and find_spec("sphinxcontrib.bibtex") is None:
        lacking("sphinxcontrib-bibtex")
    seed = load_seed()
    source = tmp_path / "book"
    bibtex = citations == "bibtex"
    parts = seed.write_book(source, markup, volumes, bibtex=bibtex, conf=True)
    assert sum(len(chapter.figures) for part in parts for chapter in part) == FIGURES
    lists = {
        f"FIGURE_LIST_VOL{volume}.md": seed.expected_list(volume, chapters).encode()
        for volume, chapters in enumerate(parts, 1)
    }
    return Book(source, bibtex, parts, lists)


def test_files(book: Book, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built = build(book.source, out, builder="figlist", warning_is_error=True)
    assert built.code == 0
    assert (
        same_bytes(
            {path.name: path.read_bytes() for path in out.glob("*.md")}, book.lists
        )
        == []
    )
    assert not list(out.rglob("*.html"))
    for volume, chapters in enumerate(book.volumes, 1):
        data = json.loads((out / f"FIGURE_LIST_VOL{volume}.json").read_bytes())
        figures = [
            figure for chapter in data["chapters"] for figure in chapter["figures"]
        ]
        wanted = [figure for chapter in chapters for figure in chapter.figures]
        assert data["totals"] == {"figures": len(wanted), "chapters": len(chapters)}
        assert [f["label"] for f in figures] == [f.name for f in wanted]
        assert [f["number"] for f in figures] == [f.number for f in wanted]
        assert [[image["alt"] for image in f["images"]] for f in figures] == [
            [f.alt] for f in wanted
        ]
        for figure in figures:
            [image] = figure["images"]
            assert (book.source / image["path"]).is_file()
            lines = (
                (book.source / figure["location"]["path"])
                .read_text(encoding="utf-8")
                .splitlines()
            )
            at = figure["location"]["line"]
            assert any(figure["label"] in line for line in lines[at - 1 : at + 1])


def test_list_of_the_first_book_is_the_press_own() -> None:
    """The wanted list is no invention of the generator's: it is the published one."""
    seed = load_seed()
    published = (SEED / "FIGURE_LIST_VOL1.md").read_text(encoding="utf-8")
    wanted = seed.expected_list(1, seed.plan("myst", 1)[0])
    differ = [
        (a, b)
        for a, b in zip(published.splitlines(), wanted.splitlines(), strict=True)
        if a != b
    ]
    assert all(seed.UNDERSCORED.sub(r"*\1*", a) == b for a, b in differ)


def add_compact_page(book: Book) -> None:
    """A second list, that nobody's toctree holds, so that one build shows both layouts."""
    page = book.source / "compact.rst"
    page.write_text(
        ":orphan:\n\nShort\n=====\n\n.. figlist::\n   :layout: compact\n",
        encoding="utf-8",
    )


def test_pages(book: Book, tmp_path: Path) -> None:
    add_compact_page(book)
    out = tmp_path / "out"
    built = build(book.source, out, warning_is_error=True)
    assert built.code == 0
    site = Site(out)
    assert site.dead_links() == []

    wanted = [
        figure
        for chapters in book.volumes
        for chapter in chapters
        for figure in chapter.figures
    ]
    folders = [
        f"vol{volume}/chapter{number:03}.html"
        for volume, chapters in enumerate(book.volumes, 1)
        for number, chapter in enumerate(chapters, 1)
        for _ in chapter.figures
    ]
    printed = {
        f"{path.relative_to(out).as_posix()}#{name}": number
        for path in site.paths()
        for name, number in figure_numbers(path).items()
    }
    for name in ("figures.html", "compact.html"):
        page = out / name
        shown = entries(page)
        assert len(shown) == FIGURES
        # Every figure, once, in reading order.
        assert [e.href for e in shown] == [
            f"{d}#{f.name}" for d, f in zip(folders, wanted, strict=True)
        ]
        # The number in the list is the one under the figure, and the one wanted.
        assert [e.number for e in shown] == [printed[e.href] for e in shown]
        assert [e.number for e in shown] == [f"Figure {f.number}" for f in wanted]
        for entry, figure in zip(shown, wanted, strict=True):
            assert figure.title in entry.words or not figure.caption
        headings = by_class(main_content(page), "figlist-chapter")
        # A compact list as long as this one has headings of chapters, too.
        assert len(headings) == sum(map(len, book.volumes))
        if len(book.volumes) == 2:
            assert len(by_class(main_content(page), "figlist-volume")) == 2

    full = dict(
        zip((f.name for f in wanted), entries(out / "figures.html"), strict=True)
    )
    check_texts(book, full)
    check_math(site.out)
    check_references(site, printed, wanted)


def check_texts(book: Book, full: dict[str, Entry]) -> None:
    """A full entry says the alt text, and the caption, once each."""
    for figure in (
        f for chapters in book.volumes for chapter in chapters for f in chapter.figures
    ):
        words = full[figure.name].words
        if "  " not in figure.alt:
            assert words.count(figure.alt.strip()) == 1, figure.name
        if figure.caption and not set(figure.caption) & set("$*[`_\\"):
            rest = figure.caption[len(figure.title) :].strip(" :.")
            assert words.count(rest) == (1 if rest else words.count("")), figure.name


def check_math(out: Path) -> None:
    """A page that copies formulas loads what shows them."""
    page = Site(out).page(out / "figures.html")
    assert any("math" in classes(element) for element in elements(main_content(page)))
    assert any("mathjax" in source.lower() for source in assets(page))


def check_references(site: Site, printed: dict[str, str], wanted: list[Any]) -> None:
    """Each reference in the text prints the number that its figure prints."""
    seen = 0
    for path in site.paths():
        folder = PurePosixPath(path.relative_to(site.out).as_posix())
        for link in elements(main_content(site.page(path)), "a"):
            if not by_class(link, "std-numref"):
                continue
            target = site.target(path, link.get("href", ""))
            assert target is not None
            file, name = target
            number = printed[f"{file.relative_to(site.out).as_posix()}#{name}"]
            assert text(link) == number, (
                f"{folder} prints {text(link)!r} for {number!r}"
            )
            seen += 1
    # The generator refers to four figures in five of each chapter.
    assert seen == sum(int(f.number.split(".")[1]) % 5 != 0 for f in wanted)
