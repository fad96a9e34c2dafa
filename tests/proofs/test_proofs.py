"""Page numbers: those of the PDF, or none; never those of another one."""

from __future__ import annotations

import csv
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pypdf import PdfReader
from sphinx.errors import ConfigError
from support import (
    Built,
    Lab,
    build,
    by_class,
    conf,
    lacking,
    load_seed,
    main_content,
    pages_written,
    png,
    same_output,
    stamps,
    text,
    touch_now,
    write_tree,
)
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    section,
    toc,
    volumes,
)

from sphinxext_figlist.config import PageSource
from sphinxext_figlist.proofs import aux, pages, table

# -- .aux files -------------------------------------------------------------------

AUX = r"""
\relax
\providecommand\hyper@newdestlabel[2]{}
\gdef\newlabel#1#2{\newlabelxx{#1}#2}
\@writefile{lof}{\contentsline {figure}{\numberline {1.1}{\ignorespaces A}}{3}{}\protected@file@percent }
\newlabel{one:fig-a}{{1.1}{3}{A caption with {braces} and \textbf {bold}}{figure.caption.1}{}}
\newlabel{one:fig-b}{{1.10}{xii}{}{figure.caption.2}{}}
\newlabel{plain}{{4}{9}}
\newlabel{broken}{{5}}
\newlabel{starred}{{\relax 2.3}{{\rmfamily 17}}{an \} escaped \{ brace}{x}{}}
\newlabel{twice}{{1}{4}{}{}{}}
\newlabel{twice}{{1}{5}{}{}{}}
\newlabel{same}{{1}{4}{}{}{}}
\newlabel{same}{{1}{4}{}{}{}}
\gdef\figlistfingerprint{0123abcd}
\gdef \@abspage@last{31}
"""


def test_aux() -> None:
    read = aux.read(AUX)
    assert read.fingerprint == "0123abcd"
    assert {name: (p.number, p.page) for name, p in read.places.items()} == {
        "one:fig-a": ("1.1", "3"),
        "one:fig-b": ("1.10", "xii"),
        "plain": ("4", "9"),
        "starred": ("2.3", "17"),
        "same": ("1", "4"),
    }


@pytest.mark.parametrize("cut", range(0, len(AUX), 7))
def test_aux_that_breaks_off(cut: int) -> None:
    whole, part = aux.read(AUX).places, aux.read(AUX[:cut]).places
    assert {n: p for n, p in part.items() if n != "twice"}.items() <= whole.items()


# -- tables -----------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_table(delimiter: str, end: str) -> None:
    lines = [["Label", "note", " PAGE "], ["fig-a", "x", "12"], ["fig-b", "", ""]]
    rows = table.read(end.join(delimiter.join(line) for line in lines))
    assert rows == [table.Row("fig-a", "", "", "12")]


@pytest.mark.parametrize(
    "words", ["", "label\nx", "page\n3", "a,b\n1,2", '"label,page']
)
def test_no_table(words: str) -> None:
    assert table.read(words) is None


def load(path: Path, words: str, *, shared: bool = False, volume: str = "1") -> Any:
    path.write_text(words, "utf-8-sig")
    source = PageSource(volume=volume, given=path.name, path=path, shared=shared)
    return pages.load(source, frozenset(), dict)


def figure(*names: str) -> Any:
    return cast("Any", SimpleNamespace(names=names, ids=names, docname="d", id="x"))


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("label,page\nfig-a,7", "7"),
        ("label,page\nFig-A,7", "7"),
        ("number,page\n1.2,8", "8"),
        ("number,page\n1.20,8", None),
        ("label,number,page\nfig-a,1.2,9", "9"),
        # It had another number when this was proofread.
        ("label,number,page\nfig-a,1.1,9", None),
        ("label,page\nfig-a,7\nfig-a,8", None),
        ("label,page\nfig-a,7\nfig-a,7", "7"),
        ("label,number,page\nfig-b,1.2,9", None),
        ("volume,number,page\n2,1.2,9\n1,1.2,5", "5"),
    ],
)
def test_table_gives(tmp_path: Path, words: str, page: str | None) -> None:
    found = load(tmp_path / "p.csv", words).place(figure("fig-a"), "1.2")
    assert (found and found.page) == page


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("number,page\n1.2,8", "volumes"),
        ("volume,number,page\n1,1.2,8", ""),
        ("label,page\nfig-a,8", ""),
    ],
)
def test_a_table_for_all_volumes(tmp_path: Path, words: str, problem: str) -> None:
    assert load(tmp_path / "p.csv", words, shared=True).problem == problem


# -- configuration ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("book.pdf", ["'book.pdf'", ".aux", ".csv"]),
        (7, ["7", "no path"]),
        ("", ["''", "no path"]),
        ({"1": "a.aux"}, ["'1'", "there are none"]),
        ({"1": None}, ["None"]),
        ("a\0b.aux", ["no path"]),
        ({1: "a.aux", "1": "b.aux"}, ["twice"]),
    ],
)
def test_bad_value(tmp_path: Path, value: object, named: list[str]) -> None:
    source = book(tmp_path, {"index.rst": doc("Top")}, figlist_page_numbers=value)
    with pytest.raises(ConfigError) as error:
        build(source, tmp_path / "out")
    assert "figlist_page_numbers" in str(error.value)
    for words in named:
        assert words in str(error.value)


# -- real PDFs --------------------------------------------------------------------


def make_pdf(
    source: Path, folder: Path, doctrees: Path | None = None, allow: Sequence[str] = ()
) -> Built:
    """A LaTeX build into *folder*, and the PDFs of all its documents."""
    if not (shutil.which("latexmk") and shutil.which("pdflatex")):
        lacking("latexmk and pdflatex")
    built = build(source, folder, builder="latex", doctrees=doctrees, allow=allow)
    run = subprocess.run(
        ["make", "-C", folder, "all-pdf", "LATEXMKOPTS=-silent"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-2000:]
    for log in folder.glob("*.log"):
        words = log.read_text("latin-1")
        assert "undefined references" not in words
        assert "multiply" not in words
    return built


def pictures_on_pages(pdf: Path) -> dict[bytes, str]:
    """On which page, as it is numbered, a PDF shows each picture (its packed pixels)."""
    reader = PdfReader(pdf)
    found = {}
    for page, label in zip(reader.pages, reader.page_labels, strict=True):
        resources = cast("Any", page["/Resources"])
        for picture in resources.get("/XObject", {}).values():
            stream = picture.get_object()
            if stream.get("/Subtype") == "/Image":
                found[stream._data] = label
    return found


def packed_pixels(picture: Path) -> bytes:
    """What pdfTeX copies of a PNG as it is."""
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return packed


def pages_in(folder: Path) -> dict[str, str | None]:
    """The pages in the JSON files of *folder*, by label or id."""
    return {
        figure["label"] or figure["id"]: figure["page"]
        for path in sorted(folder.glob("*.json"))
        for chapter in json.loads(path.read_bytes())["chapters"]
        for figure in chapter["figures"]
    }


@pytest.mark.seed
@pytest.mark.latex
@pytest.mark.parametrize("numbered", [True, False], ids=["all-numbered", "as-it-is"])
@pytest.mark.parametrize("count", [1, 2], ids=["one-volume", "two-volumes"])
def test_reference_book(tmp_path: Path, count: int, numbered: bool) -> None:
    """All 175 pages are those on which the PDF shows the pictures."""
    source = tmp_path / "book"
    load_seed().write_book(source, "mixed", count, bibtex=False, conf=True)
    files = {str(n): f"../pdf/vol{n}.aux" for n in range(1, count + 1)}
    with (source / "conf.py").open("a") as file:
        file.write(f"figlist_page_numbers = {files!r}\n")
        file.write(f"figlist_number_uncaptioned = {numbered}\n")
        # Chapters begin where they are, and the front matter has pages of its own.
        file.write("latex_elements = {'extraclassoptions': 'openany,oneside'}\n")
    unnumbered = ["Any number is not assigned"]  # plain Sphinx, on its references
    make_pdf(source, tmp_path / "pdf", allow=() if numbered else unnumbered)
    build(source, tmp_path / "out", builder="figlist", warning_is_error=True)

    shown: dict[bytes, str] = {}
    for pdf in (tmp_path / "pdf").glob("*.pdf"):
        shown |= pictures_on_pages(pdf)
    entries = [
        figure
        for path in sorted((tmp_path / "out").glob("*.json"))
        for chapter in json.loads(path.read_bytes())["chapters"]
        for figure in chapter["figures"]
    ]
    wanted = [
        shown[packed_pixels(source / figure["images"][0]["path"])] for figure in entries
    ]
    assert len(wanted) == 175
    assert [figure["page"] for figure in entries] == wanted
    assert len(set(wanted)) > 20
    tables = []
    for path in sorted((tmp_path / "out").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            tables += [row["page"] for row in csv.DictReader(lines)]
    assert tables == wanted


KINDS = {
    "index.rst": doc("Top", toc("one", "two", numbered=True), figlist(fields="page")),
    "one.rst": doc(
        "One",
        fig("plain"),
        bare("bare"),
        ".. figure:: /nameless.png\n",
        "\n\n".join(["Words that fill a page with more and more of them. " * 40] * 6),
        section(
            "Places",
            fig("aside", align="right", width="30%"),
            "Text beside it. " * 40,
            ".. note::\n\n" + bare("in-note").replace("\n", "\n   ").join(["   ", ""]),
            ".. list-table::\n\n   * - Cell\n     - .. figure:: /p.png\n          :name: fig-cell\n",
            bare("bare-aside", align="left", width="3cm"),
            "Text beside this one. " * 40,
        ),
    ),
    "two.rst": doc(
        r"Two & more\_ #things", "See :numref:`fig-plain`.", fig("späte"), bare("last")
    ),
    "nameless.png": png(9),
}


SHARED = pytest.mark.parametrize(
    "printed", [True, False], ids=["shared", "own-doctrees"], indirect=True
)


@pytest.fixture
def printed(request: pytest.FixtureRequest, tmp_path: Path) -> Lab:
    """A book with a PDF; its builders share doctrees, or each has its own."""
    settings = {
        "project": "Pages",
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "latex_documents": [("index", "book.tex", "Pages", "Nobody", "manual")],
        "figlist_page_numbers": "../pdf/book.aux",
        "show_warning_types": True,
    }
    lab = Lab(
        root=tmp_path, files={"conf.py": conf(**settings), "p.png": png(), **KINDS}
    )
    if not getattr(request, "param", False):
        lab.doctrees = None  # type: ignore[assignment]
    make_pdf(lab.source, tmp_path / "pdf", lab.doctrees)
    return lab


def lists(lab: Lab, builder: str = "figlist", **options: Any) -> Built:
    return build(
        lab.source,
        lab.root / builder,
        builder=builder,
        doctrees=lab.doctrees,
        **options,
    )


@pytest.mark.latex
@SHARED
def test_every_figure_has_its_page(printed: Lab) -> None:
    """Without label, caption or number too: in notes, in tables, beside the text."""
    lists(printed)
    found = pages_in(printed.root / "figlist")
    assert all(found.values()), found
    assert found["fig-plain"] == found["fig-bare"]
    assert found["fig-last"] != found["fig-plain"]
    words = {
        label: page.extract_text()
        for page, label in zip(
            PdfReader(printed.root / "pdf" / "book.pdf").pages,
            PdfReader(printed.root / "pdf" / "book.pdf").page_labels,
            strict=True,
        )
    }
    for name in ("plain", "aside", "späte"):
        page = found[f"fig-{name}"]
        assert page is not None
        # Justified lines may be torn apart.
        assert f"Thecaptionof{name}" in re.sub(r"\s", "", words[page])


@pytest.mark.latex
def test_html_shows_them(printed: Lab) -> None:
    lists(printed, "html", warning_is_error=True)
    lists(printed)
    fields = by_class(
        main_content(printed.root / "html" / "index.html"), "figlist-page"
    )
    found = pages_in(printed.root / "figlist")
    assert [text(field) for field in fields] == [f"Page: {p}" for p in found.values()]


def printed_pages(pdf: Path) -> list[bytes]:
    """What a PDF prints, page by page."""
    return [
        contents.get_data()
        for page in PdfReader(pdf).pages
        if (contents := page.get_contents()) is not None
    ]


@pytest.mark.latex
def test_labels_move_nothing(printed: Lab) -> None:
    """What the setting adds to the LaTeX is seen on no page."""
    path = printed.source / "conf.py"
    words = path.read_text("utf-8").replace("figlist_page_numbers", "_unused")
    path.write_text(words + "today = 'now'\n", "utf-8")
    make_pdf(printed.source, printed.root / "plain")
    path.write_text(
        words.replace("_unused", "figlist_page_numbers") + "today = 'now'\n"
    )
    make_pdf(printed.source, printed.root / "marked")
    plain, marked = (
        printed_pages(printed.root / n / "book.pdf") for n in ("plain", "marked")
    )
    assert len(plain) > 5
    assert plain == marked


#: What moves figures to other pages, though labels and numbers stay.
EDITS: dict[str, dict[str, str | bytes]] = {
    "prose": {"one.rst": str(KINDS["one.rst"]) + "\n\nOne paragraph more.\n"},
    "picture": {"p.png": png(1, width=900, height=1200)},
    "configuration": {},
}


@pytest.mark.latex
@pytest.mark.parametrize(
    ("edit", "builder"),
    [
        ("prose", "figlist"),
        ("prose", "html"),
        ("picture", "figlist"),
        ("configuration", "html"),
    ],
)
def test_stale(printed: Lab, edit: str, builder: str) -> None:
    """The pages go, with one warning, and come back with the next PDF."""
    lists(printed, builder)
    before = stamps(printed.root / builder)
    write_tree(printed.source, EDITS[edit])
    if edit == "configuration":
        with (printed.source / "conf.py").open("a") as file:
            file.write("latex_elements = {'pointsize': '12pt'}\n")
    built = lists(printed, builder, allow=None)
    [warning] = built.warnings.splitlines()
    assert "../pdf/book.aux" in warning
    assert "-M latexpdf" in warning
    assert "[figlist.page_numbers]" in warning
    if builder == "html":
        index = printed.root / "html" / "index.html"
        assert by_class(main_content(index), "figlist-page") == []
        assert "index" in pages_written(before, stamps(printed.root / "html"))
    else:
        assert set(pages_in(printed.root / "figlist").values()) == {None}

    make_pdf(printed.source, printed.root / "pdf", printed.doctrees)
    lists(printed, builder, warning_is_error=True)
    if builder == "html":
        assert len(by_class(main_content(index), "figlist-page")) == 9
    else:
        assert None not in pages_in(printed.root / "figlist").values()


@pytest.mark.latex
def test_an_aux_without_fingerprint(printed: Lab) -> None:
    """A PDF of plain Sphinx, or a run that broke off, tells nothing for sure."""
    path = printed.root / "pdf" / "book.aux"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if aux.FINGERPRINT not in line))
    built = lists(printed, allow=["[figlist.page_numbers]"])
    assert len(built.warnings.splitlines()) == 1
    assert set(pages_in(printed.root / "figlist").values()) == {None}


@pytest.mark.latex
@SHARED
def test_nothing_to_do(printed: Lab) -> None:
    """Page numbers make no later build write anything."""
    lists(printed, "html")
    before = stamps(printed.root / "html")
    lists(printed, "html")
    assert pages_written(before, stamps(printed.root / "html")) == set()


def test_absent(tmp_path: Path) -> None:
    """A PDF yet to be made: an information line in a page build, a warning for files."""
    source = book(
        tmp_path,
        {"index.rst": doc("Top", fig("a"), figlist(fields="page title"))},
        figlist_page_numbers="_build/latex/book.aux",
    )
    built = build(source, tmp_path / "html", warning_is_error=True)
    assert "_build/latex/book.aux is not there" in built.status
    built = build(source, tmp_path / "out", builder="figlist", allow=None)
    [warning] = built.warnings.splitlines()
    assert "_build/latex/book.aux is not there" in warning
    build(
        source,
        tmp_path / "quiet",
        builder="figlist",
        overrides={"suppress_warnings": "figlist.page_numbers"},
    )


def test_asked_of_nobody(tmp_path: Path) -> None:
    """Nothing is said in a build that shows no pages."""
    source = book(
        tmp_path, {"index.rst": doc("Top", fig("a"))}, figlist_page_numbers="b.aux"
    )
    assert "b.aux" not in build(source, tmp_path / "html").status


def latex_of(source: Path, out: Path, **values: object) -> str:
    build(source, out, builder="latex", overrides=values)
    [path] = out.glob("*.tex")
    return path.read_text("utf-8")


def test_latex_without_the_setting(tmp_path: Path) -> None:
    """Not one byte of it changes."""
    beside = bare("b", align="left", width="3cm")
    source = book(tmp_path, {"index.rst": doc("Top", fig("a"), beside, "Text.")})
    plain = latex_of(source, tmp_path / "plain")
    assert "figlist" not in plain
    values = {"figlist_page_numbers": "x.aux", "figlist_latex_numbers": "latex"}
    marked = latex_of(source, tmp_path / "marked", **values)
    assert marked.count("figlist") == 2
    # A picture's width is still that of the figure beside the text.
    [wrapped] = re.findall(r"\\begin\{wrapfigure\}.*", plain)
    assert wrapped in marked


# -- without LaTeX: what it would write -------------------------------------------


def typeset(source: Path, folder: Path, first: int, name: str = "book.aux") -> None:
    """An ``.aux`` whose labels stand on one page after the other, from *first* on."""
    build(source, folder / "tex", builder="latex")
    [path] = (folder / "tex").glob("*.tex")
    tex = path.read_text("utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{([^{}]*)\}\}", tex)
    [mark] = re.findall(r"\\gdef\\string(\\figlistfingerprint\{\w+\})", tex)
    lines = [
        rf"\newlabel{{{label}}}{{{{1}}{{{page}}}{{Words}}{{figure.caption.1}}{{}}}}"
        for page, label in enumerate(labels, first)
    ]
    (folder / name).write_text("\n".join([*lines, rf"\gdef{mark}"]))


@pytest.fixture
def proofread(tmp_path: Path) -> Lab:
    settings = {
        "project": "Pages",
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "figlist_page_numbers": "../book.aux",
        "figlist_formats": ["markdown", "csv", "json", "xlsx"],
        "figlist_fields": ["title", "page"],
        "latex_documents": [("index", "book.tex", "Pages", "Nobody", "manual")],
        "show_warning_types": True,
    }
    files = {
        "conf.py": conf(**settings),
        "p.png": png(),
        "index.rst": doc("Top", toc("one", "two", numbered=True), figlist()),
        "one.rst": doc("One", fig("a"), bare("b")),
        "two.rst": doc("Two", fig("c"), figlist(scope="page", fields="title")),
    }
    lab = Lab(root=tmp_path, files=files)
    typeset(lab.source, tmp_path, 20)
    return lab


def same_as_clean(lab: Lab, built: Built, **options: Any) -> None:
    clean = build(
        lab.source, lab.root / "clean" / built.builder, builder=built.builder, fresh=True,
        **options,
    )  # fmt: skip
    assert same_output(built, clean) == []


def test_a_new_pdf(proofread: Lab) -> None:
    """The ``.aux`` alone changes: the list of pages is written again, and no other."""
    out = proofread.root / "html"
    built = build(proofread.source, out, warning_is_error=True)
    first = pages_in(out / "figlist")
    before = stamps(out)
    typeset(proofread.source, proofread.root, 100)
    built = build(proofread.source, out, warning_is_error=True)
    assert built.read == frozenset()
    assert pages_written(before, stamps(out)) == {"index"}
    assert {n: str(int(p or 0) + 80) for n, p in first.items()} == pages_in(
        out / "figlist"
    )
    assert f"**Page**: {pages_in(out / 'figlist')['fig-a']}\n" in (
        out / "figlist" / "FIGURE_LIST.md"
    ).read_text("utf-8")
    same_as_clean(proofread, built)


@pytest.mark.parametrize("whose", ["latex", "sphinx", None])
def test_whose_numbers_files_print(proofread: Lab, whose: str | None) -> None:
    """LaTeX's own beside its pages, where it is told to count as it does."""
    path = proofread.source / "conf.py"
    path.write_text(path.read_text("utf-8") + f"figlist_latex_numbers = {whose!r}\n")
    typeset(proofread.source, proofread.root, 20)
    printed = proofread.root / "book.aux"
    printed.write_text(printed.read_text().replace("{{1}{", "{{7.3}{"))
    out = proofread.root / "out"
    build(proofread.source, out, builder="figlist", warning_is_error=True)
    data = json.loads((out / "FIGURE_LIST.json").read_bytes())
    figures = [one for chapter in data["chapters"] for one in chapter["figures"]]
    numbers = {one["label"] or one["id"]: one["number"] for one in figures}
    own = {"fig-a": "1.1", "fig-b": None, "fig-c": "2.1"}
    assert numbers == (
        {"fig-a": "7.3", "fig-b": None, "fig-c": "7.3"} if whose == "latex" else own
    )
    assert None not in pages_in(out).values()
    with (out / "FIGURE_LIST.csv").open(newline="", encoding="utf-8") as file:
        rows = [row["figure number"] for row in csv.DictReader(file)]
    assert rows == [number or "" for number in numbers.values()]
    words = (out / "FIGURE_LIST.md").read_text("utf-8")
    assert f"### Fig. {numbers['fig-c']}: " in words


EDITS_OF_TEXT = {
    "prose": ("one.rst", "\n\nMore.\n"),
    "caption": ("two.rst", "\n" + fig("d")),
    "configuration": ("conf.py", "latex_elements = {'pointsize': '12pt'}\n"),
}


@pytest.mark.parametrize("edit", EDITS_OF_TEXT)
@pytest.mark.parametrize("builder", ["html", "dirhtml", "text", "figlist"])
def test_any_edit_takes_pages_away(proofread: Lab, builder: str, edit: str) -> None:
    out = proofread.root / builder
    build(proofread.source, out, builder=builder, warning_is_error=True)
    name, words = EDITS_OF_TEXT[edit]
    path = proofread.source / name
    path.write_text(path.read_text("utf-8") + words, "utf-8")
    touch_now(path)
    stale = ["[figlist.page_numbers]"]
    built = build(proofread.source, out, builder=builder, allow=stale)
    assert len(built.warnings.splitlines()) == 1
    assert set(pages_in(out if builder == "figlist" else out / "figlist").values()) == {
        None
    }
    same_as_clean(proofread, built, allow=stale)


@pytest.mark.parametrize(
    "setting",
    [
        "figlist_formats = ['json']",
        "copyright = '2030'",
        "html_title = 'T'",
        "nitpicky = 1",
    ],
)
def test_what_moves_nothing(proofread: Lab, setting: str) -> None:
    path = proofread.source / "conf.py"
    path.write_text(f"{path.read_text('utf-8')}\n{setting}\n", "utf-8")
    out = proofread.root / "out"
    build(proofread.source, out, builder="figlist", warning_is_error=True)
    assert None not in pages_in(out).values()


@pytest.mark.parametrize("value", ["latex_additional_files", "latex_logo"])
def test_files_of_the_configuration(proofread: Lab, value: str) -> None:
    """What LaTeX is given beside the documents moves figures too."""
    given = "'extra.png'" if value == "latex_logo" else "['extra.png']"
    conf_py = proofread.source / "conf.py"
    conf_py.write_text(f"{conf_py.read_text()}\n{value} = {given}\n")
    (proofread.source / "extra.png").write_bytes(png(1))
    typeset(proofread.source, proofread.root, 20)
    out = proofread.root / "out"
    build(proofread.source, out, builder="figlist", warning_is_error=True)
    assert None not in pages_in(out).values()
    (proofread.source / "extra.png").write_bytes(png(2))
    build(proofread.source, out, builder="figlist", allow=["is not of the book"])
    assert set(pages_in(out).values()) == {None}


def test_an_appendix_of_latex_alone(proofread: Lab) -> None:
    conf_py = proofread.source / "conf.py"
    conf_py.write_text(f"{conf_py.read_text()}\nlatex_appendices = ['extra']\n")
    (proofread.source / "index.rst").write_text(doc("Top", toc("one", "two")))
    (proofread.source / "two.rst").write_text(doc("Two", fig("c")))  # and no list
    extra = ":orphan:\n\n" + doc("Extra", "Words.")
    (proofread.source / "extra.rst").write_text(extra)
    typeset(proofread.source, proofread.root, 20)
    out = proofread.root / "out"
    build(proofread.source, out, builder="figlist", warning_is_error=True)
    assert None not in pages_in(out).values()
    (proofread.source / "extra.rst").write_text(extra + "More words.\n")
    build(proofread.source, out, builder="figlist", allow=["is not of the book"])
    assert set(pages_in(out).values()) == {None}


def test_tags_make_another_pdf(proofread: Lab) -> None:
    """What a tag adds moves figures; one that the book does not ask for does not."""
    path = proofread.source / "one.rst"
    path.write_text(path.read_text() + "\n.. only:: draft\n\n   A page of notes.\n")
    typeset(proofread.source, proofread.root, 20)
    out = proofread.root / "out"
    build(proofread.source, out, builder="figlist", tags=["x"], warning_is_error=True)
    assert None not in pages_in(out).values()
    built = build(
        proofread.source, out, builder="figlist", tags=["draft"], allow=["is not of"]
    )
    assert len(built.warnings.splitlines()) == 1
    assert set(pages_in(out).values()) == {None}


def test_the_other_volumes_pdf(tmp_path: Path) -> None:
    """Two files that are mixed up: no page, and a warning that says so."""
    parts = {
        "index.rst": doc("Top", toc("v1", "v2")),
        "v1.rst": doc("V1", fig("a")),
        "v2.rst": doc("V2", fig("b")),
    }
    source = book(
        tmp_path,
        parts,
        volumes=volumes("v1", "v2"),
        figlist_page_numbers={1: "../book.aux"},
        latex_documents=[("v2", "v2.tex", "V2", "Nobody", "manual")],
    )
    typeset(source, tmp_path, 1)
    out = tmp_path / "out"
    built = build(source, out, builder="figlist", allow=["[figlist.page_numbers]"])
    [warning] = built.warnings.splitlines()
    assert "../book.aux is of a PDF that lacks Volume I" in warning
    assert set(pages_in(out).values()) == {None}


def test_latex_builds_are_not_in_the_wrong(proofread: Lab) -> None:
    """A PDF is made anew of each edit: that the last one is stale is no fault."""
    (proofread.root / "book.aux").write_text("")
    out = proofread.root / "pdf"
    built = build(proofread.source, out, builder="latex", warning_is_error=True)
    assert "../book.aux is not of the book as it is now" in built.status
    assert set(pages_in(out / "figlist").values()) == {None}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"{" * 9999, b"\\newlabel{x}{{"]
)
def test_a_spoilt_aux(proofread: Lab, content: bytes) -> None:
    (proofread.root / "book.aux").write_bytes(content)
    out = proofread.root / "out"
    built = build(
        proofread.source, out, builder="figlist", allow=["is not of the book"]
    )
    assert len(built.warnings.splitlines()) == 1
    assert set(pages_in(out).values()) == {None}


def test_a_reference_into_another_volume(tmp_path: Path) -> None:
    """A number of volume 2 that volume 1 prints is a part of volume 1's PDF."""
    parts = {
        "index.rst": doc("Top", toc("v1", "v2")),
        "v1.rst": doc("V1", fig("a"), "See :numref:`fig-b`."),
        "v2.rst": doc("V2", fig("b")),
    }
    source = book(
        tmp_path,
        parts,
        volumes=volumes("v1", "v2"),
        numfig_secnum_depth=0,
        figlist_page_numbers={1: "../book.aux"},
        latex_documents=[("v1", "v1.tex", "V1", "Nobody", "manual")],
    )
    typeset(source, tmp_path, 1)
    out = tmp_path / "out"
    build(source, out, builder="figlist", warning_is_error=True)
    assert pages_in(out)["fig-a"]
    path = source / "v2.rst"
    path.write_text(path.read_text() + "\nMore text moves nothing in volume 1.\n")
    build(source, out, builder="figlist", warning_is_error=True)
    assert pages_in(out)["fig-a"]
    path.write_text(doc("V2", fig("new"), fig("b")))
    built = build(source, out, builder="figlist", allow=["Volume I;"])
    assert len(built.warnings.splitlines()) == 1
    assert pages_in(out)["fig-a"] is None


def test_a_list_of_another_volume(tmp_path: Path) -> None:
    """What volume 2 has is a part of volume 1's PDF where that lists it."""
    parts = {
        "index.rst": doc("Top", toc("v1", "v2")),
        "v1.rst": doc("V1", figlist(volume="all"), fig("a")),
        "v2.rst": doc("V2", fig("b")),
    }
    source = book(
        tmp_path,
        parts,
        volumes=volumes("v1", "v2"),
        figlist_page_numbers={1: "../book.aux"},
        latex_documents=[("v1", "v1.tex", "V1", "Nobody", "manual")],
    )
    typeset(source, tmp_path, 1)
    (source / "v2.rst").write_text(doc("V2", fig("b", "A caption of two lines. " * 9)))
    out = tmp_path / "out"
    built = build(source, out, builder="figlist", allow=["is not of the book"])
    assert len(built.warnings.splitlines()) == 1
    assert pages_in(out)["fig-a"] is None


# -- another typesetter's pages ---------------------------------------------------


def test_proofs_as_csv(tmp_path: Path) -> None:
    parts = {
        "index.rst": doc("Top", toc("v1", "v2"), figlist(volume="all", fields="page")),
        "v1.rst": doc("V1", toc("one", numbered=True)),
        "v2.rst": doc("V2", toc("two", numbered=True)),
        "one.rst": doc("One", fig("a"), fig("b"), bare("c")),
        "two.rst": doc("Two", fig("d")),
        "proofs.csv": "label,page\nfig-a,3\nfig-c,5\nfig-d,201\n",
    }
    source = book(
        tmp_path,
        parts,
        volumes=volumes("v1", "v2"),
        figlist_page_numbers="proofs.csv",
        figlist_formats=["json"],
    )

    def lab_pages() -> dict[str, str | None]:
        build(source, tmp_path / "html", warning_is_error=True)
        found = pages_in(tmp_path / "html" / "figlist")
        fields = by_class(
            main_content(tmp_path / "html" / "index.html"), "figlist-page"
        )
        shown = [text(field).removeprefix("Page: ") for field in fields]
        assert shown == [page for page in found.values() if page]
        return found

    assert lab_pages() == {"fig-a": "3", "fig-b": None, "fig-c": "5", "fig-d": "201"}
    (source / "proofs.csv").write_text("label,page\nfig-a,4\nfig-b,6\nfig-d,9\n")
    before = stamps(tmp_path / "html")
    assert lab_pages() == {"fig-a": "4", "fig-b": "6", "fig-c": None, "fig-d": "9"}
    # The list alone is rewritten: nothing else shows a page.
    assert pages_written(before, stamps(tmp_path / "html")) == {"index"}
    (source / "proofs.csv").write_text("label,page\nfig-a,4\nfig-gone,6\n")
    built = build(source, tmp_path / "out", builder="figlist", allow=None)
    warnings = built.warnings.splitlines()
    assert len(warnings) == 1
    assert "fig-gone" in warnings[0]


def test_our_own_csv_comes_back(tmp_path: Path) -> None:
    """A press fills in the column, and sends the file back."""
    formula = directive("figure", "C: d.", argument="/p.png", name="@c")
    source = book(
        tmp_path,
        {"index.rst": doc("Top", fig("a"), fig("b"), formula)},
        figlist_formats=["csv"],
    )
    build(source, tmp_path / "out", builder="figlist")
    with (tmp_path / "out" / "FIGURE_LIST.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    for count, row in enumerate(rows):
        row["page"] = str(count + 40)
    with (source / "back.csv").open("w", encoding="utf-8-sig", newline="") as f:
        writer = csv.DictWriter(f, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    build(
        source,
        tmp_path / "again",
        builder="figlist",
        overrides={"figlist_page_numbers": "back.csv", "figlist_formats": "json"},
    )
    pages = {"fig-a": "40", "fig-b": "41", "@c": "42"}
    assert pages_in(tmp_path / "again") == pages
