"""Two small volumes of chapters with a figure each."""

from __future__ import annotations

from support.small import doc, fig, toc, volumes


def chapter(name: str) -> str:
    """A chapter with one figure, both named *name*."""
    return doc(name.capitalize(), fig(name))


def chapters(*names: str) -> dict[str, str]:
    return {f"{name}.rst": chapter(name) for name in names}


def two_volumes(**more: str) -> dict[str, str]:
    """Two volumes of numbered chapters, and pages around them."""
    files = {
        "index.rst": doc("Book", toc("v1/index", "v2/index", "outside")),
        "v1/index.rst": doc("Land", toc("a", "b", numbered=True)),
        "v1/a.rst": chapter("a"),
        "v1/b.rst": chapter("b"),
        "v2/index.rst": doc("Water", toc("c", numbered=True)),
        "v2/c.rst": chapter("c"),
        "outside.rst": doc("Outside", "No figure."),
    }
    return {
        **files,
        **{name.replace("__", "/") + ".rst": t for name, t in more.items()},
    }


BOTH = volumes("v1/index", "v2/index")
