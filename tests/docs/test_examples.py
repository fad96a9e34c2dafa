"""Every example of the documentation is a book that builds without a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt
from support import DEMO, build, conf, png, write_tree

DOCS = DEMO.parent
PAGES = sorted(
    path
    for path in DOCS.rglob("*.md")
    if not {"demo", "_build", "extras"} & {*path.relative_to(DOCS).parts}
)
#: What examples refer to and do not hold themselves.
_LABELS = re.compile(r":numref:`(?:[^<`]*<)?([\w-]+)>?`|\{numref\}`([\w-]+)`")
_PICTURES = re.compile(
    r"(?:figure|image)(?:\}|::)\s+(\S+)|^:?\s*filename: (\S+)", re.MULTILINE
)
_NAMES = re.compile(r":name: (\S+)")
#: Settings whose values name files or documents that only a whole book has.
_CHAPTERS = ("moon", "harbour", "figures", "vol1/index", "vol2/index")


class Example(NamedTuple):
    """A block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(DOCS)}:{self.line}"


def examples(page: Path) -> Iterator[Example]:
    """The blocks of code on a page, also those in tabs and other directives."""
    yield from _examples(page, page.read_text("utf-8"), 0)


def _examples(page: Path, text: str, start: int) -> Iterator[Example]:
    for token in MarkdownIt().parse(text):
        if token.type != "fence":
            continue
        info, line = token.info.strip(), start + (token.map or [0])[0] + 1
        language = info.removeprefix("{code-block}").strip()
        if info.startswith("{") and "code-block" not in info:
            yield from _examples(page, token.content, line)
        elif language in {"rst", "md", "python"}:
            yield Example(page, line, language, token.content)
    for found in re.finditer(
        r"^:::\{code-block\} (\w+)\n(.*?)^:::$", text, re.MULTILINE | re.DOTALL
    ):
        yield Example(page, start, found[1], found[2])


#: Each once, though a block in tabs is found twice.
ALL = list(
    {(one.page, one.text): one for page in PAGES for one in examples(page)}.values()
)
MARKUP = [
    one
    for one in ALL
    if one.language in {"rst", "md"}
    and re.search(r"^(\.\. |[`~:]{3,}\{)", one.text, re.MULTILINE)
]
SETTINGS = [
    one
    for one in ALL
    if one.language == "python"
    and re.search(r"^(figlist_|extensions)", one.text, re.MULTILINE)
]


def settings(example: Example) -> str:
    """The ``conf.py`` of a book that an example is in."""
    values: dict[str, object] = {
        "project": "Book",
        "extensions": ["myst_parser", "sphinxext_figlist"],
        "exclude_patterns": ["_build"],
        "myst_enable_extensions": ["colon_fence"],
        "numfig": True,
    }
    if ":volume:" in example.text or "numbers = {1:" in example.text:
        values["figlist_volumes"] = [
            {"id": 1, "title": "First", "root": "vol1/index"},
            {"id": 2, "title": "Second", "root": "vol2/index"},
        ]
    return conf(**values)


def book(folder: Path, example: Example) -> Path:
    """A book around an example, with what that takes for granted."""
    label = "".join(
        f"\n.. figure:: {name}.png\n   :name: {name}\n\n   Caption: of it.\n"
        for found in _LABELS.findall(example.text)
        if (name := "".join(found)) not in _NAMES.findall(example.text)
    )
    files: dict[str, str | bytes] = {
        "conf.py": settings(example),
        "index.rst": "Book\n====\n\n.. toctree::\n   :glob:\n\n   *\n   vol*/index\n",
        "labels.rst": f"Labels\n======\n{label}",
        "_static/figures.css": "",
        "accepted-findings.json": '{"version": 1, "volumes": []}',
    }
    for chapter in _CHAPTERS:
        files[f"{chapter}.rst"] = f"Chapter\n=======\n\nOf {chapter}.\n"
    for name in (*_PICTURES.findall(example.text), *_LABELS.findall(example.text)):
        path = "".join(name).lstrip("/")
        path = path if "." in path else f"{path}.png"
        files[path] = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        if path.endswith(".png"):
            files[path] = png()
    return write_tree(folder / "book", files)


def test_there_are_examples() -> None:
    assert len(MARKUP) > 20
    assert len(SETTINGS) > 10


@pytest.mark.parametrize("example", MARKUP, ids=str)
def test_markup(example: Example, tmp_path: Path) -> None:
    source = book(tmp_path, example)
    suffix = "rst" if example.language == "rst" else "md"
    text = example.text
    if not re.match(r"\S+\n===|# ", text):
        title = "Page\n====\n\n" if suffix == "rst" else "# Page\n\n"
        text = title + text
    (source / f"page.{suffix}").write_text(text, "utf-8")
    built = build(source, tmp_path / "html")
    assert built.code == 0
    assert (built.out / "page.html").is_file()


@pytest.mark.parametrize("example", SETTINGS, ids=str)
def test_settings(example: Example, tmp_path: Path) -> None:
    source = book(tmp_path, example)
    with (source / "conf.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{example.text}\nproject = 'Book'\n")
    built = build(source, tmp_path / "html", allow=["figlist_titles", "no figure"])
    assert built.code == 0


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(one.page == page for one in MARKUP)],
    ids=lambda page: str(page.relative_to(DOCS)),
)
def test_both_syntaxes(page: Path) -> None:
    """Where a page shows one syntax in tabs, it shows the other beside it."""
    text = page.read_text("utf-8")
    assert text.count(":sync: rst") == text.count(":sync: myst")


@pytest.mark.parametrize("language", ["rst", "md"])
def test_the_tutorial(tmp_path: Path, language: str) -> None:
    """The tutorial's book, typed in as it is printed."""
    page = DOCS / "tutorial.md"
    blocks = [one for one in ALL if one.page == page and one.language == language]
    names = ("index", "moon", "harbour", "figures")
    texts = dict(zip(names, [one.text for one in blocks], strict=False))
    python = [one.text for one in ALL if one.page == page and one.language == "python"]
    files: dict[str, str | bytes] = {
        f"{name}.{language}": text for name, text in texts.items()
    }
    (configuration,) = (
        text
        for text in python
        if ("myst_parser" in text) == (language == "md")
        if "project" in text
    )
    (more,) = (text for text in python if "figlist_checks" in text)
    files |= {"spring.png": png(1), "gauge.png": png(2), "conf.py": configuration}
    source = write_tree(tmp_path / "tides", files)
    html = build(source, tmp_path / "html")
    found = (html.out / "figures.html").read_text("utf-8")
    assert "Spring tide" in found
    assert "Tide gauge" in found
    (source / "conf.py").write_text(configuration + more, "utf-8")
    built = build(source, tmp_path / "figlist", builder="figlist", allow=None)
    subtypes = re.findall(r"\[figlist\.(\w+)\]", built.warnings)
    assert sorted(subtypes) == ["missing_alt", "page_numbers", "unreferenced"]
    assert {path.name for path in built.out.iterdir()} >= {
        "FIGURE_LIST.md",
        "FIGURE_LIST.xlsx",
        "FIGURE_CHECKS.md",
    }
