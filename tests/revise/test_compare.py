"""``figlist compare``: what differs between two drafts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import build
from support.sheets import Sheets

Make = Callable[..., Sheets]


def figure(picture: str, name: str, caption: str, alt: str = "") -> str:
    label = f"   :name: {name}\n" if name else ""
    option = f"   :alt: {alt}\n" if alt else ""
    return f".. figure:: {picture}\n{label}{option}\n   {caption}\n\n"


OLD = (
    "Book\n====\n\n"
    + figure("a.png", "one", "Lamp: it burns.", "A lamp")
    + figure("b.png", "two", "Lens: it turns.")
    + figure("c.png", "", "Tower: it stands.")
    + figure("d.png", "", "Gone: it fell.")
)
NEW = (
    "Book\n====\n\n"
    + figure("e.png", "new", "Ship: it sails.")
    + figure("a.png", "one", "Lamp: it smokes.", "An old lamp")
    + figure("c.png", "", "Tower: it stands.")
    + figure("b.png", "two", "Lens: it turns.")
)


@pytest.fixture
def drafts(sheets: Make) -> tuple[Sheets, Path, Path]:
    book = sheets({"index.rst": OLD}, numfig=True)
    outs = []
    for name, text in (("old", OLD), ("new", NEW)):
        (book.source / "index.rst").write_text(text)
        outs.append(book.folder / name)
        build(book.source, outs[-1], builder="figlist", allow=None, fresh=True)
    return book, *outs


def compared(book: Sheets, old: Path, new: Path) -> Any:
    ran = book.run("compare", old, new, "--format", "json")
    assert (ran.code, ran.said) == (0, "")
    return json.loads(ran.out)


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_json(drafts: tuple[Sheets, Path, Path], suffix: str) -> None:
    book, old, new = drafts
    name = f"FIGURE_LIST{suffix}"
    data = compared(book, old / name, new / name)
    assert [one["label"] for one in data["added"]] == ["new"]
    assert [one["images"] for one in data["removed"]] == [["d.png"]]
    assert [one["figure"]["images"] for one in data["moved"]] == [["c.png"]]
    numbers = {
        tuple(o["figure"]["images"]): (o["from"], o["to"]) for o in data["renumbered"]
    }
    assert numbers == {("a.png",): ("1", "2"), ("b.png",): ("2", "4")}
    texts = {
        (o["figure"]["label"], o["field"]): (o["from"], o["to"]) for o in data["texts"]
    }
    assert texts == {
        ("one", "caption"): ("Lamp: it burns.", "Lamp: it smokes."),
        ("one", "alt"): ("A lamp", "An old lamp"),
    }
    assert data["totals"] == {"old": 4, "new": 4}


def test_markdown(drafts: tuple[Sheets, Path, Path]) -> None:
    book, old, new = drafts
    ran = book.run("compare", old / "FIGURE_LIST.json", new / "FIGURE_LIST.json")
    assert ran.code == 0
    for line in (
        "## Added\n\n- Figure 1: Ship (`new`)",
        "## Removed\n\n- Figure 4: Gone",
        "- Figure 2: Lamp (`one`): 1 to 2",
        "- Figure 2: Lamp (`one`), alt text:\n  - before: A lamp\n  - now: An old lamp",
        "_Total: 4 figures before, 4 now; 1 added, 1 removed, 1 moved, 2 renumbered",
    ):
        assert line in ran.out
    same = book.run("compare", old / "FIGURE_LIST.json", old / "FIGURE_LIST.json")
    assert "Nothing has changed." in same.out


def test_no_lists(drafts: tuple[Sheets, Path, Path]) -> None:
    book, old, _ = drafts
    good = old / "FIGURE_LIST.json"
    for bad in (
        old / "none.json",
        book.source / "conf.py",
        old / "FIGURE_LIST_ALT.csv",
    ):
        ran = book.run("compare", good, bad)
        assert (ran.code, ran.out) == (2, "")
        assert ran.said.startswith("figlist: ")
    broken = book.folder / "x.json"
    for text in ("[]", "{", '{"chapters": 3}', '{"chapters": [{}]}'):
        broken.write_text(text)
        assert book.run("compare", broken, good).code == 2
