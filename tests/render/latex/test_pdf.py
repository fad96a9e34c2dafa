"""Real PDFs: numbers, pages and links as they are printed, read back from the files."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import ContentStream
from support import Built, build, figure_numbers, load_seed, png, same_bytes, tree_files
from support.machine import DEMO
from support.pdf import Pdf, typeset
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    pages,
    section,
    toc,
    volumes,
)

pytestmark = pytest.mark.latex
COMPACT = doc("Short list", figlist(layout="compact"))
#: Fonts that have what the texts here need, for the engines that take any.
FONTS = {
    "fontpkg": r"\setmainfont{DejaVu Serif}\setsansfont{DejaVu Sans}"
    r"\setmonofont{DejaVu Sans Mono}"
}


def printed(html: Built) -> dict[str, str]:
    """The numbers that HTML pages print, by LaTeX's names for the figures."""
    found = {}
    for page in sorted(html.out.rglob("*.html")):
        docname = page.relative_to(html.out).with_suffix("").as_posix()
        if docname in html.found:
            for id_, words in figure_numbers(page).items():
                found[f"{docname}:{id_}"] = words.rpartition(" ")[2] if words else ""
    return found


def check(pdf: Pdf, numbers: dict[str, str], word: str = "Fig.") -> None:
    """Numbers are HTML's, pages those on which the figures are, links land."""
    assert pdf.faults() == []
    assert {n: pdf.labels[n].number for n in numbers} == numbers
    lines, captions = pdf.lines(), pdf.captions(word)
    for name, number in numbers.items():
        page = pdf.page_of(name)
        assert pdf.labels[name].page == page, name
        assert captions[number] == page, name
        assert page in {p for _, p in lines[f"{word} {number}"]}, name


def pdf_of(built: Built, name: str, engine: str = "pdflatex") -> Pdf:
    return typeset(built.out / f"{name}.tex", engine)


# -- the reference book -----------------------------------------------------------

#: The number of volumes, and whether each is a PDF of its own.
EDITIONS = {"one": (1, True), "two": (2, True), "two-in-one": (2, False)}


@pytest.fixture(scope="module", params=EDITIONS)
def edition(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], dict[str, Pdf]]:
    """The numbers in HTML, and the PDFs, made of the doctrees of the HTML."""
    count, apart = EDITIONS[request.param]
    seed = load_seed()
    source = tmp_path_factory.mktemp("seed") / "book"
    parts = seed.write_book(source, "mixed", count, conf=True)
    for n, part in enumerate(parts, 1):
        folder = source / f"vol{n}"
        (folder / "list.rst").write_text(COMPACT, "utf-8")
        with (folder / "index.rst").open("a", encoding="utf-8") as file:
            file.write("   list\n")
        assert part
    if not apart:
        with (source / "conf.py").open("a", encoding="utf-8") as file:
            file.write(
                "latex_documents = [('index', 'all.tex', 'All', 'Us', 'manual')]\n"
            )
    doctrees = source.with_name("doctrees")
    html = build(source, source.with_name("html"), doctrees=doctrees)
    latex = build(source, source.with_name("tex"), builder="latex", doctrees=doctrees)
    clean = build(source, source.with_name("clean"), builder="latex")
    ours, theirs = (
        {n: p.read_bytes() for n, p in tree_files(b.out).items()}
        for b in (latex, clean)
    )
    assert same_bytes(ours, theirs) == []
    numbers = printed(html)
    wanted = {
        f"vol{v}/chapter{c:03}:{figure.name}": figure.number
        for v, part in enumerate(parts, 1)
        for c, chapter in enumerate(part, 1)
        for figure in chapter.figures
    }
    assert {name: numbers[name] for name in wanted} == wanted
    assert len(wanted) == 175
    names = [f"vol{n}" for n in range(1, count + 1)] if apart else ["all"]
    return wanted, {name: pdf_of(latex, name) for name in names}


def test_reference_book(edition: tuple[dict[str, str], dict[str, Pdf]]) -> None:
    numbers, pdfs = edition
    checked = 0
    for name, pdf in pdfs.items():
        own = {n: v for n, v in numbers.items() if name == "all" or n.startswith(name)}
        assert pdf.faults() == []
        assert {n: pdf.labels[n].number for n in own} == own
        assert max(pdf.overfull(), default=0) <= 10
        lines = pdf.lines()
        for label, number in own.items():
            page = pdf.page_of(label)
            assert pdf.labels[label].page == page
            assert page in {p for _, p in lines[f"Figure {number}"]}, label
            assert f"Figure {number}" in pdf.pages[page]
        listed = sum(map(len, lines.values()))
        assert listed == len(own)
        checked += listed
    assert checked == 175


# -- the demo book ----------------------------------------------------------------


def test_demo_book(tmp_path: Path) -> None:
    """Its pictures are vectors for the web, which are drawn anew here for LaTeX."""
    source = tmp_path / "demo"
    shutil.copytree(DEMO, source, ignore=shutil.ignore_patterns("_build"))
    for place, picture in enumerate(sorted(source.rglob("*.svg"))):
        picture.with_suffix(".png").write_bytes(png(place, 160, 100))
        picture.unlink()
    for page in [*source.rglob("*.rst"), *source.rglob("*.md")]:
        page.write_text(page.read_text("utf-8").replace(".svg", ".png"), "utf-8")
    latex = build(source, tmp_path / "tex", builder="latex", warning_is_error=True)
    html = build(source, tmp_path / "html", warning_is_error=True)
    online = "vol1/range:fig-loom"  # not in print
    numbers = {n: v for n, v in printed(html).items() if ":fig-" in n and n != online}
    assert len(numbers) > 12
    pdf = pdf_of(latex, "lightsofthecoast")
    assert pdf.faults() == []
    assert max(pdf.overfull(), default=0) <= 10
    assert {n: pdf.labels[n].number for n in numbers} == numbers
    second = [n for n in numbers if n.startswith("vol2/")]
    lines = pdf.lines()
    for name in second:
        assert pdf.labels[name].page == pdf.page_of(name)
        shown = {page for _, page in lines[f"Figure {numbers[name]}"]}
        assert pdf.page_of(name) in shown
    cited = Path(latex.out / "lightsofthecoast.aux").read_text("utf-8")
    assert "Dovetailed course" in cited  # the short caption
    assert "every stone is" not in cited


# -- figures everywhere -----------------------------------------------------------

KINDS = (
    *("plain", "bare", "cell", "next", "long", "note", "inner", "topic", "side"),
    *("left", "right", "pair", "item", "quote", "foot", "after"),
)


def everywhere(n: int) -> tuple[str, ...]:
    """A chapter's text with a figure in each kind of place."""

    def within(block: str, by: int) -> str:
        return block.replace("\n", "\n" + " " * by)

    def f(kind: str, **options: Any) -> str:
        return fig(f"{kind}{n}", **options)

    def b(kind: str, **options: Any) -> str:
        return bare(f"{kind}{n}", **options)

    prose = "Text beside a wrapped figure. " * 20
    cells = "* - " + within(f("cell"), 4) + "\n  - " + within(b("next"), 4)
    long = "* - " + within(f("long"), 4) + "\n  - Text"
    names = ", ".join(f":numref:`fig-{kind}{n}`" for kind in KINDS)
    table = directive("list-table", cells, argument="Cells", name=f"tab-{n}")
    code = directive(
        "code-block", "x = 1", argument="python", caption="Code", name=f"code-{n}"
    )
    return (
        f"See {names} and :numref:`tab-{n}`, :numref:`code-{n}` [#f]_.",
        f("plain"),
        b("bare"),
        section(
            f"Tables {n}",
            table,
            directive(
                "list-table",
                long,
                argument="Long",
                name=f"long-{n}",
                class_="longtable",
            ),
            code,
        ),
        section(
            f"Boxes {n}",
            directive("note", f("note"), b("inner")),
            directive("topic", f("topic"), argument="Topic"),
            directive("sidebar", f("side"), argument="Side"),
            f("left", align="left", figwidth="40%"),
            prose,
            b("right", align="right", figwidth="40%"),
            prose,
            directive("container", f("pair")),
            "#. Item\n\n   " + within(f("item"), 3),
            "Text.\n\n    " + within(f("quote"), 4),
            ".. [#f] A footnote.\n\n   " + within(f("foot"), 3),
            f("after"),
        ),
    )


def a_book(folder: Path, numbered: int = 2, **values: Any) -> Path:
    return book(
        folder,
        {
            "index.rst": doc(
                "Book",
                toc("preface"),
                toc("one", "two", numbered=numbered),
                toc("list"),
            ),
            "preface.rst": doc("Preface", fig("preface")),
            "one.rst": doc("One", *everywhere(1)),
            "two.rst": doc("Two", *everywhere(2)),
            "list.rst": COMPACT,
        },
        figlist_number_uncaptioned=True,
        **values,
    )


@pytest.mark.parametrize(
    "values",
    [
        {"numfig_secnum_depth": 0},
        {"numfig_secnum_depth": 1},
        {"numfig_secnum_depth": 2},
        {"latex_toplevel_sectioning": "part", "figlist_latex_short_captions": True},
        {"latex_appendices": ["appendix"], "figlist_latex_alt": True},
    ],
    ids=["depth0", "depth1", "depth2", "parts", "appendices"],
)
def test_figures_everywhere(tmp_path: Path, values: dict[str, Any]) -> None:
    source = a_book(tmp_path, **values)
    if "latex_appendices" in values:
        text = ":orphan:\n\n" + doc("More", fig("more"), "See :numref:`fig-plain1`.")
        (source / "appendix.rst").write_text(text, "utf-8")
    numbers = {n: v for n, v in printed(pages(source)).items() if v}
    assert len(numbers) == 1 + 2 * len(KINDS)
    built = pages(source, builder="latex")
    pdf = pdf_of(built, "book")
    check(pdf, numbers)
    depth = values.get("numfig_secnum_depth", 1)
    wanted = {
        0: ("1", "3", "2"),
        1: ("1.1", "2.1", "2.1"),
        2: ("1.1.1",) + ("2.1.1",) * 2,
    }
    found = tuple(
        pdf.labels[n].number for n in ("one:tab-1", "two:tab-2", "two:code-2")
    )
    assert found == wanted[depth]
    assert ("is in chapter" in built.status) == (depth > 0)


def test_other_document_classes(tmp_path: Path) -> None:
    source = a_book(tmp_path, latex_theme="howto")
    numbers = {n: v for n, v in printed(pages(source)).items() if v}
    pdf = pdf_of(pages(source, builder="latex"), "book")
    assert pdf.faults() == []
    assert {n: pdf.labels[n].number for n in numbers} == numbers
    assert all(pdf.labels[n].page == pdf.page_of(n) for n in numbers)


# -- captions ---------------------------------------------------------------------

TITLES = {
    "math": r":math:`a_1^2 \le \frac{x}{y}`: a formula",
    "link": "A `link % # _ <https://example.org/a_b%20c#d~e>`_: here",
    "code": r"The call ``f(a_b, *c) % {x} \n ~^``: code",
    "cite": "After [Cit1]_: a citation",
    "numref": "Unlike :numref:`fig-math` and :ref:`one <fig-math>`: another",
    "foot": "Noted [#n]_: a footnote",
    "signs": r"Signs 5 % _ & # \\ ~ ^ $ { } < > [x] | \" ' : all",
    "rest": "Übergrößen, żółć, «œuvre», naïve — “a” €: letters",
    "bold": "**Bold & strong.** With *emphasis* too",
    "long": "A title that goes on " + "and on, with many more words, " * 6 + ": long",
    "deep": "H\\ :sub:`2`\\ O at 20 °C: an index",
}
CJK = {
    "cjk": "**光的測量：** 漢字與かな混じり文，한국어",
    "greek": "Ωμέγα και Кириллица: two",
}


@pytest.fixture(
    scope="module",
    params=[
        ("pdflatex", False),
        ("pdflatex", True),
        ("xelatex", True),
        ("lualatex", False),
    ],
    ids=lambda p: f"{p[0]}-{'short' if p[1] else 'whole'}",
)
def captions(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, bool, Pdf]:
    """A book of hard captions, set by each engine."""
    engine, short = request.param
    titles = TITLES if engine == "pdflatex" else TITLES | CJK
    if not short:
        # Without a short caption plain Sphinx breaks here.
        titles = {name: words for name, words in titles.items() if name != "cite"}
    elements = {"preamble": "\\usepackage{etoolbox}\n"}
    if engine != "pdflatex":
        elements |= FONTS
    figures = [fig(n, words, alt=f"Alt of {n}: {words}") for n, words in titles.items()]
    source = book(
        tmp_path_factory.mktemp("captions"),
        {
            "index.rst": doc("Book", toc("one", "list", "refs", numbered=True)),
            "one.rst": doc("One", *figures, ".. [#n] The note."),
            "list.rst": doc(
                "Lists",
                figlist(layout="compact"),
                figlist(layout="compact", fields="title caption alt"),
                figlist(fields="title caption alt legend page references label"),
                figlist(layout="table", fields="title caption page"),
                figlist(layout="table", fields="title image label location page"),
                figlist(layout="gallery"),
            ),
            "refs.rst": doc("References", ".. [Cit1] A work.", "See [Cit1]_."),
        },
        latex_engine=engine,
        latex_elements={**elements, "atendofbody": r"\listoffigures"},
        figlist_latex_short_captions=short,
        figlist_latex_alt=True,
    )
    return engine, short, pdf_of(pages(source, builder="latex"), "book", engine)


def test_hard_captions(captions: tuple[str, bool, Pdf]) -> None:
    engine, short, pdf = captions
    assert pdf.faults() == []
    assert max(pdf.overfull(), default=0) <= 10
    lines = pdf.lines()
    # Our two lists with dots; in LaTeX's own there are no words before the number.
    for name in TITLES if short else TITLES.keys() - {"cite"}:
        label = pdf.labels[f"one:fig-{name}"]
        shown = {page for _, page in lines[f"Fig. {label.number}"]}
        assert shown == {pdf.page_of(f"one:fig-{name}")}, name
    text = "".join(pdf.pages.values())
    assert "Übergrößen, żółć, «œuvre», naïve" in text
    assert "Signs 5 % _ & # \\" in text
    own = pdf.path.with_suffix(".lof").read_text("utf-8")
    assert ("many more words" in own) == (not short or "long" in TITLES)
    assert ("With" in own) == (not short)
    if short:
        assert r"\sphinxcite" not in own
        assert r"\hyperref" not in own
        assert "After {[}Cit1{]}" in own
        assert "A link" in own
    if engine != "pdflatex":
        assert "Ωμέγα και Кириллица" in text


# -- alt text ---------------------------------------------------------------------


def marks(pdf: Pdf) -> list[str]:
    """The alt texts in the PDF, whose marks stand where a reader takes them."""
    found, ends = [], {"EMC": "BDC", "Q": "q", "ET": "BT"}
    for page in pdf.reader.pages:
        opened: list[str] = []
        for operands, operator in ContentStream(
            page.get_contents(), pdf.reader
        ).operations:
            name = operator.decode() if isinstance(operator, bytes) else operator
            if name == "BDC" and "/Alt" in operands[1]:
                found.append(str(operands[1]["/Alt"]))
            if name in ends.values():
                opened.append(name)
            elif name in ends:
                assert opened.pop() == ends[name], "marks are not nested"
        assert opened == []
    return found


ALT = 'Ein ("gutes") {é} 100 % _x_ \\ ∑ 漢字 𝒳'


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_alt(tmp_path: Path, engine: str) -> None:
    def f(kind: str, **options: Any) -> str:
        return fig(kind, alt=f"{kind} {ALT}", **options)

    cell = f("cell").replace("\n", "\n    ")
    elements = FONTS if engine != "pdflatex" else {}
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("one")),
            "one.rst": doc(
                "One",
                f("plain"),
                bare("bare", alt="Alone"),
                bare("silent"),
                directive("note", f("note")),
                directive("topic", f("topic"), argument="Topic"),
                directive("sidebar", f("side"), argument="Side"),
                f("wrap", align="left", figwidth="40%"),
                "Beside it. " * 60,
                f("link", target="https://example.org/x_y"),
                f("wide", align="center", width="50%"),
                directive("list-table", f"* - {cell}\n  - Text", argument="Cells"),
                "Inline |sub| text. " * 20,
                ".. |sub| image:: /p.png\n   :alt: Mark",
            ),
        },
        latex_engine=engine,
        latex_elements=elements,
    )
    with_ = build(
        source,
        tmp_path / "with",
        builder="latex",
        overrides={"figlist_latex_alt": True},
    )
    pdf = pdf_of(with_, "book", engine)
    found = Counter(marks(pdf))
    kinds = ("plain", "note", "topic", "side", "wrap", "link", "wide")
    # In tables, which are set more than once, marks would spoil the page.
    wanted = Counter({f"{kind} {ALT}": 1 for kind in kinds} | {"Alone": 1, "Mark": 20})
    assert found == wanted
    plain = pdf_of(build(source, tmp_path / "plain", builder="latex"), "book", engine)
    assert marks(plain) == []
    assert pdf.pages == plain.pages


def test_alt_where_the_pdf_is_tagged(tmp_path: Path) -> None:
    """LaTeX's own key is used where something says that tagging is on."""
    pretence = r"""
\makeatletter
\expandafter\def\csname tag_if_active:TF\endcsname#1#2{#1}
\define@key{Gin}{alt}{\typeout{ALT<#1>}}
\makeatother
"""
    source = book(
        tmp_path,
        {"index.rst": doc("Book", section("One", fig("a", alt="A 5 % part")))},
        figlist_latex_alt=True,
        latex_elements={"preamble": pretence},
    )
    pdf = pdf_of(pages(source, builder="latex"), "book")
    assert r"ALT<A 5 \% part>" in pdf.log
    assert marks(pdf) == []


# -- lists ------------------------------------------------------------------------


def test_long_list(tmp_path: Path) -> None:
    """It goes over pages, and titles over lines, which keep clear of the pages."""
    words = "a title of many words " * 9
    figures = [fig(f"n{n}", f"**Number {n} {words}:** text.") for n in range(60)]
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("one", "list", numbered=True)),
            "one.rst": doc("One", *figures),
            "list.rst": COMPACT,
        },
        figlist_latex_numbers="sphinx",
        numfig_format={"figure": "Illustration %s"},
        latex_elements={"figure_align": "H"},
    )
    pdf = pdf_of(pages(source, builder="latex"), "book")
    assert pdf.faults() == []
    assert pdf.overfull() == []
    listing = [text for text in pdf.pages.values() if text.count(" . . .") > 5]
    assert len(listing) > 2
    lines = pdf.lines()
    assert len(lines) == 60
    assert all(
        [title for title, _ in found] == [f"Number {n} {words.strip()}"]
        for n, found in enumerate(lines.values())
    )


def test_volumes_in_two_pdfs(tmp_path: Path) -> None:
    """What is in the other PDF is words; no chapter is where HTML has it."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1", "v2", numbered=True)),
            "v1.rst": doc("First", toc("a", "all")),
            "v2.rst": doc("Second", toc("b", "c")),
            "a.rst": doc("A", fig("a"), bare("a2"), "See :numref:`fig-b`."),
            "b.rst": doc(
                "B", fig("b"), "See :numref:`fig-a2`, :numref:`so %s <fig-a>`."
            ),
            "c.rst": doc(
                "C", fig("c", "Unlike :numref:`fig-a`."), "See :numref:`fig-b`."
            ),
            "all.rst": doc(
                "All",
                figlist(layout="compact", volume="all"),
                figlist(volume="all", fields="title page"),
            ),
        },
        volumes=volumes("v1", "v2"),
        figlist_number_uncaptioned=True,
        numfig_secnum_depth=2,
        latex_documents=[
            (f"v{n}", f"v{n}.tex", "Title", "Nobody", "manual") for n in (1, 2)
        ],
    )
    numbers = {n: v for n, v in printed(pages(source)).items() if v}
    assert numbers["b:fig-b"] == "2.1.1"
    built = pages(source, builder="latex")
    assert built.status.count("is in chapter") == 1
    one, two = pdf_of(built, "v1"), pdf_of(built, "v2")
    for pdf, own in ((one, ("a:fig-a", "a:fig-a2")), (two, ("b:fig-b", "c:fig-c"))):
        assert pdf.faults() == []
        assert {n: pdf.labels[n].number for n in own} == {n: numbers[n] for n in own}
    said = " ".join("".join(two.pages.values()).split())
    assert "See Fig. 1.1.2 (Volume I), so 1.1.1." in said
    assert "Unlike Fig. 1.1.1 (Volume I)." in said
    listed = "".join(one.pages.values())
    assert re.search(r"Fig\. 2\.1\.1 \(Volume II\) +The caption of b\n", listed)
    assert one.lines().keys() == {"Fig. 1.1.1", "Fig. 1.1.2"}


LONG = "A caption of many words, so that rows have several lines each. " * 6
TABLES = {
    "index.rst": doc("Top", toc("one", "two", "lists", numbered=True)),
    "one.rst": doc("One", *(fig(f"one{n}", f"**One {n}:** {LONG}") for n in range(9))),
    "two.rst": doc("Two", *(fig(f"two{n}", f"**Two {n}:** {LONG}") for n in range(9))),
    "lists.rst": doc(
        "Lists",
        figlist(layout="table", fields="title caption page"),
        figlist(layout="table", fields="title image label location page"),
        ".. table:: A table\n   :name: after\n\n   == ==\n   a  b\n   == ==",
    ),
}


def test_tables(tmp_path: Path) -> None:
    """They break across pages, with no number of their own, and count for nothing."""
    source = book(tmp_path, TABLES, figlist_latex_numbers="latex")
    pdf = pdf_of(pages(source, builder="latex"), "book")
    assert pdf.faults() == []
    assert pdf.overfull() == []
    listed = [text for text in pdf.pages.values() if "Caption" in text]
    assert len(listed) >= 3  # each begins with the head of a table
    assert not [text for text in listed if "continued" in text]
    assert pdf.labels["lists:after"].number == "3.1"
    tex = pdf.path.with_suffix(".tex").read_text("utf-8")
    assert r"\hyperref[\detokenize{one:fig-one3}]{\DUrole{figlist-title}{One 3}}" in tex
    for text in listed:  # no heading alone at the foot of a page, no head without rows
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for line, after in pairwise(lines):
            if line.startswith("Chapter "):
                assert after.startswith("Figure")
            if line.startswith("Title"):
                assert after.startswith("Fig.")
