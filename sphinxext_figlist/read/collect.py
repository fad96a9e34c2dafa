"""The collector: what each document contributes, noted when it has been read.

What reads documents is imported when one is read: most builds read few, or none.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from docutils.parsers.rst import directives
from sphinx.environment.collectors import EnvironmentCollector

from .store import store_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .reader import Project


def locate_plots() -> None:
    """Have the plots of a project leave behind where they stand."""
    known = directives._directives  # type: ignore[attr-defined]
    for name, directive in list(known.items()):
        if name.endswith("plot") and isinstance(directive, type):
            from .inserted import located

            known[name] = located(directive)


class FigureCollector(EnvironmentCollector):
    """Collects figures, toctrees, references and list directives by document."""

    _project: Project | None = None

    def enable(self, app: Sphinx) -> None:
        """Look at documents when all others have done so, and changed them."""
        super().enable(app)
        assert self.listener_ids is not None
        app.disconnect(self.listener_ids["doctree-read"])
        self.listener_ids["doctree-read"] = app.connect(
            "doctree-read", self.process_doc, priority=900
        )

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: Set[str],
        changed: Set[str],
        removed: Set[str],
    ) -> list[str]:
        """The documents of which nothing was noted: an earlier form of the store."""
        return sorted(env.all_docs.keys() - store_of(env).read_docs)

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note what *doctree* contributes."""
        from .reader import Project, Reader

        env = app.env
        if self._project is None or self._project.env is not env:
            self._project = Project(env, (app.outdir, app.doctreedir))
        reader = Reader(self._project, env.docname, doctree)
        store_of(env).add(env.docname, reader.page())

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget what *docname* contributed."""
        store_of(env).clear_doc(docname)

    def merge_other(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: Set[str],
        other: BuildEnvironment,
    ) -> None:
        """Take over what a reading process found in *docnames*."""
        store_of(env).merge(docnames, store_of(other))
