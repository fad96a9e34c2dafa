"""Record: with which digests each builder last wrote its pages and files.

One file for each builder and output folder, beside the doctrees: Sphinx's own
environment is shared by all of them and says nothing of what any has written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container
from contextlib import suppress
from copy import copy
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config.settings import Settings, present
from ..read.store import digest
from ..words import catalogs

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..assemble.output import Output


class Record:
    """What one builder has written into one output folder."""

    def __init__(self, path: Path, *parts: Any) -> None:
        """Take what is kept at *path*, if anything is."""
        self.path = path
        #: The state in which :attr:`pages` was computed.
        self.state: str = ""
        #: Digests by page, as of that state.
        self.pages: dict[str, str] = {}
        #: Volume ids by document, as of that state.
        self.volumes: dict[str, str] = {}
        #: Whether, in that state, there was something to say of volumes and titles.
        self.told: bool = False
        #: Digests by page, as last written.
        self.written: dict[str, str] = {}
        #: The state and settings in which files were last asked for.
        self.files_asked: str = ""
        #: Digest of the exported lists, as last written.
        self.files_state: str = ""
        #: Digests of the files by name, as last written.
        self.files: dict[str, str] = {}
        #: The state and settings in which checks were last run.
        self.checks_asked: str = ""
        #: Volume id -> check -> what it found and a build has told.
        self.findings: dict[str, dict[str, list[str]]] = {}
        #: How many findings the baseline accepted, and what it need not have.
        self.accepted: int = 0
        self.mended: list[str] = []
        for name, value in zip(self._parts(), parts, strict=False):
            setattr(self, name, value)
        #: The values that the file has.
        self._saved = [copy(part) for part in parts]

    @classmethod
    def load(cls, builder: Builder) -> Record:
        """The record of *builder* and its output folder, empty where it is new."""
        # Both may be moved together: to another machine, or back from a cache.
        place = _between(builder.doctreedir, builder.outdir)
        folder = Path(builder.doctreedir) / "figlist"
        # Where doctrees lie in an EPUB's output folder, Sphinx warns of any other name.
        path = folder / f"{builder.name}-{place}.js"
        try:
            data: dict[str, Any] = json.loads(path.read_text("utf-8"))
            record = cls(path, *(data[name] for name in cls._parts()))
        except (OSError, ValueError, KeyError, TypeError):
            record = cls(path)
        record._take_notes()
        return record

    @staticmethod
    def _parts() -> tuple[str, ...]:
        return (
            *("state", "pages", "volumes", "told", "written"),
            *("files_asked", "files_state", "files"),
            *("checks_asked", "findings", "accepted", "mended"),
        )

    @property
    def _notes(self) -> Path:
        return self.path.with_suffix(".notes.js")

    def note(self, docname: str, digest: str) -> None:
        """Note at once, in whichever process, that a page has this digest now.

        :param digest: ``""`` while the page is being written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._notes.open("a", encoding="utf-8") as notes:
            notes.write(f"\n{json.dumps([docname, digest])}\n")

    def _take_notes(self) -> None:
        """Take over what was noted since the record was saved."""
        noted = self._notes.read_text("utf-8") if self._notes.is_file() else ""
        for line in noted.split("\n"):
            with suppress(ValueError):  # nothing, or half a line
                docname, digest = json.loads(line)
                self.written[docname] = digest

    def save(self) -> None:
        """Write the record, with what was noted, whole or not at all."""
        self._take_notes()
        values = [getattr(self, name) for name in self._parts()]
        if values != self._saved:
            text = json.dumps(
                dict(zip(self._parts(), values, strict=True)), sort_keys=True
            )
            write_whole(self.path, text.encode())
            self._saved = [copy(value) for value in values]
        self._notes.unlink(missing_ok=True)

    def keep(self, docnames: Container[str]) -> None:
        """Forget the pages of documents that are gone."""
        self.written = {
            docname: digest
            for docname, digest in self.written.items()
            if docname in docnames
        }

    def stale(self) -> list[str]:
        """The pages that were written otherwise than they now are."""
        if self.written == self.pages:
            return []
        return [
            docname
            for docname in sorted(self.pages.keys() | self.written.keys())
            if self.written.get(docname) != self.pages.get(docname, "")
        ]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside the doctrees, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new.js")
    fresh.write_bytes(content)
    fresh.replace(path)


def _between(doctrees: str | os.PathLike[str], out: str | os.PathLike[str]) -> str:
    """A digest of the way from the doctrees to the output folder."""
    try:
        way = Path(os.path.relpath(out, doctrees)).as_posix()
    except ValueError:  # on another drive
        way = os.fspath(out)
    return blake2b(way.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def settings_key(env: BuildEnvironment, settings: Settings, output: Output) -> str:
    """A digest of what page digests depend on besides what was read."""
    rule = settings.title_from
    return digest(
        env.config.project,
        catalogs(),
        settings.volumes,
        settings.fields,
        rule if isinstance(rule, str) else os.urandom(16),
        sorted(settings.titles.items()),
        settings.restart_numbering,
        settings.backlinks,
        settings.credit_patterns,
        output.key(),
        sorted(env.config.numfig_format.items()),
        [part.id for part in present(settings, env)],
    )
