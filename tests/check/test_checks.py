"""Checks: each fault is told at its figure's own line, once, and near misses are not."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import pytest
from sphinx.errors import ConfigError
from support import build, by_class, load_seed, main_content, text, write_tree
from support.books.faulty import (
    CHECKS,
    FAULTS,
    FAULTY,
    Block,
    Fig,
    files_only,
    found,
    names,
    place_of,
    small,
    told,
)
from support.small import book, directive, doc, fig, figlist, section, toc, volumes

from sphinxext_figlist.check import finding


@dataclass(frozen=True)
class Case:
    """A chapter in which one figure, named fault, has a fault."""

    blocks: Sequence[Block]
    values: dict[str, object] = field(default_factory=dict)
    #: A warning of Sphinx's own.
    own: str = ""
    #: What the finding says.
    says: Sequence[str] = ()


CASES = {
    "missing_alt": Case(
        [
            Fig("fault", "Words.", alt=None, image="/lamp.png"),
            Fig("decorative", "Words.", alt=""),
            Fig("near", "Words.", alt="A."),
        ],
        says=["lamp.png", ":alt:"],
    ),
    "missing_caption": Case([Fig("near", "Words."), Fig("fault")]),
    "missing_title": Case(
        [
            Fig("uncaptioned"),
            Fig("colon", "Lens: cut in half."),
            Fig("bold", "**Lens** – cut in half."),
            Fig("fault", "Lens, cut in half."),
        ],
        says=["colon"],
    ),
    "duplicate_title": Case(
        [
            Fig("near", "Lenses: cut in half."),
            Fig("first", "Lens: cut in half."),
            Fig("none", "A lens, cut in half."),
            Fig("too", "A lens, cut in half."),
            Fig("fault", "**lens** (in another way)."),
        ],
        says=["Fig. 1.2", '"lens"'],
    ),
    "alt_repeats_caption": Case(
        [
            Fig("near", "Lens: cut in half.", alt="Lens, cut in half, on a table."),
            Fig("fault", "Lens: *cut* in half.", alt="lens cut  in half"),
        ],
    ),
    "alt_length": Case(
        [Fig("near", "Words.", alt="x" * 20), Fig("fault", "Words.", alt="x" * 21)],
        {"figlist_alt_max": 20},
        says=["21", "20"],
    ),
    "alt_phrase": Case(
        [
            Fig("near", "Words.", alt="Diagram of a lens."),
            Fig("inner", "Words.", alt="A child paints an image of a lens."),
            Fig("fault", "Words.", alt="An image of a lens."),
        ],
        says=["An image of"],
    ),
    "alt_filename": Case(
        [
            Fig("near", "Words.", alt="lamp", image="/lamp.png"),
            Fig("inner", "Words.", alt="A folder with lamp_2.png in it"),
            Fig("fault", "Words.", alt="lamp_2", image="/lamp_2.png"),
        ],
        says=["lamp_2"],
    ),
    "unreferenced": Case(
        [
            "See <near>.",
            Fig("near", "Words."),
            Fig("other", "Words, unlike <cited>."),
            Fig("cited", "Words, unlike <other>."),
            Fig("fault", "Words, as <fault> has them."),
        ],
        says=["fig-fault"],
    ),
    "reference_order": Case(
        [
            "See <one>, and <one>, and <two>, but not <three>.",
            Fig("one", "Words, unlike <near>."),
            Fig("two", "Words."),
            Fig("three", "Words."),
            "Look at <near>, once more at <one>, at <fault> and at <five>.",
            Fig("near", "Words."),
            Fig("five", "Words."),
            Fig("fault", "Words."),
        ],
        says=["Fig. 1.5", "Chapter"],
    ),
    "missing_image": Case(
        [
            Fig("near", "Words."),
            Fig("web", "Words.", image="https://example.org/x.png"),
            Fig("fault", "Words.", image="/gone.png"),
        ],
        own="not readable: gone.png",
        says=["gone.png"],
    ),
    "low_resolution": Case(
        [
            Fig("near", "Words.", image="/wide.png", options={"width": "1in"}),
            Fig("metric", "Words.", image="/wide.png", options={"width": "25.4mm"}),
            Fig("scaled", "Words.", image="/wide.png", options={"scale": "24"}),
            Fig("unknown", "Words.", image="/narrow.png"),
            Fig("vector", "Words.", image="/drawn.svg", options={"width": "5in"}),
            Fig("fault", "Words.", image="/narrow.png", options={"width": "1in"}),
        ],
        says=["narrow.png", "299", "300"],
    ),
}


def test_every_check_has_a_case() -> None:
    assert list(CASES) == list(CHECKS)


@pytest.mark.parametrize("markup", ["rst", "myst"])
@pytest.mark.parametrize("check", CHECKS)
def test_fault_and_near_miss(tmp_path: Path, check: str, markup: str) -> None:
    case = CASES[check]
    source = small(tmp_path, markup, case.blocks, figlist_checks=[check], **case.values)
    built = files_only(source, allow=["[figlist.", *filter(None, [case.own])])
    path = "chapter.rst" if markup == "rst" else "chapter.md"
    (line,) = found(built)
    assert line.startswith(place_of(source, path, "fault") + "WARNING: ")
    assert line.endswith(f" [figlist.{check}]")
    for words in case.says:
        assert words in line
    data = json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())
    (finding,) = (
        finding
        for volume in data["volumes"]
        for chapter in volume["chapters"]
        for finding in chapter["findings"]
    )
    assert finding["check"] == check
    assert finding["figure"]["label"] == "fig-fault"
    assert finding["message"] in line


@pytest.mark.parametrize("markup", ["rst", "myst"])
@pytest.mark.parametrize("check", CHECKS)
def test_excused(tmp_path: Path, check: str, markup: str) -> None:
    """By a class on the figure or its picture, from that check and no other."""
    case = CASES[check]
    for option in ("figclass", "class"):
        for name, number in ((check, 0), ("missing_alt", 1), ("missing_title", 1)):
            if number and name == check:
                continue
            classes = {option: f"figlist-allow-{name.replace('_', '-')}"}
            blocks = [
                replace(block, options=block.options | classes)
                if isinstance(block, Fig) and block.name == "fault"
                else block
                for block in case.blocks
            ]
            source = small(
                tmp_path, markup, blocks, figlist_checks=[check], **case.values
            )
            assert len(found(files_only(source, fresh=True))) == number, (option, name)


@pytest.mark.parametrize("check", CHECKS)
def test_suppressed(tmp_path: Path, check: str) -> None:
    case = CASES[check]
    for quiet in (f"figlist.{check}", "figlist.*", "figlist"):
        source = small(
            tmp_path,
            "rst",
            case.blocks,
            figlist_checks=[check],
            suppress_warnings=[quiet, "image.not_readable"],
            **case.values,
        )
        built = files_only(source, allow=(), warning_is_error=True, fresh=True)
        assert built.warnings == ""
        # What nobody is to hear of is not looked for.
        assert not list(built.out.glob("FIGURE_CHECKS*"))


def test_excluded_and_unlisted_figures_are_in_no_check(tmp_path: Path) -> None:
    files = {
        "index.rst": doc("Book", toc("a")),
        "a.rst": doc(
            "A", directive("figure", argument="/p.png", figclass="figlist-exclude")
        ),
        "b.rst": ":orphan:\n\n" + doc("B", directive("figure", argument="/p.png")),
    }
    source = book(tmp_path, files, figlist_checks=["all"])
    built = files_only(source, allow=())
    assert json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())["totals"] == {
        "findings": 0,
        "figures": 0,
    }
    assert "No findings." in (built.out / "FIGURE_CHECKS.md").read_text("utf-8")


def test_enabled_alone_it_is_silent(tmp_path: Path) -> None:
    blocks = [block for case in CASES.values() for block in case.blocks]
    unique = [
        replace(block, name=f"n{at}", caption=re.sub("<.*?>", "", block.caption))
        for at, block in enumerate(b for b in blocks if isinstance(b, Fig))
        if block.image != "/gone.png"
    ]
    built = files_only(small(tmp_path, "rst", unique), allow=())
    assert not list(built.out.glob("FIGURE_CHECKS*"))


# -- single checks ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "alts"),
    [
        (
            "en",
            {
                "image of a lamp": 1,
                "The picture of a lamp": 1,
                "Diagram": 1,
                "A chart.": 1,
            },
        ),
        (
            "en",
            {"Graphic showing a lamp": 1, "image": 1, "Imagine": 0, "Image overlay": 0},
        ),
        ("en", {"Photo of a lamp": 0, "Diagram: a lamp": 0, "Chart of depths": 0}),
        ("en", {"Bild von einer Lampe": 0, "Diagramm": 0}),
        ("de", {"Bild von einer Lampe": 1, "Diagramm": 1, "Picture of a lamp": 1}),
        ("de", {"Eine Lampe im Bild": 0, "Bilder": 0}),
        (
            "fr",
            {
                "Une image de la lampe": 1,
                "L'image montrant une lampe": 1,
                "Imagerie": 0,
            },
        ),
        ("es", {"Imagen de una lámpara": 1, "Imágenes": 0, "Gráfico": 1}),
        ("it", {"Un'immagine di una lampada": 1, "Schema": 1, "Schema elettrico": 0}),
        ("pt_BR", {"Imagem de uma lâmpada": 1, "Figura": 1, "Figura humana": 0}),
        ("ja", {"灯台の画像": 1, "図": 1, "灯台のレンズ": 0}),
        ("zh_CN", {"灯塔的图片": 1, "图": 1, "灯塔的透镜": 0}),
    ],
)
def test_phrases(tmp_path: Path, language: str, alts: dict[str, int]) -> None:
    figures = [Fig(f"n{at}", "Words.", alt=alt) for at, alt in enumerate(alts)]
    source = small(
        tmp_path, "rst", figures, figlist_checks=["alt_phrase"], language=language
    )
    lines = found(files_only(source))
    told = {
        alt: sum(
            line.startswith(place_of(source, "chapter.rst", f"n{at}")) for line in lines
        )
        for at, alt in enumerate(alts)
    }
    assert told == alts


def test_alt_that_repeats_a_part_of_the_caption(tmp_path: Path) -> None:
    alts = {
        "lens": True,  # the title
        "it is cut in half": True,  # what is left without it
        "Lens: it is cut in half.": True,
        "it is": False,
        "A lens, seen from above": False,
    }
    figures = [
        Fig(f"n{at}", "Lens: it is cut in half.", alt=alt)
        for at, alt in enumerate(alts)
    ]
    source = small(tmp_path, "rst", figures, figlist_checks=["alt_repeats_caption"])
    assert names(files_only(source)) == [
        f"Fig. 1.{at}" for at, told in enumerate(alts.values(), 1) if told
    ]


def test_alts_that_name_files(tmp_path: Path) -> None:
    alts = {
        "IMG_2041.JPG": True,
        "images/lamp.png": True,
        "lamp.png": True,
        "lamp_2": False,  # another picture's name
        "A lamp.": False,
        "example.org": False,
    }
    figures = [
        Fig(f"n{at}", "Words.", alt=alt, image="/lamp.png")
        for at, alt in enumerate(alts)
    ]
    source = small(tmp_path, "rst", figures, figlist_checks=["alt_filename"])
    assert names(files_only(source)) == [
        f"Fig. 1.{at}" for at, told in enumerate(alts.values(), 1) if told
    ]


def order(tmp_path: Path, text: str, number: int) -> list[str]:
    """The figures out of turn among *number*, which *text* refers to by letters."""
    letters = "abcdefghij"[:number]
    figures = [Fig(letter, "Words.") for letter in letters]
    words = ", ".join(f"<{letter}>" for letter in text)
    source = small(
        tmp_path, "rst", [f"See {words}.", *figures], figlist_checks=["reference_order"]
    )
    lines = found(files_only(source, fresh=True))
    return [letters[int(re.search(r": Fig\. 1\.(\d+)", line)[1]) - 1] for line in lines]  # type: ignore[index]


def test_as_few_as_can_be_are_out_of_turn(tmp_path: Path) -> None:
    assert order(tmp_path, "abcdef", 6) == []
    assert order(tmp_path, "aabacb", 3) == []
    assert order(tmp_path, "ac", 3) == []  # b is unreferenced, which is not this
    assert order(tmp_path, "fabcde", 6) == ["f"]
    assert order(tmp_path, "bcdefa", 6) == ["a"]
    assert order(tmp_path, "afbcde", 6) == ["f"]
    assert len(order(tmp_path, "badcfe", 6)) == 3
    assert len(order(tmp_path, "fedcba", 6)) == 5


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Ten chars.", "Ten chars."),
        ("Eleven char", "Eleven..."),
        ("Twelve chars", "Twelve..."),
        ("Incomprehensible", "Incompr..."),
        ("灯台の光を遠くまで届けるレンズ", "灯台の光を遠く..."),  # no spaces to cut at
    ],
)
def test_long_titles_on_the_console(title: str, cut: str) -> None:
    assert finding.cut(title, 10) == cut


def test_a_picture_in_its_address(tmp_path: Path) -> None:
    """A picture as a ``data:`` address is named nowhere where people read."""
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    source = book(
        tmp_path,
        {"index.rst": doc("Top", f".. figure:: {dot}", figlist())},
        figlist_checks="all",
        language="en",
    )
    built = build(source, tmp_path / "out", allow=["[figlist."])
    assert "Untitled: no alt text; describe" in built.warnings
    assert "R0lGOD" not in built.warnings
    listed = by_class(main_content(tmp_path / "out" / "index.html"), "figlist-link")
    assert list(map(text, listed)) == ["Untitled"]


def test_order_tells_early_from_late(tmp_path: Path) -> None:
    figures = [Fig(letter, "Words.") for letter in "abcd"]
    early = ["See <d>, <a>, <b>, <c>.", *figures]
    source = small(tmp_path, "rst", early, figlist_checks=["reference_order"])
    (line,) = found(files_only(source))
    assert ": Fig. 1.4: " in line
    assert "before" in line
    late = ["See <b>, <c>, <d>, <a>.", *figures]
    source = small(tmp_path, "rst", late, figlist_checks=["reference_order"])
    (line,) = found(files_only(source, fresh=True))
    assert ": Fig. 1.1: " in line
    assert "after" in line


def test_order_runs_through_documents(tmp_path: Path) -> None:
    """By the toctree, not by name; titles are text, and so are a table's cells."""
    files = {
        "index.rst": doc("Book", toc("z", "y", numbered=True)),
        "z.rst": doc("Z", "See :numref:`fig-z`.", fig("z"), fig("w")),
        "y.rst": doc(
            "Y", section("On :numref:`fig-y`", "And :numref:`fig-w`."), fig("y")
        ),
    }
    source = book(
        tmp_path, files, figlist_checks=["reference_order"], numfig_secnum_depth=0
    )
    (line,) = found(files_only(source, allow=["[figlist."]))
    assert "Fig. 3" in line
    assert "Fig. 2" in line
    table = directive("list-table", "* - See :numref:`fig-w`.", argument="Words.")
    write_tree(source, {"z.rst": doc("Z", table, files["z.rst"].partition("\n\n")[2])})
    (line,) = found(files_only(source, allow=["[figlist."], fresh=True))
    assert ": Fig. 2: " in line


def test_order_by_chapter(tmp_path: Path) -> None:
    """Where numbers go by chapter, what other chapters say announces a figure."""
    files = {
        "index.rst": doc("Book", "See :numref:`fig-w`.", toc("z", "y", numbered=True)),
        "z.rst": doc("Z", "See :numref:`fig-y2`, :numref:`fig-z`.", fig("z"), fig("w")),
        "y.rst": doc(
            "Y",
            "See :numref:`fig-y1`, then :numref:`fig-w`.",
            section("Deep", "And :numref:`fig-y2`.", fig("y1"), fig("y2")),
        ),
    }
    checks = ["reference_order"]
    source = book(tmp_path, files, figlist_checks=checks)
    assert found(files_only(source, allow=["[figlist."])) == []
    # Within the chapter the order counts as before, in whichever section.
    turned = (
        files["y.rst"].replace("`fig-y1`", "`fig-?`").replace("`fig-y2`", "`fig-y1`")
    )
    write_tree(source, {"y.rst": turned.replace("`fig-?`", "`fig-y2`")})
    (line,) = found(files_only(source, allow=["[figlist."], fresh=True))
    assert ": Fig. 2." in line
    # Numbers that run through the book know no chapters.
    source = book(
        tmp_path / "run-on", files, figlist_checks=checks, numfig_secnum_depth=0
    )
    assert found(files_only(source, allow=["[figlist."])) != []


# -- volumes, outputs, numbers ----------------------------------------------------


def test_volumes_are_judged_apart(tmp_path: Path) -> None:
    """Titles may be the same in two; what another says is not a volume's own order."""
    files = {
        "index.rst": doc("Book", toc("a", "b")),
        "a.rst": doc(
            "A",
            "See :numref:`fig-b2` and :numref:`fig-a`.",
            fig("a", "Lens: one."),
            toc(),
        ),
        "b.rst": doc(
            "B",
            "See :numref:`fig-b1` and :numref:`fig-b2`.",
            fig("b1", "Lens: two."),
            fig("b2", "Lamp: three."),
        ),
    }
    checks = ["duplicate_title", "reference_order", "unreferenced"]
    source = book(tmp_path, files, volumes=volumes("a", "b"), figlist_checks=checks)
    built = files_only(source, allow=())
    data = json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())
    assert [volume["volume"]["id"] for volume in data["volumes"]] == ["1", "2"]
    assert [volume["counts"] for volume in data["volumes"]] == [
        dict.fromkeys(checks, 0)
    ] * 2


def test_judged_as_files_are(tmp_path: Path) -> None:
    """What is in no press's copy is not judged, unless the book is a site."""
    screen = directive("only", fig("screen"), argument="html")
    files = {"index.rst": doc("Book", screen, fig("both"))}
    for output, number in (("latex", 1), ("html", 2)):
        source = book(
            tmp_path / output,
            files,
            figlist_checks=["missing_alt"],
            figlist_files_for=output,
        )
        for builder in ("figlist", "html", "text"):
            built = build(
                source, tmp_path / output / builder, builder=builder, allow=None
            )
            assert len(found(built)) == number, (output, builder)


def test_included_file(tmp_path: Path) -> None:
    """A finding is told where the figure is written."""
    for markup in ("rst", "myst"):
        include = {"rst": ".. include:: more.txt", "myst": "```{include} more.txt\n```"}
        source = small(
            tmp_path / markup,
            markup,
            [Fig("near", "Words."), include[markup]],
            figlist_checks=["missing_caption"],
        )
        more = "Words.\n\n" + Fig("fault").write(markup) + "\n"
        write_tree(source, {"more.txt": more})
        (line,) = found(files_only(source))
        place = place_of(source, "more.txt", "fault")
        if markup == "myst" and version("myst-parser").startswith("3."):
            place = place.replace(":3: ", ":4: ")  # it counts an included file's so
        assert line.startswith(place), line


def test_several_pictures(tmp_path: Path) -> None:
    """Each picture without an alt text is told."""
    pictures = "".join(
        f"\n.. image:: /{name}.png\n" for name in ("lamp", "lamp_2", "wide")
    )
    pictures = pictures.replace("lamp_2.png\n", "lamp_2.png\n   :alt: A lamp.\n")
    parted = ".. figure:: /p.png\n   :alt: One.\n\n   Words.\n"
    extension = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Figures(Directive):
    has_content = True

    def run(self):
        figure = nodes.figure()
        self.state.nested_parse(self.content, self.content_offset, figure)
        figure += nodes.caption("", "Words.")
        figure.source, figure.line = self.state_machine.get_source_and_line(self.lineno)
        return [figure]

def setup(app):
    app.add_directive("figures", Figures)
    return {"parallel_read_safe": True}
"""
    source = small(
        tmp_path,
        "rst",
        [parted, ".. figures::\n" + textwrap.indent(pictures, "   ")],
        figlist_checks=["missing_alt"],
    )
    conf_py = source / "conf.py"
    conf_py.write_text(conf_py.read_text("utf-8") + extension, "utf-8")
    lines = found(files_only(source))
    assert [re.search(r"\w+\.png", line)[0] for line in lines] == [
        "lamp.png",
        "wide.png",
    ]  # type: ignore[index]
    assert len({line.split(" ")[0] for line in lines}) == 1


def test_unknown_excuse(tmp_path: Path) -> None:
    """A class that names no check excuses from nothing, and says so."""
    blocks = [Fig("a", "Words.", options={"figclass": "figlist-allow-missing-alts"})]
    source = small(tmp_path, "rst", blocks)
    (line,) = found(files_only(source))
    assert "unknown class 'figlist-allow-missing-alts'" in line
    assert "did you mean 'figlist-allow-missing-alt'?" in line
    assert "chapter.rst:4: " in line


# -- configuration ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "named"),
    [
        ("figlist_checks", ["missing_alts"], ["'missing_alts'", "missing_alt,", "all"]),
        ("figlist_checks", "missing_alt", ["'all'"]),
        ("figlist_checks", ["all", "all"], ["'all'", "twice"]),
        ("figlist_checks", {"all": True}, ["figlist_checks"]),
        ("figlist_checks", [["all"]], ["['all']"]),
        ("figlist_alt_max", 0, ["0"]),
        ("figlist_alt_max", True, ["True"]),
        ("figlist_alt_max", "250", ["'250'"]),
        ("figlist_min_ppi", -300, ["-300"]),
        ("figlist_min_ppi", 299.5, ["299.5"]),
        (
            "figlist_volumes",
            [{**volumes("chapter")[0], "filename": "Figure_Checks"}],
            ["checks"],
        ),
    ],
)
def test_bad_value(tmp_path: Path, name: str, given: object, named: list[str]) -> None:
    source = small(tmp_path, "rst", FAULTY, **{name: given})
    with pytest.raises(ConfigError) as error:
        files_only(source)
    assert str(error.value).count("\n- ") == 1
    for words in (name, *named):
        assert words in str(error.value)


def test_all_beside_others(tmp_path: Path) -> None:
    source = small(tmp_path, "rst", FAULTY, figlist_checks=("unreferenced", "all"))
    built = files_only(source)
    assert told(built) == FAULTS
    lines = [int(line.split(":")[1]) for line in found(built)]
    assert lines == sorted(lines), "findings stand by figure, in reading order"


# -- the reference book -----------------------------------------------------------


@pytest.mark.seed
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("markup", ["rst", "myst", "mixed"])
def test_unreferenced_of_the_reference_book(
    tmp_path: Path, markup: str, number: int
) -> None:
    """One in five, by the sources themselves, each at its own line."""
    seed = load_seed()
    source = tmp_path / "book"
    parts = seed.write_book(source, markup, number, conf=True)
    names = [
        figure.name for part in parts for chapter in part for figure in chapter.figures
    ]
    texts = {
        path: path.read_text("utf-8")
        for path in source.rglob("*")
        if path.suffix in {".rst", ".md"}
    }
    cited = {
        name
        for text in texts.values()
        for name in re.findall(r"numref:?\}?`([^`<]+)`", text)
    }
    wanted = {name for name in names if name not in cited}
    assert len(names) == 175
    # The generator says which they are: every fifth of its chapter.
    assert wanted == {
        figure.name
        for part in parts
        for chapter in part
        for figure in chapter.figures[4::5]
    }
    built = files_only(
        source,
        overrides={
            "figlist_checks": ["unreferenced", "reference_order", "missing_image"],
            "show_warning_types": True,
        },
    )
    lines = found(built)
    places = {
        f"{path}:{at}"
        for path, text in texts.items()
        for at, line in enumerate(text.splitlines(), 1)
        for name in wanted
        if "{figure}" in line or ".. figure::" in line
        if text.splitlines()[at].strip() == f":name: {name}"
    }
    assert len(places) == len(wanted)
    assert {line.partition(": WARNING")[0] for line in lines} == places
    assert len(lines) == len(wanted)
    data = json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())
    assert data["totals"] == {"findings": len(wanted), "figures": len(wanted)}


def test_the_reference_to_add_is_in_the_syntax_of_the_document(tmp_path: Path) -> None:
    marked = "```{figure} /p.png\n:name: fig-b\n\nThe caption of b.\n```\n"
    files = {
        "index.rst": doc("Book", toc("one", "two")),
        "one.rst": doc("One", fig("a")),
        "two.md": f"# Two\n\n{marked}",
    }
    source = book(
        tmp_path / "book",
        files,
        extensions=["myst_parser", "sphinxext_figlist"],
        figlist_checks=["unreferenced"],
    )
    built = build(source, tmp_path / "out", builder="figlist", allow=["unreferenced"])
    first, second = built.warnings.splitlines()
    assert "one.rst:" in first
    assert "; add :numref:`fig-a` [figlist.unreferenced]" in first
    assert "two.md:" in second
    assert "; add {numref}`fig-b` [figlist.unreferenced]" in second
