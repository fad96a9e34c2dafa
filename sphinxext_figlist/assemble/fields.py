"""What an entry's fields say, from its record alone."""

from __future__ import annotations

from ..controls import in_xml
from ..read.records import Figure, Image
from ..words import _


def untitled(figure: Figure) -> str:
    """The words for a figure that has neither number nor title."""
    files = (image.path for image in figure.images if not is_data(image.path))
    name = next(filter(None, (path.rpartition("/")[2] for path in files)), "")
    return _("Untitled (%s)") % in_xml(name) if name else _("Untitled")


def is_data(path: str) -> bool:
    """Whether the "path" of a picture is the picture itself."""
    return path.startswith("data:")


def path_of(image: Image) -> str:
    """The path of a picture; ``""`` where it is the picture itself, or has none."""
    return "" if is_data(image.path) else image.path


def joined_alt(figure: Figure) -> str:
    """The alt texts of a figure as one text, ``""`` without any."""
    alts = [image.alt or "" for image in figure.images]
    if sum(map(bool, alts)) < 2:
        return "".join(alts)
    return "; ".join(
        f"({chr(ord('a') + place) if place < 26 else place + 1}) {alt}"
        for place, alt in enumerate(alts)
        if alt
    )


def lacks_alt(figure: Figure) -> bool:
    """Whether a picture of the figure has no alt text and is not decorative."""
    return not figure.images or any(image.alt is None for image in figure.images)


def alt_status(figure: Figure) -> str:
    """Of a figure's pictures, by their alt texts.

    ``text``, ``decorative``, ``missing``, or ``partly`` where some of them have none;
    ``""`` for what has no pictures and needs none.
    """
    alts = [image.alt for image in figure.images]
    if not alts:
        return "missing" if figure.kind == "figure" else ""
    if None in alts:
        return "missing" if set(alts) == {None} else "partly"
    return "text" if any(alts) else "decorative"


def place(figure: Figure) -> str:
    """The figure's source file and line."""
    return f"{figure.source}:{figure.line}" if figure.line else figure.source
