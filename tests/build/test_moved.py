"""Never stale, and nothing written for nothing: folders that are moved or restored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sphinx
from support import (
    Built,
    Lab,
    atlas,
    build,
    pages_written,
    same_output,
    stamps,
    tree_files,
    written,
)
from support.books.atlas_edits import caption, prose

BUILDERS = ["html", "dirhtml", "text"]


def again(lab: Lab, builder: str, home: Path, *, inside: bool = False) -> Built:
    doctrees = home / builder / ".doctrees" if inside else home / "doctrees"
    return build(lab.source, home / builder, builder=builder, doctrees=doctrees)


@pytest.mark.parametrize("inside", [False, True], ids=["beside", "inside"])
@pytest.mark.parametrize("builder", BUILDERS)
def test_moved_together(builder: str, inside: bool, tmp_path: Path) -> None:
    """Nothing is written but what changed, as if they had stayed."""
    lab = Lab(root=tmp_path, files=atlas())
    home = tmp_path / "elsewhere" / "deep"
    doctrees = tmp_path / "first" / (f"{builder}/.doctrees" if inside else "doctrees")
    build(lab.source, tmp_path / "first" / builder, builder=builder, doctrees=doctrees)
    home.parent.mkdir()
    shutil.move(tmp_path / "first", home)
    before = stamps(home / builder)
    built = again(lab, builder, home, inside=inside)
    assert built.read == frozenset()
    pages = {
        name
        for name in written(before, stamps(home / builder))
        if name.endswith((".html", ".txt")) and not name.startswith((".", "genindex"))
    }
    assert pages <= {"search.html", "search/index.html", "genindex/index.html"}
    caption(lab)
    before = stamps(home / builder)
    built = again(lab, builder, home, inside=inside)
    if builder == "html":
        pages = pages_written(before, stamps(home / builder))
        # Sphinx 7 writes the first page whenever it writes any.
        first = {"index"} if sphinx.version_info < (8,) else set()
        assert pages == {"vol1/coast", "vol1/index", "figures"} | first
    fresh = lab.clean(builder)
    assert same_output(without_doctrees(built, inside), fresh) == []


def without_doctrees(built: Built, inside: bool) -> Built:
    if inside:
        shutil.rmtree(built.out / ".doctrees")
    return built


def test_copied_back_over(tmp_path: Path) -> None:
    """An older copy of both is as fresh as the first build: an edit since shows."""
    lab = Lab(root=tmp_path, files=atlas())
    home = tmp_path / "built"
    lab.build()
    shutil.copytree(home, tmp_path / "cache")
    caption(lab)
    lab.build()
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "cache", home)
    lab.check()
    prose(lab)
    lab.check()


def test_output_alone_is_moved(tmp_path: Path) -> None:
    """The doctrees know nothing of what is in a folder that they never wrote."""
    lab = Lab(root=tmp_path, files=atlas())
    lab.build()
    caption(lab)
    lab.build(into="other")
    shutil.rmtree(lab.out())
    shutil.copytree(lab.out("other"), lab.out())
    built = lab.build()
    assert same_output(built, lab.clean()) == []


def test_folders_in_any_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is the same folder."""
    lab = Lab(root=tmp_path, files=atlas())
    lab.build()
    before = stamps(lab.out())
    monkeypatch.chdir(tmp_path)
    build(Path("book"), Path("built/html"), doctrees=Path("built/doctrees"))
    assert pages_written(before, stamps(lab.out())) == set()
    assert tree_files(lab.out())
