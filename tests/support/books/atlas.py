"""A small book in two volumes, in rST and MyST."""

from __future__ import annotations

from support.trees import Files, conf, png

ATLAS_CONF: dict[str, object] = {
    "project": "A Small Atlas",
    "extensions": ["myst_parser", "sphinxext_figlist"],
    "exclude_patterns": ["_build", "shared"],
    "numfig": True,
    "figlist_number_uncaptioned": True,
    "figlist_formats": ["markdown", "json"],
    "figlist_volumes": [
        {"id": "1", "title": "Land", "root": "vol1/index"},
        {"id": "2", "title": "Water", "root": "vol2/index"},
    ],
}

_ATLAS = {
    "index.rst": """\
A small atlas
=============

.. toctree::
   :maxdepth: 1

   vol1/index
   vol2/index
   figures
""",
    "figures.rst": """\
Figures
=======

.. figlist::
""",
    "vol1/index.rst": """\
Land
====

.. toctree::
   :numbered:

   coast
   hills
   plain
""",
    "vol1/coast.rst": """\
.. _coast:

The coast
=========

As :numref:`fig-cliff` shows, and :numref:`fig-bare` without words, the land ends
somewhere; the other volume has :numref:`fig-delta`, and hills :numref:`fig-ridge`.

.. figure:: /images/cliff.png
   :name: fig-cliff
   :alt: A chalk cliff over a beach.

   **Cliff:** chalk, *white* and :math:`h > 100` metres high.

.. figure:: /images/bare.png
   :name: fig-bare
   :alt: A bare rock.

.. figure:: /images/dune.png
   :alt: A dune.

   A dune moves, as :numref:`fig-ridge` does not; see :ref:`ridges`. [#note]_

   The legend of the "dune".

.. [#note] A note on dunes.
""",
    "vol1/hills.md": """\
(hills)=
# The hills

{numref}`fig-ridge` comes after {numref}`fig-cliff`, and after all, the café.

(ridges)=
## Ridges

```{figure} /images/ridge.png
:name: fig-ridge
:alt: A "ridge" under snow.

**Ridge**: a line of [hills](https://example.org/hills), with `code` in it.
```

```{figure} /images/cairn.png
:name: fig-cairn

*Cairn*, of stones.
```
""",
    "vol1/plain.rst": """\
The plain
=========

On the plain lie :numref:`fig-field` and :numref:`fig-cairn`.

.. only:: html

   .. figure:: /images/screen.png
      :name: fig-screen
      :alt: A screen.

      Screen: seen on a screen alone.

.. only:: latex

   .. figure:: /images/paper.png
      :name: fig-paper
      :alt: A sheet of paper.

      Paper: seen in print alone.

.. only:: draft

   .. figure:: /images/draft.png
      :name: fig-draft
      :alt: A draft.

      Draft: seen in drafts alone.

.. include:: /shared/field.txt
""",
    "shared/field.txt": """\
.. figure:: /images/field.png
   :name: fig-field
   :alt: A field.

   Field: which lies in a file that the chapter includes.
""",
    "vol2/index.rst": """\
Water
=====

.. toctree::
   :numbered:

   rivers
   lakes
   springs
   figures
""",
    "vol2/rivers.md": """\
# The rivers

Unlike {numref}`fig-cliff`, {numref}`fig-delta` is flat. Of {numref}`fig-mouth` no words.

```{figure} /images/delta.png
:name: fig-delta
:alt: A delta from above.

**Delta**: where a river ends, see {numref}`fig-mouth`.
```

```{figure} /images/mouth.png
:name: fig-mouth
:alt: A river's mouth.
```
""",
    "vol2/lakes.rst": """\
The lakes
=========

No lake has a picture here; :numref:`fig-geyser` is no lake, and :numref:`fig-cliff` is none.
""",
    "vol2/springs.rst": """\
The springs
===========

.. figlist::
   :scope: chapter
   :layout: compact

.. note::

   .. figure:: /images/geyser.png
      :name: fig-geyser
      :alt: A geyser.

      Geyser: hot water, in a note.

.. figure:: /images/well.png
   :name: fig-well
   :alt: A well.

   Well: cold water.
""",
    "vol2/figures.rst": """\
Figures of this volume
======================

.. figlist::
   :layout: compact
""",
    "orphan.rst": """\
:orphan:

An orphan
=========

It refers to :numref:`fig-cliff` and lists figures too.

.. figlist::
   :layout: compact
   :volume: 1
""",
}

ATLAS_PICTURES = [
    *("bare", "cairn", "cliff", "delta", "draft", "dune", "field"),
    *("geyser", "mouth", "new", "paper", "ridge", "screen", "well"),
]


def atlas(**values: object) -> dict[str, str | bytes]:
    """A small book in two volumes, rST and MyST; *values* go over its configuration's."""
    files: dict[str, str | bytes] = dict(_ATLAS)
    files["conf.py"] = atlas_conf(**values)
    files |= {
        f"images/{name}.png": png(seed) for seed, name in enumerate(ATLAS_PICTURES)
    }
    return files


def atlas_conf(**values: object) -> str:
    """The book's ``conf.py`` with *values* over its own; one that is None is left out."""
    merged = {**ATLAS_CONF, **values}
    return conf(**{name: value for name, value in merged.items() if value is not None})


def without_figlist(files: Files) -> dict[str, str | bytes]:
    """The same book for plain Sphinx: without the directives, extension and settings."""
    plain: dict[str, str | bytes] = {}
    for name, content in files.items():
        if isinstance(content, str) and name == "conf.py":
            kept = [
                line for line in content.splitlines() if not line.startswith("figlist_")
            ]
            content = "\n".join(kept).replace(", 'sphinxext_figlist'", "") + "\n"
        elif isinstance(content, str):
            content = _without_directives(content)
        plain[name] = content
    return plain


def _without_directives(source: str) -> str:
    kept, inside = [], False
    for line in source.splitlines():
        inside = line == ".. figlist::" or (inside and line.startswith("   "))
        if not inside:
            kept.append(line)
    return "\n".join(kept) + "\n"
