"""Edits of the small atlas, each named for what it does."""

from __future__ import annotations

from collections.abc import Callable

from support import Lab

Edit = Callable[[Lab], None]

LISTS = {"figures", "vol1/figures", "vol2/figures", "vol2/springs", "orphan"}


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
