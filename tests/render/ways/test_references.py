"""The forms and places of references that lists lead to."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from support import (
    Built,
    build,
    by_class,
    elements,
    load_seed,
    main_content,
    only_by_class,
    text,
)
from support.small import directive, doc, fig, figlist, pages, section, toc
from support.ways import (
    REFERENCES,
    Web,
    a_book,
    full_entries,
    main_text,
    places,
    read_tex,
    seen,
    tex_ways,
    ways_of,
    words,
)

# -- the reference books ----------------------------------------------------------

NUMREF = re.compile(r"(?::numref:|\{numref\})`([^`]+)`")
SEEDS = [("myst", 1), ("rst", 2), ("mixed", 1), ("mixed", 2)]


@pytest.mark.seed
@pytest.mark.parametrize(("markup", "count"), SEEDS, ids=lambda value: str(value))
def test_reference_books(markup: str, count: int, tmp_path: Path) -> None:
    seed = load_seed()
    source = tmp_path / "book"
    parts = seed.write_book(source, markup, count, conf=True)
    (source / "figures.rst").write_text(doc("Figures", REFERENCES), "utf-8")
    wanted = Counter(
        name
        for path in sorted(source.rglob("*.*"))
        if path.suffix in {".rst", ".md"}
        for name in NUMREF.findall(path.read_text("utf-8"))
    )
    figures = [f.name for part in parts for chapter in part for f in chapter.figures]
    assert wanted
    assert set(wanted) < set(figures)
    for builder in ("html", "dirhtml", "singlehtml"):
        built = build(
            source,
            tmp_path / builder,
            builder=builder,
            doctrees=tmp_path / "doctrees",
            overrides={"figlist_formats": "json"},
            warning_is_error=True,
        )
        assert built.code == 0
        check_seed(built, figures, wanted)


def check_seed(built: Built, figures: list[str], wanted: Counter[str]) -> None:
    """Each reference in the sources is led to, and each figure leads back."""
    web = Web(built.out)
    page = web.page("figures")
    seen: Counter[str] = Counter()
    heading = re.compile(r"(\d+(?:\.\d+)*)\. (Part \d+ of v\d-chapter\d+)")
    upward: dict[Path, dict[Element, Element]] = {}
    targets = {
        file: {e.get("id"): e for e in elements(main_content(web.site.page(file)))}
        for file in web.site.paths()
    }

    def at(here: Path, href: str | None) -> tuple[Path, Element]:
        target = web.site.target(here, href or "")
        assert target is not None
        return target[0], targets[target[0]][target[1]]

    listed = {}
    whole = main_content(web.site.page(page))
    for entry, shown in full_entries(whole):
        _, figure = at(page, only_by_class(entry, "figlist-link").get("href"))
        assert figure.tag == "figure"
        listed[figure.get("id", "")] = entry, figure
        for way in elements(shown, "a"):
            file, target = at(page, way.get("href"))
            if file not in upward:
                content = main_content(web.site.page(file))
                upward[file] = {e: up for up in elements(content) for e in up}
            sentence = upward[file][target]
            assert sentence.tag == "p"
            assert sentence.text == "The argument here rests on "
            assert not target.tail
            assert [e.tag for e in sentence] == [target.tag, "a"]
            link = sentence[1]
            assert by_class(link, "std-numref")
            assert at(file, link.get("href"))[1] is figure
            title = heading.match(text(upward[file][sentence][0]))
            assert title
            assert text(way) == " ".join(title.groups())
            seen[figure.get("id", "")] += 1
    assert seen == wanted
    assert list(listed) == figures
    back = []
    for file in web.site.paths():
        content = main_content(web.site.page(file))
        for figure in elements(content, "figure"):
            link = only_by_class(figure, "figlist-backlink")
            there, entry = at(file, link.get("href"))
            assert there == page
            assert listed[figure.get("id", "")] == (entry, figure)
            back.append(figure.get("id"))
    assert sorted(map(str, back)) == sorted(figures)
    assert web.twice() == []
    shown_in_files = {
        figure["label"]: len(figure["references"])
        for path in (built.out / "figlist").glob("*.json")
        for chapter in json.loads(path.read_text("utf-8"))["chapters"]
        for figure in chapter["figures"]
    }
    assert shown_in_files == {name: wanted[name] for name in figures}


# -- references: forms and places -------------------------------------------------

RST_FORMS = {
    "numref": ":numref:`fig-a`",
    "numref with words": ":numref:`picture %s <fig-a>`",
    "ref": ":ref:`fig-a`",
    "ref with words": ":ref:`words <fig-a>`",
    "ref in capitals": ":ref:`words <FIG-A>`",
    "any": ":any:`fig-a`",
    "hyperlink": "fig-a_",
    "hyperlink with words": "`words <fig-a_>`_",
    "indirect hyperlink": "alias_",
    "label before the figure": ":ref:`words <before>`",
}
MYST_FORMS = {
    "numref": "{numref}`fig-a`",
    "ref": "{ref}`fig-a`",
    "ref with words": "{ref}`words <fig-a>`",
    "any": "{any}`fig-a`",
    "bare link": "[](#fig-a)",
    "link": "[words](#fig-a)",
    "angles": "<project:#fig-a>",
}


def test_forms(tmp_path: Path) -> None:
    rst = "\n\n".join(f"{name}: {form}" for name, form in RST_FORMS.items())
    myst = "\n\n".join(f"{name}: {form}" for name, form in MYST_FORMS.items())
    local = "```{figure} /p.png\n:name: fig-m\n\nOf MyST.\n```\n"
    ends = ".. _alias: fig-a_\n"
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", rst, ".. _before:", fig("a"), ends),
            "two.md": f"# Two\n\n{myst}\n\n{local}\nLocal: [words](#fig-m), [](#fig-m).\n",
        },
    )
    assert places(ways["a"]) == [f"{name}:" for name in (*RST_FORMS, *MYST_FORMS)]
    assert words(ways["a"]) == [
        *("1 One", *(f"({n})" for n in range(2, len(RST_FORMS) + 1))),
        *("2 Two", *(f"({n})" for n in range(2, len(MYST_FORMS) + 1))),
    ]
    assert ways["m"] == [("2 Two", "Local:"), ("(2)", "Local: words,")]


def test_substitution(tmp_path: Path) -> None:
    """It refers where it stands, not where it is defined."""
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), "First |shown|, then |shown|."),
            "two.rst": doc("Two", "Second |mine|.", ".. |mine| replace:: :ref:`fig-a`"),
        },
        rst_prolog=".. |shown| replace:: :numref:`fig-a`\n",
    )
    assert ways["a"] == [
        ("1 One", "First"),
        ("(2)", "First Fig. 1.1, then"),
        ("2 Two", "Second"),
    ]


@pytest.mark.parametrize("included", [True, False])
def test_note_to_do(included: bool, tmp_path: Path) -> None:
    """What a page leaves out refers to nothing."""
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), "See :numref:`fig-a`."),
            "two.rst": doc("Two", directive("todo", "Mend :numref:`fig-a`.")),
        },
        extensions=["sphinx.ext.todo", "sphinxext_figlist"],
        todo_include_todos=included,
    )
    assert places(ways["a"]) == ["See", *(["Mend"] if included else [])]


def test_surroundings(tmp_path: Path) -> None:
    see = ":numref:`fig-a`"
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc(
                "One",
                fig("a"),
                f"Twice in {see}, a sentence {see}.",
                f"* Item {see}\n* - Inner item {see}",
                directive("note", f"Note {see}."),
                directive("list-table", f"* - Cell {see}\n  - Next {see}"),
                directive("table", f"=====  {'=' * 15}\nx      {see}\n=====  {'=' * 15}",
                          argument="A table"),
                f"Term\n   Definition {see}.",
                "Note [#n]_.",
                f"   Quote {see}.",
                fig("b", "Caption.", f"Legend {see}."),
                f".. [#n] Footnote {see}.",
            ),
            "two.md": "# Two\n\nIn *emphasis {numref}`fig-a`*, and\n\n"
            "| Head {numref}`fig-a` |\n|---|\n| Cell {numref}`fig-a` |\n",
        },
    )  # fmt: skip
    assert places(ways["a"]) == [
        *("Twice in", "Twice in Fig. 1.1, a sentence", "Item", "Inner item"),
        *("Note", "Cell", "Next", "", "Definition", "Quote", "Legend", "Footnote"),
        *("emphasis", "Head", "Cell"),
    ]
    assert words(ways["a"])[-3:] == ["2 Two", "(2)", "(3)"]


def test_sections(tmp_path: Path) -> None:
    """A link names the section around the reference, and counts in each anew."""
    see = "See :numref:`fig-a`."
    inner = section("Inner", see, see).replace("-", "~").replace("fig~a", "fig-a")
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), section("First", see, see, inner))
            + section("Second", see),
            "two.rst": doc("Two *times* ``code``", see),
        },
    )
    assert words(ways["a"]) == [
        *("1.1 First", "(2)", "1.1.1 Inner", "(2)", "1.2 Second", "2 Two times code")
    ]
    assert set(places(ways["a"])) == {"See"}


def test_titles_and_captions(tmp_path: Path) -> None:
    """There a target would be copied: the section is led to, or the other figure."""
    source = a_book(
        tmp_path,
        {
            "one.rst": doc(
                "One",
                fig("a"),
                fig("b", "The other, unlike :numref:`fig-a`."),
                section("Of :numref:`fig-a`", "See :numref:`fig-a`."),
                "\n:numref:`fig-a`\n   The meaning.\n",
            ),
            "two.md": "# On {numref}`fig-a` and [](#fig-b)\n\nNothing.\n",
        },
    )
    web = Web(pages(source).out)
    ways = web.ways()
    assert places(ways["a"]) == [
        *("figure fig-b", "section of-fig-a", "See", "section of-fig-a"),
        ways["b"][0][1],
    ]
    assert ways["b"][0][1].startswith("section on-")
    assert ways["b"][0][0].startswith("2 On")
    assert ways["a"][0][0] == "1 One"
    assert ways["a"][1][0].startswith("1.1 Of")
    assert [words for words, _ in ways["a"][2:4]] == ["(2)", "(3)"]
    # No target is copied into what shows titles.
    assert web.twice() == []
    assert "figlist-at" not in main_text(web.page("index"))


def test_own_caption_is_no_reference(tmp_path: Path) -> None:
    own = "Part (b) of :numref:`fig-a`."
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", fig("a", own, "Legend: :numref:`fig-a`.")),
            "two.rst": doc("Two", fig("b", "Unlike :numref:`fig-a`.")),
        },
    )
    assert ways == {"a": [("2 Two", "figure fig-b")], "b": []}


def test_own_caption_copied_in_a_list_is_no_reference(tmp_path: Path) -> None:
    """A list that shows captions refers to nothing."""
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), fig("b", "Unlike :numref:`fig-a`.")),
            "two.rst": doc("Two", figlist(fields="title caption references")),
        },
    )
    web = Web(pages(source).out)
    assert web.ways() == web.ways("two") == {"a": [("1 One", "figure fig-b")], "b": []}


def test_caption_of_an_excluded_figure(tmp_path: Path) -> None:
    """It refers like any other."""
    see = "Unlike :numref:`fig-a`."
    excluded = fig("x", see, figclass="figlist-exclude")
    docs = {"one.rst": doc("One", fig("a"), section("Inner", excluded))}
    [(shown, place)] = ways_of(tmp_path, docs)["a"]
    assert shown == "1.1 Inner"
    assert place in {"section inner", "figure fig-x"}


def test_contents_repeat_no_reference(tmp_path: Path) -> None:
    """A page's own contents copy the words of its titles."""
    contents_ = directive("contents", local=True)
    titled = section("Of :ref:`that <fig-a>`", "Text.")
    ways = ways_of(tmp_path, {"one.rst": doc("One", contents_, fig("a"), titled)})
    assert ways["a"] == [("1.1 Of that", "section of-that")]


def test_other_kinds(tmp_path: Path) -> None:
    table = directive("list-table", "* - Cell", argument="A table", name="tab")
    code = directive("code-block", "x = 1", caption="Code", name="code")
    listed = doc(
        "List",
        figlist(kind="table", fields="title references"),
        figlist(kind="code-block", fields="title references"),
    )
    see = "See :numref:`tab`, :ref:`tab`, [#n]_.\n\n.. [#n] Code: :numref:`code`."
    source = a_book(
        tmp_path, {"one.rst": doc("One", table, code), "two.rst": doc("Two", see)}
    )
    (source / "list.rst").write_text(listed, "utf-8")
    web = Web(pages(source).out)
    page = web.page("list")
    found = []
    for entry, shown in full_entries(main_content(web.site.page(page))):
        link = only_by_class(entry, "figlist-link")
        end = web.site.target(page, link.get("href", ""))
        for way in elements(shown, "a"):
            file, target = web.follow(page, way.get("href", ""))
            children = list(web.parent(file, target))
            after = children[children.index(target) + 1]
            assert not target.tail
            assert web.site.target(file, after.get("href", "")) == end
            found.append(seen(way))
    assert found == ["2 Two", "(2)", "2 Two"]


def test_order(tmp_path: Path) -> None:
    """Documents stand in the order of the toctrees; one in none comes last."""
    see = "See :numref:`fig-a`."
    docs: dict[str, str | bytes] = {
        "z.rst": doc("Z", see),
        "m.rst": doc("M", fig("a"), see),
        "b.rst": doc("B", see, toc("deep/c"), toc("deep/a")),
    }
    source = a_book(tmp_path, docs)
    for name, more in (
        ("deep/a.rst", doc("Deep A", see)),
        ("deep/c.rst", doc("Deep C", see)),
        ("aa.rst", ":orphan:\n\n" + doc("Alone", see)),
        ("list.rst", doc("List", see, REFERENCES, see)),
    ):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(more, "utf-8")
    ways = Web(pages(source).out).ways()
    assert words(ways["a"]) == [
        *("1 Z", "2 M", "3 B", "3.1 Deep C", "3.2 Deep A", "List", "(2)", "Alone")
    ]
    assert set(places(ways["a"])) == {"See"}


def test_place_without_a_section(tmp_path: Path) -> None:
    """Every link has words, even to a page that has no title."""
    source = a_book(tmp_path, {"one.rst": doc("One", fig("a"))})
    (source / "bare.rst").write_text(":orphan:\n\nSee :numref:`fig-a`.\n", "utf-8")
    [(shown, place)] = Web(pages(source).out).ways()["a"]
    assert place == "See"
    assert shown


def test_place_in_a_section_titled_by_a_reference(tmp_path: Path) -> None:
    """A title may be nothing but a link without words of its own."""
    source = a_book(
        tmp_path, {"one.rst": doc("One", fig("a"))}, figlist_formats=["json"]
    )
    titled = "---\norphan: true\n---\n\n# [](#fig-a)\n\nSee {numref}`fig-a`.\n"
    (source / "alone.md").write_text(titled, "utf-8")
    built = pages(source)
    title, (again, place) = Web(built.out).ways()["a"]
    assert (again, place) == ("(2)", "See")
    assert title[0]
    assert all(each["section"] for each in references(built.out)["a"])


def test_place_before_the_first_section(tmp_path: Path) -> None:
    text_before = "See :numref:`fig-a`.\n\n" + doc("Late title", "Text.")
    source = a_book(tmp_path, {"one.rst": doc("One", fig("a")), "two.rst": text_before})
    [(shown, place)] = Web(pages(source).out).ways()["a"]
    assert place == "See"
    assert shown


CONDITIONS = {
    "one.rst": doc(
        "One",
        fig("a"),
        directive("only", "Screen: :numref:`fig-a`.", argument="html"),
        directive("only", "Print: :numref:`fig-a`.", argument="latex"),
        directive("only", "Draft: :numref:`fig-a`.", argument="draft"),
        "Both: :numref:`fig-a`.",
    )
}


def test_conditions(tmp_path: Path) -> None:
    source = a_book(tmp_path, CONDITIONS, figlist_formats=["json"])
    built = pages(source)
    web = Web(built.out)
    assert web.ways()["a"] == [("1 One", "Screen:"), ("(2)", "Both:")]
    assert main_text(web.page("one")).count('"figlist-at') == 2
    # The files are for print, where nobody says otherwise: as many, not the same.
    assert [each["section"] for each in references(built.out)["a"]] == ["1 One"] * 2
    tagged = pages(source, tags=["draft"], fresh=True)
    assert places(Web(tagged.out).ways()["a"]) == ["Screen:", "Draft:", "Both:"]
    files = references(tagged.out)["a"]
    assert len(files) == 3


def references(out: Path) -> dict[str, Any]:
    """The references in the JSON of a book of one volume, by figure."""
    data = json.loads((out / "figlist/FIGURE_LIST.json").read_text("utf-8"))
    return {
        figure["label"].removeprefix("fig-"): figure["references"]
        for chapter in data["chapters"]
        for figure in chapter["figures"]
    }


def test_conditions_in_latex(tmp_path: Path) -> None:
    tex = read_tex(pages(a_book(tmp_path, CONDITIONS), builder="latex"))
    assert [words for words, _ in tex_ways(tex)] == ["1 One", "(2)"]
    for (_, label), before in zip(tex_ways(tex), ("Print: ", "Both: "), strict=True):
        assert f"{before}\\phantomsection\\label{{\\detokenize{{{label}}}}}" in tex


def test_json(tmp_path: Path) -> None:
    docs: dict[str, str | bytes] = {
        "one.rst": doc(
            "One", "See :ref:`fig-a`, :ref:`fig-a`.", fig("a"), fig("b", ":ref:`fig-a`")
        )
        + "\n"
        + section("More", fig("c")),
        "sub/two.md": "# Two\n\n## Of {numref}`fig-a`\n\nSee [](#fig-c).\n",
    }
    source = a_book(tmp_path, docs, figlist_formats=["json"])
    # No list page shows them; the files always do.
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    built = pages(source)
    found = references(built.out)
    one = {"docname": "one", "id": "one", "section": "1 One"}
    [*ours, title] = found["a"]
    assert ours == [one] * 3
    assert title["docname"] == "sub/two"
    assert title["section"].startswith("2.1 Of ")
    assert found["b"] == []
    assert found["c"] == [title]
    assert f'id="{title["id"]}"' in main_text(built.out / "sub/two.html")
