"""Stems of words, for the search index: each is made once, not once a page.

Nothing that the index does takes as much time, and a list has the words of many pages.
They are kept in a file beside the record of :mod:`.written`, so that a page which is
written again asks for few of them.
"""

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sphinx

from .written import write_whole

if TYPE_CHECKING:
    from sphinx.search import SearchLanguage

#: How many are kept: some 10 MB.
_MOST: Final = 1 << 16


class Stems(dict[str, str]):
    """The stems of words that were asked for."""

    def __init__(self, stem: Callable[[str], str], key: str, path: Path) -> None:
        """Make those by *stem* that are not in *path* already.

        :param key: what stems depend on besides the word.
        """
        super().__init__()
        self._stem = stem
        self._key = key
        self._path = path
        self._is_taken = self._is_new = False

    @classmethod
    def of(cls, language: "SearchLanguage", folder: Path) -> "Stems | None":
        """Those of *language*, kept in *folder*; None where it may make others."""
        key = _key(language)
        return cls(language.stem, key, folder / "stems.js") if key else None

    def __missing__(self, word: str) -> str:
        if not self._is_taken:
            self._is_taken = True
            self._take()
            if word in self:
                return self[word]
        stem = self._stem(word)
        if len(self) < _MOST:
            self[word] = stem
            self._is_new = True
        return stem

    def _take(self) -> None:
        with suppress(Exception):  # whatever is there: they are made anew
            # S301: as safe as the environment beside it, itself a pickle.
            key, stems = pickle.loads(self._path.read_bytes())  # noqa: S301
            if key == self._key:
                self.update(stems)

    def keep(self) -> None:
        """Write them, if there are any new ones."""
        if not self._is_new:
            return
        stems = pickle.dumps((self._key, dict(self)), pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            write_whole(self._path, stems)
        self._is_new = False


def _key(language: "SearchLanguage") -> str:
    """What stems depend on besides the word.

    Empty where that is not known: of a language that is not Sphinx's own, and of
    Chinese, whose stems depend on the words before.
    """
    cls, stemmer = type(language), getattr(language, "stemmer", None)
    if not cls.__module__.startswith("sphinx.search.") or language.lang == "zh":
        return ""
    files = (
        getattr(sys.modules.get(type(stemmer).__module__), "__file__", None),
        # Not Sphinx's own where somebody has put another method in its place.
        getattr(getattr(language.stem, "__code__", None), "co_filename", None),
    )
    parts = [sphinx.__version__, cls.__name__]
    try:
        for file in files:
            stat = os.stat(file or "")  # noqa: PTH116
            parts += [str(file), str(stat.st_size), str(stat.st_mtime_ns)]
    except OSError:
        return ""
    return " ".join(parts)
