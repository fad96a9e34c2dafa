"""Texts that would act, in every place of a book and every output: none does."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from markdown_it import MarkdownIt
from support import Site, build, by_class, lacking, main_content, parse, text
from support.books.hostile import (
    ACTIVE,
    HARMLESS,
    LISTS,
    TEXTS,
    handlers,
    hostile,
    in_xml,
    is_formula,
    seen,
    shape,
)
from support.pdf import typeset
from support.small import book

from sphinxext_figlist.__main__ import main
from sphinxext_figlist.assemble.markdown import parsed
from sphinxext_figlist.read.content import text as plain

MARKUPS = ("rst", "md")
Make = Callable[..., tuple[Path, Path]]


@pytest.fixture(scope="module", params=MARKUPS)
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Make:
    """Builds the hostile book and the harmless one, once for each builder."""
    folder = tmp_path_factory.mktemp("books")
    made: dict[tuple[str, bool], tuple[Path, Path]] = {}

    def source(name: str, texts: Mapping[str, str]) -> Path:
        if not (folder / name).exists():
            hostile(folder / name, texts, request.param)
        return folder / name / "book"

    def outputs(builder: str, *, xml: bool = False) -> tuple[Path, Path]:
        key = (builder, xml)
        if key in made:
            return made[key]
        outs = []
        for name, texts in (("hostile", TEXTS), ("harmless", HARMLESS)):
            told = {n: t for n, t in texts.items() if not xml or in_xml(TEXTS[n])}
            where = source(f"{name}{'_xml' * xml}_{request.param}", told)
            with pytest.MonkeyPatch.context() as patch:
                patch.syspath_prepend(where)
                outs.append(where.with_name(builder))
                built = build(where, outs[-1], builder=builder, allow=None)
            assert built.code == 0
            # Sphinx goes back to the start of its lines of progress, in colour.
            said = built.warnings + built.status.replace("\r", "\n")
            assert not ACTIVE.findall(said.replace(str(where), ""))
        made[key] = (outs[0], outs[1])
        return made[key]

    return outputs


def lists(page: Path) -> list[Any]:
    return by_class(main_content(page), "figlist")


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_pages(make: Make, builder: str) -> None:
    """Not an element, an attribute or a class more than harmless words make."""
    ours, theirs = make(builder)
    pages = sorted(path.relative_to(theirs) for path in Site(theirs).paths())
    assert pages == sorted(path.relative_to(ours) for path in Site(ours).paths())
    for page in pages:
        assert shape(parse(ours / page)) == shape(parse(theirs / page)), page
        assert not handlers(parse(ours / page))
    shown = "".join(text(box) for page in pages for box in lists(ours / page))
    for words in TEXTS.values():
        count = seen(shown).count(seen(words))
        assert count >= 8, words  # titles, captions, alts and credits, in four lists
    # Beside the pages, nothing but files of the list is written.
    names = {path.relative_to(theirs) for path in theirs.rglob("*")}
    assert {path.relative_to(ours) for path in ours.rglob("*")} == names


def test_epub(make: Make) -> None:
    ours, theirs = make("epub", xml=True)
    shapes = []
    for out in (ours, theirs):
        with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
            trees = {
                name: ElementTree.fromstring(book.read(name))
                for name in sorted(book.namelist())
                if name.endswith(("xhtml", ".ncx", ".opf"))
            }
        assert not any(handlers(tree) for tree in trees.values())
        shapes.append({name: shape(tree) for name, tree in trees.items()})
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "xml"])
def test_other_pages(make: Make, builder: str) -> None:
    ours, _ = make(builder)
    if builder != "text":
        return
    for name in LISTS:
        said = (ours / f"list-{name}.txt").read_text("utf-8")
        assert in_xml(said)
        for words in TEXTS.values():
            assert seen(words) in seen(said), (name, words)


def markdown_that_acts(path: Path) -> list[str]:
    """HTML, code blocks and pictures in a file, for a parser that lets HTML run."""
    tokens = MarkdownIt("commonmark").parse(path.read_text("utf-8"))
    inline = [child for token in tokens for child in token.children or ()]
    return [
        token.content
        for token in (*tokens, *inline)
        if token.type in {"html_block", "html_inline", "fence", "code_block", "image"}
        and token.content != "<!-- -->"
    ]


def test_files(make: Make) -> None:
    out, _ = make("figlist")
    data = json.loads((out / "FIGURE_LIST.json").read_bytes())
    figures = [f for chapter in data["chapters"] for f in chapter["figures"]]
    assert len(figures) == len(TEXTS)
    for (name, words), figure in zip(TEXTS.items(), figures, strict=True):
        assert figure["label"] == f"fig-{name}"
        assert seen(figure["images"][0]["alt"]) == seen(words)
        for field in ("title", "caption", "credit"):
            said = seen(plain(parsed(figure[field]))).removeprefix("Source:")
            assert said == seen(words), (field, words)
    headings = [chapter["title"] for chapter in data["chapters"]]
    assert [*map(seen, headings)] == [*map(seen, TEXTS.values())]
    for name in ("FIGURE_LIST.md", "FIGURE_CHECKS.md"):
        assert markdown_that_acts(out / name) == []
        assert in_xml((out / name).read_text("utf-8"))


def test_tables(make: Make) -> None:
    """No cell of any sheet is a formula, and each has its words."""
    out, _ = make("figlist")
    for name, column in (
        ("FIGURE_LIST", "alt text"),
        ("FIGURE_LIST_ALT", "new alt text"),
    ):
        with (out / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(TEXTS)
        for row, words in zip(rows, TEXTS.values(), strict=True):
            assert not any(map(is_formula, row.values())), row
            assert seen(row[column]).replace("'", "") == seen(words).replace("'", "")
    book = openpyxl.load_workbook(out / "FIGURE_LIST.xlsx")
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f"
                assert not cell.hyperlink
                assert cell.quotePrefix or not str(cell.value).startswith(tuple("=+-@"))


@pytest.mark.parametrize("form", [["--format", "json"], []])
@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_compared(
    make: Make,
    suffix: str,
    form: list[str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    ours, theirs = make("figlist")
    old, new = (str(out / f"FIGURE_LIST{suffix}") for out in (theirs, ours))
    assert main(["compare", old, new, *form]) == 0
    said, errors = capfd.readouterr()
    assert errors == ""
    if form:
        assert len(json.loads(said)["texts"]) == 4 * len(TEXTS)
        return
    report = tmp_path / "report.md"
    report.write_text(said, encoding="utf-8")
    assert markdown_that_acts(report) == []
    shown = MarkdownIt("commonmark").render(said)
    assert seen(shown).count("alttext:<ul>") == len(TEXTS)


def test_sheets_come_back_unchanged(
    make: Make, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = make("figlist")
    source = out.with_name("book")
    monkeypatch.syspath_prepend(source)
    for name in ("FIGURE_LIST.xlsx", "FIGURE_LIST_ALT.csv"):
        assert main(["apply", str(out / name), "--source", str(source)]) == 0
        diff, said = capfd.readouterr()
        assert diff == ""
        assert f"0 applied, 0 done already, {len(TEXTS)} unchanged" in said.replace(
            "to apply", "applied"
        )


# -- in print -------------------------------------------------------------------------


@pytest.mark.parametrize("markup", MARKUPS)
def test_pdf(tmp_path: Path, markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """TeX may run programs here, and runs none; nothing ends the book early."""
    if not shutil.which("pdflatex") or not shutil.which("pdftotext"):
        lacking("TeX Live and poppler")
    texts = {
        name: words
        for name, words in TEXTS.items()
        if words.isascii() and words.isprintable()
    }
    texts["last"] = "The last of all"
    source = hostile(
        tmp_path / markup,
        texts,
        markup,
        figlist_latex_short_captions=True,
        figlist_latex_alt=True,
        latex_elements={"preamble": r"\sloppy"},
    )
    monkeypatch.syspath_prepend(source)
    out = source.with_name("latex")
    build(source, out, builder="latex", allow=None)
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-shell-escape", "-interaction=nonstopmode", "book.tex"],
            cwd=out,
            capture_output=True,
            check=True,
            timeout=120,
        )
    assert not list(tmp_path.rglob("pwned"))
    subprocess.run(["pdftotext", "-raw", "book.pdf"], cwd=out, check=True)
    said = (out / "book.txt").read_text("utf-8")
    assert "root:" not in said
    assert said.count("The last of all") >= 8


def test_what_is_not_seen_in_print(tmp_path: Path) -> None:
    """An alt text pasted from elsewhere, which plain Sphinx never prints."""
    alt = "A\u200bquay \u202eand\u202c \ufeffa\u00adlamp\u2060 of \u2067stone\u2069"
    source = book(
        tmp_path,
        {
            "index.rst": "Book\n====\n\n.. figure:: p.png\n"
            f"   :alt: {alt}\n\n   Words\n\n.. figlist::\n\n.. figlist::\n"
            "   :layout: table\n"
        },
    )
    out = tmp_path / "latex"
    build(source, out, builder="latex")
    said = "".join(typeset(out / "book.tex").pages.values())
    assert seen(said).count("Aquayandalampofstone") == 2


def test_long_texts_in_messages(tmp_path: Path) -> None:
    """A message quotes the beginning of a text, however long it is."""
    source = book(
        tmp_path,
        {"index.rst": f"Book\n====\n\n.. figure:: p.png\n   :alt: {'=' * 5000}\n"},
        figlist_checks=["alt_placeholder"],
    )
    built = build(source, tmp_path / "out", builder="figlist", allow=["placeholder"])
    assert len(built.warnings) < 400
    assert "is a placeholder" in built.warnings
