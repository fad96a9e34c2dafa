"""Where the PDF has the numbers of the HTML: what has none there has none in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import figure_numbers
from support.pdf import Pdf, typeset
from support.small import book, directive, doc, fig, figlist, pages, toc


def everything(name: str) -> str:
    """A chapter with something of each kind that LaTeX counts."""
    cell = "* - Cell"
    table = directive("list-table", cell, argument=f"Table {name}.", name=f"tab-{name}")
    long = directive("list-table", cell, argument=f"Long {name}.", class_="longtable")
    code = directive("code-block", "x", argument="text", caption=f"Code {name}.")
    words = f"Wide {name}, a caption " + "of several lines " * 12
    return doc(
        name,
        fig(name, f"Picture {name}."),
        table,
        long,
        code,
        fig(f"{name}-wide", words),
    )


def strays(folder: Path, **values: Any) -> Path:
    """A book whose PDF has a chapter and an appendix that the book's toctrees lack."""
    pdf = doc("Pdf", toc("one", "lost", "end"))
    return book(
        folder,
        {
            "index.rst": doc("Book", toc("one", "end", numbered=True)),
            "one.rst": everything("one"),
            "lost.rst": everything("lost"),
            "app.rst": ":orphan:\n\n" + everything("app"),
            "end.rst": everything("end"),
            "pdf.rst": ":orphan:\n\n" + pdf,
            "list.rst": ":orphan:\n\n" + doc("List", figlist()),
        },
        suppress_warnings=["toc.not_included", "figlist.volume"],
        latex_documents=[("pdf", "book.tex", "Book", "Nobody", "manual")],
        latex_appendices=["app"],
        **values,
    )


WORDS = ("Picture", "Table", "Long", "Code", "Wide")
CAPTION = r"\usepackage{caption}"
PREAMBLES = {
    "plain": "",
    "caption": CAPTION,
    "caption-format": CAPTION + r"\captionsetup[figure]{labelformat=parens}",
}


def captions_of(pdf: Pdf, name: str) -> list[str]:
    """How the captions of a chapter begin, in print."""
    lines = [line.strip() for page in pdf.pages.values() for line in page.splitlines()]
    found = []
    for word in WORDS:
        line = [one for one in lines if f"{word} {name}" in one][-1]  # behind the lists
        found.append(line.partition(f"{word} {name}")[0].strip())
    return found


@pytest.mark.latex
@pytest.mark.parametrize("preamble", PREAMBLES)
def test_no_number_stands_twice(preamble: str, tmp_path: Path) -> None:
    source = strays(
        tmp_path,
        figlist_latex_numbers="sphinx",
        latex_elements={
            "preamble": PREAMBLES[preamble],
            "tableofcontents": r"\sphinxtableofcontents\listoffigures",
        },
    )
    html = pages(source).out
    assert figure_numbers(html / "one.html")["fig-one"] == "Fig. 1.1"
    assert figure_numbers(html / "lost.html")["fig-lost"] == ""
    pdf = typeset(pages(source, builder="latex").out / "book.tex")
    assert pdf.faults() == []
    figure = "Fig. ({}):" if preamble == "caption-format" else "Fig. {}:"

    def numbered(chapter: int) -> list[str]:
        tables = [f"Table {chapter}.{n}:" for n in (1, 2)]
        code = f"Listing {chapter}.1:"
        figures = [figure.format(f"{chapter}.{n}") for n in (1, 2)]
        return [figures[0], *tables, code, figures[1]]

    assert captions_of(pdf, "one") == numbered(1)
    assert captions_of(pdf, "lost") == [""] * 5
    assert captions_of(pdf, "end") == numbered(2)
    assert captions_of(pdf, "app") == [""] * 5


@pytest.mark.latex
@pytest.mark.parametrize("layout", ["compact", "full", "table"])
def test_lists(layout: str, tmp_path: Path) -> None:
    """They name it by its title, with its page, and link to it."""
    volumes = [{"id": "1", "title": "Book", "root": "pdf"}]
    source = strays(tmp_path, figlist_latex_numbers="sphinx", figlist_volumes=volumes)
    lists = figlist(layout=layout, fields="title page")
    (source / "pdf.rst").write_text(
        ":orphan:\n\n" + doc("Pdf", lists, toc("one", "lost", "end")), "utf-8"
    )
    pdf = typeset(pages(source, builder="latex").out / "book.tex")
    assert pdf.faults() == []
    shown = " ".join(" ".join(pdf.pages.values()).split())
    page = pdf.labels["lost:fig-lost"].page
    assert "Fig. 1.1" in shown
    assert "Fig. :" not in shown
    assert "Fig. Picture" not in shown
    listed = shown[shown.index("Picture lost") :][:200]  # without its full stop
    assert page in listed.replace(".", " ").split()


def test_left_to_latex(tmp_path: Path) -> None:
    """Without the setting not a byte of it is ours."""
    built = pages(strays(tmp_path), builder="latex")
    assert "figlist" not in (built.out / "book.tex").read_text("utf-8")
