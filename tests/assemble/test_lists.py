"""What a list shows by its volume and scope."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import by_class, classes, main_content, text
from support.books.volumes import BOTH, chapters, two_volumes
from support.small import (
    TWO,
    WHOLE,
    book,
    doc,
    fig,
    figlist,
    lists,
    outline,
    pages,
    read,
    toc,
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages with lists of every range, inside and outside of volumes."""
    files = two_volumes(
        index=doc("Book", toc("v1/index", "v2/index", "outside"), figlist()),
        outside=doc(
            "Outside",
            figlist(),
            figlist(volume="2"),
            figlist(volume="1 2"),
            figlist(volume="all", layout="compact"),
            figlist(scope="chapter"),
            figlist(scope="page"),
        ),
        v1__index=doc(
            "Land",
            fig("rooted"),
            figlist(),
            figlist(scope="chapter"),
            figlist(scope="page"),
            toc("a", "b", numbered=True),
        ),
        v1__a=doc("A", fig("a"), figlist(scope="chapter"), toc("sub")),
        v1__sub=doc("Sub", fig("sub"), figlist(scope="chapter"), figlist(scope="page")),
        v1__b=doc("B", fig("b"), figlist(scope="chapter"))
        + "\n"
        + doc("B2", figlist(scope="chapter"), figlist(scope="page"), fig("b2")),
        v2__c=doc("C", figlist(), figlist(volume="1"), figlist(volume="all"), fig("c")),
        v2__index=doc("Water", toc("c", "none", numbered=True)),
        v2__none=doc("None", figlist(scope="chapter"), figlist(scope="page")),
    )
    folder = tmp_path_factory.mktemp("shown")
    return pages(book(folder, files, volumes=BOTH)).out


LAND = [
    *("- Land", "rooted 1", "- Chapter 1: A", "a 1.1", "sub 1.2"),
    *("- Chapter 2: B", "b 2.1", "- Chapter 3: B2", "b2 3.1"),
]
WATER = ["- Chapter 1: C", "c 1.1"]
LAND_NAMED = ["= Volume I: Title 1", *LAND]
WATER_NAMED = ["= Volume II: Title 2", *WATER]
BOTH_LISTED = [
    *("= Volume I: Title 1", "rooted 1", "a 1.1", "sub 1.2", "b 2.1", "b2 3.1"),
    *("= Volume II: Title 2", "c 1.1"),
]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("index", [LAND_NAMED + WATER_NAMED]),
        (
            "outside",
            [
                LAND_NAMED + WATER_NAMED,
                WATER,
                LAND_NAMED + WATER_NAMED,
                BOTH_LISTED,
                ["empty"],
                ["empty"],
            ],
        ),
        (
            "v1/index",
            [LAND, ["- Land", "rooted 1"], ["- Land", "rooted 1"]],
        ),
        ("v1/a", [["- Chapter 1: A", "a 1.1", "sub 1.2"]]),
        (
            "v1/sub",
            [
                ["- Chapter 1: A", "a 1.1", "sub 1.2"],
                ["- Chapter 1: A", "sub 1.2"],
            ],
        ),
        (
            "v1/b",
            [
                ["- Chapter 2: B", "b 2.1"],
                ["- Chapter 3: B2", "b2 3.1"],
                ["- Chapter 2: B", "b 2.1", "- Chapter 3: B2", "b2 3.1"],
            ],
        ),
        ("v2/c", [WATER, LAND, LAND_NAMED + WATER_NAMED]),
        ("v2/none", [["empty"], ["empty"]]),
    ],
)
def test_what_is_shown(shown: Path, page: str, wanted: list[list[str]]) -> None:
    flat = [line for each in wanted for line in each]
    assert outline(shown / f"{page}.html") == flat
    boxes = by_class(main_content(shown / f"{page}.html"), "figlist")
    assert len(boxes) == len(wanted)


def test_headings_are_below_their_section(shown: Path) -> None:
    """Volumes stand one below their section's heading, chapters one below volumes."""
    box = by_class(main_content(shown / "outside.html"), "figlist")[0]
    levels = {
        name: {e.tag for e in by_class(box, name)}
        for name in ("figlist-volume", "figlist-chapter")
    }
    assert all("rubric" in classes(e) for e in by_class(box, "figlist-volume"))
    assert levels == {"figlist-volume": {"h2"}, "figlist-chapter": {"h3"}}


def test_lists_without_volumes(tmp_path: Path) -> None:
    """The whole book; ``all`` is that too, and neither has a heading."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "b"), figlist(), figlist(volume="all")),
            "b.rst": doc("B", figlist(scope="chapter"), fig("b"), toc("sub")),
            "sub.rst": doc("Sub", fig("sub"), figlist(scope="page")),
            **chapters("a"),
        },
    )
    out = pages(source).out
    whole = ["- A", "a 1", "- B", "b 2", "sub 3"]
    assert outline(out / "index.html") == whole + whole
    assert outline(out / "b.html") == ["- B", "b 2", "sub 3"]
    assert outline(out / "sub.html") == ["- B", "sub 3"]


def test_list_on_an_orphan_page_is_of_all(tmp_path: Path) -> None:
    files = two_volumes()
    files["lost.rst"] = ":orphan:\n\n" + doc("Lost", figlist(layout="compact"))
    out = pages(book(tmp_path, files, volumes=BOTH)).out
    assert outline(out / "lost.html") == [
        *("= Volume I: Title 1", "a 1.1", "b 2.1"),
        *("= Volume II: Title 2", "c 1.1"),
    ]


@pytest.mark.parametrize("layout", ["full", "compact"])
def test_empty_lists_say_so(tmp_path: Path, layout: str) -> None:
    """In every output; and where one volume of two has none, under its heading."""
    files = two_volumes(
        v2__c=doc("C", "No figure.", figlist(layout=layout)),
        outside=doc("Outside", figlist(layout=layout, fields="caption")),
    )
    source = book(tmp_path, files, volumes=BOTH)
    found, _ = read(source)
    assert found[TWO] == []
    html = pages(source).out
    assert outline(html / "v2/c.html") == ["empty"]
    assert outline(html / "outside.html")[-2:] == ["= Volume II: Title 2", "empty"]
    words = text(by_class(main_content(html / "v2/c.html"), "figlist-empty")[0])
    plain = pages(source, builder="text").out
    assert words in (plain / "v2/c.txt").read_text("utf-8")
    assert words in (plain / "outside.txt").read_text("utf-8")


def test_book_without_figures(tmp_path: Path) -> None:
    source = book(tmp_path, {"index.rst": doc("Book", figlist())})
    found, built = read(source)
    assert found == {WHOLE: []}
    assert lists(built.out)[WHOLE]["totals"] == {"figures": 0, "chapters": 0}
    assert outline(pages(source).out / "index.html") == ["empty"]
