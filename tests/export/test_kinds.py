"""Files of every kind, each with its own name and words; what is in no list."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support import build, same_output
from support.small import book, directive, doc, fig, read, toc, volumes

TABLE = """
.. table:: Tides: by month
   :name: tides

   ==  ==
   a   b
   ==  ==
"""
CODE = """
.. code-block:: python
   :caption: Signal: one flash
   :name: flash

   flash()
"""
#: An extension with a kind of its own, as such extensions register theirs.
RECIPES = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class recipe(nodes.Admonition, nodes.Element):
    pass

class Recipe(SphinxDirective):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": str}

    def run(self):
        title = nodes.title("", "", *self.parse_inline(self.arguments[0])[0])
        node = recipe("", title, *self.parse_content_to_nodes())
        self.set_source_info(node)
        self.add_name(node)
        return [node]

def title_of(node):
    return node[0].astext()

def visit(self, node):
    self.body.append(self.starttag(node, "div"))

def depart(self, node):
    self.body.append("</div>")

def skip(self, node):
    pass

def setup(app):
    app.add_enumerable_node(
        recipe, "kitchen:recipe", title_of, html=(visit, depart),
        latex=(skip, skip), text=(skip, skip),
    )
    app.add_directive("recipe", Recipe)
    app.config.numfig_format["kitchen:recipe"] = "Recipe %s"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
RECIPE = directive("recipe", "Boil it.", argument="Tar: for ropes", name="tar")
ONE = doc("One", fig("a"), TABLE, CODE)
KINDS = {"figlist_kinds": ["figure", "table", "code-block"]}


def test_each_kind_has_files_of_its_own(tmp_path: Path) -> None:
    files = {"index.rst": doc("Book", toc("one", numbered=True)), "one.rst": ONE}
    source = book(tmp_path, files, **KINDS)
    found, built = read(source)
    assert found == {
        "FIGURE_LIST": [("1", "One", ["a 1.1"])],
        "TABLE_LIST": [("1", "One", ["tides 1.1"])],
        "CODE_BLOCK_LIST": [("1", "One", ["flash 1.1"])],
    }
    lines = built.status.splitlines()
    assert "FIGURE_LIST: 1 figure in 1 chapter, 0 without a caption" in "\n".join(lines)
    assert "TABLE_LIST: 1 table in 1 chapter, 0 without a caption" in lines
    assert "CODE_BLOCK_LIST: 1 code-block in 1 chapter, 0 without a caption" in lines


def test_words_in_markdown_and_json(tmp_path: Path) -> None:
    files = {"index.rst": doc("Book", toc("one", numbered=True)), "one.rst": ONE}
    source = book(tmp_path, files, **KINDS)
    build(source, tmp_path / "out", builder="figlist")
    table = (tmp_path / "out" / "TABLE_LIST.md").read_text("utf-8")
    assert table.startswith("# Table List\n\n_Book_\n")
    assert "### Table 1.1: Tides\n" in table
    assert table.endswith("_Total: 1 table across 1 chapter_\n")
    code = (tmp_path / "out" / "CODE_BLOCK_LIST.md").read_text("utf-8")
    assert code.startswith("# Code Block List\n")
    assert "### Listing 1.1: Signal\n" in code
    assert code.endswith("_Total: 1 code block across 1 chapter_\n")
    data = json.loads((tmp_path / "out" / "TABLE_LIST.json").read_text("utf-8"))
    (figure,) = data["chapters"][0]["figures"]
    assert (figure["kind"], figure["title"], figure["images"]) == ("table", "Tides", [])
    with (tmp_path / "out" / "TABLE_LIST.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        (row,) = csv.DictReader(file)
    assert row["caption"] == "Tides: by month"


def test_names_in_volumes(tmp_path: Path) -> None:
    parts = volumes("v1", "v2")
    parts[1]["filename"] = "Station"
    files = {
        "index.rst": doc("Book", toc("v1", "v2")),
        "v1.rst": doc("First", fig("a"), TABLE),
        "v2.rst": doc("Second", fig("b"), CODE),
    }
    source = book(tmp_path, files, volumes=parts, **KINDS)
    build(
        source,
        tmp_path / "out",
        builder="figlist",
        overrides={"figlist_formats": "json"},
    )
    assert {path.stem for path in (tmp_path / "out").glob("*.json")} == {
        *("FIGURE_LIST_VOL1", "TABLE_LIST_VOL1", "CODE_BLOCK_LIST_VOL1"),
        *("Station", "Station_TABLE", "Station_CODE_BLOCK"),
    }


def test_a_kind_of_another_extension(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "recipes.py").write_text(RECIPES, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    files = {
        "index.rst": doc("Book", toc("one", numbered=True)),
        "one.rst": doc("One", RECIPE),
    }
    source = book(
        tmp_path,
        files,
        extensions=["sphinxext_figlist", "recipes"],
        figlist_kinds=["kitchen:recipe"],
    )
    build(source, tmp_path / "out", builder="figlist")
    text = (tmp_path / "out" / "KITCHEN_RECIPE_LIST.md").read_text("utf-8")
    assert text.startswith("# List: Recipe\n")
    assert "### Recipe 1.1: Tar\n" in text
    assert text.endswith("_Total: 1 entry across 1 chapter_\n")


def test_an_edit_and_a_kind_less(tmp_path: Path) -> None:
    files = {"index.rst": doc("Book", toc("one", numbered=True)), "one.rst": ONE}
    source = book(tmp_path, files, **KINDS)
    build(source, tmp_path / "out", builder="figlist")
    (source / "one.rst").write_text(ONE.replace("by month", "by year"), "utf-8")
    built = build(source, tmp_path / "out", builder="figlist")
    clean = build(source, tmp_path / "clean", builder="figlist")
    assert same_output(built, clean) == []
    kinds = {"figlist_kinds": "figure,table"}
    build(source, tmp_path / "out", builder="figlist", overrides=kinds)
    assert not list((tmp_path / "out").glob("CODE_BLOCK*"))
    assert (tmp_path / "out" / "TABLE_LIST.md").is_file()


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["tabel"], "'tabel'"),
        ([], "figlist_kinds"),
        (["table", "table"], "twice"),
    ],
)
def test_faults(tmp_path: Path, kinds: list[str], told: str) -> None:
    source = book(tmp_path, {"index.rst": doc("Book")}, figlist_kinds=kinds)
    with pytest.raises(Exception, match="figlist") as error:
        build(source, tmp_path / "out")
    assert told in str(error.value)


def test_names_that_collide(tmp_path: Path) -> None:
    parts = volumes("v1", "v2")
    parts[0]["filename"], parts[1]["filename"] = "Light", "light_table"
    files = {"index.rst": doc("Book"), "v1.rst": doc("A"), "v2.rst": doc("B")}
    source = book(tmp_path, files, volumes=parts, figlist_kinds=["figure", "table"])
    with pytest.raises(Exception, match="light_table"):
        build(source, tmp_path / "out")


def test_what_is_in_no_list_is_counted(tmp_path: Path) -> None:
    files = {
        "index.rst": doc("Book", toc("one")),
        "one.rst": doc("One", fig("a")),
        "lone.rst": ":orphan:\n\n" + doc("Lone", fig("b"), fig("c")),
    }
    source = book(tmp_path, files)
    built = build(source, tmp_path / "out", builder="figlist")
    assert (
        "figlist: 2 figures are in no list, because no toctree leads to 'lone'"
        in built.status
    )
