"""The directive's options: good ones, and what a bad one is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sphinx.errors import SphinxWarning
from support import Built, Site, by_class, classes, elements, ids, main_content, text
from support.small import book, doc, fig, figlist, outline, pages, toc, volumes

FIELDS = [
    "title",
    "caption",
    "alt",
    "legend",
    "references",
    "image",
    "location",
    "credit",
    "label",
]
FILES = {
    "index.rst": doc("Book", toc("a", "b")),
    "a.rst": doc("Land", fig("a")),
    "b.rst": doc("Water", fig("b")),
}
BOTH = volumes("a", "b")


# -- bad values -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Bad:
    """Options of a directive, and what its error must say."""

    options: dict[str, str]
    says: list[str]


BAD = {
    "scope": Bad(
        options={"scope": "book"}, says=["scope", "book", "volume", "chapter", "page"]
    ),
    "scope empty": Bad(options={"scope": ""}, says=["scope", "volume", "chapter"]),
    "layout": Bad(
        options={"layout": "mosaic"}, says=["layout", "mosaic", "full", "compact"]
    ),
    "layout empty": Bad(options={"layout": ""}, says=["layout", "full", "compact"]),
    "fields": Bad(
        options={"fields": "title colour"}, says=["fields", "colour", *FIELDS]
    ),
    "fields empty": Bad(options={"fields": ""}, says=["fields", *FIELDS]),
    "kind": Bad(
        options={"kind": "photo"},
        says=["kind", "photo", "figure", "table", "code-block"],
    ),
    "kind empty": Bad(options={"kind": ""}, says=["kind"]),
    "volume": Bad(options={"volume": "9"}, says=["volume", "9", "1, 2", "all"]),
    "volume among good ones": Bad(
        options={"volume": "1 iii"}, says=["volume", "iii", "1, 2", "all"]
    ),
    "volume by title": Bad(
        options={"volume": "Land"}, says=["volume", "Land", "1, 2", "all"]
    ),
    "volume empty": Bad(options={"volume": ""}, says=["volume"]),
    "all and an id": Bad(options={"volume": "all 1"}, says=["volume", "all"]),
    "volume and scope chapter": Bad(
        options={"volume": "1", "scope": "chapter"}, says=["volume", "scope", "chapter"]
    ),
    "volume and scope page": Bad(
        options={"volume": "all", "scope": "page"}, says=["volume", "scope", "page"]
    ),
    "class": Bad(options={"class": "!!!"}, says=["class", "!!!"]),
    "unknown option": Bad(options={"colour": "red"}, says=["colour"]),
    "misspelt option": Bad(options={"volumes": "1"}, says=["volumes"]),
}


def rst(options: dict[str, str]) -> list[str]:
    return [
        ".. figlist::",
        *(f"   :{name}: {value}".rstrip() for name, value in options.items()),
        "",
    ]


def myst(options: dict[str, str]) -> list[str]:
    return [
        "```{figlist}",
        *(f":{name}: {value}".rstrip() for name, value in options.items()),
        "```",
        "",
    ]


FORMS = {"rst": rst, "md": myst}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A build of every bad directive: what it said of each."""

    built: Built
    said: dict[str, list[str]]


@pytest.fixture(scope="module", params=FORMS)
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Told:
    form = FORMS[request.param]
    source, starts = ["Lists", "=====", ""] if form is rst else ["# Lists", ""], {}
    for name, bad in BAD.items():
        starts[name] = len(source) + 1
        source += form(bad.options)
    file = f"lists.{request.param}"
    folder = book(
        tmp_path_factory.mktemp("bad"),
        {
            **FILES,
            "index.rst": doc("Book", toc("a", "b", "lists")),
            file: "\n".join(source),
        },
        volumes=BOTH,
        extensions=["myst_parser", "sphinxext_figlist"],
    )
    built = pages(folder, builder="dummy", allow=None)
    blocks: dict[int, list[str]] = {}
    for block in re.split(r"\n(?=/)", built.warnings):
        match = re.search(rf"{re.escape(file)}:(\d+): (?:WARNING|ERROR): ", block)
        assert match, f"no place: {block}"
        blocks.setdefault(int(match[1]), []).append(block)
    said = {}
    for name, bad in BAD.items():
        lines = range(starts[name], starts[name] + len(form(bad.options)) - 1)
        said[name] = [block for line in lines for block in blocks.get(line, [])]
    return Told(built=built, said=said)


@pytest.mark.parametrize("name", BAD)
def test_bad_value(told: Told, name: str) -> None:
    """One message at the directive's line, with the value and what is allowed."""
    assert len(told.said[name]) == 1, told.built.warnings
    # Behind the message docutils repeats the directive.
    message = told.said[name][0].partition("\n\n")[0]
    assert "figlist::" not in message
    for words in BAD[name].says:
        assert words in message, message


def test_bad_value_fails_a_strict_build(tmp_path: Path) -> None:
    source = book(tmp_path, {**FILES, "b.rst": doc("B", figlist(layout="mosaic"))})
    try:
        code = pages(source, builder="dummy", allow=None, warning_is_error=True).code
    except SphinxWarning:  # Sphinx before 8 stops at once
        code = 1
    assert code != 0


def test_volume_where_there_are_none(tmp_path: Path) -> None:
    source = book(tmp_path, {**FILES, "b.rst": doc("B", figlist(volume="1"))})
    built = pages(source, builder="dummy", allow=None)
    assert re.search(r"b\.rst:4: ERROR: .*volume.*\'1\'.*all", built.warnings)


@pytest.mark.parametrize(
    ("source", "word"),
    [(".. figlist:: 1", "argument"), (".. figlist::\n\n   Content.", "content")],
)
def test_argument_and_content(tmp_path: Path, source: str, word: str) -> None:
    """There are none; neither is dropped without a word."""
    folder = book(tmp_path, {**FILES, "b.rst": doc("B", source)})
    built = pages(folder, builder="dummy", allow=None)
    assert re.search(r"b\.rst:4: ERROR: .*figlist", built.warnings)
    assert word in built.warnings


def test_other_lists_stand_though_one_is_bad(tmp_path: Path) -> None:
    """An error costs its own list alone."""
    b = doc("B", figlist(layout="mosaic"), figlist(layout="compact"), fig("b"))
    source = book(tmp_path, {**FILES, "b.rst": b})
    assert outline(pages(source, allow=None).out / "b.html") == ["a 1", "b 2"]


# -- good values ------------------------------------------------------------------

NAMES = {
    "rst": "See :ref:`the list <my-list>` and :ref:`that one <Other List>`.",
    "md": "See {ref}`the list <my-list>`, [that one](#my-list) and "
    "{ref}`the other <Other List>`.",
}


@pytest.mark.parametrize("kind", FORMS)
def test_name_and_class(tmp_path: Path, kind: str) -> None:
    """A name is a label, from this page and from another; classes are the list's."""
    form = FORMS[kind]
    lists = [
        *form({"name": "my-list", "class": "wide Pretty"}),
        *form({"name": "Other List", "layout": "compact"}),
    ]
    title = "Lists\n=====\n\n" if kind == "rst" else "# Lists\n\n"
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "lists", "b")),
            "a.rst": doc("Land", fig("a"), NAMES["rst"]),
            f"b.{kind}": ("B\n=\n\n" if kind == "rst" else "# B\n\n")
            + NAMES[kind]
            + "\n",
            f"lists.{kind}": title + "\n".join(lists) + "\n" + NAMES[kind] + "\n",
        },
        extensions=["myst_parser", "sphinxext_figlist"],
    )
    built = pages(source)
    out = built.out
    assert Site(out).dead_links() == []
    page = main_content(out / "lists.html")
    boxes = by_class(page, "figlist")
    assert len(boxes) == 2
    assert {"wide", "pretty"} <= set(classes(boxes[0]))
    assert not {"wide", "pretty"} & set(classes(boxes[1]))
    assert "my-list" in ids(boxes[0])
    assert "other-list" in ids(boxes[1])
    for name, words in (
        ("a", 2),
        ("b", 2 + (kind == "md")),
        ("lists", 2 + (kind == "md")),
    ):
        content = main_content(out / f"{name}.html")
        links = [e for e in elements(content, "a") if "list" in e.get("href", "")]
        links = [e for e in links if e.get("href", "").endswith("-list")]
        assert len(links) == words, name
        start = "" if name == "lists" else "lists.html"
        hrefs = {e.get("href") for e in links}
        assert hrefs == {f"{start}#my-list", f"{start}#other-list"}


def test_name_that_is_taken(tmp_path: Path) -> None:
    """Sphinx says so, as of any label; both lists stand."""
    b = doc("B", figlist(name="same"), figlist(name="same", layout="compact"), fig("b"))
    built = pages(book(tmp_path, {**FILES, "b.rst": b}), allow=["same"])
    assert "same" in built.warnings
    assert len(by_class(main_content(built.out / "b.html"), "figlist")) == 2


def shown(page: Path) -> list[str]:
    """The headings, links and fields of the list on *page*."""
    parts = elements(by_class(main_content(page), "figlist")[0])
    return [text(e) for e in parts if e.tag in {"h2", "h3", "dt", "p"}]


def test_no_options(tmp_path: Path) -> None:
    """A full list, with the fields of the configuration, under chapters."""
    files = {
        "index.rst": doc("Book", toc("a", numbered=True), figlist()),
        "a.rst": doc("Land", fig("a", "**Lead:** the rest.", "A legend.", alt="Alt.")),
    }
    page = pages(book(tmp_path, files)).out / "index.html"
    assert shown(page) == [
        *("Chapter 1: Land", "Fig. 1.1: Lead", "Caption: the rest.", "Alt text: Alt."),
    ]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("caption", ["Fig. 1.1", "Caption: Lead: the rest."]),
        ("alt title", ["Fig. 1.1: Lead", "Alt text: Alt."]),
        (
            "legend alt caption",
            [
                "Fig. 1.1",
                "Legend: A legend.",
                "Alt text: Alt.",
                "Caption: Lead: the rest.",
            ],
        ),
        ("title label", ["Fig. 1.1: Lead", "Label: fig-a"]),
        ("title location", ["Fig. 1.1: Lead", "Source: a.rst:4"]),
    ],
)
def test_fields(tmp_path: Path, value: str, wanted: list[str]) -> None:
    """What is named, in this order; the title is where the link is."""
    files = {
        "index.rst": doc("Book", toc("a", numbered=True), figlist(fields=value)),
        "a.rst": doc("Land", fig("a", "**Lead:** the rest.", "A legend.", alt="Alt.")),
    }
    page = pages(book(tmp_path, files)).out / "index.html"
    assert shown(page) == ["Chapter 1: Land", *wanted]


def test_fields_of_the_configuration(tmp_path: Path) -> None:
    """They hold where a directive names none; in the compact list the title does."""
    files = {
        "index.rst": doc("Book", toc("a"), figlist(), figlist(layout="compact")),
        "a.rst": doc("Land", fig("a", "**Lead:** the rest.", "A legend.", alt="Alt.")),
    }
    page = pages(book(tmp_path, files, figlist_fields=["legend"])).out / "index.html"
    assert shown(page) == ["Land", "Fig. 1", "Legend: A legend."]
    compact = by_class(main_content(page), "figlist")[1]
    assert text(compact) == "Fig. 1: Lead"


def test_myst_is_as_rst(tmp_path: Path) -> None:
    options = {
        "volume": "2 1",
        "scope": "volume",
        "layout": "compact",
        "fields": "title alt",
    }
    files = {
        "index.rst": doc("Book", toc("a", "b", "one", "two")),
        "a.rst": doc("Land", fig("a", alt="Alt.")),
        "b.rst": doc("Water", fig("b")),
        "one.rst": doc("Lists", "\n".join(rst(options))),
        "two.md": "# Lists\n\n" + "\n".join(myst(options)),
    }
    source = book(
        tmp_path,
        files,
        volumes=BOTH,
        extensions=["myst_parser", "sphinxext_figlist"],
    )
    out = pages(source).out
    one, two = (main_content(out / f"{name}.html") for name in ("one", "two"))
    assert sorted(outline(out / "one.html")) == sorted(
        ["= Volume II: Title 2", "b 1", "= Volume I: Title 1", "a 1"]
    )
    assert text(one) == text(two)
    assert outline(out / "one.html") == outline(out / "two.html")
