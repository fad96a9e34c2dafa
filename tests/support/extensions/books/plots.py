"""matplotlib's ``plot``: pictures that Python draws while the book is read."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, pictures, rst

_PLOTS = """\
.. plot::
   :caption: Rise: one *and* two.
   :alt: A rising line.

   import matplotlib.pyplot as plt
   plt.plot([1, 2])

.. plot:: falls.py
   :alt: A falling line.

   Fall: from a script.

.. plot::
   :alt: Two pictures.
   :caption: Twice: of one directive.

   import matplotlib.pyplot as plt
   plt.figure()
   plt.plot([1, 1])
   plt.figure()
   plt.plot([2, 2])

.. plot::
   :alt: It has no caption.

   import matplotlib.pyplot as plt
   plt.plot([3, 3])

.. figure:: last.png
   :name: fig-last
   :alt: The last.

   The last one.
"""

_RST = f"""\
Chapter
=======

See :numref:`fig-last`.

{_PLOTS}"""

_MYST = f"""\
# Chapter

See {{numref}}`fig-last`.

```{{eval-rst}}
{_PLOTS}```
"""


def _plot(
    number: str, title: str | None, path: str, alt: str, **more: object
) -> Listed:
    return Listed(
        number=number,
        title=title,
        alts=(alt,),
        paths=(f"plot_directive/{path}.png",),
        formats=("PNG",),
        line="plot::",
        **more,  # type: ignore[arg-type]
    )


#: A picture is a figure for HTML and one for other outputs, and Sphinx numbers both.
_LISTED = (
    _plot(
        "Fig. 2.1",
        "Rise",
        "chapter-1",
        "A rising line.",
        caption="Rise: one *and* two.",
    ),
    _plot(
        "Fig. 2.3", "Fall", "falls", "A falling line.", caption="Fall: from a script."
    ),
    _plot(
        "Fig. 2.5",
        "Twice",
        "chapter-2_00",
        "Two pictures.",
        caption="Twice: of one directive.",
    ),
    _plot(
        "Fig. 2.6",
        "Twice",
        "chapter-2_01",
        "Two pictures.",
        caption="Twice: of one directive.",
    ),
    _plot("", None, "chapter-3", "It has no caption."),
    Listed(
        number="Fig. 2.9",
        title=None,
        caption="The last one.",
        alts=("The last.",),
        paths=("last.png",),
        formats=("PNG",),
        references=1,
        label="fig-last",
        line="figure:: last.png",
    ),
)

_SCRIPT: dict[str, str | bytes] = {
    "falls.py": "import matplotlib.pyplot as plt\n\nplt.plot([2, 1])\n"
}
_CONF = {
    "plot_formats": [("png", 50)],
    "plot_html_show_formats": False,
    "plot_html_show_source_link": False,
}

BOOKS = [
    Book(
        name="plot-rst",
        extension="matplotlib's plot",
        needs=("matplotlib",),
        files=rst(_RST) | _SCRIPT | pictures("last.png"),
        conf=_CONF | {"extensions": ["matplotlib.sphinxext.plot_directive"]},
        listed={"figure": _LISTED},
        edit=("chapter.rst", "A rising line.", "A line that rises."),
        edited="A line that rises.",
        remarks="a plot cannot have a label",
    ),
    Book(
        name="plot-myst",
        extension="matplotlib's plot",
        needs=("matplotlib",),
        files=myst(_MYST) | _SCRIPT | pictures("last.png"),
        conf=_CONF
        | {"extensions": ["myst_parser", "matplotlib.sphinxext.plot_directive"]},
        listed={"figure": _LISTED},
        edit=("chapter.md", "A rising line.", "A line that rises."),
        edited="A line that rises.",
        first=False,
    ),
]
