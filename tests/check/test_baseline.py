"""``figlist_baseline``: a long book begins to check, and new faults alone are warnings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import build, conf, png, write_tree

BOOK = {
    "a.png": png(1),
    "index.rst": """
Book
====

.. figure:: a.png
   :name: one

   One

.. figure:: a.png

   Two

.. image:: a.png
   :alt: image of a thing
""",
}
VALUES = {
    "extensions": ["sphinxext_figlist"],
    "figlist_checks": ["missing_alt", "alt_phrase"],
    "figlist_pictures": "all",
}


def book(folder: Path, **values: object) -> Path:
    return write_tree(folder, {**BOOK, "conf.py": conf(**VALUES, **values)})


def test_what_is_known_is_accepted(tmp_path: Path) -> None:
    source = book(tmp_path / "book")
    out = tmp_path / "out"
    first = build(source, out, builder="figlist", allow=None)
    assert first.warnings.count("no alt text") == 2
    assert first.warnings.count("image of") == 1
    known = (out / "FIGURE_CHECKS.json").read_bytes()
    (source / "known.json").write_bytes(known)
    write_tree(source, {"conf.py": conf(**VALUES, figlist_baseline="known.json")})

    second = build(source, out, builder="figlist", warning_is_error=True)
    assert second.code == 0
    assert "figlist_baseline accepts 3 findings" in second.status
    data = json.loads((out / "FIGURE_CHECKS.json").read_text())
    (chapter,) = data["volumes"][0]["chapters"]
    assert [finding["accepted"] for finding in chapter["findings"]] == [True] * 3
    again = build(source, out, builder="figlist", warning_is_error=True)
    assert "figlist_baseline accepts 3 findings" in again.status

    # Lines do not matter; what is new is a warning, and what is mended is told.
    text = BOOK["index.rst"].replace("====\n", "====\n\nText.\n")  # type: ignore[union-attr, arg-type]
    text = text.replace("   :name: one\n", "   :name: one\n   :alt: Words\n")
    write_tree(source, {"index.rst": f"{text}\n.. figure:: a.png\n\n   Three\n"})
    third = build(source, out, builder="figlist", allow=["no alt text"])
    assert third.warnings.count("no alt text") == 1
    assert "accepts 2 findings" in third.status
    assert "no longer needed" in third.status
    assert "- missing_alt, one a.png: no alt text" in third.status


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("none.json", "does not exist"),
        ("conf.py", "not a FIGURE_CHECKS.json"),
        ("../out/x.json", "in the output folder"),
        (3, "must be a path"),
    ],
)
def test_bad_values(tmp_path: Path, value: object, words: str) -> None:
    source = book(tmp_path / "book", figlist_baseline=value)
    write_tree(tmp_path / "out", {"x.json": "{}"})
    with pytest.raises(Exception, match=words):
        build(source, tmp_path / "out", builder="figlist", allow=None)
