"""Pictures that are made while the book is built: by plots, notebooks, other tools.

They lie beside the output, or in it.  Wherever that is, lists name them alike; and no
fingerprint of the book takes in their bytes, which may hold dates.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
#: Files that may name a picture: sources, and what these include.
_TEXTS: Final = frozenset({".rst", ".md", ".txt", ".inc", ".ipynb", ".py"})


class Made:
    """Tells which files of a document were made, and how lists name them."""

    def __init__(
        self, env: BuildEnvironment, docname: str, folders: Iterable[str | Path]
    ) -> None:
        """Look into *folders*, those that the build writes, and beside them."""
        self._srcdir = os.fspath(env.srcdir)
        self._source = Path(env.doc2path(docname))
        self._dependencies = sorted(map(str, env.dependencies.get(docname, ())))
        given = [os.path.normpath(folder) for folder in folders]
        around = {*given, *map(os.path.dirname, given)}
        # What one folder holds is named from the innermost.
        self._folders = sorted(around, key=len, reverse=True)
        self._within = any(_is_in(folder, self._srcdir) for folder in around)

    def name(self, path: str) -> str:
        """How lists name the file at *path*; ``""`` where it is one of the sources.

        :param path: as Sphinx has it: relative to the source folder.
        """
        if not (self._within or path.startswith((".", "/"))):
            return ""  # the common case
        if not path or _URL.match(path):
            return ""
        file = os.path.normpath(Path(self._srcdir, path))
        in_sources = _is_in(file, self._srcdir)
        for folder in self._folders:
            if not _is_in(file, folder):
                continue
            if in_sources and not _is_in(folder, self._srcdir):
                return ""
            if not in_sources and self._is_named(Path(path).name):
                return ""
            return os.path.relpath(file, folder).replace(os.sep, "/")
        return ""

    def dependencies(self) -> Iterator[str]:
        """Those files that Sphinx notes for the document which were made."""
        return (path for path in self._dependencies if self.name(path))

    def _is_named(self, name: str) -> bool:
        """Whether the sources name a file, so that it is an author's."""
        any_suffix = f"{name.partition('.')[0]}.*"
        return any(name in text or any_suffix in text for text in self._texts)

    @cached_property
    def _texts(self) -> list[str]:
        included = (Path(self._srcdir, path) for path in self._dependencies)
        files = [self._source, *(p for p in included if p.suffix in _TEXTS)]
        return [p.read_text("utf-8", "replace") for p in files if p.is_file()]


def _is_in(path: str, folder: str) -> bool:
    """Whether *path* is below *folder*."""
    return path.startswith(folder.rstrip(os.sep) + os.sep)
