"""Which pages a build looks at to find out what to write, and that it misses none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Lab
from support.books.atlas_edits import EDITS, Edit

from sphinxext_figlist.build import digests
from sphinxext_figlist.read.store import Pages


@pytest.fixture
def digested(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The pages that were digested."""
    seen: set[str] = set()
    one = digests.page_digest

    def noted(assembly: Any, builder: Any, docname: str, words: str) -> Any:
        seen.add(docname)
        return one(assembly, builder, docname, words)

    monkeypatch.setattr(digests, "page_digest", noted)
    return seen


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The documents of which the records were unpickled."""
    seen: set[str] = set()
    get = Pages.__getitem__

    def noted(pages: Pages, docname: str) -> Any:
        seen.add(docname)
        return get(pages, docname)

    monkeypatch.setattr(Pages, "__getitem__", noted)
    return seen


def chapter(number: int) -> str:
    return f"""\
Chapter {number}
==================

.. _section-{number}:

Section
-------

We see it in :numref:`fig-{number}`.

.. figure:: picture.png
   :name: fig-{number}
   :alt: Something.

   **Figure of chapter {number}**: it shows something.

.. figure:: picture.png

   Another.
"""


def book(chapters: int) -> dict[str, str | bytes]:
    names = [f"chapter{number}" for number in range(1, chapters + 1)]
    toctree = "\n   ".join([*names, "figures", "full", "here"])
    files: dict[str, str | bytes] = {
        f"{name}.rst": chapter(number) for number, name in enumerate(names, 1)
    }
    return files | {
        "conf.py": 'extensions = ["sphinxext_figlist"]\nnumfig = True\n',
        "picture.png": b"",
        "index.rst": f"Book\n====\n\n.. toctree::\n   :maxdepth: 1\n   :numbered:\n\n"
        f"   {toctree}\n",
        "figures.rst": "Figures\n=======\n\n.. figlist::\n   :layout: compact\n",
        "full.rst": "All\n===\n\n.. figlist::\n\nSee :ref:`section-1`.\n",
        "here.rst": "Here\n====\n\n.. figlist::\n   :scope: page\n",
    }


def prose(lab: Lab) -> None:
    lab.edit("chapter2.rst", "We see it", "All see it")


def lines(lab: Lab) -> None:
    lab.edit("chapter2.rst", "We see it", "Here is more.\n\nWe see it")


def caption(lab: Lab) -> None:
    lab.edit("chapter2.rst", "it shows something", "it shows a thing")


def section(lab: Lab) -> None:
    lab.edit("chapter1.rst", "Section\n---", "SECTION\n---")


def title(lab: Lab) -> None:
    lab.edit("chapter2.rst", "Chapter 2\n", "Chapter 2!\n")


def nothing(_lab: Lab) -> None:
    pass


@pytest.fixture(scope="module", params=[3, 30], ids=["book", "ten books"])
def _long(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Lab:
    lab = Lab(root=tmp_path_factory.mktemp("long"), files=book(request.param))
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def long(_long: Lab) -> Lab:
    _long.restore()
    return _long


@pytest.mark.parametrize(
    ("edit", "pages"),
    [
        (nothing, set()),
        (prose, set()),
        (lines, set()),
        (caption, {"chapter2", "figures", "full"}),
        # It might be a chapter's title, and show in the index.
        (section, {"chapter1", "figures", "full", "index"}),
        (title, {"chapter2", "figures", "full", "index"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_only_pages_that_may_have_changed(
    long: Lab, digested: set[str], edit: Callable[[Lab], None], pages: set[str]
) -> None:
    edit(long)
    long.build()
    assert digested == pages
    long.check(built=long.build())


def test_prose_needs_the_records_of_its_document_alone(
    long: Lab, loaded: set[str]
) -> None:
    prose(long)
    long.build()
    assert loaded <= {"chapter2", "figures", "full", "here"}
    assert "chapter2" in loaded


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let each build digest all pages anew as well; what it would have missed."""
    missed: list[str] = []
    builds: list[bool] = []
    some = digests.page_digests

    def both(assembly: Any, builder: Any, state: str, key: str, *before: Any) -> Any:
        found, known = some(assembly, builder, state, key, *before)
        anew = type(assembly)(
            assembly.env,
            assembly.settings,
            assembly.output,
            assembly._numbers,
            assembly.book.section_numbers,
            markdown=assembly._markdown,
            in_print=assembly._read_print,
        )
        every, wanted = some(anew, builder, state, key, None, {})
        missed.extend(name for name in every if found[name] != every[name])
        missed.extend(["addresses"] if known.found != wanted.found else [])
        builds.append(True)
        return found, known

    monkeypatch.setattr(digests, "page_digests", both)
    yield missed
    assert builds


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_no_page_is_missed(lab: Lab, judged: list[str], edit: Edit) -> None:
    edit(lab)
    lab.build(allow=None)
    assert judged == []


def test_no_page_is_missed_when_another_builder_read_first(
    lab: Lab, judged: list[str]
) -> None:
    caption = EDITS[0]
    caption(lab)
    lab.build("dirhtml", allow=None)
    lab.build(allow=None)
    assert judged == []


def test_a_build_that_broke_off(lab: Lab, tmp_path: Path) -> None:
    """What was found out for pages that were then not written is of no use."""
    caption = EDITS[0]
    caption(lab)

    def broken(*_: Any) -> None:
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sphinxext_figlist.build.writing.begin", broken)
        with pytest.raises(RuntimeError):
            lab.build()
    lab.check()
