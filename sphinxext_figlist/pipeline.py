"""One build: what happens at each of Sphinx's events, and what is kept between.

Sphinx assigns numbers on every build, compares them with those it pickled last
time, and writes what differs.  Ours therefore take their place only once the
environment has been pickled, and give it back before the next build reads.

What only some builds need is imported by those: one with nothing to do should
take no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from . import config, reports
from .config import Settings, settings_of
from .delivery import Delivery
from .output import Output
from .read.content import digest
from .record import Record, settings_key
from .render import anchors, assets, uncaptioned
from .store import store_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from .assemble.model import Numbers, SectionNumbers
    from .assembly import Assembly
    from .records import Figure

#: Page builds that write files beside their pages.
_WITH_FILES = frozenset({"html", "dirhtml", "singlehtml", "latex", "text"})
#: Builds that make no book: checks are not run there.
_UNCHECKED = frozenset({"changes", "coverage", "doctest", "gettext", "linkcheck"})


class Build:
    """The state of one application's builds; its methods handle events."""

    def __init__(self) -> None:
        self._numbers: Numbers | None = None
        self._section_numbers: SectionNumbers = {}
        self._assembly: Assembly | None = None
        self._files_assembly: Assembly | None = None
        self._record: Record | None = None
        self._written: dict[str, str] = {}
        self._settings: Settings | None = None
        self._confdir, self._latex_state = Path(), ""
        self._writing = self._export = False
        self._told_of_chapters = False
        self._delivery = Delivery(self)

    # -- configuration ----------------------------------------------------------

    def check_config(self, app: Sphinx, conf: Config) -> None:
        """On ``config-inited``."""
        config.check(app, conf)
        self._confdir = Path(app.confdir)
        if conf.figlist_page_numbers is not None:
            from .proofs import fingerprint

            self._latex_state = fingerprint.of_config(conf)
        if conf.figlist_number_uncaptioned:
            uncaptioned.number_every_figure(app)

    def set_up_builder(self, app: Sphinx) -> None:
        """On ``builder-inited``: what only LaTeX and EPUB need."""
        if app.builder.format == "latex":
            from .render import latex

            latex.set_up(app, self.settings_of(app.config))
        elif app.builder.name == "epub":
            from .export import epub

            def illustrations() -> str:
                return epub.illustrations(self._assembled(app), app.builder)

            epub.extend(app.builder, self.exporting, illustrations)

    # -- reading ----------------------------------------------------------------

    def outdated(
        self, app: Sphinx, env: BuildEnvironment, *changes: set[str]
    ) -> list[str]:
        """Read list pages again where the volumes that they may name changed."""
        ids = [volume.id for volume in self.settings_of(env.config).volumes]
        store = store_of(env)
        if store.data["volumes"] == ids:
            return []
        store.data["volumes"] = ids
        return sorted(store.list_pages)

    def note_absent_volumes(
        self, app: Sphinx, env: BuildEnvironment, docnames: list[str]
    ) -> None:
        """Tell of volumes whose root this build excludes."""
        volumes = self.settings_of(env.config).volumes
        reports.absent(part for part in volumes if part.root not in env.found_docs)

    # -- after reading ----------------------------------------------------------

    def restore_numbers(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Give Sphinx back the numbers that it assigned last time."""
        if self._numbers is not None:
            env.toc_fignumbers = cast("Any", self._numbers)
        self._numbers = self._assembly = self._record = None
        self._files_assembly = None
        self._delivery.begin()
        self._written = {}
        self._writing = self._told_of_chapters = False
        return []

    def updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that show what has changed elsewhere."""
        builder = app.builder
        # Builders may put others in their place (singlehtml does).
        self._numbers = env.toc_fignumbers
        self._section_numbers = env.toc_secnumbers
        store, settings = store_of(env), self.settings_of(env.config)
        read = store.touched
        record = self._record = Record.load(builder)
        record.keep(env.all_docs)
        key = settings_key(env, settings, Output.of(builder))
        state = f"{store.generation}-{key}"
        shows_pages = bool(settings.page_numbers) and self._shows_pages(app)
        if shows_pages:
            assembly = self._assembled(app)
            state += f"-{digest(sorted(assembly.printed.items(), key=str))}"
            reports.printed(assembly, builder)
        by_page = self._by_page(builder)
        if record.state != state:
            assembly = self._assembled(app)
            before, record.volumes = record.volumes, assembly.volume_ids()
            # Other volumes make no document be read.
            if read or (record.state and before != record.volumes):
                reports.warn_of_volumes(assembly)
            if by_page:
                from . import refresh

                record.pages = refresh.page_digests(assembly, builder)
            record.state = state
            if shows_pages:
                reports.unused_pages(assembly)
        if not by_page:
            return []
        if record.begun:
            return record.stale()
        # Pages may be here all the same: a folder that was copied or moved.
        missing = set(builder.get_outdated_docs())
        return [docname for docname in record.stale() if docname not in missing]

    def _shows_pages(self, app: Sphinx) -> bool:
        """Whether anything that this build writes shows page numbers."""
        builder = app.builder
        if builder.name == "figlist":
            return True
        if builder.name in _WITH_FILES and self.settings_of(app.config).formats:
            return True
        assembly = self._assembled(app)
        # LaTeX knows its own pages.
        return builder.format != "latex" and any(
            "page" in assembly.fields(request) for request in assembly.requests()
        )

    @staticmethod
    def _by_page(builder: Builder) -> bool:
        """Whether *builder* writes the pages that changed, not always all."""
        return not isinstance(builder.get_outdated_docs(), str)

    # -- writing ----------------------------------------------------------------

    def begin_writing(self, app: Sphinx, builder: Builder) -> None:
        """Let our numbers take the place of Sphinx's while pages are written.

        On ``write-started``, or with the first page: some builders of Sphinx 7
        do not emit that event.
        """
        if self._writing:
            return
        self._writing = True
        env, settings = app.env, self.settings_of(app.config)
        if (settings.volumes or store_of(env).list_pages) and not app.config.numfig:
            reports.tell_of_numfig(builder)
        if settings.restarts and self._numbers is not None:
            from .assemble.numbers import restarted

            volume_ids = self.record.volumes
            env.toc_fignumbers = cast("Any", restarted(self._numbers, volume_ids))
        if builder.format == "html":
            store, outdir = store_of(env), Path(builder.outdir)
            assets.install(outdir, assets.STYLE, wanted=bool(store.list_pages))
            script = bool(store.searchable_pages) and builder.name in assets.SCRIPTED
            assets.install(outdir, assets.SCRIPT, wanted=script)

    def resolve_page(self, app: Sphinx, document: nodes.document) -> None:
        """Complete a page before its references are resolved."""
        if self._export:
            return
        env, builder = app.env, app.builder
        self.begin_writing(app, builder)
        settings, lists = self.settings_of(env.config), store_of(env).list_pages
        figures = anchors.placed(document)
        every = settings.number_uncaptioned
        spelled = every and Output.of(builder).unnumbered
        if every and not spelled:
            uncaptioned.add_captions(figures)
        in_latex = builder.format == "latex"
        if in_latex and settings.page_numbers:
            from .proofs import fingerprint
            from .render import page_marks

            print_of = fingerprint.of_pdf(self._assembled(app), env.docname)
            page_marks.add(document, figures, print_of)
        touched = in_latex and settings.touches_latex
        if not (lists or settings.restarts or spelled or touched):
            return

        from .render import backlinks, latex, numref, page, places
        from .render.links import Links

        assembly, docname = self._assembled(app), env.docname
        if spelled:
            uncaptioned.add_captions(figures, assembly.number_of)
        if lists:
            anchors.settle(assembly, figures)
            places.mark(assembly, docname, document)
            backlinks.add(assembly, Links(builder, docname), figures)
            if builder.name != "linkcheck":  # a copy would hide where a link stands
                page.expand(assembly, builder, docname, document)
        if settings.restarts or spelled or (in_latex and settings.volumes):
            numref.name_volumes(assembly, builder, docname, document)
        if in_latex:
            misplaced = latex.complete(assembly, builder, docname, document, figures)
            if misplaced and not self._told_of_chapters:
                self._told_of_chapters = True
                reports.tell_of_chapters(docname, misplaced)

    def page_resolved(
        self, app: Sphinx, document: nodes.document, docname: str
    ) -> None:
        """Note that a page is about to be written."""
        if self._export:
            return
        lists = store_of(app.env).list_pages
        output = Output.of(app.builder)
        if docname in lists or (lists and output.assembled):
            from .render import page

            page.mend_links(document, output)
        record = self.record
        if not self._written and self._by_page(app.builder):
            # Whatever becomes of this build, these pages are not what they were.
            for stale in record.stale():
                record.written.pop(stale, None)
            record.begun = True
            record.save()
        self._written[docname] = record.pages.get(docname, "")

    def add_style(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        document: nodes.document | None,
    ) -> None:
        """Load the style sheet and the script on pages that need them."""
        if document is None:
            return
        builder, store = app.builder, store_of(app.env)

        def needs(pages: frozenset[str]) -> bool:
            whole = builder.name == "singlehtml"
            return pagename in pages or (whole and bool(pages))

        if needs(store.list_pages):
            scripted = builder.name in assets.SCRIPTED
            script = scripted and needs(store.searchable_pages)
            assets.load(builder, script=script)

    # -- files and checks -------------------------------------------------------

    def write_files(self, app: Sphinx, builder: Builder) -> None:
        """Write the files of the ``figlist`` builder, and sum them up."""
        self._delivery.files(app)

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write the files of a page build; keep the record of what was written."""
        if error is not None or self._record is None:
            return
        builder, record = app.builder, self._record
        if builder.name in _WITH_FILES:
            self._delivery.files_beside_pages(app)
        record.written |= self._written
        record.save()
        if builder.name != "figlist" and builder.name not in _UNCHECKED:
            self._delivery.tell(app)

    @contextmanager
    def exporting(self) -> Iterator[None]:
        """Leave documents alone that are resolved for files."""
        before, self._export = self._export, True
        try:
            yield
        finally:
            self._export = before

    # -- what the handlers share ------------------------------------------------

    @property
    def record(self) -> Record:
        """The record of this build."""
        assert self._record is not None, "no build has begun"
        return self._record

    def settings_of(self, conf: Config) -> Settings:
        """The checked configuration."""
        if self._settings is None:
            self._settings = settings_of(conf, self._confdir, self._latex_state)
        return self._settings

    def _assembled(self, app: Sphinx) -> Assembly:
        if self._assembly is None:
            from .assembly import Assembly

            assert self._numbers is not None, "no build has begun"
            self._assembly = Assembly(
                app.env,
                self.settings_of(app.config),
                Output.of(app.builder),
                self._numbers,
                self._section_numbers,
                self._captions(app.builder),
            )
        return self._assembly

    def for_files(self, app: Sphinx) -> Assembly:
        """The lists as files have them."""
        if self._files_assembly is None:
            output = Output.as_by(app, self.settings_of(app.config).files_for)
            self._files_assembly = self._assembled(app).for_output(output)
        return self._files_assembly

    def _captions(
        self, builder: Builder
    ) -> Callable[[Assembly, Sequence[Figure]], list[str]]:
        def captions(assembly: Assembly, figures: Sequence[Figure]) -> list[str]:
            from .export import texts

            contents = [figure.caption or () for figure in figures]
            with self.exporting():
                return texts.as_markdown(assembly, builder, contents)

        return captions
