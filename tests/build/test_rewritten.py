"""What a build writes, and what it leaves as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support import (
    Files,
    Lab,
    atlas,
    atlas_conf,
    conf,
    pages_written,
    png,
    same_bytes,
    search_index,
    stamps,
    tree_files,
    without_figlist,
    write_tree,
    written,
)
from support.books.atlas_edits import (
    LISTS,
    caption,
    caption_in_myst,
    figure_inserted,
    legend,
    prose,
)

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


PARSER = """\
import sys
from sphinx.cmd.build import main

code = main(sys.argv[1:])
print("parser:", "markdown_it" in sys.modules)
sys.exit(code)
"""


@pytest.mark.parametrize("builder", ["html", "figlist"])
def test_no_change_needs_no_parser_of_markdown(tmp_path: Path, builder: str) -> None:
    """It is imported where a caption is written as Markdown, which takes it time."""
    files: Files = {
        "conf.py": conf(extensions=["sphinxext_figlist"], figlist_formats=["markdown"]),
        "index.rst": "Book\n====\n\n.. figlist::\n\n.. figure:: x.png\n\n   An *x*.\n",
        "x.png": png(),
    }
    source = write_tree(tmp_path / "book", files)
    command = [
        sys.executable,
        "-c",
        PARSER,
        "-q",
        "-b",
        builder,
        source,
        tmp_path / "out",
    ]
    said = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for _ in range(2)
    ]
    assert [lines.splitlines()[-1] for lines in said] == [
        "parser: True",
        "parser: False",
    ]


def test_one_caption(lab: Lab, tmp_path: Path) -> None:
    plain = plain_lab(tmp_path)
    before = stamps(plain.out())
    caption_in_myst(plain)
    plain.build(allow=None)
    by_sphinx = pages_written(before, stamps(plain.out()))

    before = stamps(lab.out())
    caption_in_myst(lab)
    built = lab.check()
    assert built.read == {"vol1/hills"}
    after = stamps(lab.out())
    # Volume 2's list and the list of the springs do not show this figure; the page
    # with the toctree that holds lists shows nothing new.
    assert pages_written(before, after) == by_sphinx | {"figures", "orphan"}
    assert "vol1/hills" in by_sphinx
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
