"""What the files say."""

from __future__ import annotations

import hashlib
import json
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from support import (
    Built,
    Lab,
    build,
    conf,
    own_files,
    png,
    same_bytes,
    tree_files,
    write_tree,
)
from support.books.traits import BOOK, NAMES, Tree, tree
from support.machine import GOLDEN, schema


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(root=tmp_path_factory.mktemp("files"), files=tree())


@pytest.fixture(scope="module")
def built(lab: Lab) -> Built:
    return lab.build("figlist")


# -- what they say ----------------------------------------------------------------


def test_names(built: Built) -> None:
    assert set(tree_files(built.out)) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES - {"FIGURE_LIST_VOL1.json"}))
def test_golden(built: Built, name: str) -> None:
    actual = {name: (built.out / name).read_bytes()}
    assert same_bytes(actual, {name: (GOLDEN / name).read_bytes()}) == []


def test_json_and_markdown_agree(lab: Lab, built: Built) -> None:
    """Volume 1 in JSON: what its Markdown, which is told by hand, says too."""
    data = json.loads((built.out / "FIGURE_LIST_VOL1.json").read_text("utf-8"))
    lines = (GOLDEN / "FIGURE_LIST_VOL1.md").read_text("utf-8").splitlines()
    told = []
    for chapter in data["chapters"]:
        number = f"Chapter {chapter['number']}: " if chapter["number"] else ""
        told.append(f"## {number}{chapter['title']}")
        for figure in chapter["figures"]:
            told.append(f"### Figure {figure['number']}: {figure['title'] or ''}")
            if figure["caption"]:
                told.append(f"**Caption**: {figure['caption']}")
    wanted = [x for x in lines if x.startswith(("## ", "### ", "**Caption**"))]
    # In JSON a chapter's title is plain text.
    assert told == [x.replace(r"\*light\*", "*light*") for x in wanted]
    assert data["volume"] == {"id": "1", "label": "Volume I", "title": "The Light"}
    assert data["totals"] == {"figures": 10, "chapters": 3}
    figures = {f["label"]: f for c in data["chapters"] for f in c["figures"]}
    assert figures["fig-open"]["references"] == [
        # Twice in one section is two places.
        {"docname": "vol1/fire", "id": "oil", "section": "1.1 Oil"},
        {"docname": "vol1/fire", "id": "oil", "section": "1.1 Oil"},
        {"docname": "vol2/signals", "id": "horns", "section": "1.1 Horns"},
    ]
    assert figures["fig-bare"]["references"] == [
        {"docname": "vol1/prose", "id": "prose", "section": "2 Prose"}
    ]
    file = (lab.source / "images" / "a.png").read_bytes()
    known = {
        "path": "images/a.png",
        "format": "PNG",
        "pixels": [4, 3],
        "sha256": hashlib.sha256(file).hexdigest(),
    }
    assert figures["fig-sentence"]["images"] == [
        {**known, "alt": "", "decorative": True}
    ]
    assert figures["fig-nothing"]["images"] == [
        {**known, "alt": None, "decorative": False}
    ]


@pytest.mark.parametrize("name", sorted(n for n in NAMES if n.endswith("json")))
def test_schema(built: Built, name: str) -> None:
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    data = json.loads((built.out / name).read_text("utf-8"))
    assert [error.message for error in validator.iter_errors(data)] == []


def test_schema_is_strict(built: Built) -> None:
    """What SPEC promises is required, and of the type that it names."""
    validator = Draft202012Validator(schema())
    data = json.loads((built.out / "FIGURE_LIST_VOL2.json").read_text("utf-8"))

    def places(value: Any, path: tuple[str | int, ...] = ()) -> Any:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield (*path, name)
                yield from places(inner, (*path, name))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from places(inner, (*path, number))

    for *path, name in places(data):
        for change in ("drop", "type", "add"):
            other = deepcopy(data)
            within = other
            for step in path:
                within = within[step]
            if change == "drop":
                del within[name]
            elif change == "type":
                within[name] = 1.5
            else:
                within["surprise"] = None
            if change == "add" and not isinstance(within, dict):
                continue
            assert list(validator.iter_errors(other)), (change, *path, name)


def test_without_volumes(tmp_path: Path) -> None:
    """No volume, no numbers, no name of either."""
    files: Tree = {
        "conf.py": conf(project="Plain", extensions=["sphinxext_figlist"]),
        "index.rst": (
            "Plain\n=====\n\n"
            ".. figure:: a.png\n   :alt: One.\n\n   **One**: the first.\n\n"
            ".. figure:: a.png\n   :alt: Two.\n\n   The second.\n\n"
            ".. figure:: a.png\n"
        ),
        "a.png": png(),
    }
    source = write_tree(tmp_path / "book", files)
    built = build(source, tmp_path / "out", builder="figlist")
    assert set(tree_files(built.out)) >= {"FIGURE_LIST.md", "FIGURE_LIST.json"}
    assert (built.out / "FIGURE_LIST.md").read_text("utf-8") == (
        "# Figure List\n\n_Plain_\n\n"
        "**Includes**: Title, Caption, Alt Text\n\n---\n\n"
        "## Plain\n\n"
        "### One\n\n**Caption**: One: the first.\n\n**Alt Text**: One.\n\n"
        "### The second.\n\n**Caption**: The second.\n\n**Alt Text**: Two.\n\n"
        "### Untitled (a.png)\n\n"
        "---\n\n_Total: 3 figures across 1 chapter_\n"
    )
    data = json.loads((built.out / "FIGURE_LIST.json").read_text("utf-8"))
    assert data["volume"] is None
    assert [f["number"] for f in data["chapters"][0]["figures"]] == [None] * 3
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []


def test_a_book_without_figures(tmp_path: Path) -> None:
    files: Tree = {
        "conf.py": conf(project="Empty", extensions=["sphinxext_figlist"]),
        "index.rst": "Empty\n=====\n\n.. figlist::\n",
    }
    source = write_tree(tmp_path / "book", files)
    built = build(source, tmp_path / "out", builder="figlist")
    assert (
        (built.out / "FIGURE_LIST.md")
        .read_text("utf-8")
        .endswith("\n---\n\n_Total: 0 figures across 0 chapters_\n")
    )
    data = json.loads((built.out / "FIGURE_LIST.json").read_text("utf-8"))
    assert data["chapters"] == []
    assert data["totals"] == {"figures": 0, "chapters": 0}
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []


def test_words_follow_the_language(lab: Lab, tmp_path: Path) -> None:
    german = build(
        lab.source, tmp_path / "out", builder="figlist", overrides={"language": "de"}
    )
    english = (GOLDEN / "FIGURE_LIST_VOL2.md").read_text("utf-8").splitlines()
    actual = (german.out / "FIGURE_LIST_VOL2.md").read_text("utf-8").splitlines()
    assert actual[0] == "# Abbildungsverzeichnis - Band II: The Station"
    assert "**Band**: 2" in actual
    assert "**Enthält**: Titel, Bildunterschrift, Alternativtext" in actual
    assert "## Kapitel 1: Signals" in actual
    assert "### Figure 1.1: Signals" in actual  # the book's own words
    assert "**Alternativtext**: Flags on a mast." in actual
    assert "**Alternativtext**: (dekorativ)" in actual
    assert actual[-1] == "_Insgesamt: 3 Abbildungen in 1 Kapitel_"
    assert len(actual) == len(english)
    # A program reads the JSON: its keys are no words.
    data = json.loads((german.out / "FIGURE_LIST_VOL2.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []


# -- fields -----------------------------------------------------------------------


SIGNALS = (
    "Signals: flags, with $a^2 + b$ and [@jones]. Source: the archive of the *coast*."
)


def test_fields_in_their_order(lab: Lab, tmp_path: Path) -> None:
    fields = [
        *("label", "alt", "title", "legend", "location", "image", "caption"),
        *("references", "credit"),
    ]
    built = build(
        lab.source,
        tmp_path / "out",
        builder="figlist",
        overrides={"figlist_fields": fields},
    )
    lines = (built.out / "FIGURE_LIST_VOL2.md").read_text("utf-8").splitlines()
    (includes,) = [x for x in lines if x.startswith("**Includes**: ")]
    names = includes.removeprefix("**Includes**: ").split(", ")
    assert names[:4] == ["Label", "Alt Text", "Title", "Legend"]
    assert len(names) == len(fields)
    at = lines.index("### Figure 1.1: Signals")
    after = lines[at + 1 : lines.index("### Figure 1.2: Horn")]
    assert after[::2] == [""] * (len(after) // 2 + 1)
    said = after[1::2]
    line = str(BOOK["vol2/signals.md"])[: str(BOOK["vol2/signals.md"]).index("```{fig")]
    assert said == [
        f"**{names[0]}**: fig-signal",
        f"**{names[1]}**: Flags on a mast.",
        f"**{names[3]}**: They were sewn by hand. A list.",
        f"**{names[4]}**: vol2/signals.md:{line.count(chr(10)) + 1}",
        f"**{names[5]}**: images/b.png",
        f"**{names[6]}**: {SIGNALS}",
        f"**{names[7]}**: 1.1 Oil (Volume I)",
        f"**{names[8]}**: Source: the archive of the *coast*.",
    ]
    # JSON always holds everything.
    assert (
        same_bytes(
            {"2": (built.out / "FIGURE_LIST_VOL2.json").read_bytes()},
            {"2": (GOLDEN / "FIGURE_LIST_VOL2.json").read_bytes()},
        )
        == []
    )


def test_without_titles(lab: Lab, tmp_path: Path) -> None:
    built = build(
        lab.source,
        tmp_path / "out",
        builder="figlist",
        overrides={"figlist_fields": ["alt"], "figlist_formats": ["markdown"]},
    )
    assert set(tree_files(built.out)) == {n for n in NAMES if n.endswith(".md")}
    lines = (built.out / "FIGURE_LIST_VOL2.md").read_text("utf-8").splitlines()
    assert "**Includes**: Alt Text" in lines
    assert "### Figure 1.1" in lines
    assert not [x for x in lines if "Caption" in x or "Horn" in x]


# -- who writes them --------------------------------------------------------------

ALLOW = ["Could not fetch remote image", "far.svg"]  # no test has a network


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "latex", "text"])
def test_page_builds_write_them(lab: Lab, built: Built, builder: str) -> None:
    pages = lab.build(builder, allow=ALLOW)
    ours = {
        name.removeprefix("figlist/"): content
        for name, content in own_files(pages.out).items()
        if name.startswith("figlist/")
    }
    assert same_bytes(ours, own_files(built.out)) == []
    assert not list(pages.out.glob("FIGURE*"))


@pytest.mark.parametrize("builder", ["epub", "xml", "pseudoxml", "man", "texinfo"])
def test_no_other_builder_writes_them(lab: Lab, builder: str) -> None:
    other = lab.build(builder, allow=ALLOW)
    assert other.found
    assert own_files(other.out) == {}
    assert not list(other.out.rglob("FIGURE_LIST*"))
    for path in other.out.glob("*.epub"):
        with zipfile.ZipFile(path) as book:
            assert not [name for name in book.namelist() if "FIGURE_LIST" in name]


def test_no_format_no_file(lab: Lab, tmp_path: Path) -> None:
    """A page build writes what is named; the builder then writes everything."""
    overrides: dict[str, object] = {"figlist_formats": []}
    out = tmp_path / "text"
    pages = build(
        lab.source, out, builder="text", overrides=overrides, doctrees=tmp_path / "dt"
    )
    assert own_files(pages.out) == {}
    lists = build(
        lab.source,
        tmp_path / "lists",
        builder="figlist",
        overrides=overrides,
        doctrees=tmp_path / "dt",
    )
    assert set(tree_files(lists.out)) >= NAMES


CONDITIONS: Tree = {
    "conf.py": conf(
        extensions=["sphinxext_figlist", "sphinx.ext.ifconfig"],
        numfig=True,
        figlist_formats=["json"],
    )
    + "edition = 'second'\n\n\ndef setup(app):\n"
    "    app.add_config_value('edition', '', 'env')\n",
    "index.rst": "Book\n====\n\n"
    + "".join(
        f".. {condition}\n\n   .. figure:: a.png\n\n      {name}\n\n"
        for name, condition in {
            "Always": "container::",
            "Html": "only:: html",
            "Latex": "only:: latex",
            "Not latex": "only:: not latex",
            "Draft": "only:: draft",
            "Second": "ifconfig:: edition == 'second'",
            "First": "ifconfig:: edition == 'first'",
        }.items()
    ),
    "a.png": png(),
}


@pytest.mark.parametrize("builder", ["figlist", "text", "html"])
@pytest.mark.parametrize(
    ("files_for", "shown"),
    [
        ("latex", {"Always": 1, "Latex": 3, "Second": 6}),
        ("html", {"Always": 1, "Html": 2, "Not latex": 4, "Second": 6}),
    ],
)
def test_conditions(
    tmp_path: Path, builder: str, files_for: str, shown: dict[str, int]
) -> None:
    source = write_tree(tmp_path / "book", CONDITIONS)
    built = build(
        source,
        tmp_path / "out",
        builder=builder,
        overrides={"figlist_files_for": files_for},
    )
    (content,) = own_files(built.out).values()
    figures = json.loads(content)["chapters"][0]["figures"]
    # Sphinx numbers for every output alike: gaps are the book's own.
    assert {f["caption"]: int(f["number"]) for f in figures} == shown

    draft = build(
        source,
        tmp_path / "draft",
        builder=builder,
        overrides={"figlist_files_for": files_for},
        tags=["draft"],
    )
    (content,) = own_files(draft.out).values()
    figures = json.loads(content)["chapters"][0]["figures"]
    assert [f["caption"] for f in figures if f["caption"] not in shown] == ["Draft"]


def test_summary(built: Built) -> None:
    """The builder ends with one line a volume.

    Figures, chapters, how many lack a caption, how many lack alt text.
    """
    lines = [x for x in built.status.splitlines() if "without alt text" in x]
    counts = [
        [int(n) for n in line.replace(",", " ").split() if n.isdigit()]
        for line in lines
    ]
    assert counts == [[10, 3, 2, 4], [3, 1, 1, 1]]
    assert [line.partition(":")[0] for line in lines] == ["Volume I", "Volume II"]
    last = [x for x in built.status.splitlines() if x.strip()][-6:]
    assert set(lines) <= set(last)
