"""Checks of the pictures' files."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from ..words import N_
from .finding import Finding, Part


def missing_image(part: Part) -> Iterator[Finding]:
    """A picture file does not exist, or is not a picture.

    The check ignores pictures on the web, and pictures that are drawn from the document
    or made by a notebook.
    """
    for entry, image in part.pictures():
        problem = part.assembly.facts(image).problem
        if problem:
            message = N_("the picture file %(image)s does not exist")
            if problem != "missing":
                message = N_("the picture file %(image)s cannot be read as a picture")
            yield Finding(entry, message, {"image": image.path}, image.path)


def low_resolution(part: Part) -> Iterator[Finding]:
    """A picture has fewer than ``figlist_min_ppi`` pixels per inch in print.

    The printed width of a picture comes from ``:width:`` as a length, or from
    ``:scale:``. For a width in per cent, or without one, set ``figlist_text_width``.
    Vector pictures are sharp at any size, so the check ignores them.
    """
    limit = part.assembly.settings.min_ppi
    for entry, image in part.pictures():
        facts = part.assembly.facts(image)
        if facts.ppi and facts.width and round(facts.ppi) < limit:
            message = N_(
                "%(image)s has %(ppi)d pixels per inch at its printed width, less than "
                "%(limit)d; it needs to be %(width)d pixels wide"
            )
            values = {
                "image": image.path,
                "ppi": round(facts.ppi),
                "limit": limit,
                "width": ceil(round(facts.width * limit / facts.ppi, 3)),
            }
            yield Finding(entry, message, values, image.path)
