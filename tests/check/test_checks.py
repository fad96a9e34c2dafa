"""Checks: each fault is told at its figure's own line, once, and near misses are not."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sphinx.cmd.build import build_main
from sphinx.errors import ConfigError
from support import (
    Built,
    Lab,
    atlas,
    build,
    by_class,
    conf,
    load_seed,
    main_content,
    own_files,
    png,
    same_bytes,
    stamps,
    text,
    write_tree,
    written,
)
from support.small import book, directive, doc, fig, figlist, section, toc, volumes

from sphinxext_figlist.check import finding

CHECKS = (
    *("missing_alt", "missing_caption", "missing_title", "duplicate_title"),
    *("alt_repeats_caption", "alt_length", "alt_phrase", "alt_filename"),
    *("unreferenced", "reference_order", "missing_image", "low_resolution"),
)

# -- small books in both markups --------------------------------------------------


@dataclass(frozen=True)
class Fig:
    """A figure; an alt of None is not there."""

    name: str
    caption: str = ""
    alt: str | None = "What is to be seen."
    image: str = "/p.png"
    options: dict[str, str] = field(default_factory=dict)

    def write(self, markup: str) -> str:
        options = {"name": f"fig-{self.name}"}
        if self.alt is not None:
            options["alt"] = self.alt
        lines = [
            f":{key}: {value}".rstrip()
            for key, value in (options | self.options).items()
        ]
        body = "\n".join([*lines, "", self.caption]).rstrip()
        if markup == "rst":
            return f".. figure:: {self.image}\n" + textwrap.indent(body, "   ")
        return f"```{{figure}} {self.image}\n{body}\n```"


Block = Fig | str


def write(markup: str, blocks: Sequence[Block]) -> str:
    """A chapter; a text's <name> is a reference to a figure."""
    role = r":numref:`fig-\1`" if markup == "rst" else r"{numref}`fig-\1`"
    start = "Chapter\n=======" if markup == "rst" else "# Chapter"
    parts = [
        block if isinstance(block, str) else block.write(markup) for block in blocks
    ]
    return re.sub(r"<([a-z]+)>", role, "\n\n".join([start, *parts])) + "\n"


def small(folder: Path, markup: str, blocks: Sequence[Block], **values: Any) -> Path:
    suffix = {"rst": "rst", "myst": "md"}[markup]
    files: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc("chapter", numbered=True)),
        f"chapter.{suffix}": write(markup, blocks),
        "lamp.png": png(1),
        "lamp_2.png": png(2),
        "wide.png": png(3, width=300),
        "narrow.png": png(4, width=299),
        "drawn.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }
    extensions = ["myst_parser", "sphinxext_figlist"]
    return book(folder, files, **{"extensions": extensions, **values})


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
            Fig("bold", "**Lens** cut in half."),
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
            Fig("fault", "**lens** in another way."),
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


def found(built: Built) -> list[str]:
    """The findings that a build told, but for Sphinx's own warnings."""
    return [line for line in built.warnings.splitlines() if "[figlist." in line]


def place_of(source: Path, path: str, name: str) -> str:
    """Where the figure of that name begins, as a warning tells it."""
    lines = (source / path).read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == f":name: fig-{name}")
    while "figure" not in lines[at] or lines[at].lstrip().startswith(":"):
        at -= 1
    return f"{source / path}:{at + 1}: "


def files_only(
    source: Path, allow: Sequence[str] | None = None, **options: Any
) -> Built:
    out = source.with_name("lists")
    return build(source, out, builder="figlist", allow=allow, **options)


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


def names(built: Built) -> list[str]:
    """The figures that findings name, which are numbered in these books."""
    return [line.split("WARNING: ")[1].split(": ")[0] for line in found(built)]


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
    assert finding._cut(title, 10) == cut


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
    assert "Untitled: no alt text: say" in built.warnings
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
    source = book(tmp_path, files, figlist_checks=["reference_order"])
    (line,) = found(files_only(source, allow=["[figlist."]))
    assert "Fig. 2.1" in line
    assert "Fig. 1.2" in line
    table = directive("list-table", "* - See :numref:`fig-w`.", argument="Words.")
    write_tree(source, {"z.rst": doc("Z", table, files["z.rst"].partition("\n\n")[2])})
    (line,) = found(files_only(source, allow=["[figlist."], fresh=True))
    assert ": Fig. 1.2: " in line


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
    assert "missing-alts" in line
    assert "missing_alt" in line
    assert "chapter.rst:4: " in line


# -- warnings as errors -----------------------------------------------------------

FAULTY: Sequence[Block] = [
    "See <one>.",
    Fig("one", "Words.", alt=None),
    Fig("two", alt="Diagram"),
    Fig("three", "Lens: cut in half."),
]
#: What `FAULTY` has of each check.
FAULTS = {
    "missing_alt": 1,
    "missing_caption": 1,
    "missing_title": 1,
    "alt_phrase": 1,
    "unreferenced": 2,
}


def told(built: Built) -> dict[str, int]:
    """How many warnings a build told of each subtype, in the checks' order."""
    subtypes = [re.findall(r"\[figlist\.(\w+)\]$", line)[0] for line in found(built)]
    known = ("known",) if "known" in subtypes else ()
    return {
        name: subtypes.count(name) for name in (*CHECKS, *known) if name in subtypes
    }


@pytest.mark.parametrize(
    "builder", ["figlist", "html", "singlehtml", "latex", "text", "dummy"]
)
def test_warnings_are_errors_after_all_is_written(tmp_path: Path, builder: str) -> None:
    source = small(
        tmp_path,
        "rst",
        FAULTY,
        figlist_checks="all",
        figlist_formats=["markdown", "json"],
    )
    good = build(source, tmp_path / "good", builder=builder, allow=["[figlist."])
    assert good.code == 0

    def strict() -> Built:
        return build(
            source,
            tmp_path / "bad",
            builder=builder,
            allow=["[figlist."],
            warning_is_error=True,
        )

    bad = strict()
    assert bad.code == 1
    assert told(good) == told(bad) == FAULTS
    assert own_files(good.out) or builder == "dummy"
    assert same_bytes(own_files(bad.out), own_files(good.out)) == []
    names = {p.relative_to(good.out) for p in good.out.rglob("*") if p.is_file()}
    assert {p.relative_to(bad.out) for p in bad.out.rglob("*") if p.is_file()} == names
    # A build that finds nothing new fails as a clean one does.
    again = strict()
    assert again.code == 1
    assert told(again) == {"known": 1}
    assert again.read == frozenset()


def test_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small(tmp_path, "rst", FAULTY, figlist_checks=["unreferenced"])
    for builder in ("figlist", "html"):
        out = tmp_path / builder
        command = ["-q", "-b", builder, str(source), str(out)]
        assert build_main(["-W", *command]) != 0
        assert capsys.readouterr().err.count("[figlist.unreferenced]") == 2
        assert (out / "FIGURE_CHECKS.md").exists() is (builder == "figlist")
        assert (
            build_main([*command, "-D", "suppress_warnings=figlist.unreferenced"]) == 0
        )
        assert build_main([*command, "-D", "figlist_checks=alt_phrase", "-E"]) == 0
        assert "[figlist.alt_phrase]" in capsys.readouterr().err


# -- builds on what earlier ones left ---------------------------------------------


def lab_of(tmp_path: Path, **values: object) -> Lab:
    files = {
        "index.rst": doc("Book", toc("a", "b", "figures", numbered=True)),
        "figures.rst": doc("Figures", directive("figlist")),
        "a.rst": write("rst", FAULTY).replace("Chapter", "Chaptor"),
        "b.rst": doc(
            "B", "See :numref:`fig-four`.", fig("four", "Lamp: lit.", alt="A lamp.")
        ),
        "p.png": png(),
        "conf.py": conf(
            **{
                "project": "Book",
                "extensions": ["sphinxext_figlist"],
                "numfig": True,
                "show_warning_types": True,
                "figlist_checks": ["all"],
                **values,
            }
        ),
    }
    return Lab(root=tmp_path, files=files)


def known_of(built: Built) -> dict[str, int]:
    """How many findings of each check a build told to be known."""
    lines = [line for line in found(built) if line.endswith("[figlist.known]")]
    assert len(lines) < 2, "known findings are one line"
    pairs = [re.findall(r"\b([a-z]+(?:_[a-z]+)*) (\d+)\b", line) for line in lines]
    return {
        name: int(number)
        for name, number in (pairs[0] if pairs else ())
        if name in CHECKS
    }


def fresh_of(built: Built) -> dict[str, int]:
    """How many findings of each check a build told in full."""
    return {name: number for name, number in told(built).items() if name != "known"}


@pytest.mark.parametrize("builder", ["html", "figlist"])
class TestBuildsOnOthers:
    def build(self, lab: Lab, builder: str, **options: Any) -> Built:
        return lab.build(builder, allow=["[figlist."], **options)

    def check(self, lab: Lab, builder: str) -> Built:
        """Build, and hold files and pages against a clean build's."""
        built = lab.check(builder, allow=["[figlist."])
        clean = lab.clean(builder, allow=["[figlist."])
        now = {**known_of(built)}
        for name, number in fresh_of(built).items():
            now[name] = now.get(name, 0) + number
        assert now == fresh_of(clean), "what is told and what is known are all there is"
        return built

    def test_no_change(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        first = self.build(lab, builder)
        assert fresh_of(first) == FAULTS
        assert known_of(first) == {}
        before = stamps(lab.out(builder))
        again = self.check(lab, builder)
        assert fresh_of(again) == {}
        assert known_of(again) == FAULTS
        assert again.read == frozenset()
        own = {
            name
            for name in written(before, stamps(lab.out(builder)))
            if "FIGURE" in name
        }
        assert own == set()
        assert known_of(self.build(lab, builder)) == FAULTS

    def test_new_ones_in_full(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.append("b.rst", "\n" + fig("five", "Lens: whole.", alt="A lens.") + "\n")
        built = self.check(lab, builder)
        assert fresh_of(built) == {"duplicate_title": 1, "unreferenced": 1}
        assert known_of(built) == FAULTS
        assert built.read == {"b"}
        assert fresh_of(self.build(lab, builder)) == {}

    def test_mended(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("a.rst", ":alt: Diagram", ":alt: A lens.")
        built = self.check(lab, builder)
        assert built.read == {"a"}
        assert fresh_of(built) == {}
        assert known_of(built) == {k: v for k, v in FAULTS.items() if k != "alt_phrase"}
        # What comes back is news.
        lab.edit("a.rst", ":alt: A lens.", ":alt: Diagram")
        built = self.check(lab, builder)
        assert fresh_of(built) == {"alt_phrase": 1}

    def test_mended_elsewhere(self, tmp_path: Path, builder: str) -> None:
        """A reference in another document; the figure's own is not read."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("b.rst", "See ", "See :ref:`two <fig-two>`, :numref:`fig-three` and ")
        built = self.check(lab, builder)
        assert built.read == {"b"}
        assert fresh_of(built) == {}
        assert "unreferenced" not in known_of(built)

    def test_moved_ones_are_known(self, tmp_path: Path, builder: str) -> None:
        """Another line, another number: the same finding."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        good = fig("zero", "Boat: new.", alt="A boat.")
        lab.edit("a.rst", "See ", f"See :numref:`fig-zero`.\n\n{good}\n\nThen see ")
        built = self.check(lab, builder)
        assert fresh_of(built) == {}
        assert known_of(built) == FAULTS

    def test_document_removed(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("index.rst", "   a\n", "")
        lab.remove("a.rst")
        built = self.check(lab, builder)
        assert found(built) == []

    def test_other_output(self, tmp_path: Path, builder: str) -> None:
        """The figures that are judged are others, though no document changed."""
        lab = lab_of(tmp_path)
        lab.append("b.rst", "\n" + directive("only", fig("screen"), argument="html"))
        self.build(lab, builder)
        lab.append("conf.py", "figlist_files_for = 'html'\n")
        built = self.check(lab, builder)
        assert built.read == frozenset()
        assert fresh_of(built)["unreferenced"] == 1
        assert known_of(built) == FAULTS

    def test_other_checks(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("conf.py", "['all']", "['unreferenced', 'missing_alt']")
        built = self.check(lab, builder)
        assert fresh_of(built) == {}
        assert known_of(built) == {"missing_alt": 1, "unreferenced": 2}
        lab.append("conf.py", "suppress_warnings = ['figlist.missing_alt']\n")
        assert known_of(self.check(lab, builder)) == {"unreferenced": 2}
        lab.append("conf.py", "suppress_warnings += ['figlist.known']\n")
        assert found(self.build(lab, builder)) == []
        lab.append("conf.py", "figlist_checks = []\n")
        assert found(self.check(lab, builder)) == []
        lab.append(
            "conf.py",
            "suppress_warnings = []\nfiglist_checks = ['unreferenced', 'alt_length']\n",
        )
        assert fresh_of(self.check(lab, builder)) == {"unreferenced": 2}
        lab.append("conf.py", "figlist_alt_max = 6\n")
        assert fresh_of(self.check(lab, builder)) == {"alt_length": 3}

    def test_picture_gone_and_back(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path, suppress_warnings=["image.not_readable"])
        lab.edit("b.rst", "/p.png", "/q.png")
        lab.write("q.png", png(7))
        self.build(lab, builder)
        lab.remove("q.png")
        allow = ["[figlist.", "q.png"]
        built = lab.build(builder, allow=allow)
        assert fresh_of(built) == {"missing_image": 1}
        assert known_of(lab.build(builder, allow=allow))["missing_image"] == 1
        lab.write("q.png", b"no picture")
        assert known_of(lab.build(builder, allow=allow))["missing_image"] == 1
        lab.write("q.png", png(7))
        built = lab.build(builder, allow=allow)
        assert fresh_of(built) == {}
        assert known_of(built) == FAULTS

    def test_read_anew(self, tmp_path: Path, builder: str) -> None:
        """A build from nothing tells all, whatever the one before it told."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        built = self.build(lab, builder, fresh=True)
        assert fresh_of(built) == FAULTS
        assert known_of(built) == {}

    def test_each_output_is_told_once(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, "text")
        assert fresh_of(self.build(lab, builder)) == FAULTS
        assert known_of(self.build(lab, "text")) == FAULTS

    def test_one_application_builds_twice(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)

        def edit() -> None:
            lab.edit("b.rst", ":alt: A lamp.", ":alt: Image of a lamp.")

        built = self.build(lab, builder, then=edit)
        assert fresh_of(built) == {**FAULTS, "alt_phrase": 2}
        assert known_of(built) == FAULTS

    def test_parallel(self, tmp_path: Path, builder: str) -> None:
        files = atlas(figlist_checks="all", show_warning_types=True)
        source = write_tree(tmp_path / "book", files)
        one = build(source, tmp_path / "one", builder=builder, allow=None)
        two = build(source, tmp_path / "two", builder=builder, allow=None, parallel=2)
        assert found(one)
        assert two.warnings == one.warnings
        assert same_bytes(own_files(two.out), own_files(one.out)) == []


def test_no_check_files_left(tmp_path: Path) -> None:
    """They go with the last check; what others wrote over them does not."""
    lab = lab_of(tmp_path)
    lab.build("figlist", allow=["[figlist."])
    out = lab.out("figlist")
    (out / "FIGURE_CHECKS.md").write_text("mine")
    lab.edit("conf.py", "['all']", "[]")
    lab.build("figlist")
    assert {path.name for path in out.glob("FIGURE_CHECKS*")} == {"FIGURE_CHECKS.md"}


@pytest.mark.parametrize("builder", ["linkcheck", "gettext", "changes"])
def test_builders_that_make_no_book_check_nothing(tmp_path: Path, builder: str) -> None:
    source = small(tmp_path, "rst", FAULTY, figlist_checks="all", version="1")
    assert found(build(source, tmp_path / "out", builder=builder, allow=None)) == []


# -- files and summary ------------------------------------------------------------


def demo(tmp_path: Path, **values: Any) -> Built:
    files = {
        "index.rst": doc("Book", toc("one", "two")),
        "one.rst": doc("One", toc("fire", "prose", numbered=True)),
        "fire.rst": doc(
            "*Fire* & oil",
            fig("torch", "Torch, 1. of * two * kinds.", alt="Image of a torch"),
            section("Oil", fig("oil", "Oil lamp: lit.", alt="A lamp.")),
        ),
        "prose.rst": doc("Prose", "See :numref:`fig-oil`."),
        "two.rst": doc(
            "Two", fig("horn", "Horn: loud.", alt="A horn."), "See :numref:`fig-horn`."
        ),
    }
    checks = ["unreferenced", "alt_phrase", "missing_title"]
    source = book(
        tmp_path,
        files,
        volumes=[
            {"id": "1", "title": "The * Light", "root": "one"},
            {"id": "2", "title": "The Sound", "root": "two"},
        ],
        **{"figlist_checks": checks, "project": "Lights #1", **values},
    )
    return files_only(source)


MARKDOWN = """\
# Figure Checks

_Lights #1_

| Check | Volume I | Volume II |
|---|--:|--:|
| `missing_title` | 1 | 0 |
| `alt_phrase` | 1 | 0 |
| `unreferenced` | 1 | 0 |

---

## Volume I: The * Light

### Chapter 1: Fire & oil

#### Fig. 1.1: Torch, 1. of * two * kinds

**Location**: fire.rst:4

- `missing_title`: no title in the caption: begin it with one in bold, or before a colon
- `alt_phrase`: the alt text says "Image of", as screen readers do anyway: say only what is \
to be seen
- `unreferenced`: no text refers to it: refer to its label fig-torch

---

## Volume II: The Sound

No findings.

---

_Total: 3 findings, 1 figure_
"""


def test_markdown(tmp_path: Path) -> None:
    built = demo(tmp_path)
    assert (built.out / "FIGURE_CHECKS.md").read_text("utf-8") == MARKDOWN


def test_escapes_are_no_part_of_a_title(tmp_path: Path) -> None:
    """On the console, in a list's plain lines, and where titles are compared."""
    files = {
        "index.rst": doc(
            "Book",
            figlist(layout="compact"),
            fig("a", r"a\*b H\ 2: one."),
            fig("b", "a*b H2: two."),
        )
    }
    source = book(tmp_path, files, figlist_checks=["duplicate_title"])
    built = build(source, tmp_path / "out", allow=["[figlist."])
    assert 'Fig. 2: a*b H2: the title "a*b H2" is that of Fig. 1' in built.warnings
    page = tmp_path / "out" / "index.html"
    assert "\0" not in page.read_text("utf-8")
    links = [text(one) for one in by_class(main_content(page), "figlist-link")]
    assert [" ".join(link.split()) for link in links] == [
        "Fig. 1: a*b H2",
        "Fig. 2: a*b H2",
    ]


def test_text_is_no_markup_in_markdown(tmp_path: Path) -> None:
    """Not that of a chapter, a title, an alternative text or a file's name."""
    hostile = fig("a", "<b>x</b> \\*y\\*: z.", alt="<i>*.png")
    files = {"index.rst": doc(r"A \*chapter\* <u>", hostile)}
    built = files_only(book(tmp_path, files, figlist_checks="all", project="*P*"))
    lines = (built.out / "FIGURE_CHECKS.md").read_text("utf-8").splitlines()
    assert r"_\*P\*_" in lines
    assert r"## A \*chapter\* \<u\>" in lines
    assert r"### Fig. 1: \<b\>x\</b\> \*y\*" in lines
    assert any(r'the alt text "\<i\>*.png" is' in line for line in lines)


def test_json(tmp_path: Path) -> None:
    built = demo(tmp_path)
    data = json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())
    schema = json.loads(
        (
            resources.files("sphinxext_figlist") / "check/figure_checks.schema.json"
        ).read_text("utf-8")
    )
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data)] == []
    one, two = data["volumes"]
    assert one["volume"] == {"id": "1", "label": "Volume I", "title": "The * Light"}
    assert one["counts"] == {"missing_title": 1, "alt_phrase": 1, "unreferenced": 1}
    assert two["counts"] == dict.fromkeys(one["counts"], 0)
    assert two["chapters"] == []
    (chapter,) = one["chapters"]
    assert (chapter["number"], chapter["title"]) == ("1", "Fire & oil")
    assert [finding["check"] for finding in chapter["findings"]] == list(one["counts"])
    assert chapter["findings"][1] == {
        "check": "alt_phrase",
        "message": 'the alt text says "Image of", as screen readers do anyway: '
        "say only what is to be seen",
        "image": "p.png",
        "figure": {
            "number": "1.1",
            "label": "fig-torch",
            "id": "fig-torch",
            "docname": "fire",
            "name": "Fig. 1.1: Torch, 1. of * two * kinds",
        },
        "location": {"path": "fire.rst", "line": 4},
    }
    assert data["totals"] == {"findings": 3, "figures": 1}


def test_summary(tmp_path: Path) -> None:
    """A table by check and volume, then the line that each volume has anyway."""
    lines = [line.split() for line in demo(tmp_path).status.splitlines()]
    start = lines.index(["check", "Volume", "I", "Volume", "II"])
    assert lines[start + 1 : start + 4] == [
        ["missing_title", "1", "0"],
        ["alt_phrase", "1", "0"],
        ["unreferenced", "1", "0"],
    ]
    assert lines[start + 4][:2] == ["Volume", "I:"]


def test_language(tmp_path: Path) -> None:
    """Files speak the book's language on every machine, warnings the machine's."""
    built = demo(tmp_path, language="de")
    words = (built.out / "FIGURE_CHECKS.md").read_text("utf-8")
    assert "Kapitel 1" in words
    assert "no text refers" not in words
    assert "Figure Checks" not in words
    assert "no text refers" in built.warnings


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
