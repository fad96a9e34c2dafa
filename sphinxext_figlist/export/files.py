"""Files: each written whole or not at all, and only when it changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError

from ..assemble.fields import credit_of, flat
from ..assemble.model import Entry, VolumeList
from ..assemble.titles import unbolded
from ..registry import FORMATS
from .markup import markdown
from .plain import plain
from .texts import resolved

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assembly import Assembly


@dataclass
class Texts:
    """What an entry says, ``""`` where it says nothing.

    As Markdown, and as plain text for the formats that want that.
    """

    _title: Sequence[nodes.Node]
    _caption: Sequence[nodes.Node]
    _legend: Sequence[nodes.Node]
    _credit: Sequence[nodes.Node]

    @cached_property
    def title(self) -> str:  # noqa: D102
        return markdown(self._title)

    @property
    def heading(self) -> str:
        """The title for the end of a Markdown heading."""
        return markdown(self._title, heading=True)

    @cached_property
    def caption(self) -> str:  # noqa: D102
        return markdown(self._caption)

    @cached_property
    def legend(self) -> str:  # noqa: D102
        return markdown(self._legend)

    @cached_property
    def credit(self) -> str:  # noqa: D102
        return markdown(self._credit)

    @cached_property
    def plain_title(self) -> str:  # noqa: D102
        return plain(self._title)

    @cached_property
    def plain_caption(self) -> str:  # noqa: D102
        return plain(self._caption)

    @cached_property
    def plain_legend(self) -> str:  # noqa: D102
        return plain(self._legend)

    @cached_property
    def plain_credit(self) -> str:  # noqa: D102
        return plain(self._credit)


@dataclass(frozen=True, slots=True)
class Export:
    """One volume's list as a format is given it."""

    assembly: Assembly
    part: VolumeList
    _texts: Mapping[tuple[str, str], Texts]

    def number(self, entry: Entry) -> str:
        """The number of *entry*, as the press has it before it."""
        if self.assembly.settings.numbers_of_latex and entry.number_in_print:
            return entry.number_in_print
        return entry.dotted

    def texts(self, entry: Entry) -> Texts:
        """The texts of *entry*."""
        return self._texts[entry.figure.docname, entry.figure.id]


def export(
    assembly: Assembly, builder: Builder, formats: Sequence[str]
) -> dict[str, bytes]:
    """The contents of every file by name, for each volume in each of *formats*."""
    lists = assembly.lists(referred=True)
    entries = [entry for part in lists for entry in part.entries()]
    marks = any(FORMATS[name].table for name in formats)
    texts = _texts(assembly, builder, entries, marks=marks)
    contents = {}
    for part in lists:
        one = Export(assembly, part, texts)
        for name in formats:
            chosen = FORMATS[name]
            contents[part.volume.filename + chosen.suffix] = chosen.export(one)
    return contents


def _texts(
    assembly: Assembly, builder: Builder, entries: list[Entry], *, marks: bool
) -> dict[tuple[str, str], Texts]:
    patterns = assembly.settings.credit_patterns
    by_lead = assembly.settings.title_from == "lead"
    parts = []
    for entry in entries:
        figure, title = entry.figure, entry.title.content or ()
        caption = figure.caption or ()
        parts += [
            title,
            unbolded(caption) if title and by_lead else caption,
            flat(figure.legend),
            credit_of(figure, patterns),
        ]
    nodes_of = iter(resolved(assembly, builder, parts, marks=marks))
    texts = {}
    for entry in entries:
        said = (next(nodes_of), next(nodes_of), next(nodes_of), next(nodes_of))
        texts[entry.figure.docname, entry.figure.id] = Texts(*said)
    return texts


def content_digest(content: bytes) -> str:
    """A digest of a file's bytes."""
    return blake2b(content, digest_size=16).hexdigest()


def write(
    folder: Path, contents: Mapping[str, bytes], ours: Mapping[str, str]
) -> dict[str, str]:
    """Bring *folder* to *contents*; return the digests of what is ours there.

    Each file is replaced in one step, and left alone where it has these bytes
    already.  A file that *ours* names and *contents* does not is removed, unless
    someone has written another in its place.

    :raises sphinx.errors.SphinxError: where a folder is in the way.
    """
    for name in sorted(set(ours) - set(contents)):
        path = folder / name
        if path.is_file() and content_digest(path.read_bytes()) == ours[name]:
            path.unlink()
    if contents:
        folder.mkdir(parents=True, exist_ok=True)
    elif ours:
        with suppress(OSError):  # something else is in it
            folder.rmdir()
    for name, content in contents.items():
        path = folder / name
        if path.is_dir():
            raise SphinxError(f"figlist: {path} is a folder; a file is to go there")
        if not path.is_file() or path.read_bytes() != content:
            _replace(path, content)
    return {name: content_digest(content) for name, content in contents.items()}


def current(folder: Path, ours: Mapping[str, str]) -> bool:
    """Whether *folder* still has our files as they were written."""
    return all(
        (folder / name).is_file()
        and content_digest((folder / name).read_bytes()) == digest
        for name, digest in ours.items()
    )


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        fresh.chmod(0o666 & ~_umask())
        fresh.replace(path)
    except BaseException:
        fresh.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
