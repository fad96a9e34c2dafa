"""Never stale: what an incremental build leaves is what a clean build writes.

Each edit starts from the same built book. After it the book is built on what is there,
and once more from nothing: the main content of every page and every file must be equal.
"""

from __future__ import annotations

import json
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
    same_output,
    stamps,
    text,
    tree_files,
)
from support.books.atlas_edits import (
    EDITS,
    Edit,
    alt,
    caption,
    caption_gone,
    chapter_removed,
    chapters_swapped,
    condition,
    figure_inserted,
    figure_removed,
    label_renamed,
    list_page_added,
    orphan_removed,
    prose,
    reference_added,
    title_of_chapter,
)

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


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edit(lab: Lab, edit: Edit) -> None:
    edit(lab)
    lab.check()


def test_chapters_unnumbered(lab: Lab) -> None:
    lab.edit("vol2/index.rst", "   :numbered:\n", "")
    lab.check()


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
