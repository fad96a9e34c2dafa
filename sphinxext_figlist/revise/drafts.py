"""The figures of a draft, from the files that were written of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..assemble.places import said
from . import tables
from .workbooks import NoTable

#: What comes of a file that is something else.
_STRANGE: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


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
    #: Whether its title, caption and credit are Markdown rather than plain text.
    is_markdown: bool = False

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
        volume = data.get("volume") or {}
        return Draft(str(path), _said(data, "project"), _said(volume, "id"), figures)
    except OSError as error:
        raise NoList(f"{path}: {error.strerror or error}") from error
    except NoTable as error:
        raise NoList(str(error)) from error
    except _STRANGE as error:
        raise NoList(f"'{path}' is not a list of figures that figlist wrote") from error


def _said(data: Mapping[str, Any], name: str) -> str:
    """What *data* says under a name, ``""`` for nothing.

    :raises TypeError: where that is no text.
    """
    said = data.get(name)
    if said is not None and not isinstance(said, str):
        raise TypeError(name)
    return said or ""


def _from_json(data: Mapping[str, Any]) -> Iterator[Figure]:
    for chapter in data["chapters"]:
        for figure in chapter["figures"]:
            images = figure.get("images") or []
            alts = [_said(image, "alt") for image in images]
            yield Figure(
                number=_said(figure, "number"),
                label=_said(figure, "label"),
                title=_said(figure, "title"),
                caption=_said(figure, "caption"),
                alt="; ".join(filter(None, map(said, alts))),
                credit=_said(figure, "credit"),
                chapter=_said(chapter, "docname") or _said(chapter, "title"),
                images=tuple(
                    (_said(image, "path"), _said(image, "sha256")) for image in images
                ),
                is_markdown=True,
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
        said: dict[str, Any] = {
            name: tables.undone(row.get(heads.get(column, -1), "")).strip()
            for name, column in _COLUMNS.items()
        }
        paths = [path for path in said.pop("images").split("; ") if path]
        yield Figure(**said, images=tuple((path, "") for path in paths))
