"""The field that narrows a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import (
    Files,
    Site,
    assets,
    build,
    by_class,
    elements,
    main_content,
    only_by_class,
    search_index,
    text,
)
from support.books.harbour import BOOK, LAYOUTS, book, made
from support.small import doc, fig, figlist, toc


def field(page: Path) -> dict[str, Any]:
    place = only_by_class(main_content(page), "figlist-search")
    assert "hidden" in place.attrib  # until the script makes it useful
    assert text(place) == ""
    found: dict[str, Any] = json.loads(place.get("data-figlist", ""))
    return found


def searchable(layout: str, **options: Any) -> Files:
    listed = doc("Lists", figlist(layout=layout, searchable=True, **options))
    return {**BOOK, "lists.rst": listed}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_not_shown_can_be_searched(layout: str, tmp_path: Path) -> None:
    built = made(tmp_path, files=searchable(layout))
    unseen = field(built.out / "lists.html")["unseen"]
    found = {id_.rpartition("--")[2]: words for id_, words in unseen.items()}
    if layout in {"full", "table"}:
        assert found == {}
    else:
        assert found["fig-quay"] == "Quay: where ships x^2 lie.\nA quay."
        assert found["fig-pair"].endswith("\nThe old town")
        assert "fig-bare" not in found
    ids = {e.get("id") for e in elements(main_content(built.out / "lists.html"))}
    assert unseen.keys() <= ids


@pytest.mark.parametrize("layout", LAYOUTS)
def test_shown_fields_are_found_by_the_script(layout: str, tmp_path: Path) -> None:
    """Whatever is not in the field's own words has a class that the script looks for."""
    files = searchable(layout, fields="title caption alt")
    built = made(tmp_path, files=files)
    page = built.out / "lists.html"
    assert field(page)["unseen"] == {}
    for name, words in (
        ("figlist-caption", "where ships \\(x^2\\) lie."),
        ("figlist-alt", "A quay."),
        ("figlist-title", "Quay"),
        ("figlist-number", "Fig. 1.1"),
    ):
        assert text(by_class(main_content(page), name)[0]).endswith(words)


def test_title_that_is_not_shown_can_be_searched(tmp_path: Path) -> None:
    files = searchable("full", fields="alt")
    built = made(tmp_path, files=files)
    unseen = field(built.out / "lists.html")["unseen"]
    assert any(words.startswith("Quay\nQuay: ") for words in unseen.values())


def test_script_where_it_is_needed(tmp_path: Path) -> None:
    files = {
        **searchable("full"),
        "more.rst": doc("More", figlist()),
        "index.rst": doc("Coast", toc("harbour", "town", "lists", "more")),
    }
    built = made(tmp_path, files=files)
    loaded = {
        path.stem: [a for a in assets(Site(built.out).page(path)) if "figlist.js" in a]
        for path in Site(built.out).paths()
    }
    assert [name for name, found in loaded.items() if found] == ["lists"]
    assert (built.out / "_static/figlist.js").is_file()


@pytest.mark.parametrize("builder", ["epub", "text", "latex"])
def test_no_field_elsewhere(builder: str, tmp_path: Path) -> None:
    built = made(tmp_path, builder, files=searchable("full"))
    assert not list(built.out.rglob("figlist.js"))
    for path in built.out.rglob("lists.*"):
        assert "search" not in path.read_text("utf-8").lower()


def test_field_speaks_the_language(tmp_path: Path) -> None:
    built = made(tmp_path, files=searchable("full"), language="de")
    words = field(built.out / "lists.html")
    assert words["label"] == "Dieses Verzeichnis durchsuchen"
    assert words["count"] == "%(shown)s von %(all)s angezeigt"


def test_field_is_not_in_the_search_index(tmp_path: Path) -> None:
    built = made(tmp_path, files=searchable("compact"))
    terms = search_index((built.out / "searchindex.js").read_bytes())["terms"]
    # Of captions it has their own pages, of the field's words nothing.
    assert "search" not in terms
    lists = search_index((built.out / "searchindex.js").read_bytes())["docnames"]
    assert lists.index("lists") not in _places(terms["ship"])


def _places(places: int | list[int]) -> list[int]:
    return places if isinstance(places, list) else [places]


@pytest.mark.parametrize(
    "words", ['</div><script>alert("1")</script>', "\"' onfocus=alert(1) x='"]
)
def test_hostile_words_in_the_field(words: str, tmp_path: Path) -> None:
    files = {
        "index.rst": doc(
            "Book", fig("a", words), figlist(layout="compact", searchable=True)
        )
    }
    built = build(book(tmp_path, files), tmp_path / "html", allow=None)
    page = built.out / "index.html"
    assert list(field(page)["unseen"].values()) == [
        words.replace('"', "\u201d", 0)
    ] or any("alert" in said for said in field(page)["unseen"].values())
    assert not list(elements(main_content(page), "script"))
    assert not [e for e in elements(main_content(page)) if e.get("onfocus")]
