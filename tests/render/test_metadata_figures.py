"""Figures of sphinx-metadata-figure keep their captions and numbers, whatever lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import Site, build, by_class, elements, entries, main_content, text
from support.pages import parse
from support.small import book, directive, doc, figlist, toc

#: The signs of links that stand behind a caption.
MARKS = dict.fromkeys(map(ord, "\u21a9\ufe0e\u00b6"))
WORDS = "Quiet: a caption without a number."


def figure(name: str, *caption: str, **options: Any) -> str:
    return directive(
        "figure", *caption, argument="/p.png", name=f"fig-{name}", **options
    )


def a_book(folder: Path, **values: Any) -> Path:
    return book(
        folder,
        {
            "index.rst": doc("Book", toc("a", numbered=True), figlist(layout="full")),
            "a.rst": doc(
                "A",
                figure("plain", "Plain: with a number.", author="Ada Lens"),
                figure("quiet", WORDS, nonumber=True, placement="caption", author="Bo"),
                figure("hushed", "Hushed: nothing else.", nonumber=True),
                figure("bare"),
                figure("last", "Last: with a number."),
            ),
        },
        extensions=["sphinx_metadata_figure", "sphinxext_figlist"],
        nb_execution_mode="off",
        **values,
    )


def numbers_on(page: Path) -> dict[str, str]:
    """The number under each figure, by its words."""
    found = {}
    for one in elements(main_content(page), "figure"):
        number = " ".join(map(text, by_class(one, "caption-number")))
        words = text(one).translate(MARKS).strip().removeprefix(number).strip()
        found[words.partition(":")[0]] = number
    return found


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
def test_pages(tmp_path: Path, builder: str, every: bool) -> None:
    source = a_book(tmp_path, figlist_number_uncaptioned=every)
    out = build(source, tmp_path / builder, builder=builder, allow=None).out
    suffix = {"epub": ".xhtml"}.get(builder, ".html")
    name = {"dirhtml": "a/index", "singlehtml": "index"}.get(builder, "a")
    page = out / f"{name}{suffix}"
    last = "Fig. 1.3" if every else "Fig. 1.2"
    numbers = {"Plain": "Fig. 1.1", "Quiet": "", "Hushed": ""}
    numbers |= {"": "Fig. 1.2" if every else "", "Last": last}
    assert numbers_on(page) == numbers
    body = text(main_content(page))
    said = 2 if builder == "singlehtml" else 1  # in the list, too
    assert body.count(WORDS) == 1 or builder == "singlehtml"
    assert body.count("Author: Bo") == 1
    assert body.count("nothing else.") == said
    if suffix == ".html":
        assert Site(out).dead_links() == []


@pytest.mark.parametrize("every", [False, True])
def test_the_list(tmp_path: Path, every: bool) -> None:
    source = a_book(tmp_path, figlist_number_uncaptioned=every)
    out = build(source, tmp_path / "html").out
    last = "Fig. 1.3" if every else "Fig. 1.2"
    numbers = ["Fig. 1.1", "", "", "Fig. 1.2" if every else "", last]
    assert [entry.number for entry in entries(out / "index.html")] == numbers
    backlinks = by_class(parse(out / "a.html"), "figlist-backlink")
    assert len(backlinks) == 5


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("builder", ["latex", "text"])
def test_in_other_outputs(tmp_path: Path, builder: str, every: bool) -> None:
    values = {"figlist_number_uncaptioned": every}
    source = a_book(tmp_path, figlist_latex_short_captions=True, **values)
    out = build(source, tmp_path / builder, builder=builder).out
    [page] = out.glob("*.tex") if builder == "latex" else [out / "a.txt"]
    words = " ".join(page.read_text("utf-8").split())
    assert WORDS in words
