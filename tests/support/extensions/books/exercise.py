"""sphinx-exercise: exercises as a kind of their own."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, rst

_MYST = """\
# Chapter

{ref}`ex-sums` and {numref}`ex-sums`; {numref}`Number {number} <ex-bare>`.

```{exercise} Sums of *odd* numbers $n$
:label: ex-sums

Add them.
```

```{exercise}
:label: ex-bare

This has no title.
```

```{exercise} Not counted
:label: ex-free
:nonumber:

This has no number.
```

```{exercise-start} A gate
:label: ex-gate
```

It opens.

```{exercise-end}
```

```{exercise}

This has not even a label.
```

```{solution} ex-sums
:label: so-sums

They are squares.
```
"""

_RST = """\
Chapter
=======

:ref:`ex-sums` and :numref:`ex-sums`; :numref:`Number {number} <ex-bare>`.

.. exercise:: Sums of *odd* numbers :math:`n`
   :label: ex-sums

   Add them.

.. exercise::
   :label: ex-bare

   This has no title.

.. exercise:: Not counted
   :label: ex-free
   :nonumber:

   This has no number.

.. exercise:: A gate
   :label: ex-gate

   It opens.

.. exercise::

   This has not even a label.

.. solution:: ex-sums
   :label: so-sums

   They are squares.
"""

_LISTED = (
    Listed(
        number="Exercise 2.1",
        title=None,
        caption="Sums of *odd* numbers $n$",
        references=2,
        label="ex-sums",
    ),
    Listed(number="Exercise 2.2", title=None, references=1, label="ex-bare"),
    Listed(number="Exercise 2.3", title=None, caption="A gate", label="ex-gate"),
    # The extension gives it a label.
    Listed(number="Exercise 2.4", title=None, label="chapter-exercise-4"),
)

BOOKS = [
    Book(
        name="exercise-myst",
        extension="sphinx-exercise",
        needs=("sphinx-exercise",),
        files=myst(_MYST, "exercise"),
        conf={"extensions": ["myst_parser", "sphinx_exercise"]},
        listed={"exercise": _LISTED},
        edit=("chapter.md", "{exercise-start} A gate", "{exercise-start} A door"),
        edited="A door",
        undefined=frozenset({"chapter:ex-sums"}),
    ),
    Book(
        name="exercise-rst",
        extension="sphinx-exercise",
        needs=("sphinx-exercise",),
        files=rst(_RST, "exercise"),
        conf={"extensions": ["sphinx_exercise"]},
        listed={"exercise": _LISTED},
        edit=("chapter.rst", "exercise:: A gate", "exercise:: A door"),
        edited="A door",
        undefined=frozenset({"chapter:ex-sums"}),
        first=False,
    ),
]
