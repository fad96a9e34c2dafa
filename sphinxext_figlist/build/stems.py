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
from typing import TYPE_CHECKING, Any, Final

import sphinx

if TYPE_CHECKING:
    from sphinx.search import SearchLanguage

#: How many are kept: some 10 MB.
_MOST: Final = 1 << 16


class Stems(dict[str, str]):
    """The stems of words that were asked for."""

    def __init__(self, language: "SearchLanguage", folder: Path) -> None:
        """Take those of *language*.

        :param folder: where they are kept; they are taken from there when the first
            is asked for.
        """
        super().__init__()
        self._stem: Callable[[str], str] = language.stem
        self._path = folder / "stems.js"
        self._key = _key(language)
        self._is_taken = not self._key
        self._is_new = False

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
        if not (self._key and self._is_new):
            return
        fresh = self._path.with_suffix(".new.js")
        with suppress(OSError):
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(pickle.dumps((self._key, dict(self)), -1))
            fresh.replace(self._path)
        self._is_new = False


def _key(language: "SearchLanguage") -> str:
    """What stems depend on besides the word.

    Empty where that is not known: of a language that is not Sphinx's own, and of
    Chinese, whose stems depend on other words.
    """
    cls, stemmer = type(language), getattr(language, "stemmer", None)
    module: Any = sys.modules.get(type(stemmer).__module__)
    file = getattr(module, "__file__", None)
    if not cls.__module__.startswith("sphinx.search.") or language.lang == "zh":
        return ""
    if not file:
        return ""
    stat = os.stat(file)  # noqa: PTH116
    parts = (sphinx.__version__, cls.__name__, file, stat.st_size, stat.st_mtime_ns)
    return " ".join(map(str, parts))
