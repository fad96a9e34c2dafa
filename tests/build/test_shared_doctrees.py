"""Builders, folders and runs that share doctrees are never stale."""

from __future__ import annotations

import shutil

import pytest
from support import Lab, atlas, atlas_conf, entries, pages_written, stamps
from support.books.atlas_edits import (
    Edit,
    caption,
    chapter_removed,
    chapters_swapped,
    condition,
    figure_inserted,
    orphan_removed,
    title_of_chapter,
)


@pytest.fixture(scope="module")
def _straight(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    # Sphinx curls quotes as the builder that reads would have it.
    lab = Lab(root=tmp_path_factory.mktemp("straight"), files=atlas(smartquotes=False))
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def straight(_straight: Lab) -> Lab:
    """The small book with the quotes that it has, its HTML built once."""
    _straight.restore()
    return _straight


@pytest.mark.parametrize("other", ["text", "latex", "dirhtml", "singlehtml", "figlist"])
@pytest.mark.parametrize("edit", [caption, figure_inserted])
def test_another_builder_reads_the_edit(straight: Lab, other: str, edit: Edit) -> None:
    edit(straight)
    straight.build(other)
    straight.check()


@pytest.mark.parametrize(
    "edit", [orphan_removed, chapter_removed, title_of_chapter, condition]
)
def test_the_figlist_builder_reads_the_edit(straight: Lab, edit: Edit) -> None:
    edit(straight)
    straight.check("figlist")
    straight.check()


@pytest.mark.parametrize("other", ["text", "latex", "dirhtml", "figlist"])
@pytest.mark.parametrize("edit", [caption, figure_inserted, chapter_removed])
def test_the_other_builder_is_fresh_too(straight: Lab, other: str, edit: Edit) -> None:
    straight.build(other)
    edit(straight)
    straight.build()
    straight.check(other)


def test_two_folders_over_the_same_doctrees(lab: Lab) -> None:
    lab.build(into="second")
    caption(lab)
    figure_inserted(lab)
    lab.build(into="second")
    lab.check()
    chapters_swapped(lab)
    lab.build()
    lab.check(into="second")


def test_only_named_files_are_built_first(lab: Lab) -> None:
    caption(lab)
    figure_inserted(lab)
    lab.build(only=[lab.path("vol1/plain.rst")])
    lab.check()


def test_only_the_edited_file_is_built_first(lab: Lab) -> None:
    figure_inserted(lab)
    lab.build(only=[lab.path("vol1/coast.rst")])
    lab.check()


def test_only_the_list_page_is_built_first(lab: Lab) -> None:
    caption(lab)
    lab.build(only=[lab.path("figures.rst")])
    shown = {entry.href: entry.words for entry in entries(lab.out() / "figures.html")}
    assert "chalk or lime" in shown["vol1/coast.html#fig-cliff"]
    lab.check()


def test_tags(lab: Lab) -> None:
    before = stamps(lab.out())
    built = lab.check(tags=["draft"])
    assert built.read == set(), "a tag reads nothing anew"
    hrefs = [entry.href for entry in entries(lab.out() / "figures.html")]
    assert "vol1/plain.html#fig-draft" in hrefs
    assert "figures" in pages_written(before, stamps(lab.out()))
    lab.check()
    hrefs = [entry.href for entry in entries(lab.out() / "figures.html")]
    assert "vol1/plain.html#fig-draft" not in hrefs


def test_parallel_incremental_build(lab: Lab) -> None:
    for number, name in enumerate(sorted(lab.build().found)):
        suffix = ".rst" if lab.path(f"{name}.rst").exists() else ".md"
        lab.append(name + suffix, f"\nParagraph {number}.\n")
    figure_inserted(lab)
    built = lab.check(parallel=2)
    assert built.in_parallel == {"reading", "writing"}


def test_fresh_environment_on_an_old_output(lab: Lab) -> None:
    caption(lab)
    lab.write("conf.py", atlas_conf(figlist_formats=["json"]))
    lab.check(fresh=True)


def test_output_is_gone(lab: Lab) -> None:
    shutil.rmtree(lab.out())
    lab.check()


def test_one_file_is_gone(lab: Lab) -> None:
    (lab.out() / "figlist/FIGURE_LIST_VOL1.md").unlink()
    lab.check()
