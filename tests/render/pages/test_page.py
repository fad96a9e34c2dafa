"""Lists in HTML, and what captions become there."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from support import (
    Built,
    Lab,
    Site,
    assets,
    build,
    by_class,
    classes,
    conf,
    elements,
    entries,
    main_content,
    only_by_class,
    png,
    text,
    tree_files,
    write_tree,
)
from support.books.captions import FIGURES, LIST_PAGES, PLAIN, Page
from support.pages import nested_links


@pytest.fixture(scope="module")
def page(html: Built) -> Page:
    return Page(html.out, "lists/all/figures")


# -- links ------------------------------------------------------------------------


def test_every_figure_is_there(page: Page) -> None:
    shown = entries(page.path)
    assert len(shown) == FIGURES
    assert len({entry.href for entry in shown}) == FIGURES


def test_all_links_land(html: Built) -> None:
    assert Site(html.out).dead_links() == []


@pytest.mark.parametrize("name", sorted(LIST_PAGES))
def test_no_link_in_a_link_and_no_id_twice(html: Built, name: str) -> None:
    path = html.out / f"{name}.html"
    assert nested_links(path) == []
    found = [e.attrib["id"] for e in elements(Site(html.out).page(path)) if e.get("id")]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("name", sorted(LIST_PAGES))
def test_every_link_has_words(html: Built, name: str) -> None:
    for entry in entries(html.out / f"{name}.html"):
        assert entry.link
        assert entry.words.strip(" :") != entry.number


CAPTIONS = {
    "part/one/chapter": [
        *("c-math", "c-markup", "c-external", "c-docutils-citation", "c-bibtex"),
        *("c-ref", "c-doc", "c-numref", "c-term", "c-footnote", "c-target", "c-any"),
        *("c-download", "c-option", "c-equation"),
    ],
    "part/two/myst": ["m-links", "m-documents", "m-heading", "m-markup", "m-footnote"],
}


@pytest.mark.parametrize(
    ("docname", "id_"),
    [(docname, id_) for docname, ids in CAPTIONS.items() for id_ in ids],
)
def test_captions_lead_where_they_lead_at_home(
    html: Built, page: Page, docname: str, id_: str
) -> None:
    """The links of a caption are, on the list's page, those of its own page."""
    path = html.out / f"{docname}.html"
    home = Page.__new__(Page)
    home.path, home.site = path, page.site
    figures = elements(main_content(page.site.page(path)), "figure")
    (caption,) = [
        caption
        for figure in figures
        if figure.get("id") == id_
        for caption in by_class(figure, "caption-text")
    ]
    entry = page.entry(id_)
    shown = [e for part in entry for e in by_class(part, "figlist-title")][:1]
    shown += [e for part in entry for e in by_class(part, "figlist-caption")]
    said = " ".join(text(e) for e in shown)
    at_home = home.links([caption])
    # The title's own link is the entry's: links in it stand behind the number.
    assert page.links(shown) == at_home
    if id_ not in {"c-external", "c-footnote", "c-target", "m-footnote"}:
        for words, _ in at_home:
            assert words in said


def test_markup(page: Page) -> None:
    def tags(id_: str) -> set[tuple[str, str]]:
        parts = [e for part in page.entry(id_) for e in elements(part)]
        return {(e.tag, text(e)) for e in parts}

    assert ("sub", "low") in tags("c-math")
    assert ("sup", "high") in tags("c-math")
    maths = [m for e in page.entry("c-math") for m in by_class(e, "math")]
    assert [text(m) for m in maths] == [r"\(a^2\)", r"\(b < c\)"]
    title = [t for e in page.entry("c-math") for t in by_class(e, "figlist-title")]
    assert [text(t) for t in title] == [r"Formula of \(a^2\)"]
    assert {("em", "Emphasis"), ("em", "hundred")} <= tags("c-markup")
    assert "code there" in text(page.entry("c-markup")[0])
    assert [c.tag for c in by_class(page.entry("c-markup")[0], "literal")] == ["code"]
    maths = [m for e in page.entry("m-markup") for m in by_class(e, "math")]
    assert [text(m) for m in maths] == [r"\(a^2\)", r"\(b\)"]
    assert ("em", "hundred") in tags("m-markup")


def test_footnote_marks_are_dropped(page: Page) -> None:
    title, caption = page.entry("c-footnote")[0], page.field("c-footnote", "caption")
    assert text(title).endswith(": A note and another here")
    assert text(caption) == "done."
    assert text(page.entry("m-footnote")[0]).endswith(": A note here")
    legend = page.field("c-footnote", "legend")
    assert text(legend) == "Legend: A legend with a note too."
    for id_ in ("c-footnote", "m-footnote"):
        for part in page.entry(id_):
            assert page.links([part]) == []


def test_targets_and_index_entries(page: Page, html: Built) -> None:
    (entry,) = page.entry("c-target")[:1]
    assert "An inline target and inline target and an index entry here" in text(entry)
    # What is marked in the caption is marked there alone.
    index = [
        (text(a), a.get("href", ""))
        for a in elements(main_content(html.out / "genindex.html"), "a")
    ]
    assert [href for words, href in index if words == "an index entry"] == [
        href for _, href in index if href.startswith("part/one/chapter.html#index-")
    ]
    assert not [href for _, href in index if href.startswith("lists/")]


def test_titles_with_links(page: Page) -> None:
    """A link cannot hold another: the number is the link, the title stands behind."""
    link = only_by_class(page.entry("c-ref")[0], "figlist-link")
    assert text(link).startswith("Fig. 1.")
    assert "section" not in text(link)
    assert "See A section, words, MyST and" in text(page.entry("c-ref")[0])
    # The citation's key is known; its label is what the bibliography says.
    term = page.entry("c-bibtex")[0]
    assert text(term).endswith("say")
    assert len(page.links([term])) == 2


def test_caption_that_is_a_link(page: Page) -> None:
    entry = [e for e in entries(page.path) if e.words.endswith(": A section")]
    assert len(entry) == 1
    assert "A section" in entry[0].words


def test_titles_with_links_and_without_numbers(tmp_path: Path) -> None:
    """Then the words are the link, and no link is in it."""
    files: dict[str, str | bytes] = {
        "conf.py": conf(extensions=["sphinxext_figlist"]),
        "index.rst": (
            "Book\n====\n\n.. _here:\n\nHere\n----\n\n.. figlist::\n\n"
            ".. figlist::\n   :layout: compact\n\n"
            ".. figure:: x.png\n\n   See `it <https://x.org>`_ or :ref:`here`: a cliff.\n\n"
            ".. figure:: x.png\n\n   :ref:`here`\n"
        ),
        "x.png": png(),
    }
    built = build(write_tree(tmp_path / "book", files), tmp_path / "out")
    path = built.out / "index.html"
    assert nested_links(path) == []
    assert [e.link for e in entries(path)] == ["See it or Here", "Here"] * 2
    assert Site(built.out).dead_links() == []


# -- what entries say -------------------------------------------------------------


def test_uncaptioned(page: Page) -> None:
    links = [entry.link for entry in entries(page.path) if not entry.number]
    assert links == ["Untitled (x.png)", "Untitled (y.png)"]
    words = [entry.words for entry in entries(page.path) if not entry.number]
    assert words == ["Untitled (x.png)", "Untitled (y.png) Alt text: Words of it."]


def test_nothing_is_said_twice(page: Page) -> None:
    (lead,) = [e for e in entries(page.path) if e.href.endswith("#p-lead")]
    assert lead.link == "Fig. 3.1: A lead"
    assert text(page.field("p-lead", "caption")) == "The caption’s rest."
    assert text(page.field("p-lead", "alt")) == "Alt text: An *alt* <text>."
    (entry,) = [e for e in entries(page.path) if e.href.endswith("#p-sentence")]
    assert entry.words == "Fig. 3.2: A sentence And a second."
    (entry,) = [e for e in entries(page.path) if e.href.endswith("#p-whole")]
    assert entry.words == "Fig. 3.3: Only a lead"


def test_several_alts(page: Page) -> None:
    words = [e.words for e in entries(page.path) if "Two pictures" in e.words]
    assert len(words) == 1
    assert words[0].endswith("Alt text: (a) picture 0; (b) picture 1")


def test_fields_in_the_given_order(html: Built) -> None:
    ordered = Page(html.out, "lists/ordered")
    assert ordered.fields("p-credit") == [
        *("Source", "Label", "Legend", "Caption", "Image", "Credit")
    ]
    assert text(ordered.field("p-credit", "image")) == "Image: part/x.png"
    assert text(ordered.field("p-credit", "label")) == "Label: p-credit"
    assert text(ordered.field("p-credit", "legend")) == "Legend: The legend."
    assert text(ordered.field("p-credit", "credit")) == "Credit: Source: the archive."
    line = PLAIN[: PLAIN.index(":name: p-credit")].count("\n")
    assert (
        text(ordered.field("p-credit", "location")) == f"Source: part/plain.rst:{line}"
    )
    assert ordered.fields("c-math")[:4] == ["Source", "Label", "Alt text", "Caption"]
    references = ordered.field("c-math", "references")
    assert {words for words, _ in ordered.links([references])} == {
        "1.1 A section",
        "1.1 A section (2)",  # a second place in the same section
        "2.1 A heading",
    }


def test_compact(html: Built) -> None:
    """One line an entry: its number and its title."""
    compact = Page(html.out, "lists/compact")
    items = by_class(compact.list, "figlist-entry")
    assert [item.tag for item in items] == ["li"] * FIGURES
    for item in items:
        assert [child.tag for child in item] == ["p"]
        assert not by_class(item, "figlist-field")
    words = {e.href.partition("#")[2]: e.words for e in entries(compact.path)}
    assert words["p-lead"] == "Fig. 3.1: A lead"
    assert words["p-sentence"] == "Fig. 3.2: A sentence"
    # So long a list has the names of its chapters.
    chapters = [text(heading) for heading in by_class(compact.list, "figlist-chapter")]
    assert chapters == ["Chapter 1: The chapter", "Chapter 2: MyST", "Chapter 3: Plain"]


# -- lists on pages ---------------------------------------------------------------


def test_two_lists_on_a_page(html: Built) -> None:
    page = Page(html.out, "lists/two")
    lists = by_class(page.main, "figlist")
    assert len(lists) == 3
    found = [e.attrib["id"] for each in lists for e in elements(each) if e.get("id")]
    assert len(found) == len(set(found))
    per_list = [len(by_class(each, "figlist-entry")) for each in lists]
    assert per_list == [FIGURES] * 3
    second = [each for each in lists if "mine" in classes(each)]
    assert len(second) == 1
    assert "the-second" in {e.get("id") for e in elements(second[0])}


def test_heading_levels(html: Built) -> None:
    """Chapters' headings are of the level below the section that holds the list."""

    def levels(within: Element) -> list[tuple[str, str]]:
        return [(e.tag, text(e)) for e in by_class(within, "figlist-chapter")]

    chapters = ["Chapter 1: The chapter", "Chapter 2: MyST", "Chapter 3: Plain"]
    page = Page(html.out, "lists/all/figures")
    assert levels(page.list) == [("h2", words) for words in chapters]
    first, second, _ = by_class(Page(html.out, "lists/two").main, "figlist")
    assert levels(first) == [("h2", words) for words in chapters]
    assert levels(second) == [("h4", words) for words in chapters]


def test_headings_are_no_sections(html: Built) -> None:
    """The table of contents of a page is the author's."""
    page = Page(html.out, "lists/all/figures")
    titles = [text(e) for tag in ("h1", "h2") for e in elements(page.main, tag)]
    assert titles[0].rstrip("¶") == "Figures"
    assert {e.get("id") for e in elements(page.main, "section")} == {"figures", "after"}


def test_under_a_condition(lab: Lab, html: Built) -> None:
    page = Page(html.out, "lists/only")
    assert len(by_class(page.main, "figlist")) == 1
    assert not by_class(page.main, "for-print")
    assert len(entries(page.path)) == FIGURES


# -- the style sheet --------------------------------------------------------------


def _styled(out: Path) -> set[str]:
    """The pages that load our style sheet."""
    site = Site(out)
    found = set()
    for path in site.paths():
        ours = [a for a in assets(site.page(path)) if "figlist" in a]
        assert len(ours) <= 1, f"{path} loads {ours}"
        if ours:
            found.add(path.relative_to(out).with_suffix("").as_posix())
            target = site.target(path, ours[0].partition("?")[0])
            assert target is not None
            assert target[0].is_file()
    return found


#: The pages with figures, which link back to a list.
FIGURE_PAGES = {"part/one/chapter", "part/plain", "part/two/myst"}


def test_style_sheet(html: Built) -> None:
    assert _styled(html.out) == LIST_PAGES | FIGURE_PAGES


def test_style_sheet_in_parallel(lab: Lab, html: Built, tmp_path: Path) -> None:
    built = build(lab.source, tmp_path / "out", doctrees=tmp_path / "dt", parallel=2)
    assert built.in_parallel == {"reading", "writing"}
    assert _styled(built.out) == LIST_PAGES | FIGURE_PAGES
    for name in LIST_PAGES | FIGURE_PAGES:
        pages = [Site(b.out).page(b.out / f"{name}.html") for b in (html, built)]
        assert assets(pages[0]) == assets(pages[1])


def test_no_list_no_style_sheet(tmp_path: Path) -> None:
    lab = Lab(
        root=tmp_path,
        files={
            "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
            "index.rst": "Book\n====\n\n.. figure:: x.png\n\n   A figure.\n",
            "x.png": png(),
        },
    )
    lab.build()
    assert not [name for name in tree_files(lab.out()) if "figlist" in name]
    lab.append("index.rst", "\n.. figlist::\n")
    lab.build()
    assert _styled(lab.out()) == {"index"}
    lab.edit("index.rst", "\n.. figlist::\n", "")
    lab.build()
    assert not [name for name in tree_files(lab.out()) if "figlist" in name]


# -- warnings ---------------------------------------------------------------------


@pytest.mark.parametrize("builder", ["html", "figlist", "latex"])
def test_unresolved_references_are_told_once(tmp_path: Path, builder: str) -> None:
    """A caption's broken reference is its page's fault, not each list's."""
    broken = {
        "ref": ":ref:`lost-ref`",
        "numref": ":numref:`lost-numref`",
        "doc": ":doc:`lost-doc`",
        "term": ":term:`lost-term`",
        "citation": "[LOST]_",
    }
    files: dict[str, str | bytes] = {
        "conf.py": conf(
            extensions=["myst_parser", "sphinxext_figlist"],
            numfig=True,
            figlist_formats=["json", "markdown"],
        ),
        "index.rst": (
            "Book\n====\n\n.. toctree::\n\n   chapter\n   myst\n   lists\n\n"
            ".. figlist::\n"
        ),
        "chapter.rst": "Chapter\n=======\n\n"
        + "\n\n".join(
            f".. figure:: x.png\n\n   A {name} {role} here: or :ref:`more-{name}`."
            for name, role in broken.items()
        )
        + "\n",
        "myst.md": "# M\n\n```{figure} x.png\nA [](#lost-myst) here.\n```\n",
        "lists.rst": (
            "Lists\n=====\n\n.. figlist::\n   :layout: compact\n\n.. figlist::\n"
        ),
        "x.png": png(),
    }
    source = write_tree(tmp_path / "book", files)
    built = build(
        source, tmp_path / "out", builder=builder, allow=["lost", "LOST", "more-"]
    )
    lines = built.warnings.splitlines()
    lost = ["lost-ref", "lost-numref", "lost-doc", "lost-term", "LOST", "lost-myst"]
    told = {
        name: [
            line.partition("book/")[2].partition(":")[0]
            for line in lines
            if name in line
        ]
        for name in (*lost, *(f"more-{name}" for name in broken))
    }
    wanted = {name: ["chapter.rst"] for name in told} | {"lost-myst": ["myst.md"]}
    if builder == "figlist":  # it writes no page of which to tell
        told = {name: where for name, where in told.items() if where}
        wanted = {name: wanted[name] for name in told}
    assert told == wanted
    if builder == "html":
        assert len(entries(built.out / "index.html")) == 6
