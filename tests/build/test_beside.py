"""Other extensions and tools work on the same environment, whenever they like."""

from __future__ import annotations

import os
import shutil
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace
from sphinx.util.parallel import SerialTasks
from support import (
    Files,
    Lab,
    build,
    conf,
    pages_written,
    png,
    same_bytes,
    same_output,
    stamps,
    tree_files,
    write_tree,
)
from support.small import bare, doc, fig, figlist, toc, volumes

#: An extension that resolves every page when it is told to.
EARLY = """
from contextlib import suppress
from sphinx.errors import NoUri

def resolve(app, *_):
    for name in sorted(app.env.all_docs):
        if not (app.srcdir / f"{name}.rst").exists():
            continue
        with suppress(NoUri):  # LaTeX does not know its documents yet
            app.env.get_and_resolve_doctree(name, app.builder)
    return []

def setup(app):
    app.connect(EVENT, resolve, priority=PRIORITY)
"""


@contextmanager
def application(root: Path, out: Path, doctrees: Path) -> Iterator[Sphinx]:
    """An application for a tool's own use."""
    with warnings.catch_warnings(), docutils_namespace():
        warnings.simplefilter("ignore")
        app = Sphinx(root, root, out, doctrees, "html", status=None, warning=None)
        app.builder.finish_tasks = SerialTasks()
        yield app


def early(event: str, priority: int) -> str:
    return EARLY.replace("EVENT", repr(event)).replace("PRIORITY", str(priority))


def settings(**more: object) -> str:
    values: dict[str, object] = {
        "project": "Book",
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "html_theme": "basic",
        "latex_documents": [("index", "book.tex", "Book", "Me", "manual")],
        **more,
    }
    return conf(**values)


TWO = volumes("v1", "v2")
#: Two volumes, lists of all and of one, and a page in no toctree.
BOOK: Files = {
    "p.png": png(),
    "index.rst": doc("Book", toc("v1", "v2", "lists", numbered=True)),
    "v1.rst": doc("One", toc("a")),
    "v2.rst": doc("Two", toc("b")),
    "a.rst": doc("A", fig("a1"), bare("a2"), fig("a3"), "See :numref:`fig-b1`."),
    "b.rst": doc("B", fig("b1"), "See :numref:`fig-a3`."),
    "lists.rst": doc("Lists", figlist(volume="all", fields="title references")),
    "lone.rst": doc("Lone", "In no toctree."),
}
#: What Sphinx says of it, and what it says of references that are resolved too early.
LONE = ["document isn't included in any toctree"]
EARLY_NUMREF = "Failed to create a cross reference. Any number is not assigned"


def wanted(root: Path, builder: str, **values: object) -> dict[str, bytes]:
    """What the book comes to where nothing else works on it."""
    write_tree(root / "alone", {**BOOK, "conf.py": settings(**values)})
    built = build(root / "alone", root / "alone-out", builder=builder, allow=LONE)
    return outputs(built.out)


def outputs(out: Path) -> dict[str, bytes]:
    """The files of an output, but for what holds a date or a digest of conf.py."""
    left = {".buildinfo", "environment.pickle"}
    return {
        name: path.read_bytes()
        for name, path in tree_files(out).items()
        if path.name not in left and path.suffix not in {".epub", ".doctree"}
    }


MOMENTS = [
    ("env-updated", 500),
    ("env-updated", 1),
    ("env-get-updated", 1),
    ("env-get-updated", 500),
    ("env-get-updated", 850),
    ("env-get-updated", 999),
    ("env-check-consistency", 500),
    ("build-finished", 1),
    ("build-finished", 999),
]


@pytest.mark.parametrize("restart", [True, False], ids=["volumes", "one"])
@pytest.mark.parametrize(("event", "priority"), MOMENTS)
def test_pages_resolved_at_any_moment(
    tmp_path: Path, event: str, priority: int, restart: bool
) -> None:
    values = {"figlist_volumes": TWO} if restart else {}
    plain = wanted(tmp_path, "html", **values)
    lab = Lab(
        root=tmp_path / "beside",
        files={**BOOK, "conf.py": settings(**values) + early(event, priority)},
    )
    first = lab.build(allow=[*LONE, EARLY_NUMREF])
    assert first.code == 0
    assert same_bytes(outputs(first.out), plain) == []
    # Nothing that was kept differs either: the next build finds nothing to do.
    before = stamps(lab.out())
    again = lab.build(then=lambda: None)
    assert again.status.count("looking for now-outdated files... none found") == 2
    assert pages_written(before, stamps(lab.out())) == set()
    lab.edit("a.rst", "The caption of a1.", "Another caption of a1.")
    lab.check(allow=[*LONE, EARLY_NUMREF])


@pytest.mark.parametrize(
    "builder", ["latex", "singlehtml", "text", "epub", "xml", "figlist"]
)
@pytest.mark.parametrize(("event", "priority"), [MOMENTS[0], MOMENTS[3], MOMENTS[5]])
def test_pages_resolved_early_in_other_builders(
    tmp_path: Path, builder: str, event: str, priority: int
) -> None:
    values = {"figlist_volumes": TWO, "epub_show_urls": "no", "version": "1"}
    values |= {"copyright": "Me", "today": "Today", "html_last_updated_fmt": ""}
    plain = wanted(tmp_path, builder, **values)
    write_tree(
        tmp_path / "book",
        {**BOOK, "conf.py": settings(**values) + early(event, priority)},
    )
    built = build(
        tmp_path / "book",
        tmp_path / "out",
        builder=builder,
        allow=[*LONE, EARLY_NUMREF],
    )
    ours, theirs = outputs(built.out), dict(plain)
    for name in ("content.opf", "toc.ncx"):  # with dates
        ours.pop(name, None)
        theirs.pop(name, None)
    place = os.fsencode(tmp_path)
    ours = {
        name: data.replace(place + b"/book", place + b"/alone")
        for name, data in ours.items()
    }
    assert same_bytes(ours, theirs) == []


def test_no_list_and_no_figure_is_needed(tmp_path: Path) -> None:
    write_tree(
        tmp_path / "book",
        {
            "index.rst": doc("Book", "Text."),
            "conf.py": settings() + early("env-updated", 500),
        },
    )
    assert build(tmp_path / "book", tmp_path / "out").code == 0


def test_what_is_resolved_early_holds_nothing_of_ours(tmp_path: Path) -> None:
    root = write_tree(
        tmp_path / "book", {**BOOK, "conf.py": settings(figlist_volumes=TWO)}
    )
    with application(root, tmp_path / "out", tmp_path / "d") as app:
        app.builder.read()
        pages = {
            name: app.env.get_and_resolve_doctree(name, app.builder)
            for name in sorted(app.env.found_docs)
        }
    for page in pages.values():
        assert "figlist" not in page.pformat()


@pytest.mark.parametrize("again", [False, True], ids=["first", "after-a-build"])
def test_a_tool_reads_and_resolves_and_then_builds(tmp_path: Path, again: bool) -> None:
    plain = wanted(tmp_path, "html", figlist_volumes=TWO)
    root = write_tree(
        tmp_path / "book", {**BOOK, "conf.py": settings(figlist_volumes=TWO)}
    )
    out = tmp_path / "out"
    with application(root, out, tmp_path / "d") as app:
        if again:
            app.build()
        app.builder.read()
        for name in sorted(app.env.found_docs):
            app.env.get_and_resolve_doctree(name, app.builder)
        app.build(force_all=True)
        assert app.statuscode == 0
    assert same_bytes(outputs(out), plain) == []


@pytest.mark.parametrize("again", [False, True], ids=["first", "after-a-build"])
def test_a_tool_writes_pages_without_a_build(tmp_path: Path, again: bool) -> None:
    """Whatever it writes, the next build leaves what a clean one does."""
    lab = Lab(root=tmp_path, files={**BOOK, "conf.py": settings(figlist_volumes=TWO)})
    if again:
        lab.build(allow=LONE)
    with application(lab.source, lab.out(), lab.doctrees) as app:
        app.builder.read()
        app.builder.prepare_writing(set(app.env.found_docs))
        app.builder.copy_assets()
        for name in sorted(app.env.found_docs):
            page = app.env.get_and_resolve_doctree(name, app.builder)
            app.builder.write_doc_serialized(name, page)
            app.builder.write_doc(name, page)
    lab.check(allow=LONE)


def test_a_tool_reads_and_writes(tmp_path: Path) -> None:
    """Without what happens between the two, lists are whole all the same."""
    root = write_tree(tmp_path / "book", {**BOOK, "conf.py": settings()})
    out = tmp_path / "out"
    with application(root, out, tmp_path / "d") as app:
        app.builder.write(None, app.builder.read(), "all")
    assert "The caption of a1" in (out / "lists.html").read_text("utf-8")


@pytest.mark.parametrize(
    "event", ["build-finished", "html-page-context", "doctree-resolved"]
)
def test_a_page_that_is_resolved_is_not_yet_written(tmp_path: Path, event: str) -> None:
    """The list is resolved in a build that writes another page alone."""
    more = f"""
def resolve(app, *_):
    if not getattr(app, "resolving", False):
        app.resolving = True
        app.env.get_and_resolve_doctree("lists", app.builder)
        app.resolving = False

def setup(app):
    app.connect({event!r}, resolve)
"""
    lab = Lab(root=tmp_path, files={**BOOK, "conf.py": settings() + more})
    lab.build(allow=LONE)
    lab.edit("a.rst", "The caption of a1.", "Another caption of a1.")
    lab.build(only=[lab.path("a.rst")], allow=LONE)
    lab.check(allow=LONE)


def test_another_builder_resolves_in_a_build(tmp_path: Path) -> None:
    """As extensions do that write a text of each page beside the HTML."""
    more = """
from sphinx.builders.text import TextBuilder

def texts(app, error):
    text = TextBuilder(app, app.env)
    text.init()
    for name in sorted(app.env.all_docs):
        page = app.env.get_and_resolve_doctree(name, app.builder)
        visitor = text.create_translator(page, text)
        page.walkabout(visitor)
        (app.outdir / f"{name}.txt").write_text(visitor.body, "utf-8")

def setup(app):
    app.connect("build-finished", texts)
"""
    values = {"figlist_volumes": TWO, "figlist_number_uncaptioned": True}
    listed = {
        "lists.rst": doc(
            "Lists", figlist(volume="all", searchable=True), figlist(layout="gallery")
        )
    }
    write_tree(
        tmp_path / "book", {**BOOK, **listed, "conf.py": settings(**values) + more}
    )
    built = build(tmp_path / "book", tmp_path / "out", allow=LONE)
    assert built.code == 0
    assert "The caption of b1" in (built.out / "lists.txt").read_text("utf-8")


# -- what the build says, and how it ends ---------------------------------------------


def status_line(status: str) -> str:
    (line,) = [one for one in status.splitlines() if "looking for now-outdated" in one]
    return line.rpartition("... ")[2]


PLAIN: Files = {
    "p.png": png(),
    "index.rst": doc("Book", toc("a", "b")),
    "a.rst": doc("A", fig("a1"), "See :numref:`fig-b1`."),
    "b.rst": doc("B", fig("b1")),
    "lone.rst": doc("Lone", "In no toctree."),
    "conf.py": settings(),
}


def test_pages_that_sphinx_writes_anyway_are_not_asked_for(tmp_path: Path) -> None:
    """Else it would keep the environment again, and warn again of what it finds."""
    lab = Lab(root=tmp_path, files=PLAIN)
    for builder in ("html", "latex"):
        lab.build(builder, allow=LONE)
    lab.edit("a.rst", "The caption of a1.", "Another caption of a1.")
    lab.build("latex", allow=LONE)
    built = lab.build(warning_is_error=True)
    assert (built.code, status_line(built.status)) == (0, "none found")
    assert "Another caption" in (built.out / "a.html").read_text("utf-8")


@pytest.mark.parametrize("names", [["a.rst"], ["a.rst", "index.rst"], ["lone.rst"]])
def test_named_files_and_no_others(tmp_path: Path, names: list[str]) -> None:
    lab = Lab(root=tmp_path, files=PLAIN)
    only = [lab.path(name) for name in names]
    lab.build(only=only, allow=[*LONE, "search index couldn't be loaded"])
    for _ in range(2):
        built = lab.build(only=only, warning_is_error=True)
        assert (built.code, status_line(built.status)) == (0, "none found")
    whole = lab.build(warning_is_error=True)
    assert (whole.code, status_line(whole.status)) == (0, "none found")
    assert same_output(whole, lab.clean(allow=LONE)) == []


#: As when somebody presses the keys for it: other errors make Sphinx begin anew.
STOP = """
def stop(app, pagename, *_):
    if pagename == "b" and not (app.srcdir / "go").exists():
        raise KeyboardInterrupt

def setup(app):
    app.connect("html-page-context", stop)
"""


def test_after_a_build_that_was_interrupted(tmp_path: Path) -> None:
    lab = Lab(root=tmp_path, files={**PLAIN, "conf.py": settings() + STOP, "go": ""})
    lab.build(allow=LONE)
    lab.remove("go")
    for name in ("a.rst", "b.rst", "index.rst", "lone.rst"):
        lab.append(name, "\nMore.\n")
    with pytest.raises(KeyboardInterrupt):
        lab.build(allow=None)
    lab.write("go", "")
    built = lab.build(warning_is_error=True)
    assert (built.code, status_line(built.status)) == (0, "none found")
    assert same_output(built, lab.clean(allow=LONE)) == []


def test_a_list_that_was_half_written_is_written_again(tmp_path: Path) -> None:
    """Interrupted in the list, and the edit that it was for is taken back."""
    stop = STOP.replace('== "b"', '== "lists"').replace("not (app", "(app")
    lab = Lab(root=tmp_path, files={**BOOK, "conf.py": settings() + stop})
    lab.build(allow=LONE)
    lab.edit("a.rst", "The caption of a1.", "Another caption of a1.")
    lab.write("go", "")
    with pytest.raises(KeyboardInterrupt):
        lab.build(allow=None)
    (lab.out() / "lists.html").write_text("<html><body>half", "utf-8")
    lab.remove("go")
    lab.edit("a.rst", "Another caption of a1.", "The caption of a1.")
    lab.check(allow=LONE)


def test_output_and_doctrees_that_moved_together(tmp_path: Path) -> None:
    files = {**BOOK, "conf.py": settings(figlist_volumes=TWO)}
    lab = Lab(root=tmp_path / "here", files=files)
    lab.build(allow=LONE)
    there = tmp_path / "there"
    shutil.move(lab.root / "built", there)
    before = stamps(there / "html")
    build(lab.source, there / "html", doctrees=there / "doctrees", allow=LONE)
    assert pages_written(before, stamps(there / "html")) == set()


# -- outputs that show what extensions are there ----------------------------------------


@pytest.mark.parametrize(
    "builder",
    ["html", "xml", "pseudoxml", "json", "text", "latex", "man", "texinfo", "gettext"],
)
def test_enabling_it_changes_no_byte(tmp_path: Path, builder: str) -> None:
    built = {}
    for name, extensions in (("with", ["sphinxext_figlist"]), ("none", [])):
        source = write_tree(
            tmp_path / name / "book",
            {**PLAIN, "conf.py": settings(extensions=extensions)},
        )
        built[name] = outputs(
            build(source, tmp_path / name / "out", builder=builder, allow=LONE).out
        )
        place = os.fsencode(tmp_path / name)
        built[name] = {
            path: data.replace(place, b"") for path, data in built[name].items()
        }
        if builder == "gettext":
            built[name] = {
                path: b"\n".join(
                    line for line in data.splitlines() if b"-Date:" not in line
                )
                for path, data in built[name].items()
            }
    assert same_bytes(built["with"], built["none"]) == []


def test_an_epub_around_its_own_doctrees(tmp_path: Path) -> None:
    """Sphinx warns of what it cannot pack: of nothing of ours."""
    told = {}
    for name, extensions in (("with", ["sphinxext_figlist"]), ("none", [])):
        values = {"extensions": extensions, "version": "1", "copyright": "Me"}
        source = write_tree(
            tmp_path / name,
            {**BOOK, "lists.rst": doc("Lists"), "conf.py": settings(**values)},
        )
        out = tmp_path / f"{name}-out"
        for _ in range(2):
            built = build(
                source, out, builder="epub", doctrees=out / ".doctrees", allow=None
            )
            told[name] = [*told.get(name, ()), *built.warnings.splitlines()]
            (source / "lone.rst").write_text(doc("Lone", "Edited."), "utf-8")
    assert [line.replace(str(tmp_path / "with"), "") for line in told["with"]] == [
        line.replace(str(tmp_path / "none"), "") for line in told["none"]
    ]


def test_pages_with_lists_are_xml(tmp_path: Path) -> None:
    """As all pages of Sphinx are, for those who read them with XML tools."""
    listed = doc(
        "Lists",
        figlist(volume="all", searchable=True, fields="title caption alt references"),
        figlist(layout="gallery"),
        figlist(layout="table"),
        figlist(layout="compact"),
    )
    source = write_tree(
        tmp_path / "book",
        {**BOOK, "lists.rst": listed, "conf.py": settings(figlist_volumes=TWO)},
    )
    built = build(source, tmp_path / "out", allow=LONE)
    for name in ("lists", "a", "b"):
        page = (built.out / f"{name}.html").read_text("utf-8")
        ET.fromstring(page.replace("&copy;", "").replace("&nbsp;", ""))
