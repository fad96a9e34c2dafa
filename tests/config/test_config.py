"""Configuration: a bad value stops the build, and one message lists every fault."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError
from support import build, own_files
from support.small import (
    book,
    doc,
    fig,
    figlist,
    lists,
    outline,
    pages,
    read,
    toc,
    volumes,
)

FILES = {
    "index.rst": doc("Book", toc("a", "b")),
    "a.rst": doc("Land", fig("a", "The *first* - of all.")),
    "b.rst": doc("Water", fig("b", "Second.")),
}


def message(folder: Path, **values: Any) -> str:
    """The configuration error of a book with *values*."""
    source = book(folder, FILES, **values)
    out = folder / "out"
    with pytest.raises(ConfigError) as error:
        build(source, out, builder="figlist", allow=None)
    assert not out.exists() or not own_files(out), "files were written all the same"
    return str(error.value)


def faults(said: str) -> list[str]:
    """The faults in a message, each on its line."""
    return [line for line in said.splitlines() if line.startswith("- ")]


def volume(**keys: object) -> dict[str, object]:
    """A good volume, with *keys* over its own."""
    return {"id": "1", "title": "Land", "root": "a", **keys}


def without(key: str) -> dict[str, object]:
    return {name: value for name, value in volume().items() if name != key}


OTHER = volume(id="2", root="b")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        # what is no volume
        ("a", ["'a'"]),
        (["a"], ["volume 1", "'a'"]),
        ({"id": "1", "title": "Land", "root": "a"}, ["figlist_volumes"]),
        (None, ["figlist_volumes"]),
        # keys
        ([volume(tittle="Land")], ["volume 1", "'tittle'", "title"]),
        ([volume(), {**OTHER, "colour": 1}], ["volume 2", "'colour'"]),
        ([volume(**{"": 1})], ["volume 1", "''"]),
        ([without("id")], ["volume 1", "'id'"]),
        ([without("title")], ["volume 1", "'title'"]),
        ([volume(), {"id": "2", "title": "Water"}], ["volume 2", "'root'"]),
        # ids
        ([volume(), volume(root="b", filename="x")], ["volume 2", "'1'"]),
        ([volume(), volume(id=1, root="b", filename="x")], ["volume 2", "1"]),
        ([volume(id="all")], ["volume 1", "'all'"]),
        ([volume(id="vol 1")], ["'vol 1'"]),
        ([volume(id="vol/1")], ["'vol/1'"]),
        ([volume(id="1.2")], ["'1.2'"]),
        ([volume(id="Bände")], ["'Bände'"]),
        ([volume(id="1\n")], ["'1\\n'"]),
        ([volume(id="")], ["id", "''"]),
        ([volume(id=1.5)], ["id", "1.5"]),
        ([volume(id=True)], ["id", "True"]),
        ([volume(id=None)], ["id", "None"]),
        ([volume(id=-1), volume(id="-1", root="b", filename="x")], ["-1"]),
        # texts
        ([volume(title=1)], ["title", "1"]),
        ([volume(title="")], ["title", "''"]),
        ([volume(title=None)], ["title", "None"]),
        ([volume(label=1)], ["label", "1"]),
        ([volume(label=["I"])], ["label", "['I']"]),
        ([volume(root=1)], ["root", "1"]),
        ([volume(filename=1)], ["filename", "1"]),
        # roots
        ([volume(root="nowhere")], ["volume 1", "'nowhere'"]),
        ([volume(root="nowhere/index")], ["'nowhere/index'"]),
        ([volume(root="a.rst")], ["'a.rst'"]),
        ([volume(root="../book/a")], ["'../book/a'"]),
        ([volume(root="")], ["root", "''"]),
        # file names
        ([volume(filename="x"), {**OTHER, "filename": "x"}], ["volume 2", "'x'"]),
        ([volume(filename="List"), {**OTHER, "filename": "lIST"}], ["'lIST'"]),
        ([volume(), {**OTHER, "filename": "figure_list_vol1"}], ["'figure_list_vol1'"]),
        ([volume(id="a"), volume(id="A", root="b")], ["FIGURE_LIST_VOLA"]),
        ([volume(filename="../x")], ["'../x'"]),
        ([volume(filename="..")], ["'..'"]),
        ([volume(filename=".")], ["'.'"]),
        ([volume(filename="in/x")], ["'in/x'"]),
        ([volume(filename="/tmp/x")], ["'/tmp/x'"]),
        ([volume(filename="..\\x")], ["filename", "x"]),
        ([volume(filename="C:x")], ["'C:x'"]),
        ([volume(filename="x\0")], ["filename"]),
        ([volume(filename="x" * 300)], ["filename", "300 bytes"]),
        ([volume(filename="図" * 80)], ["filename", "240 bytes"]),
        ([volume(id="x" * 300)], ["id", "300 bytes"]),
        ([volume(filename="a\u202eb")], ["filename", "u202e"]),
        ([volume(filename="a\u2066b")], ["filename", "u2066"]),
        ([volume(filename="a\u200bb")], ["filename", "u200b"]),
        ([volume(filename="a\u2028b")], ["filename", "u2028"]),
        ([volume(filename="a\ud800b")], ["filename", "ud800"]),
        ([volume(filename="a\x7fb")], ["filename", "x7f"]),
        ([volume(filename="nul.list")], ["'nul.list'"]),
        ([volume(filename="x.")], ["'x.'"]),
        ([volume(filename="")], ["filename", "''"]),
    ],
)
def test_bad_volumes(tmp_path: Path, given: object, named: list[str]) -> None:
    said = message(tmp_path, figlist_volumes=given)
    assert "figlist_volumes" in said
    assert len(faults(said)) == 1, said
    for words in named:
        assert words in faults(said)[0]


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("figlist_fields", ["title", "colour"], ["'colour'", "title, caption, alt"]),
        ("figlist_fields", ["Title"], ["'Title'", "title, caption, alt"]),
        ("figlist_fields", [1], ["1", "title, caption, alt"]),
        ("figlist_fields", [["title"]], ["['title']"]),
        ("figlist_fields", "title", ["'title'"]),
        ("figlist_fields", None, ["None"]),
        ("figlist_fields", {"title": 1}, ["{'title': 1}"]),
        ("figlist_formats", ["markdown", "docx"], ["'docx'", "markdown", "json"]),
        ("figlist_formats", [None], ["None", "markdown", "json"]),
        ("figlist_formats", [{}], ["{}"]),
        ("figlist_formats", [["a"], ["a"]], ["['a']"]),
        ("figlist_formats", ["json", "json"], ["'json'", "twice"]),
        ("figlist_formats", "json", ["'json'"]),
        ("figlist_formats", True, ["True"]),
        ("figlist_title_from", "headline", ["'headline'", "lead, sentence, caption"]),
        ("figlist_title_from", ["lead"], ["['lead']"]),
        ("figlist_title_from", None, ["None", "lead, sentence, caption"]),
        ("figlist_title_from", 1, ["1"]),
        ("figlist_restart_numbering", "no", ["'no'", "True or False"]),
        ("figlist_restart_numbering", 0, ["0"]),
        ("figlist_restart_numbering", None, ["None"]),
        ("figlist_number_uncaptioned", "yes", ["'yes'"]),
        ("figlist_number_uncaptioned", None, ["None"]),
        ("figlist_latex_numbers", "html", ["'html'", "sphinx, latex"]),
        ("figlist_latex_numbers", True, ["True", "sphinx, latex"]),
        ("figlist_latex_numbers", ["latex"], ["['latex']"]),
        ("figlist_latex_short_captions", "yes", ["'yes'", "True or False"]),
        ("figlist_latex_alt", None, ["None", "True or False"]),
        ("figlist_files_for", "paper", ["'paper'", "latex", "html"]),
        ("figlist_files_for", None, ["None"]),
        ("figlist_files_for", ["html"], ["['html']"]),
        ("figlist_credit_patterns", ["Source:", "(photo"], ["'(photo'"]),
        ("figlist_credit_patterns", ["[z-a]"], ["'[z-a]'"]),
        ("figlist_credit_patterns", [1], ["1"]),
        ("figlist_credit_patterns", [b"Source:"], ["b'Source:'", "must be a string"]),
        ("figlist_credit_patterns", ["(Source:)?"], ["'(Source:)?'", "any text"]),
        ("figlist_credit_patterns", ["a{9999999999}"], ["'a{9999999999}'"]),
        ("figlist_credit_patterns", [None], ["None"]),
        ("figlist_credit_patterns", "Source:", ["'Source:'"]),
    ],
)
def test_bad_value(tmp_path: Path, name: str, given: object, named: list[str]) -> None:
    said = message(tmp_path, **{name: given})
    assert len(faults(said)) == 1, said
    assert name in faults(said)[0]
    for words in named:
        assert words in faults(said)[0]


def test_number_uncaptioned_without_numfig(tmp_path: Path) -> None:
    said = message(tmp_path, numfig=False, figlist_number_uncaptioned=True)
    assert len(faults(said)) == 1
    assert "figlist_number_uncaptioned" in said
    assert "numfig" in said


def test_latex_numbers_without_numfig(tmp_path: Path) -> None:
    said = message(tmp_path, numfig=False, figlist_latex_numbers="sphinx")
    assert len(faults(said)) == 1
    assert "figlist_latex_numbers" in said
    assert "numfig" in said


def test_every_fault_in_one_message(tmp_path: Path) -> None:
    """Several in one volume, in several volumes and in several values."""
    bad = [
        {"id": "all", "title": "", "root": "nowhere", "filename": "../x", "lable": "I"},
        {"title": "Water"},
        7,
        {"id": "x y", "title": "Air", "root": "b"},
    ]
    said = message(
        tmp_path,
        figlist_volumes=bad,
        figlist_fields=["title", "colour", "size"],
        figlist_formats=["docx"],
        figlist_title_from="headline",
        figlist_restart_numbering="no",
        figlist_number_uncaptioned=1,
        figlist_files_for="paper",
        figlist_credit_patterns=["(", "["],
    )
    lines = faults(said)
    first = [line for line in lines if "volume 1" in line]
    words = ["'all'", "title", "'nowhere'", "'../x'", "'lable'"]
    assert len(first) == len(words)
    for word in words:
        assert any(word in line for line in first), word
    second = [line for line in lines if "volume 2" in line]
    assert sorted(word for word in ("'id'", "'root'") if word in "".join(second)) == [
        "'id'",
        "'root'",
    ]
    assert [line for line in lines if "volume 3" in line and "7" in line]
    assert [line for line in lines if "volume 4" in line and "'x y'" in line]
    for word in (
        *(
            "'colour'",
            "'size'",
            "'docx'",
            "'headline'",
            "'no'",
            "'paper'",
            "'('",
            "'['",
        ),
    ):
        assert any(word in line for line in lines), word
    assert any("figlist_number_uncaptioned" in line for line in lines)
    assert re.search(rf"\b{len(lines)}\b", said.splitlines()[0])


def test_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``sphinx-build`` ends as it does for a fault in Sphinx's own values."""
    source = book(tmp_path, FILES, figlist_volumes=[volume(root="nowhere")])
    out = tmp_path / "out"
    code = build_main(["-q", "-b", "html", str(source), str(out)])
    said = capsys.readouterr().err
    assert code == 2
    assert "Configuration error" in said
    assert "'nowhere'" in said
    # Newer Sphinx shows where each error was raised, in one frame; no more of ours.
    assert said.count('  File "') <= 1
    assert "During handling" not in said


def test_on_the_command_line(tmp_path: Path) -> None:
    """Values given with ``-D`` are checked as those of ``conf.py`` are."""
    source = book(tmp_path, FILES)
    for overrides, word in (
        ({"figlist_formats": "json,docx"}, "'docx'"),
        ({"figlist_title_from": "headline"}, "'headline'"),
        ({"figlist_fields": "title,colour"}, "'colour'"),
    ):
        with pytest.raises(ConfigError, match=word):
            build(source, tmp_path / "out", builder="figlist", overrides=overrides)


def test_integer_id(tmp_path: Path) -> None:
    """It is as if the digits had been written."""
    files = {**FILES, "b.rst": doc("Water", fig("b"), figlist(volume="7"))}
    given = [volume(id=7), volume(id=12, root="b")]
    source = book(tmp_path, files, figlist_volumes=given)
    found, built = read(source)
    assert set(found) == {"FIGURE_LIST_VOL7", "FIGURE_LIST_VOL12"}
    assert [data["volume"]["id"] for data in lists(built.out).values()] == ["12", "7"]
    assert outline(pages(source).out / "b.html") == ["- Land", "a 1"]


def test_ids_of_every_character(tmp_path: Path) -> None:
    files = {**FILES, "b.rst": doc("Water", fig("b"), figlist(volume="Vol_1-a"))}
    given = [volume(id="Vol_1-a"), volume(id="-", root="b")]
    source = book(tmp_path, files, figlist_volumes=given)
    assert outline(pages(source).out / "b.html") == ["- Land", "a 1"]
    assert set(read(source)[0]) == {"FIGURE_LIST_VOLVol_1-a", "FIGURE_LIST_VOL-"}


def test_default_labels_and_file_names(tmp_path: Path) -> None:
    """A Roman numeral of the volume's place, whatever its id, and the id."""
    names = [f"d{place}" for place in range(1, 15)]
    files = {f"{name}.rst": doc(name, fig(name)) for name in names}
    given: list[dict[str, object]] = [
        {"id": f"x{name}", "title": name.upper(), "root": name} for name in names
    ]
    given[2]["label"] = "Supplement"
    source = book(
        tmp_path,
        {"index.rst": doc("Book", toc(*names)), **files},
        figlist_volumes=given,
    )
    found, built = read(source)
    assert set(found) == {f"FIGURE_LIST_VOLx{name}" for name in names}
    data = lists(built.out)
    labels = [data[f"FIGURE_LIST_VOLx{name}"]["volume"]["label"] for name in names]
    numerals = [
        "I",
        "II",
        "Supplement",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "XIV",
    ]
    assert labels == [name if len(name) > 4 else f"Volume {name}" for name in numerals]
    assert data["FIGURE_LIST_VOLxd1"]["volume"]["title"] == "D1"


def test_own_label_and_file_name(tmp_path: Path) -> None:
    """The label is the volume's name in headings, references and files."""
    files = {
        "index.rst": doc("Book", toc("a", "b"), figlist(layout="compact")),
        "a.rst": doc("Land", fig("a"), ":numref:`fig-b`"),
        "b.rst": doc("Water", fig("b")),
    }
    given = [
        volume(label="Erster Band", filename="abb-erster"),
        {**OTHER, "label": "Zweiter Band", "filename": "Abb. zweiter"},
    ]
    source = book(
        tmp_path,
        files,
        figlist_volumes=given,
        figlist_formats=["markdown", "json"],
    )
    built = pages(source)
    assert set(own_files(built.out)) == {
        f"figlist/{name}.{kind}"
        for name in ("abb-erster", "Abb. zweiter")
        for kind in ("md", "json")
    }
    assert outline(built.out / "index.html") == [
        *("= Erster Band: Land", "a 1", "= Zweiter Band: Land", "b 1"),
    ]
    first = (built.out / "figlist" / "abb-erster.md").read_text("utf-8")
    assert first.splitlines()[0] == "# Figure List - Erster Band: Land"
    plain = pages(source, builder="text").out
    assert "Fig. 1 (Zweiter Band)" in (plain / "a.txt").read_text("utf-8")


def test_tuples_are_lists(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        FILES,
        figlist_volumes=tuple(volumes("a", "b")),
        figlist_fields=("title", "alt"),
        figlist_credit_patterns=("Quelle:",),
    )
    assert set(read(source)[0]) == {"FIGURE_LIST_VOL1", "FIGURE_LIST_VOL2"}


def titles(source: Path) -> list[str | None]:
    built = build(source, source.with_name("lists"), builder="figlist", allow=None)
    data = lists(built.out)["FIGURE_LIST"]
    return [f["title"] for chapter in data["chapters"] for f in chapter["figures"]]


def with_function(folder: Path, body: str) -> Path:
    source = book(folder, FILES)
    with (source / "conf.py").open("a") as settings:
        settings.write(f"def title_of(caption):\n    {body}\n\n")
        settings.write("figlist_title_from = title_of\n")
    return source


def test_title_function(tmp_path: Path) -> None:
    """It gets the caption's Markdown, and gives the title's or None."""
    body = "return caption.partition(' - ')[0] if ' - ' in caption else None"
    assert titles(with_function(tmp_path, body)) == ["The *first*", None]


@pytest.mark.parametrize(
    "body", ["return 7", "return [caption]", "raise KeyError(caption)"]
)
def test_title_function_that_fails(tmp_path: Path, body: str) -> None:
    """One clear error with the caption that it failed on, and no traceback."""
    source = with_function(tmp_path, body)
    with pytest.raises(ConfigError, match=r"figlist_title_from.*first"):
        titles(source)
