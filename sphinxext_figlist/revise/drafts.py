"""The figures of a draft, from the files that were written of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..assemble.places import said
from . import tables


class NoList(Exception):
    """Why a file is no list of figures."""


class Figure(NamedTuple):
    """A figure of a draft; ``""`` is what it lacks, or the file does not tell."""

    number: str
    label: str
    title: str
    caption: str
    alt: str
    credit: str
    #: The chapter's document, or its title where the file tells no document.
    chapter: str
    #: Paths of its pictures, and digests of their files where they are told.
    images: tuple[tuple[str, str], ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its pictures."""
        return tuple(path for path, _ in self.images if path)

    @property
    def name(self) -> str:
        """The words by which people know it."""
        title = self.title or self.label or next(iter(self.paths), "")
        return ": ".join(filter(None, (self.number, title))) or "?"


class Draft(NamedTuple):
    """The figures of a draft, in reading order."""

    path: str
    project: str
    volume: str
    figures: tuple[Figure, ...]


#: Columns of the figure log by what they are here.
_COLUMNS: Final = {
    "number": "figure number",
    "label": "label",
    "title": "title",
    "caption": "caption",
    "alt": "alt text",
    "credit": "credit",
    "chapter": "chapter title",
    "images": "image file",
}


def read(path: Path) -> Draft:
    """The draft that a file is of.

    :raises NoList: where it is none.
    """
    try:
        if path.suffix.lower() != ".json":
            return _from_table(path)
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        figures = tuple(_from_json(data))
    except OSError as error:
        raise NoList(f"{path}: {error.strerror or error}") from error
    except tables.NoTable as error:
        raise NoList(str(error)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoList(f"'{path}' is not a list of figures that figlist wrote") from error
    volume = data.get("volume") or {}
    return Draft(str(path), data.get("project") or "", volume.get("id") or "", figures)


def _from_json(data: Mapping[str, Any]) -> Iterator[Figure]:
    for chapter in data["chapters"]:
        for figure in chapter["figures"]:
            images = figure.get("images") or []
            alts = [image.get("alt") or "" for image in images]
            yield Figure(
                number=figure.get("number") or "",
                label=figure.get("label") or "",
                title=figure.get("title") or "",
                caption=figure.get("caption") or "",
                alt="; ".join(filter(None, map(said, alts))),
                credit=figure.get("credit") or "",
                chapter=chapter.get("docname") or chapter.get("title") or "",
                images=tuple(
                    (image.get("path") or "", image.get("sha256") or "")
                    for image in images
                ),
            )


def _from_table(path: Path) -> Draft:
    for table in tables.read(path):
        for number, (cells, _) in enumerate(table[:20]):
            heads = {tables.head(cell): at for at, cell in cells.items()}
            if {"figure number", "caption", "image file"} <= heads.keys():
                rows = [row for row, _ in table[number + 1 :]]
                figures = tuple(_rows(rows, heads))
                return Draft(str(path), "", "", figures)
    raise NoList(f"'{path}' is not a list of figures that figlist wrote")


def _rows(
    rows: Iterable[Mapping[int, str]], heads: Mapping[str, int]
) -> Iterator[Figure]:
    for row in rows:
        if not any(row.values()):
            continue
        said = {
            name: tables.undone(row.get(heads.get(column, -1), "")).strip()
            for name, column in _COLUMNS.items()
        }
        paths = [path for path in said.pop("images").split("; ") if path]
        yield Figure(**said, images=tuple((path, "") for path in paths))
