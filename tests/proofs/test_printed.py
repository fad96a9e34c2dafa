"""Page numbers of PDFs that LaTeX made."""

from __future__ import annotations

import csv
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
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
    stamps,
    text,
    write_tree,
)
from support.small import bare, book, doc, fig, figlist, pages_in, section, toc

from sphinxext_figlist.proofs import aux


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
    for path in sorted((tmp_path / "out").glob("*[0-9T].csv")):
        if path.stem.endswith("_ALT"):
            continue
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
    assert "'_build/latex/book.aux' does not exist" in built.status
    built = build(source, tmp_path / "out", builder="figlist", allow=None)
    [warning] = built.warnings.splitlines()
    assert "'_build/latex/book.aux' does not exist" in warning
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
