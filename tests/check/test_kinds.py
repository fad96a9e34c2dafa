"""Checks of the kinds that files list: each kind is judged by itself."""

from __future__ import annotations

from pathlib import Path

from support.small import book, doc, fig, pages, toc, warnings_of

ROWS = """
   ==  ==
   a   b
   ==  ==
"""


def table(name: str, caption: str) -> str:
    return f".. table:: {caption}\n   :name: {name}\n{ROWS}"


def findings(tmp_path: Path, *blocks: str, kinds: list[str]) -> list[str]:
    files = {
        "index.rst": doc("Book", toc("one", numbered=True)),
        "one.rst": doc("One", *blocks),
    }
    source = book(
        tmp_path,
        files,
        figlist_kinds=kinds,
        figlist_checks=["missing_alt", "duplicate_title", "unreferenced"],
    )
    lines = warnings_of(pages(source, allow=["figlist."]))
    return [line.partition("WARNING: ")[2] for line in lines]


BLOCKS = (
    "See :numref:`fig-a` and :numref:`tides`.",
    fig("a", "Tides: a picture.", alt="The sea."),
    table("tides", "Tides: by month"),
    table("tides-2", "Tides: by year"),
)


def test_tables_are_checked_as_tables(tmp_path: Path) -> None:
    told = findings(tmp_path, *BLOCKS, kinds=["figure", "table"])
    assert len(told) == 2
    (twice,) = (line for line in told if "duplicate_title" in line)
    assert twice.startswith("Table 1.2: Tides")
    assert "Table 1.1" in twice
    (lone,) = (line for line in told if "unreferenced" in line)
    assert ":numref:`tides-2`" in lone


def test_other_kinds_are_not_checked_unasked(tmp_path: Path) -> None:
    assert findings(tmp_path, *BLOCKS, kinds=["figure"]) == []
