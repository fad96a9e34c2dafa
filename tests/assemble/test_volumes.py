"""Volumes and chapters: which figures are listed, where, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import (
    build,
    by_class,
    figure_numbers,
    main_content,
    only_by_class,
    own_files,
)
from support.books.volumes import BOTH, chapter, chapters, two_volumes
from support.small import (
    ONE,
    TWO,
    WHOLE,
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    groups,
    lists,
    outline,
    pages,
    read,
    section,
    toc,
    volumes,
    warnings_of,
)

# -- chapters in one volume -------------------------------------------------------


def test_implicit_volume(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {"index.rst": doc("Book", toc("b", "a", numbered=True)), **chapters("a", "b")},
    )
    found, built = read(source)
    assert found == {
        WHOLE: [("1", "B", ["b 1.1"]), ("2", "A", ["a 2.1"])],
    }
    data = lists(built.out)[WHOLE]
    assert data["volume"] is None
    assert data["project"] == "Book"
    assert data["totals"] == {"figures": 2, "chapters": 2}


def test_captioned_toctrees_are_parts_without_a_say(tmp_path: Path) -> None:
    """Each numbered toctree counts afresh; chapters of one number stay apart."""
    index = doc(
        "Book",
        toc("a", "b", caption="Part one", numbered=True),
        toc("c", "d", caption="Part two", numbered=True),
    )
    source = book(tmp_path, {"index.rst": index, **chapters("a", "b", "c", "d")})
    found, _ = read(source)
    assert found[WHOLE] == [
        ("1", "A", ["a 1.1"]),
        ("2", "B", ["b 2.1"]),
        ("1", "C", ["c 1.2"]),
        ("2", "D", ["d 2.2"]),
    ]


def test_part_document_without_a_number(tmp_path: Path) -> None:
    """A part's numbered chapters are the chapters; what only a part holds is its own."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("part")),
            "part.rst": doc("Part", fig("before"), toc("a", "b", numbered=True)),
            **chapters("a", "b"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        (None, "Part", ["before 1"]),
        ("1", "A", ["a 1.1"]),
        ("2", "B", ["b 2.1"]),
    ]


def test_part_document_with_a_number_is_the_chapter(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("one", "two", numbered=True)),
            "one.rst": doc("One", toc("a", "b")),
            "two.rst": doc("Two", fig("start"), toc("c")),
            **chapters("a", "b", "c"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        ("1", "One", ["a 1.1", "b 1.2"]),
        ("2", "Two", ["start 2.1", "c 2.2"]),
    ]


def test_numbers_end_with_their_toctrees_depth(tmp_path: Path) -> None:
    """A section without a number is no chapter of its own, nor outside of one."""
    index = doc("Book", directive("toctree", "a", numbered="1"))
    source = book(
        tmp_path,
        {"index.rst": index, "a.rst": doc("A", section("Deep", fig("deep")))},
    )
    found, _ = read(source)
    assert found[WHOLE] == [("1", "A", ["deep 1.1"])]


def test_nested_toctrees(tmp_path: Path) -> None:
    """Documents stand where their toctree stands, at any depth, in the outer chapter."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "z", numbered=True)),
            "a.rst": doc("A", fig("a1"), section("In", toc("sub/b")), fig("a2")),
            "sub/b.rst": doc("B", toc("c"), section("Late", fig("late"))),
            "sub/c.rst": doc("C", fig("deepest")),
            **chapters("z"),
        },
    )
    found, built = read(source)
    assert found[WHOLE] == [
        ("1", "A", ["a1 1.1", "deepest 1.2", "late 1.3", "a2 1.4"]),
        ("2", "Z", ["z 2.1"]),
    ]
    figures = lists(built.out)[WHOLE]["chapters"][0]["figures"]
    docnames = [figure["docname"] for figure in figures]
    assert docnames == ["a", "sub/c", "sub/b", "a"]


def test_several_top_level_sections_in_one_document(tmp_path: Path) -> None:
    """Each is a chapter; and a document that its second section includes is in that."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "last", numbered=True)),
            "a.rst": doc("First", fig("f"), section("Inner", fig("inner")))
            + "\n"
            + doc("Second", fig("s"), toc("b")),
            "b.rst": doc("B", fig("b")),
            **chapters("last"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        ("1", "First", ["f 1.1", "inner 1.2"]),
        ("2", "Second", ["s 2.1", "b 2.2"]),
        ("3", "Last", ["last 3.1"]),
    ]


def test_front_matter_without_numbers(tmp_path: Path) -> None:
    """A chapter without a number is the outermost document, by its title."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("preface"), toc("a", numbered=True)),
            "preface.rst": doc("*Preface* & thanks", toc("thanks"), fig("first")),
            "thanks.rst": doc("Thanks", section("To all", fig("thanked"))),
            **chapters("a"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        (None, "Preface & thanks", ["thanked 1", "first 2"]),
        ("1", "A", ["a 1.1"]),
    ]


def test_book_without_any_numbers(tmp_path: Path) -> None:
    """Chapters are documents; a second section of one is no second chapter."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "b")),
            "a.rst": doc("A", fig("a1"), section("More", fig("a2"))),
            **chapters("b"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        (None, "A", ["a1 1", "a2 2"]),
        (None, "B", ["b 3"]),
    ]


def test_appendices(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {
            "index.rst": doc(
                "Book", toc("a", "b", numbered=True), toc("x", numbered=True)
            ),
            "x.rst": doc("X", fig("x1"), fig("x2")),
            **chapters("a", "b"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        ("1", "A", ["a 1.1"]),
        ("2", "B", ["b 2.1"]),
        ("1", "X", ["x1 1.2", "x2 1.3"]),
    ]


def test_chapter_without_figures(tmp_path: Path) -> None:
    """It is not listed, and the next keeps its number."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "plain", "c", numbered=True)),
            "plain.rst": doc("Plain", "No figure."),
            **chapters("a", "c"),
        },
    )
    found, built = read(source)
    assert found[WHOLE] == [("1", "A", ["a 1.1"]), ("3", "C", ["c 3.1"])]
    assert lists(built.out)[WHOLE]["totals"] == {"figures": 2, "chapters": 2}


def test_chapter_whose_figures_are_elsewhere(tmp_path: Path) -> None:
    """What holds figures for print alone is no chapter of a list on a screen."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "print", "c", numbered=True), figlist()),
            "print.rst": doc("Print", directive("only", fig("p"), argument="latex")),
            **chapters("a", "c"),
        },
    )
    found, _ = read(source)
    assert [group[:2] for group in found[WHOLE]] == [
        ("1", "A"),
        ("2", "Print"),
        ("3", "C"),
    ]
    assert outline(pages(source).out / "index.html") == [
        *("- Chapter 1: A", "a 1.1", "- Chapter 3: C", "c 3.1"),
    ]


def test_figure_without_number_is_in_its_chapter(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True)),
            "a.rst": doc("A", bare("bare"), section("In", bare("inner"))),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [("1", "A", ["bare -", "inner -"])]


def test_excluded_figures(tmp_path: Path) -> None:
    """They are in no list, file or total; a captioned one keeps its number."""
    picture = directive("image", argument="/p.png", class_="figlist-exclude")
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "b", numbered=True)),
            "a.rst": doc(
                "A",
                fig("out", figclass="figlist-exclude"),
                fig("in"),
                directive(
                    "figure", "Out.", argument="/p.png", class_="figlist-exclude"
                ),
                picture,
                fig("last"),
                figlist(),
            ),
            "b.rst": doc("B", fig("lone", figclass="figlist-exclude other")),
        },
    )
    found, built = read(source)
    assert found[WHOLE] == [("1", "A", ["in 1.2", "last 1.4"])]
    assert lists(built.out)[WHOLE]["totals"] == {"figures": 2, "chapters": 1}
    page = pages(source).out / "a.html"
    assert outline(page) == ["- Chapter 1: A", "in 1.2", "last 1.4"]
    assert figure_numbers(page)["fig-out"] == "Fig. 1.1"


# -- toctrees of every kind -------------------------------------------------------


def test_kinds_of_toctree_entries(tmp_path: Path) -> None:
    """Hidden and glob toctrees, entries with titles, ``self`` and URLs."""
    index = doc(
        "Book",
        toc("self", "Elsewhere <https://example.org>", "Titled <a>", numbered=True),
        toc("many/*", glob=True, numbered=True),
        toc("hidden", hidden=True),
        toc("last", reversed=True),
        fig("end"),
    )
    source = book(
        tmp_path,
        {
            "index.rst": index,
            "many/y.rst": chapter("y"),
            "many/x.rst": chapter("x"),
            **chapters("a", "hidden", "last"),
        },
    )
    found, _ = read(source)
    assert found[WHOLE] == [
        ("1", "A", ["a 1.1"]),
        ("1", "X", ["x 1.2"]),
        ("2", "Y", ["y 2.1"]),
        (None, "Hidden", ["hidden 1"]),
        (None, "Last", ["last 2"]),
        (None, "Book", ["end 3"]),
    ]


def test_toctree_that_leads_round(tmp_path: Path) -> None:
    """A document that its own toctrees reach again is listed once."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "b")),
            "a.rst": doc("A", fig("a"), toc("b")),
            "b.rst": doc("B", fig("b"), toc("a")),
        },
    )
    found, _ = read(source, allow=None)
    assert found[WHOLE] == [(None, "A", ["a 1", "b 2"])]


@pytest.mark.parametrize(
    ("files_for", "wanted"),
    [("latex", ["a", "paper"]), ("html", ["a", "screen", "paper"])],
)
def test_only_around_toctrees(
    tmp_path: Path, files_for: str, wanted: list[str]
) -> None:
    """Every document has its page; a print has only those that its toctrees lead to."""
    index = doc(
        "Book",
        toc("a"),
        directive("only", toc("screen"), argument="html"),
        directive("only", toc("paper"), argument="latex"),
        figlist(layout="compact"),
    )
    source = book(
        tmp_path,
        {"index.rst": index, **chapters("a", "screen", "paper")},
        figlist_files_for=files_for,
        figlist_formats=["json"],
    )
    built = pages(source)
    shown = [line.split()[0] for line in outline(built.out / "index.html")]
    assert shown == ["a", "screen", "paper"]
    data = lists(built.out / "figlist")[WHOLE]
    assert [group[2][0].split()[0] for group in groups(data)] == wanted
    found, _ = read(source)
    assert [group[2][0].split()[0] for group in found[WHOLE]] == wanted


def test_only_around_toctree_in_one_page(tmp_path: Path) -> None:
    index = doc(
        "Book",
        directive("only", toc("screen"), argument="singlehtml"),
        directive("only", toc("paper"), argument="latex"),
        figlist(layout="compact"),
    )
    source = book(tmp_path, {"index.rst": index, **chapters("screen", "paper")})
    built = pages(source, builder="singlehtml")
    page = built.out / "index.html"
    assert len(by_class(only_by_class(main_content(page), "figlist"), "figlist-link"))
    assert [line.split()[-1] for line in outline(page)] == ["1"]


# -- volumes ----------------------------------------------------------------------


def test_two_volumes(tmp_path: Path) -> None:
    found, built = read(book(tmp_path, two_volumes(), volumes=BOTH))
    assert found == {
        ONE: [("1", "A", ["a 1.1"]), ("2", "B", ["b 2.1"])],
        TWO: [("1", "C", ["c 1.1"])],
    }
    data = lists(built.out)
    assert data[TWO]["volume"] == {"id": "2", "label": "Volume II", "title": "Title 2"}


def test_one_line_a_volume(tmp_path: Path) -> None:
    more = {"v2__c": doc("C", fig("c", alt="Seen."), bare("bare"))}
    _, built = read(book(tmp_path, two_volumes(**more), volumes=BOTH))
    lines = [line for line in built.status.splitlines() if "figures" in line.split()]
    assert len(lines) == 2
    assert [word for word in lines[0].replace(",", "").split() if word.isdigit()] == [
        *("2", "2"),  # figures, chapters
        *("0", "2"),  # without caption, without alt text
    ]
    assert [word for word in lines[1].replace(",", "").split() if word.isdigit()] == [
        *("2", "1", "1", "1"),
    ]


def test_roots_inside_a_numbered_toctree(tmp_path: Path) -> None:
    """Numbers of two parts: the chapter is below the root, not the root itself."""
    files = two_volumes(
        index=doc("Book", toc("v1/index", "v2/index", "outside", numbered=True)),
        v1__index=doc("Land", toc("a", "b")),
        v2__index=doc("Water", section("Here", fig("rooted")), toc("c")),
    )
    found, _ = read(book(tmp_path, files, volumes=BOTH))
    assert found == {
        ONE: [("1.1", "A", ["a 1.1"]), ("1.2", "B", ["b 1.2"])],
        TWO: [(None, "Water", ["rooted 2.1"]), ("2.1.1", "C", ["c 2.2"])],
    }


def test_figures_in_the_root_document(tmp_path: Path) -> None:
    """Before and after the toctree: groups by the root's title, in reading order."""
    root = doc("Land", fig("before"), toc("a", "b", numbered=True), fig("after"))
    source = book(tmp_path, two_volumes(v1__index=root), volumes=BOTH)
    found, _ = read(source)
    assert found[ONE] == [
        (None, "Land", ["before 1"]),
        ("1", "A", ["a 1.1"]),
        ("2", "B", ["b 2.1"]),
        (None, "Land", ["after 2"]),
    ]


def test_orphan_without_volumes_is_silent(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a"), figlist(layout="compact")),
            "lost.rst": ":orphan:\n\n" + chapter("lost"),
            **chapters("a"),
        },
    )
    found, built = read(source)
    assert found[WHOLE] == [(None, "A", ["a 1"])]
    assert built.warnings == ""
    built = pages(source)
    assert outline(built.out / "index.html") == ["a 1"]
    assert built.warnings == ""


def test_outside_of_volumes_is_a_warning(tmp_path: Path) -> None:
    """One for each document that holds figures, naming it; and it is in no list."""
    files = two_volumes(outside=doc("Outside", fig("outer"), fig("outer-2")))
    files["lost.rst"] = ":orphan:\n\n" + chapter("lost")
    files["empty.rst"] = ":orphan:\n\n" + doc("Empty", "No figure.")
    source = book(tmp_path, files, volumes=BOTH)
    found, built = read(source, allow=["lost", "outside"])
    assert [group[2] for part in found.values() for group in part] == [
        *(["a 1.1"], ["b 2.1"], ["c 1.1"]),
    ]
    warned = warnings_of(built)
    assert len(warned) == 2
    assert [name for name in ("lost", "outside") if name in "".join(warned)]
    assert all("[figlist" in line for line in warned)


@pytest.mark.parametrize("builder", ["html", "figlist"])
def test_outside_of_volumes_that_were_changed(tmp_path: Path, builder: str) -> None:
    """No document is read for that, and the warning is as in a clean build."""
    files = {
        "index.rst": doc("Top", toc("v1", "v2")),
        "v1.rst": doc("One", fig("a")),
        "v2.rst": doc("Two", fig("b")),
    }
    source = book(tmp_path, files, volumes=volumes("v1", "v2"))
    out = tmp_path / "out"
    build(source, out, builder=builder, warning_is_error=True)
    with (source / "conf.py").open("a") as file:
        file.write("figlist_volumes = figlist_volumes[:1]\n")
    built = build(source, out, builder=builder, allow=["belongs to no volume"])
    assert built.read == frozenset()
    assert "'v2' belongs to no volume" in built.warnings
    build(source, out, builder=builder, warning_is_error=True)


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_outside_of_volumes_is_told_by_each_build_that_reads(
    tmp_path: Path, builder: str
) -> None:
    """Also by one that finds nothing new in what it reads; so are titles of nothing."""
    files = {
        "index.rst": doc("Top", toc("v1", "v2")),
        "v1.rst": doc("One", fig("a")),
        "v2.rst": doc("Two", fig("b")),
    }
    source = book(tmp_path, files, volumes=volumes("v1", "v2"))
    with (source / "conf.py").open("a") as file:
        file.write("figlist_titles = {'figlost': 'Lost'}\n")
    allow = ["belongs to no volume", "no figure has the label"]

    def told() -> list[bool]:
        built = build(source, tmp_path / "out", builder=builder, allow=allow)
        return [words in built.warnings for words in allow]

    assert told() == [False, True]
    with (source / "conf.py").open("a") as file:
        file.write("figlist_volumes = figlist_volumes[:1]\n")
    assert told() == [True, True]
    for _ in range(2):
        with (source / "v1.rst").open("a") as file:
            file.write("\nMore.\n")
        assert told() == [True, True]
        assert told() == [False, False]


def test_outside_figure_that_is_excluded_is_no_warning(tmp_path: Path) -> None:
    files = two_volumes(
        outside=doc("Outside", fig("outer", figclass="figlist-exclude"))
    )
    _, built = read(book(tmp_path, files, volumes=BOTH))
    assert built.warnings == ""


def test_document_in_two_volumes(tmp_path: Path) -> None:
    """A warning names it and both; the first volume keeps it, the second lacks it."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1", "v2")),
            "v1.rst": doc("Land", toc("a", "shared")),
            "v2.rst": doc("Water", toc("shared", "c")),
            "shared.rst": doc("Shared", fig("shared"), figlist(layout="compact")),
            **chapters("a", "c"),
        },
        volumes=volumes("v1", "v2"),
    )
    found, built = read(source, allow=None)
    assert [(group[1], len(group[2])) for group in found[ONE]] == [
        ("A", 1),
        ("Shared", 1),
    ]
    assert [(group[1], len(group[2])) for group in found[TWO]] == [("C", 1)]
    ours = [line for line in warnings_of(built) if "figlist" in line]
    assert len(ours) == 1
    for word in ("shared", "Volume I", "Volume II"):
        assert word in ours[0].replace(",", " ").replace(";", " ")
    shown = outline(pages(source, allow=None).out / "shared.html")
    assert [line.split()[0] for line in shown] == ["a", "shared"]


def test_document_without_figures_in_two_volumes(tmp_path: Path) -> None:
    """A glossary that both include is no matter of figures."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1", "v2")),
            "v1.rst": doc("Land", toc("a", "glossary")),
            "v2.rst": doc("Water", toc("c", "glossary")),
            "glossary.rst": doc("Glossary", "Words."),
            **chapters("a", "c"),
        },
        volumes=volumes("v1", "v2"),
    )
    _, built = read(source, allow=None)
    assert [line for line in warnings_of(built) if "figlist" in line] == []


def test_volume_inside_a_volume(tmp_path: Path) -> None:
    """The root of one may be below another's: what the second holds is contested."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "v2")),
            "v2.rst": doc("Water", toc("c")),
            **chapters("a", "c"),
        },
        volumes=volumes("index", "v2"),
    )
    found, built = read(source, allow=["figlist"])
    assert [group[2][0].split()[0] for group in found[ONE]] == ["a", "c"]
    assert found[TWO] == []
    assert any("'c'" in line for line in warnings_of(built))


def test_excluded_root_drops_out(tmp_path: Path) -> None:
    """With an information line, not a warning; the others keep place and label."""
    files = two_volumes(
        index=doc("Book", toc("v2/index", "outside")),
        outside=doc("Outside", figlist(layout="compact"), figlist(volume="1")),
    )
    source = book(tmp_path, files, volumes=BOTH, exclude_patterns=["v1"])
    found, built = read(source)
    assert found == {TWO: [("1", "C", ["c 1.1"])]}
    assert lists(built.out)[TWO]["volume"]["label"] == "Volume II"
    assert built.warnings == ""
    said = [line for line in built.status.splitlines() if "v1/index" in line]
    assert len(said) == 1
    assert "Volume I " in said[0]
    built = pages(source)
    assert built.warnings == ""
    assert outline(built.out / "outside.html") == ["c 1.1", "empty"]


def test_volume_that_comes_and_goes(tmp_path: Path) -> None:
    """Files of a volume that is no longer there go; no other file does."""
    source = book(tmp_path, two_volumes(), volumes=BOTH)
    _, built = read(source)
    mine = built.out / "FIGURE_LIST_VOL9.md"
    mine.write_text("Mine.")
    assert set(own_files(built.out)) == {f"{ONE}.json", f"{TWO}.json", mine.name}
    book(tmp_path, {}, volumes=BOTH[1:])
    _, built = read(source, allow=["figlist"])
    assert set(own_files(built.out)) == {f"{TWO}.json", mine.name}
