"""Numbers that start afresh in each volume."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import (
    Site,
    by_class,
    elements,
    entries,
    figure_numbers,
    ids,
    main_content,
    text,
)
from support.books.numbered import (
    BOTH,
    captions,
    listing,
    numrefs,
    paragraphs,
    table,
    two,
)
from support.small import (
    ONE,
    TWO,
    book,
    doc,
    fig,
    figlist,
    lists,
    outline,
    pages,
    read,
    section,
    toc,
)


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(tmp_path_factory.mktemp("restarted"), two(), volumes=BOTH)


def test_restart(restarted: Path) -> None:
    """In captions and in lists alike."""
    out = pages(restarted).out
    assert figure_numbers(out / "a.html") == {
        "fig-a1": "Fig. 1.1",
        "fig-a2": "Fig. 1.2",
    }
    assert figure_numbers(out / "c.html") == {
        "fig-c1": "Fig. 1.1",
        "fig-c2": "Fig. 1.2",
    }
    assert Site(out).dead_links() == []
    found, _ = read(restarted)
    assert [group[2] for group in found[TWO]] == [["c1 1.1", "c2 1.2"]]


@pytest.mark.parametrize(
    ("builder", "a", "c"),
    [
        ("html", "a", "c"),
        ("dirhtml", "a/index", "c/index"),
        ("singlehtml", *["index"] * 2),
    ],
)
def test_numref_names_the_other_volume(
    restarted: Path, builder: str, a: str, c: str
) -> None:
    out = pages(restarted, builder=builder).out
    assert paragraphs(out / f"{a}.html", "Here: ") == [
        "Fig. 1.1 and Fig. 1.2 and Fig. 1.2 (Volume II)."
    ]
    assert paragraphs(out / f"{c}.html", "There: ") == [
        "Fig. 1.2 (Volume I) and Fig. 1.1."
    ]
    # One with words of its own is left as it is.
    assert paragraphs(out / f"{c}.html", "Own: ") == [
        "Drawing 1.2 and No. 1.2, The caption of a2."
    ]
    assert outline(out / "index.html") == [
        *("= Volume I: Title 1", "a1 1.1", "a2 1.2", "b1 2.1"),
        *("= Volume II: Title 2", "c1 1.1", "c2 1.2"),
    ]
    chapters = ["Fig. 1.1", "Fig. 1.2"]
    if builder == "singlehtml":
        assert captions(out / f"{c}.html") == [*chapters, "Fig. 2.1", *chapters]
        page = main_content(out / f"{c}.html")
        links = [e for e in elements(page, "a") if "(Volume" in text(e)]
        assert len(links) == 2
        assert all(e.get("href", "#").rpartition("#")[2] in ids(page) for e in links)
    else:
        assert captions(out / f"{c}.html") == chapters


def test_numref_names_the_other_volume_in_text(restarted: Path) -> None:
    out = pages(restarted, builder="text").out
    assert "Fig. 1.2 (Volume II)" in (out / "a.txt").read_text("utf-8")
    other = (out / "c.txt").read_text("utf-8")
    assert "Fig. 1.2 (Volume I) and" in other
    assert "(Volume" not in other.partition("Own:")[2]
    # The list has numbers, and no form without one.
    listed = (out / "index.txt").read_text("utf-8")
    assert "Fig. 1.2" in listed
    assert "%s" not in listed


UNLIKE = "Unlike :numref:`fig-a2` is :numref:`fig-c1`; see :numref:`%s <fig-a1>`."


@pytest.fixture(scope="module")
def captioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A caption of volume 2 that refers to volume 1, in three lists."""
    files = two(
        c=doc("C", fig("c1"), fig("c2", UNLIKE), figlist(volume="2")),
        b=doc("B", fig("b1"), figlist(volume="2")),
        a=doc("A", fig("a1"), fig("a2")),
    )
    return book(tmp_path_factory.mktemp("captioned"), files, volumes=BOTH)


def test_numref_in_captions(captioned: Path) -> None:
    """On the caption's own page, on a list's page of either volume, and in files."""
    out = pages(captioned).out
    wanted = "Unlike Fig. 1.2 (Volume I) is Fig. 1.1; see 1.1."
    figures = {
        e.get("id"): text(by_class(e, "caption-text")[0])
        for e in elements(main_content(out / "c.html"), "figure")
    }
    assert figures["fig-c2"] == wanted
    for page in ("b", "c", "index"):
        links = [e.words for e in entries(out / f"{page}.html") if "#fig-c2" in e.href]
        assert len(links) == 1
        assert wanted.rstrip(".") in links[0], page
    _, built = read(captioned)
    figure = lists(built.out)[TWO]["chapters"][0]["figures"][1]
    assert figure["caption"] == wanted


def test_numref_in_captions_in_latex(captioned: Path) -> None:
    """In the caption and in each of the three lists that show it."""
    tex = pages(captioned, builder="latex").out / "book.tex"
    assert tex.read_text("utf-8").count("(Volume I)") == 1 + 3


def test_restart_of_every_kind(tmp_path: Path) -> None:
    """Tables and code blocks as well, each counted by itself."""
    files = two(
        index=doc("Book", toc("v1", "v2"), figlist(kind="table", layout="compact")),
        a=doc("A", table("a"), listing("a"), fig("a1")),
        b=doc("B", table("b")),
        c=doc("C", table("c"), fig("c1"), listing("c"), table("c2"))
        + "\n"
        + section("In", "See: " + numrefs("tab-c2", "code-c", "fig-c1") + "")
        + "\nThe other: "
        + numrefs("tab-a", "code-a")
        + "\n",
    )
    out = pages(book(tmp_path, files, volumes=BOTH)).out
    assert captions(out / "a.html") == ["Table 1.1", "Listing 1.1", "Fig. 1.1"]
    assert captions(out / "b.html") == ["Table 2.1"]
    listed = [entry.number for entry in entries(out / "index.html")]
    assert listed == ["Table 1.1", "Table 2.1", "Table 1.1", "Table 1.2"]
    assert captions(out / "c.html") == [
        *("Table 1.1", "Fig. 1.1", "Listing 1.1", "Table 1.2"),
    ]
    assert paragraphs(out / "c.html", "See: ") == [
        "Table 1.2 and Listing 1.1 and Fig. 1.1."
    ]
    assert paragraphs(out / "c.html", "The other: ") == [
        "Table 1.1 (Volume I) and Listing 1.1 (Volume I)."
    ]


def plain_numbers(tmp_path: Path, files: dict[str, str], **values: Any) -> Any:
    """The numbers that Sphinx alone gives the figures of each page."""
    kept = {
        name: content.replace(figlist(layout="compact"), "")
        for name, content in files.items()
    }
    values = {"extensions": [], **values}
    out = pages(book(tmp_path / "plain", kept, **values)).out
    return {p.name: figure_numbers(p) for p in sorted(out.glob("[a-c].html"))}


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_without_restart(tmp_path: Path, depth: int) -> None:
    """The numbers are Sphinx's, and no reference names a volume."""
    source = book(
        tmp_path,
        two(),
        volumes=BOTH,
        figlist_restart_numbering=False,
        numfig_secnum_depth=depth,
    )
    out = pages(source).out
    numbers = {p.name: figure_numbers(p) for p in sorted(out.glob("[a-c].html"))}
    assert numbers == plain_numbers(tmp_path, two(), numfig_secnum_depth=depth)
    a, b, c = (list(numbers[f"{name}.html"].values()) for name in "abc")
    assert [entry.number for entry in entries(out / "index.html")] == a + b + c
    assert a[0] != c[0]
    assert paragraphs(out / "c.html", "There: ") == [f"{a[1]} and {c[0]}."]


def test_one_volume_alone_is_not_restarted(tmp_path: Path) -> None:
    """With one there is nothing to tell apart: Sphinx's numbers, no volume named."""
    files = two(index=doc("Book", toc("v2", "v1"), figlist(layout="compact")))
    out = pages(book(tmp_path, files, volumes=BOTH[:1]), allow=["figlist"]).out
    assert figure_numbers(out / "a.html") == {
        "fig-a1": "Fig. 1.3",
        "fig-a2": "Fig. 1.4",
    }
    assert paragraphs(out / "c.html", "There: ") == ["Fig. 1.4 and Fig. 1.1."]


def test_figures_before_the_first_section_restart_too(tmp_path: Path) -> None:
    """Those without a chapter's number are one sequence a volume, front and back."""
    files = two(
        v1=doc("Land", fig("w1"), toc("a", "b", numbered=True), fig("w2")),
        v2=doc("Water", toc("c", numbered=True), fig("x1")),
    )
    found, _ = read(book(tmp_path, files, volumes=BOTH))
    assert [line for group in found[ONE] for line in group[2]] == [
        *("w1 1", "a1 1.1", "a2 1.2", "b1 2.1", "w2 2"),
    ]
    assert [line for group in found[TWO] for line in group[2]] == [
        *("c1 1.1", "c2 1.2", "x1 1"),
    ]


def test_section_numbers_that_run_on(tmp_path: Path) -> None:
    """They are never touched, and so the numbers' first parts run on with them."""
    files = two(
        index=doc(
            "Book",
            toc("v1", "v2"),
            toc("a", "b", "c", numbered=True, hidden=True),
            figlist(),
        ),
        v1=doc("Land", toc("a", "b")),
        v2=doc("Water", toc("c")),
    )
    source = book(tmp_path, files, volumes=BOTH)
    out = pages(source, allow=None).out
    assert outline(out / "index.html") == [
        "= Volume I: Title 1",
        *("- Chapter 1: A", "a1 1.1", "a2 1.2"),
        *("- Chapter 2: B", "b1 2.1"),
        "= Volume II: Title 2",
        *("- Chapter 3: C", "c1 3.1", "c2 3.2"),
    ]
    assert figure_numbers(out / "c.html") == {
        "fig-c1": "Fig. 3.1",
        "fig-c2": "Fig. 3.2",
    }
    assert text(next(elements(main_content(out / "c.html"), "h1"))).startswith("3. C")


def test_volumes_as_numbered_parts(tmp_path: Path) -> None:
    """One numbered toctree that holds both roots: sections and first parts stay."""
    files = two(
        index=doc("Book", toc("v1", "v2", numbered=True), figlist()),
        v1=doc("Land", toc("a", "b")),
        v2=doc("Water", toc("c")),
    )
    out = pages(book(tmp_path, files, volumes=BOTH, numfig_secnum_depth=2)).out
    assert outline(out / "index.html") == [
        "= Volume I: Title 1",
        *("- Chapter 1.1: A", "a1 1.1.1", "a2 1.1.2"),
        *("- Chapter 1.2: B", "b1 1.2.1"),
        "= Volume II: Title 2",
        *("- Chapter 2.1: C", "c1 2.1.1", "c2 2.1.2"),
    ]
    assert text(next(elements(main_content(out / "b.html"), "h1"))).startswith("1.2. B")


def test_restart_of_excluded_and_outside(tmp_path: Path) -> None:
    """An excluded figure keeps its place; what is in no volume takes none of one's."""
    files = two(
        index=doc("Book", toc("v1", "outside", "v2")),
        outside=doc("Outside", fig("o")),
        c=doc("C", fig("out", figclass="figlist-exclude"), fig("c1")),
    )
    found, _ = read(book(tmp_path, files, volumes=BOTH), allow=["figlist", "fig-c2"])
    assert [group[2] for group in found[TWO]] == [["c1 1.2"]]
