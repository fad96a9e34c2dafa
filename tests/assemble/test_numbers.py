"""Numbers: what a list prints is what the book prints, in every output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from support import (
    Lab,
    Site,
    by_class,
    conf,
    elements,
    entries,
    figure_numbers,
    ids,
    main_content,
    pages_written,
    png,
    same_bytes,
    search_index,
    stamps,
    text,
    touch_now,
    tree_files,
    written,
)
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    lists,
    outline,
    pages,
    read,
    section,
    toc,
    volumes,
)

WHOLE = "FIGURE_LIST"
ONE, TWO = "FIGURE_LIST_VOL1", "FIGURE_LIST_VOL2"
BOTH = volumes("v1", "v2")


def table(name: str) -> str:
    rows = "====  ====\none   two\n====  ===="
    return directive("table", rows, argument=f"Of {name}.", name=f"tab-{name}")


def listing(name: str) -> str:
    return directive(
        "code-block",
        name,
        argument="text",
        caption=f"Code {name}.",
        name=f"code-{name}",
    )


def numrefs(*names: str) -> str:
    """A paragraph that refers to each of *names*."""
    return " and ".join(f":numref:`{name}`" for name in names) + "."


def paragraphs(page: Path, start: str) -> list[str]:
    """The paragraphs of a page that begin so."""
    found = map(text, elements(main_content(page), "p"))
    return [words.removeprefix(start) for words in found if words.startswith(start)]


def captions(page: Path) -> list[str]:
    """The number of everything that is numbered on a page, in order."""
    return [text(e) for e in by_class(main_content(page), "caption-number")]


def two(**more: str) -> dict[str, str]:
    """Two volumes with a chapter 1 each, and figures in both."""
    files = {
        "index.rst": doc("Book", toc("v1", "v2"), figlist(layout="compact")),
        "v1.rst": doc("Land", toc("a", "b", numbered=True)),
        "a.rst": doc(
            "A",
            "Here: " + numrefs("fig-a1", "fig-a2", "fig-c2"),
            fig("a1"),
            fig("a2"),
        ),
        "b.rst": doc("B", fig("b1")),
        "v2.rst": doc("Water", toc("c", numbered=True)),
        "c.rst": doc(
            "C",
            "There: " + numrefs("fig-a2", "fig-c1"),
            "Own: :numref:`Drawing %s <fig-a2>` and "
            ":numref:`No. {number}, {name} <fig-a2>`",
            fig("c1"),
            fig("c2"),
        ),
    }
    return {**files, **{f"{name}.rst": content for name, content in more.items()}}


# -- numbers that start afresh ----------------------------------------------------


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
    assert figures["fig-c2"] == wanted + " \u21a9\ufe0e"  # and the way back
    for page in ("b", "c", "index"):
        links = [e.words for e in entries(out / f"{page}.html") if "#fig-c2" in e.href]
        assert len(links) == 1
        assert wanted in links[0], page
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


# -- the parts of a number --------------------------------------------------------


@pytest.mark.parametrize(
    ("depth", "one", "other"),
    [
        (0, ["1", "2", "3", "4"], ["1", "2"]),
        (1, ["1.1", "1.2", "1.3", "2.1"], ["1.1", "1.2"]),
        (2, ["1.1", "1.1.1", "1.2.1", "2.1"], ["1.1", "1.1.1"]),
    ],
)
def test_secnum_depth(
    tmp_path: Path, depth: int, one: list[str], other: list[str]
) -> None:
    files = two(
        index=doc("Book", toc("v1", "v2"), figlist(volume="1"), figlist(volume="2")),
        a=doc("A", fig("a1"), section("In", fig("a2")), section("Out", fig("a3"))),
        c=doc("C", fig("c1"), section("In", fig("c2")), numrefs("fig-a2")),
    )
    source = book(tmp_path, files, volumes=BOTH, numfig_secnum_depth=depth)
    out = pages(source).out
    wanted = [f"Fig. {number}" for number in one + other]
    assert [entry.number for entry in entries(out / "index.html")] == wanted
    shown = [
        number
        for name in "abc"
        for number in figure_numbers(out / f"{name}.html").values()
    ]
    assert shown == wanted
    assert f"Fig. {one[1]} (Volume I)." in map(
        text, elements(main_content(out / "c.html"), "p")
    )
    found, _ = read(source)
    numbers = [line.split()[1] for group in found[ONE] for line in group[2]]
    assert numbers == one


def test_numbers_sort_as_numbers(tmp_path: Path) -> None:
    """More than nine figures a volume, counted apart, in the order of the book."""
    files = two(
        a=doc("A", *(fig(f"a{n}") for n in range(1, 13))),
        c=doc("C", *(fig(f"c{n}") for n in range(1, 13))),
    )
    found, _ = read(book(tmp_path, files, volumes=BOTH))
    assert found[TWO][0][2] == [f"c{n} 1.{n}" for n in range(1, 13)]


# -- the book's own words ---------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "words"),
    [("Abbildung %s", "Abbildung 1.2"), ("%s.", "1.2."), ("No %s:", "No 1.2:")],
)
def test_numfig_format(tmp_path: Path, form: str, words: str) -> None:
    source = book(
        tmp_path,
        two(),
        volumes=BOTH,
        numfig_format={"figure": form},
        figlist_formats=["markdown"],
    )
    out = pages(source).out
    assert figure_numbers(out / "c.html")["fig-c2"] == words
    assert [e.number for e in entries(out / "index.html")][1::3] == [words, words]
    assert f"{words} (Volume II)" in paragraphs(out / "a.html", "Here: ")[0]
    text = (out / "figlist" / f"{TWO}.md").read_text("utf-8")
    assert f"\n### {words}" in text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Plate {number}", "Plate 1.2"),
        ("Plate {number}: {name}", "Plate 1.2"),
        ("{number} - {name}", "1.2"),
    ],
)
def test_numfig_format_with_names(tmp_path: Path, form: str, words: str) -> None:
    """Forms of ``numref``, which Sphinx cannot print under a figure in HTML."""
    caption = "**Second:** of all."
    source = book(
        tmp_path,
        {
            "index.rst": doc(
                "Book", toc("a", numbered=True), figlist(layout="compact")
            ),
            "a.rst": doc("A", fig("a1"), fig("a2", caption)),
        },
        numfig_format={"figure": form},
    )
    pages(source, builder="text")
    listed = (source.with_name("text") / "index.txt").read_text("utf-8")
    assert f"{words}: Second" in listed
    built = pages(source, builder="figlist")
    assert f"\n### {words}: Second\n" in (built.out / f"{WHOLE}.md").read_text("utf-8")


# -- figures without a caption ----------------------------------------------------


def uncaptioned(**more: str) -> dict[str, str]:
    files = {
        "index.rst": doc("Book", toc("a", "b", numbered=True), figlist()),
        "a.rst": doc(
            "A",
            "See: " + numrefs("fig-bare", "fig-second", "fig-noted"),
            bare("bare", alt="Bare."),
            bare("out", figclass="figlist-exclude"),
            fig("kept", figclass="figlist-exclude"),
            fig("second"),
            fig("noted", "..", "Only a legend."),
            directive("figure", argument="/p.png"),
        ),
        "b.rst": doc("B", "See: " + numrefs("fig-bare", "fig-last"), bare("last")),
    }
    return {**files, **{f"{name}.rst": content for name, content in more.items()}}


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(
        tmp_path_factory.mktemp("every"), uncaptioned(), figlist_number_uncaptioned=True
    )


def test_number_uncaptioned(every: Path) -> None:
    """Each prints its number where its caption would stand; an excluded one has none."""
    out = pages(every).out
    numbers = figure_numbers(out / "a.html")
    unnamed = [name for name in numbers if not name.startswith("fig-")]
    assert {numbers.pop(name) for name in unnamed} == {"Fig. 1.5"}
    assert numbers == {
        "fig-bare": "Fig. 1.1",
        "fig-out": "",
        "fig-kept": "Fig. 1.2",
        "fig-second": "Fig. 1.3",
        "fig-noted": "Fig. 1.4",
    }
    assert figure_numbers(out / "b.html") == {"fig-last": "Fig. 2.1"}
    listed = [line for line in outline(out / "index.html") if line[0] != "-"]
    assert [line.split()[-1] for line in listed] == ["1.1", "1.3", "1.4", "1.5", "2.1"]
    assert Site(out).dead_links() == []


def test_uncaptioned_number_stands_under_the_image(every: Path) -> None:
    figures = {
        figure.get("id"): figure
        for figure in elements(main_content(pages(every).out / "a.html"), "figure")
    }
    first, noted = figures["fig-bare"], figures["fig-noted"]
    assert [child.tag for child in first] == ["img", "figcaption"]
    assert [child.tag for child in noted] == ["img", "figcaption"]
    assert text(first[1]).startswith("Fig. 1.1")
    caption = text(noted[1])
    assert caption.index("Fig. 1.4") < caption.index("Only a legend.")
    assert [child.tag for child in figures["fig-out"]] == ["img"]


def test_numref_to_uncaptioned(every: Path) -> None:
    out = pages(every).out
    see = "See: "
    assert paragraphs(out / "a.html", see) == ["Fig. 1.1 and Fig. 1.3 and Fig. 1.4."]
    assert paragraphs(out / "b.html", see) == ["Fig. 1.1 and Fig. 2.1."]
    single = pages(every, builder="singlehtml").out / "index.html"
    assert paragraphs(single, see) == [
        "Fig. 1.1 and Fig. 1.3 and Fig. 1.4.",
        "Fig. 1.1 and Fig. 2.1.",
    ]
    pages(every, builder="text")  # without a warning


def test_uncaptioned_in_files(every: Path) -> None:
    found, _ = read(every)
    lines = [line for group in found[WHOLE] for line in group[2]]
    assert [line.split()[1] for line in lines] == ["1.1", "1.3", "1.4", "1.5", "2.1"]
    assert lines[0] == "bare 1.1"


def test_uncaptioned_in_volumes(tmp_path: Path) -> None:
    """They restart, and references name the other volume's."""
    files = two(
        a=doc("A", fig("a1"), bare("a2")),
        c=doc("C", "There: " + numrefs("fig-a2", "fig-c1"), bare("c1"), fig("c2")),
    )
    source = book(tmp_path, files, volumes=BOTH, figlist_number_uncaptioned=True)
    out = pages(source).out
    assert figure_numbers(out / "c.html") == {
        "fig-c1": "Fig. 1.1",
        "fig-c2": "Fig. 1.2",
    }
    assert paragraphs(out / "c.html", "There: ") == [
        "Fig. 1.2 (Volume I) and Fig. 1.1."
    ]


def test_uncaptioned_as_sphinx_has_them(tmp_path: Path) -> None:
    """Without the setting they have no number, but words to click on."""
    source = book(tmp_path, uncaptioned())
    out = pages(source, allow=["Any number is not assigned"]).out
    numbers = figure_numbers(out / "a.html")
    assert (numbers["fig-bare"], numbers["fig-second"]) == ("", "Fig. 1.2")
    links = [entry.link for entry in entries(out / "index.html")]
    assert links[0] == "Untitled (p.png)"
    assert links[1].startswith("Fig. 1.2: ")
    assert Site(out).dead_links() == []
    found, _ = read(source, allow=None)
    assert [line.split()[1] for line in found[WHOLE][0][2]] == ["-", "1.2", "-", "-"]


# -- without numfig ---------------------------------------------------------------


def test_numbers_off(tmp_path: Path) -> None:
    """No numbers anywhere, and one information line says why."""
    files = {
        "index.rst": doc("Book", toc("a", numbered=True), figlist()),
        "a.rst": doc("A", fig("a1", "**One:** of all."), fig("a2", "Two.")),
    }
    source = book(tmp_path, files, numfig=False, figlist_formats=["json", "markdown"])
    built = pages(source)
    assert built.warnings == ""
    told = [line for line in built.status.splitlines() if "numfig" in line]
    assert len(told) == 1
    assert outline(built.out / "index.html") == ["- Chapter 1: A", "a1", "a2"]
    links = [entry.link for entry in entries(built.out / "index.html")]
    assert links == ["One", "Two."]
    data = lists(built.out / "figlist")[WHOLE]
    assert [f["number"] for f in data["chapters"][0]["figures"]] == [None, None]
    words = (built.out / "figlist" / f"{WHOLE}.md").read_text("utf-8")
    assert "\n### One\n" in words
    again = pages(source, builder="text")
    assert len([line for line in again.status.splitlines() if "numfig" in line]) == 1
    assert "looking for" not in told[0], "not on a line of its own"


def test_off_without_any_list_says_nothing(tmp_path: Path) -> None:
    source = book(tmp_path, {"index.rst": doc("Book", fig("a"))}, numfig=False)
    assert "numfig" not in pages(source).status


def test_number_uncaptioned_needs_numfig(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {"index.rst": doc("Book")},
        numfig=False,
        figlist_number_uncaptioned=True,
    )
    with pytest.raises(ConfigError, match=r"figlist_number_uncaptioned[\s\S]*numfig"):
        pages(source)


# -- builds in place --------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"figlist_volumes": BOTH},
        {"figlist_volumes": BOTH, "numfig_secnum_depth": 0},
        {"figlist_volumes": BOTH, "numfig_secnum_depth": 2},
        {"figlist_volumes": BOTH, "figlist_number_uncaptioned": True},
        {"figlist_volumes": BOTH, "figlist_restart_numbering": False},
        {"figlist_number_uncaptioned": True},
        {"figlist_volumes": BOTH, "numfig_format": {"figure": "Bild %s"}},
        {"figlist_volumes": BOTH, "numfig": False},
    ],
    ids=lambda values: " ".join(values),
)
def test_no_change_rewrites_nothing(tmp_path: Path, values: dict[str, Any]) -> None:
    """Not the second time, nor the third; nor do its files change."""
    start = {"extensions": ["sphinxext_figlist"], "numfig": True}
    settings = {**start, "figlist_formats": ["json"], **values}
    files: dict[str, str | bytes] = {
        **two(v2=doc("Water", bare("bare"), toc("c", numbered=True), figlist())),
        "conf.py": conf(**settings),
        "p.png": png(),
    }
    lab = Lab(root=tmp_path, files=files)
    allow = None if values.get("numfig") is False else ()
    lab.build(allow=allow)
    before = stamps(lab.out())
    first = {name: path.read_bytes() for name, path in tree_files(lab.out()).items()}
    for _ in range(2):
        built = lab.build(allow=allow)
        assert built.read == frozenset()
        assert pages_written(before, stamps(lab.out())) == set()
        lists_ = {name for name in stamps(lab.out()) if name.startswith("figlist/")}
        assert lists_
        assert not lists_ & written(before, stamps(lab.out()))
    last = {name: path.read_bytes() for name, path in tree_files(lab.out()).items()}
    assert same_bytes(last, first) == []


def test_one_application_that_builds_twice(tmp_path: Path) -> None:
    """Numbers neither drift nor have a page rewritten that an edit did not touch."""
    source, out = book(tmp_path, two(), volumes=BOTH), tmp_path / "out"
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(source, source, out, tmp_path / "doctrees", "html", status=None)
        app.build()
        first = figure_numbers(out / "c.html")
        before = stamps(out)
        for words in ("once", "twice"):
            (source / "b.rst").write_text(doc("B", fig("b1"), words), "utf-8")
            touch_now(source / "b.rst")
            app.build()
            # Sphinx itself writes the pages whose toctrees lead to it.
            assert pages_written(before, stamps(out)) - {"v1", "index"} == {"b"}
            assert figure_numbers(out / "c.html") == first


# -- other kinds ------------------------------------------------------------------


def test_kinds_of_sphinx(tmp_path: Path) -> None:
    """Each list has its own kind alone, with its numbers, words and links."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True)),
            "a.rst": doc(
                "A",
                fig("a"),
                table("one"),
                listing("one"),
                listing("two"),
                directive("code-block", "bare", argument="text"),
            ),
            "tables.rst": ":orphan:\n\n" + doc("Tables", figlist(kind="table")),
            "code.rst": ":orphan:\n\n" + doc("Code", figlist(kind="code-block")),
            "figures.rst": ":orphan:\n\n" + doc("Figures", figlist(kind="figure")),
        },
    )
    out = pages(source).out
    assert Site(out).dead_links() == []
    shown = {
        name: [(e.number, e.href, e.link) for e in entries(out / f"{name}.html")]
        for name in ("tables", "code", "figures")
    }
    assert shown["tables"] == [
        ("Table 1.1", "a.html#tab-one", "Table 1.1: Of one."),
    ]
    assert shown["code"] == [
        ("Listing 1.1", "a.html#code-one", "Listing 1.1: Code one."),
        ("Listing 1.2", "a.html#code-two", "Listing 1.2: Code two."),
    ]
    assert [number for number, *_ in shown["figures"]] == ["Fig. 1.1"]
    found, _ = read(source)
    assert found[WHOLE] == [("1", "A", ["a 1.1"])]


EXERCISE = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class exercise(nodes.Part, nodes.Element):
    pass


class Exercise(SphinxDirective):
    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"name": str}

    def run(self):
        title = nodes.caption("", self.arguments[0])
        node = exercise("", title, classes=["exercise"])
        self.add_name(node)
        return [node]


def visit(self, node):
    self.body.append(self.starttag(node, "div", CLASS="exercise"))


def depart(self, node):
    self.body.append("</div>")


def title_of(node):
    return node[0].astext()


def setup(app):
    app.add_enumerable_node(
        exercise, "exercise", title_of, html=(visit, depart), text=(skip, skip)
    )
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True, "version": "1"}


def skip(self, node):
    pass
"""


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An extension that registers a numbered kind of its own."""
    name = "figlist_test_exercise"
    (tmp_path / f"{name}.py").write_text(EXERCISE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


@pytest.mark.parametrize("first", [True, False])
def test_kind_of_an_extension(tmp_path: Path, extension: str, first: bool) -> None:
    """Whichever of the two extensions stands first."""
    both = ["sphinxext_figlist", extension]
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True), figlist(kind="exercise")),
            "a.rst": doc(
                "A",
                fig("a"),
                directive("exercise", argument="Count to three.", name="count"),
                directive("exercise", argument="And back.", name="back"),
            ),
        },
        extensions=both if first else both[::-1],
        numfig_format={"exercise": "Exercise %s"},
    )
    out = pages(source).out
    shown = [(e.number, e.href, e.link) for e in entries(out / "index.html")]
    assert shown == [
        ("Exercise 1.1", "a.html#count", "Exercise 1.1: Count to three."),
        ("Exercise 1.2", "a.html#back", "Exercise 1.2: And back."),
    ]


# -- figures under conditions -----------------------------------------------------


def under(*expressions: str, name: str = "only") -> list[str]:
    """A figure under each of *expressions*."""
    return [
        directive(name, fig(f"{name}{n}"), argument=expression)
        for n, expression in enumerate(expressions, 1)
    ]


@pytest.fixture(scope="module")
def conditions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book_ = {
        "index.rst": doc("Book", toc("a", numbered=True), figlist(layout="compact")),
        "a.rst": doc(
            "A",
            fig("start"),
            *under("html", "latex", "not html", "draft", "html or latex"),
            *under("level > 1", "builder == 'latex'", "level > 5", name="ifconfig"),
            directive(
                "only",
                directive("only", fig("both"), argument="draft"),
                argument="html",
            ),
            fig("end"),
        ),
    }
    folder = tmp_path_factory.mktemp("conditions")
    source = book(
        folder,
        book_,
        extensions=["sphinxext_figlist", "sphinx.ext.ifconfig"],
        figlist_formats=["json"],
    )
    with (source / "conf.py").open("a") as settings:
        settings.write(
            "level = 3\n\ndef setup(app):\n"
            "    app.add_config_value('level', 0, 'env')\n"
        )
    return source


PAGES = {
    "html": ["start", "only1", "only5", "ifconfig1", "end"],
    "text": ["start", "only3", "ifconfig1", "end"],
    "latex": ["start", "only2", "only3", "only5", "ifconfig1", "ifconfig2", "end"],
}


@pytest.mark.parametrize(
    ("builder", "files_for", "tags", "page", "files"),
    [
        ("html", "latex", [], "html", "latex"),
        ("html", "html", [], "html", "html"),
        ("singlehtml", "latex", [], "html", "latex"),
        ("text", "html", [], None, "html"),
        ("figlist", "latex", [], None, "latex"),
        ("figlist", "html", [], None, "html"),
        ("figlist", "text", [], None, "text"),
    ],
)
def test_conditions(
    conditions: Path,
    builder: str,
    files_for: str,
    tags: list[str],
    page: str | None,
    files: str,
) -> None:
    """A page is judged by its builder, a file as the output of ``figlist_files_for``."""
    built = pages(
        conditions,
        builder=builder,
        tags=tags,
        overrides={"figlist_files_for": files_for},
    )
    if page:
        shown = [line.split()[0] for line in outline(built.out / "index.html")]
        assert shown == PAGES[page]
        assert Site(built.out).dead_links() == []
    folder = built.out if builder == "figlist" else built.out / "figlist"
    figures = lists(folder)[WHOLE]["chapters"][0]["figures"]
    assert [f["label"].removeprefix("fig-") for f in figures] == PAGES[files]


def test_tags_on_the_command_line(conditions: Path) -> None:
    built = pages(conditions, tags=["draft"])
    shown = [line.split()[0] for line in outline(built.out / "index.html")]
    assert shown == [
        *("start", "only1", "only4", "only5", "ifconfig1", "both", "end"),
    ]
    figures = lists(built.out / "figlist")[WHOLE]["chapters"][0]["figures"]
    labels = [f["label"].removeprefix("fig-") for f in figures]
    assert labels == [
        *("start", "only2", "only3", "only4", "only5", "ifconfig1", "ifconfig2", "end"),
    ]


def test_condition_that_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sphinx tells of it and leaves its figures out; so do lists, without noise."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a"), figlist(layout="compact")),
            "a.rst": doc(
                "A",
                fig("a"),
                directive("ifconfig", fig("lost"), argument="nosuch > 1"),
                directive("only", fig("kept"), argument="html and"),
            ),
        },
        extensions=["sphinxext_figlist", "sphinx.ext.ifconfig"],
    )
    built = pages(source, allow=None)
    assert list(figure_numbers(built.out / "a.html")) == ["fig-a", "fig-kept"]
    assert Site(built.out).dead_links() == []
    assert outline(built.out / "index.html") == ["a 1", "kept 3"]
    assert built.warnings.count("nosuch") == 1
    found, _ = read(source, allow=None)
    assert found[WHOLE][0][2] == ["a 1", "kept 3"]
    assert "nosuch" not in capfd.readouterr().err


@pytest.mark.parametrize("files_for", ["latex", "html"])
def test_pair_of_one_figure(tmp_path: Path, files_for: str) -> None:
    """As matplotlib's ``plot`` makes them: a figure for HTML, the same for the rest."""
    pair = [
        directive(
            "only",
            directive(
                "figure", "**The plot:** drawn.", argument="/p.png", alt="A plot."
            ),
            argument=expression,
        )
        for expression in ("html", "not html")
    ]
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True), figlist()),
            "a.rst": doc("A", fig("before"), *pair, fig("after")),
        },
        figlist_files_for=files_for,
        figlist_formats=["json"],
    )
    out = pages(source).out
    links = [entry.link for entry in entries(out / "index.html")]
    assert len(links) == 3
    assert links[1].endswith(": The plot")
    printed = figure_numbers(out / "a.html").values()
    assert [e.number for e in entries(out / "index.html")] == list(printed)
    assert Site(out).dead_links() == []
    figures = lists(out / "figlist")[WHOLE]["chapters"][0]["figures"]
    assert [f["title"] for f in figures] == [None, "The plot", None]
    found, _ = read(source)
    assert len(found[WHOLE][0][2]) == 3


# -- until it is asked to ---------------------------------------------------------


def test_enabling_changes_nothing(tmp_path: Path) -> None:
    """Without a directive or setting: the same pages, files and warnings as without."""
    files = {
        "index.rst": doc("Book", toc("a", "b", numbered=True)),
        "a.rst": doc(
            "A",
            numrefs("fig-a", "fig-bare", "no-such-label") + " :ref:`nothing`",
            fig("a", "With *markup* and :numref:`fig-in`.", "A legend."),
            bare("bare"),
            directive("figure", argument="/p.png"),
            fig("out", figclass="figlist-exclude"),
            table("a"),
            listing("a"),
            directive("only", fig("in"), argument="html"),
            directive("figure", "No picture.", argument="/lost.png"),
        ),
        "b.rst": doc("B", section("In", fig("b"), "See :numref:`fig-a`.")),
        "lost.rst": doc("Lost", fig("orphan")),
    }
    with_it, without = (
        pages(book(tmp_path / name, files, extensions=extensions), allow=None)
        for name, extensions in (("with", ["sphinxext_figlist"]), ("without", []))
    )
    ours, plain = (
        {
            name: (
                str(search_index(path.read_bytes())).encode()
                if name == "searchindex.js"
                else path.read_bytes()
            )
            for name, path in tree_files(built.out).items()
            if name != ".buildinfo"
        }
        for built in (with_it, without)
    )
    assert "a.html" in ours
    assert same_bytes(ours, plain) == []
    warned = [
        built.warnings.replace(str(tmp_path / name), "")
        for built, name in ((with_it, "with"), (without, "without"))
    ]
    assert "no-such-label" in warned[0]
    assert "lost.png" in warned[0]
    assert warned[0] == warned[1]
