"""A place in a source at which the alt text of a picture is said, or can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from .source import Splice

#: Directives that draw a picture from what stands in them, or in a file they name.
DRAWING: Final = frozenset(
    {
        "autoclasstree",
        "digraph",
        "graph",
        "graphviz",
        "inheritance-diagram",
        "mermaid",
        "plantuml",
        "plot",
        "uml",
    }
)


#: The form of a picture in Markdown, which has a text or none, but no empty one.
MARKDOWN: Final = "![...](...)"


class Site(NamedTuple):
    """One such place."""

    #: The lines of the file on which it begins and ends, from 1.  What stands in a
    #: paragraph begins with it: that is the line that its picture has.
    first: int
    last: int
    #: The pictures that it may be the place of, as they are written there.
    targets: tuple[str, ...]
    #: The alt text as the parser has it; None where there is none.
    alt: str | None
    #: How it is written, as words for a message: ``figure``, ``![...](...)``.
    form: str
    #: Whether it is a directive that draws its picture itself.
    draws: bool
    #: What makes its alt text another; it raises :class:`Refused`.
    edit: Callable[[str], Sequence[Splice]]
    #: What the picture says where the place says nothing: a substitution's name.
    default: str = ""
    #: Where the table begins that it is in, 0 for none.
    table: int = 0
