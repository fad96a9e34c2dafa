"""Never stale: documents that are lost, and numbers that toctrees no longer give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import SphinxWarning
from support import Files, Lab, Site, conf, elements, main_content, png, text
from support.small import doc, fig, figlist, section, toc, volumes

#: What Sphinx says where it reads the toctree, and where it writes it.
ALLOW = [
    "toctree contains reference to nonexisting document",
    "toctree contains reference to non-existing document",
    "document isn't included in any toctree",
    "'inner' belongs to no volume",
]
BUILDERS = ["html", "dirhtml", "singlehtml", "text", "latex", "figlist"]


def lab_of(folder: Path, files: Files, **values: Any) -> Lab:
    settings = {
        "project": "Book",
        "extensions": ["myst_parser", "sphinxext_figlist"],
        "numfig": True,
        "figlist_formats": ["json", "markdown"],
        **values,
    }
    return Lab(
        root=folder, files={"conf.py": conf(**settings), "p.png": png(), **files}
    )


# -- a document is deleted, and its toctree entry stays ---------------------------

PLAIN = {
    "index.rst": doc("Book", toc("one", "two", "three", numbered=True), figlist()),
    "one.rst": doc("One", fig("a")),
    "two.rst": doc("Two", fig("b"), ":numref:`fig-a`"),
    "three.rst": doc("Three", fig("c"), ":numref:`fig-c`"),
}
NESTED = {
    **PLAIN,
    "two.rst": doc("Two", fig("b"), toc("inner")),
    "inner.rst": doc("Inner", fig("d")),
}
MYST = {
    **PLAIN,
    "index.md": "# Book\n\n```{toctree}\n:hidden:\none\ntwo\nthree\n```\n\n"
    "```{figlist}\n```\n",
}
del MYST["index.rst"]
VOLUMES = {
    "index.rst": doc("Book", toc("v1", "v2", "list")),
    "v1.rst": doc("Land", toc("one", numbered=True)),
    "v2.rst": doc("Water", toc("two", "three", numbered=True)),
    "list.rst": doc("List", figlist(layout="compact")),
    **{name: PLAIN[name] for name in ("one.rst", "two.rst", "three.rst")},
}
NO_LIST = {**NESTED, "index.rst": PLAIN["index.rst"].replace(figlist(), "")}

BOOKS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "plain": (PLAIN, {}),
    "nested": (NESTED, {}),
    "MyST": (MYST, {}),
    "volumes": (VOLUMES, {"figlist_volumes": volumes("v1", "v2")}),
    "no list": (NO_LIST, {"figlist_volumes": volumes("index")}),
}


@pytest.mark.parametrize("builder", BUILDERS)
@pytest.mark.parametrize("name", BOOKS)
def test_deleted(name: str, builder: str, tmp_path: Path) -> None:
    files, values = BOOKS[name]
    lab = lab_of(tmp_path, files, **values)
    lab.build(builder)
    lab.remove("two.rst")
    built = lab.build(builder, allow=ALLOW)
    assert ALLOW[0] in built.warnings
    wanted = lab.clean(builder, allow=ALLOW)
    # Sphinx leaves the pages of what is gone.
    own = [path for path in built.out.rglob("two*") if path.is_file()]
    for path in own if builder in {"latex", "text"} else ():
        path.unlink()
    lab.check(builder, built=built, allow=ALLOW)
    if builder == "figlist":
        assert ("2 figures in 2 chapters" in built.status) == (name != "volumes")
        assert built.status.count("1 figure in") == (2 if name == "volumes" else 0)
    assert ALLOW[0] in wanted.warnings


def test_a_strict_build_fails(tmp_path: Path) -> None:
    lab = lab_of(tmp_path, PLAIN)
    lab.build("figlist")
    lab.remove("two.rst")
    for _ in range(2):  # each time: it is not mended
        assert strict(lab) == 1


def strict(lab: Lab) -> int:
    """The exit code of a build in which warnings are errors."""
    try:
        return lab.build("figlist", allow=None, warning_is_error=True).code
    except SphinxWarning:  # Sphinx 7 ends there
        return 1


@pytest.mark.parametrize("first", ["html", "figlist"])
def test_another_builder_saw_it_first(first: str, tmp_path: Path) -> None:
    lab = lab_of(tmp_path, NESTED)
    for builder in ("html", "figlist"):
        lab.build(builder)
    lab.remove("two.rst")
    lab.build(first, allow=ALLOW)
    for builder in ("html", "figlist"):
        lab.check(builder, allow=ALLOW)


def test_it_comes_back(tmp_path: Path) -> None:
    lab = lab_of(tmp_path, NESTED)
    lab.build()
    content = lab.read("two.rst")
    lab.remove("two.rst")
    lab.check(allow=ALLOW)
    lab.write("two.rst", content)
    lab.check()
    lab.check("figlist")


# -- toctrees number no more ------------------------------------------------------

NUMBERED = {
    "index.rst": doc(
        "Book",
        toc("part", "one", numbered=True, maxdepth=3),
        toc("list"),
    ),
    "part.rst": doc("Part", toc("two", "three", titlesonly=True), fig("p")),
    "one.rst": doc("One", fig("a"), section("Inner", fig("b"))),
    "two.md": "# Two\n\n## Deep\n\n```{toctree}\nfour\n```\n",
    "three.rst": doc("Three", section("Inner", ":numref:`fig-b`, :ref:`one`")),
    "four.rst": ".. _one:\n\n" + doc("Four", fig("d")),
    "list.rst": doc("List", figlist(), figlist(layout="table")),
}
EDITS = {
    "all": [("index.rst", "   :numbered:\n", "")],
    "depth": [("index.rst", "   :numbered:\n", "   :numbered: 1\n")],
    "one moved": [
        ("index.rst", "   one\n", ""),
        ("index.rst", "   list", "   list\n   one"),
    ],
    "part moved": [
        ("index.rst", "   part\n", ""),
        ("index.rst", "   list", "   list\n   part"),
    ],
    "orphaned": [("part.rst", "   two\n", ""), ("two.md", "# Two", "# Lost")],
}


@pytest.mark.parametrize("builder", BUILDERS)
@pytest.mark.parametrize("edit", EDITS)
def test_unnumbered(edit: str, builder: str, tmp_path: Path) -> None:
    lab = lab_of(tmp_path, NUMBERED)
    lab.build(builder)
    for change in EDITS[edit]:
        lab.edit(*change)
    lab.check(builder, allow=ALLOW[2:])


def test_numbers_there_and_back(tmp_path: Path) -> None:
    lab = lab_of(tmp_path, NUMBERED)
    first = lab.build()
    entries = numbers(first.out / "index.html")
    assert entries[:2] == ["1. Part", "1.1. Two"]
    lab.edit("index.rst", "   :numbered:\n", "")
    assert numbers(lab.build().out / "index.html")[:2] == ["Part", "Two"]
    lab.edit("index.rst", "   :maxdepth:", "   :numbered:\n   :maxdepth:")
    assert numbers(lab.build().out / "index.html") == entries
    assert Site(first.out).dead_links() == []


def numbers(page: Path) -> list[str]:
    """The entries of the toctrees on a page."""
    links = elements(main_content(page), "a")
    return [text(a) for a in links if "internal" in a.get("class", "")]


def test_unnumbered_while_there_was_no_list(tmp_path: Path) -> None:
    """A book without a list stays as Sphinx has it, until it has one again."""
    lab = lab_of(tmp_path, NUMBERED, figlist_formats=[])
    lab.build()
    lists = NUMBERED["list.rst"]
    lab.write("list.rst", doc("List"))
    lab.build()
    lab.edit("index.rst", "   :numbered:\n", "")
    lab.build()
    lab.append("one.rst", "\nMore.\n")
    lab.build()
    lab.write("list.rst", lists)
    lab.check(allow=ALLOW[2:])


def test_titles_next_to_a_page(tmp_path: Path) -> None:
    """The titles of other pages that plain Sphinx writes around a page."""
    lab = lab_of(tmp_path, NUMBERED)
    lab.build("singlehtml")
    lab.edit("index.rst", "   :numbered:\n", "")
    lab.append("one.rst", "\nMore.\n")
    lab.check("singlehtml")
