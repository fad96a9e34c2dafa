"""In print: short captions of tables and code blocks, and the figures of appendices."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.pdf import typeset
from support.small import book, doc, fig, figlist, pages, toc

pytestmark = pytest.mark.latex

ROWS = "\n".join(f"   {n}   {n}" for n in range(10, 60))
TABLES = f"""
.. table:: Tides: by month, at the pier
   :name: tides

   ==  ==
   a   b
   ==  ==
   1   2
   ==  ==

.. table:: Winds: by year, at the `pier <https://example.org>`_
   :name: winds
   :class: longtable

   ===  ===
   a    b
   ===  ===
{ROWS}
   ===  ===

.. code-block:: python
   :caption: Signal: one flash, *then* dark
   :name: flash

   flash()

.. table:: Plain words
   :name: plain

   ==  ==
   a   b
   ==  ==
   1   2
   ==  ==
"""
LISTS = {
    "preamble": r"\usepackage{etoolbox}",
    "tableofcontents": r"\sphinxtableofcontents\listoftables\listof{literalblock}{Code}",
}


def test_short_captions(tmp_path: Path) -> None:
    files = {
        "index.rst": doc("Book", toc("one", numbered=True)),
        "one.rst": doc("One", TABLES),
    }
    source = book(
        tmp_path, files, figlist_latex_short_captions=True, latex_elements=LISTS
    )
    (tex,) = pages(source, builder="latex").out.glob("*.tex")
    pdf = typeset(tex)
    assert pdf.faults() == []
    words = " ".join(" ".join(page.split()) for page in pdf.pages.values())
    lot = pdf.path.with_suffix(".lot").read_text("utf-8")
    assert [name for name in ("Tides", "Winds", "Plain words") if name in lot] == [
        "Tides",
        "Winds",
        "Plain words",
    ]
    assert "by month" not in lot
    assert "by year" not in lot
    assert "Tides: by month, at the pier" in words  # the caption itself is whole
    lol = next(pdf.path.parent.glob("*.lol")).read_text("utf-8")
    assert "Signal" in lol
    assert "one flash" not in lol


def test_appendices_are_in_the_list(tmp_path: Path) -> None:
    files = {
        "index.rst": doc("Book", toc("one", numbered=True), figlist(layout="compact")),
        "one.rst": doc("One", fig("a", "Lamp.")),
        "more.rst": ":orphan:\n\n" + doc("More", fig("b", "Wick."), fig("c", "Oil.")),
    }
    source = book(tmp_path, files, latex_appendices=["more"])
    (tex,) = pages(source, builder="latex").out.glob("*.tex")
    pdf = typeset(tex)
    assert pdf.faults() == []
    lines = pdf.lines()
    for name in ("b", "c"):
        label = pdf.labels[f"more:fig-{name}"]
        assert label.page == pdf.page_of(f"more:fig-{name}")
        assert label.page in {page for _, page in lines[f"Fig. {label.number}"]}
    # Other outputs list what the toctrees reach.
    html = pages(source).out / "index.html"
    assert "Wick" not in html.read_text("utf-8")
