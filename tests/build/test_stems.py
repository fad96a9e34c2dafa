"""The search index makes the stem of a word once, not once a page or build."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import sphinx
from sphinx.search.en import SearchEnglish
from support import Files, build, search_index
from support.small import book, doc, fig, figlist, pages, toc

WORDS = "Ships are lying in sheltered harbours, waiting for changing winds."
CHAPTERS: Files = {
    name: doc(f"Harbours {name[:-4]}", WORDS, fig(name[:-4], WORDS))
    for name in ("one.rst", "two.rst", "three.rst")
}


BOOK: Files = {
    **CHAPTERS,
    "index.rst": doc("Book", toc("one", "two", "three", "list")),
    "list.rst": doc("Figures", figlist()),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words whose stems were made."""
    asked: list[str] = []
    stem = SearchEnglish.stem

    def note(self: SearchEnglish, word: str) -> str:
        asked.append(word)
        return stem(self, word)

    monkeypatch.setattr(SearchEnglish, "stem", note)
    return asked


@pytest.mark.parametrize("parallel", [1, 2])
def test_once_a_build(parallel: int, tmp_path: Path, asked: list[str]) -> None:
    by_list, by_hand = (
        book(tmp_path / name, {**BOOK, **more}, **settings)
        for name, more, settings in (
            ("list", {}, {}),
            ("hand", {"list.rst": doc("Figures", *[WORDS] * 3)}, {"extensions": []}),
        )
    )
    site = pages(by_list, parallel=parallel).out
    assert {"harbours", "sheltered"} <= set(asked)
    assert set(Counter(asked).values()) == {1}

    assert words(site) == words(pages(by_hand).out)


def test_not_again_in_another_build(tmp_path: Path, asked: list[str]) -> None:
    source = book(tmp_path / "book", BOOK)
    build(source, tmp_path / "out")
    asked.clear()
    edit(source)
    site = build(source, tmp_path / "out").out
    assert asked == ["tides"]
    clean = build(source, tmp_path / "clean").out
    index = "searchindex.js"
    assert (site / index).read_bytes() == (clean / index).read_bytes()


@pytest.mark.parametrize("how", ["damaged", "language", "sphinx"])
def test_again_where_others_were_kept(
    how: str, tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book(tmp_path / "book", BOOK)
    if how == "language":  # of an extension, which may be at work on it
        monkeypatch.setattr(SearchEnglish, "__module__", "own_search")
    build(source, tmp_path / "out")
    asked.clear()
    if how == "damaged":
        (kept,) = tmp_path.rglob("stems.js")
        kept.write_bytes(kept.read_bytes()[:99])
    elif how == "sphinx":
        monkeypatch.setattr(sphinx, "__version__", "7.4.0b1")
    edit(source)
    build(source, tmp_path / "out")
    assert {"harbours", "tides"} <= set(asked)


def test_by_the_method_of_this_build(tmp_path: Path) -> None:
    source = book(tmp_path / "book", BOOK)
    build(source, tmp_path / "out")
    settings = source / "conf.py"
    settings.write_text(
        settings.read_text("utf-8")
        + "\nfrom sphinx.search.en import SearchEnglish\n"
        + "_before = SearchEnglish.stem\n"
        + "def setup(app):\n"
        + "    SearchEnglish.stem = lambda self, word: word.lower()\n"
        + "    app.connect('build-finished', lambda *_: "
        + "setattr(SearchEnglish, 'stem', _before))\n",
        "utf-8",
    )
    edit(source)
    site = build(source, tmp_path / "out", fresh=True).out
    clean = build(source, tmp_path / "clean").out
    assert words(site) == words(clean)  # Sphinx keeps words that no page has


def edit(source: Path) -> None:
    path = source / "two.rst"
    path.write_text(path.read_text("utf-8").replace("changing winds", "tides"), "utf-8")


def words(site: Path) -> dict[str, set[str]]:
    """The documents of each word that the index has, but for the list's."""
    index = search_index((site / "searchindex.js").read_bytes())
    found: dict[str, set[str]] = {}
    for word, places in index["terms"].items():
        numbers = places if isinstance(places, list) else [places]
        names = {index["docnames"][number] for number in numbers} - {"list"}
        if names:
            found[word] = names
    return found
