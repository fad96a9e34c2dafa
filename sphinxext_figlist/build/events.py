"""What happens at each of Sphinx's events: a thin handler an event.

What only some builds need is imported by those: one with nothing to do should
take no time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from ..config import values
from ..read.collect import locate_plots
from ..read.store import store_of
from ..render.elements import COPY
from . import refresh
from .delivery import Delivery
from .state import State
from .watch import watch
from .writing import Writing

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx import addnodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

#: Builds that make no book: checks are not run there.
_UNCHECKED: Final = frozenset(
    {"changes", "coverage", "doctest", "gettext", "linkcheck"}
)


class Handlers:
    """The handlers of one application's events, in the order in which a build runs."""

    def __init__(self) -> None:
        self._state = State()
        self._delivery = Delivery(self._state)

    # -- configuration ----------------------------------------------------------

    def check_config(self, app: Sphinx, config: Config) -> None:
        """On ``config-inited``."""
        values.check(app, config)
        self._state.confdir = Path(app.confdir)
        if config.figlist_page_numbers is not None:
            from ..proofs import fingerprint

            self._state.latex_state = fingerprint.of_config(config)
        if config.figlist_number_uncaptioned:
            from ..render import uncaptioned

            uncaptioned.number_every_figure(app)
        locate_plots()

    def set_up_builder(self, app: Sphinx) -> None:
        """On ``builder-inited``: what only LaTeX and EPUB need."""
        if app.builder.format == "latex":
            from ..render import latex

            latex.set_up(app, self._state.settings(app.config))
        elif app.builder.name == "epub":
            from ..export import epub

            def illustrations() -> str:
                return epub.illustrations(self._state.assembly(app), app.builder)

            epub.extend(app.builder, self._state.exporting, illustrations)
        watch(app.builder, Writing(app, self._state))

    # -- read -------------------------------------------------------------------

    def restore_numbers(
        self, app: Sphinx, env: BuildEnvironment, *changes: set[str]
    ) -> list[str]:
        """Give Sphinx back the numbers that it assigned last time: a build begins."""
        sections: Mapping[str, object] = env.toc_secnumbers
        if self._state.numbers is not None:
            env.toc_fignumbers = cast("Any", self._state.numbers)
            sections = self._state.section_numbers
        self._state.forget()
        self._state.sections_before = sections
        self._state.numbers_before = (env.toc_fignumbers, env.toc_secnumbers)
        self._delivery.begin()
        return []

    def outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Read again what names volumes or documents that are no longer there."""
        settings, store = self._state.settings(env.config), store_of(env)
        stale: set[str] = set()
        ids = [volume.id for volume in settings.volumes]
        if store.volume_ids != ids:
            store.volume_ids = ids
            stale |= store.list_pages
        if removed and self._is_asked(app):
            from . import tocs

            stale.update(tocs.naming(store, removed))
        return sorted(stale)

    def reading_begins(
        self, app: Sphinx, env: BuildEnvironment, docnames: list[str]
    ) -> None:
        """Know what is read, and tell of volumes whose root this build excludes."""
        self._state.read = docnames
        volumes = self._state.settings(env.config).volumes
        if absent := [part for part in volumes if part.root not in env.found_docs]:
            from . import messages

            messages.absent(absent)

    # -- assemble, and find what changed ----------------------------------------

    def updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that show what has changed elsewhere."""
        store, before = store_of(env), self._state.sections_before
        lost = store.keeps_numbers or before != env.toc_secnumbers
        if store.touched and lost:
            from . import tocs

            read = self._state.read
            tocs.drop_lost_numbers(env, before, read, asked=self._is_asked(app))
        return refresh.stale_pages(app, self._state)

    def _is_asked(self, app: Sphinx) -> bool:
        """Whether anything asks for a list: else the book stays as Sphinx has it."""
        volumes = self._state.settings(app.config).volumes
        lists = store_of(app.env).list_pages
        return bool(volumes or lists or app.builder.name == "figlist")

    # -- render -----------------------------------------------------------------

    def resolve_page(self, app: Sphinx, document: nodes.document) -> None:
        """Complete a page before its references are resolved.

        Any extension may resolve pages at any time.  Before they are written there
        are no numbers yet.
        """
        if self._state.for_export:
            return
        from . import pages

        if self._state.writing:
            pages.complete(app, self._state, document)
        else:
            pages.leave(document)

    def told_before(
        self, app: Sphinx, domain: Domain | None, node: addnodes.pending_xref
    ) -> bool | None:
        """Sphinx has warned of a copied reference where the original stands."""
        if not node.get(COPY):
            return None
        node["reftype"] = COPY  # the standard domain's handler would warn of a "ref"
        return True

    def page_resolved(
        self, app: Sphinx, document: nodes.document, docname: str
    ) -> None:
        """Finish a page that was completed."""
        if self._state.writing and not self._state.for_export:
            from . import pages

            pages.finish(app, self._state, document, docname)

    def add_style(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        document: nodes.document | None,
    ) -> None:
        """Load the style sheet and the script on pages that need them."""
        if document is not None and self._state.writing:
            from . import pages

            pages.load_assets(app, self._state, pagename)

    # -- check, export ----------------------------------------------------------

    def write_files(self, app: Sphinx, builder: Builder) -> None:
        """Write the files of the ``figlist`` builder, and sum them up."""
        self._delivery.files(app)

    def pages_written(self, app: Sphinx, error: Exception | None) -> None:
        """Know that the builder has written its pages."""
        self._state.written = True

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write the files of a page build; keep the record of what was written."""
        if error is not None or not self._state.begun:
            return
        builder, record = app.builder, self._state.record
        if builder.name in refresh.WITH_FILES:
            self._delivery.files_beside_pages(app)
        record.save()
        if builder.name != "figlist" and builder.name not in _UNCHECKED:
            self._delivery.tell(app)
