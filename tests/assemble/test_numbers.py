"""Numbers: what a list prints is what the book prints, in every output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from support import (
    Lab,
    Site,
    conf,
    elements,
    entries,
    figure_numbers,
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
from support.books.numbered import BOTH, listing, numrefs, paragraphs, table, two
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
    lists,
    outline,
    pages,
    read,
    section,
    toc,
)

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
    for figure in (first, noted):
        # Between them stands the way back to the list.
        tags = [child.tag for child in figure if child.tag != "a"]
        assert tags == ["img", "figcaption"]
    assert text(next(elements(first, "figcaption"))).startswith("Fig. 1.1")
    caption = text(next(elements(noted, "figcaption")))
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
    assert links == ["One", "Two"]
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
