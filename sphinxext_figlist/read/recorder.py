"""The record of each figure of one document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from .classes import warn_of_unknown
from .content import freeze, id_part, text
from .found import Found, marks
from .inserted import place
from .kinds import PICTURE
from .made import Made
from .mentions import xrefs
from .records import Condition, Figure, Image

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

#: Between a module's path and an object's name, in what autodoc calls a source.
_DOCSTRING: Final = ":docstring of "


class Recorder:
    """Makes the records of one document's figures, with names that are told apart."""

    def __init__(
        self,
        env: BuildEnvironment,
        docname: str,
        document: nodes.document,
        made: Made,
    ) -> None:
        self._made = made
        self._docname = docname
        self._document = document
        self._srcdir = os.fspath(env.srcdir)
        self._path = os.fspath(env.doc2path(docname))
        self._slugs: set[str] = set()
        self._files: dict[str, tuple[str, int]] = {}

    def figure(
        self,
        node: nodes.Element,
        found: Found,
        sections: tuple[str, ...],
        conditions: tuple[Condition, ...],
    ) -> Figure:
        """The record of *node*; it notes on a figure where that stands."""
        caption = None
        if found.caption is not None:
            caption = freeze(found.caption, self._docname)
        legend = freeze(found.legend, self._docname)
        warn_of_unknown(node, marks(node))
        source, line = self._place(node)
        names = tuple(node["names"])
        ids = self._ids(node, names)
        images = tuple(
            self._placed(self._named(image), source, line) for image in found.images
        )
        stem = next((_stem(image.path) for image in images), "")
        slug = (
            (nodes.make_id(names[0]) if names else "")
            or nodes.make_id(stem)
            or nodes.make_id(text(caption or ())[:60])
            or found.kind
        )
        if found.kind == PICTURE:  # which takes no figure's name
            slug = f"{PICTURE}--{slug}"
        slug = self._unused(slug)
        anchor = ""
        if isinstance(node, nodes.figure) and not found.excluded:
            if not names:
                anchor = f"figure-{id_part(self._docname)}--{slug}"
            node["figlist_place"] = (self._docname, anchor)
        return Figure(
            kind=found.kind,
            docname=self._docname,
            ids=ids,
            names=names,
            anchor=anchor,
            slug=slug,
            caption=caption,
            legend=legend,
            images=images,
            source=source,
            line=line,
            conditions=conditions,
            sections=sections,
            xrefs=xrefs(caption or ()) + xrefs(legend),
            excluded=found.excluded,
            allowed=found.allowed,
            author=found.author,
            licence=found.licence,
            origin=found.origin,
            words=found.words,
        )

    def _named(self, image: Image) -> Image:
        """*image* under the name by which lists know it."""
        name = self._made.name(image.path)
        return image._replace(path=name, file=image.path) if name else image

    def _ids(self, node: nodes.Element, names: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of *node*, those of its names first.

        A figure below ``.. _name:`` has one that counts ("id1"), too: it changes with
        the document, and stands many times in a page of all documents.
        """
        given = {self._document.nameids.get(name) for name in names}
        return tuple(sorted(node["ids"], key=lambda id_: id_ not in given))

    def _unused(self, wanted: str) -> str:
        """*wanted*, or it with the first free number behind it; note it as used."""
        name, count = wanted, 1
        while name in self._slugs:
            count += 1
            name = f"{wanted}-{count}"
        self._slugs.add(name)
        return name

    def _place(self, node: nodes.Element) -> tuple[str, int | None]:
        """Source file and line of *node*, or of the nearest node that has them."""
        source, line = place(node)
        for other in _around(node) if not (source and line) else ():
            other_source, other_line = place(other)
            source = source or other_source
            line = line or other_line
        path, lines = self._file(source or self._path)
        return path, line if line and line <= lines else None

    def _placed(self, image: Image, source: str, line: int | None) -> Image:
        """*image* with the place in the sources that it is from.

        :param source: of its figure, as is *line*.
        """
        own = image.line
        if image.source:
            source, lines = self._file(image.source)
            own = own if own and own <= lines else None
        return image._replace(source=source, line=own or line)

    def _file(self, source: str) -> tuple[str, int]:
        """The file of what docutils calls *source*, and how many lines to trust there.

        A docstring's lines are counted from its own start, a notebook's in its cells;
        what an extension wrote itself has no file but the document's own.
        """
        if source not in self._files:
            path, docstring, _object = source.partition(_DOCSTRING)
            own = not docstring and not path.endswith(".ipynb")
            try:
                lines = Path(path).read_bytes().count(b"\n") + 1 if own else 0
                known = own or Path(path).is_file()
            except (OSError, ValueError):
                known = False
            if not known:
                path, lines = self._path, 0
            relative = os.path.relpath(path, self._srcdir)
            self._files[source] = (relative.replace(os.sep, "/"), lines)
        return self._files[source]


def _around(node: nodes.Element) -> Iterator[nodes.Element]:
    """What is in *node*, then what it is in, from the inside out."""
    yield from node.findall(nodes.Element)
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _stem(path: str) -> str:
    """The name of a file without its folder and suffix."""
    return path.rpartition("/")[2].partition(".")[0]
