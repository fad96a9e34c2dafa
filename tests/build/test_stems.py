"""The search index makes the stem of a word once a build, not once a page."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sphinx.search.en import SearchEnglish
from support import Files, search_index
from support.small import book, doc, fig, figlist, pages, toc

WORDS = "Ships are lying in sheltered harbours, waiting for changing winds."
CHAPTERS: Files = {
    name: doc(f"Harbours {name[:-4]}", WORDS, fig(name[:-4], WORDS))
    for name in ("one.rst", "two.rst", "three.rst")
}


@pytest.mark.parametrize("parallel", [1, 2])
def test_once_a_build(
    parallel: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    stem = SearchEnglish.stem

    def note(self: SearchEnglish, word: str) -> str:
        asked.append(word)
        return stem(self, word)

    monkeypatch.setattr(SearchEnglish, "stem", note)
    index = doc("Book", toc("one", "two", "three", "list"))
    files = {**CHAPTERS, "index.rst": index, "list.rst": doc("Figures", figlist())}
    by_list, by_hand = (
        book(tmp_path / name, {**files, **more}, **settings)
        for name, more, settings in (
            ("list", {}, {}),
            ("hand", {"list.rst": doc("Figures", *[WORDS] * 3)}, {"extensions": []}),
        )
    )
    site = pages(by_list, parallel=parallel).out
    assert {"harbours", "sheltered"} <= set(asked)
    assert set(Counter(asked).values()) == {1}

    assert words(site) == words(pages(by_hand).out)


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
