"""Other kinds than figures, and figures under conditions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import Site, entries, figure_numbers
from support.books.numbered import listing, table
from support.small import (
    WHOLE,
    book,
    directive,
    doc,
    fig,
    figlist,
    lists,
    outline,
    pages,
    read,
    toc,
)

# -- other kinds ------------------------------------------------------------------


def test_kinds_of_sphinx(tmp_path: Path) -> None:
    """Each list has its own kind alone, with its numbers, words and links."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True)),
            "a.rst": doc(
                "A",
                fig("a"),
                table("one"),
                listing("one"),
                listing("two"),
                directive("code-block", "bare", argument="text"),
            ),
            "tables.rst": ":orphan:\n\n" + doc("Tables", figlist(kind="table")),
            "code.rst": ":orphan:\n\n" + doc("Code", figlist(kind="code-block")),
            "figures.rst": ":orphan:\n\n" + doc("Figures", figlist(kind="figure")),
        },
    )
    out = pages(source).out
    assert Site(out).dead_links() == []
    shown = {
        name: [(e.number, e.href, e.link) for e in entries(out / f"{name}.html")]
        for name in ("tables", "code", "figures")
    }
    assert shown["tables"] == [
        ("Table 1.1", "a.html#tab-one", "Table 1.1: Of one"),
    ]
    assert shown["code"] == [
        ("Listing 1.1", "a.html#code-one", "Listing 1.1: Code one"),
        ("Listing 1.2", "a.html#code-two", "Listing 1.2: Code two"),
    ]
    assert [number for number, *_ in shown["figures"]] == ["Fig. 1.1"]
    found, _ = read(source)
    assert found[WHOLE] == [("1", "A", ["a 1.1"])]


EXERCISE = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class exercise(nodes.Part, nodes.Element):
    pass


class Exercise(SphinxDirective):
    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"name": str}

    def run(self):
        title = nodes.caption("", self.arguments[0])
        node = exercise("", title, classes=["exercise"])
        self.add_name(node)
        return [node]


def visit(self, node):
    self.body.append(self.starttag(node, "div", CLASS="exercise"))


def depart(self, node):
    self.body.append("</div>")


def title_of(node):
    return node[0].astext()


def setup(app):
    app.add_enumerable_node(
        exercise, "exercise", title_of, html=(visit, depart), text=(skip, skip)
    )
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True, "version": "1"}


def skip(self, node):
    pass
"""


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An extension that registers a numbered kind of its own."""
    name = "figlist_test_exercise"
    (tmp_path / f"{name}.py").write_text(EXERCISE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


@pytest.mark.parametrize("first", [True, False])
def test_kind_of_an_extension(tmp_path: Path, extension: str, first: bool) -> None:
    """Whichever of the two extensions stands first."""
    both = ["sphinxext_figlist", extension]
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True), figlist(kind="exercise")),
            "a.rst": doc(
                "A",
                fig("a"),
                directive("exercise", argument="Count to three", name="count"),
                directive("exercise", argument="And back", name="back"),
            ),
        },
        extensions=both if first else both[::-1],
        numfig_format={"exercise": "Exercise %s"},
    )
    out = pages(source).out
    shown = [(e.number, e.href, e.link) for e in entries(out / "index.html")]
    assert shown == [
        ("Exercise 1.1", "a.html#count", "Exercise 1.1: Count to three"),
        ("Exercise 1.2", "a.html#back", "Exercise 1.2: And back"),
    ]


# -- figures under conditions -----------------------------------------------------


def under(*expressions: str, name: str = "only") -> list[str]:
    """A figure under each of *expressions*."""
    return [
        directive(name, fig(f"{name}{n}"), argument=expression)
        for n, expression in enumerate(expressions, 1)
    ]


@pytest.fixture(scope="module")
def conditions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book_ = {
        "index.rst": doc("Book", toc("a", numbered=True), figlist(layout="compact")),
        "a.rst": doc(
            "A",
            fig("start"),
            *under("html", "latex", "not html", "draft", "html or latex"),
            *under("level > 1", "builder == 'latex'", "level > 5", name="ifconfig"),
            directive(
                "only",
                directive("only", fig("both"), argument="draft"),
                argument="html",
            ),
            fig("end"),
        ),
    }
    folder = tmp_path_factory.mktemp("conditions")
    source = book(
        folder,
        book_,
        extensions=["sphinxext_figlist", "sphinx.ext.ifconfig"],
        figlist_formats=["json"],
    )
    with (source / "conf.py").open("a") as settings:
        settings.write(
            "level = 3\n\ndef setup(app):\n"
            "    app.add_config_value('level', 0, 'env')\n"
        )
    return source


PAGES = {
    "html": ["start", "only1", "only5", "ifconfig1", "end"],
    "text": ["start", "only3", "ifconfig1", "end"],
    "latex": ["start", "only2", "only3", "only5", "ifconfig1", "ifconfig2", "end"],
}


@pytest.mark.parametrize(
    ("builder", "files_for", "tags", "page", "files"),
    [
        ("html", "latex", [], "html", "latex"),
        ("html", "html", [], "html", "html"),
        ("singlehtml", "latex", [], "html", "latex"),
        ("text", "html", [], None, "html"),
        ("figlist", "latex", [], None, "latex"),
        ("figlist", "html", [], None, "html"),
        ("figlist", "text", [], None, "text"),
    ],
)
def test_conditions(
    conditions: Path,
    builder: str,
    files_for: str,
    tags: list[str],
    page: str | None,
    files: str,
) -> None:
    """A page is judged by its builder, a file as the output of ``figlist_files_for``."""
    built = pages(
        conditions,
        builder=builder,
        tags=tags,
        overrides={"figlist_files_for": files_for},
    )
    if page:
        shown = [line.split()[0] for line in outline(built.out / "index.html")]
        assert shown == PAGES[page]
        assert Site(built.out).dead_links() == []
    folder = built.out if builder == "figlist" else built.out / "figlist"
    figures = lists(folder)[WHOLE]["chapters"][0]["figures"]
    assert [f["label"].removeprefix("fig-") for f in figures] == PAGES[files]


def test_tags_on_the_command_line(conditions: Path) -> None:
    built = pages(conditions, tags=["draft"])
    shown = [line.split()[0] for line in outline(built.out / "index.html")]
    assert shown == [
        *("start", "only1", "only4", "only5", "ifconfig1", "both", "end"),
    ]
    figures = lists(built.out / "figlist")[WHOLE]["chapters"][0]["figures"]
    labels = [f["label"].removeprefix("fig-") for f in figures]
    assert labels == [
        *("start", "only2", "only3", "only4", "only5", "ifconfig1", "ifconfig2", "end"),
    ]


def test_condition_that_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Sphinx tells of it and leaves its figures out; so do lists, without noise."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a"), figlist(layout="compact")),
            "a.rst": doc(
                "A",
                fig("a"),
                directive("ifconfig", fig("lost"), argument="nosuch > 1"),
                directive("only", fig("kept"), argument="html and"),
            ),
        },
        extensions=["sphinxext_figlist", "sphinx.ext.ifconfig"],
    )
    built = pages(source, allow=None)
    assert list(figure_numbers(built.out / "a.html")) == ["fig-a", "fig-kept"]
    assert Site(built.out).dead_links() == []
    assert outline(built.out / "index.html") == ["a 1", "kept 3"]
    assert built.warnings.count("nosuch") == 1
    found, _ = read(source, allow=None)
    assert found[WHOLE][0][2] == ["a 1", "kept 3"]
    assert "nosuch" not in capfd.readouterr().err


@pytest.mark.parametrize("files_for", ["latex", "html"])
def test_pair_of_one_figure(tmp_path: Path, files_for: str) -> None:
    """As matplotlib's ``plot`` makes them: a figure for HTML, the same for the rest."""
    pair = [
        directive(
            "only",
            directive(
                "figure", "**The plot:** drawn.", argument="/p.png", alt="A plot."
            ),
            argument=expression,
        )
        for expression in ("html", "not html")
    ]
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", numbered=True), figlist()),
            "a.rst": doc("A", fig("before"), *pair, fig("after")),
        },
        figlist_files_for=files_for,
        figlist_formats=["json"],
    )
    out = pages(source).out
    links = [entry.link for entry in entries(out / "index.html")]
    assert len(links) == 3
    assert links[1].endswith(": The plot")
    printed = figure_numbers(out / "a.html").values()
    assert [e.number for e in entries(out / "index.html")] == list(printed)
    assert Site(out).dead_links() == []
    figures = lists(out / "figlist")[WHOLE]["chapters"][0]["figures"]
    assert [f["title"] for f in figures] == [None, "The plot", None]
    found, _ = read(source)
    assert len(found[WHOLE][0][2]) == 3
