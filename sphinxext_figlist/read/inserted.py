"""Where a directive stands that writes markup for the parser, as plots do.

Docutils counts the lines of such markup from its own first; what is made of it belongs
to the line of its directive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.parsers.rst import Directive

if TYPE_CHECKING:
    from docutils import nodes


class Inserted(str):
    """The name of a source file, of markup that a directive put into it."""

    __slots__ = ("line", "path")
    path: str
    line: int | None


def place(node: nodes.Element) -> tuple[str | None, int | None]:
    """The source file and line of *node*, each None where it has none."""
    if isinstance(node.source, Inserted):
        return node.source.path, node.source.line
    return node.source, node.line


def located(directive: type[Directive]) -> type[Directive]:
    """*directive*, as one that leaves behind where it stands."""
    if issubclass(directive, _Located):
        return directive
    return type(directive.__name__, (_Located, directive), {})


class _Located(Directive):
    """A directive that marks the input that it inserts."""

    def run(self) -> Any:
        machine: Any = self.state_machine
        source = machine.get_source_and_line(self.lineno)
        before = len(machine.input_lines)
        result = super().run()
        start, lines = machine.line_offset + 1, machine.input_lines
        added = len(lines) - before
        while lines is not None:  # those around it go on where it ends
            for at in range(start, start + added):
                name, offset = lines.items[at]
                mark = Inserted(name)
                mark.path, mark.line = source
                lines.items[at] = (mark, offset)
            start += lines.parent_offset or 0
            lines = lines.parent
        return result
