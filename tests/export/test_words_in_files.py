"""What files say of a book, in the words that its readers see: in rST and in MyST."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import openpyxl
import pytest
from docutils import nodes
from markdown_it import MarkdownIt
from support import (
    Built,
    build,
    conf,
    main_content,
    own_files,
    png,
    same_bytes,
    text,
    touch_now,
    write_tree,
)

from sphinxext_figlist.assemble.credits import credit
from sphinxext_figlist.config.choices import CREDIT_PATTERNS
from sphinxext_figlist.export.plain import plain
from sphinxext_figlist.read.content import freeze

RST = """\
Gas: CO\\ :sub:`2`
=================

.. figure:: a.png
   :name: powers
   :alt: Cells.
   :width: 3in

   **10**\\ :sup:`9`: cells, CO\\ :sub:`2`, x\\ :sup:`a,b`, H\\ :sub:`n+1` and 5\\ :sup:`th`.

.. figure:: a.png
   :name: typed
   :alt:

   Figure 7: Cliffs are white.

.. figure:: a.png
   :name: source
   :alt: A map.

   Map of the town (Source: County Archive).

.. figure:: a.png
   :name: runs-on

   **Width** and **height** set the canvas.

.. figure:: a.png

.. figure:: a.png
   :name: half
   :alt: Left.
   :width: 50%

   Halves.

   .. image:: b.png
"""

MYST = """\
# Gas: CO{sub}`2`

```{figure} a.png
:name: powers
:alt: Cells.
:width: 3in

**10**{sup}`9`: cells, CO{sub}`2`, x{sup}`a,b`, H{sub}`n+1` and 5{sup}`th`.
```

```{figure} a.png
:name: typed
:alt:

Figure 7: Cliffs are white.
```

```{figure} a.png
:name: source
:alt: A map.

Map of the town (Source: County Archive).
```

```{figure} a.png
:name: runs-on
:alt: " "

**Width** and **height** set the canvas.
```

```{figure} a.png
```

```{figure} a.png
:name: half
:alt: Left.
:width: 50%

Halves.
```
"""


class Files(NamedTuple):
    """What a build wrote."""

    built: Built
    markdown: str
    data: dict[str, Any]
    rows: list[dict[str, str]]
    workbook: Any


def files_of(folder: Path, name: str, words: str, **settings: Any) -> Files:
    values = {"extensions": ["myst_parser", "sphinxext_figlist"], "project": "Gases"}
    source = write_tree(
        folder / "book",
        {
            "conf.py": conf(**{**values, **settings}),
            name: words,
            "a.png": png(width=600, height=300),
            "b.png": png(1),
        },
    )
    built = build(source, folder / "out", builder="figlist", allow=["toctree"])
    stem = built.out / "FIGURE_LIST"
    with stem.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return Files(
        built,
        stem.with_suffix(".md").read_text("utf-8"),
        json.loads(stem.with_suffix(".json").read_text("utf-8")),
        rows,
        openpyxl.load_workbook(stem.with_suffix(".xlsx")),
    )


@pytest.fixture(scope="module", params=["index.rst", "index.md"])
def files(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Files:
    words = RST if request.param.endswith("rst") else MYST
    return files_of(
        tmp_path_factory.mktemp("words"),
        request.param,
        words,
        figlist_text_width="5in",
        version="2.1",
    )


def test_superscripts_and_subscripts(files: Files) -> None:
    row = files.rows[0]
    assert row["title"] == "10⁹"
    assert row["caption"] == "10⁹: cells, CO₂, x^(a,b), Hₙ₊₁ and 5ᵗʰ."
    assert {row["chapter title"] for row in files.rows} == {"Gas: CO₂"}
    assert "## Gas: CO₂\n" in files.markdown
    assert "CO<sub>2</sub>, x<sup>a,b</sup>" in files.markdown


def test_titles(files: Files) -> None:
    titles = [row["title"] for row in files.rows]
    assert titles[1:] == ["", "", "", "", ""]
    assert [figure["title"] for figure in files.data["chapters"][0]["figures"]][1:] == [
        None
    ] * 5
    assert [line for line in files.markdown.splitlines() if line[:4] == "### "] == [
        "### **10**<sup>9</sup>",
        "### Cliffs are white.",
        "### Map of the town (Source: County Archive).",
        "### **Width** and **height** set the canvas.",
        "### Untitled (a.png)",
        "### Halves.",
    ]
    # In files the caption is whole.
    assert "**Caption**: Figure 7: Cliffs are white.\n" in files.markdown
    assert "**Caption**: **Width** and **height** set the canvas.\n" in files.markdown


def test_credits_in_brackets(files: Files) -> None:
    assert [row["credit"] for row in files.rows] == [
        *("", "", "(Source: County Archive)"),
        *("", "", ""),
    ]


def test_alt_status(files: Files) -> None:
    status = [row["alt status"] for row in files.rows]
    # A picture in a legend is none of the figure's.
    assert status == ["text", "decorative", "text", "missing", "missing", "text"]
    assert [row["alt text"] for row in files.rows][1:4] == ["", "A map.", ""]
    assert files.markdown.count("**Alt Text**: (decorative)\n") == 1
    assert files.markdown.count("**Alt Text**:") == 4
    alts = [
        (image["alt"], image["decorative"])
        for figure in files.data["chapters"][0]["figures"]
        for image in figure["images"]
    ]
    assert alts[:5] == [
        ("Cells.", False),
        ("", True),
        ("A map.", False),
        (None, False),
        (None, False),
    ]


def test_printed_widths(files: Files) -> None:
    columns = ("pixel width", "printed width (inches)", "pixels per inch")
    assert [tuple(row[name] for name in columns) for row in files.rows] == [
        ("600", "3.00", "200"),
        *[("600", "5.00", "120")] * 4,
        ("600", "2.50", "240"),
    ]


def test_workbook(files: Files) -> None:
    assert files.workbook.sheetnames[0] == "Figures"
    sheet = files.workbook["Figures"]
    head = [cell.value for cell in sheet[1]]
    columns = {name: place for place, name in enumerate(head)}
    shaded = [
        {
            name
            for name, place in columns.items()
            if row[place].fill.fgColor.rgb not in {"00000000", None}
        }
        for row in sheet.iter_rows(min_row=2)
    ]
    alt = {"alt text", "alt status"}
    assert shaded == [set(), set(), set(), alt, {*alt, "caption"}, set()]
    [choice] = sheet.data_validations.dataValidation
    letter = sheet.cell(1, columns["permission"] + 1).column_letter
    assert str(choice.sqref) == f"{letter}2:{letter}7"
    assert choice.formula1 == '"not needed,requested,granted,refused"'
    about = dict(files.workbook["About"].iter_rows(values_only=True))
    assert about["Book"] == "Gases"
    assert about["Version"] == "2.1"
    assert (about["Entries"], about["Chapters"]) == ("6", "1")
    assert (about["Without a caption"], about["Without alt text"]) == ("1", "2")
    assert set(head) <= about.keys()
    assert all(about[name] for name in head)


@pytest.mark.parametrize("width", ["5", "wide", "", "5 %", "0in", 5, ["5in"]])
def test_a_bad_text_width(tmp_path: Path, width: Any) -> None:
    with pytest.raises(Exception, match=r"figlist_text_width: .* must be a length"):
        files_of(tmp_path, "index.rst", RST, figlist_text_width=width)


# -- the book's name --------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "line", "name"),
    [
        ({"project": "A\\"}, "_A\\\\_", "A\\"),
        ({"project": "a_b*c*"}, r"_a_b\*c\*_", "a_b*c*"),
        ({"project": "_x_"}, r"_\_x\__", "_x_"),
        ({"project": " B "}, "_B_", "B"),
        ({"project": "Project name not set", "html_title": "Jet"}, "_Jet_", "Jet"),
        ({"project": "Project name not set"}, None, None),
        ({"project": "Project name not set", "language": "de"}, None, None),
        ({"project": "", "html_title": "Jet"}, None, None),
        ({"project": "Own", "html_title": "Jet"}, "_Own_", "Own"),
    ],
)
def test_the_name_of_the_book(
    tmp_path: Path, settings: dict[str, Any], line: str | None, name: str | None
) -> None:
    files = files_of(tmp_path, "index.md", MYST, **settings)
    lines = files.markdown.splitlines()
    if line is None:
        assert lines[2].startswith("**")
    else:
        tokens = MarkdownIt().parseInline(lines[2])[0].children or []
        assert [token.type for token in tokens] == ["em_open", "text", "em_close"]
        assert tokens[1].content == name
    assert (lines[2] if line else None) == line or "_" in str(line)
    assert files.data["project"] == name
    about = dict(files.workbook["About"].iter_rows(values_only=True))
    assert about["Book"] == name


def test_a_new_title_of_the_pages(tmp_path: Path) -> None:
    settings: dict[str, Any] = {"project": "Project name not set", "html_title": "One"}
    files_of(tmp_path, "index.md", MYST, **settings)
    files = files_of(tmp_path, "index.md", MYST, **{**settings, "html_title": "Two"})
    assert files.data["project"] == "Two"


# -- chapters ---------------------------------------------------------------------


def test_a_chapter_in_two_groups_is_one(tmp_path: Path) -> None:
    fig = ".. figure:: /a.png\n\n   Words.\n\n"
    source = write_tree(
        tmp_path / "book",
        {
            "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
            "index.rst": f"Top\n===\n\n{fig}.. toctree::\n   :numbered:\n\n   one\n   two\n\n{fig}",
            "one.rst": f"One\n===\n\n{fig}",
            "two.rst": f"Two\n===\n\n{fig}",
            "a.png": png(),
        },
    )
    built = build(source, tmp_path / "out", builder="figlist")
    data = json.loads((built.out / "FIGURE_LIST.json").read_text("utf-8"))
    assert [chapter["title"] for chapter in data["chapters"]] == [
        *("Top", "One", "Two", "Top"),
    ]
    assert data["totals"] == {"figures": 4, "chapters": 3}
    said = (built.out / "FIGURE_LIST.md").read_text("utf-8")
    assert said.endswith("_Total: 4 figures across 3 chapters_\n")
    assert "4 figures in 3 chapters" in built.status


# -- credits ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("A map (Source: X)", "(Source: X)"),
        ("A map (Source: X).", "(Source: X)"),
        ("A map [Photo: A. B. Smith, 2020 (archive)]. ", "[Photo: A. B. Smith, 2020 (archive)]"),
        ("地图（Source: X）。", "（Source: X）"),
        ("A map (left) and (Courtesy of Y)", "(Courtesy of Y)"),
        ("A map. Source: X (2020).", "Source: X (2020)."),
        ("A map (Source: X) of it.", ""),
        ("A map (of the source: X).", ""),
        ("A map (Source: X", ""),
        ("A map Source: X)", ""),
        ("A map (left).", ""),
    ],
)  # fmt: skip
def test_closing_credits(words: str, wanted: str) -> None:
    assert credit((words,), CREDIT_PATTERNS) == ((wanted,) if wanted else ())


def test_a_credit_in_brackets_keeps_its_markup() -> None:
    content = freeze(
        [
            nodes.Text("A map (Source: "),
            nodes.emphasis("", "The Times"),
            nodes.Text(", 2020)."),
        ],
        "page",
    )
    found = credit(content, CREDIT_PATTERNS)
    assert [item if isinstance(item, str) else item[2] for item in found] == [
        "(Source: ",
        ("The Times",),
        ", 2020)",
    ]


# -- plain text -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((("sup", "9"),), "10⁹"),
        ((("sup", "-9"),), "10⁻⁹"),
        ((("sup", "\u22129"),), "10⁻⁹"),
        ((("sup", "(n+1)"),), "10⁽ⁿ⁺¹⁾"),
        ((("sub", "2"), ("sup", "+")), "10₂⁺"),
        ((("sup", "*"),), "10^*"),
        ((("sup", "q"),), "10^q"),
        ((("sub", "a,b"),), "10_(a,b)"),
        ((("sub", "q"),), "10_q"),
        ((("sup", " 2 "), ), "10 ²"),
        ((("sup", ""),), "10"),
        ((("sub", "中"),), "10_中"),
    ],
)  # fmt: skip
def test_plain_text(parts: tuple[tuple[str, str], ...], wanted: str) -> None:
    kinds = {"sup": nodes.superscript, "sub": nodes.subscript}
    content: list[nodes.Node] = [nodes.Text("10")]
    content += [kinds[kind]("", words) for kind, words in parts]
    assert plain(content) == wanted


# -- control characters -----------------------------------------------------------


def test_control_characters_in_an_epub(tmp_path: Path) -> None:
    hostile = "Be\x08ll\x1b, \x0cpage, \x01one\ufffe"
    text_ = (
        "Book\n====\n\n.. figlist::\n   :fields: title caption alt legend\n\n"
        f".. figure:: a.png\n   :alt: {hostile}\n\n   {hostile}: words.\n\n   {hostile}\n"
    )
    source = write_tree(
        tmp_path / "book",
        {
            "conf.py": conf(
                extensions=["sphinxext_figlist"],
                project="Book",
                version="1",
                copyright="2020",
                epub_show_urls="no",
            ),
            "index.rst": text_,
            "a.png": png(),
        },
    )
    built = build(source, tmp_path / "out", builder="epub", allow=None)
    nav = ElementTree.parse(built.out / "nav.xhtml")
    said = "".join(nav.getroot().itertext())
    assert "Bell, page, one" in " ".join(said.split())
    html = build(source, tmp_path / "html", allow=None)
    lists = [
        element
        for element in main_content(html.out / "index.html").iter()
        if "figlist" in str(element.get("class", "")).split()
    ]
    words = text(lists[0])
    assert words.count("Bell, page, one") == 3
    assert not {"\x08", "\x1b", "\x01"} & set("".join(lists[0].itertext()))


# -- never stale ------------------------------------------------------------------


def test_files_follow_alts_and_pictures(tmp_path: Path) -> None:
    """Also where a picture's size stays, and where an empty alt text comes or goes."""
    source = write_tree(
        tmp_path / "book",
        {
            "conf.py": conf(extensions=["sphinxext_figlist"]),
            "index.rst": "Book\n====\n\n.. figure:: a.png\n\n   Words.\n",
            "a.png": png(1),
        },
    )

    def files() -> dict[str, bytes]:
        build(source, tmp_path / "out", builder="figlist")
        clean = build(source, tmp_path / "clean", builder="figlist", fresh=True)
        wanted = own_files(clean.out)
        assert same_bytes(own_files(tmp_path / "out"), wanted) == []
        return wanted

    before = files()
    (source / "a.png").write_bytes(png(2))
    touch_now(source / "a.png")
    after = files()
    changed = {name for name in after if after[name] != before[name]}
    assert "FIGURE_LIST.json" in changed
    assert "FIGURE_LIST.md" not in changed
    index = source / "index.rst"
    for old, new in (("a.png\n", "a.png\n   :alt:\n"), ("   :alt:\n", "")):
        before = after
        index.write_text(index.read_text().replace(old, new))
        touch_now(index)
        after = files()
        changed = {name for name in after if after[name] != before[name]}
        assert {"FIGURE_LIST.md", "FIGURE_LIST.csv", "FIGURE_LIST.json"} <= changed
