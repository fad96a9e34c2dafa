"""Never stale: what an incremental build leaves is what a clean build writes.

Each edit starts from the same built book. After it the book is built on what is there,
and once more from nothing: the main content of every page and every file must be equal.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import (
    Lab,
    Site,
    atlas,
    atlas_conf,
    by_class,
    elements,
    entries,
    figure_numbers,
    load_seed,
    main_content,
    only_by_class,
    own_files,
    pages_written,
    png,
    same_bytes,
    same_output,
    search_index,
    stamps,
    text,
    touch_now,
    tree_files,
    without_figlist,
    written,
)

Edit = Callable[[Lab], None]

LISTS = {"figures", "vol1/figures", "vol2/figures", "vol2/springs", "orphan"}


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    lab = Lab(root=tmp_path_factory.mktemp("atlas"), files=atlas())
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def lab(_built: Lab) -> Iterator[Lab]:
    """The small book in two volumes, its HTML built once."""
    _built.restore()
    yield _built
    shutil.rmtree(_built.root / "clean", ignore_errors=True)


# -- the book as it first is ------------------------------------------------------


def test_first_build(lab: Lab) -> None:
    page = lab.out() / "figures.html"
    shown = [(entry.number, entry.href) for entry in entries(page)]
    coast = [number for number, href in shown if href.startswith("vol1/coast.html#")]
    assert coast == ["Fig. 1.1", "Fig. 1.2", "Fig. 1.3"]
    named = [(number, href) for number, href in shown if "#fig-" in href]
    assert named == [
        ("Fig. 1.1", "vol1/coast.html#fig-cliff"),
        ("Fig. 1.2", "vol1/coast.html#fig-bare"),
        ("Fig. 2.1", "vol1/hills.html#fig-ridge"),
        ("Fig. 2.2", "vol1/hills.html#fig-cairn"),
        ("Fig. 3.1", "vol1/plain.html#fig-screen"),
        # What is for print or drafts alone takes its number, but is not on this page.
        ("Fig. 3.4", "vol1/plain.html#fig-field"),
        ("Fig. 1.1", "vol2/rivers.html#fig-delta"),
        ("Fig. 1.2", "vol2/rivers.html#fig-mouth"),
        ("Fig. 3.1", "vol2/springs.html#fig-geyser"),
        ("Fig. 3.2", "vol2/springs.html#fig-well"),
    ]
    paragraphs = elements(only_by_class(main_content(page), "figlist"), "p")
    assert not [p for p in map(text, paragraphs) if p.endswith(":")], (
        "a label of nothing"
    )
    assert Site(lab.out()).dead_links() == []
    assert "Fig. 1.1 (Volume II)" in text(main_content(lab.out() / "vol1/coast.html"))
    assert set(own_files(lab.out())) == {
        f"figlist/FIGURE_LIST_VOL{volume}.{kind}"
        for volume in "12"
        for kind in ("md", "json")
    }


# -- one edit at a time -----------------------------------------------------------


def caption(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", "chalk, *white*", "chalk or lime, *grey*")


def caption_in_myst(lab: Lab) -> None:
    lab.edit("vol1/hills.md", "**Ridge**: a line", "**A ridge**: the line")


def caption_of_included_file(lab: Lab) -> None:
    lab.edit("shared/field.txt", "Field: which lies", "A field: it lies")


def caption_gone(lab: Lab) -> None:
    lab.edit(
        "vol1/hills.md",
        "**Ridge**: a line of [hills](https://example.org/hills), with `code` in it.\n",
        "",
    )


def caption_new(lab: Lab) -> None:
    lab.edit(
        "vol1/coast.rst",
        "   :alt: A bare rock.\n",
        "   :alt: A bare rock.\n\n   Bare rock.\n",
    )


def alt(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", ":alt: A chalk cliff", ":alt: A white cliff")


def alt_in_myst(lab: Lab) -> None:
    lab.edit(
        "vol2/rivers.md", ":alt: A delta from above.", ":alt: A delta from far above."
    )


def alt_gone(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", "   :alt: A bare rock.\n", "")


def legend(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", "The legend of", "A legend of")


def picture(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", "/images/bare.png", "/images/new.png")


def figure_inserted(lab: Lab) -> None:
    new = ".. figure:: /images/new.png\n   :name: fig-new\n\n   New: a figure.\n\n"
    lab.edit(
        "vol1/coast.rst",
        ".. figure:: /images/cliff.png",
        new + ".. figure:: /images/cliff.png",
    )


def figure_inserted_without_caption(lab: Lab) -> None:
    new = "```{figure} /images/new.png\n:alt: New.\n```\n\n"
    lab.edit(
        "vol2/rivers.md",
        "```{figure} /images/delta.png",
        new + "```{figure} /images/delta.png",
    )


def figure_removed(lab: Lab) -> None:
    gone = ".. figure:: /images/bare.png\n   :name: fig-bare\n   :alt: A bare rock.\n\n"
    lab.edit("vol1/coast.rst", gone, "")
    lab.edit("vol1/coast.rst", ", and :numref:`fig-bare` without words,", ",")


def figures_swapped(lab: Lab) -> None:
    first, second = (
        "/images/geyser.png\n      :name: fig-geyser",
        "/images/well.png\n   :name: fig-well",
    )
    lab.edit("vol2/springs.rst", first, "/images/well.png\n      :name: fig-well")
    source = lab.read("vol2/springs.rst")
    at = source.rindex(second)
    swapped = (
        source[:at]
        + "/images/geyser.png\n   :name: fig-geyser"
        + source[at + len(second) :]
    )
    lab.write("vol2/springs.rst", swapped)


def figure_moved_to_another_chapter(lab: Lab) -> None:
    gone = (
        "```{figure} /images/mouth.png\n:name: fig-mouth\n:alt: A river's mouth.\n```\n"
    )
    lab.edit("vol2/rivers.md", gone, "")
    # Into a document that is read later: Sphinx would see the label twice otherwise.
    lab.append(
        "vol2/springs.rst",
        "\n.. figure:: /images/mouth.png\n   :name: fig-mouth\n\n   Mouth: of a spring.\n",
    )


def first_figure_of_a_chapter(lab: Lab) -> None:
    lab.append(
        "vol2/lakes.rst", "\n.. figure:: /images/new.png\n\n   A lake: after all.\n"
    )


def figure_excluded(lab: Lab) -> None:
    lab.edit(
        "vol1/coast.rst",
        "   :name: fig-cliff\n",
        "   :name: fig-cliff\n   :figclass: figlist-exclude\n",
    )


def condition(lab: Lab) -> None:
    lab.edit("vol1/plain.rst", ".. only:: draft", ".. only:: html or draft")


def condition_of_print(lab: Lab) -> None:
    lab.edit("vol1/plain.rst", ".. only:: latex", ".. only:: draft and latex")


def label_renamed(lab: Lab) -> None:
    for name in (
        "vol1/coast.rst",
        "vol1/hills.md",
        "vol2/rivers.md",
        "vol2/lakes.rst",
        "orphan.rst",
    ):
        assert "fig-cliff" in lab.read(name)
        lab.write(name, lab.read(name).replace("fig-cliff", "fig-rock"))


def label_of_the_unreferenced_renamed(lab: Lab) -> None:
    lab.edit("vol2/springs.rst", ":name: fig-well", ":name: fig-the-well")


def label_gone(lab: Lab) -> None:
    lab.edit("vol2/springs.rst", "   :name: fig-well\n", "")


def chapters_swapped(lab: Lab) -> None:
    lab.edit("vol1/index.rst", "   coast\n   hills\n", "   hills\n   coast\n")


def chapter_moved_to_the_other_volume(lab: Lab) -> None:
    lab.edit("vol1/index.rst", "   hills\n", "")
    lab.edit("vol2/index.rst", "   rivers\n", "   /vol1/hills\n   rivers\n")


def chapter_added(lab: Lab) -> None:
    new = "The moor\n========\n\n.. figure:: /images/new.png\n\n   Moor: as :numref:`fig-cliff`.\n"
    lab.write("vol1/moor.rst", new)
    lab.edit("vol1/index.rst", "   hills\n", "   moor\n   hills\n")


def chapter_removed(lab: Lab) -> None:
    lab.remove("vol2/rivers.md")
    lab.edit("vol2/index.rst", "   rivers\n", "")
    lab.edit("vol1/coast.rst", "the other volume has :numref:`fig-delta`, and", "and")


def chapter_renamed_on_disk(lab: Lab) -> None:
    lab.write("vol2/streams.md", lab.read("vol2/rivers.md"))
    lab.remove("vol2/rivers.md")
    lab.edit("vol2/index.rst", "   rivers\n", "   streams\n")


def chapter_divided(lab: Lab) -> None:
    lab.edit(
        "vol2/springs.rst",
        ".. figure:: /images/well",
        "The wells\n=========\n\n.. figure:: /images/well",
    )


def orphan_removed(lab: Lab) -> None:
    lab.remove("orphan.rst")


def orphan_edited(lab: Lab) -> None:
    lab.edit("orphan.rst", ":numref:`fig-cliff`", ":numref:`fig-ridge`")


def title_of_chapter(lab: Lab) -> None:
    lab.edit("vol1/hills.md", "# The hills\n", "# The *high* hills\n")


def title_of_section_that_a_caption_names(lab: Lab) -> None:
    lab.edit("vol1/hills.md", "## Ridges\n", "## Ridges and cairns\n")


def title_of_volume_root(lab: Lab) -> None:
    lab.edit("vol1/index.rst", "Land\n====\n", "The land\n========\n")


def reference_added(lab: Lab) -> None:
    lab.append("vol2/lakes.rst", "\nSee also :numref:`fig-well`.\n")


def reference_removed(lab: Lab) -> None:
    lab.edit("vol2/lakes.rst", ":numref:`fig-cliff` is none", "none of them is")


def prose(lab: Lab) -> None:
    lab.edit("vol1/coast.rst", "the land ends\nsomewhere", "the coast ends\nsomewhere")


def prose_of_more_lines(lab: Lab) -> None:
    lab.edit(
        "vol1/coast.rst",
        "the land ends\nsomewhere",
        "the land ends.\n\nIt ends\n\nsomewhere",
    )


def list_page_added(lab: Lab) -> None:
    lab.write(
        "vol1/figures.rst",
        "Figures\n=======\n\n.. figlist::\n   :layout: compact\n   :fields: title\n",
    )
    lab.edit("vol1/index.rst", "   coast\n", "   figures\n   coast\n")


def list_page_removed(lab: Lab) -> None:
    lab.remove("figures.rst")
    lab.edit("index.rst", "   figures\n", "")


def list_page_edited(lab: Lab) -> None:
    lab.edit(
        "figures.rst",
        ".. figlist::\n",
        ".. figlist::\n   :volume: 2\n   :fields: caption alt label location\n",
    )


def list_page_moved_to_the_other_volume(lab: Lab) -> None:
    lab.write("vol1/figures.rst", lab.read("vol2/figures.rst"))
    lab.remove("vol2/figures.rst")
    lab.edit("vol2/index.rst", "   figures\n", "")
    lab.edit("vol1/index.rst", "   coast\n", "   coast\n   figures\n")


def list_in_a_chapter_added(lab: Lab) -> None:
    lab.append("vol1/hills.md", "\n```{figlist}\n:scope: page\n:layout: compact\n```\n")


def list_in_a_chapter_removed(lab: Lab) -> None:
    lab.edit(
        "vol2/springs.rst",
        ".. figlist::\n   :scope: chapter\n   :layout: compact\n",
        "",
    )


def several_at_once(lab: Lab) -> None:
    caption(lab)
    figure_inserted_without_caption(lab)
    chapters_swapped(lab)
    orphan_removed(lab)
    list_page_added(lab)


EDITS: list[Edit] = [
    caption,
    caption_in_myst,
    caption_of_included_file,
    caption_gone,
    caption_new,
    alt,
    alt_in_myst,
    alt_gone,
    legend,
    picture,
    figure_inserted,
    figure_inserted_without_caption,
    figure_removed,
    figures_swapped,
    figure_moved_to_another_chapter,
    first_figure_of_a_chapter,
    figure_excluded,
    condition,
    condition_of_print,
    label_renamed,
    label_of_the_unreferenced_renamed,
    label_gone,
    chapters_swapped,
    chapter_moved_to_the_other_volume,
    chapter_added,
    chapter_removed,
    chapter_renamed_on_disk,
    chapter_divided,
    orphan_removed,
    orphan_edited,
    title_of_chapter,
    title_of_section_that_a_caption_names,
    title_of_volume_root,
    reference_added,
    reference_removed,
    prose,
    prose_of_more_lines,
    list_page_added,
    list_page_removed,
    list_page_edited,
    list_page_moved_to_the_other_volume,
    list_in_a_chapter_added,
    list_in_a_chapter_removed,
    several_at_once,
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edit(lab: Lab, edit: Edit) -> None:
    edit(lab)
    lab.check()


def test_chapters_unnumbered(lab: Lab) -> None:
    lab.edit("vol2/index.rst", "   :numbered:\n", "")
    built, wanted = lab.build(), lab.clean()
    # Sphinx keeps the old numbers in the toctree of the index itself.
    faults = [
        f for f in same_output(built, wanted) if not f.startswith("vol2/index.html")
    ]
    assert faults == []


VOLUMES = [
    {"id": "1", "title": "Land", "root": "vol1/index"},
    {"id": "2", "title": "Water", "root": "vol2/index"},
]

SETTINGS: dict[str, dict[str, object]] = {
    "fields": {"figlist_fields": ["alt", "caption"]},
    "title_from": {"figlist_title_from": "sentence"},
    "no_restart": {"figlist_restart_numbering": False},
    "latex_numbers": {"figlist_latex_numbers": "latex"},
    "files_for_html": {"figlist_files_for": "html"},
    "no_formats": {"figlist_formats": []},
    "one_format": {"figlist_formats": ["json"]},
    "no_volumes": {"figlist_volumes": []},
    "volume_title": {"figlist_volumes": [{**VOLUMES[0], "title": "Earth"}, VOLUMES[1]]},
    "volume_label": {
        "figlist_volumes": [VOLUMES[0], {**VOLUMES[1], "label": "Part B"}]
    },
    "volume_id": {"figlist_volumes": [{**VOLUMES[0], "id": "land"}, VOLUMES[1]]},
    "volume_file": {
        "figlist_volumes": [{**VOLUMES[0], "filename": "LAND"}, VOLUMES[1]]
    },
    "volumes_swapped": {"figlist_volumes": VOLUMES[::-1]},
    "no_backlinks": {"figlist_backlinks": False},
    "project": {"project": "A Smaller Atlas"},
    "language": {"language": "de"},
    "numfig_format": {"numfig_format": {"figure": "Picture %s"}},
    "numfig_depth_0": {"numfig_secnum_depth": 0},
    "numfig_depth_2": {"numfig_secnum_depth": 2},
    "no_smartquotes": {"smartquotes": False},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting(lab: Lab, name: str) -> None:
    lab.write("conf.py", atlas_conf(**SETTINGS[name]))
    if name in {"no_volumes", "volume_id"}:  # there is no volume 1 then
        lab.edit("orphan.rst", "   :volume: 1\n", "")
    lab.check()
    if "   :volume: 1" not in lab.read("orphan.rst"):
        lab.append("orphan.rst", "   :volume: 1\n")
    lab.write("conf.py", atlas_conf())
    assert same_output(lab.build(), lab.first()) == []


def test_setting_of_uncaptioned_figures(lab: Lab) -> None:
    # References to what has no number then are Sphinx's to complain of.
    allow = [
        "Any number is not assigned: fig-bare",
        "Any number is not assigned: fig-mouth",
    ]
    lab.write("conf.py", atlas_conf(figlist_number_uncaptioned=False))
    lab.check(allow=allow)
    lab.write("conf.py", atlas_conf())
    assert same_output(lab.build(), lab.first()) == []


def test_one_volume_dropped(lab: Lab) -> None:
    # Figures that are in no volume then are told of, as promised.
    lab.write("conf.py", atlas_conf(figlist_volumes=VOLUMES[:1]))
    lab.edit(
        "vol2/figures.rst",
        "   :layout: compact\n",
        "   :layout: compact\n   :volume: 1\n",
    )
    lab.check(allow=["vol2/rivers", "vol2/springs"])
    assert not any("VOL2" in name for name in own_files(lab.out()))


def test_edits_in_a_row(lab: Lab) -> None:
    """Each edit upon the last, with what it left."""
    for edit in [
        caption,
        figure_inserted,
        alt,
        chapters_swapped,
        title_of_chapter,
        list_page_added,
        label_renamed,
        condition,
        reference_added,
        orphan_removed,
        figure_removed,
        chapter_removed,
    ]:
        edit(lab)
        lab.check()
    lab.check(built=lab.build())  # and with nothing to do


def test_there_and_back(lab: Lab) -> None:
    first = {name: path.read_bytes() for name, path in tree_files(lab.source).items()}
    before = own_files(lab.out())
    for edit in (figure_inserted, chapters_swapped, caption):
        edit(lab)
    lab.check()
    for name in ("vol1/coast.rst", "vol1/index.rst"):
        lab.write(name, first[name])
    lab.check()
    assert own_files(lab.out()) == before


@pytest.mark.parametrize("edit", [orphan_removed, chapter_removed, prose])
def test_builds_with_nothing_to_do_after_an_edit(lab: Lab, edit: Edit) -> None:
    # Where only an orphan goes, Sphinx keeps its old environment on disk.
    edit(lab)
    lab.build()
    lab.check()
    lab.check()


def test_an_edit_that_warns_is_mended(lab: Lab) -> None:
    lab.edit(
        "vol1/coast.rst",
        ".. figure:: /images/cliff.png",
        ".. figur:: /images/cliff.png",
    )
    lab.check(allow=None)
    lab.edit(
        "vol1/coast.rst",
        ".. figur:: /images/cliff.png",
        ".. figure:: /images/cliff.png",
    )
    lab.check()


# -- figures that other pages tell of ---------------------------------------------


def test_pages_that_refer_to_a_renumbered_figure(lab: Lab) -> None:
    before = stamps(lab.out())
    figure_inserted(lab)
    built = lab.check()
    assert built.read == {"vol1/coast"}
    again = pages_written(before, stamps(lab.out()))
    assert {"vol1/coast", "vol1/hills", "vol2/rivers", "vol2/lakes", "orphan"} <= again
    for name in ("vol1/hills", "vol2/lakes"):
        assert "Fig. 1.2" in text(main_content(lab.out() / f"{name}.html"))
    # vol1/plain refers to no figure that is numbered anew.
    assert "vol1/plain" not in again


def test_text_that_quotes_a_caption(lab: Lab) -> None:
    lab.append("vol1/plain.rst", "\nRemember :ref:`fig-cliff`.\n")
    lab.check()
    caption(lab)
    lab.check()
    assert "chalk or lime" in text(main_content(lab.out() / "vol1/plain.html"))


# -- builders, folders and runs that share doctrees -------------------------------


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


# -- what a build writes, and what it leaves --------------------------------------


def plain_lab(tmp_path: Path) -> Lab:
    """The same book, built once, as plain Sphinx has it."""
    lab = Lab(root=tmp_path, files=without_figlist(atlas()))
    lab.build(allow=None)
    return lab


def test_no_change(lab: Lab, tmp_path: Path) -> None:
    plain = plain_lab(tmp_path)
    before = stamps(plain.out())
    plain.build(allow=None)
    by_sphinx = written(before, stamps(plain.out()))

    for _ in range(2):
        out, doctrees = stamps(lab.out()), stamps(lab.doctrees)
        built = lab.build()
        assert built.read == set()
        assert written(out, stamps(lab.out())) <= by_sphinx
        assert pages_written(out, stamps(lab.out())) == set()
        assert written(doctrees, stamps(lab.doctrees)) == set()


def test_no_change_writes_no_list(lab: Lab) -> None:
    lab.build("figlist")
    before = stamps(lab.out("figlist"))
    built = lab.build("figlist")
    assert built.read == set()
    after = stamps(lab.out("figlist"))
    ours = {name for name in written(before, after) if name.startswith("FIGURE_")}
    assert ours == set()


def test_one_caption(lab: Lab, tmp_path: Path) -> None:
    plain = plain_lab(tmp_path)
    before = stamps(plain.out())
    caption_in_myst(plain)
    # Volume 2's list and the list of the springs do not show this figure.
    lists = {"figures", "orphan"}
    for name in lists:
        touch_now(plain.path(f"{name}.rst"))
    plain.build(allow=None)
    by_sphinx = pages_written(before, stamps(plain.out()))

    before = stamps(lab.out())
    caption_in_myst(lab)
    built = lab.check()
    assert built.read == {"vol1/hills"}
    after = stamps(lab.out())
    assert {"vol1/hills"} | lists <= pages_written(before, after) <= by_sphinx
    files = {name for name in written(before, after) if name.startswith("figlist/")}
    assert files == {"figlist/FIGURE_LIST_VOL1.md", "figlist/FIGURE_LIST_VOL1.json"}


def test_prose(lab: Lab, tmp_path: Path) -> None:
    plain = plain_lab(tmp_path)
    before = stamps(plain.out())
    prose(plain)
    plain.build(allow=None)
    by_sphinx = pages_written(before, stamps(plain.out()))

    before = stamps(lab.out())
    prose(lab)
    built = lab.check()
    assert built.read == {"vol1/coast"}
    after = stamps(lab.out())
    assert pages_written(before, after) == by_sphinx
    assert not by_sphinx & LISTS
    assert not any(name.startswith("figlist/") for name in written(before, after))


def test_a_field_that_no_page_shows(lab: Lab) -> None:
    # No list shows legends: the file that holds them changes, and the others do not.
    before = stamps(lab.out())
    legend(lab)
    lab.check()
    after = stamps(lab.out())
    assert pages_written(before, after) & LISTS <= {"figures", "orphan"}
    files = {name for name in written(before, after) if name.startswith("figlist/")}
    assert files == {"figlist/FIGURE_LIST_VOL1.json"}


def test_numbers_settle(lab: Lab) -> None:
    """Numbers of our own must not look to Sphinx like news in each build."""
    figure_inserted(lab)
    lab.build()
    before = stamps(lab.out())
    prose(lab)
    lab.build()
    again = pages_written(before, stamps(lab.out()))
    assert "vol1/coast" in again
    assert not again & {
        "vol1/hills",
        "vol2/rivers",
        "vol2/lakes",
        "vol2/springs",
        "figures",
    }


def test_numbers_settle_in_one_process(lab: Lab) -> None:
    """As where an editor's server keeps the application that built."""
    before: dict[str, tuple[int, int]] = {}

    def then() -> None:
        before.update(stamps(lab.out()))
        prose(lab)

    caption(lab)
    built = lab.build(then=then)
    assert built.read == {"vol1/coast"}
    again = pages_written(before, stamps(lab.out()))
    assert "vol1/coast" in again
    assert not again & {
        "vol1/hills",
        "vol2/rivers",
        "vol2/lakes",
        "vol2/springs",
        "figures",
    }
    lab.check(built=built)


def test_other_files_stay(lab: Lab) -> None:
    folder = lab.out() / "figlist"
    strangers = {
        folder / "notes.txt": b"mine",
        folder / "FIGURE_LIST_OLD.md": b"mine",
        folder / "FIGURE_LIST_VOL1.txt": b"mine",
        lab.out() / "FIGURE_LIST_VOL1.md": b"mine",
    }
    for path, content in strangers.items():
        path.write_bytes(content)
    lab.write("conf.py", atlas_conf(figlist_formats=[]))
    caption(lab)
    lab.build()
    for path, content in strangers.items():
        assert path.read_bytes() == content
    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in strangers if path.parent == folder}


def test_files_of_the_figlist_builder_go(lab: Lab) -> None:
    stranger = lab.out("figlist") / "FIGURE_LIST_OLD.md"
    lab.build("figlist")
    assert (lab.out("figlist") / "FIGURE_LIST_VOL1.md").exists()
    stranger.write_bytes(b"mine")
    lab.write("conf.py", atlas_conf(figlist_formats=["json"]))
    lab.build("figlist")
    left = {path.name for path in lab.out("figlist").glob("FIGURE_LIST*")}
    assert left == {"FIGURE_LIST_VOL1.json", "FIGURE_LIST_VOL2.json", stranger.name}


# -- one volume, and orphans with figures -----------------------------------------


@pytest.fixture(scope="module")
def _one(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    files = atlas(figlist_volumes=None, figlist_number_uncaptioned=None)
    files["stray.rst"] = (
        ":orphan:\n\nA stray\n=======\n\n.. figure:: /images/new.png\n   :name: fig-stray\n\n   A stray figure.\n"
    )
    for name in ("vol2/rivers.md", "vol1/coast.rst"):
        source = str(files[name])
        for gone in (
            ", and :numref:`fig-bare` without words,",
            " Of {numref}`fig-mouth` no words.",
            ", see {numref}`fig-mouth`",
        ):
            source = source.replace(gone, "")
        files[name] = source
    files["orphan.rst"] = str(files["orphan.rst"]).replace("   :volume: 1\n", "")
    lab = Lab(root=tmp_path_factory.mktemp("one"), files=files)
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def one(_one: Lab) -> Lab:
    """The small book as one volume that nobody set up, with an orphan that has a figure."""
    _one.restore()
    return _one


def stray_removed(lab: Lab) -> None:
    lab.remove("stray.rst")


def stray_found(lab: Lab) -> None:
    lab.edit("index.rst", "   figures\n", "   stray\n   figures\n")
    lab.edit("stray.rst", ":orphan:\n\n", "")


def hills_lost(lab: Lab) -> None:
    lab.edit("vol1/index.rst", "   hills\n", "")
    lab.write("vol1/hills.md", "---\norphan: true\n---\n\n" + lab.read("vol1/hills.md"))


@pytest.mark.parametrize(
    "edit", [caption, figure_inserted, stray_removed, stray_found, caption_gone]
)
def test_edit_of_one_volume(one: Lab, edit: Edit) -> None:
    hrefs = [entry.href for entry in entries(one.out() / "figures.html")]
    assert hrefs
    assert "stray.html#fig-stray" not in hrefs
    # A figure without a caption has no number here; what refers to it is told so.
    allow = ["Any number is not assigned: fig-ridge"] if edit is caption_gone else ()
    edit(one)
    one.check(allow=allow)


def test_chapter_becomes_an_orphan(one: Lab) -> None:
    hills_lost(one)
    one.check(allow=["Any number is not assigned"])
    assert all(
        "hills" not in entry.href for entry in entries(one.out() / "figures.html")
    )


# -- the book as it is ------------------------------------------------------------


def test_enabling_it_changes_nothing(tmp_path: Path) -> None:
    """Until a list or a setting is asked for, the book is what plain Sphinx makes of it."""
    files = without_figlist(atlas())
    plain = Lab(root=tmp_path / "plain", files=files)
    enabled = Lab(root=tmp_path / "enabled", files=files)
    source = enabled.read("conf.py")
    enabled.write(
        "conf.py", source.replace("'myst_parser'", "'myst_parser', 'sphinxext_figlist'")
    )
    assert "sphinxext_figlist" in enabled.read("conf.py")
    assert "sphinxext_figlist" not in plain.read("conf.py")
    for builder in ("html", "text", "latex"):
        without, with_it = (
            plain.build(builder, allow=None),
            enabled.build(builder, allow=None),
        )
        named = [
            b.warnings.replace(str(x.root), "")
            for b, x in ((without, plain), (with_it, enabled))
        ]
        assert named[1] == named[0]
        one, two = (
            {name: path.read_bytes() for name, path in tree_files(b.out).items()}
            for b in (without, with_it)
        )
        if builder == "html":
            (index, search) = (
                search_index(files.pop("searchindex.js")) for files in (one, two)
            )
            assert search == index
        # A style sheet may lie about, as long as no page loads it.
        more = {name for name in two.keys() - one.keys() if name.startswith("_static/")}
        for name in more | {".buildinfo"}:
            two.pop(name, None)
        one.pop(".buildinfo", None)
        assert same_bytes(two, one) == []


# -- the reference book -----------------------------------------------------------


@pytest.mark.seed
def test_edits_of_the_reference_book(tmp_path: Path) -> None:
    seed = load_seed()
    lab = Lab(root=tmp_path, files={})
    seed.write_book(lab.source, "mixed", 2, conf=True)
    lab.append("conf.py", 'figlist_formats = ["markdown", "json"]\n')
    lab.build()

    chapter, figure = "vol1/chapter004.md", "fig-v1-4-2"
    lab.edit(chapter, f":name: {figure}\n", ":name: fig-renamed\n")
    lab.edit(chapter, f"{{numref}}`{figure}`", "{numref}`fig-renamed`")
    lab.edit(
        "vol2/index.rst",
        "   chapter001\n   chapter002\n",
        "   chapter002\n   chapter001\n",
    )
    first = lab.check()
    assert first.read == {"vol1/chapter004", "vol2/index"}

    lab.write("vol1/images/new.png", png())
    source = lab.read("vol1/chapter003.rst")
    at = source.index(".. figure::")
    new = ".. figure:: images/new.png\n\n   **New**: a figure.\n\n"
    lab.write("vol1/chapter003.rst", source[:at] + new + source[at:])
    lab.remove("vol2/chapter004.md")
    lab.edit("vol2/index.rst", "   chapter004\n", "")
    lab.check()
    totals = [
        json.loads(content)["totals"]
        for name, content in sorted(own_files(lab.out()).items())
        if name.endswith(".json")
    ]
    gone = len(seed.plan("mixed", 2)[1][3].figures)
    assert sum(total["figures"] for total in totals) == 175 + 1 - gone
    assert (
        len(by_class(main_content(lab.out() / "figures.html"), "figlist-entry"))
        == 176 - gone
    )
    numbers = figure_numbers(lab.out() / "vol1/chapter004.html")
    assert numbers["fig-renamed"] == "Figure 4.2"
