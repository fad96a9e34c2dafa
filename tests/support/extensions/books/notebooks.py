"""Notebooks: myst-nb, which executes them, and nbsphinx."""

from __future__ import annotations

import base64
import json

from support.extensions import Book, Listed, myst, pictures, rst
from support.trees import png

_PICTURE = base64.b64encode(png(7, 40, 30)).decode()
_OTHER = base64.b64encode(png(8, 40, 30)).decode()

#: A cell's code that shows a picture without drawing one.
_CODE = """\
import base64
from IPython.display import Image
Image(data=base64.b64decode("{data}"), format="png")"""

_TEXT = f"""\
---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
---

# Chapter

See {{numref}}`fig-shown` and {{numref}}`fig-glued`.

```{{code-cell}} python3
---
mystnb:
  image:
    alt: What a cell shows.
  figure:
    caption: "Shown: by a cell, *once*."
    name: fig-shown
---
{_CODE.format(data=_PICTURE)}
```

```{{code-cell}} python3
from myst_nb import glue
glue("glued", Image(data=base64.b64decode("{_OTHER}"), format="png"), display=False)
```

```{{glue:figure}} glued
:name: fig-glued
:alt: What was glued.

Glued: from another cell.
```

```{{figure}} last.png
:name: fig-last
:alt: The last.

The last one.
```
"""


def _notebook(*cells: dict[str, object]) -> str:
    return json.dumps(
        {
            "cells": [{"metadata": {}, **cell} for cell in cells],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            "nbformat": 4,
            "nbformat_minor": 4,
        },
        indent=1,
    )


def _markdown(*lines: str) -> dict[str, object]:
    return {"cell_type": "markdown", "source": "\n".join(lines)}


def _code(source: str, data: str = "", **metadata: object) -> dict[str, object]:
    shown = {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"image/png": data, "text/plain": "<Image>"},
    }
    return {
        "cell_type": "code",
        "execution_count": 1,
        "source": source,
        "outputs": [shown] if data else [],
        "metadata": metadata,
    }


_STORED = _notebook(
    _markdown("# Chapter", "", "See {numref}`fig-shown`."),
    _code(
        "1",
        _PICTURE,
        mystnb={
            "image": {"alt": "What a cell shows."},
            "figure": {"caption": "Shown: by a cell, *once*.", "name": "fig-shown"},
        },
    ),
    _markdown(
        "```{figure} last.png",
        ":name: fig-last",
        ":alt: The last.",
        "",
        "The last one.",
        "```",
    ),
)

_SHOWN = Listed(
    number="Fig. 2.1",
    title="Shown",
    caption="Shown: by a cell, *once*.",
    alts=("What a cell shows.",),
    paths=("jupyter_execute/*.png",),
    formats=("PNG",),
    references=1,
    label="fig-shown",
)
_GLUED = Listed(
    number="Fig. 2.2",
    title="Glued",
    caption="Glued: from another cell.",
    alts=("What was glued.",),
    paths=("jupyter_execute/*.png",),
    formats=("PNG",),
    references=1,
    label="fig-glued",
)


def _last(number: int, references: int = 0) -> Listed:
    return Listed(
        number=f"Fig. 2.{number}",
        title=None,
        caption="The last one.",
        alts=("The last.",),
        paths=("last.png",),
        formats=("PNG",),
        references=references,
        label="fig-last",
    )


_RAW = {
    "cell_type": "raw",
    "metadata": {"raw_mimetype": "text/restructuredtext"},
    "source": """\
Chapter
=======

See :numref:`fig-raw`.

.. figure:: raw.png
   :name: fig-raw
   :alt: In a raw cell.

   Raw: in a cell of its own.""",
}
_RAW_LAST = {
    "cell_type": "raw",
    "metadata": {"raw_mimetype": "text/restructuredtext"},
    "source": """\
.. figure:: last.png
   :name: fig-last
   :alt: The last.

   The last one.""",
}

BOOKS = [
    Book(
        name="myst-nb-executed",
        extension="myst-nb",
        needs=("myst-nb", "ipykernel"),
        files=myst(_TEXT) | pictures("last.png"),
        conf={"extensions": ["myst_nb"], "nb_execution_mode": "force"},
        listed={"figure": (_SHOWN, _GLUED, _last(3))},
        edit=("chapter.md", "What was glued.", "What had been glued."),
        edited="What had been glued.",
        allow=("IPKernelApp",),
        remarks="cells make figures with `mystnb.figure` and `glue:figure`",
    ),
    Book(
        name="myst-nb-stored",
        extension="myst-nb",
        needs=("myst-nb",),
        files={k: v for k, v in rst("").items() if k != "chapter.rst"}
        | {"chapter.ipynb": _STORED}
        | pictures("last.png"),
        conf={"extensions": ["myst_nb"], "nb_execution_mode": "off"},
        listed={"figure": (_SHOWN, _last(2))},
        edit=("chapter.ipynb", "What a cell shows.", "What the cell shows."),
        edited="What the cell shows.",
        allow=("myst-nb.lexer",),
        first=False,
    ),
    Book(
        name="nbsphinx",
        extension="nbsphinx",
        needs=("nbsphinx", "pypandoc-binary"),
        files={k: v for k, v in rst("").items() if k != "chapter.rst"}
        | {
            "chapter.ipynb": _notebook(
                _RAW,
                _markdown("Words of a **cell**."),
                _code("1", _PICTURE),
                _RAW_LAST,
            )
        }
        | pictures("raw.png", "last.png"),
        conf={"extensions": ["nbsphinx"], "nbsphinx_execute": "never"},
        listed={
            "figure": (
                Listed(
                    number="Fig. 2.1",
                    title="Raw",
                    caption="Raw: in a cell of its own.",
                    alts=("In a raw cell.",),
                    paths=("raw.png",),
                    formats=("PNG",),
                    references=1,
                    label="fig-raw",
                ),
                _last(2),
            )
        },
        edit=("chapter.ipynb", "In a raw cell.", "In the raw cell."),
        edited="In the raw cell.",
        remarks="figures of raw reStructuredText cells; a cell's picture is not a figure",
    ),
]
