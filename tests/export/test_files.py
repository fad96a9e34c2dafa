"""The files: byte for byte, and when they are written, left alone or taken away.

What ``golden/`` holds was written by hand from what SPEC promises.
"""

from __future__ import annotations

import json
import zipfile
from copy import deepcopy
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sphinx.errors import ConfigError, SphinxError
from support import (
    Built,
    Lab,
    Site,
    build,
    conf,
    elements,
    entries,
    own_files,
    png,
    same_bytes,
    stamps,
    tree_files,
    write_tree,
    written,
)

GOLDEN = Path(__file__).parents[1] / "golden"
Tree = dict[str, str | bytes]

# -- a small book with every trait ------------------------------------------------

SETTINGS: dict[str, object] = {
    "project": "Lights of the *Coast*",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1",
    "extensions": ["myst_parser", "sphinxcontrib.bibtex", "sphinxext_figlist"],
    "myst_enable_extensions": ["dollarmath"],
    "bibtex_bibfiles": ["refs.bib"],
    "suppress_warnings": ["epub.unknown_project_files"],
    "numfig": True,
    "numfig_format": {"figure": "Figure %s"},
    "figlist_number_uncaptioned": True,
    "figlist_formats": ["markdown", "json"],
    "figlist_volumes": [
        {"id": 1, "title": "The Light", "root": "vol1/index"},
        {"id": 2, "title": "The Station", "root": "vol2/index"},
    ],
}

BOOK: Tree = {
    "index.rst": """\
Lights
======

.. toctree::

   vol1/index
   vol2/index
   refs
""",
    "refs.rst": """\
References
==========

.. bibliography::
""",
    "vol1/index.rst": """\
The Light
=========

.. toctree::

   foreword

.. toctree::
   :numbered:

   fire
   prose
   glass
""",
    "vol1/foreword.rst": """\
Foreword
========

.. figure:: /images/a.png
   :name: fig-front
   :alt: A front.

   **Front** of the book.
""",
    "vol1/fire.rst": """\
.. _fire:

Fire
====

.. figure:: /images/a.png
   :name: fig-open
   :alt: A coal fire in an
         iron basket.

   **Open fire:** a *coal* basket, as :cite:`smith` and :cite:`smith,jones` say [#note]_.

.. figure:: /images/a.png
   :name: fig-bare
   :alt: A "bare" picture.

.. figure:: /images/a.png
   :name: fig-nothing

.. figure:: /images/a.png
   :name: fig-sentence
   :alt:

   It says "light" -- 光 -- in two
   lines. Naïve, isn't it?

.. figure:: /images/a.png
   :name: fig-math
   :alt: Costs $5 or $6 and 5 * 3.

   Energy :math:`E = mc^2`: for $5 or $6, or 5 * 3, or \\*starred\\*.

Oil
---

See :numref:`fig-open`, and twice :numref:`fig-open`.

.. figure:: /images/a.png
   :name: fig-links

   *Links* go: to `a site <https://example.org/a_b>`_, to :ref:`fire`, to
   :numref:`fig-math`, to :ref:`words <fire>` and to :numref:`fig-signal`.

.. [#note] A note.
""",
    "vol1/prose.rst": """\
Prose
=====

No figure; but :ref:`fire` and :numref:`fig-bare`.
""",
    "vol1/glass.rst": """\
Glass & *light*
===============

.. figure:: /images/a.png

   The type ``std::map`` in [brackets], [@key] and a_b_c

.. figure:: /images/a.png

   Adapted from: a drawing.

.. two:: /images/a.png /images/b.png

   **Two lamps.** One and another.
""",
    "vol2/index.md": """\
# The Station

```{toctree}
:numbered:

signals
```
""",
    "vol2/signals.md": """\
(signals)=
# Signals

```{figure} ../images/b.png
:name: fig-signal
:alt: Flags on a mast.

**Signals**: flags, with $a^2 + b$ and {cite}`jones`. Source: the archive of
the *coast*.

They were sewn by hand.

- A list.
```

(horns)=
## Horns

As {numref}`fig-horn` and {numref}`fig-open` show.[^one]

```{figure-md} fig-horn
![](../images/a.png)

Horn：a [loud](https://example.org/horn) one[^one], see [](#signals)
```

```{figure} https://example.org/far.svg
:name: fig-far
:alt:
```

[^one]: A note.
""",
    "refs.bib": """\
@book{smith, author = {Smith, A.}, title = {One}, year = {2020}, publisher = {P}}
@book{jones, author = {Jones, B.}, title = {Two}, year = {2021}, publisher = {P}}
""",
    "images/a.png": png(1),
    "images/b.png": png(2),
}

EXTENSION = """\
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Two(SphinxDirective):
    required_arguments = 2
    has_content = True

    def run(self):
        figure = nodes.figure()
        for path, alt in zip(self.arguments, ("The left.", "The right.")):
            figure += nodes.image(uri=path, alt=alt)
        words, messages = self.state.inline_text(self.content[0], self.lineno)
        figure += nodes.caption("", "", *words)
        self.set_source_info(figure)
        return [figure, *messages]


def setup(app):
    app.add_directive("two", Two)
"""


def tree(**values: object) -> Tree:
    """The book; *values* go over its configuration's, one that is None is left out."""
    merged = {k: v for k, v in {**SETTINGS, **values}.items() if v is not None}
    return {**BOOK, "conf.py": conf(**merged) + EXTENSION}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(root=tmp_path_factory.mktemp("files"), files=tree())


@pytest.fixture(scope="module")
def built(lab: Lab) -> Built:
    return lab.build("figlist")


NAMES = {f"FIGURE_LIST_VOL{n}.{kind}" for n in "12" for kind in ("md", "json")}

# -- what they say ----------------------------------------------------------------


def test_names(built: Built) -> None:
    assert set(tree_files(built.out)) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES - {"FIGURE_LIST_VOL1.json"}))
def test_golden(built: Built, name: str) -> None:
    actual = {name: (built.out / name).read_bytes()}
    assert same_bytes(actual, {name: (GOLDEN / name).read_bytes()}) == []


def test_json_and_markdown_agree(built: Built) -> None:
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
    assert figures["fig-sentence"]["images"] == [{"path": "images/a.png", "alt": ""}]
    assert figures["fig-nothing"]["images"] == [{"path": "images/a.png", "alt": None}]


def schema() -> Any:
    package = resources.files("sphinxext_figlist")
    found = [
        path
        for folder in (package, package / "export")
        for path in folder.iterdir()
        if path.name == "figlist.schema.json"
    ]
    assert len(found) == 1
    return json.loads(found[0].read_text("utf-8"))


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
        "### \n\n**Caption**: The second.\n\n**Alt Text**: Two.\n\n"
        "### \n\n"
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
        f"**{names[7]}**: 1.1 Oil",
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


# -- when they are written --------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Lab:
    return Lab(
        root=tmp_path,
        files={
            "conf.py": small_conf(),
            "index.rst": "Book\n====\n\n.. toctree::\n\n   one\n   two\n",
            "one.rst": "One\n===\n\nProse.\n\n.. figure:: a.png\n\n   Of one.\n",
            "two.rst": "Two\n===\n\n.. figure:: a.png\n\n   Of two.\n",
            "a.png": png(),
        },
    )


def small_conf(**values: object) -> str:
    settings: dict[str, object] = {
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "figlist_formats": ["markdown", "json"],
        "figlist_volumes": [
            {"id": "a", "title": "A", "root": "one", "filename": "First"},
            {"id": "b", "title": "B", "root": "two"},
        ],
    }
    return conf(**{**settings, **values})


@pytest.mark.parametrize("builder", ["figlist", "html"])
def test_untouched_when_unchanged(small: Lab, builder: str) -> None:
    folder = small.out(builder) / ("" if builder == "figlist" else "figlist")
    small.build(builder)
    before = stamps(folder)
    assert {"First.md", "First.json", "FIGURE_LIST_VOLb.md"} <= set(before)
    small.build(builder)
    small.edit("one.rst", "Prose.", "Other prose.")
    small.build(builder)
    assert stamps(folder) == before
    # From nothing, too: what is there already is not written again.
    small.build(builder, fresh=True)
    assert stamps(folder) == before
    small.edit("two.rst", "Of two", "Of both")
    small.build(builder)
    ours = {n for n in written(before, stamps(folder)) if "." in n}
    assert ours == {"FIGURE_LIST_VOLb.md", "FIGURE_LIST_VOLb.json"}


@pytest.mark.parametrize("builder", ["figlist", "html"])
def test_a_folder_in_the_way(small: Lab, builder: str) -> None:
    """One clear error, and no file is written, nor one lost sight of."""
    folder = small.out(builder) / ("" if builder == "figlist" else "figlist")
    small.build(builder)
    small.edit("one.rst", "Of one", "Of both")
    small.edit("two.rst", "Of two", "Of both")
    (folder / "FIGURE_LIST_VOLb.md").unlink()
    (folder / "FIGURE_LIST_VOLb.md").mkdir()
    before = stamps(folder)
    with pytest.raises(SphinxError, match=r"FIGURE_LIST_VOLb\.md is a folder"):
        small.build(builder)
    assert stamps(folder) == before
    (folder / "FIGURE_LIST_VOLb.md").rmdir()
    small.build(builder)
    assert b"Of both" in (folder / "First.md").read_bytes()


def test_a_file_where_the_folder_goes(small: Lab) -> None:
    small.out("html").mkdir(parents=True)
    (small.out("html") / "figlist").write_text("mine", "utf-8")
    with pytest.raises(SphinxError, match="figlist is a file"):
        small.build("html")
    assert (small.out("html") / "figlist").read_text("utf-8") == "mine"


@pytest.mark.parametrize("builder", ["figlist", "html"])
def test_unwanted_files_go_and_others_stay(small: Lab, builder: str) -> None:
    folder = small.out(builder) / ("" if builder == "figlist" else "figlist")
    small.build(builder)
    (folder / "First.txt").write_text("mine", "utf-8")
    (folder / "FIGURE_LIST_VOLa.md").write_text("mine", "utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "First.md").write_text("mine", "utf-8")
    others = {"First.txt", "FIGURE_LIST_VOLa.md", "sub/First.md"}

    one = {"id": "a", "title": "A", "root": "one", "filename": "Other"}
    small.write("conf.py", small_conf(figlist_volumes=[one], figlist_formats=["json"]))
    small.build(builder, allow=["in no volume"])
    assert set(tree_files(folder)) == {"Other.json", *others}
    for name in others:
        assert (folder / name).read_text("utf-8") == "mine"

    (folder / "Other.json").write_text("mine", "utf-8")
    others.add("Other.json")
    small.write("conf.py", small_conf(figlist_formats=["json"]))
    small.build(builder)
    left = {"First.json", "FIGURE_LIST_VOLb.json"}
    assert set(tree_files(folder)) == {*left, *others}


def test_a_failed_build_leaves_them(small: Lab) -> None:
    small.build("figlist")
    before = own_files(small.out("figlist")) | {
        "First.md": (small.out("figlist") / "First.md").read_bytes()
    }
    stamped = stamps(small.out("figlist"))
    failing = "\n\ndef figlist_title_from(caption):\n    return caption.nonsense\n"
    small.write("conf.py", small_conf() + failing)
    small.edit("one.rst", "Of one", "Of another")
    with pytest.raises(ConfigError, match=r"(?s)figlist_title_from.*Of another"):
        small.build("figlist", allow=None)
    assert stamps(small.out("figlist")) == stamped
    assert (small.out("figlist") / "First.md").read_bytes() == before["First.md"]


# -- bad input --------------------------------------------------------------------

BAD: Tree = {
    "conf.py": conf(
        extensions=["myst_parser", "sphinxext_figlist"],
        numfig=True,
        figlist_formats=["json", "markdown"],
    ),
    "index.rst": """\
Book
====

.. toctree::

   titles
   include
   figures
   references
   myst
   nowhere
   lists
""",
    "titles.rst": """\
Titles
======

.. figure:: a.png

   Before a bad title.

=======
Badly over
====

.. figure:: a.png

   After a bad title.
""",
    "include.rst": """\
Include
=======

.. figure:: a.png

   Before an include.

.. include:: lost.txt

.. figure:: a.png

   After an include.
""",
    "figures.rst": """\
Figures
=======

.. figure::

   Without a picture's name.

.. figure:: a.png
   :width: very wide

   With a bad width.

.. figure:: a.png
   :nonsense: yes

   With an unknown option.

.. figure:: a.png
   :alt: A list for a caption.

   * A list
   * for a caption.

.. figure:: a.png

   An *open caption.

.. figure:: a.png

   An :unknown:`role` in it.

.. figure:: a.png

   After bad figures.
""",
    "references.rst": """\
References
==========

.. figure:: a.png

   See :ref:`lost-label` and :numref:`lost-figure`.

.. figure:: a.png

   See lost_, |lost| and [#lost]_.

.. figure:: a.png

   After bad references.
""",
    "myst.md": """\
# MyST

```{figure-md} fig-none
No picture.
```

```{figure} a.png
:width: [very, wide
:name: fig-yaml

With bad options.
```

```{figure} a.png
See [](#lost-heading) and [](lost.md) and [x][lost].
```

```{nonsense}
```

```{figure} a.png
After bad MyST.
""",
    "lists.rst": """\
Lists
=====

.. figlist::
   :layout: nonsense

.. figlist::
""",
    "a.png": png(),
}

SURVIVORS = [
    *("Before a bad title.", "After a bad title."),
    *("Before an include.", "After an include."),
    *("After bad figures.", "After bad references.", "After bad MyST."),
]


@pytest.mark.parametrize("builder", ["html", "figlist", "latex", "text"])
def test_bad_input(tmp_path: Path, builder: str) -> None:
    files = dict(BAD)
    source = write_tree(tmp_path / "book", files)
    built = build(source, tmp_path / "out", builder=builder, allow=None)
    assert "Traceback" not in built.warnings
    assert "Exception" not in built.warnings
    lists = {k: v for k, v in own_files(built.out).items() if k.endswith(".json")}
    (content,) = lists.values()
    data = json.loads(content)
    figures = [figure for chapter in data["chapters"] for figure in chapter["figures"]]
    captions = [figure["caption"] or "" for figure in figures]
    for words in SURVIVORS:
        assert captions.count(words) == 1, words
    assert [c for c in captions if c.startswith("See lost")]
    assert [c for c in captions if "lost-label" in c or "lost" in c]
    assert [f for f in figures if f["images"][0]["alt"] == "A list for a caption."]
    # Whatever is not listed was told of, with its place.
    for where in (
        *("titles.rst:8", "include.rst:8", "figures.rst:4", "figures.rst:8"),
        *("figures.rst:13", "figures.rst:18", "references.rst:6", "lists.rst:4"),
        "myst.md:3",
    ):
        path, _, line = where.partition(":")
        near = [f"{path}:{int(line) + n}: " for n in range(6)]
        assert any(each in built.warnings for each in near), where
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []
    if builder == "html":
        shown = entries(built.out / "lists.html")
        assert len(shown) == len(figures)
        assert all(entry.link for entry in shown)
        site = Site(built.out)
        drawn = [f for p in site.paths() for f in elements(site.page(p), "figure")]
        assert len(drawn) == len(figures)
