"""What one application keeps between Sphinx's events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..assemble.output import Output
from ..config.settings import Settings, settings_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from ..assemble.addresses import Found
    from ..assemble.assembly import Assembly
    from ..assemble.model import InPrint, Numbers, SectionNumbers
    from ..proofs.pages import Pages
    from ..read.records import Figure
    from .written import Record


class State:
    """The configuration of an application, and what is known of its present build."""

    def __init__(self) -> None:
        #: What paths in the configuration are relative to.
        self.confdir = Path()
        #: A digest of the configuration as LaTeX has it, where pages are read.
        self.latex_state = ""
        #: Whether documents are being resolved for files, not for pages.
        self.for_export = False
        #: The documents that Sphinx writes anyway, and by which of its methods.
        self.asked: frozenset[str] = frozenset()
        self.method = ""
        self._settings: Settings | None = None
        self.forget()

    def forget(self) -> None:
        """Forget the last build: another begins."""
        #: As Sphinx assigned them: builders may put others in their place
        #: (singlehtml does), and so may we.
        self.numbers: Numbers | None = None
        self.section_numbers: SectionNumbers = {}
        #: Both, by document, as the last build left them.
        self.numbers_before: tuple[Mapping[str, object], ...] = ()
        #: Section numbers as Sphinx assigned them in the last build.
        self.sections_before: Mapping[str, object] = {}
        #: The documents that this build reads.
        self.read: Collection[str] = ()
        #: The pages that are written for nothing but what they show of others.
        self.shown_anew: Collection[str] = ()
        #: Whether pages are completed: since the first was about to be written.
        self.writing = False
        #: Whether all pages are written: who resolves one now writes it otherwise.
        self.written = False
        #: Whether a number that does not fit its chapter was told of.
        self.told_of_chapters = False
        self._record: Record | None = None
        self._assembly: Assembly | None = None
        #: What lists add to documents, where the lists themselves are forgotten.
        self._found: Found | None = None
        self._lists_written: set[str] = set()
        self._files_assembly: Assembly | None = None
        self._printed: Mapping[str, Pages] | None = None

    @property
    def begun(self) -> bool:
        """Whether a build has begun: documents are read, and numbers assigned."""
        return self._record is not None

    @property
    def record(self) -> Record:
        """What the builder has written, as of the last build and of this one."""
        assert self._record is not None, "no build has begun"
        return self._record

    @record.setter
    def record(self, record: Record) -> None:
        self._record = record

    def settings(self, config: Config) -> Settings:
        """The checked configuration."""
        if self._settings is None:
            self._settings = settings_of(config, self.confdir, self.latex_state)
        return self._settings

    def assembly(self, app: Sphinx) -> Assembly:
        """The lists as the pages of this build have them."""
        if self._assembly is None:
            from ..assemble.assembly import Assembly

            builder = app.builder
            assert self.numbers is not None, "no build has begun"

            def markdown(assembly: Assembly, figures: Sequence[Figure]) -> list[str]:
                from ..export import texts

                contents = [figure.caption or () for figure in figures]
                with self.exporting():
                    return texts.as_markdown(assembly, builder, contents)

            def in_print(assembly: Assembly) -> InPrint:
                if not assembly.settings.page_numbers:
                    return {}
                from ..proofs import printed

                return printed.in_print(assembly, self.printed(app))

            self._assembly = Assembly(
                app.env,
                self.settings(app.config),
                Output.of(builder),
                self.numbers,
                self.section_numbers,
                markdown=markdown,
                in_print=in_print,
            )
            if self._found is not None:
                self._assembly.addresses.found = self._found
        return self._assembly

    def list_written(self, docname: str, lists: frozenset[str]) -> None:
        """Forget the lists when the pages of all of them have been written.

        Most pages are written after them, and need only what they add to documents.
        """
        self._lists_written.add(docname)
        if self._assembly is not None and self._lists_written >= lists:
            self._found, self._assembly = self._assembly.addresses.found, None

    def files_assembly(self, app: Sphinx) -> Assembly:
        """The lists as files have them."""
        if self._files_assembly is None:
            output = Output.as_by(app, self.settings(app.config).files_for)
            self._files_assembly = self.assembly(app).for_output(output)
        return self._files_assembly

    def printed(self, app: Sphinx) -> Mapping[str, Pages]:
        """What was read of pages in print, by the volume's id."""
        if self._printed is None:
            from ..proofs import printed

            self._printed = printed.read(self.assembly(app))
        return self._printed

    @contextmanager
    def exporting(self) -> Iterator[None]:
        """Leave documents alone that are resolved for files."""
        before, self.for_export = self.for_export, True
        try:
            yield
        finally:
            self.for_export = before
