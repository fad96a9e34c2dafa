"""Edits of what the layouts show."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

import pytest
from support import (
    Lab,
    build,
    by_class,
    conf,
    elements,
    main_content,
    pages_written,
    png,
    stamps,
    tree_files,
)
from support.books.harbour import BOOK, PAIR, PICTURES, book, lists_of, pictures
from support.small import bare, directive, doc, fig, figlist, outline, section, toc


def lab(tmp_path: Path) -> Lab:
    files: dict[str, str | bytes] = {
        **BOOK,
        "conf.py": conf(
            project="Coast",
            extensions=["myst_parser", "sphinxext_figlist"],
            myst_enable_extensions=["colon_fence"],
            numfig=True,
        )
        + PAIR,
        "lists.rst": doc(
            "Lists",
            section("Table", figlist(layout="table")),
            section("Gallery", figlist(layout="gallery")),
            section("Compact", figlist(layout="compact", searchable=True)),
        ),
    }
    files["p.png"] = png()
    found = Lab(root=tmp_path, files=files)
    found.build()
    return found


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("harbour.rst", ":alt: A quay.", ":alt: A pier."),
        ("harbour.rst", "where ships", "where boats"),
        ("harbour.rst", "/pics/boat.*", "/pics/quay.png"),
        ("harbour.rst", "/pics/deep/quay.png", "/pics/boat.svg"),
        ("town.md", "only-light y", "only-dark y"),
        ("town.md", "Far away.\n```", "Near.\n```"),
        ("lists.rst", "\n   :searchable:", ""),
        ("lists.rst", "gallery\n", "gallery\n   :searchable:\n"),
        ("lists.rst", "gallery\n", "table\n"),
    ],
)
def test_edits(builder: str, name: str, old: str, new: str, tmp_path: Path) -> None:
    edited = lab(tmp_path)
    edited.build(builder)
    edited.edit(name, old, new)
    if builder == "html":
        edited.check()
    else:  # Sphinx 7's first build loads without checksums
        built = edited.build(builder), edited.clean(builder)
        one, two = (main_content(each.out / "index.html") for each in built)
        assert tostring(one) == tostring(two)
    assert (edited.out(builder) / "_static/figlist.js").exists() == (
        ":searchable:" in edited.read("lists.rst")
    )


#: Small pictures in any layout.
THUMBNAILS = {"layout": "full", "fields": "title thumbnail"}


@pytest.mark.parametrize(
    ("options", "name", "old", "new"),
    [
        ({"layout": "gallery"}, "harbour.rst", ":alt: A quay.", ":alt: A pier."),
        ({"layout": "gallery"}, "harbour.rst", "/pics/boat.*", "/pics/quay.png"),
        ({"layout": "gallery"}, "town.md", "only-light y", "only-dark y"),
        (THUMBNAILS, "harbour.rst", "/pics/boat.*", "/pics/quay.png"),
        (THUMBNAILS, "town.md", "only-light y", "only-dark y"),
        (THUMBNAILS, "harbour.rst", ":alt: A quay.", ":alt: A pier."),
        ({"searchable": True}, "harbour.rst", "where ships", "where boats"),
        ({"searchable": True}, "harbour.rst", ":alt: A quay.", ":alt: A pier."),
    ],
)
def test_edits_of_what_one_list_alone_shows(
    options: dict[str, Any], name: str, old: str, new: str, tmp_path: Path
) -> None:
    edited = lab(tmp_path)
    one = figlist(**{"layout": "compact", **options})
    edited.write("lists.rst", doc("Lists", one))
    edited.build()
    before = (edited.out() / "lists.html").read_bytes()
    edited.edit(name, old, new)
    edited.check()
    assert (edited.out() / "lists.html").read_bytes() != before


def test_picture_gets_another_name(tmp_path: Path) -> None:
    """Sphinx numbers files of one name as it reads them."""
    files: dict[str, str | bytes] = {
        **PICTURES,
        "conf.py": conf(project="Coast", extensions=["sphinxext_figlist"]),
        "index.rst": doc("Coast", toc("a", "b", "lists")),
        "lists.rst": doc("Lists", figlist(layout="gallery")),
        "a.rst": doc("A", directive("image", argument="/pics/quay.png")),
        "b.rst": doc("B", directive("figure", argument="/pics/deep/quay.png")),
    }
    edited = Lab(root=tmp_path, files=files)
    edited.build()
    edited.write("a.rst", doc("A", "No picture."))
    edited.append("b.rst", "\nMore.\n")
    edited.check()
    (image,) = pictures(edited.out() / "lists.html")["Untitled (quay.png)"]
    assert image["src"] == "_images/quay.png"


def test_picture_appears_and_goes(tmp_path: Path) -> None:
    edited = lab(tmp_path)
    edited.write("pics/boat.png", png(9))  # but SVG is what HTML prefers
    edited.check()
    edited.remove("pics/boat.svg")
    edited.check()
    assert b"boat.png" in (edited.out() / "lists.html").read_bytes()


def test_list_becomes_long(tmp_path: Path) -> None:
    edited = lab(tmp_path)
    more = "".join("\n" + bare(str(number)) for number in range(15))
    edited.append("harbour.rst", more)
    edited.check()
    assert by_class(main_content(edited.out() / "lists.html"), "figlist-jumps")
    edited.edit("harbour.rst", more, "\n")
    edited.check()
    assert not by_class(main_content(edited.out() / "lists.html"), "figlist-jumps")


def test_nothing_to_do(tmp_path: Path) -> None:
    edited = lab(tmp_path)
    before = stamps(edited.out())
    edited.build()
    assert not pages_written(before, stamps(edited.out()))


def test_parallel(tmp_path: Path) -> None:
    files = dict(BOOK)
    names = [f"more{number}" for number in range(8)]
    for name in names:
        files[name + ".rst"] = doc(name, fig(name))
    files["index.rst"] = doc("Coast", toc("harbour", "town", *names, "lists"))
    source = book(tmp_path, files)
    one = build(source, tmp_path / "one")
    two = build(source, tmp_path / "two", parallel=2)
    assert two.in_parallel == {"reading", "writing"}
    contents = [
        {n: p.read_bytes() for n, p in tree_files(b.out).items() if n != ".buildinfo"}
        for b in (one, two)
    ]
    assert contents[0] == contents[1]


def test_anchors_last(tmp_path: Path) -> None:
    """Ids of entries and headings stay when figures and chapters come in before them."""
    edited = lab(tmp_path)

    def anchors() -> set[str]:
        lists = lists_of(edited.out() / "lists.html")
        return {e.get("id", "") for part in lists for e in elements(part)} - {""}

    before = anchors()
    assert len(before) == 18 + 4
    edited.write("first.rst", doc("First", fig("first")))
    edited.edit("index.rst", "   harbour\n", "   first\n   harbour\n")
    edited.edit("harbour.rst", "See :numref", fig("new") + "\n\nSee :numref")
    edited.build()
    assert before < anchors()
    page = edited.out() / "lists.html"
    assert outline(page)[0] == "- Chapter 1: First"
