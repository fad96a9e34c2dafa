"""Never stale: the words of lists come from catalogs, and a book may bring its own."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
import sphinx
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from support import build, pages_written, same_output, stamps
from support.small import book, doc, fig, figlist, toc

BOOK = {
    "index.rst": doc("Book", toc("one", "plain", "list")),
    "one.rst": doc("One", fig("a")),
    "plain.rst": doc("Plain", "Nothing is listed of this."),
    "list.rst": doc("List", figlist(), figlist(kind="table")),
}
OWN = """
def setup(app):
    from pathlib import Path

    app.add_message_catalog("sphinxext_figlist", str(Path(__file__).parent / "locale"))
"""
#: Of a heading in files, of a list, of a field, of a back-link.
WORDS = {
    "Figure List": "Figurer",
    "There is nothing to list here.": "Ingenting.",
    "Caption": "Billedtekst",
    "Back to the list of figures": "Tilbage",
}


def translate(source: Path, **more: str) -> None:
    catalog = Catalog(locale="da")
    for message, words in (WORDS | more).items():
        catalog.add(message, words)
    folder = source / "locale" / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sphinxext_figlist.mo").open("wb") as file:
        write_mo(file, catalog)
    gettext._translations.clear()  # type: ignore[attr-defined]  # of this process


@pytest.mark.parametrize("builder", ["html", "text", "figlist"])
def test_words_of_the_book(tmp_path: Path, builder: str) -> None:
    source = book(tmp_path / "book", BOOK, language="da", figlist_formats=["markdown"])
    (source / "conf.py").write_text((source / "conf.py").read_text("utf-8") + OWN)
    out = tmp_path / "out"
    build(source, out, builder=builder)
    for number, more in enumerate(({}, {"Caption": "Tekst"})):
        translate(source, **more)
        before = stamps(out)
        built = build(source, out, builder=builder)
        clean = build(source, tmp_path / f"clean{number}", builder=builder)
        assert same_output(built, clean) == []
        said = "".join(
            path.read_text("utf-8")
            for path in out.rglob("*")
            if path.suffix in {".html", ".txt", ".md"}
        )
        assert "Figurer" in said
        assert more.get("Caption", "Billedtekst") in said
        if builder == "html":
            # Sphinx 7 writes the first page whenever it writes any.
            first = {"index"} if sphinx.version_info < (8,) else set()
            assert pages_written(before, stamps(out)) == {"one", "list"} | first
        before = stamps(out)
        build(source, out, builder=builder)
        assert pages_written(before, stamps(out)) == set()
