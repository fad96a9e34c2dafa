"""A small book in two volumes whose figures have every trait that files show."""

from __future__ import annotations

from support import conf, png

Tree = dict[str, str | bytes]

SETTINGS: dict[str, object] = {
    "project": "Lights of the *Coast*",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1",
    "extensions": ["myst_parser", "sphinxcontrib.bibtex", "sphinxext_figlist"],
    "myst_enable_extensions": ["dollarmath"],
    "bibtex_bibfiles": ["refs.bib"],
    "suppress_warnings": ["epub.unknown_project_files"],
    "numfig": True,
    "numfig_format": {"figure": "Figure %s"},
    "figlist_number_uncaptioned": True,
    "figlist_formats": ["markdown", "json"],
    "figlist_volumes": [
        {"id": 1, "title": "The Light", "root": "vol1/index"},
        {"id": 2, "title": "The Station", "root": "vol2/index"},
    ],
}

BOOK: Tree = {
    "index.rst": """\
Lights
======

.. toctree::

   vol1/index
   vol2/index
   refs
""",
    "refs.rst": """\
References
==========

.. bibliography::
""",
    "vol1/index.rst": """\
The Light
=========

.. toctree::

   foreword

.. toctree::
   :numbered:

   fire
   prose
   glass
""",
    "vol1/foreword.rst": """\
Foreword
========

.. figure:: /images/a.png
   :name: fig-front
   :alt: A front.

   **Front** of the book.
""",
    "vol1/fire.rst": """\
.. _fire:

Fire
====

.. figure:: /images/a.png
   :name: fig-open
   :alt: A coal fire in an
         iron basket.

   **Open fire:** a *coal* basket, as :cite:`smith` and :cite:`smith,jones` say [#note]_.

.. figure:: /images/a.png
   :name: fig-bare
   :alt: A "bare" picture.

.. figure:: /images/a.png
   :name: fig-nothing

.. figure:: /images/a.png
   :name: fig-sentence
   :alt:

   It says "light" -- 光 -- in two
   lines. Naïve, isn't it?

.. figure:: /images/a.png
   :name: fig-math
   :alt: Costs $5 or $6 and 5 * 3.

   Energy :math:`E = mc^2`: for $5 or $6, or 5 * 3, or \\*starred\\*.

Oil
---

See :numref:`fig-open`, and twice :numref:`fig-open`.

.. figure:: /images/a.png
   :name: fig-links

   *Links* go: to `a site <https://example.org/a_b>`_, to :ref:`fire`, to
   :numref:`fig-math`, to :ref:`words <fire>` and to :numref:`fig-signal`.

.. [#note] A note.
""",
    "vol1/prose.rst": """\
Prose
=====

No figure; but :ref:`fire` and :numref:`fig-bare`.
""",
    "vol1/glass.rst": """\
Glass & *light*
===============

.. figure:: /images/a.png

   The type ``std::map`` in [brackets], [@key] and a_b_c

.. figure:: /images/a.png

   Adapted from: a drawing.

.. two:: /images/a.png /images/b.png

   **Two lamps.** One and another.
""",
    "vol2/index.md": """\
# The Station

```{toctree}
:numbered:

signals
```
""",
    "vol2/signals.md": """\
(signals)=
# Signals

```{figure} ../images/b.png
:name: fig-signal
:alt: Flags on a mast.

**Signals**: flags, with $a^2 + b$ and {cite}`jones`. Source: the archive of
the *coast*.

They were sewn by hand.

- A list.
```

(horns)=
## Horns

As {numref}`fig-horn` and {numref}`fig-open` show.[^one]

```{figure-md} fig-horn
![](../images/a.png)

Horn：a [loud](https://example.org/horn) one[^one], see [](#signals)
```

```{figure} https://example.org/far.svg
:name: fig-far
:alt:
```

[^one]: A note.
""",
    "refs.bib": """\
@book{smith, author = {Smith, A.}, title = {One}, year = {2020}, publisher = {P}}
@book{jones, author = {Jones, B.}, title = {Two}, year = {2021}, publisher = {P}}
""",
    "images/a.png": png(1),
    "images/b.png": png(2),
}

EXTENSION = """\
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Two(SphinxDirective):
    required_arguments = 2
    has_content = True

    def run(self):
        figure = nodes.figure()
        for path, alt in zip(self.arguments, ("The left.", "The right.")):
            figure += nodes.image(uri=path, alt=alt)
        words, messages = self.state.inline_text(self.content[0], self.lineno)
        figure += nodes.caption("", "", *words)
        self.set_source_info(figure)
        return [figure, *messages]


def setup(app):
    app.add_directive("two", Two)
"""


def tree(**values: object) -> Tree:
    """The book; *values* go over its configuration's, one that is None is left out."""
    merged = {k: v for k, v in {**SETTINGS, **values}.items() if v is not None}
    return {**BOOK, "conf.py": conf(**merged) + EXTENSION}


NAMES = {f"FIGURE_LIST_VOL{n}.{kind}" for n in "12" for kind in ("md", "json")}
