"""Corners in which lists of this kind break: each once was a bug here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support import Lab, Site, build, by_class, conf, entries, ids, parse, png, text
from support.small import bare, directive, doc, fig

PAGE = doc("Figures", ".. figlist::")


def toctree(*names: str) -> str:
    return directive("toctree", "\n".join(names))


def lab(root: Path, extra: dict[str, str | bytes], **values: object) -> Lab:
    extensions = ["sphinxext_figlist", *values.pop("extensions", [])]  # type: ignore[misc]
    settings = {"numfig": True, "html_theme": "basic"} | values
    files: dict[str, str | bytes] = {
        "conf.py": conf(extensions=extensions, **settings),
        "p.png": png(),
        "list.rst": PAGE,
    }
    return Lab(root=root, files=files | extra)


def test_other_builder_reads_an_included_file(tmp_path: Path) -> None:
    """It notes no newer source, so that Sphinx does not write the page again."""
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", ".. include:: part.txt"),
            "part.txt": fig("one", "Before."),
        },
    )
    book.build()
    book.write("part.txt", fig("one", "After."))
    book.build("figlist")
    book.build()
    assert "After." in (book.out() / "a.html").read_text("utf-8")
    book.check()


def test_folder_that_was_copied(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", fig("one", "Before.")),
        },
    )
    book.build()
    book.write("a.rst", doc("A", fig("one", "After.")))
    book.build("figlist")
    shutil.copytree(book.out(), book.out("copy"))
    book.build(into="copy")
    assert "After" in (book.out("copy") / "list.html").read_text("utf-8")


@pytest.mark.parametrize(
    "names", [("序", "結"), ("p/q", "p-q"), ("ch", "ch-a"), ("Ab", "aB")]
)
@pytest.mark.parametrize("builder", ["html", "singlehtml"])
def test_names_that_look_alike_as_ids(
    tmp_path: Path, names: tuple[str, str], builder: str
) -> None:
    extra: dict[str, str | bytes] = {
        "index.rst": doc("Book", toctree(*names, "list")),
        "a.png": png(1),
        "a-a.png": png(2),
    }
    for name in names:
        extra[f"{name}.rst"] = doc(
            "Alike",
            directive("figure", argument="/a.png"),
            directive("figure", argument="/a-a.png"),
        )
    book = lab(tmp_path, extra)
    out = book.build(builder).out
    page = "index.html" if builder == "singlehtml" else "list.html"
    found = entries(out / page)
    assert len(found) == 4
    assert len({entry.href for entry in found}) == 4
    own = [e.get("id") for e in by_class(parse(out / page), "figlist-entry")]
    assert len(set(own)) == 4
    assert Site(out).dead_links() == []


def test_anchor_that_is_taken(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc(
                "A",
                directive("figure", argument="/p.png", name="figure-a-b"),
                directive("figure", argument="/b.png"),
            ),
            "b.png": png(1),
        },
    )
    out = book.build().out
    hrefs = [entry.href for entry in entries(out / "list.html")]
    assert len(set(hrefs)) == 2
    assert {href.partition("#")[2] for href in hrefs} <= ids(parse(out / "a.html"))


def test_excluded_figure_keeps_its_number_for_others(tmp_path: Path) -> None:
    hidden = fig("two", figclass="figlist-exclude")
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "b", "list")),
            "a.rst": doc("A", fig("one"), hidden),
            "b.rst": doc("B", "See :numref:`fig-two`."),
        },
    )
    book.build()
    assert len(entries(book.out() / "list.html")) == 1
    book.write("a.rst", doc("A", fig("zero"), fig("one"), hidden))
    book.check()
    assert "Fig. 3" in (book.out() / "b.html").read_text("utf-8")


def test_excluded_figure_in_another_volume(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "b", "list")),
            "a.rst": doc("A", fig("one", figclass="figlist-exclude")),
            "b.rst": doc("B", "See :numref:`fig-one`.", fig("two")),
        },
        figlist_volumes=[{"id": n, "title": n, "root": n.lower()} for n in ("A", "B")],
    )
    out = book.build().out
    assert "Fig. 1 (Volume I)" in text(parse(out / "b.html"))


def test_list_that_is_not_in_this_output(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", fig("one"), directive("figure", argument="/p.png")),
            "list.rst": doc("Figures", directive("only", PAGE, argument="latex")),
        },
    )
    out = book.build(allow=None).out
    assert not by_class(parse(out / "a.html"), "figlist-backlink")
    assert "figure-a--p" not in ids(parse(out / "a.html"))


def test_caption_that_an_extension_changes(tmp_path: Path) -> None:
    handler = """
def change(app, document):
    for caption in document.findall(lambda n: n.tagname == "caption"):
        caption += type(caption[0])(" And more.")

def setup(app):
    app.connect("doctree-read", change)
"""
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", fig("one", "A caption.")),
        },
    )
    book.write("conf.py", book.read("conf.py") + handler)
    book.build("figlist")
    (path,) = book.out("figlist").glob("*.json")
    (chapter,) = json.loads(path.read_text("utf-8"))["chapters"]
    assert chapter["figures"][0]["caption"] == "A caption. And more."


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Figure number %s", "Figure number 1"),
        ("Figure %s.", "Figure 1."),
        ("Fig. %s:", "Fig. 1:"),
    ],
)
def test_words_of_a_number(tmp_path: Path, form: str, words: str) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", fig("one", "Lead: rest.")),
        },
        numfig_format={"figure": form},
        figlist_formats=["markdown"],
    )
    out = book.build().out
    (entry,) = entries(out / "list.html")
    between = ": " if words[-1].isdigit() else " "
    assert entry.link == f"{words}{between}Lead"
    told = (out / "figlist" / "FIGURE_LIST.md").read_text("utf-8")
    assert f"### {words}{between}Lead\n" in told


def test_equation_in_a_caption(tmp_path: Path) -> None:
    def equation(name: str) -> str:
        return directive("math", "x = 1", label=name)

    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "b", "list")),
            "a.rst": doc("A", equation("one")),
            "b.rst": doc("B", fig("two", "As in :eq:`one`."), "See :eq:`one`."),
        },
        math_numfig=True,
    )
    book.build()
    book.write("a.rst", doc("A", equation("zero"), equation("one")))
    book.check()


def test_lost_fragment_in_a_caption_is_told_once(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "b", "list")),
            "a.md": "# A\n\n```{figure} /p.png\nSee [there](b.md#gone).\n```\n",
            "b.md": "# B\n",
        },
        extensions=["myst_parser"],
    )
    built = book.build(allow=["gone"])
    assert built.warnings.count("gone") == 1


def test_file_of_ours_that_someone_replaced(tmp_path: Path) -> None:
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", bare("one")),
        },
        figlist_formats=["markdown", "json"],
    )
    out = book.build().out
    (out / "figlist" / "FIGURE_LIST.json").write_text("mine")
    (out / "figlist" / "notes.txt").write_text("mine too")
    book.write("conf.py", book.read("conf.py").replace(", 'json'", ""))
    book.build()
    left = {path.name for path in (out / "figlist").iterdir()}
    assert left == {"FIGURE_LIST.md", "FIGURE_LIST.json", "notes.txt"}


def test_tags_of_a_text_build(tmp_path: Path) -> None:
    """Sphinx itself writes no page of a text build again for other tags."""
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "list")),
            "a.rst": doc("A", directive("only", fig("one"), argument="draft"), "Text."),
        },
    )
    build(book.source, book.out("text"), builder="text", doctrees=book.doctrees)
    build(
        book.source,
        book.out("text"),
        builder="text",
        doctrees=book.doctrees,
        tags=["draft"],
    )
    for page in ("a", "list"):
        assert "caption of one" in (book.out("text") / f"{page}.txt").read_text("utf-8")


def test_table_of_another_volume_in_latex(tmp_path: Path) -> None:
    """The words are those of its kind, the number is LaTeX's."""
    rows = "== ==\na  b\n== =="
    table = directive("table", rows, argument="Things", name="tab-one")
    book = lab(
        tmp_path,
        {
            "index.rst": doc("Book", toctree("a", "b", "list")),
            "a.rst": doc("A", table),
            "b.rst": doc("B", "See :numref:`tab-one`."),
        },
        figlist_volumes=[{"id": n, "title": n, "root": n.lower()} for n in ("A", "B")],
        numfig_format={"table": "Tab. %s"},
    )
    (tex,) = book.build("latex").out.glob("*.tex")
    wanted = r"{Tab. \ref{\detokenize{a:tab-one}} (Volume I)}"
    assert wanted in tex.read_text("utf-8").replace("\\@", "")
