"""Builds, as ``sphinx-build`` runs them, and what they did."""

from __future__ import annotations

import io
import warnings as python_warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx import version_info
from sphinx.application import Sphinx
from sphinx.builders.html import _assets
from sphinx.locale import translators
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

#: Sphinx before 8 does not tell the types of warnings by itself.
_TYPES = {"show_warning_types": True} if version_info < (8,) else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What one run of Sphinx did."""

    builder: str
    out: Path
    code: int
    read: frozenset[str]  # the documents that it read
    found: frozenset[str]  # the documents that the project has
    status: str
    warnings: str

    @property
    def in_parallel(self) -> set[str]:
        """The phases that handed their work to processes, several documents at once."""
        lines = [line for line in self.status.splitlines() if " .. " in line]
        phases = {"reading sources...": "reading", "writing output...": "writing"}
        return {
            name
            for start, name in phases.items()
            if any(line.startswith(start) for line in lines)
        }


def build(
    source: Path,
    out: Path,
    *,
    builder: str = "html",
    doctrees: Path | None = None,
    parallel: int = 1,
    only: Sequence[Path] = (),
    tags: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    fresh: bool = False,
    warning_is_error: bool = False,
    allow: Sequence[str] | None = (),
    then: Callable[[], None] | None = None,
) -> Built:
    """Run Sphinx as ``sphinx-build`` does, in this process.

    *allow* holds texts of which each line of a warning must hold one (``None``: any
    warning passes). *only* names the files to write, as a command line's would.
    *then* is done after the build, and the same application builds once more.
    """
    status, warning = io.StringIO(), io.StringIO()
    read: set[str] = set()

    def note_read(app: Sphinx, env: object, docnames: list[str]) -> None:
        read.update(docnames)

    with (
        python_warnings.catch_warnings(),
        patch_docutils(source),
        docutils_namespace(),
    ):
        # Python's warnings are errors where they are ours. What other packages do,
        # and that pytest may run a thread when workers are forked, is not.
        python_warnings.simplefilter("ignore")
        python_warnings.filterwarnings("error", module=r"sphinxext_figlist(\..*)?")
        translators.clear()  # or the language of an earlier build would speak in this
        if checksum := getattr(_assets, "_file_checksum_inner", None):
            checksum.cache_clear()  # Sphinx keeps those of files by their paths
        app = Sphinx(
            source,
            source,
            out,
            doctrees or out.with_name(f"{out.name}.doctrees"),
            builder,
            confoverrides={**_TYPES, **(overrides or {})},
            status=status,
            warning=warning,
            freshenv=fresh,
            warningiserror=warning_is_error,
            tags=list(tags),
            parallel=parallel,
        )
        app.connect("env-before-read-docs", note_read, priority=10_000)
        app.build(False, [*only])
        if then:
            read.clear()
            then()
            app.build()
        found = frozenset(app.env.found_docs)
    built = Built(
        builder=builder,
        out=out,
        code=app.statuscode,
        read=frozenset(read),
        found=found,
        status=strip_colors(status.getvalue()),
        warnings=strip_colors(warning.getvalue()).strip(),
    )
    if allow is not None:
        lines = filter(str.strip, built.warnings.splitlines())
        unexpected = [line for line in lines if not any(part in line for part in allow)]
        assert not unexpected, "unexpected warnings:\n" + "\n".join(unexpected)
        assert built.code == 0 or allow, f"exit code {built.code}"
    return built
