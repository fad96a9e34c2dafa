"""What a builder knew of the book when it last found out which pages to write.

A file beside the record of :mod:`.written`, read by builds alone in which something was
read or set anew.
"""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from ..assemble.addresses import Found
from .faces import Face
from .written import write_whole

#: Raised when the shape of what is kept changes.
_VERSION: Final = 3

#: What :class:`.shows.Uses` has of a page.
Used: TypeAlias = "tuple[list[str], list[str], list[str], bool, bool]"


class Known(NamedTuple):
    """What the digests of pages were made from."""

    faces: Mapping[str, Face]
    #: That of the record which has the digests.
    state: str
    #: A digest of the settings.
    key: str
    #: See :func:`.faces.outline`.
    outline: str
    #: The documents of which each page shows something.
    uses: Mapping[str, Used]
    #: What lists add to documents.
    found: Found

    @classmethod
    def load(cls, path: Path) -> "Known | None":
        """What is kept in the file *path*; None where that is of no use."""
        try:
            # S301: as safe as the environment beside it, itself a pickle.
            version, faces, *data = pickle.loads(path.read_bytes())  # noqa: S301
            if version != _VERSION:
                return None
            return cls({name: Face(*face) for name, face in faces.items()}, *data)
        except Exception:  # noqa: BLE001 (whatever is there: it is made anew)
            return None

    def save(self, path: Path) -> None:
        """Keep it in the file *path*."""
        faces = {name: tuple(face) for name, face in self.faces.items()}
        data = (_VERSION, faces, *self[1:])  # plain data take half the time
        write_whole(path, pickle.dumps(data, pickle.HIGHEST_PROTOCOL))
