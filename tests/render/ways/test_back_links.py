"""From a figure back to its list."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from support import (
    Files,
    build,
    by_class,
    elements,
    main_content,
    only_by_class,
    parse,
    search_index,
    text,
    tree_files,
)
from support.small import bare, book, directive, doc, fig, figlist, pages, toc, volumes
from support.ways import MYST, REFERENCES, Web, a_book, main_text

# -- back-links -------------------------------------------------------------------

FIGURES = {"one.rst": doc("One", fig("a"), bare("n"))}


def backs_of(
    folder: Path, docs: Files, index: str, name: str = "one", **values: Any
) -> dict[str, str]:
    """Where the figures of a document link back to, in a book with this root."""
    root = {"index.rst": doc("Book", index)}
    source = book(folder, {**root, **docs}, **{**MYST, **values})
    web = Web(pages(source).out)
    assert web.site.dead_links() == []
    assert web.twice() == []
    return web.backs(name)


def test_back_link(tmp_path: Path) -> None:
    built = pages(a_book(tmp_path, FIGURES))
    web = Web(built.out)
    assert web.backs("one") == {"a": "list 1", "n": "list 1"}
    page = web.site.page(web.page("one"))
    for link in by_class(main_content(page), "figlist-backlink"):
        assert link.tag == "a"
        assert link.get("role") == "doc-backlink"
        assert (link.get("aria-label") or "").strip()
    captioned, uncaptioned = elements(main_content(page), "figure")
    for figure in (captioned, uncaptioned):
        # A figure is called by what its caption says: the link stands before that.
        tags = [part.tag for part in figure if part.tag in {"a", "figcaption"}]
        assert tags == ["a", "figcaption"]
        assert not by_class(next(elements(figure, "figcaption")), "figlist-backlink")
    # Without a caption there is the link alone: neither a number nor words.
    (caption,) = elements(uncaptioned, "figcaption")
    assert not by_class(caption, "caption-number")
    assert text(caption) == "".join(map(text, by_class(caption, "headerlink")))


def test_back_link_of_a_numbered_figure_without_a_caption(tmp_path: Path) -> None:
    web = Web(pages(a_book(tmp_path, FIGURES, figlist_number_uncaptioned=True)).out)
    assert web.backs("one") == {"a": "list 1", "n": "list 1"}
    _, uncaptioned = elements(main_content(web.site.page(web.page("one"))), "figure")
    caption = only_by_class(uncaptioned, "caption-number")
    assert text(caption) == "Fig. 1.2"


def test_back_links_of_unnamed_figures(tmp_path: Path) -> None:
    """Those have no id of their own, or one that Sphinx made up."""
    unnamed = directive("figure", argument="/p.png")
    captioned = directive("figure", "Caption.", argument="/p.png")
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", unnamed, unnamed, captioned),
            "two.rst": doc("Two", captioned),
        },
    )
    for builder in ("html", "singlehtml"):
        web = Web(pages(source, builder=builder).out)
        assert web.twice() == []
        names = ("one", "two") if builder == "html" else ("one",)
        found = [back for name in names for back in web.backs(name).values()]
        assert len(found) == 4, builder


@pytest.mark.parametrize(
    "values",
    [{}, {"figlist_number_uncaptioned": True}],
    ids=["plain", "uncaptioned"],
)
def test_none_without_a_list(values: dict[str, Any], tmp_path: Path) -> None:
    assert backs_of(tmp_path, FIGURES, toc("one"), **values) == {}
    page = tmp_path / "html" / "one.html"
    assert "figlist" not in page.read_text("utf-8")
    captions = list(elements(main_content(page), "figcaption"))
    assert len(captions) == 1 + len(values)


@pytest.mark.parametrize("how", ["config", "flag"])
def test_switched_off(how: str, tmp_path: Path) -> None:
    quiet = figlist(no_backlinks=True).replace("no_", "no-")
    docs = {**FIGURES, "list.rst": doc("List", quiet if how == "flag" else figlist())}
    values: dict[str, Any] = {"figlist_backlinks": False} if how == "config" else {}
    assert backs_of(tmp_path, docs, toc("list", "one"), **values) == {}
    page = main_content(tmp_path / "html" / "one.html")
    assert len(list(elements(page, "figcaption"))) == 1


def test_flag_leaves_other_lists(tmp_path: Path) -> None:
    quiet = figlist(no_backlinks=True).replace("no_", "no-")
    docs = {**FIGURES, "list.rst": doc("List", quiet, figlist(layout="compact"))}
    assert backs_of(tmp_path, docs, toc("list", "one")) == {
        "a": "list 2",
        "n": "list 2",
    }


def test_excluded_figure(tmp_path: Path) -> None:
    docs = {
        "list.rst": doc("List", figlist()),
        "one.rst": doc(
            "One",
            fig("a"),
            fig("x", figclass="figlist-exclude"),
            directive("figure", argument="/p.png", class_="figlist-exclude"),
        ),
    }
    assert backs_of(tmp_path, docs, toc("list", "one")) == {"a": "list 1"}
    # Nor does the page of such figures alone change.
    alone = {"list.rst": docs["list.rst"], "one.rst": doc("One", fig("x"))}
    alone["one.rst"] = doc("One", fig("x", figclass="figlist-exclude"))
    assert backs_of(tmp_path / "alone", alone, toc("list", "one")) == {}
    assert "figlist-" not in main_text(tmp_path / "alone/html/one.html").replace(
        "figlist-exclude", ""
    )


def test_first_list_in_reading_order(tmp_path: Path) -> None:
    docs = {
        **FIGURES,
        "z.rst": doc("Z", figlist(name="one"), figlist(layout="compact")),
        "b.rst": doc("B", figlist()),
    }
    assert set(backs_of(tmp_path, docs, toc("one", "z", "b")).values()) == {"z 1"}
    swapped = backs_of(tmp_path / "swapped", docs, toc("b", "one", "z"))
    assert set(swapped.values()) == {"b 1"}


def test_scopes(tmp_path: Path) -> None:
    """The volume's list goes before the chapter's, and that before the page's."""
    docs = {
        "one.rst": doc(
            "One",
            figlist(scope="page"),
            figlist(scope="chapter"),
            fig("a"),
            toc("inner"),
        ),
        "inner.rst": doc("Inner", figlist(scope="page"), fig("b")),
        "two.rst": doc("Two", figlist(scope="page"), fig("c")),
        "list.rst": doc("List", figlist()),
    }
    numbered = toc("one", "two", numbered=True)
    source = book(tmp_path, {"index.rst": doc("Book", numbered), **docs}, **MYST)
    (source / "list.rst").unlink()
    web = Web(pages(source).out)
    assert [web.backs(name) for name in ("one", "inner", "two")] == [
        {"a": "one 2"},
        {"b": "one 2"},
        {"c": "two 1"},
    ]
    root = doc("Book", numbered, toc("list"))
    whole = book(tmp_path / "whole", {"index.rst": root, **docs}, **MYST)
    web = Web(pages(whole).out)
    for name in ("one", "inner", "two"):
        assert set(web.backs(name).values()) == {"list 1"}


TWO_VOLUMES = {
    "v1/index.rst": doc("Volume", toc("a", numbered=True)),
    "v1/a.rst": doc("A", fig("a")),
    "v2/index.rst": doc("Volume", toc("b", "list", numbered=True)),
    "v2/b.rst": doc("B", figlist(scope="chapter"), fig("b")),
    "v2/list.rst": doc("Own", figlist(layout="compact")),
    "all.rst": doc("All", figlist()),
    "late.rst": doc("Late", figlist(volume="1"), figlist(volume="2")),
}


@pytest.mark.parametrize(
    ("left_out", "wanted"),
    [
        ([], {"a": "late 1", "b": "v2/list 1"}),
        (["v2/list"], {"a": "late 1", "b": "late 2"}),
        (["late"], {"a": "all 1", "b": "v2/list 1"}),
        (["late", "v2/list"], {"a": "all 1", "b": "all 1"}),
        (["late", "v2/list", "all"], {"b": "v2/b 1"}),
    ],
)
def test_own_volume_before_all(
    left_out: list[str], wanted: dict[str, str], tmp_path: Path
) -> None:
    names = ["all", "v1/index", "v2/index", "late"]
    kept = {
        name: content
        for name, content in TWO_VOLUMES.items()
        if name.removesuffix(".rst") not in left_out
    }
    if "v2/list" in left_out:
        kept["v2/index.rst"] = doc("Volume", toc("b", numbered=True))
    root = doc("Book", toc(*(n for n in names if n not in left_out)))
    source = book(
        tmp_path,
        {"index.rst": root, **kept},
        volumes=volumes("v1/index", "v2/index"),
        **MYST,
    )
    web = Web(pages(source).out)
    assert web.backs("v1/a") | web.backs("v2/b") == wanted


def test_never_to_an_orphan(tmp_path: Path) -> None:
    alone = ":orphan:\n\n" + doc("Alone", figlist())
    docs = {**FIGURES, "aa.rst": alone}
    assert backs_of(tmp_path, docs, toc("one")) == {}
    docs["one.rst"] = doc("One", fig("a"), figlist(scope="page"))
    assert backs_of(tmp_path / "two", docs, toc("one")) == {"a": "one 1"}


def test_list_in_a_volume_beside_the_root(tmp_path: Path) -> None:
    """A page that a volume's toctrees reach is no orphan."""
    docs = {
        "v/index.rst": ":orphan:\n\n" + doc("Volume", toc("one", "list")),
        "v/one.rst": doc("One", fig("a")),
        "v/list.rst": doc("List", figlist()),
    }
    index = "See :doc:`v/index`."
    found = backs_of(tmp_path, docs, index, "v/one", volumes=volumes("v/index"))
    assert found == {"a": "v/list 1"}


def test_list_for_another_output(tmp_path: Path) -> None:
    """A list that the page leaves out is led to by nothing, and leads nowhere."""
    printed = directive("only", REFERENCES, argument="latex")
    docs = {
        "one.rst": doc("One", fig("a"), "See :numref:`fig-a`."),
        "list.rst": doc("List", printed),
        "more.rst": doc("More", figlist()),
    }
    assert backs_of(tmp_path, docs, toc("one", "list", "more")) == {"a": "more 1"}
    assert "figlist-at" not in main_text(tmp_path / "html/one.html")
    del docs["more.rst"]
    assert backs_of(tmp_path / "alone", docs, toc("one", "list")) == {}


def test_list_on_the_page_itself(tmp_path: Path) -> None:
    docs = {"one.rst": doc("One", figlist(), fig("a"))}
    assert backs_of(tmp_path, docs, toc("one")) == {"a": "one 1"}
    link = only_by_class(parse(tmp_path / "html/one.html"), "figlist-backlink")
    assert link.get("href", "").startswith("#")


# -- where back-links are not -----------------------------------------------------

CAPTIONS: dict[str, str | bytes] = {
    "one.rst": doc("One", "See :numref:`fig-a`, :ref:`fig-a`.", fig("a"), bare("n")),
    "two.md": "# Two\n\n{ref}`fig-a`\n",
    "all.rst": doc("All", figlist(fields="title caption alt label")),
}


@pytest.mark.parametrize("builder", ["text", "latex", "xml", "man", "texinfo"])
def test_not_in_other_outputs(builder: str, tmp_path: Path) -> None:
    source = a_book(tmp_path, CAPTIONS)
    with_, without = (
        tree_files(
            build(
                source,
                tmp_path / str(on) / builder,
                builder=builder,
                overrides={"figlist_backlinks": on},
            ).out
        )
        for on in (True, False)
    )
    assert with_.keys() == without.keys()
    for name, path in with_.items():
        ours = path.read_bytes()
        assert ours == without[name].read_bytes(), name
        assert b"Back to" not in ours
        assert "\u21a9".encode() not in ours


def test_not_in_the_search_index(tmp_path: Path) -> None:
    source = a_book(tmp_path, CAPTIONS)
    on, off = (
        build(source, tmp_path / str(n), overrides={"figlist_backlinks": n}).out
        for n in (True, False)
    )
    assert b"doc-backlink" in (on / "one.html").read_bytes()
    assert b"doc-backlink" not in (off / "one.html").read_bytes()
    index = search_index((on / "searchindex.js").read_bytes())
    assert index == search_index((off / "searchindex.js").read_bytes())
    assert not {"back", "\u21a9"} & set(index["terms"])


def test_not_in_copies_of_captions(tmp_path: Path) -> None:
    web = Web(pages(a_book(tmp_path, CAPTIONS)).out)
    assert set(web.backs("one").values()) == {"all 1"}
    for name in ("all", "list", "two", "index"):
        assert "figlist-backlink" not in main_text(web.page(name))
    # Only figures hold them: no reference, whose words are a caption, has one.
    whole = main_content(web.site.page(web.page("one")))
    inside = [e for f in elements(whole, "figure") for e in elements(f)]
    every = by_class(whole, "figlist-backlink")
    assert len(every) == 2
    assert all(any(e is each for e in inside) for each in every)


def test_epub(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        CAPTIONS,
        suppress_warnings=["epub.unknown_project_files"],
        version="1",
        author="Nobody",
        copyright="2026",
    )
    (path,) = pages(source, builder="epub").out.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        trees = {
            Path(name).name: html5lib.parse(
                archive.read(name), namespaceHTMLElements=False
            )
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }

    def end(page: str, element: Element) -> Element:
        name, _, id_ = element.get("href", "").partition("#")
        tree = trees[name or page]
        (found,) = [e for e in elements(tree) if e.get("id") == id_]
        return found

    figures = list(elements(trees["one.xhtml"], "figure"))
    assert len(figures) == 2
    for figure in figures:
        link = only_by_class(figure, "figlist-backlink")
        assert link.get("role") == "doc-backlink"
        assert link.get("aria-label")
        entry = end("one.xhtml", link)
        assert end("all.xhtml", only_by_class(entry, "figlist-link")) is figure
    ways = [
        end("list.xhtml", way)
        for field in by_class(trees["list.xhtml"], "figlist-references")
        for way in elements(field, "a")
    ]
    assert len(ways) == 3
    assert all(e.tag == "span" and not e.tail for e in ways)
