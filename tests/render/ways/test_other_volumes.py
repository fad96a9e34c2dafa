"""Places that refer to a figure from another volume are named with that volume."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import Files, Lab, by_class, conf, main_content, png, text
from support.small import doc, fig, figlist, section, toc, volumes
from support.ways import Web

ROOTS = volumes("v1", "v2")
ROOTS[1]["label"] = "Band & Zwei"
FIELDS = "title references"

BOOK: Files = {
    "p.png": png(),
    "index.rst": doc("Book", toc("v1", "v2", "all", "compact")),
    "v1.rst": doc("Land", toc("a", numbered=True)),
    "a.rst": doc(
        "A", "Here: :ref:`fig-a`, :ref:`fig-b`", fig("a"), section("Deep", "x")
    ),
    "v2.rst": doc("Water", toc("b", "c", "own", numbered=True)),
    "b.md": "# B\n\nThere: [](#fig-a), {numref}`fig-a`\n\n## Deeper\n\n[w](#fig-a)\n",
    "c.rst": doc("C", fig("b", "Unlike :ref:`that <fig-a>`."), "Own: :ref:`fig-b`"),
    "own.rst": doc("Own", figlist(fields=FIELDS)),
    "all.rst": doc("All", figlist(fields=FIELDS, volume="all")),
    "compact.rst": doc("Short", figlist(layout="compact", fields=FIELDS)),
    "orphan.rst": ":orphan:\n\n" + doc("Orphan", ":ref:`fig-a`"),
}


def lab_of(folder: Path, **values: Any) -> Lab:
    settings = {
        "project": "Book",
        "extensions": ["myst_parser", "sphinxext_figlist"],
        "numfig": True,
        "figlist_volumes": ROOTS,
        **values,
    }
    return Lab(root=folder, files={"conf.py": conf(**settings), **BOOK})


#: Sections are numbered in each volume afresh, captions have none of their own.
A = "1 A; 1 B (Band & Zwei); (2); 1.1 Deeper (Band & Zwei); 2 C (Band & Zwei); Orphan"
B = "1 A (Volume I); 2 C"


def shown(page: Path) -> list[str]:
    content = main_content(page)
    for unseen in by_class(content, "figlist-unseen"):  # there to be heard
        unseen.text = ""
    found = by_class(content, "figlist-references")
    return [
        text(e).removeprefix("Referred to in: ").replace(" (2)", "; (2)") for e in found
    ]


@pytest.mark.parametrize("restart", [True, False])
def test_pages(restart: bool, tmp_path: Path) -> None:
    """Whether or not the numbers start afresh."""
    lab = lab_of(tmp_path, figlist_restart_numbering=restart)
    built = lab.build()
    assert shown(built.out / "all.html") == [A, B]
    assert shown(built.out / "compact.html") == [A, B]
    assert shown(built.out / "own.html") == [B]
    web = Web(built.out)
    assert web.site.dead_links() == []
    names = [words for words, _ in web.ways("all")["a"]]
    assert "; ".join(names) == A


def test_one_volume_names_none(tmp_path: Path) -> None:
    lab = lab_of(tmp_path, figlist_volumes=[])
    assert "(" not in "".join(shown(lab.build().out / "all.html")).replace("(2)", "")


def test_singlehtml(tmp_path: Path) -> None:
    built = lab_of(tmp_path).build("singlehtml")
    assert shown(built.out / "index.html") == [B, A, B, A, B]


def test_latex_and_text(tmp_path: Path) -> None:
    """A place in another PDF has no link, but all its words."""
    documents = [
        (name, f"{name}.tex", "Book", "Nobody", "manual") for name in ("v1", "v2")
    ]
    lab = lab_of(tmp_path, latex_documents=documents)
    lab.write("v1.rst", doc("Land", toc("a", numbered=True), figlist(fields=FIELDS)))
    out = lab.build("latex", allow=None).out
    tex = (out / "v1.tex").read_text("utf-8")
    assert r"1 B (Band \& Zwei)" in tex
    assert "1 A (" not in tex
    assert "1 A (Volume I)" in (out / "v2.tex").read_text("utf-8")
    plain = (lab.build("text", allow=None).out / "all.txt").read_text("utf-8")
    assert "1 B (Band & Zwei)" in " ".join(plain.split())


def test_files(tmp_path: Path) -> None:
    lab = lab_of(
        tmp_path,
        figlist_fields=["title", "references"],
        figlist_formats=["markdown", "json"],
    )
    out = lab.build("figlist").out
    assert "1 B (Band & Zwei); 1.1 Deeper (Band & Zwei)" in (
        out / "FIGURE_LIST_VOL1.md"
    ).read_text("utf-8")
    data = json.loads((out / "FIGURE_LIST_VOL1.json").read_text("utf-8"))
    places = data["chapters"][0]["figures"][0]["references"]
    assert places[1]["section"] == "1 B"


EDITS = {
    "chapter moved": [("v1.rst", "   a\n", "   a\n   b\n"), ("v2.rst", "   b\n", "")],
    "chapter with figure moved": [
        ("v1.rst", "   a\n", "   a\n   c\n"),
        ("v2.rst", "   c\n", ""),
    ],
    "volume's label": [("conf.py", "Band & Zwei", "Volume B")],
    "orphan taken in": [("v2.rst", "   c\n", "   c\n   orphan\n")],
}


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "figlist"])
@pytest.mark.parametrize("edit", EDITS)
def test_edits(edit: str, builder: str, tmp_path: Path) -> None:
    lab = lab_of(
        tmp_path,
        figlist_fields=["title", "references"],
        figlist_formats=["markdown", "csv"],
    )
    lab.build(builder)
    for change in EDITS[edit]:
        lab.edit(*change)
    lab.check(builder)
