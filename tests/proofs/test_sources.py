"""What page numbers are read from: ``.aux`` files and tables."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sphinx.errors import ConfigError
from support import build
from support.small import book, doc

from sphinxext_figlist.config.settings import PageSource
from sphinxext_figlist.proofs import aux, pages, table

# -- .aux files -------------------------------------------------------------------

AUX = r"""
\relax
\providecommand\hyper@newdestlabel[2]{}
\gdef\newlabel#1#2{\newlabelxx{#1}#2}
\@writefile{lof}{\contentsline {figure}{\numberline {1.1}{\ignorespaces A}}{3}{}\protected@file@percent }
\newlabel{one:fig-a}{{1.1}{3}{A caption with {braces} and \textbf {bold}}{figure.caption.1}{}}
\newlabel{one:fig-b}{{1.10}{xii}{}{figure.caption.2}{}}
\newlabel{plain}{{4}{9}}
\newlabel{broken}{{5}}
\newlabel{starred}{{\relax 2.3}{{\rmfamily 17}}{an \} escaped \{ brace}{x}{}}
\newlabel{twice}{{1}{4}{}{}{}}
\newlabel{twice}{{1}{5}{}{}{}}
\newlabel{same}{{1}{4}{}{}{}}
\newlabel{same}{{1}{4}{}{}{}}
\gdef\figlistfingerprint{0123abcd}
\gdef \@abspage@last{31}
"""


def test_aux() -> None:
    read = aux.read(AUX)
    assert read.fingerprint == "0123abcd"
    assert {name: (p.number, p.page) for name, p in read.places.items()} == {
        "one:fig-a": ("1.1", "3"),
        "one:fig-b": ("1.10", "xii"),
        "plain": ("4", "9"),
        "starred": ("2.3", "17"),
        "same": ("1", "4"),
    }


@pytest.mark.parametrize("cut", range(0, len(AUX), 7))
def test_aux_that_breaks_off(cut: int) -> None:
    whole, part = aux.read(AUX).places, aux.read(AUX[:cut]).places
    assert {n: p for n, p in part.items() if n != "twice"}.items() <= whole.items()


# -- tables -----------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_table(delimiter: str, end: str) -> None:
    lines = [["Label", "note", " PAGE "], ["fig-a", "x", "12"], ["fig-b", "", ""]]
    rows = table.read(end.join(delimiter.join(line) for line in lines))
    assert rows == [table.Row("fig-a", "", "", "12")]


@pytest.mark.parametrize(
    "words", ["", "label\nx", "page\n3", "a,b\n1,2", '"label,page']
)
def test_no_table(words: str) -> None:
    assert table.read(words) is None


def load(path: Path, words: str, *, shared: bool = False, volume: str = "1") -> Any:
    path.write_text(words, "utf-8-sig")
    source = PageSource(volume=volume, given=path.name, path=path, shared=shared)
    return pages.load(source, frozenset(), dict)


def figure(*names: str) -> Any:
    parts = {"kind": "figure", "docname": "d", "id": "x"}
    return cast("Any", SimpleNamespace(names=names, ids=names, **parts))


def test_a_table_with_repeated_rows(tmp_path: Path) -> None:
    """They are told apart from rows that fit no figure."""
    words = "label,number,page\nfig-a,,3\nfig-a,,5\nfig-b,,4\nfig-b,,4\nfig-z,,9\n,Fig. 1.3,1\n,1.3,2\n"
    found = load(tmp_path / "p.csv", words)
    assert found.repeated() == [(("fig-a", ""), ["3", "5"]), (("", "1.3"), ["1", "2"])]
    figures = [(figure("fig-a"), "1.1"), (figure("fig-b"), "1.2"), (figure(), "1.3")]
    assert [row.label for row in found.unused(figures)] == ["fig-z"]


@pytest.mark.parametrize(
    "part",
    ["\\newlabel{a}{", "\\newlabel{a}{{", "\\newlabel{", "{", "\\newlabel{a}{{1}"],
)
def test_reading_an_aux_takes_as_long_as_it_is(part: str) -> None:
    """Nothing is read again from each of many labels that do not end."""

    def steps(size: int) -> int:
        text = part * (size // len(part))
        number = 0

        def note(frame: object, event: str, arg: object) -> None:
            nonlocal number
            number += 1

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            assert aux.read(text) == aux.Aux({}, "")
        finally:
            sys.setprofile(before)
        return number

    assert steps(8_000) < 2.2 * steps(4_000)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("label,page\nfig-a,7", "7"),
        ("label,page\nFig-A,7", "7"),
        ("number,page\n1.2,8", "8"),
        ("number,page\n1.20,8", None),
        ("label,number,page\nfig-a,1.2,9", "9"),
        # It had another number when this was proofread.
        ("label,number,page\nfig-a,1.1,9", None),
        ("label,page\nfig-a,7\nfig-a,8", None),
        ("label,page\nfig-a,7\nfig-a,7", "7"),
        ("label,number,page\nfig-b,1.2,9", None),
        ("volume,number,page\n2,1.2,9\n1,1.2,5", "5"),
        # A number in words, as the page has it.
        ("number,page\nFig. 1.2,8", "8"),
        ("number,page\nFigure 1.2:,8", "8"),
        ("number,page\nFIG. 1.2.,8", "8"),
        ("number,page\nFig.1.2,8", "8"),
        ("number,page\nFigure\u00a01.2 (Volume I),8", "8"),
        ("number,page\n(1.2),8", "8"),
        ("number,page\n1-2,8", "8"),
        ("number,page\nAbb. 1.2,8", "8"),
        ("number,page\n図1.2,8", "8"),
        ("number,page\n第1.2图,8", "8"),
        ("number,page\nPlate 1.2,8", "8"),
        ("label,number,page\nfig-a,Fig. 1.2,9", "9"),
        ("label,number,page\nfig-a,Fig. 1.1,9", None),
        ("number,page\nFig. 1.20,8", None),
        ("number,page\nFig. 11.2,8", None),
        # Not the table of that number.
        ("number,page\nTable 1.2,8", None),
        ("number,page\nTable 1.2,8\nFig. 1.2,9", "9"),
        ("number,page\nTab. 1.2,8\n1.2,8", "8"),
    ],
)
def test_table_gives(tmp_path: Path, words: str, page: str | None) -> None:
    found = load(tmp_path / "p.csv", words).place(figure("fig-a"), "1.2")
    assert (found and found.page) == page


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("number,page\n1.2,8", "volumes"),
        ("volume,number,page\n1,1.2,8", ""),
        ("label,page\nfig-a,8", ""),
    ],
)
def test_a_table_for_all_volumes(tmp_path: Path, words: str, problem: str) -> None:
    assert load(tmp_path / "p.csv", words, shared=True).problem == problem


# -- configuration ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("book.pdf", ["'book.pdf'", ".aux", ".csv"]),
        (7, ["7", "must be a path"]),
        ("", ["''", "must be a path"]),
        ({"1": "a.aux"}, ["'1'", "give a path alone"]),
        ({"1": None}, ["None"]),
        ("a\0b.aux", ["must be a path"]),
        ({1: "a.aux", "1": "b.aux"}, ["twice"]),
    ],
)
def test_bad_value(tmp_path: Path, value: object, named: list[str]) -> None:
    source = book(tmp_path, {"index.rst": doc("Top")}, figlist_page_numbers=value)
    with pytest.raises(ConfigError) as error:
        build(source, tmp_path / "out")
    assert "figlist_page_numbers" in str(error.value)
    for words in named:
        assert words in str(error.value)
