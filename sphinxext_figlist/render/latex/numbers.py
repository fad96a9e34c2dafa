"""The numbers of the HTML in the PDF (``figlist_latex_numbers``).

LaTeX counts as it always does, but prints another number where the HTML has one, and
none where the HTML has none.
What other extensions register is theirs to number: they print what Sphinx assigned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes

from ...assemble.model import dotted
from ...read.kinds import COUNTERS, standard_domain
from ...words import number_words
from . import preamble
from .visitors import extend

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ...assemble.assembly import Assembly

_NUMBER: Final = "figlist_number"


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A number that does not begin with that of its chapter in the PDF."""

    words: str
    chapter: int


def set_up(app: Sphinx) -> None:
    """Print the numbers that :func:`assign` noted."""
    for name in ("figure", "table", "captioned_literal_block"):
        extend(app, name, _visit, _depart)


def assign(
    assembly: Assembly, docname: str, document: nodes.document
) -> Misplaced | None:
    """Note on each numbered element the number that the HTML prints.

    :param document: the assembled one, whose root is *docname*.
    :returns: the first number that its chapter in the PDF does not fit.
    """
    std, book = standard_domain(assembly.env), assembly.book
    misplaced = None
    for name, chapter, node in Walk(assembly).elements(document, docname):
        kind = std.get_enumerable_node_type(node)
        counter = COUNTERS.get(kind or "")
        if kind is None or counter is None:
            continue
        number = book.number_of(name, kind, node["ids"])
        if number is None:
            if std.get_numfig_title(node):
                node[_NUMBER] = (counter, "")
            continue
        printed = dotted(number)
        node[_NUMBER] = (counter, printed)
        if misplaced is None and chapter and len(number) > 1 and number[0] != chapter:
            form = assembly.env.config.numfig_format.get(kind, "%s")
            misplaced = Misplaced(number_words(form, printed), chapter)
    return misplaced


@dataclass(slots=True)
class Walk:
    """A walk over an assembled document, which counts chapters as LaTeX does."""

    assembly: Assembly
    _chapter: int = field(default=0, init=False)
    _titled: bool = field(default=False, init=False)

    def elements(
        self, parent: nodes.Element, name: str, level: int = 0
    ) -> Iterator[tuple[str, int, nodes.Element]]:
        """Yield elements with their document and the number of their chapter.

        An element's parents may lead to another document, so this comes from above.

        :param level: how many sections are around, but for that of the book's title.
        """
        for node in parent.children:
            if not isinstance(node, nodes.Element):
                continue
            inner_name, inner_level = name, level
            if isinstance(node, addnodes.start_of_file):
                inner_name = node["docname"]
            elif isinstance(node, nodes.document):  # of latex_appendices
                inner_name, inner_level, self._chapter = node["docname"], 1, 0
            elif isinstance(node, nodes.section):
                if self._titled:
                    inner_level += 1
                    self._chapter += inner_level == 1
                self._titled = True
            elif isinstance(node, addnodes.only) and not self._includes(node):
                continue
            yield name, self._chapter, node
            yield from self.elements(node, inner_name, inner_level)

    def _includes(self, node: addnodes.only) -> bool:
        return self.assembly.output.includes((("only", node["expr"]),))


def _visit(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    if _NUMBER in node:
        counter, number = node[_NUMBER]
        if number:
            preamble.need(self, preamble.NUMBERS)
            self.body.append(f"\\figlistnumber{{{counter}}}{{{number}}}%\n")
        else:
            preamble.need(self, preamble.UNNUMBERED)
            self.body.append(f"\\figlistunnumbered{{{counter}}}%\n")
        # A footnote cannot hold a float; a box has captions of another kind.
        self.in_minipage += bool(self.in_footnote)
    try:
        original()
    except nodes.SkipNode:
        _end(self, node)
        raise


def _depart(self: Any, node: nodes.Element, original: Callable[[], None]) -> None:
    original()
    _end(self, node)


def _end(self: Any, node: nodes.Element) -> None:
    if _NUMBER in node:
        self.in_minipage -= bool(self.in_footnote)
        counter, number = node[_NUMBER]
        end = "figlistendnumber" if number else "figlistendunnumbered"
        self.body.append(f"\\{end}{{{counter}}}%\n")
