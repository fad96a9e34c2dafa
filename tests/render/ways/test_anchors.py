"""Anchors stand where a list needs them, in pages and in LaTeX."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from support import build, by_class, elements, main_content, text
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    pages,
    section,
    toc,
    volumes,
)
from support.ways import (
    LABEL,
    LINK,
    MYST,
    REFERENCES,
    Web,
    a_book,
    contents,
    full_entries,
    main_text,
    places,
    read_tex,
    tex_ways,
    words,
)

PLAIN: dict[str, str | bytes] = {
    "one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), fig("b", ":ref:`fig-a`.")),
    "two.md": "# Two\n\nSee {numref}`fig-a`, [](#fig-x).\n",
    "three.rst": doc("Three", "No figure :ref:`here <genindex>`."),
    "four.rst": doc("Four", fig("x", figclass="figlist-exclude")),
}
TEXT = ["one", "two", "three", "four", "index"]


def test_anchors_only_for_lists_of_references(tmp_path: Path) -> None:
    source = a_book(tmp_path, PLAIN)
    with_references = contents(pages(source).out, *TEXT)
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    out = pages(source, fresh=True).out
    without = contents(out, *TEXT)
    assert b"figlist-at" not in b"".join(without.values())
    marked = {n for n in TEXT if with_references[n] != without[n]}
    assert marked == {"one", "two"}
    # Nothing but the targets differs; a figure in no list needs none.
    target = re.compile(rb'<span class="target" id="figlist-at-[^"]*"></span>')
    assert len(target.findall(with_references["two"])) == 1
    assert {n: target.sub(b"", each) for n, each in with_references.items()} == without


def test_anchors_only_for_the_figures_that_a_list_shows(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc(
                "One",
                figlist(scope="page", fields="references"),
                fig("a"),
                "See :numref:`fig-a`, :numref:`fig-b`.",
            ),
            "two.rst": doc("Two", fig("b"), "See :numref:`fig-a`, :numref:`fig-b`."),
            "list.rst": doc("List", figlist()),
        },
    )
    web = Web(pages(source).out)
    assert web.ways("one") == {"a": [("1 One", "See"), ("2 Two", "See")]}
    for name in ("one", "two"):
        assert main_text(web.page(name)).count('id="figlist-at') == 1


def test_default_fields_with_references(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {"one.rst": doc("One", "See :numref:`fig-a`.", fig("a"))},
        figlist_fields=["title", "references"],
    )
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    assert Web(pages(source).out).ways() == {"a": [("1 One", "See")]}


def test_compact_list_with_references(tmp_path: Path) -> None:
    source = a_book(
        tmp_path, {"one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), fig("b"))}
    )
    short = figlist(layout="compact", fields="title references")
    (source / "list.rst").write_text(doc("List", short), "utf-8")
    web = Web(pages(source).out)
    page = web.page("list")
    item, other = by_class(main_content(web.site.page(page)), "figlist-entry")
    link, way = elements(item, "a")
    figure = web.figure(page, link.get("href", ""))
    assert web.place(page, way.get("href", ""), figure) == "See"
    assert text(way) == "1 One"
    assert len(list(elements(other, "a"))) == 1


@pytest.mark.parametrize(
    "names",
    [("b.rst", "c-d", "b-c.rst", "d"), ("x_y.rst", "n", "x-y.rst", "n2"),
     ("\u7b2c\u4e00.rst", "\u56fe\u4e00", "\u7b2c\u4e8c.rst", "\u56fe\u4e8c")],
    ids=["hyphens", "underscore", "chinese"],
)  # fmt: skip
def test_no_id_stands_twice(names: tuple[str, str, str, str], tmp_path: Path) -> None:
    """Whatever documents and figures are called."""
    one, label, two, other = names
    picture = directive("figure", "Caption.", argument="/p.png", name="NAME")
    source = a_book(
        tmp_path,
        {
            one: doc("One", picture.replace("NAME", label)),
            two: doc("Two", picture.replace("NAME", other)),
            "see.rst": doc("See", f"First :numref:`{label}`, then :numref:`{other}`."),
        },
    )
    web = Web(pages(source).out)
    assert web.twice() == []
    assert places([way for ways in web.ways().values() for way in ways]) == [
        *("First", "First Fig. 1.1, then")
    ]


def test_single_page_of_unnamed_figures(tmp_path: Path) -> None:
    """Ids like "id1" stand in many documents, whose page is one here."""
    unnamed = directive("figure", "Unlike :numref:`fig-a`.", argument="/p.png")
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), unnamed),
            "two.rst": doc("Two", unnamed),
        },
    )
    web = Web(pages(source, builder="singlehtml").out)
    page = web.page("list")
    whole = main_content(web.site.page(page))
    figures = list(elements(whole, "figure"))
    entry, shown = next(full_entries(whole))
    ways = list(elements(shown, "a"))
    assert list(map(text, ways)) == ["1 One", "2 Two"]
    landed = [
        next(f for f in figures if any(e.get("id") == href for e in elements(f)))
        for href in (way.get("href", "")[1:] for way in ways)
    ]
    assert [figures.index(figure) for figure in landed] == [1, 2]
    assert text(entry)


def test_single_page_of_like_titles(tmp_path: Path) -> None:
    """A reference in a title leads to its own document, not to a section's namesake."""
    like = section("Summary of :numref:`fig-a`", "Text.")
    source = a_book(
        tmp_path,
        {"one.rst": doc("One", fig("a"), like), "two.rst": doc("Two", like)},
    )
    built = pages(source, builder="singlehtml")
    page = Web(built.out).page("list")
    whole = main_content(page)
    _, shown = next(full_entries(whole))
    hrefs = [way.get("href", "")[1:] for way in elements(shown, "a")]
    # Sphinx gives both sections one id here: their documents have their own.
    assert hrefs == ["document-one", "document-two"]
    assert set(hrefs) <= {e.get("id") for e in elements(whole)}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_html(builder: str, tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "sub/one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), bare("n")),
            "two.md": "# Two\n\nThere {numref}`fig-a`.\n\n## Of [](#fig-a)\n",
        },
        figlist_number_uncaptioned=True,
    )
    web = Web(pages(source, builder=builder).out)
    ways = web.ways()
    assert places(ways["a"])[:2] == ["See", "There"]
    assert places(ways["a"])[2].startswith("section of")
    assert ways["n"] == []
    assert set(web.backs("sub/one")) == {"a", "n"}


def test_same_bytes_in_parallel(tmp_path: Path) -> None:
    docs: dict[str, str | bytes] = {
        f"d{n}.rst": doc(f"D{n}", f"See :numref:`fig-{(n + 3) % 9}`.", fig(str(n)))
        for n in range(9)
    }
    source = a_book(tmp_path, docs)
    one = build(source, tmp_path / "j1" / "html")
    two = build(source, tmp_path / "j2" / "html", parallel=2)
    assert two.in_parallel == {"reading", "writing"}
    pages_ = [*(f"d{n}" for n in range(9)), "list"]
    assert contents(one.out, *pages_) == contents(two.out, *pages_)
    ways = Web(two.out).ways()
    assert {name: words(each) for name, each in ways.items()} == {
        str(n): [f"{(n - 3) % 9 + 1} D{(n - 3) % 9}"] for n in range(9)
    }


# -- LaTeX ------------------------------------------------------------------------


def test_latex(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc(
                "One", "See :numref:`fig-a`, `b <fig-b_>`_.", fig("a"), bare("n"),
                fig("b", "Unlike :numref:`fig-a`."),
                section("Of :ref:`this <fig-a>`", "See :ref:`fig-a` [#f]_.",
                        ".. [#f] Footnote :numref:`fig-a`."),
                directive("list-table", "* - Cell :numref:`fig-a`"),
            ),
            "two.md": "# Two [](#fig-a)\n\n[](#fig-a), <project:#fig-b>\n",
        },
    )  # fmt: skip
    tex = read_tex(pages(source, builder="latex"))
    labels = Counter(LABEL.findall(tex))
    links = set(LINK.findall(tex))
    assert links <= labels.keys()
    assert not [label for label, count in labels.items() if count > 1]
    ways = tex_ways(tex)
    assert len(ways) == 8 + 2
    assert len({label for _, label in ways}) == len(ways)


def test_latex_of_volumes(tmp_path: Path) -> None:
    """A place in another PDF is words alone."""
    see = "See :numref:`fig-a`, :numref:`fig-b`."
    own = {
        f"v{n}/index.rst": doc("Volume", toc("one", "list", numbered=True))
        for n in "12"
    }
    lists = {f"v{n}/list.rst": doc("List", REFERENCES) for n in "12"}
    texts = {
        "v1/one.rst": doc("Land", see, fig("a")),
        "v2/one.rst": doc("Water", see, fig("b")),
    }
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1/index", "v2/index")),
            **own,
            **lists,
            **texts,
        },
        volumes=volumes("v1/index", "v2/index"),
        latex_documents=[
            (f"v{n}/index", f"v{n}.tex", "Title", "Nobody", "manual") for n in "12"
        ],
        **MYST,
    )
    built = pages(source, builder="latex")
    for name, here, there in (("v1", "1 Land", "1 Water"), ("v2", "1 Water", "1 Land")):
        tex = read_tex(built, name)
        assert set(LINK.findall(tex)) <= set(LABEL.findall(tex))
        assert [words for words, _ in tex_ways(tex)] == [here]
        field = tex.split("Referred to in:")[1].split("\n\n")[0]
        assert there in field


def test_latex_text_is_untouched_without_references(tmp_path: Path) -> None:
    source = a_book(tmp_path, PLAIN)
    with_ = read_tex(pages(source, builder="latex"))
    (source / "list.rst").write_text(doc("List", "Nothing."), "utf-8")
    plain = read_tex(pages(source, builder="latex", fresh=True))
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    without = read_tex(pages(source, builder="latex", fresh=True))
    start, until = r"\begin{document}", r"\chapter{List}"

    def before(whole: str) -> str:
        return whole.partition(start)[2].split(until)[0]

    assert before(without) == before(plain)
    target = re.compile(
        r"\\phantomsection\\label\{\\detokenize\{[^}]*figlist-at-[^}]*\}\}"
    )
    assert len(target.findall(with_)) == 2
    assert target.sub("", before(with_)) == before(without)
