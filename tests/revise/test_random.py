"""Random books, random texts, random edits in between: what is asked, and no more.

By hand: ``FIGLIST_ROUNDS=2000 pytest tests/revise/test_random.py``.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from support import build, write_tree
from support.random_book import blank, book, edited_meanwhile, text
from support.sheets import Row, read, written

from sphinxext_figlist.__main__ import main
from sphinxext_figlist.assemble.places import Key, said
from sphinxext_figlist.revise.tables import undone

ROUNDS = int(os.environ.get("FIGLIST_ROUNDS", "6"))
SEED = int(os.environ.get("FIGLIST_SEED", "0"))


def rows_of(source: Path, out: Path) -> list[Row]:
    build(source, out, builder="figlist", allow=None, fresh=True)
    return read(out / "FIGURE_LIST_ALT.csv")


def place_of(row: Row) -> tuple[str, str, int, str]:
    key = Key.parsed(row["key"])
    assert key
    return key.place, key.around, key.nth, row["image file"]


def one_round(
    seed: int, folder: Path, capture: pytest.CaptureFixture[str]
) -> Mapping[str, int]:
    dice = random.Random(seed)
    source = write_tree(folder / "book", book(dice))
    rows = rows_of(source, folder / "out")
    wanted = []
    for row in rows:
        choice = dice.random()
        if choice < 0.6:
            row = {**row, "new alt text": text(dice), "decorative": "no"}
        elif choice < 0.75:
            row = {**row, "decorative": "yes"}
        wanted.append(row)
    sheet = folder / "sheet.csv"
    sheet.write_bytes(written(wanted) if wanted else b"key,alt text,new alt text\r\n")
    edited_meanwhile(dice, source)
    before_rows = {place_of(row): row for row in rows_of(source, folder / "out")}
    names = [
        path.name for path in source.iterdir() if path.suffix in {".rst", ".md", ".txt"}
    ]
    before = {name: (source / name).read_bytes() for name in names}
    capture.readouterr()
    code = main(["apply", str(sheet), "--source", str(source), "--write"])
    out, told = capture.readouterr()
    context = f"seed {seed}\n{out}\n{told}"
    assert code in {0, 1}, context
    refused = {
        int(number) for number in re.findall(r"refused: sheet.csv, row (\d+):", told)
    }
    assert (code == 1) == bool(refused), context
    after_rows = {place_of(row): row for row in rows_of(source, folder / "out")}
    assert after_rows.keys() == before_rows.keys(), context
    after = {name: (source / name).read_bytes() for name in names}
    for name in names:
        assert blank(name, after[name]) == blank(name, before[name]), context
    asked = 0
    for number, row in enumerate(wanted, 2):
        now = after_rows.get(place_of(row))
        text_wanted, old = row["new alt text"], row["alt text"]
        is_asked = said(text_wanted) != old or (
            row["decorative"] == "yes" and row["alt status"] != "decorative"
        )
        asked += is_asked
        if number in refused:
            then = before_rows.get(place_of(row))
            assert now is None or then is None or now["alt text"] == then["alt text"], (
                context
            )
        elif is_asked and row["decorative"] == "yes":
            assert now, context
            assert now["alt status"] == "decorative", context
        elif is_asked:
            assert now, context
            # An apostrophe before a sign is one that keeps it from being run.
            assert undone(now["alt text"]) == said(undone(text_wanted)), context
    main(["apply", str(sheet), "--source", str(source), "--write"])
    if not refused:
        assert {name: (source / name).read_bytes() for name in names} == after, context
    return {"asked": asked, "refused": len(refused)}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_rounds(number: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    counts = one_round(SEED + number, tmp_path, capfd)
    assert counts["asked"] >= counts["refused"]
