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

_URL: Final = r"[a-zA-Z][a-zA-Z0-9+.-]+:"
#: Files that may name a picture: sources, and what these include.
_TEXTS: Final = frozenset({".rst", ".md", ".txt", ".inc", ".ipynb", ".py"})


class Folders:
    """The folders in which a project's pictures are made."""

    def __init__(self, srcdir: str, given: Iterable[str | Path]) -> None:
        """Look into those *given*, which the build writes, and beside them."""
        self.srcdir = srcdir
        self.inside = srcdir.rstrip(os.sep) + os.sep
        folders = [os.path.normpath(folder) for folder in given]
        around = {*folders, *map(os.path.dirname, folders)}
        # What one folder holds is named from the innermost.
        self.all = sorted(around, key=len, reverse=True)
        own = [folder for folder in self.all if _is_in(folder, srcdir)]
        #: How paths begin that may lead into one: other paths are of sources.
        self.leading = (
            *(".", "/", os.sep),
            *(f"{folder.removeprefix(self.inside)}{os.sep}" for folder in own),
        )


class Made:
    """Tells which files of a document were made, and how lists name them."""

    def __init__(self, env: BuildEnvironment, docname: str, folders: Folders) -> None:
        self._folders = folders
        self._source = env.doc2path(docname)
        self._dependencies = [*map(str, env.dependencies.get(docname, ()))]

    def name(self, path: str) -> str:
        """How lists name the file at *path*; ``""`` where it is one of the sources.

        :param path: as Sphinx has it: relative to the source folder.
        """
        path = path.removeprefix(self._folders.inside)
        if not path.startswith(self._folders.leading) and ".." not in path:
            return ""  # the common case
        if not path or re.match(_URL, path):
            return ""
        srcdir = self._folders.srcdir
        file = os.path.normpath(Path(srcdir, path))
        in_sources = _is_in(file, srcdir)
        for folder in self._folders.all:
            if not _is_in(file, folder):
                continue
            if in_sources and not _is_in(folder, srcdir):
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
        srcdir = self._folders.srcdir
        included = (Path(srcdir, path) for path in self._dependencies)
        files = [Path(self._source), *(p for p in included if p.suffix in _TEXTS)]
        return [p.read_text("utf-8", "replace") for p in files if p.is_file()]


def _is_in(path: str, folder: str) -> bool:
    """Whether *path* is below *folder*."""
    return path.startswith(folder.rstrip(os.sep) + os.sep)
