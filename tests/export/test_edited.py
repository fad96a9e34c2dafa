"""A table in the output folder that somebody has edited is never overwritten."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from support import Built, build, conf, png, write_tree

BOOK = {
    "conf.py": conf(extensions=["sphinxext_figlist"]),
    "a.png": png(1),
    "index.rst": "Book\n====\n\n.. figure:: a.png\n   :alt: One\n\n   Caption\n",
}


def built(folder: Path, allow: tuple[str, ...] = (), *, fresh: bool = False) -> Built:
    source, out = folder / "book", folder / "out"
    return build(source, out, builder="figlist", allow=allow, fresh=fresh)


def test_edited_tables_are_kept(tmp_path: Path) -> None:
    write_tree(tmp_path / "book", BOOK)
    out = built(tmp_path).out
    book = openpyxl.load_workbook(out / "FIGURE_LIST.xlsx")
    book["Alt texts"]["L2"].value = "Edited"
    book.save(out / "FIGURE_LIST.xlsx")
    workbook = (out / "FIGURE_LIST.xlsx").read_bytes()
    table = (out / "FIGURE_LIST_ALT.csv").read_bytes().replace(b",no,,", b",no,Why?,")
    (out / "FIGURE_LIST_ALT.csv").write_bytes(table)
    again = built(tmp_path, ("has been edited",))
    assert again.warnings.count("has been edited since figlist wrote it") == 2
    assert "FIGURE_LIST.edited.xlsx" in again.warnings
    assert (out / "FIGURE_LIST.edited.xlsx").read_bytes() == workbook
    assert (out / "FIGURE_LIST_ALT.edited.csv").read_bytes() == table
    assert b"Why?" not in (out / "FIGURE_LIST_ALT.csv").read_bytes()
    built(tmp_path)
    (out / "FIGURE_LIST_ALT.csv").write_bytes(table)
    built(tmp_path, ("has been edited",))
    assert (out / "FIGURE_LIST_ALT.edited-2.csv").read_bytes() == table


def test_without_a_record(tmp_path: Path) -> None:
    """Doctrees, and our record with them, may be gone; what nobody edited is replaced."""
    write_tree(tmp_path / "book", BOOK)
    out = built(tmp_path).out
    for record in tmp_path.rglob("figlist-*.js*"):
        record.unlink()
    index = BOOK["index.rst"]
    assert isinstance(index, str)
    write_tree(tmp_path / "book", {"index.rst": index.replace("One", "Two")})
    built(tmp_path)
    assert not list(out.glob("*.edited*"))
    table = (out / "FIGURE_LIST_ALT.csv").read_bytes().replace(b",no,,", b",yes,,")
    (out / "FIGURE_LIST_ALT.csv").write_bytes(table)
    for record in tmp_path.rglob("figlist-*.js*"):
        record.unlink()
    write_tree(tmp_path / "book", {"index.rst": index.replace("One", "Three")})
    built(tmp_path, ("has been edited",))
    assert (out / "FIGURE_LIST_ALT.edited.csv").read_bytes() == table
