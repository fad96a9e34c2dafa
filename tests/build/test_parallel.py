"""The same bytes from one process and from many."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Built, atlas, build, same_bytes, tree_files, write_tree

# What Sphinx itself writes of its own run, and no reader of a book sees.
BUILD_NOTES = {".buildinfo"}


def book(tmp_path: Path) -> Path:
    """A book of enough documents that Sphinx really shares them out."""
    files = atlas(figlist_formats=["markdown", "json"])
    names = [f"more{number}" for number in range(8)]
    for number, name in enumerate(names):
        title = f"More of chapter {number}"
        files[f"vol2/{name}.rst"] = (
            f"{title}\n{'=' * len(title)}\n\nSee :numref:`fig-{name}` and :numref:`fig-cliff`.\n\n"
            f".. figure:: /images/new.png\n   :name: fig-{name}\n   :alt: Picture {number}.\n\n"
            f"   **More {number}:** after :numref:`fig-more{(number + 1) % 8}`.\n\n"
            f".. figure:: /images/new.png\n"
        )
    index = str(files["vol2/index.rst"])
    files["vol2/index.rst"] = index.replace(
        "   figures\n", "".join(f"   {n}\n" for n in (*names, "figures"))
    )
    return write_tree(tmp_path / "book", files)


def contents(built: Built) -> dict[str, bytes]:
    files = tree_files(built.out)
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if name not in BUILD_NOTES
    }


@pytest.mark.parametrize(
    ("builder", "phases"),
    [
        ("html", {"reading", "writing"}),
        ("dirhtml", {"reading", "writing"}),
        ("figlist", {"reading"}),
    ],
)
def test_same_bytes(tmp_path: Path, builder: str, phases: set[str]) -> None:
    source = book(tmp_path)
    one = build(source, tmp_path / "one", builder=builder, parallel=1)
    two = build(source, tmp_path / "two", builder=builder, parallel=2)
    assert one.in_parallel == set()
    assert two.in_parallel == phases
    assert two.warnings == one.warnings
    assert contents(one).keys() >= ({"figures.html"} if builder == "html" else set())
    lists = [name for name in contents(one) if "FIGURE_LIST_VOL" in name]
    assert len(lists) >= 4  # two volumes, two formats
    assert same_bytes(contents(two), contents(one)) == []


def test_same_bytes_again(tmp_path: Path) -> None:
    """From the same process count, twice: no order of a set, no time of day."""
    source = book(tmp_path)
    first, second = (build(source, tmp_path / name, parallel=3) for name in ("a", "b"))
    assert same_bytes(contents(second), contents(first)) == []
