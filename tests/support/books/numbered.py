"""Two small volumes in which everything that numfig knows is numbered."""

from __future__ import annotations

from pathlib import Path

from support import by_class, elements, main_content, text
from support.small import directive, doc, fig, figlist, toc, volumes

BOTH = volumes("v1", "v2")


def table(name: str) -> str:
    rows = "====  ====\none   two\n====  ===="
    return directive("table", rows, argument=f"Of {name}.", name=f"tab-{name}")


def listing(name: str) -> str:
    return directive(
        "code-block",
        name,
        argument="text",
        caption=f"Code {name}.",
        name=f"code-{name}",
    )


def numrefs(*names: str) -> str:
    """A paragraph that refers to each of *names*."""
    return " and ".join(f":numref:`{name}`" for name in names) + "."


def paragraphs(page: Path, start: str) -> list[str]:
    """The paragraphs of a page that begin so."""
    found = map(text, elements(main_content(page), "p"))
    return [words.removeprefix(start) for words in found if words.startswith(start)]


def captions(page: Path) -> list[str]:
    """The number of everything that is numbered on a page, in order."""
    return [text(e) for e in by_class(main_content(page), "caption-number")]


def two(**more: str) -> dict[str, str]:
    """Two volumes with a chapter 1 each, and figures in both."""
    files = {
        "index.rst": doc("Book", toc("v1", "v2"), figlist(layout="compact")),
        "v1.rst": doc("Land", toc("a", "b", numbered=True)),
        "a.rst": doc(
            "A",
            "Here: " + numrefs("fig-a1", "fig-a2", "fig-c2"),
            fig("a1"),
            fig("a2"),
        ),
        "b.rst": doc("B", fig("b1")),
        "v2.rst": doc("Water", toc("c", numbered=True)),
        "c.rst": doc(
            "C",
            "There: " + numrefs("fig-a2", "fig-c1"),
            "Own: :numref:`Drawing %s <fig-a2>` and "
            ":numref:`No. {number}, {name} <fig-a2>`",
            fig("c1"),
            fig("c2"),
        ),
    }
    return {**files, **{f"{name}.rst": content for name, content in more.items()}}
