"""Files that come back as sheets and drafts, and are something else, or far too much."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from support import build
from support.books.hostile import ACTIVE, TEXTS
from support.sheets import Ran, Sheets, with_new, written

Make = Callable[..., Sheets]

BOOK = {
    "index.rst": "Book\n====\n\n.. figure:: a.png\n   :alt: One thing\n\n   A thing\n"
}

#: A parser that follows these reads a file of the machine, or fills its memory.
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "{}">'.format("ha" * 100)
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    + '<!ENTITY e "&a8;">]>'
)


@pytest.fixture
def book(sheets: Make) -> Sheets:
    return sheets(BOOK)


def workbook(book: Sheets) -> Path:
    """The workbook of the book, as an editor has filled it in."""
    build(book.source, book.folder / "out", builder="figlist", allow=None, fresh=True)
    path = book.folder / "sheet.xlsx"
    whole = openpyxl.load_workbook(book.folder / "out" / "FIGURE_LIST.xlsx")
    sheet = whole["Alt texts"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("new alt text") + 1).value = "Another"
    whole.save(path)
    return path


def changed(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook each of whose parts *change* may change."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return other


def in_sheets(old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if "worksheets/sheet" not in name:
            return data
        return re.sub(
            old, lambda found: found[0] + new, data.decode(), count=1
        ).encode()

    return change


def in_text(doctype: str) -> Callable[[str, bytes], bytes]:
    def change(_name: str, data: bytes) -> bytes:
        if b"Another" not in data:
            return data
        text = data.decode().replace("Another", "&e;")
        at = text.index("<worksheet")
        return f"{text[:at]}{doctype}{text[at:]}".encode()

    return change


def refused(ran: Ran, *, words: str) -> None:
    assert ran.code == 2
    assert ran.out == ""
    assert words in ran.said
    assert "Traceback" not in ran.said
    assert len(ran.said.splitlines()) < 4


@pytest.mark.parametrize("doctype", [ENTITY, LAUGHS], ids=["external", "laughs"])
def test_entities(book: Sheets, doctype: str) -> None:
    secret = book.folder / "secret"
    secret.write_text("hush")
    before = book.texts()
    path = changed(workbook(book), in_text(doctype.replace("{secret}", str(secret))))
    ran = book.apply(path)
    assert ran.code in {1, 2}
    assert "hush" not in ran.out + ran.said
    assert "Traceback" not in ran.said
    assert book.texts() == before


def test_a_file_that_unpacks_to_gigabytes(book: Sheets) -> None:
    path = workbook(book)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file,
        file.open("xl/media/image9.png", "w", force_zip64=True) as part,
    ):
        for _ in range(400):
            part.write(bytes(1_000_000))
    refused(book.apply(path), words="too large")


@pytest.mark.parametrize("form", ["mergeCells", "hyperlinks"])
def test_ranges_of_all_cells(book: Sheets, form: str) -> None:
    kind = {"mergeCells": "mergeCell", "hyperlinks": "hyperlink"}[form]
    whole = f'<{form}><{kind} ref="A1:XFD1048576"/></{form}>'
    path = changed(workbook(book), in_sheets("</sheetData>", whole))
    refused(book.apply(path), words="too large")


def test_a_cell_far_away(book: Sheets) -> None:
    """Somebody has hit Ctrl+End: 17 billion cells, two of them with something in."""
    far = '<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    path = changed(workbook(book), in_sheets(".*(?=</sheetData>)", far))
    ran = book.apply(path)
    assert (ran.code, "1 applied" in ran.said) == (0, True)


def test_macros_and_links_are_not_looked_at(book: Sheets) -> None:
    path = workbook(book)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        file.writestr("../../outside.txt", b"x")
        file.writestr("/tmp/figlist-outside.txt", b"x")
    assert book.apply(path).code == 0
    assert not (book.folder.parent / "outside.txt").exists()
    assert not Path("/tmp/figlist-outside.txt").exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"PK\x03\x04",
        b"PK" + bytes(100),
        b"\xff\xfe",
        b"\xff\xfe\0\0k\0\0\0",
        b"\x00\xd8" * 40,
        b"\xfe\xff\xd8\x00",
        b"\x81\x8d\x8f\x90\x9d",
        b"sep=;\r\n",
        b'"' * 1001,
        b"key,alt text,new alt text\n" + b'"' + b"x" * 11_000_000,
        b"<html><table><tr><td>key</td></tr></table>",
        b"\x1b[31mkey\x1b[0m",
    ],
    ids=repr,
)
@pytest.mark.parametrize("command", ["apply", "compare"])
def test_no_sheet_at_all(book: Sheets, data: bytes, command: str) -> None:
    path = book.folder / "sheet.csv"
    path.write_bytes(data)
    ran = book.apply(path) if command == "apply" else book.run(command, path, path)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.said
    assert not ACTIVE.search(ran.said.replace("\r", ""))


@pytest.mark.parametrize(
    "data",
    [
        "[]",
        "{}",
        "null",
        '"x"',
        '{"chapters": 1}',
        '{"chapters": [1]}',
        '{"chapters": [{"figures": [1]}]}',
        '{"chapters": [], "volume": "x"}',
        '{"chapters": [], "volume": {"id": 1}}',
        '{"chapters": [], "project": ["x"]}',
        '{"chapters": [{"figures": [{"label": ["x"]}]}]}',
        '{"chapters": [{"figures": [{"number": 1}]}]}',
        '{"chapters": [{"figures": [{"images": [{"alt": 1}]}]}]}',
        '{"chapters": [{"figures": [{"images": 5}]}]}',
        '{"chapters": [{"docname": 7, "figures": [{}]}]}',
        "[" * 100_000,
        "\ud800",
    ],
    ids=lambda data: data[:60].encode("unicode_escape").decode(),
)
def test_no_draft_at_all(book: Sheets, data: str) -> None:
    path = book.folder / "draft.json"
    path.write_bytes(data.encode(errors="surrogatepass"))
    refused(book.run("compare", path, path), words="is not a list of figures")


def test_a_draft_of_a_stranger(book: Sheets) -> None:
    """Its Markdown is not ours: what we would not write, does nothing."""
    words = (
        "<script>x</script> <b>y</b> [z](javascript:x) ![](w) **bold** `code`\n\n# h"
    )
    figures = [{"label": "l`\n# h", "title": words, "caption": words, "credit": ""}]
    path = book.folder / "draft.json"
    path.write_text(json.dumps({"chapters": [{"figures": figures}]}))
    other = book.folder / "other.json"
    other.write_text(json.dumps({"chapters": [{"figures": []}]}))
    said = book.run("compare", other, path).out
    assert (
        r"\<script\>x\</script\> \<b\>y\</b\> \[z\](javascript:x) **bold** `code` # h"
        in said
    )
    assert [line for line in said.split("\n") if line.startswith("#")] == [
        "# Changes in the figures",
        "## Added",
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_comments_and_keys_on_the_console(book: Sheets, name: str) -> None:
    """What an editor wrote is shown; a terminal obeys none of it."""
    [row] = book.rows()
    words = TEXTS[name]
    row["comment"] = words
    row["decorative"] = words
    ran = book.apply(book.sheet([row, {**row, "key": words, "decorative": ""}]))
    assert ran.code == 1
    assert not ACTIVE.search(ran.said.replace("\r", ""))
    assert "comments:" in ran.said


@pytest.mark.parametrize("name", TEXTS)
def test_new_texts(sheets: Make, name: str) -> None:
    """A text gets into the sources and comes back from them, or is refused."""
    book = sheets(
        {**BOOK, "more.md": "# More\n\n![a](b.png)\n\n```{image} c.png\n```\n"}
    )
    before = book.texts()
    rows = [{**row, "new alt text": TEXTS[name]} for row in book.rows()]
    ran = book.apply(book.sheet(rows), write=False)
    assert not ACTIVE.search(ran.said.replace("\r", ""))
    assert book.texts() == before
    ran = book.apply(book.sheet(rows))
    after = {row["image file"]: row["alt text"] for row in book.rows()}
    refused = len(re.findall("^refused: ", ran.said, re.MULTILINE))
    assert ran.code == bool(refused)
    left = [alt for alt in after.values() if alt in {"One thing", "a", ""}]
    assert len(left) == refused
    wanted = " ".join(TEXTS[name].replace("\u2028", " ").replace("\u2029", " ").split())
    for alt in set(after.values()) - set(left):
        assert alt.replace("'", "") == wanted.replace("'", "")
    changed = {path for path, text in book.texts().items() if before[path] != text}
    assert changed <= {"index.rst", "more.md"}


# -- outside the source folder --------------------------------------------------------


@pytest.mark.parametrize("way", ["included", "linked", "linked-folder"])
def test_nothing_is_written_outside(sheets: Make, way: str) -> None:
    text = ".. image:: /a.png\n   :alt: One\n"
    included = {
        "included": ".. include:: ../outside/x.rst",
        "linked": ".. include:: link.txt",
        "linked-folder": ".. include:: folder/x.rst",
    }[way]
    book = sheets(
        {"index.rst": "Book\n====\n"},
        figlist_pictures="all",
        exclude_patterns=["folder"],
    )
    outside = book.folder / "outside"
    outside.mkdir()
    (outside / "x.rst").write_text(text)
    (book.source / "index.rst").write_text(f"Book\n====\n\n{included}\n")
    if way == "linked":
        (book.source / "link.txt").symlink_to(outside / "x.rst")
    elif way == "linked-folder":
        (book.source / "folder").symlink_to(outside)
    rows = with_new(book.rows(), lambda _: "Another")
    assert len(rows) == 1
    ran = book.apply(book.sheet(rows))
    assert ran.code == 1
    assert ran.out == ""
    assert "outside the source folder" in ran.said
    assert (outside / "x.rst").read_text() == text
    assert sorted(path.name for path in outside.iterdir()) == ["x.rst"]


def test_csv_bombs_of_columns(book: Sheets) -> None:
    [row] = book.rows()
    row["new alt text"] = "Another"
    more = {f"x{number}": "y" for number in range(50_000)}
    path = book.folder / "sheet.csv"
    path.write_bytes(written([{**row, **more}]))
    assert book.apply(path).code == 0
