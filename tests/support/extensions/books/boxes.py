"""sphinx-design and sphinx-tabs: figures in cards, grids, drop-downs and tabs."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, pictures, rst


def _figure(name: str, number: int, references: int = 0) -> Listed:
    return Listed(
        number=f"Fig. 2.{number}",
        title=name.title(),
        caption=f"{name.title()}: a figure.",
        alts=(f"In the {name}.",),
        paths=(f"{name}.png",),
        formats=("PNG",),
        references=references,
        label=f"fig-{name}",
        line=f"{name}.png",
    )


def _myst(name: str) -> str:
    return f"""\
```{{figure}} {name}.png
:name: fig-{name}
:alt: In the {name}.

{name.title()}: a figure.
```"""


def _rst(name: str, indent: int) -> str:
    return "\n".join(
        " " * indent + line if line else ""
        for line in f"""\
.. figure:: {name}.png
   :name: fig-{name}
   :alt: In the {name}.

   {name.title()}: a figure.
""".splitlines()
    )


_DESIGN = f"""\
# Chapter

See {{numref}}`fig-tab`.

````{{card}} Card
{_myst("card")}
````

`````{{grid}} 2
````{{grid-item-card}} Item
{_myst("grid")}
````
`````

`````{{tab-set}}
````{{tab-item}} One
{_myst("tab")}
````
````{{tab-item}} Two
{_myst("other")}
````
`````

````{{dropdown}} More
{_myst("dropdown")}
````
"""

_DESIGN_RST = f"""\
Chapter
=======

See :numref:`fig-tab`.

.. card:: Card

{_rst("card", 3)}

.. grid:: 2

   .. grid-item-card:: Item

{_rst("grid", 6)}

.. tab-set::

   .. tab-item:: One

{_rst("tab", 6)}

   .. tab-item:: Two

{_rst("other", 6)}

.. dropdown:: More

{_rst("dropdown", 3)}
"""

_TABS = f"""\
Chapter
=======

See :numref:`fig-one`.

.. tabs::

   .. tab:: One

{_rst("one", 6)}

   .. group-tab:: Two

{_rst("two", 6)}
"""

_TABS_MYST = f"""\
# Chapter

See {{numref}}`fig-one`.

`````{{tabs}}
````{{tab}} One
{_myst("one")}
````
````{{group-tab}} Two
{_myst("two")}
````
`````
"""

_NAMES = ("card", "grid", "tab", "other", "dropdown")
_BOXES = tuple(
    _figure(name, number, int(name == "tab")) for number, name in enumerate(_NAMES, 1)
)
_DESIGN_PICTURES = pictures(*(f"{name}.png" for name in _NAMES))

_TWO = (_figure("one", 1, 1), _figure("two", 2))
_TABS_PICTURES = pictures("one.png", "two.png")

BOOKS = [
    Book(
        name="design-myst",
        extension="sphinx-design",
        needs=("sphinx-design",),
        files=myst(_DESIGN) | _DESIGN_PICTURES,
        conf={"extensions": ["myst_parser", "sphinx_design"]},
        listed={"figure": _BOXES},
        edit=("chapter.md", "In the grid.", "On the grid."),
        edited="On the grid.",
    ),
    Book(
        name="design-rst",
        extension="sphinx-design",
        needs=("sphinx-design",),
        files=rst(_DESIGN_RST) | _DESIGN_PICTURES,
        conf={"extensions": ["sphinx_design"]},
        listed={"figure": _BOXES},
        edit=("chapter.rst", "In the grid.", "On the grid."),
        edited="On the grid.",
        first=False,
    ),
    Book(
        name="tabs-rst",
        extension="sphinx-tabs",
        needs=("sphinx-tabs",),
        files=rst(_TABS) | _TABS_PICTURES,
        conf={"extensions": ["sphinx_tabs.tabs"]},
        listed={"figure": _TWO},
        edit=("chapter.rst", "In the two.", "On the two."),
        edited="On the two.",
    ),
    Book(
        name="tabs-myst",
        extension="sphinx-tabs",
        needs=("sphinx-tabs",),
        files=myst(_TABS_MYST) | _TABS_PICTURES,
        conf={"extensions": ["myst_parser", "sphinx_tabs.tabs"]},
        listed={"figure": _TWO},
        edit=("chapter.md", "In the two.", "On the two."),
        edited="On the two.",
        first=False,
    ),
]
