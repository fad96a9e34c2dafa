"""The page: lists in HTML, what captions become there, and in every other output."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from babel.messages.pofile import read_po
from support import (
    Built,
    Files,
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
    without_figlist,
    write_tree,
)

# -- a book of captions -----------------------------------------------------------

SETTINGS: dict[str, object] = {
    "project": "Captions",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1",
    "extensions": ["myst_parser", "sphinxcontrib.bibtex", "sphinxext_figlist"],
    "myst_enable_extensions": ["dollarmath", "amsmath", "substitution"],
    "myst_substitutions": {"height": "*hundred* metres"},
    "myst_heading_anchors": 3,
    "bibtex_bibfiles": ["refs.bib"],
    "suppress_warnings": ["epub.unknown_project_files"],
    "numfig": True,
}

ROOT = """\
Book
====

.. toctree::
   :numbered:

   part/one/chapter
   part/two/myst
   part/plain
   part/two/other

.. toctree::

   lists/all/figures
   lists/ordered
   lists/compact
   lists/two
   lists/linked
   lists/only
   end
"""

CHAPTER = """\
.. _chapter:

The chapter
===========

.. |height| replace:: *hundred* metres

.. _section:

A section
---------

.. figure:: x.png
   :name: c-math
   :alt: A formula.

   **Formula of** :math:`a^2`: with :math:`b < c` and :sub:`low` :sup:`high`.

.. figure:: x.png
   :name: c-markup

   *Emphasis* here, ``code`` there, and |height|.

.. figure:: x.png
   :name: c-external

   A link to `example <https://example.org/?a=1&b=2>`_ or https://example.org/bare.

.. figure:: x.png
   :name: c-docutils-citation

   As [CIT]_ says.

.. figure:: x.png
   :name: c-bibtex

   As :cite:`smith` and :cite:`jones` say: much.

.. figure:: x.png
   :name: c-ref

   See :ref:`section`, :ref:`words <chapter>`, :ref:`far-section` and :ref:`c-math`.

.. figure:: x.png
   :name: c-doc

   See :doc:`../two/myst`, :doc:`/part/plain`, :doc:`words <../plain>`.

.. figure:: x.png
   :name: c-numref

   See :numref:`c-math`, :numref:`n. %s <m-heading>`, :numref:`c-numref`.

.. figure:: x.png
   :name: c-term

   A :term:`tower` and :term:`words <tower>`.

.. figure:: x.png
   :name: c-footnote

   A note [#note]_ and another [#]_ here: done.

   A legend with a note [#note]_ too.

.. figure:: x.png
   :name: c-target

   An _`inline target` and `inline target`_ and :index:`an index entry` here.

.. figure:: x.png
   :name: c-any

   See :any:`section`, :any:`tower` and :any:`../plain`.

.. figure:: x.png
   :name: c-download

   Get :download:`the data <../../data.txt>`.

.. figure:: x.png
   :name: c-option

   Set :option:`prog --flag`, call :py:func:`far.call`.

.. figure:: x.png
   :alt: "No" name.

   No name: of a figure without a name.

.. figure:: x.png

   :ref:`section`

.. math:: a = b
   :label: equation

.. figure:: x.png
   :name: c-equation

   By :eq:`equation`, all is well.

.. [#note] The note.
.. [#] Another note.
.. [CIT] A citation.
"""

MYST = """\
(far-section)=
# MyST

(m-local)=
## A heading

```{figure} ../x.png
:name: m-links

See [words](#m-local), [](#m-local), [far](#section), [](#c-math).
```

```{figure} ../x.png
:name: m-documents

See [](../plain.md), [words](../plain.rst), [](../one/chapter.rst), {doc}`../plain`.
```

```{figure-md} m-heading
![A picture](../x.png)

See [a slug](#a-heading), [](other.md#other-heading), {ref}`section`.
```

```{figure} ../x.png
:name: m-markup

With $a^2$, {math}`b`, `code`, {{ height }}, <https://example.org/auto>, {cite}`smith`.
```

```{figure} ../x.png
:name: m-footnote

A note[^one] here.
```

[^one]: The note.
""".replace("[](../plain.md), [words](../plain.rst)", "[words](../plain.rst)")

OTHER = """\
# Other

## Other heading

No figure.
"""

PLAIN = """\
Plain
=====

.. figure:: x.png

.. figure:: y.png
   :alt: Words of it.

.. figure:: x.png
   :name: p-lead
   :alt: An *alt* <text>.

   **A lead.** The caption's rest.

.. figure:: x.png
   :name: p-sentence

   A sentence. And a second.

.. figure:: x.png
   :name: p-whole

   **Only a lead**

.. figure:: x.png
   :name: p-credit

   A cliff. Source: the archive.

   The legend.

.. two:: x.png y.png

   Two pictures.
"""

END = """\
End
===

.. glossary::

   tower
      A tall building.

.. program:: prog

.. option:: --flag

   A flag.

.. py:function:: far.call()

   Far.

.. bibliography::
"""

ALL = """\
Figures
=======

.. figlist::
   :fields: title caption alt legend

After
-----

:ref:`section`
"""

ORDERED = """\
In order
========

.. figlist::
   :fields: location label legend alt caption title image references credit

"""

COMPACT = """\
Compact
=======

.. figlist::
   :layout: compact
"""

TWO = """\
Two lists
=========

.. figlist::

A section
---------

Deeper
~~~~~~

.. figlist::
   :name: the-second
   :class: mine

.. figlist::
   :layout: compact

See :ref:`the second list <the-second>`.
"""

LINKED = """\
Linked
======

A page without a list.
"""

ONLY = """\
Under conditions
================

.. only:: html

   .. figlist::
      :layout: compact

.. only:: latex

   For print:

   .. figlist::
      :class: for-print

.. only:: text

   .. figlist::
"""

EXTENSION = """\
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Two(SphinxDirective):
    required_arguments = 2
    has_content = True

    def run(self):
        figure = nodes.figure()
        for number, path in enumerate(self.arguments):
            figure += nodes.image(uri=path, alt=f"picture {number}")
        figure += nodes.caption("", self.content[0])
        self.set_source_info(figure)
        return [figure]


def setup(app):
    app.add_directive("two", Two)
"""

BIB = """\
@book{smith, author = {Smith, A.}, title = {One}, year = {2020}, publisher = {P}}
@book{jones, author = {Jones, B.}, title = {Two}, year = {2021}, publisher = {P}}
"""


def tree(**values: object) -> dict[str, str | bytes]:
    return {
        "conf.py": conf(**{**SETTINGS, **values}) + EXTENSION,
        "index.rst": ROOT,
        "part/one/chapter.rst": CHAPTER,
        "part/two/myst.md": MYST,
        "part/two/other.md": OTHER,
        "part/plain.rst": PLAIN,
        "end.rst": END,
        "lists/all/figures.rst": ALL,
        "lists/ordered.rst": ORDERED,
        "lists/compact.rst": COMPACT,
        "lists/two.rst": TWO,
        "lists/linked.rst": LINKED,
        "lists/only.rst": ONLY,
        "refs.bib": BIB,
        "data.txt": "data",
        "part/one/x.png": png(1),
        "part/x.png": png(2),
        "part/y.png": png(3),
    }


FIGURES = 29
LIST_PAGES = {
    *("lists/all/figures", "lists/ordered", "lists/compact", "lists/two"),
    "lists/only",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """The book, whose doctrees all builders below share."""
    return Lab(root=tmp_path_factory.mktemp("page"), files=tree())


@pytest.fixture(scope="module")
def html(lab: Lab) -> Built:
    return lab.build()


#: Classes of links that are no part of a caption's text.
IN_PASSING = {"headerlink", "figlist-link", "figlist-backlink", "footnote-reference"}


class Page:
    """A page with the entries of its first list, found by their figures."""

    def __init__(self, out: Path, name: str, suffix: str = ".html") -> None:
        self.path = out / f"{name}{suffix}"
        self.site = Site(out)
        self.root = self.site.page(self.path)
        self.main = main_content(self.root)
        self.list = by_class(self.main, "figlist")[0]

    def entry(self, id_: str) -> list[Element]:
        """The elements of the entry whose link leads to the element *id_*."""
        for terms in elements(self.list):
            children = list(terms)
            for place, child in enumerate(children):
                if "figlist-entry" not in classes(child):
                    continue
                link = only_by_class(child, "figlist-link")
                if link.get("href", "").endswith(f"#{id_}"):
                    after = children[place + 1 : place + 2]
                    return [child, *(a for a in after if a.tag == "dd")]
        raise AssertionError(f"no entry leads to {id_!r}")

    def field(self, id_: str, name: str) -> Element:
        parts = self.entry(id_)
        found = [f for e in parts for f in by_class(e, f"figlist-{name}")]
        found = [f for f in found if f.tag != "strong"]  # labels are marked alike
        assert len(found) == 1, f"{id_} has {len(found)} fields {name!r}"
        return found[0]

    def fields(self, id_: str) -> list[str]:
        """The labels of the entry's fields, in their order."""
        marked = [x for e in self.entry(id_) for x in by_class(e, "figlist-field")]
        labels = [x for x in marked if x.tag == "strong"]
        return [text(label).rstrip(":") for label in labels]

    def links(self, within: list[Element]) -> list[tuple[str, str]]:
        """The links in some elements: their words and where they lead."""
        found = []
        for link in (a for element in within for a in elements(element, "a")):
            if IN_PASSING & {*classes(link)}:
                continue
            href = link.get("href", "")
            target = self.site.target(self.path, href)
            where = href
            if target is not None:
                where = f"{target[0].relative_to(self.site.out)}#{target[1]}"
            found.append((text(link), where))
        return found


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


def _nested_links(path: Path) -> list[str]:
    """What an HTML parser says of links in links, and of other misplaced elements."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(path.read_text("utf-8"))
    return [f"{code}: {data}" for _, code, data in parser.errors if "end-tag" in code]


@pytest.mark.parametrize("name", sorted(LIST_PAGES))
def test_no_link_in_a_link_and_no_id_twice(html: Built, name: str) -> None:
    path = html.out / f"{name}.html"
    assert _nested_links(path) == []
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
    assert [text(t) for t in title] == [r"Formula of"]
    assert {("em", "Emphasis"), ("em", "hundred")} <= tags("c-markup")
    assert "code there" in text(page.entry("c-markup")[0])
    assert [c.tag for c in by_class(page.entry("c-markup")[0], "literal")] == ["code"]
    maths = [m for e in page.entry("m-markup") for m in by_class(e, "math")]
    assert [text(m) for m in maths] == [r"\(a^2\)", r"\(b\)"]
    assert ("em", "hundred") in tags("m-markup")


def test_footnote_marks_are_dropped(page: Page) -> None:
    title, caption = page.entry("c-footnote")[0], page.field("c-footnote", "caption")
    assert text(title).endswith(": A note and another here")
    assert text(caption) == "Caption: done."
    assert text(page.entry("m-footnote")[0]).endswith(": A note here.")
    legend = page.field("c-footnote", "legend")
    assert text(legend) == "Legend: A legend with a note too."
    for id_ in ("c-footnote", "m-footnote"):
        for part in page.entry(id_):
            assert page.links([part]) == []


def test_targets_and_index_entries(page: Page, html: Built) -> None:
    (entry,) = page.entry("c-target")[:1]
    assert "An inline target and inline target and an index entry here." in text(entry)
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
    assert _nested_links(path) == []
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
    assert text(page.field("p-lead", "caption")) == "Caption: The caption’s rest."
    assert text(page.field("p-lead", "alt")) == "Alt text: An *alt* <text>."
    (entry,) = [e for e in entries(page.path) if e.href.endswith("#p-sentence")]
    assert entry.words == "Fig. 3.2: A sentence. Caption: And a second."
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
        "(2)",  # a second place in the same section
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
    assert words["p-sentence"] == "Fig. 3.2: A sentence."
    assert not by_class(compact.list, "figlist-chapter")


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


def test_style_sheet(html: Built) -> None:
    assert _styled(html.out) == LIST_PAGES


def test_style_sheet_in_parallel(lab: Lab, html: Built, tmp_path: Path) -> None:
    built = build(lab.source, tmp_path / "out", doctrees=tmp_path / "dt", parallel=2)
    assert built.in_parallel == {"reading", "writing"}
    assert _styled(built.out) == LIST_PAGES
    for name in LIST_PAGES:
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


# -- other outputs ----------------------------------------------------------------

TITLES = ["Formula of", "A lead", "Only a lead", "No name", "Two pictures"]


def test_dirhtml(lab: Lab) -> None:
    built = lab.build("dirhtml")
    site = Site(built.out)
    assert site.dead_links() == []
    shown = entries(built.out / "lists/all/figures/index.html")
    assert len(shown) == FIGURES
    assert shown[0].href == "../../../part/one/chapter/#c-math"


def test_singlehtml(lab: Lab) -> None:
    built = lab.build("singlehtml")
    path = built.out / "index.html"
    main = main_content(Site(built.out).page(path))
    known = [e.attrib["id"] for e in elements(main) if e.get("id")]
    shown = entries(path)
    assert len(shown) == FIGURES * 7
    for each in by_class(main, "figlist"):
        for link in elements(each, "a"):
            href = link.get("href", "")
            if href.startswith("http") or "download" in classes(link):
                continue
            inner = "reference" in classes(link)
            assert href.startswith("#") or inner, href
            assert href.partition("#")[2] in known, href
    # Each leads to its own figure: ids that stand twice would lead to the first.
    first = [entry.href[1:] for entry in shown[:FIGURES]]
    assert len(set(first)) == FIGURES
    for id_ in first:
        assert known.count(id_) == 1, id_
    ours = [
        e.attrib["id"]
        for each in by_class(main, "figlist")
        for e in elements(each)
        if e.get("id")
    ]
    assert len(ours) == len(set(ours))
    assert _nested_links(path) == []


def test_text(lab: Lab) -> None:
    built = lab.build("text")
    shown = (built.out / "lists/all/figures.txt").read_text("utf-8")
    for title in TITLES:
        assert title in shown
    assert "Fig. 1.1: Formula of" in shown
    assert "%s" not in shown
    assert "Untitled (x.png)" in shown
    assert "Chapter 2: MyST" in shown
    only = (built.out / "lists/only.txt").read_text("utf-8")
    assert "A lead" in only


def test_latex(lab: Lab) -> None:
    built = lab.build("latex")
    (tex,) = built.out.glob("*.tex")
    shown = tex.read_text("utf-8")
    for title in TITLES:
        assert title in shown
    # Several lists in one document: no label stands twice, and each link has one.
    labels = _latex_arguments(shown, r"\label{")
    assert sorted(set(labels)) == sorted(labels)
    linked = [x for c in (r"\hyperref[", r"\ref{") for x in _latex_arguments(shown, c)]
    assert set(linked) - set(labels) == set()
    cited = _latex_arguments(shown, r"\sphinxcite{")
    known = [x.partition("{")[2] for x in _latex_arguments(shown, r"\bibitem[")]
    assert set(cited) <= set(known)
    lists, rest = divmod(shown.count(r"\DUrole{figlist-title}"), FIGURES)
    assert (lists, rest) == (7, 0)
    assert cited.count("part/one/chapter:cit") == 1 + lists


def _latex_arguments(tex: str, command: str) -> list[str]:
    """What stands behind each *command*, up to the end of its argument."""
    found = []
    for part in tex.split(command)[1:]:
        words = part.removeprefix(r"\detokenize{")
        found.append(words.partition("}")[0])
    return found


@pytest.mark.parametrize(
    ("builder", "file"),
    [("man", "captions.1"), ("texinfo", "captions.texi"), ("pseudoxml", "")],
)
def test_builders_of_text(lab: Lab, builder: str, file: str) -> None:
    built = lab.build(builder)
    path = built.out / (file or "lists/all/figures.pseudoxml")
    shown = path.read_text("utf-8")
    for title in TITLES:
        assert title in shown


def test_xml(lab: Lab) -> None:
    built = lab.build("xml")
    root = ET.parse(built.out / "lists/all/figures.xml").getroot()
    shown = " ".join("".join(root.itertext()).split())
    for title in TITLES:
        assert title in shown
    assert not list(root.iter("figlist"))


XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def epub(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The pages of the EPUB, by their names."""
    built = lab.build("epub")
    (path,) = built.out.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        names = [n for n in book.namelist() if n.endswith(".xhtml")]
        listed = book.read("content.opf").decode()
        for name in book.namelist():
            if name.startswith("_static/"):
                assert f'href="{name}"' in listed, f"{name} is not in the manifest"
        assert not [n for n in book.namelist() if n.startswith("figlist/")]
        assert "_static/figlist.css" in book.namelist()
        return {name: ET.fromstring(book.read(name)) for name in names}


def test_epub(epub: dict[str, Element]) -> None:
    page = epub["lists/all/figures.xhtml"]
    links = [a for a in page.iter(f"{XHTML}a") if "figlist-link" in classes(a)]
    assert len(links) == FIGURES
    shown = " ".join("".join(page.itertext()).split())
    for title in TITLES:
        assert title in shown
    sheets = [x.get("href", "") for x in page.iter(f"{XHTML}link")]
    assert "../../_static/figlist.css" in [s.partition("?")[0] for s in sheets]


def test_epub_links(epub: dict[str, Element]) -> None:
    ids = {
        name: [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
        for name, root in epub.items()
    }
    for name in (f"{each}.xhtml" for each in sorted(LIST_PAGES)):
        assert len(ids[name]) == len(set(ids[name])), f"{name} has an id twice"
        for outer in epub[name].iter(f"{XHTML}a"):
            assert list(outer.iter(f"{XHTML}a")) == [outer]
            path, _, id_ = outer.get("href", "").partition("#")
            if "://" in path or "download" in classes(outer):
                continue
            target = PurePosixPath(name).parent / path if path else PurePosixPath(name)
            parts: list[str] = []
            for part in target.parts:
                if part == "..":
                    parts.pop()
                else:
                    parts.append(part)
            assert "/".join(parts) in ids, outer.get("href")
            assert not id_ or id_ in ids["/".join(parts)], outer.get("href")


def _messages(out: Path) -> dict[str, list[str]]:
    """The messages of each catalog of a gettext build."""
    found = {}
    for name, path in tree_files(out).items():
        if name.endswith(".pot"):
            with path.open("rb") as stream:
                catalog = read_po(stream)
            found[name] = sorted(str(message.id) for message in catalog if message.id)
    return found


def test_gettext_has_no_message_of_ours(lab: Lab, tmp_path: Path) -> None:
    plain_files: Files = without_figlist(lab.files)
    # A list in an `only` is a nested directive, which the helper leaves.
    only = str(plain_files["lists/only.rst"]).replace("   .. figlist::\n", "")
    only = only.replace("      :layout: compact\n", "   words\n")
    only = only.replace("      :class: for-print\n", "   words\n")
    two = str(plain_files["lists/two.rst"])
    two = two.replace("See :ref:`the second list <the-second>`.", "")
    plain_files = {**plain_files, "lists/only.rst": only, "lists/two.rst": two}
    plain = write_tree(tmp_path / "book", plain_files)
    wanted = _messages(
        build(plain, tmp_path / "out", builder="gettext", allow=None).out
    )
    ours = _messages(build(lab.source, tmp_path / "ours", builder="gettext").out)
    assert ours.keys() == wanted.keys()
    ours["lists.pot" if "lists.pot" in ours else "lists/two.pot"].remove(
        "See :ref:`the second list <the-second>`."
    )
    for name, messages in wanted.items():
        assert ours[name] == [m for m in messages if m != "words"], name
