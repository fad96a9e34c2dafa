"""sphinx-proof: theorems and their like, each a kind of its own."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, rst

_MYST = """\
# Chapter

{prf:ref}`th-sums` and {prf:ref}`le-small`; {prf:ref}`th-bare`, {prf:ref}`th-sums`.

```{prf:theorem} Sums of *odd* numbers $n$
:label: th-sums

They are squares.
```

```{prf:lemma} A small one
:label: le-small

It helps.
```

```{prf:theorem}
:label: th-bare

This has no title.
```

```{prf:theorem} Not counted
:label: th-free
:nonumber:

This has no number.
```

```{prf:proof}
Obvious.
```
"""

_RST = """\
Chapter
=======

:prf:ref:`th-sums` and :prf:ref:`le-small`; :prf:ref:`th-bare`, :prf:ref:`th-sums`.

.. prf:theorem:: Sums of *odd* numbers :math:`n`
   :label: th-sums

   They are squares.

.. prf:lemma:: A small one
   :label: le-small

   It helps.

.. prf:theorem::
   :label: th-bare

   This has no title.

.. prf:theorem:: Not counted
   :label: th-free
   :nonumber:

   This has no number.

.. prf:proof::

   Obvious.
"""

_THEOREMS = (
    Listed(
        number="Theorem 2.1",
        title=None,
        caption="Sums of *odd* numbers $n$",
        references=2,
    ),
    Listed(number="Theorem 2.2", title=None, references=1),
)
_LEMMAS = (Listed(number="Lemma 2.1", title=None, caption="A small one", references=1),)

#: Lemmas that are counted among the theorems.
_SHARED = (
    _THEOREMS[0],
    Listed(number="Lemma 2.2", title=None, caption="A small one", references=1),
    Listed(number="Theorem 2.3", title=None, references=1),
)

BOOKS = [
    Book(
        name="proof-myst",
        extension="sphinx-proof",
        needs=("sphinx-proof",),
        files=myst(_MYST, "theorem", "lemma"),
        conf={"extensions": ["myst_parser", "sphinx_proof"]},
        listed={"theorem": _THEOREMS, "lemma": _LEMMAS},
        edit=("chapter.md", "{prf:lemma} A small one", "{prf:lemma} A tiny one"),
        edited="A tiny one",
    ),
    Book(
        name="proof-rst",
        extension="sphinx-proof",
        needs=("sphinx-proof",),
        files=rst(_RST, "theorem"),
        conf={
            "extensions": ["sphinx_proof"],
            "prf_realtyp_to_countertyp": {"lemma": "theorem"},
        },
        listed={"theorem": _SHARED},
        edit=("chapter.rst", "lemma:: A small one", "lemma:: A tiny one"),
        edited="A tiny one",
        first=False,
    ),
]
