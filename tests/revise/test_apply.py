"""``figlist apply``: what gets into the sources, what is refused, and exit codes."""

from __future__ import annotations

import stat
from collections.abc import Callable

import openpyxl
import pytest
from support import write_tree
from support.sheets import Sheets, read, with_new, written

Make = Callable[..., Sheets]

BOOK = {
    "index.rst": """
Book
====

.. figure:: a.png
   :name: one
   :alt: One thing

   Caption: of one.

.. toctree::

   more
""",
    "more.md": """
# More

```{figure} b.png
Caption of two.
```

```{figure} c.png
:alt:

Caption of three.
```
""",
}


def test_round_trip(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = book.rows()
    assert [row["alt status"] for row in rows] == ["text", "missing", "decorative"]
    assert [row["decorative"] for row in rows] == ["no", "", "yes"]
    rows = with_new(rows, {"a.png": "Another\n thing", "b.png": "Two: things"})
    rows[2] |= {"new alt text": "Three", "decorative": "no", "comment": "Was it?"}
    before = book.texts()
    shown = book.apply(book.sheet(rows), write=False)
    assert shown.code == 0
    assert book.texts() == before
    assert "+   :alt: Another thing" in shown.out
    assert "+:alt: 'Two: things'" in shown.out
    assert "3 rows: 3 to apply" in shown.said
    done = book.apply(book.sheet(rows))
    assert done.code == 0
    assert done.out == shown.out
    assert "Was it?" in done.said
    changed = before | {
        "index.rst": before["index.rst"].replace(b"One thing", b"Another thing"),
        "more.md": before["more.md"]
        .replace(b"b.png\n", b"b.png\n:alt: 'Two: things'\n")
        .replace(b":alt:\n", b":alt: Three\n"),
    }
    assert book.texts() == changed
    again = book.apply(book.sheet(rows))
    assert (again.code, again.out) == (0, "")
    assert "3 rows: 0 applied, 3 done already" in again.said
    assert [row["alt text"] for row in book.rows()] == [
        "Another thing",
        "Two: things",
        "Three",
    ]


def test_decorative(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = book.rows()
    rows[0]["decorative"] = "Yes"
    assert book.apply(book.sheet(rows)).code == 0
    assert ":alt:\n" in book.texts()["index.rst"].decode()
    assert book.rows()[0]["alt status"] == "decorative"

    rows = book.rows()
    rows[0] |= {"decorative": "no"}
    rows[1] |= {"decorative": "yes", "new alt text": "Words"}
    rows[2] |= {"decorative": "perhaps"}
    before = book.texts()
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert book.texts() == before
    assert 'row 2: "decorative" is "no", but there is no alt text; write' in ran.said
    assert 'row 3: "decorative" is "yes", but there is a new alt text' in ran.said
    assert 'row 4: "decorative" is "perhaps"; write "yes" or "no"' in ran.said


def test_three_texts(sheets: Make) -> None:
    """The source has changed since: refused with all of them, unless it says so."""
    book = sheets(BOOK)
    rows = with_new(book.rows(), {"a.png": "Editor", "b.png": "Two"})
    index = book.source / "index.rst"
    index.write_text(index.read_text().replace("One thing", "Author"))
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    for words in ("One thing", "Editor", "Author"):
        assert f'"{words}"' in ran.said
    assert "1 applied, 0 done already, 1 unchanged, 1 refused" in ran.said
    index.write_text(index.read_text().replace("Author", "Editor"))
    assert "2 done already" in book.apply(book.sheet(rows)).said


def test_keys_outlast_edits(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = with_new(book.rows(), {"b.png": "Two"})
    more = book.source / "more.md"
    more.write_text("Text before.\n\n![](a.png)\n" + more.read_text() + "\nAfter\n")
    assert book.apply(book.sheet(rows)).code == 0
    assert ":alt: Two" in more.read_text()


def test_changed_cells(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = book.rows()
    rows[0]["alt text"] = "Changed here"
    rows[1]["key"] = "x1"
    before = book.texts()
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert 'the cell "alt text" was changed to "Changed here"' in ran.said
    assert 'the key "x1" is not valid' in ran.said
    assert book.texts() == before


def test_rivals(sheets: Make) -> None:
    """Two that want different texts in one place are both refused."""
    book = sheets(BOOK)
    rows = book.rows()
    one = book.sheet(with_new(rows, {"a.png": "This", "b.png": "Two"}), "one.csv")
    other = book.sheet(with_new(rows, {"a.png": "That", "b.png": "Two"}), "two.csv")
    ran = book.apply(one, other)
    assert ran.code == 1
    assert "one.csv, row 2" in ran.said
    assert "two.csv, row 2" in ran.said
    assert "This" not in book.texts()["index.rst"].decode()
    assert ":alt: Two" in book.texts()["more.md"].decode()
    assert book.apply(book.sheet(rows[:1] * 2)).code == 0


@pytest.mark.parametrize(
    "save",
    [
        lambda rows: written(rows, ";"),
        lambda rows: written(rows, "\t"),
        lambda rows: b"\xef\xbb\xbf" + written(rows),
        lambda rows: written(rows).decode().encode("utf-16"),
        lambda rows: written(rows, ";").decode().encode("cp1252"),
        lambda rows: b"sep=;\r\n" + written(rows, ";"),
        lambda rows: written(rows).replace(b"\r\n", b"\n"),
        lambda rows: written([dict(reversed(row.items())) for row in rows]),
    ],
)
def test_csv_of_spreadsheets(
    sheets: Make, save: Callable[[list[dict[str, str]]], bytes]
) -> None:
    book = sheets(BOOK)
    rows = with_new(book.rows(), {"a.png": "\xc4ndern, \u201e\xdcber\u201c; und"})
    path = book.folder / "s.csv"
    path.write_bytes(save(rows))
    assert book.apply(path).code == 0
    assert "\xc4ndern, \u201e\xdcber\u201c; und" in book.texts()["index.rst"].decode()


def test_formulas_are_texts(sheets: Make) -> None:
    book = sheets({"index.rst": "T\n=\n\n.. figure:: a.png\n   :alt: =1+1\n\n   C\n"})
    rows = book.rows()
    assert rows[0]["alt text"] == rows[0]["new alt text"] == "'=1+1"
    assert "1 unchanged" in book.apply(book.sheet(rows)).said
    rows[0]["new alt text"] = "'-2"
    assert book.apply(book.sheet(rows)).code == 0
    assert ":alt: -2\n" in book.texts()["index.rst"].decode()


def test_bad_sheets(sheets: Make) -> None:
    """Exit code 2, and nothing is read, for what is no sheet of this book."""
    book = sheets(BOOK)
    rows = book.rows()
    before = book.texts()

    def refused(rows: list[dict[str, str]]) -> str:
        ran = book.apply(book.sheet(rows))
        assert ran.code == 2
        return ran.said

    renamed = [{**row} for row in rows]
    for row in renamed:
        row["new alt-text"] = row.pop("new alt text")
    assert 'columns are missing; add them: "new alt text" (rename "new alt-text")' in (
        refused(renamed)
    )
    lacking = [{k: v for k, v in row.items() if k != "key"} for row in rows]
    assert 'these columns are missing; add them: "key"' in refused(lacking)
    other = [{**row, "key": f"a0123456789{row['key'][11:]}"} for row in rows]
    assert "belongs to another book" in refused(other)
    nothing = book.folder / "x.csv"
    nothing.write_text("a,b\n1,2\n")
    assert "is not a sheet of alt texts" in book.apply(nothing).said
    for data in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x81\x8d\x00\xff\xfe"):
        nothing.write_bytes(data)
        assert book.apply(nothing).code == 2
    nothing.unlink()
    assert book.apply(nothing).code == 2
    sheet = book.sheet(rows)
    assert book.run("apply", sheet, "--source", book.folder / "none").code == 2
    assert book.run("apply", sheet, "--source", book.folder).code == 2
    assert book.run("apply", sheet, "--source", book.source, "-D", "x").code == 2
    assert book.texts() == before


def test_bad_texts(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = book.rows()
    rows[0]["new alt text"] = "x" * 10_000
    rows[1]["new alt text"] = "bell \x07"
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert "has 10000 characters" in ran.said
    assert "control character U+0007" in ran.said


def test_workbook(sheets: Make) -> None:
    """An edited workbook; formulas, merged cells and errors are refused."""
    book = sheets(BOOK)
    book.rows()
    path = book.folder / "out" / "FIGURE_LIST.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Alt texts"]
    about = {row[0].value for row in workbook["About"].iter_rows()}
    assert {cell.value for cell in sheet[1]} - {"thumbnail"} <= about
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["new alt text"]).value = "From a workbook"
    sheet.cell(3, heads["new alt text"]).value = "=1+1"
    sheet.cell(4, heads["decorative"]).value = "no"
    sheet.cell(4, heads["new alt text"]).value = 42
    other = book.folder / "edited.xlsx"
    workbook.save(other)
    ran = book.apply(other)
    assert ran.code == 1
    assert 'row 3: the cell "new alt text" contains a formula' in ran.said
    assert ":alt: From a workbook\n" in book.texts()["index.rst"].decode()
    assert ":alt: '42'\n" in book.texts()["more.md"].decode()
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Alt texts"]
    sheet.merge_cells(start_row=2, end_row=3, start_column=11, end_column=11)
    workbook.save(other)
    assert "is merged with others" in book.apply(other).said


def test_files_that_cannot_be_written(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = with_new(book.rows(), {"a.png": "New", "b.png": "Two"})
    index = book.source / "index.rst"
    index.chmod(stat.S_IRUSR)
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert "the file is read-only" in ran.said
    assert "One thing" in index.read_text()
    assert ":alt: Two" in (book.source / "more.md").read_text()


def test_sources_that_change_meanwhile(
    sheets: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sphinxext_figlist.revise import apply

    book = sheets(BOOK)
    rows = with_new(book.rows(), {"a.png": "New"})
    index, write = book.source / "index.rst", apply.write

    def later(changes: object) -> None:
        index.write_text(index.read_text() + "\nMore\n")
        write(changes)  # type: ignore[arg-type]

    monkeypatch.setattr(apply, "write", later)
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert "the file changed while figlist was running" in ran.said
    assert "One thing" in index.read_text()
    index.unlink()
    monkeypatch.setattr(apply, "write", write)
    assert book.apply(book.sheet(rows)).code == 2


KINDS = {
    "index.rst": """
Book
====

|logo| and |logo|, |plain|.

.. |logo| image:: a.png
   :alt: Logo
.. |plain| image:: b.png

.. include:: part.txt
.. include:: part.txt

.. only:: html

   .. figure:: d.png
      :alt: Both

      Caption

.. list-table::

   * - .. image:: e.png
          :alt: Cell
     - Text

.. toctree::

   more
""",
    "part.txt": """
.. start

.. image:: c.png
   :alt: Part
""",
    "more.md": """
# More

Text ![Inline](a.png) ![Inline](a.png) and ![x](b.png).

```{include} part.md
```

:::{note}
```{image} f.png
:alt: Noted
```
:::
""",
    "part.md": "![Of part](e.png)\n",
}


def test_kinds_of_places(sheets: Make) -> None:
    """A place that feeds several pictures is one row, and each is edited once."""
    book = sheets(
        KINDS,
        figlist_pictures="all",
        exclude_patterns=["part.*"],
        figlist_files_for="html",
        myst_enable_extensions=["colon_fence"],
    )
    rows = book.rows()
    assert [(row["image file"], row["alt text"]) for row in rows] == [
        ("a.png", "Logo"),
        ("b.png", ""),
        ("c.png", "Part"),
        ("d.png", "Both"),
        ("e.png", "Cell"),
        ("a.png", "Inline"),
        ("b.png", "x"),
        ("e.png", "Of part"),
        ("f.png", "Noted"),
    ]
    assert "(used 2 times)" in rows[0]["section"]
    assert "(used 2 times)" in rows[2]["section"]
    rows = with_new(rows, lambda row: f"New {row['image file']}: {row['alt text']}")
    ran = book.apply(book.sheet(rows))
    assert ran.code == 0, ran.said
    assert (ran.code, ran.said.splitlines()[-1]) == (
        0,
        "9 rows: 9 applied, 0 done already, 0 unchanged, 0 refused",
    )
    texts = {
        name: data.decode() for name, data in book.texts().items() if "png" not in name
    }
    assert texts["part.txt"].count(":alt: New c.png: Part") == 1
    assert texts["more.md"].count("![New a.png: Inline](a.png)") == 2
    assert "image:: b.png\n   :alt: New b.png:" in texts["index.rst"]
    assert [row["alt text"] for row in book.rows()] == [
        " ".join(row["new alt text"].split()) for row in rows
    ]


def test_parts_that_are_included(sheets: Make) -> None:
    """A part of a file has other lines, and is the same place as in the whole."""
    index = "B\n=\n\n.. include:: x.txt\n   :start-after: start\n   :end-before: end\n"
    part = "Before\n\n.. start\n\n.. figure:: a.png\n\n   C\n\n.. end\n\nAfter\n"
    more = "M\n=\n\n.. include:: x.txt\n"
    book = sheets(
        {"index.rst": index + "\n.. toctree::\n\n   more\n", "x.txt": part}
        | {"more.rst": more},
        exclude_patterns=["*.txt"],
    )
    rows = book.rows()
    assert len(rows) == 2
    rows[0]["new alt text"] = "New"
    assert book.apply(book.sheet(rows)).code == 0
    changed = part.replace("a.png\n", "a.png\n   :alt: New\n")
    assert book.texts()["x.txt"].decode() == changed
    assert [row["alt text"] for row in book.rows()] == ["New", "New"]
    rows = book.rows()
    rows[0]["new alt text"], rows[1]["new alt text"] = "This", "That"
    ran = book.apply(book.sheet(rows))
    assert "2 refused" in ran.said
    assert book.texts()["x.txt"].decode() == changed


def test_what_others_made(sheets: Make) -> None:
    """Pictures that no source says the text of are refused, with what to do."""
    extension = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Made(Directive):
    def run(self):
        return [nodes.figure("", nodes.image(uri="b.png", alt="Made"), nodes.caption("", "C"))]

def setup(app):
    app.add_directive("made", Made)
"""
    book = sheets(
        {
            "index.rst": "B\n=\n\n.. made::\n\n.. figure:: a.png\n   :alt: Mine\n\n   D\n",
            "ours.py": extension,
        }
    )
    settings = book.source / "conf.py"
    text = settings.read_text().replace("'myst_parser'", "'ours'")
    settings.write_text(f"import sys; sys.path.insert(0, {str(book.source)!r})\n{text}")
    rows = with_new(book.rows(), {"a.png": "New", "b.png": "Other"})
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert "another extension or a setting made the picture" in ran.said
    assert ":alt: New" in book.texts()["index.rst"].decode()


def test_translations(sheets: Make) -> None:
    book = sheets(BOOK, language="de", locale_dirs=["locale"])
    catalog = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "One thing"
msgstr "Ein Ding"
"""
    write_tree(book.source, {"locale/de/LC_MESSAGES/index.po": catalog})
    rows = with_new(book.rows(), {"a.png": "Anderes"})
    assert rows[0]["alt text"] == "Ein Ding"
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert 'the source has "One thing", but the book has "Ein Ding"' in ran.said
    assert "catalog" in ran.said
    assert "One thing" in book.texts()["index.rst"].decode()


def test_proof(sheets: Make) -> None:
    """An edit that would do more than it is asked leaves the file as it was."""
    extension = """
def setup(app):
    def read(app, docname, content):
        content[0] = content[0].replace("Magic", "Trick\\n\\n   Words")
    app.connect("source-read", read)
"""
    book = sheets({**BOOK, "figlist_test_trick.py": extension})
    settings = book.source / "conf.py"
    text = settings.read_text().replace("['sphinx", "['figlist_test_trick', 'sphinx")
    settings.write_text(f"import sys; sys.path.insert(0, {str(book.source)!r})\n{text}")
    rows = with_new(book.rows(), {"a.png": "Magic", "b.png": "Two"})
    before = book.texts()
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert "the file stays unchanged" in ran.said
    assert book.texts()["index.rst"] == before["index.rst"]
    assert ":alt: Two" in book.texts()["more.md"].decode()


def test_help(sheets: Make) -> None:
    book = sheets(BOOK)
    for arguments in (["--help"], ["apply", "--help"], ["compare", "--help"]):
        with pytest.raises(SystemExit) as stopped:
            book.run(*arguments)
        assert stopped.value.code == 0
    with pytest.raises(SystemExit) as stopped:
        book.run("apply")
    assert stopped.value.code == 2


def test_conf_elsewhere(sheets: Make) -> None:
    book = sheets(BOOK)
    rows = with_new(book.rows(), {"a.png": "New"})
    settings = book.folder / "settings"
    settings.mkdir()
    (book.source / "conf.py").rename(settings / "conf.py")
    sheet = book.sheet(rows)
    options = ["--source", book.source, "-c", settings, "-t", "x", "-D", "numfig=1"]
    (pickled,) = book.folder.rglob("environment.pickle")
    doctrees = pickled.parent
    kept = {path: path.read_bytes() for path in doctrees.rglob("*") if path.is_file()}
    ran = book.run("apply", sheet, *options, "--doctrees", doctrees)
    assert ran.code == 0
    assert "+   :alt: New" in ran.out
    assert kept == {p: p.read_bytes() for p in doctrees.rglob("*") if p.is_file()}
    assert read(sheet)[0]["new alt text"] == "New"
