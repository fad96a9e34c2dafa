"""sphinx-subfigure: several pictures in a figure, with captions of their own or not."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, pictures, rst

_MYST = """\
# Chapter

See {numref}`fig-pair` and {numref}`fig-pair` again.

```{subfigure} 2
:name: fig-pair
:subcaptions: below

![The left](left.png)
![The right](right.png)

Pair: the left and the *right* one.
```

```{subfigure} A|B
:name: fig-mute

![Above](above.png)

![Below](below.png)
```

```{figure} last.png
:name: fig-last
:alt: The last.

The last one.
```
"""

_RST = """\
Chapter
=======

See :numref:`fig-pair` and :numref:`fig-pair` again.

.. subfigure:: 2
   :name: fig-pair
   :subcaptions: below

   .. image:: left.png
      :alt: The left

   .. image:: right.png
      :alt: The right

   Pair: the left and the *right* one.

.. subfigure:: A|B
   :name: fig-mute

   .. image:: above.png
      :alt: Above

   .. image:: below.png
      :alt: Below

.. figure:: last.png
   :name: fig-last
   :alt: The last.

   The last one.
"""

_NAMES = ("left.png", "right.png", "above.png", "below.png", "last.png")


def _listed(mark: str) -> tuple[Listed, ...]:
    return (
        Listed(
            number="Fig. 2.1",
            title="Pair",
            caption="Pair: the left and the *right* one.",
            alts=("The left", "The right"),
            paths=("left.png", "right.png"),
            formats=("PNG", "PNG"),
            references=2,
            label="fig-pair",
            line=mark % "2",
        ),
        Listed(
            number="",
            title=None,
            alts=("Above", "Below"),
            paths=("above.png", "below.png"),
            formats=("PNG", "PNG"),
            label="fig-mute",
            line=mark % "A|B",
        ),
        Listed(
            number="Fig. 2.2",
            title=None,
            caption="The last one.",
            alts=("The last.",),
            paths=("last.png",),
            formats=("PNG",),
            label="fig-last",
        ),
    )


_PAGES: dict[str, str | bytes] = {"pages.csv": "label,page\nfig-last,7\n"}

BOOKS = [
    Book(
        name="subfigure-myst",
        extension="sphinx-subfigure",
        needs=("sphinx-subfigure",),
        files=myst(_MYST) | pictures(*_NAMES) | _PAGES,
        conf={
            "extensions": ["myst_parser", "sphinx_subfigure"],
            "figlist_latex_short_captions": True,
            "figlist_page_numbers": "pages.csv",
        },
        listed={"figure": _listed("{subfigure} %s")},
        edit=("chapter.md", "![The right]", "![The outer]"),
        edited="The outer",
    ),
    Book(
        name="subfigure-rst",
        extension="sphinx-subfigure",
        needs=("sphinx-subfigure",),
        files=rst(_RST) | pictures(*_NAMES) | _PAGES,
        conf={
            "extensions": ["sphinx_subfigure"],
            "figlist_page_numbers": "pages.csv",
        },
        listed={"figure": _listed("subfigure:: %s")},
        edit=("chapter.rst", ":alt: The right", ":alt: The outer"),
        edited="The outer",
        first=False,
    ),
]
