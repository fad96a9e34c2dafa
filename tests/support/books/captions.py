"""A book whose captions hold all that captions may."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from support import (
    Site,
    by_class,
    classes,
    conf,
    elements,
    main_content,
    only_by_class,
    png,
    text,
)

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
        for entry in by_class(self.list, "figlist-entry"):
            link = only_by_class(entry, "figlist-link")
            if link.get("href", "").endswith(f"#{id_}"):
                return list(entry)
        raise AssertionError(f"no entry leads to {id_!r}")

    def field(self, id_: str, name: str) -> Element:
        parts = self.entry(id_)
        found = [f for e in parts for f in by_class(e, f"figlist-{name}")]
        assert len(found) == 1, f"{id_} has {len(found)} fields {name!r}"
        return found[0]

    def fields(self, id_: str) -> list[str]:
        """The labels of the entry's fields, in their order."""
        labels = [x for e in self.entry(id_) for x in by_class(e, "figlist-field")]
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
