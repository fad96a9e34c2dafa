"""Where a figure's source is: a file that is there, and its line or none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sphinx import version_info
from support import Files, build, conf, lacking, png, write_tree

FIGURE = """\
.. figure:: /p.png
   :name: fig-{0}

   Of {0}.
"""

MODULE = '''\
"""A module.

.. figure:: /p.png
   :name: fig-module

   Of the module.
"""


class Lamp:
    """A lamp."""

    #: Its light.
    #:
    #: .. figure:: /p.png
    #:    :name: fig-light
    #:
    #:    Of its light.
    light = 1

    def burn(self):
        """Burn.

        .. figure:: /p.png
           :name: fig-burn

           Of burning.
        """
'''

WRITTEN = """\
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective


class Written(SphinxDirective):
    required_arguments = 1

    def run(self):
        lines = ['', '.. figure:: /p.png', '   :name: fig-' + self.arguments[0][1:3]]
        lines += ['', '   Written.', '']
        source = self.arguments[0]
        node = nodes.container()
        self.state.nested_parse(StringList(lines, source=source), 0, node)
        return node.children


def setup(app):
    app.add_directive('written', Written)
    return {'parallel_read_safe': True}
"""


def located(
    folder: Path, files: Files, *, allow: Sequence[str] = (), **values: Any
) -> Mapping[str, dict[str, Any]]:
    """The location of each figure by its label; every file is there."""
    settings: dict[str, object] = {
        "project": "Places",
        "extensions": ["sphinxext_figlist", *values.pop("extensions", ())],
        "numfig": True,
        **values,
    }
    start = (
        "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
    )
    source = write_tree(
        folder / "book",
        {"conf.py": start + conf(**settings), "p.png": png(), **files},
    )
    out = folder / "lists"
    formats = {"figlist_formats": "json"}
    build(source, out, builder="figlist", overrides=formats, allow=allow)
    (path,) = out.glob("*.json")
    found = {
        figure["label"]: figure["location"]
        for chapter in json.loads(path.read_text("utf-8"))["chapters"]
        for figure in chapter["figures"]
    }
    for place in found.values():
        assert not Path(place["path"]).is_absolute()
        assert (source / place["path"]).is_file()
    return found


def index(*lines: str) -> str:
    return "\n".join(["Book", "====", "", *lines, ""])


@pytest.mark.parametrize("folder", ["", "code/", "../src/"])
def test_docstrings(folder: str, tmp_path: Path) -> None:
    place = f"sys.path.insert(0, str(pathlib.Path(__file__).parent / {folder!r}))\n"
    name = f"lamps_{len(folder)}"  # each module is imported once in a process
    found = located(
        tmp_path,
        {
            "index.rst": index(
                f".. automodule:: {name}", "   :members:", "", FIGURE.format("index")
            ),
            f"{folder}{name}.py": MODULE,
            "conf.py": "import sys, pathlib\n"
            + place
            + conf(
                project="Places",
                extensions=["sphinxext_figlist", "sphinx.ext.autodoc"],
                numfig=True,
            ),
        },
    )
    path = f"{folder}{name}.py"
    # Sphinx before 8 does not say in which file the comment of an attribute stands.
    light = path if version_info >= (8,) else "index.rst"
    assert found == {
        "fig-module": {"path": path, "line": None},
        "fig-light": {"path": light, "line": None},
        "fig-burn": {"path": path, "line": None},
        "fig-index": {"path": "index.rst", "line": 7},
    }


def test_what_no_file_has(tmp_path: Path) -> None:
    """Text of conf.py, and text that an extension writes: the document's own file."""
    found = located(
        tmp_path,
        {
            "index.rst": index(
                ".. written:: <x1>", "", ".. written:: /x2/gone.txt", "",
                ".. written:: x3", "", FIGURE.format("index"),
            ),
            "writer.py": WRITTEN,
        },
        extensions=["writer"],
        rst_prolog=FIGURE.format("prolog"),
        rst_epilog=FIGURE.format("epilog"),
    )  # fmt: skip
    nowhere = {"path": "index.rst", "line": None}
    assert found == {
        "fig-prolog": nowhere,
        "fig-x1": nowhere,
        "fig-x2": nowhere,
        "fig-3": nowhere,
        "fig-index": {"path": "index.rst", "line": 10},
        "fig-epilog": nowhere,
    }


def test_included_files(tmp_path: Path) -> None:
    found = located(
        tmp_path,
        {
            "index.rst": index(".. include:: parts/a.txt"),
            "parts/a.txt": "\n\n" + FIGURE.format("a"),
        },
        exclude_patterns=["parts"],
    )
    assert found == {"fig-a": {"path": "parts/a.txt", "line": 3}}


def cell(kind: str, source: str) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if kind == "code":
        more = {"execution_count": None, "outputs": []}
    return {
        "cell_type": kind,
        "metadata": {},
        "source": source,
        "id": f"c{len(source)}",
        **more,
    }


def notebook(*cells: dict[str, Any]) -> str:
    data = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data, indent=1)


MYST_FIGURE = "```{{figure}} /p.png\n:name: fig-{0}\n\nOf {0}.\n```\n"


def test_notebooks(tmp_path: Path) -> None:
    """A notebook counts lines by cells; one that is written as text, as others do."""
    if find_spec("myst_nb") is None:
        lacking("myst-nb")
    text = """\
---
file_format: mystnb
kernelspec:
  name: python3
---
# Text

```{code-cell}
1 + 1
```

"""
    found = located(
        tmp_path,
        {
            "index.md": "# Book\n\n```{toctree}\nbook\ntext\n```\n\n"
            + MYST_FIGURE.format("index"),
            "book.ipynb": notebook(
                cell("markdown", "# Notebook\n\n" + MYST_FIGURE.format("one")),
                cell("code", "1 + 1"),
                cell("markdown", "Text.\n\n" + MYST_FIGURE.format("two")),
            ),
            "text.md": text + MYST_FIGURE.format("text"),
        },
        extensions=["myst_nb"],
        nb_execution_mode="off",
        source_suffix={
            ".md": "myst-nb",
            ".ipynb": "myst-nb",
            ".rst": "restructuredtext",
        },
        allow=["No source code lexer found"],
    )
    assert found == {
        "fig-one": {"path": "book.ipynb", "line": None},
        "fig-two": {"path": "book.ipynb", "line": None},
        "fig-text": {"path": "text.md", "line": 12},
        "fig-index": {"path": "index.md", "line": 8},
    }
