"""What Sphinx has its builder do, told as it happens.

Sphinx's events tell too little: nothing says which documents will be written anyway
before ``env-get-updated`` asks for more; builders that write in their own way emit no
``write-started``; and that a page has been resolved does not mean that it is written,
since any extension may ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from sphinx.builders import Builder
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from docutils import nodes


class Watcher(Protocol):
    """Who wants to know."""

    def build_begins(self, docnames: frozenset[str], method: str) -> None:
        """Sphinx will write *docnames* anyway, in a build of this *method*."""

    def writing_begins(self) -> None:
        """Everything is read and pickled; pages come next, if any."""

    def pages_alone(self) -> AbstractContextManager[None]:
        """Keep Sphinx from writing what has a toctree with a page shown anew."""

    def prepared(self) -> None:
        """The builder is ready to write pages."""

    def writing_ends(self) -> None:
        """All pages have been written."""

    def page_begins(self, docname: str) -> None:
        """A page is about to be written, maybe in a process of its own."""

    def page_ends(self, docname: str) -> None:
        """It has been written whole."""


def by_page(builder: Builder) -> bool:
    """Whether *builder* writes page by page as Sphinx does, not in its own way."""
    return all(
        getattr(type(builder), name, None) is getattr(Builder, name, None)
        for name in ("write", "write_documents", "_write_serial", "_write_parallel")
    )


def watch(builder: Builder, watcher: Watcher) -> None:
    """Tell *watcher* what *builder* does from now on."""
    watched: Any = builder
    build, prepare, write = watched.build, watched.prepare_writing, watched.write
    write_doc: Callable[[str, nodes.document], None] = watched.write_doc

    def build_and_tell(
        docnames: Iterable[str] | None,
        summary: str | None = None,
        method: str = "update",
    ) -> None:
        if docnames is not None and not isinstance(docnames, (list, set, frozenset)):
            docnames = list(docnames)
        watcher.build_begins(frozenset(docnames or ()), method)
        build(docnames, summary, method)
        watcher.writing_begins()  # Sphinx 7 may find nothing to write

    def write_and_tell(*args: Any, **kwargs: Any) -> None:
        watcher.writing_begins()
        with watcher.pages_alone():
            write(*args, **kwargs)
        watcher.writing_ends()

    def prepare_and_tell(docnames: Set[str]) -> None:
        prepare(docnames)
        watcher.prepared()

    def write_doc_and_tell(docname: str, doctree: nodes.document) -> None:
        watcher.page_begins(docname)
        write_doc(docname, doctree)
        watcher.page_ends(docname)

    watched.build, watched.write = build_and_tell, write_and_tell
    watched.prepare_writing = prepare_and_tell
    if by_page(builder):
        watched.write_doc = write_doc_and_tell


class CompletePage(SphinxPostTransform):
    """Runs before MyST (9) and Sphinx (10; for LaTeX, 5) resolve references.

    Transforms cannot reach the application in a way that will last; events can.
    """

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Emit ``figlist-resolve-page``."""
        self.env.events.emit("figlist-resolve-page", self.document)
