"""A source, a layout, a check and a format from outside, as the docs show them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import (
    DEMO,
    build,
    by_class,
    conf,
    main_content,
    parse,
    png,
    same_output,
    text,
    write_tree,
)

from sphinxext_figlist.registry import CHECKS, FORMATS, LAYOUTS, SOURCES

#: The example extension of ``docs/extending.md``.
EXTRAS = DEMO.parent / "extras"

CONF = conf(
    extensions=["figlist_extras"],
    numfig=True,
    html_theme="basic",
    figlist_checks=["alt_shouting"],
    figlist_formats=["tsv", "json"],
)

INDEX = """
Book
====

.. toctree::
   :numbered:

   one

.. figlist::
   :layout: sentence
"""

ONE = """
One
===

See :numref:`wave`.

.. figure:: p.png
   :alt: A GREAT LOUD WAVE

   Swell: before the storm.

.. sketch:: Breaker: **after** it.
   :name: wave
   :alt: A small wave.

   ~~~~^~~~
"""


@pytest.fixture(autouse=True)
def extras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXTRAS))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_tree(
        tmp_path / "book",
        {"conf.py": CONF, "index.rst": INDEX, "one.rst": ONE, "p.png": png()},
    )


def test_a_source_and_a_layout(source: Path, tmp_path: Path) -> None:
    built = build(source, tmp_path / "html", allow=["alt_shouting"])
    page = main_content(tmp_path / "html" / "index.html")
    (sentence,) = by_class(page, "figlist-sentence")
    assert text(sentence) == "Fig. 1.1: Swell; Fig. 1.2: Breaker"
    chapter = parse(tmp_path / "html" / "one.html")
    links = {link.get("href") for link in by_class(sentence, "figlist-link")}
    assert "one.html#wave" in links
    assert "wave" in {element.get("id") for element in chapter.iter()}
    assert built.code == 0


def test_a_check(source: Path, tmp_path: Path) -> None:
    built = build(source, tmp_path / "html", allow=["alt_shouting"])
    (line,) = built.warnings.strip().splitlines()
    assert "one.rst:7" in line
    assert '"A GREAT LOUD WAVE" is all capitals' in line
    assert "[figlist.alt_shouting]" in line


def test_a_format(source: Path, tmp_path: Path) -> None:
    for builder in ("figlist", "html"):
        build(source, tmp_path / builder, builder=builder, allow=["alt_shouting"])
    files = [tmp_path / "figlist", tmp_path / "html" / "figlist"]
    for folder in files:
        assert (folder / "FIGURE_LIST.tsv").read_text("utf-8") == (
            "1.1\tSwell\tA GREAT LOUD WAVE\n1.2\tBreaker\tA small wave.\n"
        )


def test_an_edit(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "html", allow=None)
    edited = (source / "one.rst").read_text("utf-8").replace("Breaker", "Surf")
    (source / "one.rst").write_text(edited, "utf-8")
    built = build(source, tmp_path / "html", allow=None)
    clean = build(source, tmp_path / "clean", allow=None)
    page = main_content(tmp_path / "html" / "index.html")
    (sentence,) = by_class(page, "figlist-sentence")
    assert text(sentence) == "Fig. 1.1: Swell; Fig. 1.2: Surf"
    assert same_output(built, clean) == []


@pytest.mark.parametrize("builder", ["latex", "text", "epub", "singlehtml", "xml"])
def test_other_builders(source: Path, tmp_path: Path, builder: str) -> None:
    built = build(source, tmp_path / builder, builder=builder, allow=None)
    assert built.code == 0


def test_a_name_that_nobody_registered(source: Path, tmp_path: Path) -> None:
    plain = conf(extensions=["sphinxext_figlist"], numfig=True)
    (source / "conf.py").write_text(plain, "utf-8")
    (source / "one.rst").write_text("One\n===\n", "utf-8")
    built = build(source, tmp_path / "html", allow=None)
    # What another application of this process registered is not known here.
    assert "sentence" not in LAYOUTS
    assert "choose from" in built.warnings
    names = {*SOURCES, *LAYOUTS, *CHECKS, *FORMATS}
    assert names.isdisjoint({"sketch", "sentence", "alt_shouting", "tsv"})
