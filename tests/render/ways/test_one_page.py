"""One page of all documents: ids that several of them have, and what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from support import Files, by_class, main_content, only_by_class, own_files, text
from support.small import book, directive, doc, fig, figlist, pages, section, toc
from support.ways import MYST, Web, full_entries

LIST = doc("List", figlist(fields="caption references"))


def named(name: str, caption: str, label: str = "fig-x") -> str:
    """A figure with a caption of its own and this name."""
    return directive("figure", caption, argument="/p.png", name=name or label)


def myst(name: str, caption: str) -> str:
    return f"```{{figure}} /p.png\n:name: {name}\n\n{caption}\n```\n"


def said(figure: Element) -> str:
    """The caption of a figure."""
    return (
        text(only_by_class(figure, "caption-text")).removesuffix("\u21a9\ufe0e").strip()
    )


def one_page(folder: Path, docs: Files, **values: Any) -> tuple[Web, dict[str, str]]:
    """Build it; to which caption each entry leads, by the entry's own caption."""
    names = [Path(name).with_suffix("").as_posix() for name in docs]
    start: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc(*names, numbered=True), toc("list")),
        "list.rst": LIST,
    }
    settings = {**MYST, "figlist_number_uncaptioned": True, **values}
    built = pages(
        book(folder, {**start, **docs}, **settings), builder="singlehtml", allow=None
    )
    web = Web(built.out)
    page = web.page("index")
    found = {}
    for entry, shown in full_entries(main_content(web.site.page(page))):
        link = only_by_class(entry, "figlist-link")
        figure = web.figure(page, link.get("href", ""))
        found[text(only_by_class(shown, "figlist-caption"))] = said(figure)
    assert web.twice() == []
    return web, found


def same(found: dict[str, str]) -> None:
    """Each entry leads to its own figure, and they lead to as many as they are."""
    assert found
    for caption, led in found.items():
        assert caption == f"Caption: {led}"


def test_names_without_letters(tmp_path: Path) -> None:
    """They all get "id1", in rST and in MyST."""
    _, found = one_page(
        tmp_path,
        {
            "one.rst": doc(
                "One", named("图", "The first."), named("湖", "The second.")
            ),
            "two.md": f"# Two\n\n{myst('山', 'The third.')}\n{myst('123', 'The fourth.')}",
            "three.rst": doc("Three", ".. _озеро:", fig("z", "The fifth.")),
        },
    )
    assert len(found) == 5
    same(found)


def test_names_that_make_one_id(tmp_path: Path) -> None:
    _, found = one_page(
        tmp_path,
        {
            "one.rst": doc("One", named("lamp_a", "The first.")),
            "two.md": "# Two\n\n" + myst("lamp.a", "The second."),
            "three.rst": doc("Three", named("lamp a", "The third.")),
        },
    )
    assert len(found) == 3
    same(found)


@pytest.mark.parametrize("first", ["section", "figure"])
def test_a_section_has_the_id(first: str, tmp_path: Path) -> None:
    docs = {
        "one.rst": doc("One", section("Lamp", "Text.")),
        "two.rst": doc("Two", named("lamp", "The only one."), ":ref:`lamp`"),
    }
    if first == "figure":
        docs = dict(reversed(docs.items()))
    web, found = one_page(tmp_path, docs)
    same(found)
    content = main_content(web.site.page(web.page("index")))
    shown = only_by_class(content, "figlist-references")
    place = f"{list(docs).index('two.rst') + 1} Two"
    assert [text(link) for link in shown.iter("a")] == [place]


def test_tables_and_code(tmp_path: Path) -> None:
    """Of every kind."""
    table = directive("list-table", "* - Cell", argument="{}", name="lamp")
    code = directive("code-block", "x", argument="text", caption="{}", name="lamp")
    names = ("one", "two", "three")
    start: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc(*names, "list", numbered=True)),
        "one.rst": doc("One", table.format("The first.")),
        "two.rst": doc("Two", code.format("The second.")),
        "three.rst": doc("Three", table.format("The third.").replace("lamp", "lamp!")),
        "list.rst": doc(
            "List",
            figlist(kind="table", layout="compact"),
            figlist(kind="code-block", layout="compact"),
        ),
    }
    built = pages(
        book(tmp_path, start), builder="singlehtml", allow=["duplicate label"]
    )
    web = Web(built.out)
    page = web.page("index")
    for link in by_class(main_content(web.site.page(page)), "figlist-link"):
        file, element = web.follow(page, link.get("href", ""))
        while "The " not in text(element):
            element = web.parent(file, element)
        assert text(only_by_class(link, "figlist-title")) in text(element)


def test_layouts(tmp_path: Path) -> None:
    for layout in ("compact", "table", "gallery"):
        start: dict[str, str | bytes] = {
            "index.rst": doc("Book", toc("one", "two", "list", numbered=True)),
            "one.rst": doc("One", named("lamp_a", "The first.")),
            "two.rst": doc("Two", named("lamp.a", "The second.")),
            "list.rst": doc("List", figlist(layout=layout, fields="title caption")),
        }
        web = Web(pages(book(tmp_path / layout, start), builder="singlehtml").out)
        page = web.page("index")
        links = by_class(main_content(web.site.page(page)), "figlist-link")
        figures = [web.figure(page, link.get("href", "")) for link in links]
        assert list(map(said, figures)) == ["The first.", "The second."]


def test_references_in_captions_and_back(tmp_path: Path) -> None:
    """What a copied caption refers to, and where a figure's back-link leads."""
    web, found = one_page(
        tmp_path,
        {
            "one.rst": doc("One", named("lamp_a", "The first."), section("Glass", "x")),
            "two.rst": doc(
                "Two",
                named("lamp.a", "The second: `that <Glass_>`__, :ref:`lamp_a`."),
                section("Glass", "x"),
            ),
            "three.rst": doc(
                "Three", named("lamp-a", "The third, unlike :numref:`lamp.a`.")
            ),
        },
    )
    page = web.page("index")
    content = main_content(web.site.page(page))
    links = {
        text(link): link.get("href", "")
        for shown in by_class(content, "figlist-caption")
        for link in shown.iter("a")
    }
    first, second = (
        said(web.figure(page, links[words])) for words in ("The first.", "Fig. 2.1")
    )
    assert first == "The first."
    assert second.startswith("The second")
    _, start = web.follow(page, links["that"])
    assert start.get("id") == "document-two"
    backs = by_class(content, "figlist-backlink")
    led = [text(web.follow(page, back.get("href", ""))[1]) for back in backs]
    numbers = [words.partition(" Caption")[0] for words in led]
    assert numbers == ["Fig. 1.1", "Fig. 2.1", "Fig. 3.1"]
    assert len(found) == 3


def test_a_caption_that_refers(tmp_path: Path) -> None:
    """The place is that caption's figure, whose id another document has, too."""
    web, _ = one_page(
        tmp_path,
        {
            "one.rst": doc("One", named("lamp_a", "The first.")),
            "two.rst": doc("Two", named("lamp.a", "The second, see :ref:`lamp_a`.")),
        },
    )
    page = web.page("index")
    (shown,) = by_class(main_content(web.site.page(page)), "figlist-references")
    (link,) = shown.iter("a")
    figure = web.figure(page, link.get("href", ""))
    assert said(figure).startswith("The second")


def test_ids_of_pages_stay(tmp_path: Path) -> None:
    """Each figure is alone with its id in its own page, and keeps it there."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("one", "two", "list", numbered=True)),
            "one.rst": doc("One", named("lamp_a", "The first.")),
            "two.rst": doc("Two", named("lamp.a", "The second.")),
            "list.rst": LIST,
        },
    )
    built = pages(source)
    hrefs = [
        link.get("href")
        for link in by_class(main_content(built.out / "list.html"), "figlist-link")
    ]
    assert hrefs == ["one.html#lamp-a", "two.html#lamp-a"]


def outside(folder: Path, **values: Any) -> Path:
    """A book with documents that the one page lacks."""
    return book(
        folder,
        {
            "index.rst": doc(
                "Book",
                toc("one", "list", numbered=True),
                ".. only:: latex\n\n   .. toctree::\n\n      print",
            ),
            "one.rst": doc("One", "Here: :ref:`fig-a`", fig("a"), fig("b")),
            "print.rst": doc("Print", "In print: :ref:`fig-a`"),
            "orphan.rst": ":orphan:\n\n"
            + doc("Orphan", "Lost: :ref:`fig-a` and :ref:`fig-b`", figlist()),
            "list.rst": LIST,
        },
        **values,
    )


def test_places_that_are_not_there(tmp_path: Path) -> None:
    """They are told, but no link leads to them."""
    built = pages(outside(tmp_path), builder="singlehtml")
    web = Web(built.out)
    page = web.page("index")
    content = main_content(web.site.page(page))
    assert web.site.dead_links() == []
    shown = [text(field) for field in by_class(content, "figlist-references")]
    assert [words.removeprefix("Referred to in: ") for words in shown] == [
        "1 One; Print; Orphan",
        "Orphan",
    ]
    links = [
        text(link)
        for field in by_class(content, "figlist-references")
        for link in field.iter("a")
    ]
    assert links == ["1 One"]


def test_pages_have_them_all(tmp_path: Path) -> None:
    web = Web(pages(outside(tmp_path)).out)
    assert web.site.dead_links() == []
    assert [words for words, _ in web.ways()["a"]] == ["1 One", "Print", "Orphan"]


def test_a_volume_that_is_not_there(tmp_path: Path) -> None:
    """Its figures are listed, with its name and without a link."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1", "list")),
            "v1.rst": doc("Land", fig("a")),
            "v2.rst": ":orphan:\n\n" + doc("Water", fig("b"), ":ref:`fig-a`"),
            "list.rst": doc("List", figlist(volume="all", fields="title references")),
        },
        volumes=[
            {"id": "1", "title": "Land", "root": "v1"},
            {"id": "2", "title": "Water", "root": "v2"},
        ],
    )
    web = Web(pages(source, builder="singlehtml").out)
    content = main_content(web.site.page(web.page("index")))
    assert web.site.dead_links() == []
    entries = [text(link) for link in by_class(content, "figlist-link")]
    assert entries[1].endswith("The caption of b (Volume II)")
    assert text(only_by_class(content, "figlist-references")).endswith(
        "Water (Volume II)"
    )


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    """No back-link leads to it."""
    source = outside(tmp_path)
    text_ = (source / "index.rst").read_text("utf-8").replace("   list\n", "")
    (source / "index.rst").write_text(
        text_.replace("      print", "      print\n      list")
    )
    web = Web(pages(source, builder="singlehtml", allow=None).out)
    content = main_content(web.site.page(web.page("index")))
    assert by_class(content, "figlist-backlink") == []
    assert own_files(web.out) == {}
