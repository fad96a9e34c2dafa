"""rst2pdf: its PDF is one document, to whose places a list's links must lead."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from pypdf import PdfReader
from support import lacking
from support.extensions import pictures, rst
from support.trees import conf, write_tree

pytestmark = pytest.mark.extensions

_CHAPTER = """\
Chapter
=======

See :numref:`fig-one`, and again :numref:`fig-one`.

.. figure:: one.png
   :name: fig-one
   :alt: A first one.

   One: of *one*.
"""


def test_a_list_with_references(tmp_path: Path) -> None:
    if find_spec("rst2pdf") is None:
        lacking("rst2pdf")
    settings = conf(
        project="Book",
        extensions=["rst2pdf.pdfbuilder", "sphinxext_figlist"],
        numfig=True,
        pdf_documents=[("index", "book", "Book", "Nobody")],
    )
    files = rst(_CHAPTER) | {"conf.py": settings} | pictures("one.png")
    source = write_tree(tmp_path / "book", files)
    command = [sys.executable, "-m", "sphinx", "-b", "pdf", source, tmp_path / "out"]
    subprocess.run([*map(str, command)], check=True, capture_output=True)
    reader = PdfReader(tmp_path / "out" / "book.pdf")
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Fig. 2.1: One" in words
    assert "2 Chapter (2)" in " ".join(words.split())


_UNANCHORED = """\
Chapter
=======

See :numref:`fig-one`.

.. figure:: one.png
   :name: fig-one

   One: of *one*.

.. code-block:: text
   :caption: Where :numref:`fig-one` is.

   code

.. figure:: one.png

   Two: and no paragraph follows; see :numref:`fig-one`.

.. figure:: one.png
   :name: bare
"""


@pytest.mark.parametrize("layout", ["full", "table", "compact", "gallery"])
@pytest.mark.parametrize("fields", ["title", "title references"])
def test_places_that_no_paragraph_follows(
    tmp_path: Path, fields: str, layout: str
) -> None:
    """Links to a place that is nowhere in the PDF leave no PDF."""
    settings = conf(
        project="Book",
        extensions=["rst2pdf.pdfbuilder", "sphinxext_figlist"],
        numfig=True,
        pdf_documents=[("index", "book", "Book", "Nobody")],
    )
    lists = (
        f"Lists\n=====\n\n.. figlist::\n   :layout: {layout}\n   :fields: {fields}\n"
    )
    index = "Book\n====\n\n.. toctree::\n   :numbered:\n\n   lists\n   chapter\n"
    files = {"index.rst": index, "lists.rst": lists, "chapter.rst": _UNANCHORED}
    files |= {"conf.py": settings, **pictures("one.png")}
    source = write_tree(tmp_path / "book", files)
    command = [sys.executable, "-m", "sphinx", "-b", "pdf", source, tmp_path / "out"]
    subprocess.run([*map(str, command)], check=True, capture_output=True)
    reader = PdfReader(tmp_path / "out" / "book.pdf")
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Two" in words
