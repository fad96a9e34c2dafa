"""Which places in a text of sources are those of a picture's alt text."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import unquote

from ..assemble.places import Place, said
from .sites import MARKDOWN, Site
from .source import Refused

#: Endings of the names of files that are no text of sources.
_MADE_FROM: Final = {
    ".ipynb": "the alt text is in a notebook; change it in the notebook's cell",
    ".py": "the alt text is in a docstring; change it there",
}


def chosen(
    place: Place,
    sites: Sequence[Site],
    alike: Sequence[Place],
    docnames: Collection[str],
) -> list[Site]:
    """The sites of *place*: one, or several that cannot be told apart.

    :param sites: all that are in its file.
    :param alike: all places in the book that differ from it by their lines alone.
    :param docnames: the documents that have it.
    :raises Refused: where it is not known which they are.
    """
    ours = [site for site in sites if _is_target(place, site, docnames)]
    if not ours:
        raise Refused(by_other(place))
    same = [site for site in ours if _says(site, place.alt)]
    if not same:
        raise Refused(_differs(place, ours))
    line = place.line or 0
    here = [site for site in same if site.first <= line <= site.last]
    here = here or [
        site for site in same if site.table and site.table <= line <= site.last
    ]
    if here:
        return here
    if len(same) == 1:
        return same
    if len(same) == len(alike):
        return [same[sorted(alike, key=lambda one: one.line or 0).index(place)]]
    lines = ", ".join(str(site.first) for site in same)
    raise Refused(
        f"several pictures match this row (lines {lines}); change the alt text by hand"
    )


def by_other(place: Place) -> str:
    """Why no place of a picture is found."""
    for suffix, words in _MADE_FROM.items():
        if place.source.partition(":")[0].endswith(suffix):
            return words
    return (
        "the source does not contain the alt text, because another extension or a "
        "setting made the picture; change it there"
    )


def _is_target(place: Place, site: Site, docnames: Collection[str]) -> bool:
    if not place.path:
        return site.draws
    bases = {posixpath.dirname(name) for name in (*docnames, place.source)}
    for target in site.targets:
        for name in dict.fromkeys((target, unquote(target))):
            if name == place.path:
                return True
            joined = name.lstrip("/") if name.startswith("/") else ""
            for path in (
                (joined,) if joined else (posixpath.join(b, name) for b in bases)
            ):
                path = posixpath.normpath(path)
                if path == place.path or (
                    path.endswith(".*") and fnmatchcase(place.path, path)
                ):
                    return True
    return False


def _says(site: Site, alt: str | None) -> bool:
    """Whether a site says *alt*, which may be what it says by saying nothing."""
    if said(alt):
        return said(site.alt or site.default) == said(alt)
    if alt == "":  # declared, which Markdown cannot
        return site.alt == "" and site.form != MARKDOWN
    if alt is None:
        return site.alt is None or (site.alt == "" and site.form == MARKDOWN)
    return not said(site.alt)


def _differs(place: Place, sites: Iterable[Site]) -> str:
    site = min(sites, key=lambda one: abs(one.first - (place.line or 0)))
    written = said(site.alt)
    return (
        f'the source has "{written}", but the book has "{said(place.alt)}" from a '
        "translation catalog or an extension; change it there"
    )
