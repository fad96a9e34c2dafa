"""Each extension's book: what is listed of it, on pages and in files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from support import Site, text
from support.extensions import Book, Listed, every
from support.extensions.made import Made, differences, led_to, printed_number, shown
from support.pdf import typeset

pytestmark = pytest.mark.extensions

_MADE: dict[str, Made] = {}


def _parameters() -> Iterator[Any]:
    for book in every():
        marks = [pytest.mark.xdist_group(book.name)]
        if not book.first:
            marks.append(pytest.mark.thorough)
        yield pytest.param(book, id=book.name, marks=marks)


each_book = pytest.mark.parametrize("book", [*_parameters()])


@pytest.fixture
def made(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The book, built by whichever test asks first."""
    if book.name not in _MADE:
        _MADE[book.name] = Made(book, tmp_path_factory.mktemp(book.name))
    return _MADE[book.name]


def _words(markdown: str | None) -> str:
    """The words of a title or caption up to its first markup."""
    return " ".join(re.split(r"[*$\[]", markdown or "")[0].split())


@each_book
def test_lists(made: Made) -> None:
    page, site = made.html / "lists.html", Site(made.html)
    assert site.dead_links([page]) == []
    for kind, wanted in made.book.listed.items():
        entries = shown(page, kind)
        assert [entry.number for entry in entries] == [one.number for one in wanted]
        for entry, one in zip(entries, wanted, strict=True):
            # A title in a list has no closing stop.
            assert _words(one.title or one.caption).rstrip(".") in entry.words
            for alt in filter(None, one.alts):
                assert alt in entry.words
            assert len(entry.references) == one.references, one
            printed = led_to(site, page, entry.href)
            assert printed_number(printed) == one.number
            assert _words(one.caption) in text(printed)


@each_book
def test_files(made: Made) -> None:
    for kind, wanted in made.book.listed.items():
        stem = f"{kind.upper().replace('-', '_')}_LIST"
        data = json.loads((made.files / f"{stem}.json").read_text("utf-8"))
        figures = [
            figure for chapter in data["chapters"] for figure in chapter["figures"]
        ]
        with (made.files / f"{stem}.csv").open(encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
        markdown = (made.files / f"{stem}.md").read_text("utf-8")
        for figure, row, one in zip(figures, rows, wanted, strict=True):
            assert figure["number"] == (one.number.rpartition(" ")[2] or None)
            assert f"### {one.number}" in markdown
            _compare(made, figure, one)
            if kind == "figure":
                assert row["format"] == "; ".join(filter(None, one.formats))
                assert bool(row["pixel width"]) is one.measured, row


def _compare(made: Made, figure: dict[str, Any], one: Listed) -> None:
    assert figure["docname"] == one.docname
    assert figure["title"] == one.title
    assert figure["caption"] == one.caption
    assert figure["label"] == one.label
    assert [image["alt"] for image in figure["images"]] == list(one.alts)
    for image, path in zip(figure["images"], one.paths, strict=True):
        assert fnmatchcase(image["path"] or "", path)
    assert len(figure["references"]) == one.references
    for key, value in one.more.items():
        assert figure[key] == value
    if one.line:
        place = figure["location"]
        lines = (made.source / place["path"]).read_text("utf-8").splitlines()
        assert one.line in lines[place["line"] - 1], place


@each_book
def test_latex(made: Made) -> None:
    (tex,) = made.latex.glob("*.tex")
    source = tex.read_text("utf-8")
    labels = set(
        re.findall(r"\\label\{(.*?)\}\}?", source.replace(r"\detokenize{", ""))
    )
    used = re.findall(
        r"\\(?:hyperref\[|ref\*?\{|pageref\{)(?:\\detokenize\{)?([^\]}]+)", source
    )
    assert set(used) - labels == made.book.undefined


@pytest.mark.thorough
@pytest.mark.latex
@each_book
def test_print(made: Made) -> None:
    out = made.latex
    if not made.book.jupyter_book:
        out = made.build("latex", "print", figlist_latex_numbers="sphinx")
    [tex] = out.glob("*.tex")
    pdf = typeset(tex)
    if not made.book.undefined:
        assert pdf.faults() == []
    words = " ".join(" ".join(pdf.pages.values()).split())
    for wanted in made.book.listed.values():
        for one in wanted:
            assert words.count(one.number) >= 2  # where it stands, and in the list


@pytest.mark.thorough
@pytest.mark.latex
@each_book
def test_pages_in_print(made: Made) -> None:
    """The PDF's page numbers are accepted, whatever was drawn while it was made."""
    if made.book.jupyter_book or "figlist_page_numbers" in made.book.conf:
        pytest.skip("its configuration stays as it is")
    setting = {"figlist_page_numbers": str(made.root / "book.aux")}
    [tex] = made.build("latex", "proofs", **setting).glob("*.tex")
    aux = typeset(tex).path.with_suffix(".aux")
    (made.root / "book.aux").write_bytes(aux.read_bytes())
    out = made.build("figlist", "pages", **setting)
    for kind, wanted in made.book.listed.items():
        stem = f"{kind.upper().replace('-', '_')}_LIST"
        with (out / f"{stem}.csv").open(encoding="utf-8-sig") as stream:
            pages = [row["page"] for row in csv.DictReader(stream)]
        assert len(pages) == len(wanted)
        assert all(pages)


@each_book
def test_edit(made: Made) -> None:
    shown = {"html": made.html, "figlist": made.files}
    for out in shown.values():
        assert made.book.edited == "" or made.book.edited not in _content(out)
    made.edit()
    for builder in shown:
        built = made.build(builder)
        clean = made.build(builder, f"clean-{builder}")
        assert made.book.edited in _content(built)
        assert differences(built, clean, made.documents()) == []


def _content(out: Path) -> str:
    page = out / "lists.html"
    files = [page] if page.exists() else sorted(out.glob("*_LIST.json"))
    return "".join(file.read_text("utf-8") for file in files)
