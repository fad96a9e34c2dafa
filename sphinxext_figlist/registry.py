"""What can be added to: sources of figures, layouts, checks and file formats.

Names and plain data alone: ``setup()`` fills these, another extension's ``setup()``
may add to them, and whoever runs an entry looks its function up.  Modules are named
relative to this package, or in full, and are imported by the builds that need them: a
build with nothing to do should take no time.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple


class Source(NamedTuple):
    """Something that finds figures in a document that has been read."""

    #: It has :data:`NODES`, the classes that it knows, and the function ``find``.
    module: str


class Layout(NamedTuple):
    """How a list is shown."""

    #: It has the function ``render``.
    module: str
    #: The fields where a directive names none; None: those of ``figlist_fields``.
    fields: tuple[str, ...] | None = None
    #: Whether chapters have headings.
    by_chapter: bool = True
    #: Whether it shows the pictures themselves.
    pictures: bool = False

    def shows_pictures(self, fields: tuple[str, ...]) -> bool:
        """Whether a list with these *fields* shows pictures."""
        return self.pictures or "thumbnail" in fields


class Check(NamedTuple):
    """Something to find fault with in figures."""

    module: str
    #: The name of a function there; its docstring is its entry in the docs.
    function: str
    #: Whether it is about alt texts: those of pictures that are in no figure, too.
    of_alts: bool = False


class Format(NamedTuple):
    """How a list is written to a file."""

    suffix: str
    #: It has the function ``export``.
    module: str
    #: The package that it is written with, and our extra that installs it.
    library: str = ""
    extra: str = ""
    #: Whether it is a table of plain text: that has the bibliography's marks, and
    #: what is known of pictures' files.
    table: bool = False
    #: What writes the sheet of alt texts to a file of its own.
    alts: str = ""
    #: Whether it says what is known of pictures' files, down to their bytes.
    pictures: bool = False

    @property
    def available(self) -> bool:
        """Whether its library is installed."""
        return not self.library or find_spec(self.library) is not None

    @property
    def wanting(self) -> str:
        """What it needs and how to install that, where it is not available."""
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
    """Forget every entry: another application of this process begins."""
    for entries in (SOURCES, LAYOUTS, CHECKS, FORMATS):
        entries.clear()


def load(module: str, name: str) -> Any:
    """What *module*, an entry's, calls *name*."""
    return getattr(import_module(module, __package__), name)
