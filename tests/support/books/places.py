"""A book with figures in every place, of every make."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import myst_parser
from support import Files, build, conf, png, write_tree

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
   :class: exclude

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
