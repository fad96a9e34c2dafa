"""What a builder knew of the book when it last found out which pages to write.

A file beside the record of :mod:`.written`, read by builds alone in which something was
read or set anew.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from ..assemble.addresses import Found
from .faces import Face
from .shows import Uses

#: Raised when the shape of what is kept changes.
_VERSION: Final = 1


class Known(NamedTuple):
    """What the digests of pages were made from."""

    #: That of the record which has the digests.
    state: str
    #: A digest of the settings.
    key: str
    #: See :func:`.faces.outline`.
    outline: str
    faces: Mapping[str, Face]
    uses: Mapping[str, Uses]
    #: What lists add to documents.
    found: Found

    @classmethod
    def load(cls, path: Path) -> "Known | None":
        """What is kept in the file *path*; None where that is of no use."""
        try:
            # S301: as safe as the environment beside it, itself a pickle.
            version, *data = pickle.loads(path.read_bytes())  # noqa: S301
            return cls(*data) if version == _VERSION else None
        except Exception:  # noqa: BLE001 (whatever is there: it is made anew)
            return None

    def save(self, path: Path) -> None:
        """Keep it in the file *path*."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.js")
        fresh.write_bytes(pickle.dumps((_VERSION, *self), pickle.HIGHEST_PROTOCOL))
        fresh.replace(path)
