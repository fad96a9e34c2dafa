"""The book as a build reads it, and some of it read again from edited sources."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from ..assemble.places import Key, Place, keys, place_of
from ..read.store import store_of
from . import excerpt

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from ..read.records import Page
    from .sheets import Row


class Unreadable(Exception):
    """Why the book cannot be read."""


class Book:
    """A book that has been read.

    Every change that reading makes is in a temporary folder; sources are never written.
    """

    def __init__(self, app: Sphinx, note: Callable[[str], None]) -> None:
        self._app = app
        self._note = note
        #: The text of files, as they were and as they are to be.
        self._edited: Mapping[Path, tuple[str, str]] = {}
        self.srcdir = Path(app.srcdir)
        self.pages: Mapping[str, Page] = store_of(app.env).pages()
        self.places: dict[Place, Key] = keys(self.pages)
        #: The documents that have pictures of each file of sources.
        self.holders: dict[str, set[str]] = {}
        for docname, page in self.pages.items():
            for place in _places(page):
                self.holders.setdefault(place.source, set()).add(docname)
        app.connect("source-read", self._source_read, priority=-1000)
        app.connect("include-read", self._include_read, priority=-1000)

    @property
    def env(self) -> BuildEnvironment:
        """Sphinx's environment."""
        return self._app.env

    @property
    def encoding(self) -> str:
        """The encoding of the sources."""
        return str(self._app.config.source_encoding)

    def knows(self, rows: Sequence[Row]) -> bool:
        """Whether a sheet is of this book: one of its keys is, or it has none."""
        parsed = [key for row in rows if (key := Key.parsed(row.key))]
        known = {key.place for key in self.places.values()}
        return not rows or any(key.place in known for key in parsed)

    def is_markdown(self, source: str) -> bool:
        """Whether a file of sources is Markdown, by the documents that hold it."""
        for docname in sorted(self.holders.get(source, ())):
            name = os.fspath(self.env.doc2path(docname))
            for suffix, kind in self._app.config.source_suffix.items():
                if name.endswith(suffix):
                    return bool(kind != "restructuredtext")
        return False

    def myst_settings(self) -> dict[str, Any]:
        """MyST's settings in the configuration."""
        config = getattr(self.env, "myst_config", None)
        if config is None:
            return {}
        return {
            name: getattr(config, name)
            for name in ("enable_extensions", "commonmark_only", "gfm_only")
            if hasattr(config, name)
        }

    def read_again(
        self, docname: str, edited: Mapping[Path, tuple[str, str]]
    ) -> tuple[nodes.document, Page | None]:
        """A document as it is with some files *edited*.

        :raises sphinx.errors.SphinxError: and whatever else extensions raise.
        """
        env, builder = self.env, self._app.builder
        self._edited = edited
        try:
            with _quiet():
                env.events.emit("env-purge-doc", env, docname)
                env.clear_doc(docname)
                builder.read_doc(docname, _cache=False)
        finally:
            self._edited = {}
        return env.get_doctree(docname), store_of(env).page(docname)

    def doctree(self, docname: str) -> nodes.document:
        """A document as it was last read."""
        return self.env.get_doctree(docname)

    def _source_read(self, _app: Sphinx, docname: str, content: list[str]) -> None:
        path = Path(self.env.doc2path(docname)).resolve()
        if path in self._edited:
            content[0] = _plain(self._edited[path][1])

    def _include_read(
        self, _app: Sphinx, relative: Path, _parent: str, content: list[str]
    ) -> None:
        path = (self.srcdir / relative).resolve()
        if path in self._edited:
            before, after = map(_plain, self._edited[path])
            content[0] = excerpt.edited(content[0], before, after)


def _plain(text: str) -> str:
    """*text* as a parser is given it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _places(page: Page) -> Iterator[Place]:
    for figure in page.figures():
        for image in figure.images:
            yield place_of(image)


def places_in(page: Page | None) -> list[Place]:
    """The places of a document's pictures, one by one in its order."""
    return list(_places(page)) if page else []


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep to oneself what Sphinx and the configuration say."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        logging.disable(before)


@contextlib.contextmanager
def opened(
    source: Path,
    *,
    confdir: Path | None,
    doctrees: Path | None,
    overrides: Mapping[str, Any],
    tags: Sequence[str],
    note: Callable[[str], None],
) -> Iterator[Book]:
    """The book in a folder, read.

    :param doctrees: of an earlier build, which are copied.
    :param note: takes what is being done.
    :raises Unreadable: where it cannot be read.
    """
    confdir = confdir or source
    if not (confdir / "conf.py").is_file():
        raise Unreadable(
            f"the folder '{confdir}' has no conf.py; give its folder with -c"
        )
    with tempfile.TemporaryDirectory(prefix="figlist-") as temporary:
        folder = Path(temporary)
        if doctrees is not None:
            if not doctrees.is_dir():
                raise Unreadable(f"the folder '{doctrees}' does not exist")
            shutil.copytree(doctrees, folder / "doctrees")
        note("reading the book")
        with (
            contextlib.redirect_stdout(sys.stderr),
            warnings.catch_warnings(),
            patch_docutils(os.fspath(confdir)),
            docutils_namespace(),
        ):
            warnings.simplefilter("ignore")  # Python's, of the book's extensions
            try:
                app = Sphinx(
                    source,
                    confdir,
                    folder / "out",
                    folder / "doctrees",
                    "figlist",
                    confoverrides={**overrides},
                    status=None,
                    warning=None,
                    tags=list(tags),
                )
                app.builder.read()
            except SphinxError as error:
                if "figlist" in str(error) and "Builder name" in str(error):
                    raise Unreadable(
                        "it does not use figlist; add "
                        '"sphinxext_figlist" to extensions in conf.py'
                    ) from error
                raise Unreadable(str(error)) from error
            except Exception as error:
                raise Unreadable(
                    f"{type(error).__name__}: {error}; run sphinx-build -T to see where"
                ) from error
            yield Book(app, note)
