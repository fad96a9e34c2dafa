"""What is collected, and what is noted of it: as the JSON of the files says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import myst_parser
import pytest
from support import (
    Built,
    Files,
    Lab,
    Site,
    build,
    by_class,
    conf,
    elements,
    entries,
    figure_numbers,
    main_content,
    own_files,
    png,
    same_bytes,
    text,
    write_tree,
)

Json = dict[str, Any]

OLD_MYST = int(myst_parser.__version__.partition(".")[0]) < 4


def read_list(out: Path, name: str = "FIGURE_LIST") -> Json:
    data: Json = json.loads((out / f"{name}.json").read_text("utf-8"))
    return data


def figures_of(data: Json) -> list[Json]:
    return [figure for chapter in data["chapters"] for figure in chapter["figures"]]


def collect(tmp_path: Path, files: Files, **options: Any) -> list[Json]:
    """The figures of a book of *files*, which is built once."""
    source = write_tree(tmp_path / "book", files)
    built = build(source, tmp_path / "out", builder="figlist", **options)
    return figures_of(read_list(built.out))


# A book's own directives: figures as other packages make them.
DIRECTIVES = """\
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Several(SphinxDirective):
    '''A figure of the pictures that are named, the content its caption.'''

    optional_arguments = 9
    has_content = True
    option_spec = {"name": str}

    def run(self):
        figure = nodes.figure()
        row = nodes.container()
        for argument in self.arguments:
            path, _, alt = argument.partition("|")
            image = nodes.image(uri=path)
            if alt:
                image["alt"] = alt.replace("_", " ")
            row += image
        figure += row
        if not self.arguments:
            figure += nodes.literal_block("words", "words")
        words, messages = self.state.inline_text(self.content[0], self.lineno)
        figure += nodes.caption("", "", *words)
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]


def setup(app):
    app.add_directive("several", Several)
"""

SETTINGS: dict[str, object] = {
    "project": "Kinds of figures",
    "extensions": ["myst_parser", "sphinx.ext.graphviz", "sphinxext_figlist"],
    "myst_enable_extensions": [
        "attrs_inline",
        "colon_fence",
        "html_image",
        "substitution",
    ],
    "myst_substitutions": {"height": "*hundred* metres"},
    "graphviz_dot": "/nowhere/dot",
    "numfig": True,
    "exclude_patterns": ["shared"],
    "figlist_files_for": "html",
}

ROOT = """\
Book
====

.. toctree::

   places
   myst
   alts
   mystalts
   captions
   marks
   several
   excluded
   labels
   lists/figures
"""

PLACES = """\
Places
======

.. figure:: x.png
   :name: plain

   In the open.

.. note::

   .. figure:: x.png
      :name: in-note

      In a note.

   .. tip::

      * A list:

        .. figure:: x.png
           :name: in-list

           In a list in a tip in a note.

.. list-table::

   * - one
     - .. figure:: x.png
          :name: in-table

          In a table.

.. container:: tabs

   .. container:: tab

      .. figure:: x.png
         :name: in-tab

         In a tab.

   Quoted:

      .. figure:: x.png
         :name: in-quote

         In a quote.

term
   .. figure:: x.png
      :name: in-definition

      In a definition.

.. include:: shared/part.txt

.. figure:: x.png
   :name: outer

   The outer one.

   .. figure:: y.png
      :name: inner

      The inner one.

Deep
----

Deeper
~~~~~~

.. topic:: A topic

   .. figure:: x.png
      :name: in-topic

      In a topic.
"""

PART = """\
From the included file.

.. figure:: x.png
   :name: included

   Included.
"""

MYST = """\
# MyST

```{figure} x.png
:name: m-figure
:alt: A picture.

In a fence.
```

```{figure-md} m-figure-md
![A picture](x.png)

In `figure-md`.
```

:::{figure} x.png
:name: m-colon

In a colon fence.
:::

````{note}
Words.

```{figure} x.png
:name: m-in-note

In a note.
```
````

- A list

  ```{figure} x.png
  :name: m-in-list

  In a list.
  ```

````{list-table}
* - one
  - ```{figure} x.png
    :name: m-in-table

    In a table.
    ```
````

````{tab} A tab
```{figure} x.png
:name: m-in-tab

In a tab.
```
````

```{include} shared/part.md
```

```{eval-rst}
.. figure:: x.png
   :name: m-in-rst

   In rST in MyST.
```
""".replace("````{tab} A tab", "````{container} tab")

MYST_PART = """\
Some words.

```{figure} x.png
:name: m-included

Included.
```
"""

ALTS = """\
Alt texts
=========

.. figure:: x.png
   :name: alt-none

   None.

.. figure:: x.png
   :name: alt-empty
   :alt:

   Empty.

.. figure:: x.png
   :name: alt-words
   :alt: Words, "quoted"
         on two lines -- and *bare*.

   Words.

.. figure:: x.png
   :name: alt-target
   :alt: In a link.
   :target: https://example.org/

   With a target.

.. graphviz::
   :name: alt-graph
   :alt: A graph.
   :caption: A graph

   digraph { a -> b }

.. graphviz::
   :alt: No figure without a caption.

   digraph { c -> d }

.. image:: x.png
   :alt: No figure.
"""

MYST_ALTS = """\
# Alt texts in MyST

```{figure-md} md-omitted
![](x.png)

Omitted.
```

```{figure-md} md-words
![A cliff, *white*](x.png)

Words.
```

```{figure-md} md-html-empty
<img src="x.png" alt="">

Declared.
```

```{figure-md} md-html-none
<img src="x.png">

None.
```

```{figure-md} md-html-words
<img src="x.png" alt="A cliff">

Words.
```

```{figure} x.png
:name: md-empty
:alt:

Empty.
```

```{figure} x.png
:name: md-none

None.
```
"""

CAPTIONS = """\
Captions
========

.. |height| replace:: *hundred* metres

.. |icon| image:: y.png
   :alt: icon

.. figure:: x.png
   :name: cap-substituted

   A cliff: |height| high.

.. figure:: x.png
   :name: cap-quotes
   :alt: Not "smart" -- here

   "Smart" -- it's so...

.. figure:: x.png
   :name: cap-comment

   ..

   Only a legend.

.. figure:: x.png
   :name: cap-legend

   A caption.

   First *paragraph*.

   Second one:

   * an item
   * another

.. figure:: x.png
   :name: cap-bare

.. figure:: x.png
   :name: cap-long

   A caption on
   two lines.

.. figure:: x.png
   :name: cap-picture
   :alt: The figure's.

   A caption with |icon| in it.

   .. image:: y.png
      :alt: The legend's.

.. figure:: x.png
   :name: cap-only-picture

   |icon|
"""

SEVERAL = """\
Several pictures
================

.. several:: x.png|The_left_one. y.png|The_right_one.
   :name: two

   Two pictures.

.. several:: x.png|The_left_one. y.png
   :name: one-of-two

   Two pictures, one of them described.

.. several::
   :name: no-picture

   No picture.

.. figure:: images/glob.*
   :name: globbed

   Whatever there is.

.. figure:: https://example.org/far/away.png?size=2
   :name: far

   From afar.

.. figure:: images/../x.png
   :name: roundabout

   By a roundabout way.

.. figure:: /images/sub/été-1.png
   :name: absolute

   From the source folder.

.. figure:: gone.png
   :name: gone

   A picture that is missing.
"""

EXCLUDED = """\
Excluded
========

.. figure:: x.png
   :name: before

   Before.

.. figure:: x.png
   :name: out-figure
   :figclass: figlist-exclude

   Out by the figure.

.. figure:: x.png
   :name: between

   Between.

.. figure:: x.png
   :name: out-picture
   :class: figlist-exclude
   :target: https://example.org/

   Out by the picture.

.. figure:: x.png
   :name: after
   :class: figlist-excluded

   After.
"""

LABELS = """\
Labels
======

.. _by-target:

.. figure:: x.png

   With a target before it.

.. _target-too:

.. figure:: x.png
   :name: by name

   With a name and a target.

.. figure:: x.png
   :name: By-CASE

   With capitals.

.. figure:: x.png

   Without any.

See :numref:`by-target`, :numref:`by name` or :numref:`target-too`, :numref:`By-CASE`.
"""

LISTS = """\
Figures
=======

.. figlist::
   :fields: title caption alt label location
"""

MYST_MARKS = """\
# Marks

(m-target)=
```{figure} x.png
A {{ height }} cliff.
```

```{figure-md} m-out
![A picture](x.png){.figlist-exclude}

Out.
```
"""

FILES: dict[str, str | bytes] = {
    "conf.py": conf(**SETTINGS) + DIRECTIVES,
    "index.rst": ROOT,
    "places.rst": PLACES,
    "shared/part.txt": PART,
    "myst.md": MYST,
    "shared/part.md": MYST_PART,
    "alts.rst": ALTS,
    "mystalts.md": MYST_ALTS,
    "captions.rst": CAPTIONS,
    "marks.md": MYST_MARKS,
    "several.rst": SEVERAL,
    "excluded.rst": EXCLUDED,
    "labels.rst": LABELS,
    "lists/figures.rst": LISTS,
    "x.png": png(1),
    "y.png": png(2),
    "shared/x.png": png(1),
    "images/glob.png": png(3),
    "images/glob.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "images/sub/été-1.png": png(4),
}
EXPECTED = ("image file not readable: gone.png", "dot command '/nowhere/dot'")


class Book:
    """The book above, its HTML and its files built once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = write_tree(root / "book", FILES)
        doctrees = root / "doctrees"
        self.html = build(self.source, root / "html", doctrees=doctrees, allow=EXPECTED)
        self.lists = build(
            self.source,
            root / "lists",
            builder="figlist",
            doctrees=doctrees,
            allow=EXPECTED,
        )
        self.data = read_list(self.lists.out)
        self.figures = figures_of(self.data)

    def labels(self, docname: str) -> list[str | None]:
        """The labels of a document's figures, in their order."""
        return [f["label"] for f in self.figures if f["docname"] == docname]

    def __getitem__(self, label: str) -> Json:
        found = [f for f in self.figures if f["label"] == label]
        found = found or [f for f in self.figures if f["id"] == label]
        assert len(found) == 1, f"{len(found)} figures of the label {label!r}"
        return found[0]

    def line_of(self, path: str, words: str, before: str) -> int:
        """The line of the last *before* ahead of the first *words* in a source."""
        source = str(FILES[path])
        ahead = source[: source.index(words)]
        return ahead[: ahead.rindex(before)].count("\n") + 1


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("kinds"))


# -- every figure, wherever it stands ---------------------------------------------


def test_places_in_rst(book: Book) -> None:
    assert book.labels("places") == [
        *("plain", "in-note", "in-list", "in-table", "in-tab", "in-quote"),
        *("in-definition", "included", "outer", "inner", "in-topic"),
    ]


def test_places_in_myst(book: Book) -> None:
    assert book.labels("myst") == [
        *("m-figure", "m-figure-md", "m-colon", "m-in-note", "m-in-list"),
        *("m-in-table", "m-in-tab", "m-included", "m-in-rst"),
    ]


@pytest.mark.parametrize(
    ("label", "path", "start"),
    [
        ("plain", "places.rst", ".. figure::"),
        ("in-note", "places.rst", ".. figure::"),
        ("in-list", "places.rst", ".. figure::"),
        ("in-table", "places.rst", ".. figure::"),
        ("in-tab", "places.rst", ".. figure::"),
        ("in-quote", "places.rst", ".. figure::"),
        ("in-definition", "places.rst", ".. figure::"),
        ("included", "shared/part.txt", ".. figure::"),
        ("outer", "places.rst", ".. figure::"),
        ("inner", "places.rst", ".. figure::"),
        ("in-topic", "places.rst", ".. figure::"),
        ("alt-graph", "alts.rst", ".. graphviz::"),
        ("two", "several.rst", ".. several::"),
        ("no-picture", "several.rst", ".. several::"),
        ("m-figure", "myst.md", "```{figure}"),
        ("m-figure-md", "myst.md", "```{figure-md}"),
        ("m-colon", "myst.md", ":::{figure}"),
        ("m-in-note", "myst.md", "```{figure}"),
        ("m-in-list", "myst.md", "```{figure}"),
        ("m-in-table", "myst.md", "```{figure}"),
        ("m-in-tab", "myst.md", "```{figure}"),
        ("m-included", "shared/part.md", "```{figure}"),
        ("m-in-rst", "myst.md", ".. figure::"),
        ("md-html-none", "mystalts.md", "```{figure-md}"),
    ],
)
def test_location(book: Book, label: str, path: str, start: str) -> None:
    # A figure-md's name stands on its first line.
    words = f"}} {label}\n" if "figure-md" in start else f":name: {label}\n"
    line = book.line_of(path, words, start.rstrip("}"))
    if label == "m-included" and OLD_MYST:  # counts one too many in included files
        line += 1
    assert book[label]["location"] == {"path": path, "line": line}


def test_location_of_figures_without_a_label(book: Book) -> None:
    bare = [f for f in book.figures if f["docname"] == "labels" and not f["label"]]
    line = book.line_of("labels.rst", "Without any", ".. figure::")
    assert [f["location"] for f in bare] == [{"path": "labels.rst", "line": line}]


def test_inner_and_outer_figure(book: Book) -> None:
    outer, inner = book["outer"], book["inner"]
    assert [image["path"] for image in outer["images"]] == ["x.png"]
    assert [image["path"] for image in inner["images"]] == ["y.png"]
    assert outer["caption"] == "The outer one."
    assert inner["caption"] == "The inner one."


def test_each_figure_once(book: Book) -> None:
    """As many as the pages draw, but for those that are kept out."""
    site = Site(book.html.out)
    drawn = [f for path in site.paths() for f in elements(site.page(path), "figure")]
    assert len(book.figures) == len(drawn) - 3
    assert len({(f["docname"], f["id"]) for f in book.figures}) == len(book.figures)


# -- alt texts --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "alt"),
    [
        ("alt-none", None),
        ("alt-empty", ""),
        ("alt-words", 'Words, "quoted"\non two lines -- and *bare*.'),
        ("alt-target", "In a link."),
        ("alt-graph", "A graph."),
        ("md-omitted", None),
        ("md-words", "A cliff, white"),
        ("md-html-empty", ""),
        ("md-html-none", None),
        ("md-html-words", "A cliff"),
        ("md-empty", ""),
        ("md-none", None),
        ("m-figure", "A picture."),
    ],
)
def test_alt(book: Book, label: str, alt: str | None) -> None:
    (image,) = book[label]["images"]
    found = image["alt"]
    # Whether a source's line break is a space is the format's affair.
    assert (found and " ".join(found.split())) == (alt and " ".join(alt.split()))


def test_alts_are_counted(book: Book) -> None:
    """The builder's closing line counts what the JSON has: null, not the empty."""
    lacking = [
        figure
        for figure in book.figures
        if not figure["images"] or any(i["alt"] is None for i in figure["images"])
    ]
    (line,) = [x for x in book.lists.status.splitlines() if "without alt text" in x]
    assert f"{len(lacking)} without alt text" in line


# -- captions and legends ---------------------------------------------------------


def test_captions(book: Book) -> None:
    assert book["cap-substituted"]["caption"] == "A cliff: *hundred* metres high."
    assert book["cap-quotes"]["caption"] == "“Smart” – it’s so…"
    (image,) = book["cap-quotes"]["images"]
    assert image["alt"] == 'Not "smart" -- here'
    assert book["cap-long"]["caption"] == "A caption on two lines."
    assert book["m-target"]["caption"] == "A *hundred* metres cliff."
    assert book["m-figure-md"]["caption"] == "In `figure-md`."
    assert book["alt-graph"]["caption"] == "A graph"


def test_no_caption(book: Book) -> None:
    for label in ("cap-comment", "cap-bare"):
        figure = book[label]
        assert (figure["caption"], figure["title"]) == (None, None)
        assert figure["number"] is None


def test_legends(book: Book) -> None:
    assert book["cap-comment"]["legend"] == "Only a legend."
    legend = book["cap-legend"]["legend"]
    assert legend == "First *paragraph*. Second one: an item another"
    assert book["cap-legend"]["caption"] == "A caption."
    assert book["cap-long"]["legend"] is None


def test_pictures_in_words_are_not_the_figures(book: Book) -> None:
    assert book["cap-picture"]["images"] == [{"path": "x.png", "alt": "The figure's."}]
    assert book["cap-only-picture"]["images"] == [{"path": "x.png", "alt": None}]


def test_a_caption_of_a_picture_alone(book: Book) -> None:
    """Sphinx gives it no number; its entry has words though its caption has none."""
    assert book["cap-only-picture"]["number"] is None
    shown = entries(book.html.out / "lists/figures.html")
    links = [e.link for e in shown if e.href.endswith("#cap-only-picture")]
    assert links == ["Untitled (x.png)"]


# -- pictures ---------------------------------------------------------------------


def test_several_pictures(book: Book) -> None:
    assert book["two"]["images"] == [
        {"path": "x.png", "alt": "The left one."},
        {"path": "y.png", "alt": "The right one."},
    ]
    assert book["one-of-two"]["images"] == [
        {"path": "x.png", "alt": "The left one."},
        {"path": "y.png", "alt": None},
    ]
    assert book["no-picture"]["images"] == []
    assert book["no-picture"]["caption"] == "No picture."


def test_several_alts_in_words(book: Book) -> None:
    markdown = (book.lists.out / "FIGURE_LIST.md").read_text("utf-8")
    joined = "**Alt Text**: (a) The left one.; (b) The right one."
    assert joined in markdown.splitlines()
    # One alone is no enumeration.
    assert "**Alt Text**: The left one." in markdown.splitlines()


def test_paths(book: Book) -> None:
    (globbed,) = book["globbed"]["images"]
    assert globbed["path"] in {"images/glob.png", "images/glob.svg"}
    assert [i["path"] for i in book["far"]["images"]] == [
        "https://example.org/far/away.png?size=2"
    ]
    assert [i["path"] for i in book["roundabout"]["images"]] == ["x.png"]
    assert [i["path"] for i in book["absolute"]["images"]] == ["images/sub/été-1.png"]
    assert [i["path"] for i in book["gone"]["images"]] == ["gone.png"]
    assert [i["path"] for i in book["alt-target"]["images"]] == ["x.png"]


# -- what is kept out -------------------------------------------------------------


def test_excluded_figures(book: Book) -> None:
    assert book.labels("excluded") == ["before", "between", "after"]
    assert "m-out" not in book.labels("marks")
    for words in ("Out by the figure", "Out by the picture", "Out."):
        for path, content in own_files(book.lists.out).items():
            assert words.encode() not in content, path
    shown = [entry.words for entry in entries(book.html.out / "lists/figures.html")]
    assert not [words for words in shown if "Out" in words]
    total = len(book.figures)
    assert book.data["totals"]["figures"] == total
    assert len(shown) == total


def test_excluded_figures_keep_their_numbers(book: Book) -> None:
    printed = figure_numbers(book.html.out / "excluded.html")
    listed = {name: book[name]["number"] for name in ("before", "between", "after")}
    first = int(listed["before"])
    assert list(listed.values()) == [str(first), str(first + 2), str(first + 4)]
    assert printed == {
        "before": f"Fig. {first}",
        "out-figure": f"Fig. {first + 1}",
        "between": f"Fig. {first + 2}",
        "out-picture": f"Fig. {first + 3}",
        "after": f"Fig. {first + 4}",
    }


# -- labels -----------------------------------------------------------------------


def test_labels(book: Book) -> None:
    first, second, third, fourth = book.labels("labels")
    assert first == "by-target"
    assert second in {"by name", "target-too"}
    assert third == "by-case"
    assert fourth is None
    assert book["m-target"]["label"] == "m-target"
    # They are those that numref takes: the page had no warning of one of them.
    assert "numref" not in book.html.warnings


def test_every_entry_leads_to_its_figure(book: Book) -> None:
    """The figure that an entry links to has the number and the words that it names."""
    page = book.html.out / "lists/figures.html"
    site = Site(book.html.out)
    assert site.dead_links([page]) == []
    for entry, figure in zip(entries(page), book.figures, strict=True):
        target = site.target(page, entry.href)
        assert target is not None
        file, id_ = target
        assert file == book.html.out / f"{figure['docname']}.html"
        assert id_
        (target_,) = [e for e in elements(site.page(file)) if e.get("id") == id_]
        if target_.tag == "span":  # a figure's second id is on one, at its start
            around = [e for e in elements(site.page(file)) if target_ in list(e)]
            (target_,) = (e for e in around if e.tag == "figure")
        printed = [text(n) for n in by_class(target_, "caption-number")]
        number = f"Fig. {figure['number']}" if figure["number"] else ""
        assert entry.number == number
        assert printed[:1] == ([number] if number else [])
        assert entry.link.strip(" :") != entry.number


def test_duplicate_label(tmp_path: Path) -> None:
    same = ".. figure:: x.png\n   :name: twin\n\n   {}.\n\n"
    files: dict[str, str | bytes] = {
        "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
        "index.rst": (
            "Book\n====\n\n.. figlist::\n\n.. toctree::\n\n   one\n   two\n\n"
            + same.format("First")
            + same.format("Second")
        ),
        "one.rst": "One\n===\n\n" + same.format("Third"),
        "two.rst": "Two\n===\n\n" + same.format("Fourth"),
        "x.png": png(),
    }
    allow = ["Duplicate explicit target name", "duplicate label twin", "twin"]
    figures = collect(tmp_path, files, allow=allow)
    assert {f["caption"] for f in figures} == {"First.", "Second.", "Third.", "Fourth."}
    assert len({(f["docname"], f["id"]) for f in figures}) == 4
    # A label leads to one figure: no more than one may claim it.
    assert [f["label"] for f in figures].count("twin") <= 1

    html = build(tmp_path / "book", tmp_path / "html", allow=allow)
    page = html.out / "index.html"
    assert Site(html.out).dead_links() == []
    assert len({entry.href for entry in entries(page)}) == 4


# -- reading in parallel, and forgetting ------------------------------------------


def test_parallel_reading_merges(book: Book, tmp_path: Path) -> None:
    built = build(
        book.source, tmp_path / "out", builder="figlist", parallel=2, allow=EXPECTED
    )
    assert built.in_parallel == {"reading"}
    assert same_bytes(own_files(built.out), own_files(book.lists.out)) == []


def test_purged_documents_vanish(tmp_path: Path) -> None:
    def chapter(name: str) -> str:
        return f"{name}\n{'=' * len(name)}\n\n.. figure:: x.png\n\n   Of {name}.\n"

    lab = Lab(
        root=tmp_path,
        files={
            "conf.py": conf(extensions=["sphinxext_figlist"], numfig=True),
            "index.rst": "Book\n====\n\n.. toctree::\n   :glob:\n\n   part*\n",
            "part1.rst": chapter("One"),
            "part2.rst": chapter("Two"),
            "x.png": png(),
        },
    )

    def captions() -> list[str]:
        lab.build("figlist")
        return [f["caption"] for f in figures_of(read_list(lab.out("figlist")))]

    assert captions() == ["Of One.", "Of Two."]
    lab.remove("part1.rst")
    assert captions() == ["Of Two."]
    lab.write("part3.rst", chapter("Three"))
    assert captions() == ["Of Two.", "Of Three."]
    lab.write("part2.rst", "Two\n===\n\nNo more.\n")
    assert captions() == ["Of Three."]


# -- another language -------------------------------------------------------------

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"

msgid "**Cliff**: white and *high*, see :ref:`here <here>`."
msgstr "**Klippe**: weiß und *hoch*, siehe :ref:`hier <here>`."

msgid "A legend."
msgstr "Eine Legende."

msgid "A cliff."
msgstr "Eine Klippe."
"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files: dict[str, str | bytes] = {
        "conf.py": conf(
            extensions=["sphinxext_figlist"],
            numfig=True,
            language="de",
            locale_dirs=["locale"],
            gettext_compact=False,
            gettext_additional_targets=["image"],
            figure_language_filename="{root}.{language}{ext}",
            figlist_formats=["json"],
        ),
        "index.rst": ("Book\n====\n\n.. toctree::\n\n   chapter\n   figures\n"),
        "chapter.rst": (
            "Chapter\n=======\n\n.. _here:\n\nHere\n----\n\n"
            ".. figure:: images/x.png\n   :name: cliff\n   :alt: A cliff.\n\n"
            "   **Cliff**: white and *high*, see :ref:`here <here>`.\n\n"
            "   A legend.\n\n"
            ".. figure:: images/y.png\n\n   In English.\n"
        ),
        "figures.rst": "Figures\n=======\n\n.. figlist::\n",
        "images/x.png": png(1),
        "images/x.de.png": png(2),
        "images/y.png": png(3),
        "locale/de/LC_MESSAGES/chapter.po": CATALOG,
    }
    root = tmp_path_factory.mktemp("german")
    return build(write_tree(root / "book", files), root / "html")


def test_translated_captions(german: Built) -> None:
    first, second = figures_of(read_list(german.out / "figlist"))
    assert first["title"] == "Klippe"
    assert first["caption"] == "Klippe: weiß und *hoch*, siehe hier."
    assert first["legend"] == "Eine Legende."
    assert [image["alt"] for image in first["images"]] == ["Eine Klippe."]
    assert first["label"] == "cliff"
    assert first["location"] == {"path": "chapter.rst", "line": 9}
    assert second["caption"] == "In English."
    page = german.out / "figures.html"
    assert [entry.link for entry in entries(page)] == [
        "Abb. 1: Klippe",
        "Abb. 2: In English.",
    ]
    (caption,) = by_class(main_content(page), "figlist-caption")
    assert text(caption).endswith("weiß und hoch, siehe hier.")
    assert Site(german.out).dead_links() == []


def test_pictures_of_the_language(german: Built) -> None:
    """What the readers of this language see is the figure's picture."""
    first, second = figures_of(read_list(german.out / "figlist"))
    assert [image["path"] for image in first["images"]] == ["images/x.de.png"]
    assert [image["path"] for image in second["images"]] == ["images/y.png"]
