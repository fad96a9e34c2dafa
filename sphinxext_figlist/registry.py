"""What can be added to: layouts, file formats and checks, by the names users give.

``setup()`` fills these; each entry is one module and one line there.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes

    from .check.finding import Finding, Part
    from .export.contents import Export
    from .render.view import ListView


class Layout(NamedTuple):
    """How a list is shown.

    Modules are named relative to the package, and imported by the builds that
    need them: a build with nothing to do should take no time.
    """

    #: It has a function ``render``.
    module: str
    #: The fields where a directive names none; None: those of ``figlist_fields``.
    fields: tuple[str, ...] | None = None
    #: Whether chapters have headings.
    by_chapter: bool = True
    #: Whether it shows the pictures themselves.
    pictures: bool = False

    def render(self, view: ListView) -> list[nodes.Node]:
        """The nodes that show a list."""
        shown = import_module(self.module, __package__).render(view)
        return cast("list[nodes.Node]", shown)


class Format(NamedTuple):
    """How a list is written to a file."""

    suffix: str
    #: It has a function ``export``.
    module: str
    #: The package that it is written with, and our extra that installs it.
    library: str = ""
    extra: str = ""
    #: Whether it is a table of plain text: that has the bibliography's marks, and
    #: what is known of pictures' files.
    table: bool = False

    @property
    def available(self) -> bool:
        """Whether its library is installed."""
        return not self.library or find_spec(self.library) is not None

    @property
    def wanting(self) -> str:
        """What to install where it is not available."""
        return f"{self.library}: pip install 'sphinxext-figlist[{self.extra}]'"

    def export(self, export: Export) -> bytes:
        """The bytes of the file for one volume's list."""
        return cast("bytes", import_module(self.module, __package__).export(export))


class Check(NamedTuple):
    """Something to find fault with in figures."""

    module: str
    #: The name of a function there; its docstring is its entry in the docs.
    function: str

    def load(self) -> Callable[[Part], Iterator[Finding]]:
        """The function that finds the faults in one volume."""
        function = getattr(import_module(self.module, __package__), self.function)
        return cast("Callable[[Part], Iterator[Finding]]", function)


LAYOUTS: dict[str, Layout] = {}
FORMATS: dict[str, Format] = {}
CHECKS: dict[str, Check] = {}
