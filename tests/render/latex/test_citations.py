"""Short captions hold no links: citations in titles, and links written as raw LaTeX."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.pdf import Pdf, typeset
from support.small import book, directive, doc, fig, figlist, pages, section, toc

from sphinxext_figlist.render.latex.captions import unlinked

BIB = """\
@book{knuth, author={Donald Knuth}, title={Art}, year={1968}, publisher={AW}}
@book{lam, author={Leslie Lamport}, title={L_a}, year={1986}, publisher={AW}}
"""

CAPTIONS = {
    "cite": "By :cite:`knuth`: the rest.",
    "textual": "**Art**: of :cite:t:`knuth`.",
    "several": "As :cite:p:`knuth,lam`: the rest.",
    "whole": "All of it :cite:`lam`",
    "alone": ":cite:t:`lam`: the rest.",
    "foot": "With a foot note :footcite:`knuth`: the rest.",
    "raw": r"A :tex:`\hyperlink{page.1}{l{}i\}nk}`: the rest.",
    "reference": "See :ref:`the other <fig-cite>`: the rest.",
    "url": "At `a site <https://example.org/a_b?c=%20#d>`_: the rest.",
    "numbered": "After :numref:`fig-cite`: the rest.",
}
MYST = {
    "strong": "**By {cite}`knuth`.** The rest.",
    "emphasis": "*{cite:t}`lam`* was here: the rest.",
    "nested": "**[*{cite:t}`knuth`*](https://example.org)**: the rest.",
}


def cited(folder: Path, style: str, **values: Any) -> Path:
    """A book whose captions cite and link, in figures, tables and code."""
    figures = "\n\n".join(fig(name, words) for name, words in CAPTIONS.items())
    markdown = "".join(
        f"```{{figure}} /p.png\n:name: fig-{name}\n\n{words}\n```\n\n"
        for name, words in MYST.items()
    )
    table = directive("list-table", "* - Cell", argument="Of :cite:`lam`: the rest.")
    code = directive(
        "code-block", "x", argument="text", caption="By :cite:`lam`: the rest."
    )
    return book(
        folder,
        {
            "index.rst": doc("Book", toc("one", "two", "end", numbered=True)),
            "one.rst": ".. role:: tex(raw)\n   :format: latex\n\n"
            + doc(
                "One", figures, table, code, section("Foot", ".. footbibliography::")
            ),
            "two.md": f"# Two\n\n{markdown}",
            "end.rst": doc("End", figlist(layout="compact"), ".. bibliography::"),
            "refs.bib": BIB,
        },
        extensions=["myst_parser", "sphinxcontrib.bibtex", "sphinxext_figlist"],
        bibtex_bibfiles=["refs.bib"],
        bibtex_reference_style=style,
        figlist_latex_short_captions=True,
        latex_elements={"tableofcontents": r"\sphinxtableofcontents\listoffigures"},
        latex_documents=[("index", "book.tex", "Book", "Nobody", "manual")],
        **values,
    )


def short_captions(tex: str) -> list[str]:
    return re.findall(r"\\caption\[\{(.*?)\}\]\{", tex) + re.findall(
        r"\\figlistshort\{\w+\}\{(.*)\}%", tex
    )


@pytest.mark.parametrize("style", ["label", "author_year", "super"])
def test_no_links_in_short_captions(style: str, tmp_path: Path) -> None:
    built = pages(cited(tmp_path, style), builder="latex")
    tex = (built.out / "book.tex").read_text("utf-8")
    found = short_captions(tex)
    assert len(found) == len(CAPTIONS) + len(MYST) + 2
    for words in found:
        assert "hyper" not in words
        assert "href" not in words
    by_cite = found[0]
    assert by_cite.startswith("By ")
    assert "Knu68" in by_cite or "1968" in by_cite
    # The caption itself links.
    assert tex.count(r"\hyperlink{cite.") >= len(CAPTIONS) - 5


@pytest.mark.latex
@pytest.mark.parametrize("style", ["label", "author_year", "super"])
def test_pdf(style: str, tmp_path: Path) -> None:
    built = pages(cited(tmp_path, style), builder="latex")
    pdf: Pdf = typeset(built.out / "book.tex")
    assert pdf.faults() == []
    listed = " ".join(" ".join(pdf.pages.values()).split())
    assert "By [Knu68]" in listed or "Knuth, 1968" in listed or "By Knu68" in listed


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"a \hyperlink{x}{b} c", "a {b} c"),
        (r"\hyperlink{x}{b}\hyperlink{y}{c}", "{b}{c}"),
        (r"\hyperlink {x{y}\}z}{b}", "{b}"),
        (r"\hyperref[\detokenize{a:b}]{\emph{c}}", r"{\emph{c}}"),
        (r"\href{https://x/\%20\#d}{t}", "{t}"),
        (r"\hyperlink{x}{a \href{u}{b} c}", "{a {b} c}"),
        (r"\hypertarget{x}{}b", "{}b"),
        (r"\hyperlink{x", r"\hyperlink{x"),
        (r"\hyperlink{x} y", r"\hyperlink{x} y"),
        (
            r"\textbackslash{}hyperlink\{x\}\{y\}",
            r"\textbackslash{}hyperlink\{x\}\{y\}",
        ),
        ("", ""),
    ],
)
def test_unlinked(latex: str, words: str) -> None:
    assert unlinked(latex) == words
