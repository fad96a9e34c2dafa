"""Names and settings that would act: of documents, pictures, labels, volumes, words."""

from __future__ import annotations

import csv
import json
import zipfile
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import openpyxl
import pytest
from markdown_it import MarkdownIt
from sphinx.errors import ConfigError
from support import build, by_class, elements, ids, main_content, parse, png, text
from support.books.hostile import (
    ACTIVE,
    ALL_FIELDS,
    LISTS,
    TEXTS,
    handlers,
    in_xml,
    is_formula,
    seen,
)
from support.small import book, figlist

#: Names of files that a system takes, and that something may take for more.
NAMES = (
    "=1+1", "+x", "-x y", "@x", "a b#c", "100%25", "<b>x</b".replace("/", ""), "a&b",
    "a'b\"c", "{x}_$y^z", "~tilde", "`tick`", "[x](y)", "\u202egnp", "\u200bz", "a;=1",
    "C:\\x", "x\x1b[31m", "\u05d0\u05d1", "\u4e2d\u6587", "a|b", "**b**", "x..y", "%s",
    "{0}", "a\x9bb", "_u_", "n\\", "javascript:x",
)  # fmt: skip


def named_book(folder: Path) -> Path:
    files: dict[str, str | bytes] = {}
    for number, name in enumerate(NAMES):
        files[f"d{number}/{name}.rst"] = (
            f"Chapter {number}\n============\n\n.. figure:: {name}.png\n"
            f"   :name: L {name}\n   :alt: Alt {number}\n\n   Caption {number}: words.\n\n"
            f".. figure:: {name}.png\n\n"
        )
        files[f"d{number}/{name}.png"] = png(number)
    for name, options in LISTS.items():
        files[f"list-{name}.rst"] = f"{name}\n{'=' * 9}\n\n" + figlist(**options)
    files["index.rst"] = (
        "Book\n====\n\n.. toctree::\n   :numbered:\n   :glob:\n\n   d*/*\n   list-*\n"
    )
    return book(
        folder,
        files,
        figlist_formats=["markdown", "csv", "json", "xlsx"],
        figlist_number_uncaptioned=True,
        figlist_checks="all",
        version="1",
        copyright="x",
        epub_show_urls="no",
    )


@cache
def places(page: Path) -> frozenset[str]:
    return frozenset(ids(parse(page)))


def dead_links(page: Path) -> list[str]:
    """The links in a page's lists that lead to no file, or to no place in it."""
    dead = []
    for box in by_class(main_content(page), "figlist"):
        for element in elements(box):
            address = element.get("href") or element.get("src") or ""
            if not address:
                continue
            parts = urlsplit(address)
            target = page.parent / unquote(parts.path) if parts.path else page
            target = target / "index.html" if target.is_dir() else target
            if (
                parts.scheme
                or not target.is_file()
                or (parts.fragment and unquote(parts.fragment) not in places(target))
            ):
                dead.append(address)
    return dead


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return named_book(tmp_path_factory.mktemp("named"))


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_links_land(named: Path, builder: str) -> None:
    out = named.with_name(builder)
    built = build(named, out, builder=builder, allow=None)
    assert built.code == 0
    pages = [page for page in out.rglob("*.html") if "_static" not in page.parts]
    shown = 0
    for page in pages:
        dead = dead_links(page)
        if builder == "dirhtml":  # where Sphinx itself does not quote addresses
            dead = [one for one in dead if "a b#" not in one and "%" not in one]
        assert dead == [], page
        shown += sum(
            len(by_class(b, "figlist-link"))
            for b in by_class(main_content(page), "figlist")
        )
        for box in by_class(main_content(page), "figlist"):
            assert not handlers(box)
    assert shown >= 8 * len(NAMES)


def test_epub(named: Path) -> None:
    out = named.with_name("epub")
    build(named, out, builder="epub", allow=None)
    with zipfile.ZipFile(next(out.glob("*.epub"))) as whole:
        names = [
            n for n in whole.namelist() if n.startswith("list-") or n == "nav.xhtml"
        ]
        assert len(names) == 5
        for name in names:
            assert not handlers(ElementTree.fromstring(whole.read(name)))


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo"])
def test_other_builders(named: Path, builder: str) -> None:
    built = build(named, named.with_name(builder), builder=builder, allow=None)
    assert built.code == 0


def test_files(named: Path) -> None:
    out = named.with_name("figlist")
    before = {path for path in out.parent.rglob("*") if out not in path.parents}
    built = build(named, out, builder="figlist", allow=None)
    trees = named.with_name("figlist.doctrees")
    after = {
        path
        for path in out.parent.rglob("*")
        if not {out, trees} & {path, *path.parents}
    }
    assert after <= before
    assert sorted(path.name for path in out.iterdir()) == [
        *("FIGURE_CHECKS.json", "FIGURE_CHECKS.md", "FIGURE_LIST.csv"),
        *("FIGURE_LIST.json", "FIGURE_LIST.md", "FIGURE_LIST.xlsx"),
        "FIGURE_LIST_ALT.csv",
    ]
    for line in built.warnings.splitlines():
        if "[figlist" in line:  # Sphinx itself says where
            assert not ACTIVE.search(line.partition(": WARNING: ")[2])
    data = json.loads((out / "FIGURE_LIST.json").read_bytes())
    figures = [f for chapter in data["chapters"] for f in chapter["figures"]]
    assert len(figures) == 2 * len(NAMES)
    # docutils leaves white space and backslashes out of a picture's path.
    told = {figure["images"][0]["path"].partition("/")[2] for figure in figures}
    assert told == {"".join(name.split()).replace("\\", "") + ".png" for name in NAMES}
    for name in ("FIGURE_LIST", "FIGURE_LIST_ALT"):
        with (out / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 2 * len(NAMES)
        assert not any(is_formula(cell) for row in rows for cell in row.values())
    for sheet in openpyxl.load_workbook(out / "FIGURE_LIST.xlsx").worksheets:
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    for name in ("FIGURE_LIST.md", "FIGURE_CHECKS.md"):
        assert acting((out / name).read_text("utf-8")) == []


def acting(words: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(words)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {"html_block", "html_inline", "fence", "code_block", "image", "link_open"}
    return [one.content for one in (*tokens, *inline) if one.type in kinds]


# -- settings -------------------------------------------------------------------------

BOOK = {
    "index.rst": (
        "Book\n====\n\n.. toctree::\n   :numbered:\n\n   one\n\n"
        + figlist(searchable=True, fields=ALL_FIELDS)
        + "\n"
        + figlist(layout="table")
    ),
    "one.rst": "One\n===\n\n.. figure:: p.png\n   :name: a\n\n   Words\n\nSee :numref:`a`.\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_words_of_the_book(tmp_path: Path, name: str) -> None:
    """Projects, volumes, numbers and titles by hand."""
    words = TEXTS[name]
    source = book(
        tmp_path,
        BOOK,
        volumes=[{"id": "v", "title": words, "label": words, "root": "one"}],
        project=words,
        version=words[:50],
        numfig_format={"figure": words.replace("%", "%%") + " %s"},
        figlist_titles={"a": words},
        figlist_formats=["markdown", "csv", "json", "xlsx"],
        figlist_checks="all",
        smartquotes=False,
    )
    built = build(source, tmp_path / "html", allow=None)
    assert not ACTIVE.search(
        "".join(
            line.partition("WARNING: ")[2]
            for line in built.warnings.split("\n")
            if "[figlist" in line
        )
    )
    boxes = by_class(main_content(tmp_path / "html" / "index.html"), "figlist")
    for box in boxes:
        assert not handlers(box)
        assert not [e for e in elements(box) if e.tag in {"script", "img", "iframe"}]
        if "$" not in words:  # math
            assert seen(words) in seen(text(box))
    out = tmp_path / "html" / "figlist"
    for path in out.glob("*.md"):
        said = path.read_text("utf-8")
        assert in_xml(said)
        assert [one for one in acting(said) if "<" in one] == []
    [data] = [json.loads(p.read_bytes()) for p in out.glob("*_VOLv.json")]
    assert seen(data["volume"]["title"]) == seen(words)
    for path in out.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            assert not any(is_formula(c) for row in csv.reader(file) for c in row)
    for sheet in openpyxl.load_workbook(out / "FIGURE_LIST_VOLv.xlsx").worksheets:
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("name", TEXTS)
def test_words_that_are_refused(tmp_path: Path, name: str) -> None:
    """A bad value is quoted, and acts neither on the console nor on a page."""
    words = TEXTS[name]
    option = " ".join(words.split())[:300]
    source = book(
        tmp_path,
        {
            **BOOK,
            "index.rst": BOOK["index.rst"] + f"\n.. figlist::\n   :kind: {option}\n",
        },
    )
    built = build(source, tmp_path / "html", allow=None)
    assert not ACTIVE.search(built.warnings.replace(str(source), ""))
    page = main_content(tmp_path / "html" / "index.html")
    assert not handlers(page)
    bad = {
        "figlist_volumes": [
            {"id": words, "title": "T", "root": words, "filename": words}
        ],
        "figlist_fields": [words],
        "figlist_page_numbers": words,
        "figlist_baseline": words,
        "figlist_kinds": [words],
        "figlist_checks": [words],
        "figlist_formats": [words],
        "figlist_credit_patterns": [words],
        "figlist_text_width": words,
    }
    with pytest.raises(ConfigError) as error:
        build(source, tmp_path / "other", overrides=bad, allow=None)
    assert not ACTIVE.search(str(error.value))
    assert not list((tmp_path / "other").rglob("FIGURE*"))


def test_pages_from_elsewhere(tmp_path: Path) -> None:
    """Rows of a typesetter's table, and lines of an ``.aux``."""
    rows = [
        ["label", "page"],
        ["a", TEXTS["html"]],
        *([words, words] for words in TEXTS.values()),
    ]
    with (tmp_path / "pages.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    lines = "".join(
        rf"\newlabel{{one:a}}{{{{1}}{{{words}}}}}" + "\n" for words in TEXTS.values()
    )
    (tmp_path / "pages.aux").write_text(lines, encoding="utf-8")
    for kind in ("csv", "aux"):
        source = book(
            tmp_path / kind,
            {
                **BOOK,
                "index.rst": BOOK["index.rst"].replace(
                    "caption alt", "caption page alt"
                ),
            },
            figlist_page_numbers=str(tmp_path / f"pages.{kind}"),
            figlist_formats=["markdown", "csv", "json", "xlsx"],
        )
        built = build(source, tmp_path / kind / "html", allow=None)
        assert built.code == 0
        assert not ACTIVE.search(built.warnings)
        for box in by_class(
            main_content(tmp_path / kind / "html" / "index.html"), "figlist"
        ):
            assert not handlers(box)
            assert not [e for e in elements(box) if e.tag in {"script", "img"}]
        for path in (tmp_path / kind / "html" / "figlist").glob("*.md"):
            assert acting(path.read_text("utf-8")) == []
