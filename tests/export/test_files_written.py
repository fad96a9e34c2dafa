"""When files are written, and what bad input leaves of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sphinx.errors import ConfigError, SphinxError
from support import (
    Lab,
    Site,
    build,
    conf,
    elements,
    entries,
    own_files,
    png,
    stamps,
    tree_files,
    write_tree,
    written,
)
from support.books.traits import Tree
from support.machine import schema

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
    with pytest.raises(SphinxError, match=r"FIGURE_LIST_VOLb\.md' is a folder"):
        small.build(builder)
    assert stamps(folder) == before
    (folder / "FIGURE_LIST_VOLb.md").rmdir()
    small.build(builder)
    assert b"Of both" in (folder / "First.md").read_bytes()


def test_a_file_where_the_folder_goes(small: Lab) -> None:
    small.out("html").mkdir(parents=True)
    (small.out("html") / "figlist").write_text("mine", "utf-8")
    with pytest.raises(SphinxError, match="figlist' is a file"):
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
    small.build(builder, allow=["belongs to no volume"])
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
