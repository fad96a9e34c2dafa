"""Small books, each with an extension that books really use, and what is listed of them.

A module in ``books`` has ``BOOKS``: :func:`every` gives them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules

from support.trees import png


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An element as lists and files must have it."""

    #: As the page prints it, ``Fig. 1.2``; ``""`` where it prints none.
    number: str
    title: str | None
    #: The page on which it stands.
    docname: str = "chapter"
    #: An alt text for each picture.
    alts: tuple[str | None, ...] = ()
    #: Each picture's file, relative to the source folder.
    paths: tuple[str, ...] = ()
    #: Their formats; pixels where these are ``True``.
    formats: tuple[str, ...] = ()
    measured: bool = True
    caption: str | None = None
    #: How many places of the text refer to it.
    references: int = 0
    label: str | None = None
    #: What stands on its line in its source file; None where it has no line.
    line: str | None = None
    #: What JSON has besides.
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book with an extension, and what its lists hold."""

    #: Its name in tests.
    name: str
    #: As the table of the documentation has it.
    extension: str
    #: What must be installed: distributions.
    needs: tuple[str, ...]
    files: Mapping[str, str | bytes]
    conf: Mapping[str, object]
    #: By kind, in reading order.
    listed: Mapping[str, tuple[Listed, ...]]
    #: A file, what stands in it once, and what is put there.
    edit: tuple[str, str, str]
    #: What the list shows after the edit, and did not before.
    edited: str
    #: Texts of which each warning must hold one.
    allow: tuple[str, ...] = ()
    #: What is in words in the table.
    remarks: str = ""
    #: The folder that holds ``_config.yml``, for Jupyter Book.
    jupyter_book: bool = False
    #: Whether CI builds it.
    first: bool = True
    #: Labels to which the extension itself leads in LaTeX, and which are not there.
    undefined: frozenset[str] = frozenset()


def every() -> list[Book]:
    """All books by name."""
    found: list[Book] = []
    folder = import_module("support.extensions.books")
    for module in iter_modules(folder.__path__):
        found += import_module(f"{folder.__name__}.{module.name}").BOOKS
    return sorted(found, key=lambda book: book.name)


def pictures(*names: str) -> dict[str, str | bytes]:
    """A picture for each name, of 40 by 30 pixels."""
    return {name: png(seed, 40, 30) for seed, name in enumerate(names)}


#: The fields of the lists in these books.
FIELDS = "title caption alt image references label"


def rst(chapter: str, *kinds: str, more: str = "") -> dict[str, str | bytes]:
    """A book in rST with an empty chapter before its own."""
    return {
        "index.rst": _heading("Book")
        + f".. toctree::\n   :numbered:\n\n   start\n   chapter\n{more}\n"
        + ".. toctree::\n\n   lists\n",
        "start.rst": _heading("Start") + "Nothing is here.\n",
        "chapter.rst": chapter,
        "lists.rst": _heading("Lists")
        + "\n".join(
            f".. figlist::\n   :kind: {kind}\n   :fields: {FIELDS}\n   :class: of-{kind}\n"
            for kind in kinds or ("figure",)
        ),
    }


def myst(chapter: str, *kinds: str) -> dict[str, str | bytes]:
    """The same in MyST."""
    files = rst("", *kinds)
    del files["chapter.rst"]
    return files | {"chapter.md": chapter}


def _heading(words: str) -> str:
    return f"{words}\n{'=' * len(words)}\n\n"


# -- the table in the documentation -----------------------------------------------

_HEAD = """\
| Extension | Markup | What is listed | Number | Alt text | Picture | References |
|---|---|---|---|---|---|---|
"""


def table() -> str:
    """What lists show with each extension, as the books' expectations have it."""
    by_name: dict[str, list[Book]] = {}
    for book in every():
        by_name.setdefault(book.extension, []).append(book)
    names = sorted(by_name, key=str.casefold)
    return _HEAD + "".join(_row(name, by_name[name]) for name in names)


def _row(name: str, books: list[Book]) -> str:
    listed = [one for book in books for each in book.listed.values() for one in each]
    kinds = {f"`{kind}`" for book in books for kind in book.listed}
    remarks = {book.remarks for book in books if book.remarks}
    what = "; ".join([", ".join(sorted(kinds)), *sorted(remarks)])
    cells = [
        name,
        ", ".join(sorted({_markup(book) for book in books})),
        what,
        _yes(one.number for one in listed),
        _yes(alt for one in listed for alt in one.alts),
        _yes("".join(one.formats) for one in listed),
        _yes(one.references for one in listed),
    ]
    return f"| {' | '.join(cells)} |\n"


def _yes(values: Iterable[object]) -> str:
    return "yes" if any(values) else "\N{EN DASH}"


def _markup(book: Book) -> str:
    """The markup of the page that is edited, or of the chapter."""
    suffixes = {"md": "MyST", "rst": "rST", "ipynb": "notebook", "py": "script"}
    edited = book.edit[0].rpartition(".")[2]
    return suffixes.get(edited) or ("MyST" if "chapter.md" in book.files else "rST")
