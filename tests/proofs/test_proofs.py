"""Page numbers of ``.aux`` files, stale ones and those of other typesetters."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from support import (
    Built,
    Lab,
    build,
    by_class,
    conf,
    main_content,
    pages_written,
    png,
    same_output,
    stamps,
    text,
    touch_now,
)
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    pages_in,
    toc,
    volumes,
)

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


def test_a_translated_book(proofread: Lab) -> None:
    """Its catalogs are of it: as they are, in each build, and when they change."""
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalog += 'msgid "One"\nmsgstr "Eins"\n'
    proofread.write("locales/de/LC_MESSAGES/one.po", catalog)
    proofread.append("conf.py", "language = 'de'\n")
    typeset(proofread.source, proofread.root, 20)
    for _ in range(3):  # Sphinx counts a catalog as a dependency from the second on
        built = proofread.build(warning_is_error=True)
        assert None not in pages_in(built.out / "figlist").values()
    proofread.write("locales/de/LC_MESSAGES/one.po", catalog.replace("Eins", "Zuerst"))
    for _ in range(2):
        built = proofread.build(allow=("figlist_page_numbers",))
        assert {*pages_in(built.out / "figlist").values()} == {None}


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
    build(proofread.source, out, builder="figlist", allow=["is out of date"])
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
    build(proofread.source, out, builder="figlist", allow=["is out of date"])
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
        proofread.source,
        out,
        builder="figlist",
        tags=["draft"],
        allow=["is out of date"],
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
    assert "'../book.aux' belongs to a PDF that does not contain Volume I," in warning
    assert set(pages_in(out).values()) == {None}


def test_latex_builds_are_not_in_the_wrong(proofread: Lab) -> None:
    """A PDF is made anew of each edit: that the last one is stale is no fault."""
    (proofread.root / "book.aux").write_text("")
    out = proofread.root / "pdf"
    built = build(proofread.source, out, builder="latex", warning_is_error=True)
    assert "'../book.aux' is out of date" in built.status
    assert set(pages_in(out / "figlist").values()) == {None}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"{" * 9999, b"\\newlabel{x}{{"]
)
def test_a_spoilt_aux(proofread: Lab, content: bytes) -> None:
    (proofread.root / "book.aux").write_bytes(content)
    out = proofread.root / "out"
    built = build(proofread.source, out, builder="figlist", allow=["is out of date"])
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
    built = build(
        source, out, builder="figlist", allow=["so Volume I has no page numbers"]
    )
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
    built = build(source, out, builder="figlist", allow=["is out of date"])
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
    (source / "proofs.csv").write_text("label,page\nfig-a,4\nfig-b,6\nfig-a,5\n")
    built = build(source, tmp_path / "out", builder="figlist", allow=["'fig-a'"])
    assert "'fig-a' several pages (4, 5)" in built.warnings
    assert "that no figure has" not in built.warnings
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
