"""Files: each written whole or not at all, and only when it changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from sphinx.errors import SphinxError

from ..read.store import bytes_digest
from .edited import aside, is_edited


def write(
    folder: Path,
    contents: Mapping[str, bytes],
    ours: Mapping[str, str],
    kept: Callable[[Path, Path], None],
) -> dict[str, str]:
    """Bring *folder* to *contents*; return the digests of what is ours there.

    Each file is replaced in one step, and left alone where it has these bytes
    already.  A table that somebody has changed is kept under another name.  A file
    that *ours* names and *contents* does not is removed, unless someone has written
    another in its place.

    :param kept: is told of such a table: its name, and the one that it is kept under.
    :raises sphinx.errors.SphinxError: where something is in the way; nothing is then
        written.
    """
    if contents and folder.exists() and not folder.is_dir():
        raise SphinxError(
            f"figlist: '{folder}' is a file, but figlist writes a folder of that name; "
            "move the file"
        )
    for path in (folder / name for name in contents):
        if path.is_dir():
            raise SphinxError(
                f"figlist: '{path}' is a folder, but figlist writes a file of that "
                "name; move the folder"
            )
    for name in sorted(set(ours) - set(contents)):
        path = folder / name
        if path.is_file() and bytes_digest(path.read_bytes()) == ours[name]:
            path.unlink()
    if contents:
        folder.mkdir(parents=True, exist_ok=True)
    elif ours:
        with suppress(OSError):  # something else is in it
            folder.rmdir()
    for name, content in contents.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            if is_edited(path, ours.get(name)):
                kept(path, aside(path))
            _replace(path, content)
    return {name: bytes_digest(content) for name, content in contents.items()}


def current(folder: Path, ours: Mapping[str, str]) -> bool:
    """Whether *folder* still has our files as they were written."""
    return all(
        (folder / name).is_file()
        and bytes_digest((folder / name).read_bytes()) == digest
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
