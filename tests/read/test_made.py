"""Pictures that an extension makes while the book is built, wherever it puts them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import build, entries, figure_numbers, png, touch_now
from support.small import book, directive, doc, fig, figlist, toc

#: ``sketch`` draws beside the output folder, with the date in each file. It writes
#: markup for the parser, as matplotlib's plots do: a figure in two forms.
SKETCH = """
import os
import time
from pathlib import Path

from docutils.parsers.rst import Directive


class Sketch(Directive):
    required_arguments = 1
    has_content = True
    option_spec = {{"forms": int}}

    def run(self):
        env = self.state.document.settings.env
        name = self.arguments[0]
        folder = Path(env.app.{folder}).parent / "drawings"
        folder.mkdir(parents=True, exist_ok=True)
        drawn = (Path(env.srcdir) / "p.png").read_bytes()
        (folder / (name + ".png")).write_bytes(drawn + str(time.time()).encode())
        link = os.path.relpath(folder / name, env.srcdir).replace(os.sep, "/")
        lines = []
        for form, suffix in (("html", ".png"), ("not html", ".*")):
            lines += ["", ".. only:: " + form, ""]
            for _ in range(self.options.get("forms", 1)):
                lines += ["   .. figure:: " + link + suffix, "      :alt: Drawn.", ""]
                lines += ["      " + line for line in self.content] + [""]
        self.state_machine.insert_input(lines, source=self.state.document["source"])
        return []


def setup(app):
    app.add_directive("sketch-plot", Sketch)
    return {{"parallel_read_safe": True}}
"""


@pytest.fixture(params=["outdir", "doctreedir"])
def extension(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    name = "figlist_test_sketch"
    (tmp_path / f"{name}.py").write_text(SKETCH.format(folder=request.param), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    sys.modules.pop(name, None)


def sketch(name: str, caption: str = "", **options: Any) -> str:
    return directive("sketch-plot", *filter(None, [caption]), argument=name, **options)


def a_book(folder: Path, extension: str, **values: Any) -> Path:
    return book(
        folder,
        {
            "p.png": png(1, 40, 30),
            "index.rst": doc("Book", toc("a", numbered=True), figlist()),
            "a.rst": doc(
                "A",
                fig("first"),
                sketch("one", "One: a drawing."),
                "Words.",
                sketch("two", "Two: in each form twice.", forms=2),
                sketch("bare"),
                fig("last"),
            ),
        },
        extensions=["sphinxext_figlist", extension],
        **values,
    )


def figures_of(out: Path) -> list[dict[str, Any]]:
    data = json.loads((out / "FIGURE_LIST.json").read_text("utf-8"))
    return [figure for chapter in data["chapters"] for figure in chapter["figures"]]


def files_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("FIGURE_*")}


@pytest.mark.parametrize("judged", ["latex", "html"])
def test_a_figure_in_two_forms_is_one(
    tmp_path: Path, extension: str, judged: str
) -> None:
    source = a_book(tmp_path, extension, figlist_files_for=judged)
    html = build(source, tmp_path / "html", doctrees=tmp_path / "trees").out
    printed = [*figure_numbers(html / "a.html").values()]
    printed = [number.removeprefix("Fig. ") for number in printed]
    listed = [
        entry.number.removeprefix("Fig. ") for entry in entries(html / "index.html")
    ]
    assert listed == printed == ["1.1", "1.2", "1.4", "1.5", "", "1.8"]
    built = build(
        source, tmp_path / "files", builder="figlist", doctrees=tmp_path / "trees"
    )
    figures = figures_of(built.out)
    assert [figure["number"] or "" for figure in figures] == printed
    lines = (source / "a.rst").read_text("utf-8").splitlines()
    for figure in figures[1:5]:
        assert figure["location"]["path"] == "a.rst"
        assert "sketch-plot::" in lines[figure["location"]["line"] - 1]
        name = "bare" if figure is figures[4] else figure["title"].lower()
        assert figure["images"][0]["path"] == f"drawings/{name}.png"


def test_sizes_and_places_do_not_depend_on_the_output_folder(
    tmp_path: Path, extension: str
) -> None:
    source = a_book(tmp_path, extension)
    places = [
        tmp_path / "out",
        tmp_path / "deep" / "er" / "out",
        source / "_build" / "out",
    ]
    outputs = [
        # It says that `_build` is to be excluded.
        files_of(build(source, place, builder="figlist", allow=["_build"]).out)
        for place in places
    ]
    assert outputs[0] == outputs[1] == outputs[2]
    rows = outputs[0]["FIGURE_LIST.csv"].decode("utf-8-sig").splitlines()
    for row in rows[2:6]:
        assert re.search(r"drawings/\w+\.png,PNG,40,30,", row), row


def test_what_an_author_keeps_beside_the_output_stays_theirs(
    tmp_path: Path, extension: str
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "own.png").write_bytes(png(2, 40, 30))
    figure = directive("figure", "Own.", argument="../kept/own.png")
    source = book(
        tmp_path,
        {"index.rst": doc("Book", figure, sketch("one", "One."), figlist())},
        extensions=["sphinxext_figlist", extension],
    )
    out = build(source, tmp_path / "out", builder="figlist").out
    paths = [figure["images"][0]["path"] for figure in figures_of(out)]
    assert paths == ["../kept/own.png", "drawings/one.png"]


def test_page_numbers_are_accepted(tmp_path: Path, extension: str) -> None:
    """Two readings draw other bytes, and still the book is the same."""
    source = a_book(tmp_path, extension, figlist_page_numbers="../book.aux")
    tex = build(source, tmp_path / "latex", builder="latex", allow=None).out
    [path] = tex.glob("*.tex")
    written = path.read_text("utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{([^{}]*)\}\}", written)
    [mark] = re.findall(r"\\gdef\\string(\\figlistfingerprint\{\w+\})", written)
    lines = [rf"\newlabel{{{label}}}{{{{1}}{{7}}{{}}{{x}}{{}}}}" for label in labels]
    aux = "\n".join([*lines, rf"\gdef{mark}"])
    (tmp_path / "book.aux").write_text(aux, "utf-8")
    built = build(source, tmp_path / "files", builder="figlist", warning_is_error=True)
    assert {figure["page"] for figure in figures_of(built.out)} == {"7"}
    touch_now(source / "a.rst")
    again = build(source, built.out, builder="figlist", warning_is_error=True)
    assert {figure["page"] for figure in figures_of(again.out)} == {"7"}
