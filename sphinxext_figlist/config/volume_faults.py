"""What is wrong with ``figlist_volumes``: one sentence for each error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from .choices import allowed_are
from .faults import is_file
from .settings import Volume, volume_part

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: In bytes; every system takes 255, and suffixes come to it.
_LONGEST_NAME: Final = 200
_IN_IDS: Final = frozenset(f"{ascii_letters}{digits}_-")
_NOT_IN_FILENAMES: Final = frozenset('/\\:*?"<>|')
#: Controls, those of direction among them, and what is no character.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
#: What Windows keeps for itself.
_RESERVED: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)}
)


def of_volumes(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_volumes``."""
    seen: dict[tuple[str, str], int] = {}
    kinds = app.config.figlist_kinds
    kinds = [kind for kind in kinds if isinstance(kind, str)] if kinds else []
    for place, volume in enumerate(value, 1):
        where = f"figlist_volumes, volume {place}"
        if not isinstance(volume, Mapping):
            yield (
                f"{where}: {volume!r} must be a dictionary with the keys id, title "
                "and root"
            )
            continue
        yield from (f"{where}: {fault}" for fault in _keys_faults(volume))
        yield from (f"{where}: {fault}" for fault in _parts_faults(volume, app))
        for key in ("id", "root", "filename"):
            part = volume_part(volume, key)
            if part is None:
                continue
            names = [part]
            if key == "filename":
                own = Volume(volume_part(volume, "id") or "", "", "", "", part)
                stems = [own.stem(kind) for kind in kinds or ["figure"]]
                stems.append(f"{own.stem('figure')}_ALT")  # its sheet of alt texts
                names = [stem.casefold() for stem in stems]
            taken = [seen.setdefault((key, name), place) for name in names]
            if first := next((other for other in taken if other != place), 0):
                yield f"{where}: the {key} {part!r} is already that of volume {first}"


def _keys_faults(volume: Mapping[Any, Any]) -> Iterator[str]:
    allowed = ("id", "title", "root", "label", "filename")
    for key in volume:
        if key not in allowed:
            near = get_close_matches(str(key), allowed, 1)
            hint = f"did you mean {near[0]!r}?" if near else ""
            yield f"unknown key {key!r}; {hint or allowed_are(allowed)}"
    for key in ("id", "title", "root"):
        if key not in volume:
            yield f"the key {key!r} is missing; add it"


def _parts_faults(volume: Mapping[str, Any], app: Sphinx) -> Iterator[str]:
    id_ = volume.get("id", "x")
    if isinstance(id_, bool) or not isinstance(id_, (str, int)):
        yield f"the id {id_!r} must be a string or an integer"
    elif id_ == "" or not _IN_IDS.issuperset(str(id_)):
        yield f"the id {id_!r} may have only letters, digits, '-' and '_'"
    elif id_ == "all":
        yield "the id 'all' is reserved for all volumes; choose another"
    for key in ("title", "root", "label", "filename"):
        if key in volume and (
            not isinstance(volume[key], str) or not volume[key].strip()
        ):
            yield f"the {key} {volume[key]!r} must be a non-empty string"
    root = volume.get("root")
    if isinstance(root, str) and root.strip() and not _is_document(app, root):
        yield from _root_faults(root, app)
    for key in ("id", "filename"):
        name = str(volume.get(key, ""))
        size = len(name.encode(errors="replace"))
        if size > _LONGEST_NAME:
            yield (
                f"the {key} {name[:20] + '...'!r} is too long for a file name: it has "
                f"{size} bytes, and at most {_LONGEST_NAME} are allowed"
            )
            return
    if isinstance(filename := volume.get("filename", "x"), str):
        yield from _filename_faults(filename)


def _filename_faults(filename: str) -> Iterator[str]:
    """Of the name without suffix of a volume's files."""
    if (
        not _NOT_IN_FILENAMES.isdisjoint(filename)
        or filename.endswith(".")
        or any(category(char) in _UNSEEN for char in filename)
        or filename != filename.strip()
        or filename.partition(".")[0].upper() in _RESERVED
    ):
        yield (
            f"the filename {filename!r} must be a plain file name, without a folder "
            "or suffix, that is valid on every operating system"
        )
    if filename.casefold() == "figure_checks":
        yield f"the filename {filename!r} is reserved for the checks; choose another"


def _root_faults(root: str, app: Sphinx) -> Iterator[str]:
    suffixes = list(app.config.source_suffix)
    if ended := next((suffix for suffix in suffixes if root.endswith(suffix)), ""):
        bare = root.removesuffix(ended)
        yield f"the root {root!r} must be a document name, without suffix: {bare!r}"
        return
    files = " or ".join(root + suffix for suffix in suffixes)
    near = get_close_matches(root, _documents(app), 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    yield f"the root {root!r} is not a document: {files} does not exist{hint}"


def _documents(app: Sphinx) -> list[str]:
    """The names of all documents, for a hint."""
    source = Path(app.srcdir)
    return [
        path.relative_to(source).as_posix().removesuffix(suffix)
        for suffix in app.config.source_suffix
        for path in source.rglob(f"*{suffix}")
    ]


def _is_document(app: Sphinx, docname: str) -> bool:
    path = Path(app.srcdir)
    if docname.startswith("/") or ".." in docname.split("/"):
        return False
    return any(is_file(path / (docname + s)) for s in app.config.source_suffix)
