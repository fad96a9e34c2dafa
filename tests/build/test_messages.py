"""What a build says where something is missing or misspelt: where, what, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import build, conf, png, write_tree
from support.small import doc, fig, figlist, toc

SETTINGS: dict[str, object] = {
    "project": "Book",
    "extensions": ["sphinxext_figlist", "myst_parser"],
    "html_theme": "basic",
    "numfig": True,
    "exclude_patterns": ["_build"],
}


def book(root: Path, *blocks: str, more: str = "", **values: object) -> Path:
    """A book of one page with *blocks*; *more* ends its conf.py."""
    return write_tree(
        root,
        {
            "p.png": png(),
            "index.rst": doc("Book", *blocks),
            "conf.py": conf(**SETTINGS | values) + more,
        },
    )


# -- names in conf.py -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "meant"),
    [
        ("figlist_volume = []", "figlist_volumes"),
        ("figlist_checkz = ['all']", "figlist_checks"),
        ("figlist_check = 'all'", "figlist_checks"),
        ("figlists_formats = ['csv']", "figlist_formats"),
        ("figlst_fields = ['title']", "figlist_fields"),
        ("FIGLIST_FIELDS = ['title']", "figlist_fields"),
        ("figlist_title_form: str = 'lead'", "figlist_title_from"),
        ("figlist_backlink = False", "figlist_backlinks"),
        ("fig_list_kinds = ['table']", "figlist_kinds"),
    ],
)
def test_a_misspelt_name(tmp_path: Path, setting: str, meant: str) -> None:
    source = book(tmp_path / "book", more=f"\n{setting}\n")
    name = setting.partition(" ")[0].rstrip(":")
    for _ in range(2):  # in every build, and once in each
        built = build(source, tmp_path / "out", allow=["[figlist.config]"])
        (line,) = built.warnings.splitlines()
        place = f"conf.py:{len(conf(**SETTINGS).splitlines()) + 2}: "
        assert place in line.removeprefix(str(source))
        assert f"unknown name {name!r}; did you mean {meant!r}?" in line
    quiet = {"suppress_warnings": "figlist.config"}
    build(source, tmp_path / "quiet", overrides=quiet)


@pytest.mark.parametrize(
    "own",
    [
        "def figlist_title(caption):\n    return None",
        "import os as figlist_field",
        "class figlist_volume: pass",
        "figlist_kinds_ = ['figure']\nfiglist_kinds = figlist_kinds_",
        "figures = 1\nlistings = 2\nfig_dir = 'x'",
        # of another extension, which declares it
        """
def setup(app):
    app.add_config_value('figlist_checkz', 1, '')
figlist_checkz = 2""",
    ],
)
def test_a_name_of_the_users_own(tmp_path: Path, own: str) -> None:
    build(book(tmp_path / "book", more=f"\n{own}\n"), tmp_path / "out")


# -- classes ----------------------------------------------------------------------------

CLASSES = [
    ("figlist-exlude", "did you mean 'figlist-exclude'?"),
    ("figlist-excluded", "did you mean 'figlist-exclude'?"),
    ("figlst-exclude", "did you mean 'figlist-exclude'?"),
    ("figlist-allow-missing-alts", "did you mean 'figlist-allow-missing-alt'?"),
    ("figlist-alow-missing-alt", "did you mean 'figlist-allow-missing-alt'?"),
    ("figlist-wide", "allowed: figlist-exclude, figlist-allow-"),
]


@pytest.mark.parametrize(("name", "says"), CLASSES)
@pytest.mark.parametrize("where", ["figclass", "class", "myst", "myst-class"])
def test_a_misspelt_class(tmp_path: Path, where: str, name: str, says: str) -> None:
    source = book(tmp_path / "book", toc("page"))
    options = {"myst": "figclass", "myst-class": "class"}
    if where in options:
        text = f"# Page\n\n```{{figure}} p.png\n:{options[where]}: wide {name}\n\nWords.\n```\n"
        write_tree(source, {"page.md": text})
        line_of = "page.md:3"
    else:
        text = doc("Page", f".. figure:: p.png\n   :{where}: wide {name}\n\n   Words.")
        write_tree(source, {"page.rst": text})
        line_of = "page.rst:4"
    built = build(source, tmp_path / "out", allow=["[figlist.class]"])
    (line,) = built.warnings.splitlines()
    assert f"{line_of}: WARNING: unknown class {name!r}; {says}" in line


@pytest.mark.parametrize(
    "name", ["figlist-exclude", "figlist-allow-missing-alt", "wide", "align-left"]
)
def test_a_class_that_is_known_or_none_of_ours(tmp_path: Path, name: str) -> None:
    figure = f".. figure:: p.png\n   :figclass: {name}\n\n   Words."
    build(book(tmp_path / "book", figure), tmp_path / "out")


# -- page numbers -----------------------------------------------------------------------


def absent(source: Path, out: Path) -> str:
    built = build(source, out, builder="figlist", allow=["[figlist.page_numbers]"])
    (line,) = built.warnings.splitlines()
    return line


def test_an_aux_of_another_name(tmp_path: Path) -> None:
    """As in a guide: say which lie there, or which this project's PDFs leave."""
    values = {"figlist_page_numbers": "_build/latex/mybook.aux"}
    source = book(tmp_path / "book", fig("a"), **values)
    line = absent(source, tmp_path / "one")
    assert "'_build/latex/mybook.aux' does not exist" in line
    assert (
        "build the PDF first (sphinx-build -M latexpdf); that leaves book.aux" in line
    )
    write_tree(source, {"_build/latex/book.aux": "", "_build/latex/more.aux": ""})
    line = absent(source, tmp_path / "two")
    assert "the .aux files there: book.aux, more.aux" in line
    assert "build the PDF" not in line


def test_an_aux_that_is_yet_to_be_made(tmp_path: Path) -> None:
    values = {"figlist_page_numbers": "_build/latex/book.aux"}
    line = absent(book(tmp_path / "book", fig("a"), **values), tmp_path / "out")
    assert "build the PDF first (sphinx-build -M latexpdf) [" in line
    table = {"figlist_page_numbers": "pages.csv"}
    line = absent(book(tmp_path / "csv", fig("a"), **table), tmp_path / "out2")
    assert "'pages.csv' does not exist" in line
    assert "create it or correct the path" in line


def test_a_field_that_needs_a_setting(tmp_path: Path) -> None:
    source = book(tmp_path / "book", fig("a"), figlist(fields="title page"))
    needs = "'index': the list shows no pages; set figlist_page_numbers"
    assert needs in build(source, tmp_path / "html").status
    assert needs in build(source, tmp_path / "single", builder="singlehtml").status
    assert needs not in build(source, tmp_path / "latex", builder="latex").status
    without = book(tmp_path / "without", fig("a"), figlist(fields="title"))
    assert needs not in build(without, tmp_path / "html2").status


@pytest.mark.parametrize(
    "given", ["[title, alt]", "['title', 'alt']", '["title","alt"]', "(title, alt)"]
)
@pytest.mark.parametrize("myst", [False, True], ids=["rst", "myst"])
def test_fields_as_yaml_has_lists(tmp_path: Path, given: str, myst: bool) -> None:
    source = book(tmp_path / "book", toc("page"))
    text = doc("Page", figlist(fields=given))
    if myst:
        text = f"# Page\n\n```{{figlist}}\n:fields: {given}\n```\n"
    write_tree(source, {"page.md" if myst else "page.rst": text})
    built = build(source, tmp_path / "out", allow=None)
    assert "write names without brackets or quotes: title alt" in built.warnings


def test_a_misspelt_field(tmp_path: Path) -> None:
    source = book(tmp_path / "book", figlist(fields="title captoin"))
    built = build(source, tmp_path / "out", allow=None)
    assert "unknown value 'captoin'; did you mean 'caption'? allowed:" in built.warnings


# -- files that become sources ----------------------------------------------------------

EXCLUDED = "will treat"


@pytest.mark.parametrize(
    ("place", "excluded", "named"),
    [
        ("_build/figlist", [], "_build"),
        ("_build/figlist", ["drafts"], "_build"),
        ("index-of/figures", [], "index-of"),
        ("guide/built", [], "guide/built"),
    ],
)
def test_files_that_become_pages(
    tmp_path: Path, place: str, excluded: list[str], named: str
) -> None:
    source = book(tmp_path, fig("a"), toc("guide/x"), exclude_patterns=excluded)
    write_tree(source, {"guide/x.rst": doc("X")})
    built = build(
        *(source, source / place),
        builder="figlist",
        doctrees=tmp_path.with_name(f"{tmp_path.name}-doctrees"),
        allow=["[figlist.excluded]"],
    )
    (line,) = built.warnings.splitlines()
    assert f"will treat '{place}/FIGURE_LIST.md' as a page of the book" in line
    assert f"add '{named}' to exclude_patterns" in line


@pytest.mark.parametrize(
    ("values", "beside"),
    [
        ({"exclude_patterns": ["_build"]}, False),
        ({"exclude_patterns": ["_build/**"]}, False),
        ({"exclude_patterns": ["**/FIGURE_*"]}, False),
        (
            {
                "exclude_patterns": [],
                "extensions": ["sphinxext_figlist"],
                "source_suffix": {".rst": "restructuredtext"},
            },
            False,
        ),
        ({"exclude_patterns": [], "include_patterns": ["*.rst"]}, False),
        ({"exclude_patterns": []}, True),
    ],
)
def test_files_that_do_not(
    tmp_path: Path, values: dict[str, object], beside: bool
) -> None:
    source = book(tmp_path / "book", fig("a"), **values)
    out = tmp_path / "out" if beside else source / "_build" / "figlist"
    build(source, out, builder="figlist", doctrees=tmp_path / "doctrees")


def test_files_beside_pages_too(tmp_path: Path) -> None:
    values = {"exclude_patterns": [], "figlist_formats": ["markdown"]}
    source = book(tmp_path / "book", fig("a"), **values)
    out, doctrees = source / "_build" / "html", tmp_path / "doctrees"
    built = build(source, out, doctrees=doctrees, allow=["[figlist.excluded]"])
    assert "'_build/html/figlist/FIGURE_LIST.md'" in built.warnings
    assert "add '_build' to exclude_patterns" in built.warnings
