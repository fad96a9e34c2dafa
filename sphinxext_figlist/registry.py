"""The registries to which extensions can add: sources, layouts, checks and formats.

They hold only names and plain data. ``setup()`` fills them, and the ``setup()`` of
another extension may add to them. Modules are named in full, or relative to this
package, and are imported only by the builds that need them, so that a build with
nothing to do takes no time.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple


class Source(NamedTuple):
    """Something that finds figures in a document that has been read."""

    #: It has ``find()``, and :data:`NODES`: the node classes that it recognizes, or
    #: names of such classes; empty for all that Sphinx numbers.
    module: str


class Layout(NamedTuple):
    """A way to show a list."""

    #: It has the function ``render``.
    module: str
    #: The fields if the directive names none; None means ``figlist_fields``.
    fields: tuple[str, ...] | None = None
    #: Whether chapters have headings.
    by_chapter: bool = True
    #: Whether it shows the pictures.
    pictures: bool = False

    def shows_pictures(self, fields: tuple[str, ...]) -> bool:
        """Whether a list with these *fields* shows pictures."""
        return self.pictures or "thumbnail" in fields


class Check(NamedTuple):
    """A check of figures."""

    module: str
    #: The name of a function in it; its docstring is its entry in the docs.
    function: str
    #: Whether it is about alt texts, also those of pictures that are not in a figure.
    of_alts: bool = False


class Format(NamedTuple):
    """A file format of lists."""

    suffix: str
    #: It has the function ``export``.
    module: str
    #: The package that it needs, and the extra of figlist that installs it.
    library: str = ""
    extra: str = ""
    #: Whether it is a table of plain text, with the bibliography's citation marks and
    #: what is known about the picture files.
    table: bool = False
    #: A module that writes the sheet of alt texts as a file of its own.
    alts: str = ""
    #: Whether the file depends on the bytes of the picture files.
    pictures: bool = False

    @property
    def available(self) -> bool:
        """Whether its library is installed."""
        return not self.library or find_spec(self.library) is not None

    @property
    def wanting(self) -> str:
        """What it needs, and how to install that."""
        if not self.extra:
            return f"the package {self.library}; install it"
        return (
            f"the package {self.library}; install figlist with the extra {self.extra!r}"
        )


SOURCES: dict[str, Source] = {}
LAYOUTS: dict[str, Layout] = {}
CHECKS: dict[str, Check] = {}
FORMATS: dict[str, Format] = {}


def clear() -> None:
    """Remove all entries, because another application of this process begins."""
    for entries in (SOURCES, LAYOUTS, CHECKS, FORMATS):
        entries.clear()


def load(module: str, name: str) -> Any:
    """The object *name* of *module*, the module of an entry."""
    return getattr(import_module(module, __package__), name)
