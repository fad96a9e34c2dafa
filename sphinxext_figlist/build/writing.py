"""Writing: what is done, and noted, while a builder writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..read.store import store_of
from ..render import assets
from . import refresh
from .written import Record

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .state import State
    from .stems import Stems


def begin(app: Sphinx, state: State) -> None:
    """Let our numbers take the place of Sphinx's while pages are written.

    Sphinx assigns numbers on every build, compares them with those it pickled last
    time, and writes what differs.  Ours therefore come only once the environment has
    been pickled, and go before the next build reads.
    """
    if state.writing:
        return
    state.writing = True
    env, builder, settings = app.env, app.builder, state.settings(app.config)
    if (settings.volumes or store_of(env).list_pages) and not app.config.numfig:
        from . import messages

        messages.tell_of_numfig(builder)
    if settings.restarts and state.numbers is not None:
        from ..assemble.numbers import restarted

        volume_ids = state.record.volumes
        env.toc_fignumbers = cast("Any", restarted(state.numbers, volume_ids))
    if builder.format == "html":
        store, outdir = store_of(env), Path(builder.outdir)
        wanted, whole = bool(store.list_pages), builder.name != "epub"
        assets.install(outdir, assets.STYLE, wanted=wanted, whole=whole)
        script = bool(store.searchable_pages) and builder.name in assets.SCRIPTED
        assets.install(outdir, assets.SCRIPT, wanted=script)


class Writing:
    """Takes note of what the builder of *app* does (see :mod:`.watch`)."""

    def __init__(self, app: Sphinx, state: State) -> None:
        self._app = app
        self._state = state
        self._stems: Stems | None = None

    def build_begins(self, docnames: frozenset[str], method: str) -> None:
        """Know what Sphinx writes anyway."""
        self._state.asked, self._state.method = docnames, method

    def writing_begins(self) -> None:
        """Have pages completed from now on, until documents are read again."""
        if not self._state.begun:  # somebody read and writes without a build
            refresh.stale_pages(self._app, self._state)
        begin(self._app, self._state)

    @contextmanager
    def pages_alone(self) -> Iterator[None]:
        """Write pages that show something new, but none for a toctree that has them.

        Sphinx writes the pages of such toctrees too: what is written may have another
        title.  What was not read has the title that it had.
        """
        env, alone = self._app.env, self._state.shown_anew
        around = env.files_to_rebuild
        env.files_to_rebuild = {
            docname: pages for docname, pages in around.items() if docname not in alone
        }
        try:
            yield
        finally:
            env.files_to_rebuild = around

    def prepared(self) -> None:
        """Have the search index ask for stems that are kept, where there are lists."""
        indexer = getattr(self._app.builder, "indexer", None)
        if indexer is not None and store_of(self._app.env).list_pages:
            from .stems import Stems

            folder = Path(self._app.doctreedir) / "figlist"
            self._stems = Stems.of(indexer.lang, folder)
            if self._stems is not None:
                indexer.lang.stem = self._stems.__getitem__

    def writing_ends(self) -> None:
        """Keep the stems of this build."""
        if self._stems is not None:
            self._stems.keep()
            self._stems = None

    def page_begins(self, docname: str) -> None:
        """Whatever becomes of it, this page is not what it was."""
        self._record().note(docname, "")

    def page_ends(self, docname: str) -> None:
        """Know what this page shows now, if it was completed."""
        if self._state.writing:
            record = self._record()
            record.note(docname, record.pages.get(docname, ""))
            lists = store_of(self._app.env).list_pages
            if docname in lists:
                self._state.list_written(docname, lists)

    def _record(self) -> Record:
        begun = self._state.begun
        return self._state.record if begun else Record.load(self._app.builder)
