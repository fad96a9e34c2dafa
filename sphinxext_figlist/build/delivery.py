"""Delivery: the files of a build, and what its checks find.

Files come first, whatever is found: a finding fails a build, and keeps no file back.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config.settings import book_name, present
from ..read.store import bytes_digest, digest
from ..registry import FORMATS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..check.run import Checked
    from .state import State


class Delivery:
    """What one application's builds deliver besides pages."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._checked: list[Checked] | None = None
        self._mended: list[str] = []
        self._told = False

    def begin(self) -> None:
        """Forget what an earlier build found."""
        self._checked = None
        self._mended = []

    def files(self, app: Sphinx) -> None:
        """Write the files of the ``figlist`` builder, and sum them up."""
        from . import messages

        settings = self._state.settings(app.config)
        formats = settings.formats
        if not formats:
            formats = tuple(name for name in FORMATS if FORMATS[name].available)
            messages.left_out(FORMATS.keys() - set(formats))
        self._write(app, Path(app.builder.outdir), formats, settings.checks)
        self._state.record.save()
        self.tell(app, table=True)
        assembly = self._state.files_assembly(app)
        for kind in settings.kinds:
            for part in assembly.lists(kind):
                messages.summary(kind, part)
        messages.unlisted(assembly)

    def files_beside_pages(self, app: Sphinx) -> None:
        """Write those of a page build, or remove those that it has left."""
        formats = self._state.settings(app.config).formats
        if formats or self._state.record.files:
            self._write(app, Path(app.builder.outdir, "figlist"), formats)

    def tell(self, app: Sphinx, *, table: bool = False) -> None:
        """Warn of what the checks find: when all files are there, whatever happens.

        :param table: whether to sum it up.
        """
        record, settings = self._state.record, self._state.settings(app.config)
        # What a build from nothing finds is new.
        fresh, self._told = app.fresh_env_used and not self._told, True
        asked = self._checks_key(app) if settings.checks else ""
        if not asked:
            if record.checks_asked:
                record.checks_asked, record.findings = "", {}
                record.save()
            return

        from ..check import console

        if asked != record.checks_asked:  # as it never is in a fresh environment
            known, found = {} if fresh else record.findings, self._findings(app)
            console.tell(app, self._state.files_assembly(app), found, known)
            record.findings = {one.part.volume.id: one.keys() for one in found}
            findings = [finding for one in found for finding in one.findings]
            record.accepted = sum(finding.accepted for finding in findings)
            record.mended = self._mended
            record.checks_asked = asked
            record.save()
        else:
            console.remind(app, record.findings)
        console.accepted(record.accepted, record.mended)
        if table:
            volumes = present(settings, app.env)
            console.table(volumes, settings.checks, record.findings)

    def _write(
        self,
        app: Sphinx,
        folder: Path,
        formats: Sequence[str],
        checks: Sequence[str] = (),
    ) -> None:
        """Write the lists, and what *checks* find, to files in *folder*."""
        from ..export import files

        record, builder = self._state.record, app.builder
        files_for = self._state.settings(app.config).files_for
        kinds = self._state.settings(app.config).kinds
        asked = f"{record.state} {files_for} {' '.join((*formats, *kinds))}"
        asked += f" {book_name(app.config)}"
        tables = any(FORMATS[name].table for name in formats)
        if checks or tables:
            asked += f" {self._checks_key(app)}"
        kept = files.current(folder, record.files)
        if kept and asked == record.files_asked:
            return

        from . import messages
        from .in_files import lists_digest

        assembly = self._state.files_assembly(app)
        bytes_ = any(FORMATS[name].pictures for name in formats)
        state = lists_digest(assembly, builder, tables or bytes_, bytes_)
        state += " ".join(formats)
        more = {}
        if checks:
            from ..export.findings import contents as checks_files

            more = checks_files(assembly, self._findings(app))
            state += digest(more)
        if not (kept and state == record.files_state):
            contents = {}
            if formats:
                from ..export.contents import export

                with self._state.exporting():
                    contents = export(assembly, builder, formats)
            if tables:
                messages.pictures(assembly)
            record.files = files.write(
                folder, contents | more, record.files, messages.edited
            )
            messages.become_pages(app, folder, record.files)
        record.files_asked, record.files_state = asked, state

    def _checks_key(self, app: Sphinx) -> str:
        """A digest of what findings depend on."""
        settings = self._state.settings(app.config)
        limits = (
            *(settings.alt_max, settings.min_ppi, settings.text_width),
            settings.all_pictures,
        )
        state = self._state.record.state
        if settings.baseline:
            state += bytes_digest(settings.baseline.read_bytes())
        return digest((state, settings.files_for, settings.checks, limits))

    def _findings(self, app: Sphinx) -> list[Checked]:
        if self._checked is None:
            from ..check.run import run

            assembly = self._state.files_assembly(app)
            self._checked = run(assembly)
            if path := assembly.settings.baseline:
                from ..check import baseline

                known = baseline.read(path)
                self._checked, mended = baseline.accept(assembly, self._checked, known)
                self._mended = [str(one) for one in mended]
        return self._checked
