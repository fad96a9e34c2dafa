"""sphinxcontrib-mermaid: diagrams that are drawn from their text."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, rst

_RST = """\
Chapter
=======

See :numref:`fig-flow`.

.. mermaid::
   :name: fig-flow
   :alt: One leads to two.
   :caption: Flow: from one to *two*.

   graph LR; one --> two

.. mermaid::
   :alt: No figure, since it has no caption.

   graph LR; three --> four

.. mermaid:: drawing.mmd
   :caption: Drawing: of a file.
   :name: fig-drawing
"""

_MYST = """\
# Chapter

See {numref}`fig-flow`.

```{mermaid}
:name: fig-flow
:alt: One leads to two.
:caption: "Flow: from one to *two*."

graph LR; one --> two
```

```{mermaid}
:alt: No figure, since it has no caption.

graph LR; three --> four
```

```{mermaid} drawing.mmd
:caption: "Drawing: of a file."
:name: fig-drawing
```
"""

_LISTED = (
    Listed(
        number="Fig. 2.1",
        title="Flow",
        caption="Flow: from one to *two*.",
        alts=("One leads to two.",),
        paths=("",),
        formats=("",),
        measured=False,
        references=1,
        label="fig-flow",
        line="mermaid",
    ),
    Listed(
        number="Fig. 2.2",
        title="Drawing",
        caption="Drawing: of a file.",
        alts=(None,),
        paths=("",),
        formats=("",),
        measured=False,
        label="fig-drawing",
        line="drawing.mmd",
    ),
)

_DRAWING: dict[str, str | bytes] = {"drawing.mmd": "graph LR; five --> six\n"}

BOOKS = [
    Book(
        name="mermaid-rst",
        extension="sphinxcontrib-mermaid",
        needs=("sphinxcontrib-mermaid",),
        files=rst(_RST) | _DRAWING,
        conf={"extensions": ["sphinxcontrib.mermaid"]},
        listed={"figure": _LISTED},
        edit=("chapter.rst", ":alt: One leads", ":alt: The first leads"),
        edited="The first leads",
        allow=("mmdc",),
        remarks="a diagram without a caption is not a figure",
    ),
    Book(
        name="mermaid-myst",
        extension="sphinxcontrib-mermaid",
        needs=("sphinxcontrib-mermaid",),
        files=myst(_MYST) | _DRAWING,
        conf={"extensions": ["myst_parser", "sphinxcontrib.mermaid"]},
        listed={"figure": _LISTED},
        edit=("chapter.md", ":alt: One leads", ":alt: The first leads"),
        edited="The first leads",
        allow=("mmdc",),
        first=False,
    ),
]
