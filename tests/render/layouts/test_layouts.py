"""Tables and galleries, and what helps to find an entry in a long list."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from support import (
    Files,
    Site,
    build,
    by_class,
    classes,
    elements,
    entries,
    main_content,
    only_by_class,
    png,
    text,
    write_tree,
)
from support.books.harbour import BOOK, LAYOUTS, book, lists_of, made, pictures
from support.small import bare, directive, doc, fig, figlist, section, toc, volumes

# -- table ------------------------------------------------------------------------


def rows(table: Element) -> list[list[str]]:
    """The cells of a table, as a wide window shows them: without their labels."""
    found = []
    for row in elements(table, "tr"):
        cells = []
        for cell in row:
            labels = by_class(cell, "figlist-field")
            words = text(cell)
            for label in labels:
                words = words.removeprefix(text(label)).strip()
            cells.append(words)
        found.append(cells)
    return found


def test_table(tmp_path: Path) -> None:
    built = made(tmp_path)
    listed = lists_of(built.out / "lists.html")[0]
    assert "figlist-table" in classes(listed)
    harbour, town = elements(listed, "table")
    head = ["Figure", "Caption", "Alt text", "Referred to in"]
    assert rows(harbour) == [
        head,
        ["Fig. 1.1: Quay", "where ships \\(x^2\\) lie.", "A quay.", "1 Harbour"],
        ["Fig. 1.2", "The boat.", "A boat.", ""],
        ["Untitled (quay.png)", "", "", ""],
    ]
    assert rows(town)[1][:2] == ["Fig. 2.1", "Two towns, old and new."]
    assert Site(built.out).dead_links() == []


def test_table_has_heads_of_columns_and_rows(tmp_path: Path) -> None:
    built = made(tmp_path)
    table = next(elements(lists_of(built.out / "lists.html")[0], "table"))
    tags = [[cell.tag for cell in row] for row in elements(table, "tr")]
    assert tags[0] == ["th"] * 4
    assert tags[1:] == [["th", "td", "td", "td"]] * 3


def test_table_labels_its_cells_for_narrow_windows(tmp_path: Path) -> None:
    built = made(tmp_path)
    table = next(elements(lists_of(built.out / "lists.html")[0], "table"))
    first = list(elements(table, "tr"))[1]
    labels = [text(label) for label in by_class(first, "figlist-field")]
    assert labels == ["Caption:", "Alt text:", "Referred to in:"]


def test_table_of_numbers_alone(tmp_path: Path) -> None:
    files = {**BOOK, "lists.rst": doc("Lists", figlist(layout="table", fields="alt"))}
    built = made(tmp_path, files=files)
    table = next(elements(lists_of(built.out / "lists.html")[0], "table"))
    assert rows(table)[:2] == [["Figure", "Alt text"], ["Fig. 1.1", "A quay."]]


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "latex", "xml"])
def test_table_elsewhere(builder: str, tmp_path: Path) -> None:
    values = {"man_pages": [("index", "coast", "Coast", "Nobody", 1)]}
    built = made(tmp_path, builder, **values)
    files = {
        path.name: path.read_text("utf-8")
        for path in built.out.rglob("*")
        if path.suffix in {".txt", ".1", ".texi", ".tex", ".xml"}
    }
    whole = "".join(files.values())
    assert "A quay." in whole
    # No labels in cells: nothing stacks them there.
    assert "Alt text:" not in whole
    if builder == "latex":
        assert whole.count(r"\begin{longtable}") == 2
    if builder == "text":
        wide = max(map(len, files["lists.txt"].splitlines()))
        assert wide <= 80


# -- gallery ----------------------------------------------------------------------


def test_gallery(tmp_path: Path) -> None:
    built = made(tmp_path)
    found = pictures(built.out / "lists.html")
    assert list(found) == [
        "Fig. 1.1: Quay",
        "Fig. 1.2: The boat",
        "Untitled (quay.png)",
        "Fig. 2.1",
        "Fig. 2.2: Far away",
        "Fig. 2.3: Light",
    ]
    each = [image for images in found.values() for image in images]
    assert [image["alt"] for image in each] == [
        *("A quay.", "A boat.", "", "The old town", "", "Far away."),
        "For light pages.",
    ]
    assert {image["loading"] for image in each} == {"lazy"}
    assert {key for image in each for key in image} <= {
        "alt",
        "src",
        "loading",
        "class",
    }
    assert found["Fig. 1.2: The boat"][0]["src"].endswith("boat.svg")
    assert found["Fig. 2.2: Far away"][0]["src"] == "https://example.org/far.png"
    assert found["Fig. 2.3: Light"][0]["class"] == "only-light"
    # Each shows the very file that its figure shows.
    site = Site(built.out)
    assert site.dead_links() == []
    shown = {
        name: [i.get("src") for i in elements(main_content(built.out / name), "img")]
        for name in ("harbour.html", "town.html")
    }
    assert [i["src"] for i in each] == shown["harbour.html"] + shown["town.html"]


def test_gallery_pictures_lead_to_their_figures(tmp_path: Path) -> None:
    built = made(tmp_path)
    items = by_class(lists_of(built.out / "lists.html")[1], "figlist-entry")
    for item in items:
        link = only_by_class(item, "figlist-link")
        assert list(elements(link, "img"))
        assert link.get("href", "").startswith(("harbour.html#", "town.html#"))


def test_gallery_without_a_picture(tmp_path: Path) -> None:
    """A figure that holds no file, one of a lost file, one for other outputs alone."""
    files = {
        "index.rst": doc(
            "Book",
            directive("figure", "Lost.", argument="lost.png", alt="Lost for good."),
            directive("figure", "Print.", argument="print.*", alt="For print."),
            directive("figure", "Silent.", argument="lost.png"),
            figlist(layout="gallery"),
        ),
        "print.pdf": b"%PDF-1.4\n",
    }
    source = book(tmp_path, files)
    allow = ("lost.png", "a suitable image", "print.*")
    built = build(source, tmp_path / "html", allow=allow)
    assert built.warnings.count("a suitable image") == 1  # the figure's own
    items = by_class(lists_of(built.out / "index.html")[0], "figlist-entry")
    words = [text(only_by_class(item, "figlist-words")) for item in items]
    assert words == ["Lost for good.", "For print.", "No preview"]
    assert not [i for item in items for i in elements(item, "img")]


def test_gallery_of_made_pictures(tmp_path: Path) -> None:
    """Notebooks and plots put their pictures beside the output folder."""
    made_here = directive("figure", "Made.", argument="../made/plot_directive/a.png")
    files = {"index.rst": doc("Book", made_here, figlist(layout="gallery"))}
    source = book(tmp_path, files)
    write_tree(tmp_path / "made", {"plot_directive/a.png": png(5)})
    built = build(source, tmp_path / "html")
    images = elements(main_content(built.out / "index.html"), "img")
    assert [image.get("src") for image in images] == ["_images/a.png"] * 2


def test_gallery_with_fields(tmp_path: Path) -> None:
    fields = figlist(layout="gallery", fields="title alt legend")
    built = made(tmp_path, files={**BOOK, "lists.rst": doc("Lists", fields)})
    first = by_class(lists_of(built.out / "lists.html")[0], "figlist-entry")[0]
    assert text(first) == "Fig. 1.1: Quay Alt text: A quay. Legend: A legend."


def test_gallery_in_epub(tmp_path: Path) -> None:
    built = made(tmp_path, "epub")
    with zipfile.ZipFile(next(built.out.glob("*.epub"))) as archive:
        names = set(archive.namelist())
        name = next(n for n in names if n.endswith("lists.xhtml"))
        page = html5lib.parse(archive.read(name), namespaceHTMLElements=False)
    gallery = by_class(page, "figlist-gallery")[0]
    images = list(elements(gallery, "img"))
    assert len(images) == 7
    for image in images:
        assert "loading" not in image.attrib
        source = image.get("src", "")
        if "://" not in source:
            assert str(PurePosixPath(name).parent / unquote(source)) in names


@pytest.mark.parametrize("builder", ["text", "latex", "xml"])
def test_gallery_elsewhere_is_compact(builder: str, tmp_path: Path) -> None:
    found = []
    for layout in ("gallery", "compact"):
        files = {**BOOK, "lists.rst": doc("Lists", figlist(layout=layout))}
        built = made(tmp_path / layout, builder, files=files)
        name = {"latex": "book.tex", "text": "lists.txt", "xml": "lists.xml"}[builder]
        words = (built.out / name).read_text("utf-8")
        found.append(words.replace(f"/{layout}/", "/").replace(f"-{layout}", ""))
    assert found[0] == found[1]


@pytest.mark.parametrize("layout", ["full", "compact", "table", "gallery"])
@pytest.mark.parametrize("scope", ["chapter", "page"])
def test_scopes_at_the_head_and_the_end(
    layout: str, scope: str, tmp_path: Path
) -> None:
    part = figlist(layout=layout, scope=scope)
    files = {
        "index.rst": doc("Book", toc("one", "two", numbered=True)),
        "one.rst": doc("One", part, fig("a"), section("More", fig("b")), part),
        "two.rst": doc("Two", fig("c")),
    }
    built = build(book(tmp_path, files), tmp_path / "html")
    page = built.out / "one.html"
    assert [e.link.split(":")[0] for e in entries(page)] == ["Fig. 1.1", "Fig. 1.2"] * 2
    assert Site(built.out).dead_links() == []
    ids = [e.get("id") for e in elements(main_content(page)) if e.get("id")]
    assert len(ids) == len(set(ids))


# -- links to chapters ------------------------------------------------------------


def long_book(figures: int, layout: str, **options: Any) -> Files:
    """A book of two volumes with *figures* in three chapters."""
    names = [fig(str(number)) for number in range(figures)]
    return {
        "index.rst": doc("Book", toc("v1", "v2", "lists")),
        "v1.rst": doc("V1", toc("a", "b", numbered=True)),
        "v2.rst": doc("V2", toc("c", numbered=True)),
        "a.rst": doc("Alpha", *names[:10]),
        "b.rst": doc("Beta", *names[10:15]),
        "c.rst": doc("Gamma", *names[15:]),
        "lists.rst": doc("Lists", figlist(layout=layout, **options)),
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_links_to_chapters(layout: str, builder: str, tmp_path: Path) -> None:
    files = long_book(21, layout)
    source = book(tmp_path, files, figlist_volumes=volumes("v1", "v2"))
    built = build(source, tmp_path / builder, builder=builder)
    name = "lists.html" if builder == "html" else "index.html"
    listed = lists_of(built.out / name)[0]
    jumps = only_by_class(listed, "figlist-jumps")
    links = list(elements(jumps, "a"))
    assert [text(link) for link in links] == [
        "Volume I: Title 1", "Chapter 1: Alpha", "Chapter 2: Beta",
        "Volume II: Title 2", "Chapter 1: Gamma",
    ]  # fmt: skip
    inside = {e.get("id"): e for e in elements(listed) if e.get("id")}
    targets = [inside[link.get("href", "")[1:]] for link in links]
    assert [text(t) for t in targets if "figlist-entry" not in classes(t)] == [
        text(link) for link in links
    ]
    nested = [text(e).split(":")[0] for e in elements(jumps, "ul") if e is not jumps]
    assert nested == ["Chapter 1", "Chapter 1"]
    assert Site(built.out).dead_links() == []


@pytest.mark.parametrize(
    ("figures", "part"), [(20, "v1 v2"), (30, "v2")], ids=["short", "one chapter"]
)
def test_no_links_to_chapters(figures: int, part: str, tmp_path: Path) -> None:
    files = long_book(figures, "full")
    if part == "v2":
        files = {**files, "lists.rst": doc("Lists", figlist(volume=2))}
    source = book(tmp_path, files, figlist_volumes=volumes("v1", "v2"))
    built = build(source, tmp_path / "html")
    assert not by_class(main_content(built.out / "lists.html"), "figlist-jumps")


def test_links_to_chapters_in_html_alone(tmp_path: Path) -> None:
    source = book(tmp_path, long_book(21, "full"))
    built = build(source, tmp_path / "text", builder="text")
    words = (built.out / "lists.txt").read_text("utf-8")
    assert words.count("Alpha") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_chapter_in_two_groups(layout: str, tmp_path: Path) -> None:
    """Figures before and after a toctree: each group has a heading to link to."""
    names = [fig(str(number)) for number in range(21)]
    files = {
        "index.rst": doc(
            "Book", fig("a"), toc("one"), fig("b"), figlist(layout=layout)
        ),
        "one.rst": doc("One", *names),
    }
    built = build(book(tmp_path, files), tmp_path / "html")
    page = main_content(built.out / "index.html")
    links = list(elements(only_by_class(page, "figlist-jumps"), "a"))
    assert [text(link) for link in links] == ["Book", "One", "Book"]
    ids = [e.get("id") for e in elements(page) if e.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href", "")[1:] for link in links]
    assert targets == sorted(targets, key=ids.index)
    assert len(set(targets)) == 3


# -- figures that are named by a target above them ----------------------------------


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_targets_above_figures(builder: str, tmp_path: Path) -> None:
    """Such figures have counted ids too, which stand twice in a page of all documents."""
    named = ".. _fig-{0}:\n\n.. figure:: /p.png\n   :alt: {0}\n\n   Caption {0}.\n"
    files = {
        "index.rst": doc("Book", toc("a", "b", "lists")),
        "a.rst": doc("A", named.format("a")),
        "b.rst": doc("B", named.format("b")),
        "lists.rst": doc("Lists", figlist(), figlist(layout="gallery")),
    }
    built = build(book(tmp_path, files), tmp_path / builder, builder=builder)
    page = built.out / ("lists.html" if builder == "html" else "index.html")
    found = [entry.href.rpartition("#")[2] for entry in entries(page)]
    assert found == ["fig-a", "fig-b"] * 2
    assert Site(built.out).dead_links() == []


# -- credits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("legend", "credit"),
    [
        ("Photo taken in 1990\n\nCourtesy of the Museum.", "Courtesy of the Museum."),
        ("- one\n- two\n\nSource: the archive", "Source: the archive"),
        ("A dam. (Source: the archive)", "(Source: the archive)"),
        (
            "Reprinted, with permission, from Doe.",
            "Reprinted, with permission, from Doe.",
        ),
        ("Reproduced by kind permission of X.", "Reproduced by kind permission of X."),
        ("Seen at noon. Photo: A. Keeper", "Photo: A. Keeper"),
        ("\u00a9 2020 Someone", "\u00a9 2020 Someone"),
        ("Copyright law is long.", None),
    ],
)
def test_credit_of_a_legend(legend: str, credit: str | None, tmp_path: Path) -> None:
    files = {"index.rst": doc("Book", fig("a", "A dam.", legend))}
    build(book(tmp_path, files), tmp_path / "out", builder="figlist", allow=None)
    data = json.loads((tmp_path / "out/FIGURE_LIST.json").read_bytes())
    assert data["chapters"][0]["figures"][0]["credit"] == credit


# -- small pictures, and what nothing fills -----------------------------------------


@pytest.mark.parametrize("layout", ["full", "compact", "table"])
def test_field_thumbnail(layout: str, tmp_path: Path) -> None:
    fields = figlist(layout=layout, fields="thumbnail title caption")
    built = made(tmp_path, files={**BOOK, "lists.rst": doc("Lists", fields)})
    listed = lists_of(built.out / "lists.html")[0]
    items = by_class(listed, "figlist-entry")
    assert len(items) == 6
    for item in items:
        assert len(by_class(item, "figlist-thumbnails")) == 1
    images = list(elements(listed, "img"))
    assert [image["alt"] for image in (i.attrib for i in images)][:2] == [
        "A quay.",
        "A boat.",
    ]
    assert Site(built.out).dead_links() == []


def test_pictures_beside_their_alt_texts_are_silent(tmp_path: Path) -> None:
    """What stands beside a picture need not be said for it as well."""
    fields = figlist(fields="thumbnail title alt")
    built = made(tmp_path, files={**BOOK, "lists.rst": doc("Lists", fields)})
    listed = lists_of(built.out / "lists.html")[0]
    assert {image.get("alt") for image in elements(listed, "img")} == {""}
    assert "A quay." in text(listed)


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_no_pictures_elsewhere(builder: str, tmp_path: Path) -> None:
    found = []
    for fields in ("title thumbnail alt", "title alt"):
        lists = doc(
            "Lists", figlist(fields=fields), figlist(layout="table", fields=fields)
        )
        files = {**BOOK, "lists.rst": lists}
        built = made(tmp_path / str(len(found)), builder, files=files)
        name = {"latex": "book.tex", "text": "lists.txt"}[builder]
        found.append((built.out / name).read_text("utf-8"))
        assert "thumbnail" not in built.status
    assert found[0] == found[1]


def test_columns_that_nothing_fills(tmp_path: Path) -> None:
    fields = figlist(layout="table", fields="title legend page credit")
    files = {**BOOK, "lists.rst": doc("Lists", fields)}
    built = made(tmp_path, files=files)
    table = next(elements(lists_of(built.out / "lists.html")[0], "table"))
    assert rows(table)[0] == ["Figure", "Legend"]
    told = [line for line in built.status.splitlines() if line.startswith("figlist:")]
    pages = (
        "figlist: 'lists': the list shows no pages; set figlist_page_numbers to the "
        ".aux file of the PDF or to a CSV file of pages"
    )
    credit = (
        "figlist: 'lists': the list leaves out the field 'credit', because no entry "
        "has one"
    )
    assert told.count(pages) == told.count(credit) == 1


def test_fields_of_every_list_are_missed_silently(tmp_path: Path) -> None:
    files = {"index.rst": doc("Book", bare("a"), figlist())}
    built = build(book(tmp_path, files), tmp_path / "html")
    assert "leaves out" not in built.status


def test_a_table_is_headed_by_its_kind(tmp_path: Path) -> None:
    table = ".. table:: Of one\n\n   = =\n   1 2\n   = ="
    code = ".. code-block:: none\n   :caption: Code one\n\n   x"
    lists = [figlist(layout="table", kind=kind) for kind in ("table", "code-block")]
    files = {"index.rst": doc("Book", table, code, *lists)}
    built = build(book(tmp_path, files), tmp_path / "html")
    heads = [
        rows(found)[0][0]
        for listed in lists_of(built.out / "index.html")
        for found in elements(listed, "table")
    ]
    assert heads == ["Table", "Listing"]


def test_titles_have_no_closing_stop(tmp_path: Path) -> None:
    """On pages; files keep what the author wrote."""
    captions = {
        "A dam.": "A dam",
        "Water at 5 p.m.": "Water at 5 p.m.",
        "On and on...": "On and on...",
        "Is it full?": "Is it full?",
        "*All of it in slanted type.*": "All of it in slanted type",
        "Whole (with a part).": "Whole (with a part)",
        "A weir. It leaks.": "A weir",
    }
    figures = [fig(str(place), words) for place, words in enumerate(captions)]
    files = {
        "index.rst": doc("Book", *figures, *(figlist(layout=name) for name in LAYOUTS))
    }
    source = book(tmp_path, files, figlist_title_from="sentence", smartquotes=False)
    built = build(source, tmp_path / "html")
    shown = [
        entry.link.partition(": ")[2] for entry in entries(built.out / "index.html")
    ]
    assert shown == list(captions.values()) * 4
    build(source, tmp_path / "files", builder="figlist", allow=None)
    data = json.loads((tmp_path / "files/FIGURE_LIST.json").read_bytes())
    titles = [figure["title"] for figure in data["chapters"][0]["figures"]]
    assert titles[0] == "A dam."
