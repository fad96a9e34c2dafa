"""A directive of the demo book's own: a figure that holds two pictures."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.directives.patches import Figure
from sphinx.util.typing import ExtensionMetadata


class FigurePair(Figure):
    """``figure`` with a second picture beside the first."""

    option_spec: ClassVar = {
        **Figure.option_spec,
        "second": directives.uri,
        "second-alt": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Make the figure, then put the second picture after the first."""
        second = nodes.image(uri=self.options.pop("second"))
        if alt := self.options.pop("second-alt", ""):
            second["alt"] = alt
        if width := self.options.get("width"):
            second["width"] = width
        made = super().run()
        if made and isinstance(made[0], nodes.figure):
            made[0].insert(1, second)
        return made


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("figure-pair", FigurePair)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
