"""Workbooks packed alike on every system, with a mark of what was packed."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from ..read.store import bytes_digest

_DATE: Final = (1980, 1, 1, 0, 0, 0)


def packed(workbook: bytes) -> bytes:
    """The same workbook, as it comes out of every system.

    Nothing is compressed: not every zlib makes the same bytes.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0
            new.writestr(info, old.read(name))
        new.comment = _mark(new)
    return buffer.getvalue()


def is_as_packed(workbook: bytes) -> bool:
    """Whether nobody has changed a workbook since it was packed."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as file:
            return file.comment == _mark(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return False


def _mark(file: zipfile.ZipFile) -> bytes:
    parts = (f"{info.filename} {info.CRC}" for info in file.infolist())
    return f"figlist {bytes_digest(' '.join(parts).encode())}".encode()
