"""From an entry to each place that refers to its figure, and from a figure back.

A place is told by the words before it: the link of a reference must land on an element
directly before the very link that refers.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from support import (
    Built,
    Files,
    Lab,
    Site,
    Stamps,
    build,
    by_class,
    classes,
    conf,
    elements,
    load_seed,
    main_content,
    only_by_class,
    pages_written,
    parse,
    png,
    same_output,
    search_index,
    stamps,
    text,
    tree_files,
)
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

# -- what a site shows ------------------------------------------------------------


class Web:
    """A site and the ways in it, each followed to its end."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.site = Site(out)

    def page(self, name: str) -> Path:
        """The page of a document, whichever HTML builder wrote it."""
        tries = (f"{name}.html", f"{name}/index.html", "index.html")
        return next(self.out / path for path in tries if (self.out / path).exists())

    def follow(self, page: Path, href: str) -> tuple[Path, Element]:
        """The page and the one element on which *href* lands."""
        target = self.site.target(page, href)
        assert target is not None, f"{href} leads away"
        file, id_ = target
        assert file.is_file(), f"{page}: {href}"
        whole = main_content(self.site.page(file))
        found = [each for each in elements(whole) if each.get("id") == id_]
        assert len(found) == 1, f"{page}: {href} lands on {len(found)} elements"
        return file, found[0]

    def figure(self, page: Path, href: str) -> Element:
        """The figure on which *href* lands; a second id of its is a span in it."""
        file, found = self.follow(page, href)
        if found.tag != "figure":
            assert not text(found)
            found = self.parent(file, found)
        assert found.tag == "figure", f"{href} lands on a {found.tag}"
        return found

    def parent(self, file: Path, element: Element) -> Element:
        """What *element* stands in."""
        return next(
            each
            for each in elements(main_content(self.site.page(file)))
            if any(child is element for child in each)
        )

    def place(self, page: Path, href: str, figure: Element) -> str:
        """Where *href* lands: a section, a figure, or the words before a reference."""
        file, element = self.follow(page, href)
        if element.tag in {"section", "figure"}:
            return f"{element.tag} {element.get('id')}"
        parent = self.parent(file, element)
        assert not "".join(element.itertext()), "the target has words"
        assert not element.tail, f"{href} does not land directly before a link"
        children = list(parent)
        index = children.index(element)
        link = children[index + 1]
        assert link.tag == "a", f"{href} lands before a {link.tag}"
        # Sphinx's own links within a page of all documents lead to "#document-x#id".
        own = "#" + link.get("href", "").rpartition("#")[2]
        href = link.get("href", "")
        end = own if href.startswith("#document-") else href
        assert self.figure(file, end) is figure
        before = parent.text or ""
        for child in children[:index]:
            before += "".join(child.itertext()) + (child.tail or "")
        return " ".join(before.split())

    def ways(self, name: str = "list") -> dict[str, list[tuple[str, str]]]:
        """The words and places of the references of each figure listed on a page."""
        page = self.page(name)
        found: dict[str, list[tuple[str, str]]] = {}
        for entry, shown in full_entries(main_content(self.site.page(page))):
            link = only_by_class(entry, "figlist-link")
            figure = self.figure(page, link.get("href", ""))
            ways = [
                (text(way), self.place(page, way.get("href", ""), figure))
                for field in by_class(shown, "figlist-references")
                for way in elements(field, "a")
            ]
            found[unused(figure, found)] = ways
        return found

    def backs(self, name: str) -> dict[str, str]:
        """Of each figure on a page, the page and list to which it links back."""
        page = self.page(name)
        found: dict[str, str] = {}
        for figure in elements(main_content(self.site.page(page)), "figure"):
            links = by_class(figure, "figlist-backlink")
            assert len(links) < 2, "a figure that links back twice"
            if not links:
                continue
            file, entry = self.follow(page, links[0].get("href", ""))
            assert "figlist-entry" in classes(entry), f"{entry.tag} is no entry"
            link = only_by_class(entry, "figlist-link")
            assert self.figure(file, link.get("href", "")) is figure
            where = file.relative_to(self.out).with_suffix("").as_posix()
            list_ = next(
                str(position)
                for position, each in enumerate(
                    by_class(main_content(self.site.page(file)), "figlist"), 1
                )
                if any(one is entry for one in elements(each))
            )
            found[unused(figure, found)] = f"{where} {list_}"
        return found

    def twice(self) -> list[str]:
        """The ids of figlist's that stand more than once on a page."""
        return [
            f"{path.name}#{id_}"
            for path in self.site.paths()
            for id_, count in Counter(
                e.get("id", "") for e in elements(self.site.page(path))
            ).items()
            if count > 1 and id_.startswith("figlist")
        ]


def unused(figure: Element, names: Collection[str]) -> str:
    """A figure's short name; one that Sphinx made up may stand in other documents."""
    name = figure.get("id", "").removeprefix("fig-")
    return name + "'" * sum(each.rstrip("'") == name for each in names)


def full_entries(root: Element) -> Iterator[tuple[Element, Element]]:
    """The entries of the full lists in *root*, with what they show of their fields."""
    for group in by_class(root, "figlist-entries"):
        children = list(group)
        for entry, shown in zip(children[::2], children[1::2], strict=True):
            assert (entry.tag, shown.tag) == ("dt", "dd")
            yield entry, shown


REFERENCES = figlist(fields="title references")
MYST: dict[str, Any] = {"extensions": ["myst_parser", "sphinxext_figlist"]}


def a_book(folder: Path, docs: Files, **values: Any) -> Path:
    """A book of *docs*, numbered in their order, with a list of references behind."""
    names = [Path(name).with_suffix("").as_posix() for name in docs]
    start: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc(*names, numbered=True), toc("list")),
        "list.rst": doc("List", REFERENCES),
    }
    return book(folder, {**start, **docs}, **{**MYST, **values})


def ways_of(folder: Path, docs: Files, **values: Any) -> dict[str, Any]:
    """Build such a book; the words and places of its references."""
    built = pages(a_book(folder, docs, **values))
    web = Web(built.out)
    assert web.site.dead_links() == []
    assert web.twice() == []
    return web.ways()


def words(ways: list[tuple[str, str]]) -> list[str]:
    return [way for way, _ in ways]


def places(ways: list[tuple[str, str]]) -> list[str]:
    return [place for _, place in ways]


def contents(out: Path, *names: str) -> dict[str, bytes]:
    """The bytes of these pages."""
    return {name: (out / f"{name}.html").read_bytes() for name in names}


def main_text(path: Path) -> str:
    return tostring(main_content(path), "unicode")


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
            found.append(text(way))
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


# -- anchors stand where a list needs them ----------------------------------------

PLAIN: dict[str, str | bytes] = {
    "one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), fig("b", ":ref:`fig-a`.")),
    "two.md": "# Two\n\nSee {numref}`fig-a`, [](#fig-x).\n",
    "three.rst": doc("Three", "No figure :ref:`here <genindex>`."),
    "four.rst": doc("Four", fig("x", figclass="figlist-exclude")),
}
TEXT = ["one", "two", "three", "four", "index"]


def test_anchors_only_for_lists_of_references(tmp_path: Path) -> None:
    source = a_book(tmp_path, PLAIN)
    with_references = contents(pages(source).out, *TEXT)
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    out = pages(source, fresh=True).out
    without = contents(out, *TEXT)
    assert b"figlist-at" not in b"".join(without.values())
    marked = {n for n in TEXT if with_references[n] != without[n]}
    assert marked == {"one", "two"}
    # Nothing but the targets differs; a figure in no list needs none.
    target = re.compile(rb'<span class="target" id="figlist-at-[^"]*"></span>')
    assert len(target.findall(with_references["two"])) == 1
    assert {n: target.sub(b"", each) for n, each in with_references.items()} == without


def test_anchors_only_for_the_figures_that_a_list_shows(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc(
                "One",
                figlist(scope="page", fields="references"),
                fig("a"),
                "See :numref:`fig-a`, :numref:`fig-b`.",
            ),
            "two.rst": doc("Two", fig("b"), "See :numref:`fig-a`, :numref:`fig-b`."),
            "list.rst": doc("List", figlist()),
        },
    )
    web = Web(pages(source).out)
    assert web.ways("one") == {"a": [("1 One", "See"), ("2 Two", "See")]}
    for name in ("one", "two"):
        assert main_text(web.page(name)).count('id="figlist-at') == 1


def test_default_fields_with_references(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {"one.rst": doc("One", "See :numref:`fig-a`.", fig("a"))},
        figlist_fields=["title", "references"],
    )
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    assert Web(pages(source).out).ways() == {"a": [("1 One", "See")]}


def test_compact_list_with_references(tmp_path: Path) -> None:
    source = a_book(
        tmp_path, {"one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), fig("b"))}
    )
    short = figlist(layout="compact", fields="title references")
    (source / "list.rst").write_text(doc("List", short), "utf-8")
    web = Web(pages(source).out)
    page = web.page("list")
    item, other = by_class(main_content(web.site.page(page)), "figlist-entry")
    link, way = elements(item, "a")
    figure = web.figure(page, link.get("href", ""))
    assert web.place(page, way.get("href", ""), figure) == "See"
    assert text(way) == "1 One"
    assert len(list(elements(other, "a"))) == 1


@pytest.mark.parametrize(
    "names",
    [("b.rst", "c-d", "b-c.rst", "d"), ("x_y.rst", "n", "x-y.rst", "n2"),
     ("\u7b2c\u4e00.rst", "\u56fe\u4e00", "\u7b2c\u4e8c.rst", "\u56fe\u4e8c")],
    ids=["hyphens", "underscore", "chinese"],
)  # fmt: skip
def test_no_id_stands_twice(names: tuple[str, str, str, str], tmp_path: Path) -> None:
    """Whatever documents and figures are called."""
    one, label, two, other = names
    picture = directive("figure", "Caption.", argument="/p.png", name="NAME")
    source = a_book(
        tmp_path,
        {
            one: doc("One", picture.replace("NAME", label)),
            two: doc("Two", picture.replace("NAME", other)),
            "see.rst": doc("See", f"First :numref:`{label}`, then :numref:`{other}`."),
        },
    )
    web = Web(pages(source).out)
    assert web.twice() == []
    assert places([way for ways in web.ways().values() for way in ways]) == [
        *("First", "First Fig. 1.1, then")
    ]


def test_single_page_of_unnamed_figures(tmp_path: Path) -> None:
    """Ids like "id1" stand in many documents, whose page is one here."""
    unnamed = directive("figure", "Unlike :numref:`fig-a`.", argument="/p.png")
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), unnamed),
            "two.rst": doc("Two", unnamed),
        },
    )
    web = Web(pages(source, builder="singlehtml").out)
    page = web.page("list")
    whole = main_content(web.site.page(page))
    figures = list(elements(whole, "figure"))
    entry, shown = next(full_entries(whole))
    ways = list(elements(shown, "a"))
    assert list(map(text, ways)) == ["1 One", "2 Two"]
    landed = [
        next(f for f in figures if any(e.get("id") == href for e in elements(f)))
        for href in (way.get("href", "")[1:] for way in ways)
    ]
    assert [figures.index(figure) for figure in landed] == [1, 2]
    assert text(entry)


def test_single_page_of_like_titles(tmp_path: Path) -> None:
    """A reference in a title leads to its own document, not to a section's namesake."""
    like = section("Summary of :numref:`fig-a`", "Text.")
    source = a_book(
        tmp_path,
        {"one.rst": doc("One", fig("a"), like), "two.rst": doc("Two", like)},
    )
    built = pages(source, builder="singlehtml")
    page = Web(built.out).page("list")
    whole = main_content(page)
    _, shown = next(full_entries(whole))
    hrefs = [way.get("href", "")[1:] for way in elements(shown, "a")]
    # Sphinx gives both sections one id here: their documents have their own.
    assert hrefs == ["document-one", "document-two"]
    assert set(hrefs) <= {e.get("id") for e in elements(whole)}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_html(builder: str, tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "sub/one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), bare("n")),
            "two.md": "# Two\n\nThere {numref}`fig-a`.\n\n## Of [](#fig-a)\n",
        },
        figlist_number_uncaptioned=True,
    )
    web = Web(pages(source, builder=builder).out)
    ways = web.ways()
    assert places(ways["a"])[:2] == ["See", "There"]
    assert places(ways["a"])[2].startswith("section of")
    assert ways["n"] == []
    assert set(web.backs("sub/one")) == {"a", "n"}


def test_same_bytes_in_parallel(tmp_path: Path) -> None:
    docs: dict[str, str | bytes] = {
        f"d{n}.rst": doc(f"D{n}", f"See :numref:`fig-{(n + 3) % 9}`.", fig(str(n)))
        for n in range(9)
    }
    source = a_book(tmp_path, docs)
    one = build(source, tmp_path / "j1" / "html")
    two = build(source, tmp_path / "j2" / "html", parallel=2)
    assert two.in_parallel == {"reading", "writing"}
    pages_ = [*(f"d{n}" for n in range(9)), "list"]
    assert contents(one.out, *pages_) == contents(two.out, *pages_)
    ways = Web(two.out).ways()
    assert {name: words(each) for name, each in ways.items()} == {
        str(n): [f"{(n - 3) % 9 + 1} D{(n - 3) % 9}"] for n in range(9)
    }


# -- back-links -------------------------------------------------------------------

FIGURES = {"one.rst": doc("One", fig("a"), bare("n"))}


def backs_of(
    folder: Path, docs: Files, index: str, name: str = "one", **values: Any
) -> dict[str, str]:
    """Where the figures of a document link back to, in a book with this root."""
    root = {"index.rst": doc("Book", index)}
    source = book(folder, {**root, **docs}, **{**MYST, **values})
    web = Web(pages(source).out)
    assert web.site.dead_links() == []
    assert web.twice() == []
    return web.backs(name)


def test_back_link(tmp_path: Path) -> None:
    built = pages(a_book(tmp_path, FIGURES))
    web = Web(built.out)
    assert web.backs("one") == {"a": "list 1", "n": "list 1"}
    page = web.site.page(web.page("one"))
    for link in by_class(main_content(page), "figlist-backlink"):
        assert link.tag == "a"
        assert link.get("role") == "doc-backlink"
        assert (link.get("aria-label") or "").strip()
    captioned, uncaptioned = elements(main_content(page), "figure")
    assert by_class(next(elements(captioned, "figcaption")), "figlist-backlink")
    # Without a caption there is the link alone: neither a number nor words.
    (caption,) = elements(uncaptioned, "figcaption")
    assert not by_class(caption, "caption-number")
    link = only_by_class(caption, "figlist-backlink")
    header = "".join(map(text, by_class(caption, "headerlink")))
    assert text(caption) == f"{text(link)}{header}"


def test_back_link_of_a_numbered_figure_without_a_caption(tmp_path: Path) -> None:
    web = Web(pages(a_book(tmp_path, FIGURES, figlist_number_uncaptioned=True)).out)
    assert web.backs("one") == {"a": "list 1", "n": "list 1"}
    _, uncaptioned = elements(main_content(web.site.page(web.page("one"))), "figure")
    caption = only_by_class(uncaptioned, "caption-number")
    assert text(caption) == "Fig. 1.2"


def test_back_links_of_unnamed_figures(tmp_path: Path) -> None:
    """Those have no id of their own, or one that Sphinx made up."""
    unnamed = directive("figure", argument="/p.png")
    captioned = directive("figure", "Caption.", argument="/p.png")
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", unnamed, unnamed, captioned),
            "two.rst": doc("Two", captioned),
        },
    )
    for builder in ("html", "singlehtml"):
        web = Web(pages(source, builder=builder).out)
        assert web.twice() == []
        names = ("one", "two") if builder == "html" else ("one",)
        found = [back for name in names for back in web.backs(name).values()]
        assert len(found) == 4, builder


@pytest.mark.parametrize(
    "values",
    [{}, {"figlist_number_uncaptioned": True}],
    ids=["plain", "uncaptioned"],
)
def test_none_without_a_list(values: dict[str, Any], tmp_path: Path) -> None:
    assert backs_of(tmp_path, FIGURES, toc("one"), **values) == {}
    page = tmp_path / "html" / "one.html"
    assert "figlist" not in page.read_text("utf-8")
    captions = list(elements(main_content(page), "figcaption"))
    assert len(captions) == 1 + len(values)


@pytest.mark.parametrize("how", ["config", "flag"])
def test_switched_off(how: str, tmp_path: Path) -> None:
    quiet = figlist(no_backlinks=True).replace("no_", "no-")
    docs = {**FIGURES, "list.rst": doc("List", quiet if how == "flag" else figlist())}
    values: dict[str, Any] = {"figlist_backlinks": False} if how == "config" else {}
    assert backs_of(tmp_path, docs, toc("list", "one"), **values) == {}
    page = main_content(tmp_path / "html" / "one.html")
    assert len(list(elements(page, "figcaption"))) == 1


def test_flag_leaves_other_lists(tmp_path: Path) -> None:
    quiet = figlist(no_backlinks=True).replace("no_", "no-")
    docs = {**FIGURES, "list.rst": doc("List", quiet, figlist(layout="compact"))}
    assert backs_of(tmp_path, docs, toc("list", "one")) == {
        "a": "list 2",
        "n": "list 2",
    }


def test_excluded_figure(tmp_path: Path) -> None:
    docs = {
        "list.rst": doc("List", figlist()),
        "one.rst": doc(
            "One",
            fig("a"),
            fig("x", figclass="figlist-exclude"),
            directive("figure", argument="/p.png", class_="figlist-exclude"),
        ),
    }
    assert backs_of(tmp_path, docs, toc("list", "one")) == {"a": "list 1"}
    # Nor does the page of such figures alone change.
    alone = {"list.rst": docs["list.rst"], "one.rst": doc("One", fig("x"))}
    alone["one.rst"] = doc("One", fig("x", figclass="figlist-exclude"))
    assert backs_of(tmp_path / "alone", alone, toc("list", "one")) == {}
    assert "figlist-" not in main_text(tmp_path / "alone/html/one.html").replace(
        "figlist-exclude", ""
    )


def test_first_list_in_reading_order(tmp_path: Path) -> None:
    docs = {
        **FIGURES,
        "z.rst": doc("Z", figlist(name="one"), figlist(layout="compact")),
        "b.rst": doc("B", figlist()),
    }
    assert set(backs_of(tmp_path, docs, toc("one", "z", "b")).values()) == {"z 1"}
    swapped = backs_of(tmp_path / "swapped", docs, toc("b", "one", "z"))
    assert set(swapped.values()) == {"b 1"}


def test_scopes(tmp_path: Path) -> None:
    """The volume's list goes before the chapter's, and that before the page's."""
    docs = {
        "one.rst": doc(
            "One",
            figlist(scope="page"),
            figlist(scope="chapter"),
            fig("a"),
            toc("inner"),
        ),
        "inner.rst": doc("Inner", figlist(scope="page"), fig("b")),
        "two.rst": doc("Two", figlist(scope="page"), fig("c")),
        "list.rst": doc("List", figlist()),
    }
    numbered = toc("one", "two", numbered=True)
    source = book(tmp_path, {"index.rst": doc("Book", numbered), **docs}, **MYST)
    (source / "list.rst").unlink()
    web = Web(pages(source).out)
    assert [web.backs(name) for name in ("one", "inner", "two")] == [
        {"a": "one 2"},
        {"b": "one 2"},
        {"c": "two 1"},
    ]
    root = doc("Book", numbered, toc("list"))
    whole = book(tmp_path / "whole", {"index.rst": root, **docs}, **MYST)
    web = Web(pages(whole).out)
    for name in ("one", "inner", "two"):
        assert set(web.backs(name).values()) == {"list 1"}


TWO_VOLUMES = {
    "v1/index.rst": doc("Volume", toc("a", numbered=True)),
    "v1/a.rst": doc("A", fig("a")),
    "v2/index.rst": doc("Volume", toc("b", "list", numbered=True)),
    "v2/b.rst": doc("B", figlist(scope="chapter"), fig("b")),
    "v2/list.rst": doc("Own", figlist(layout="compact")),
    "all.rst": doc("All", figlist()),
    "late.rst": doc("Late", figlist(volume="1"), figlist(volume="2")),
}


@pytest.mark.parametrize(
    ("left_out", "wanted"),
    [
        ([], {"a": "late 1", "b": "v2/list 1"}),
        (["v2/list"], {"a": "late 1", "b": "late 2"}),
        (["late"], {"a": "all 1", "b": "v2/list 1"}),
        (["late", "v2/list"], {"a": "all 1", "b": "all 1"}),
        (["late", "v2/list", "all"], {"b": "v2/b 1"}),
    ],
)
def test_own_volume_before_all(
    left_out: list[str], wanted: dict[str, str], tmp_path: Path
) -> None:
    names = ["all", "v1/index", "v2/index", "late"]
    kept = {
        name: content
        for name, content in TWO_VOLUMES.items()
        if name.removesuffix(".rst") not in left_out
    }
    if "v2/list" in left_out:
        kept["v2/index.rst"] = doc("Volume", toc("b", numbered=True))
    root = doc("Book", toc(*(n for n in names if n not in left_out)))
    source = book(
        tmp_path,
        {"index.rst": root, **kept},
        volumes=volumes("v1/index", "v2/index"),
        **MYST,
    )
    web = Web(pages(source).out)
    assert web.backs("v1/a") | web.backs("v2/b") == wanted


def test_never_to_an_orphan(tmp_path: Path) -> None:
    alone = ":orphan:\n\n" + doc("Alone", figlist())
    docs = {**FIGURES, "aa.rst": alone}
    assert backs_of(tmp_path, docs, toc("one")) == {}
    docs["one.rst"] = doc("One", fig("a"), figlist(scope="page"))
    assert backs_of(tmp_path / "two", docs, toc("one")) == {"a": "one 1"}


def test_list_in_a_volume_beside_the_root(tmp_path: Path) -> None:
    """A page that a volume's toctrees reach is no orphan."""
    docs = {
        "v/index.rst": ":orphan:\n\n" + doc("Volume", toc("one", "list")),
        "v/one.rst": doc("One", fig("a")),
        "v/list.rst": doc("List", figlist()),
    }
    index = "See :doc:`v/index`."
    found = backs_of(tmp_path, docs, index, "v/one", volumes=volumes("v/index"))
    assert found == {"a": "v/list 1"}


def test_list_for_another_output(tmp_path: Path) -> None:
    """A list that the page leaves out is led to by nothing, and leads nowhere."""
    printed = directive("only", REFERENCES, argument="latex")
    docs = {
        "one.rst": doc("One", fig("a"), "See :numref:`fig-a`."),
        "list.rst": doc("List", printed),
        "more.rst": doc("More", figlist()),
    }
    assert backs_of(tmp_path, docs, toc("one", "list", "more")) == {"a": "more 1"}
    assert "figlist-at" not in main_text(tmp_path / "html/one.html")
    del docs["more.rst"]
    assert backs_of(tmp_path / "alone", docs, toc("one", "list")) == {}


def test_list_on_the_page_itself(tmp_path: Path) -> None:
    docs = {"one.rst": doc("One", figlist(), fig("a"))}
    assert backs_of(tmp_path, docs, toc("one")) == {"a": "one 1"}
    link = only_by_class(parse(tmp_path / "html/one.html"), "figlist-backlink")
    assert link.get("href", "").startswith("#")


# -- where back-links are not -----------------------------------------------------

CAPTIONS: dict[str, str | bytes] = {
    "one.rst": doc("One", "See :numref:`fig-a`, :ref:`fig-a`.", fig("a"), bare("n")),
    "two.md": "# Two\n\n{ref}`fig-a`\n",
    "all.rst": doc("All", figlist(fields="title caption alt label")),
}


@pytest.mark.parametrize("builder", ["text", "latex", "xml", "man", "texinfo"])
def test_not_in_other_outputs(builder: str, tmp_path: Path) -> None:
    source = a_book(tmp_path, CAPTIONS)
    with_, without = (
        tree_files(
            build(
                source,
                tmp_path / str(on) / builder,
                builder=builder,
                overrides={"figlist_backlinks": on},
            ).out
        )
        for on in (True, False)
    )
    assert with_.keys() == without.keys()
    for name, path in with_.items():
        ours = path.read_bytes()
        assert ours == without[name].read_bytes(), name
        assert b"Back to" not in ours
        assert "\u21a9".encode() not in ours


def test_not_in_the_search_index(tmp_path: Path) -> None:
    source = a_book(tmp_path, CAPTIONS)
    on, off = (
        build(source, tmp_path / str(n), overrides={"figlist_backlinks": n}).out
        for n in (True, False)
    )
    assert b"doc-backlink" in (on / "one.html").read_bytes()
    assert b"doc-backlink" not in (off / "one.html").read_bytes()
    index = search_index((on / "searchindex.js").read_bytes())
    assert index == search_index((off / "searchindex.js").read_bytes())
    assert not {"back", "\u21a9"} & set(index["terms"])


def test_not_in_copies_of_captions(tmp_path: Path) -> None:
    web = Web(pages(a_book(tmp_path, CAPTIONS)).out)
    assert set(web.backs("one").values()) == {"all 1"}
    for name in ("all", "list", "two", "index"):
        assert "figlist-backlink" not in main_text(web.page(name))
    # Only figures hold them: no reference, whose words are a caption, has one.
    whole = main_content(web.site.page(web.page("one")))
    inside = [e for f in elements(whole, "figure") for e in elements(f)]
    every = by_class(whole, "figlist-backlink")
    assert len(every) == 2
    assert all(any(e is each for e in inside) for each in every)


def test_epub(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        CAPTIONS,
        suppress_warnings=["epub.unknown_project_files"],
        version="1",
        author="Nobody",
        copyright="2026",
    )
    (path,) = pages(source, builder="epub").out.glob("*.epub")
    with zipfile.ZipFile(path) as archive:
        trees = {
            Path(name).name: html5lib.parse(
                archive.read(name), namespaceHTMLElements=False
            )
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }

    def end(page: str, element: Element) -> Element:
        name, _, id_ = element.get("href", "").partition("#")
        tree = trees[name or page]
        (found,) = [e for e in elements(tree) if e.get("id") == id_]
        return found

    figures = list(elements(trees["one.xhtml"], "figure"))
    assert len(figures) == 2
    for figure in figures:
        link = only_by_class(figure, "figlist-backlink")
        assert link.get("role") == "doc-backlink"
        assert link.get("aria-label")
        entry = end("one.xhtml", link)
        assert end("all.xhtml", only_by_class(entry, "figlist-link")) is figure
    ways = [
        end("list.xhtml", way)
        for field in by_class(trees["list.xhtml"], "figlist-references")
        for way in elements(field, "a")
    ]
    assert len(ways) == 3
    assert all(e.tag == "span" and not e.tail for e in ways)


# -- LaTeX ------------------------------------------------------------------------

LABEL = re.compile(r"\\label\{\\detokenize\{([^}]*)\}\}")
LINK = re.compile(
    r"\\(?:hyperref|hyperlink|ref|pageref|nameref)"
    r"(?:\[|\{)\\detokenize\{([^}]*)\}"
)
WAY = re.compile(
    r"\\hyperref\[\\detokenize\{([^}]*)\}\]\{\\sphinxcrossref\{([^}]*)\}\}"
)


def read_tex(built: Built, name: str = "*") -> str:
    (path,) = built.out.glob(f"{name}.tex")
    return path.read_text("utf-8")


def tex_ways(tex: str) -> list[tuple[str, str]]:
    """The words and labels of the links behind "Referred to in"."""
    start = r"\sphinxstylestrong{Referred to in:}"
    assert start in tex
    parts = [part.partition("\n\n")[0] for part in tex.split(start)[1:]]
    return [(words, label) for part in parts for label, words in WAY.findall(part)]


def test_latex(tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc(
                "One", "See :numref:`fig-a`, `b <fig-b_>`_.", fig("a"), bare("n"),
                fig("b", "Unlike :numref:`fig-a`."),
                section("Of :ref:`this <fig-a>`", "See :ref:`fig-a` [#f]_.",
                        ".. [#f] Footnote :numref:`fig-a`."),
                directive("list-table", "* - Cell :numref:`fig-a`"),
            ),
            "two.md": "# Two [](#fig-a)\n\n[](#fig-a), <project:#fig-b>\n",
        },
    )  # fmt: skip
    tex = read_tex(pages(source, builder="latex"))
    labels = Counter(LABEL.findall(tex))
    links = set(LINK.findall(tex))
    assert links <= labels.keys()
    assert not [label for label, count in labels.items() if count > 1]
    ways = tex_ways(tex)
    assert len(ways) == 8 + 2
    assert len({label for _, label in ways}) == len(ways)


def test_latex_of_volumes(tmp_path: Path) -> None:
    """A place in another PDF is words alone."""
    see = "See :numref:`fig-a`, :numref:`fig-b`."
    own = {
        f"v{n}/index.rst": doc("Volume", toc("one", "list", numbered=True))
        for n in "12"
    }
    lists = {f"v{n}/list.rst": doc("List", REFERENCES) for n in "12"}
    texts = {
        "v1/one.rst": doc("Land", see, fig("a")),
        "v2/one.rst": doc("Water", see, fig("b")),
    }
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1/index", "v2/index")),
            **own,
            **lists,
            **texts,
        },
        volumes=volumes("v1/index", "v2/index"),
        latex_documents=[
            (f"v{n}/index", f"v{n}.tex", "Title", "Nobody", "manual") for n in "12"
        ],
        **MYST,
    )
    built = pages(source, builder="latex")
    for name, here, there in (("v1", "1 Land", "1 Water"), ("v2", "1 Water", "1 Land")):
        tex = read_tex(built, name)
        assert set(LINK.findall(tex)) <= set(LABEL.findall(tex))
        assert [words for words, _ in tex_ways(tex)] == [here]
        field = tex.split("Referred to in:")[1].split("\n\n")[0]
        assert there in field


def test_latex_text_is_untouched_without_references(tmp_path: Path) -> None:
    source = a_book(tmp_path, PLAIN)
    with_ = read_tex(pages(source, builder="latex"))
    (source / "list.rst").write_text(doc("List", "Nothing."), "utf-8")
    plain = read_tex(pages(source, builder="latex", fresh=True))
    (source / "list.rst").write_text(doc("List", figlist()), "utf-8")
    without = read_tex(pages(source, builder="latex", fresh=True))
    until = r"\chapter{List}"
    assert without.split(until)[0] == plain.split(until)[0]
    target = re.compile(
        r"\\phantomsection\\label\{\\detokenize\{[^}]*figlist-at-[^}]*\}\}"
    )
    assert len(target.findall(with_)) == 2
    assert target.sub("", with_).split(until)[0] == without.split(until)[0]


# -- edits ------------------------------------------------------------------------

EDITED: dict[str, str | bytes] = {
    "conf.py": conf(
        project="Book",
        extensions=["myst_parser", "sphinxext_figlist"],
        numfig=True,
        figlist_formats=["json"],
    ),
    "p.png": png(),
    "index.rst": doc(
        "Book", toc("one", "two", "three", numbered=True), toc("list", "more")
    ),
    "list.rst": doc("List", REFERENCES),
    "more.rst": doc("More", figlist(layout="compact")),
    "one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), bare("n"), fig("b")),
    "two.md": "# Two\n\nText.\n\n(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n"
    "## Rest\n\nThere {numref}`fig-b`.\n",
    "three.rst": doc("Three", fig("c", "Unlike :numref:`fig-b`."), "Prose."),
}

Edit = Callable[[Lab], None]


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    lab = Lab(root=tmp_path_factory.mktemp("ways"), files=EDITED)
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def lab(_built: Lab) -> Iterator[Lab]:
    """A book, its HTML built once."""
    _built.restore()
    yield _built
    shutil.rmtree(_built.root / "clean", ignore_errors=True)


WAYS = {
    "a": ["1 One", "2.1 Data"],
    "n": [],
    "b": ["2.2 Rest", "3 Three"],
    "c": [],
}


def rewritten(lab: Lab, before: Stamps) -> set[str]:
    """The pages written since, but for those that plain Sphinx writes as well."""
    return pages_written(before, stamps(lab.out())) - {"index"}


def shown(built: Built) -> dict[str, list[str]]:
    """The words of all references, each of which lands."""
    web = Web(built.out)
    assert web.twice() == []
    return {name: words(ways) for name, ways in web.ways().items()}


def added(lab: Lab) -> None:
    lab.edit("two.md", "Text.", "Text {numref}`fig-a` and {numref}`fig-c`.")


def added_before_another(lab: Lab) -> None:
    lab.edit("two.md", "Here {", "Now [](#fig-a), here {")


def added_on_a_page_without_references(lab: Lab) -> None:
    lab.edit("three.rst", "Prose.", "Prose, see :ref:`fig-a`.")


def removed(lab: Lab) -> None:
    lab.edit("two.md", "Here {numref}`fig-a`.", "Here.")


def removed_from_a_caption(lab: Lab) -> None:
    lab.edit("three.rst", "Unlike :numref:`fig-b`.", "Alone.")


def led_elsewhere(lab: Lab) -> None:
    lab.edit("two.md", "Here {numref}`fig-a`", "Here {numref}`fig-c`")


def section_moved(lab: Lab) -> None:
    lab.edit("two.md", "(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n", "")
    lab.append("two.md", "\n(sec)=\n## Data\n\nHere {numref}`fig-a`.\n")


def section_moved_to_another_document(lab: Lab) -> None:
    lab.edit("two.md", "(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n", "")
    lab.append("three.rst", "\n" + section("Data", "Here :numref:`fig-a`."))


def section_retitled(lab: Lab) -> None:
    lab.edit("two.md", "## Data", "## Sources")


def section_inserted(lab: Lab) -> None:
    lab.edit("two.md", "Text.\n", "Text.\n\n## New\n\nNew.\n")


def chapters_swapped(lab: Lab) -> None:
    lab.write(
        "index.rst",
        doc("Book", toc("two", "one", "three", numbered=True), toc("list", "more")),
    )


def document_orphaned(lab: Lab) -> None:
    lab.write("index.rst", doc("Book", toc("one", "three", numbered=True), toc("list")))
    lab.write("two.md", "---\norphan: true\n---\n\n" + lab.read("two.md"))
    lab.write("more.rst", ":orphan:\n\n" + lab.read("more.rst"))


def document_removed(lab: Lab) -> None:
    lab.remove("two.md")
    lab.write("index.rst", doc("Book", toc("one", "three", numbered=True), toc("list")))
    lab.write("more.rst", ":orphan:\n\n" + lab.read("more.rst"))


def figure_relabelled(lab: Lab) -> None:
    lab.edit("one.rst", ":name: fig-b", ":name: fig-z")
    lab.edit("two.md", "{numref}`fig-b`", "{numref}`fig-z`")
    lab.edit("three.rst", ":numref:`fig-b`", ":numref:`fig-z`")


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (added, {"a": ["1 One", "2 Two", "2.1 Data"], "c": ["2 Two"]}),
        (added_before_another, {"a": ["1 One", "2.1 Data", "(2)"]}),
        (added_on_a_page_without_references, {"a": ["1 One", "2.1 Data", "3 Three"]}),
        (removed, {"a": ["1 One"]}),
        (removed_from_a_caption, {"b": ["2.2 Rest"]}),
        (led_elsewhere, {"a": ["1 One"], "c": ["2.1 Data"]}),
        (section_moved, {"a": ["1 One", "2.2 Data"], "b": ["2.1 Rest", "3 Three"]}),
        (
            section_moved_to_another_document,
            {"a": ["1 One", "3.1 Data"], "b": ["2.1 Rest", "3 Three"]},
        ),
        (section_retitled, {"a": ["1 One", "2.1 Sources"]}),
        (section_inserted, {"a": ["1 One", "2.2 Data"], "b": ["2.3 Rest", "3 Three"]}),
        (chapters_swapped, {"a": ["1.1 Data", "2 One"], "b": ["1.2 Rest", "3 Three"]}),
        (document_orphaned, {"a": ["1 One", "Data"], "b": ["2 Three", "Rest"]}),
        (document_removed, {"a": ["1 One"], "b": ["2 Three"]}),
        (figure_relabelled, {"b": None, "z": ["2.2 Rest", "3 Three"]}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_edit_of_references(
    lab: Lab, edit: Edit, change: Mapping[str, list[str] | None]
) -> None:
    edit(lab)
    wanted = {
        name: ways for name, ways in ({**WAYS, **change}).items() if ways is not None
    }
    assert shown(lab.check()) == wanted


def test_first_build(lab: Lab) -> None:
    assert shown(lab.first()) == WAYS
    web = Web(lab.out())
    assert web.backs("one") == dict.fromkeys("anb", "list 1")
    assert web.backs("three") == {"c": "list 1"}


def test_edit_of_one_document_refreshes_the_list(lab: Lab) -> None:
    before = stamps(lab.out())
    added(lab)
    built = lab.check()
    assert built.read == {"two"}
    assert rewritten(lab, before) == {"two", "list"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("two.md", "Text.", "Other."), ("one.rst", "See ", "See there ")],
)
def test_prose_leaves_the_list(lab: Lab, name: str, old: str, new: str) -> None:
    before = stamps(lab.out())
    lab.edit(name, old, new)
    built = lab.check()
    assert built.read == {Path(name).stem}
    assert rewritten(lab, before) == {Path(name).stem}


def test_nothing_is_written_without_an_edit(lab: Lab) -> None:
    before = stamps(lab.out())
    built = lab.build()
    assert built.read == frozenset()
    assert pages_written(before, stamps(lab.out())) == set()


def test_list_of_references_removed(lab: Lab) -> None:
    """Targets leave the text, and back-links lead to the next list."""
    lab.remove("list.rst")
    lab.write(
        "index.rst", doc("Book", toc("one", "two", "three", numbered=True), toc("more"))
    )
    built = lab.check()
    web = Web(built.out)
    assert web.backs("one") == dict.fromkeys("anb", "more 1")
    assert not [n for n in ("one", "two", "three") if "figlist-at" in texts(web, n)]


def texts(web: Web, name: str) -> str:
    return main_text(web.page(name))


def test_all_lists_removed_and_back(lab: Lab) -> None:
    for name in ("list", "more"):
        lab.write(f"{name}.rst", doc(name.capitalize(), "Nothing."))
    web = Web(lab.check().out)
    for name in ("one", "two", "three"):
        assert "figlist" not in texts(web, name)
    lab.write("list.rst", doc("List", REFERENCES))
    built = lab.check()
    assert shown(built) == WAYS
    assert Web(built.out).backs("one") == dict.fromkeys("anb", "list 1")


def test_back_links_switched_off(lab: Lab) -> None:
    lab.append("conf.py", "figlist_backlinks = False\n")
    web = Web(lab.check().out)
    assert web.backs("one") == web.backs("three") == {}
    lab.edit("conf.py", "figlist_backlinks = False\n", "")
    assert Web(lab.check().out).backs("three") == {"c": "list 1"}


def test_flag_added(lab: Lab) -> None:
    lab.edit("list.rst", ":fields:", ":no-backlinks:\n   :fields:")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert web.backs("one") == dict.fromkeys("anb", "more 1")
    assert shown(lab.build()) == WAYS
    assert rewritten(lab, before) == {"list", "one", "three"}


def test_list_that_takes_precedence(lab: Lab) -> None:
    lab.write("first.rst", doc("First", figlist()))
    lab.edit("index.rst", "   list\n", "   first\n   list\n")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert web.backs("one") == dict.fromkeys("anb", "first 1")
    assert "two" not in rewritten(lab, before)


def test_list_pages_swapped(lab: Lab) -> None:
    lab.write(
        "index.rst",
        doc("Book", toc("one", "two", "three", numbered=True), toc("more", "list")),
    )
    assert Web(lab.check().out).backs("three") == {"c": "more 1"}


def test_field_dropped(lab: Lab) -> None:
    """One line of one page, and the text of others loses its targets."""
    lab.edit("list.rst", "title references", "title label")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert not [n for n in ("one", "two", "three") if "figlist-at" in texts(web, n)]
    # A caption's reference had none to lose.
    assert rewritten(lab, before) == {"list", "one", "two"}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text"])
def test_edits_in_other_builders(builder: str, lab: Lab) -> None:
    """Doctrees that the HTML build shares."""
    lab.build(builder)
    for edit in (added, section_moved):
        edit(lab)
        actual, wanted = lab.build(builder), lab.clean(builder)
        if builder == "singlehtml":  # Sphinx 7's first build loads without checksums
            one, two = (main_text(each.out / "index.html") for each in (actual, wanted))
            assert one == two
        else:
            assert same_output(actual, wanted) == []
    assert same_output(lab.build(), lab.clean()) == []
