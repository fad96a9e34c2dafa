"""``figlist_titles``: titles for figures whose captions cannot be reworded."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import build, main_content, same_output, text
from support.small import bare, book, doc, fig, figlist, pages, toc

TITLES = {"fig-a": "The *great* lamp", "fig-b": "Bare"}


def files(**options: str) -> dict[str, str]:
    return {
        "index.rst": doc("Book", toc("one", numbered=True), figlist(**options)),
        "one.rst": doc("One", fig("a", "Lamp: seen from below."), bare("b"), fig("c")),
    }


def test_on_pages_and_in_files(tmp_path: Path) -> None:
    source = book(tmp_path, files(fields="title caption"), figlist_titles=TITLES)
    built = pages(source)
    page = text(main_content(built.out / "index.html"))
    assert "The great lamp" in page
    assert "Lamp: seen from below." in page  # the caption is said in full
    build(source, tmp_path / "files", builder="figlist")
    markdown = (tmp_path / "files" / "FIGURE_LIST.md").read_text("utf-8")
    assert "### Fig. 1.1: The *great* lamp\n" in markdown
    assert "### Bare\n" in markdown
    assert "**Caption**: Lamp: seen from below.\n" in markdown


def test_a_changed_title_is_fresh(tmp_path: Path) -> None:
    source = book(tmp_path, files(), figlist_titles=TITLES)
    pages(source)
    conf = (source / "conf.py").read_text("utf-8").replace("great", "small")
    (source / "conf.py").write_text(conf, "utf-8")
    built = pages(source)
    clean = build(source, tmp_path / "clean")
    assert built.read == frozenset()
    assert "The small lamp" in text(main_content(built.out / "index.html"))
    assert same_output(built, clean) == []


def test_a_label_that_no_figure_has(tmp_path: Path) -> None:
    source = book(tmp_path, files(), figlist_titles={"fig-aa": "Lost"})
    built = pages(source, allow=["figlist.title"])
    (line,) = [line for line in built.warnings.splitlines() if line]
    assert "figlist_titles: no figure has the label 'fig-aa'; did you mean" in line
    assert "[figlist.title]" in line


@pytest.mark.parametrize("value", [{"fig-a": 3}, {"fig-a": " "}, {3: "x"}, ["x"]])
def test_faults(tmp_path: Path, value: object) -> None:
    source = book(tmp_path, files(), figlist_titles=value)
    with pytest.raises(Exception, match="figlist_titles"):
        build(source, tmp_path / "out")


def test_in_latex(tmp_path: Path) -> None:
    source = book(
        tmp_path, files(), figlist_titles=TITLES, figlist_latex_short_captions=True
    )
    built = pages(source, builder="latex")
    (tex,) = built.out.glob("*.tex")
    assert r"\caption[{The \sphinxstyleemphasis{great} lamp}]" in tex.read_text("utf-8")
