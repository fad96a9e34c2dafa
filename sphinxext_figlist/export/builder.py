"""The ``figlist`` builder: it writes files, but no pages."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, ClassVar

from sphinx.builders import Builder
from sphinx.locale import __ as sphinx__
from sphinx.util.display import progress_message

if TYPE_CHECKING:
    from docutils import nodes


class FigureListBuilder(Builder):
    """Reads the book and writes its figure lists."""

    name = "figlist"
    format = ""
    epilog = "The figure lists are in %(outdir)s."
    allow_parallel = True
    #: Any picture will do: none is copied.
    supported_image_types: ClassVar[list[str]] = []

    def init(self) -> None:
        """Have sphinx-tabs read tabs as for HTML.

        For builders that it does not know it reads each tab twice into one document,
        and the labels in it are lost.
        """
        if "sphinx_tabs_valid_builders" in self.config:
            valid = self.config.sphinx_tabs_valid_builders
            self.config.sphinx_tabs_valid_builders = [*valid, self.name]

    def get_outdated_docs(self) -> str:
        """Say what is built; the files themselves tell whether they changed."""
        return "figure lists"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """No page is written that a link could lead to."""
        return ""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the files."""
        with progress_message(sphinx__("writing output"), nonl=False):
            self.events.emit("figlist-write-files", self)

    # Sphinx before 8 calls these instead of write_documents().

    def _write_serial(self, docnames: Sequence[str]) -> None:
        self.write_documents(frozenset(docnames))

    def _write_parallel(self, docnames: Sequence[str], nproc: int) -> None:
        self.write_documents(frozenset(docnames))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not called: there are no pages."""
