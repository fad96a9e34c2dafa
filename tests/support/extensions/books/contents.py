"""Tables of contents from a file: sphinx-external-toc, -multitoc-numbering, Jupyter Book."""

from __future__ import annotations

from support.extensions import FIELDS, Book, Listed, pictures


def _page(title: str, name: str, more: str = "") -> str:
    return f"""\
# {title}

{more}

```{{figure}} {name}.png
:name: fig-{name}
:alt: In {name}.

{name.title()}: a figure of *{title}*.
```
"""


_FILES: dict[str, str | bytes] = {
    "intro.md": "# Book\n\nSee {numref}`fig-two`.\n",
    "one.md": _page("First", "one", "After it comes {numref}`fig-two`."),
    "two.md": _page("Second", "two"),
    "inner.md": _page("Inner", "inner"),
    "three.md": _page("Third", "three"),
    "lists.md": f"# Lists\n\n```{{figlist}}\n:fields: {FIELDS}\n:class: of-figure\n```\n",
}

_TOC = """\
format: jb-book
root: intro
parts:
  - caption: Part one
    numbered: true
    chapters:
      - file: one
      - file: two
        sections:
          - file: inner
  - caption: Part two
    numbered: true
    chapters:
      - file: three
  - caption: More
    chapters:
      - file: lists
"""

_PICTURES = pictures("one.png", "two.png", "inner.png", "three.png")


def _listed(*numbers: str) -> tuple[Listed, ...]:
    titles = {"one": "First", "two": "Second", "inner": "Inner", "three": "Third"}
    return tuple(
        Listed(
            number=f"Fig. {number}",
            title=name.title(),
            docname=name,
            caption=f"{name.title()}: a figure of *{title}*.",
            alts=(f"In {name}.",),
            paths=(f"{name}.png",),
            formats=("PNG",),
            references=2 if name == "two" else 0,
            label=f"fig-{name}",
            line=f"{name}.png",
        )
        for number, (name, title) in zip(numbers, titles.items(), strict=True)
    )


_EDIT = ("two.md", "In two.", "In the second.")

_CONFIG = """\
title: Book
execute:
  execute_notebooks: "off"
sphinx:
  extra_extensions:
    - sphinxext_figlist
  config:
    figlist_number_uncaptioned: false
    numfig_format: {figure: "Fig. %s"}
latex:
  latex_documents:
    targetname: book.tex
"""

BOOKS = [
    Book(
        name="external-toc",
        extension="sphinx-external-toc",
        needs=("sphinx-external-toc", "myst-parser"),
        files=_FILES | {"_toc.yml": _TOC} | _PICTURES,
        conf={"extensions": ["myst_parser", "sphinx_external_toc"]},
        listed={"figure": _listed("1.1", "2.1", "2.2", "3.1")},
        edit=_EDIT,
        edited="In the second.",
    ),
    Book(
        name="multitoc-numbering",
        extension="sphinx-multitoc-numbering",
        needs=("sphinx-external-toc", "sphinx-multitoc-numbering", "myst-parser"),
        files=_FILES | {"_toc.yml": _TOC} | _PICTURES,
        conf={
            "extensions": [
                "myst_parser",
                "sphinx_external_toc",
                "sphinx_multitoc_numbering",
            ]
        },
        listed={"figure": _listed("1.1", "2.1", "2.2", "3.1")},
        edit=_EDIT,
        edited="In the second.",
    ),
    Book(
        name="jupyter-book",
        extension="Jupyter Book 1",
        needs=("jupyter-book",),
        files=_FILES | {"_toc.yml": _TOC, "_config.yml": _CONFIG} | _PICTURES,
        conf={},
        listed={"figure": _listed("1.1", "2.1", "2.2", "3.1")},
        edit=_EDIT,
        edited="In the second.",
        jupyter_book=True,
        remarks="with Sphinx 7.4",
    ),
]
