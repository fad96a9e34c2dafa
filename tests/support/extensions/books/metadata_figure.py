"""sphinx-metadata-figure: authors, licences, and figures with or without numbers."""

from __future__ import annotations

from dataclasses import replace

from support.extensions import Book, Listed, myst, pictures, rst

_CHAPTER = """\
# Chapter

See {numref}`fig-plain` and {ref}`words <fig-silent>`.

```{figure} plain.png
:name: fig-plain
:alt: A plain one.
:author: Ada Lens
:license: CC BY
:source: https://example.org/plain
:placement: caption

Plain: a caption with *words*.
```

```{figure} silent.png
:name: fig-silent
:alt: A silent one.
:nonumber:
:author: Bo Lens

Silent: a caption without a number.
```

```{figure} counted.png
:name: fig-counted
:alt: A counted one.
:number:
:license: CC0
:placement: admonition
```

```{figure} last.png
:name: fig-last
:author: Cy Lens
:placement: margin

The last one.
```
"""

_RST = """\
Chapter
=======

See :numref:`fig-plain` and :ref:`words <fig-silent>`.

.. figure:: plain.png
   :name: fig-plain
   :alt: A plain one.
   :author: Ada Lens
   :license: CC BY
   :source: https://example.org/plain
   :placement: caption

   Plain: a caption with *words*.

.. figure:: silent.png
   :name: fig-silent
   :alt: A silent one.
   :nonumber:
   :author: Bo Lens

   Silent: a caption without a number.

.. figure:: last.png
   :name: fig-last
   :author: Cy Lens
   :placement: margin

   The last one.
"""

_LISTED = (
    Listed(
        number="Fig. 2.1",
        title="Plain",
        caption="Plain: a caption with *words*.",
        alts=("A plain one.",),
        paths=("plain.png",),
        formats=("PNG",),
        references=1,
        label="fig-plain",
        line="{figure} plain.png",
        more={"credit": "[https://example.org/plain](https://example.org/plain)"},
    ),
    Listed(
        number="",
        title="Silent",
        caption="Silent: a caption without a number.",
        alts=("A silent one.",),
        paths=("silent.png",),
        formats=("PNG",),
        references=1,
        label="fig-silent",
        line="{figure} silent.png",
    ),
    Listed(
        number="Fig. 2.2",
        title=None,
        alts=("A counted one.",),
        paths=("counted.png",),
        formats=("PNG",),
        label="fig-counted",
        line="{figure} counted.png",
    ),
    Listed(
        number="Fig. 2.3",
        title=None,
        caption="The last one.",
        alts=(None,),
        paths=("last.png",),
        formats=("PNG",),
        label="fig-last",
        line="{figure} last.png",
    ),
)

BOOKS = [
    Book(
        name="metadata-figure",
        extension="sphinx-metadata-figure",
        needs=("sphinx-metadata-figure",),
        files=myst(_CHAPTER)
        | pictures("plain.png", "silent.png", "counted.png", "last.png"),
        conf={"extensions": ["sphinx_metadata_figure"]},
        listed={"figure": _LISTED},
        edit=("chapter.md", "Silent: a caption without", "Quiet: a caption without"),
        edited="Quiet",
    ),
    Book(
        name="metadata-figure-rst",
        extension="sphinx-metadata-figure",
        needs=("sphinx-metadata-figure",),
        files=rst(_RST) | pictures("plain.png", "silent.png", "last.png"),
        conf={"extensions": ["sphinx_metadata_figure"], "nb_execution_mode": "off"},
        listed={
            "figure": (
                replace(_LISTED[0], line="figure:: plain.png"),
                replace(_LISTED[1], line="figure:: silent.png"),
                replace(_LISTED[3], number="Fig. 2.2", line="figure:: last.png"),
            )
        },
        edit=("chapter.rst", "Silent: a caption without", "Quiet: a caption without"),
        edited="Quiet",
        first=False,
    ),
]
