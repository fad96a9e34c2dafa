"""sphinxcontrib-bibtex: citations in captions, in each of its styles."""

from __future__ import annotations

from support.extensions import Book, Listed, myst, pictures, rst

_BIB = """\
@book{lamport94,
  author = {Leslie Lamport},
  title = {LaTeX},
  publisher = {Addison-Wesley},
  year = {1994},
}

@book{knuth84,
  author = {Donald Knuth},
  title = {The TeXbook},
  publisher = {Addison-Wesley},
  year = {1984},
}
"""

_MYST = """\
# Chapter

See {numref}`fig-cited` and {cite:p}`knuth84`.

```{figure} cited.png
:name: fig-cited
:alt: A cited one.

Cited {cite:p}`lamport94`: the first.
```

```{figure} both.png
:name: fig-both
:alt: Both.

Both: by {cite:t}`lamport94` and {cite:p}`knuth84,lamport94`.
```

```{bibliography}
```
"""

_RST = """\
Chapter
=======

See :numref:`fig-cited` and :cite:p:`knuth84`.

.. figure:: cited.png
   :name: fig-cited
   :alt: A cited one.

   Cited :cite:p:`lamport94`: the first.

.. figure:: both.png
   :name: fig-both
   :alt: Both.

   Both: by :cite:t:`lamport94` and :cite:p:`knuth84,lamport94`.

.. bibliography::
"""

_FOOT = """\
# Chapter

See {numref}`fig-cited` and {footcite:p}`knuth84`.

```{figure} cited.png
:name: fig-cited
:alt: A cited one.

Cited {footcite:p}`lamport94`: the first.
```

```{figure} both.png
:name: fig-both
:alt: Both.

Both: by {footcite:t}`lamport94` and {footcite:p}`knuth84,lamport94`.
```

```{footbibliography}
```
"""

_PICTURES = pictures("cited.png", "both.png")


def _listed(second: str) -> tuple[Listed, ...]:
    return (
        Listed(
            number="Fig. 2.1",
            title="Cited [@lamport94]",
            caption="Cited [@lamport94]: the first.",
            alts=("A cited one.",),
            paths=("cited.png",),
            formats=("PNG",),
            references=1,
            label="fig-cited",
            line="cited.png",
        ),
        Listed(
            number="Fig. 2.2",
            title="Both",
            caption=f"Both: by {second}.",
            alts=("Both.",),
            paths=("both.png",),
            formats=("PNG",),
            label="fig-both",
            line="both.png",
        ),
    )


def _style(name: str, *, first: bool, markup: str = _MYST, **conf: object) -> Book:
    in_rst = markup is _RST
    second = "[@lamport94] and [@knuth84; @lamport94]"
    if markup is _FOOT:  # marks of footnotes, each on its own
        second = "Lamport[@lamport94] and [@knuth84][@lamport94]"
    return Book(
        name=f"bibtex-{name}",
        extension="sphinxcontrib-bibtex",
        needs=("sphinxcontrib-bibtex",),
        files=(rst(markup) if in_rst else myst(markup))
        | {"refs.bib": _BIB}
        | _PICTURES,
        conf={
            "extensions": ["myst_parser", "sphinxcontrib.bibtex"],
            "bibtex_bibfiles": ["refs.bib"],
            **conf,
        },
        listed={"figure": _listed(second)},
        edit=("refs.bib", "{Leslie Lamport}", "{Leslie Lampart}"),
        edited="",
        remarks="styles author_year, label (and numbers), super, and footcite",
        first=first,
    )


BOOKS = [
    _style("author-year", first=True, bibtex_reference_style="author_year"),
    _style("label", first=False, bibtex_reference_style="label"),
    _style("number", first=False, bibtex_default_style="unsrt"),
    _style("super", first=False, bibtex_reference_style="super"),
    _style("rst", first=False, markup=_RST, bibtex_reference_style="author_year"),
    _style("footcite", first=True, markup=_FOOT),
]
