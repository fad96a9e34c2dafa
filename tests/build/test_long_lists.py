"""The work that a list takes grows with its entries, and no faster."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from support import build, write_tree


def book(chapters: int, layout: str) -> dict[str, str | bytes]:
    figures = "\n".join(
        f".. figure:: picture.png\n   :name: fig-@-{number}\n   :alt: A thing.\n\n"
        f"   **Thing {number}**: it is here, *indeed*.\n"
        for number in range(10)
    )
    names = [f"chapter{number}" for number in range(chapters)]
    toctree = "\n   ".join([*names, "figures"])
    return {
        f"{name}.rst": f"Chapter {name}\n{'=' * 30}\n\n{figures.replace('@', name)}"
        for name in names
    } | {
        "conf.py": 'extensions = ["sphinxext_figlist"]\nnumfig = True\n'
        'html_sidebars = {"**": []}\n',
        "picture.png": b"",
        "index.rst": f"Book\n====\n\n.. toctree::\n   :maxdepth: 1\n\n   {toctree}\n",
        "figures.rst": f"Figures\n=======\n\n.. figlist::\n   :layout: {layout}\n",
    }


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the calls of our functions."""
    calls = [0]

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and "sphinxext_figlist" in frame.f_code.co_filename:
            calls[0] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("layout", ["compact", "full"])
def test_work_grows_with_the_entries(tmp_path: Path, layout: str) -> None:
    calls = {}
    for chapters in (3, 30):
        source = tmp_path / str(chapters)
        write_tree(source, book(chapters, layout))
        with counted() as found:
            build(source, tmp_path / f"out{chapters}")
        calls[chapters] = found[0]
    assert calls[30] < 10.5 * calls[3]


WATCHING = """
import gc
from pathlib import Path
from sphinxext_figlist.assemble.model import Entry

def note(app, document, docname):
    gc.collect()
    kept = sum(isinstance(one, Entry) for one in gc.get_objects())
    with open(Path(app.srcdir).parent / "kept.txt", "a") as out:
        print(docname, kept, file=out)

def setup(app):
    app.connect("doctree-resolved", note, priority=999)
"""


def test_a_list_is_kept_no_longer_than_until_it_is_written(tmp_path: Path) -> None:
    """Most pages are written after a list at the front of the book."""
    files = book(3, "compact")
    lists = ("a.rst", "c.rst")  # the other pages but one come later
    for name in lists:
        files[name] = files["figures.rst"]
    for name in ("b.rst", "figures.rst"):
        files[name] = "Page\n====\n"
    files["conf.py"] = str(files["conf.py"]) + WATCHING
    files["index.rst"] = str(files["index.rst"]) + "   a\n   b\n   c\n"
    write_tree(tmp_path / "source", files)
    # In a process of its own: others' entries may be alive in this one.
    folders = [tmp_path / "source", tmp_path / "out"]
    subprocess.run([sys.executable, "-m", "sphinx", "-q", *folders], check=True)
    lines = (tmp_path / "kept.txt").read_text().splitlines()
    kept = {docname: int(count) for docname, count in map(str.split, lines)}
    assert kept["a"] == kept["b"] == kept["c"] == 30
    assert kept["chapter0"] == kept["chapter2"] == kept["index"] == 0
