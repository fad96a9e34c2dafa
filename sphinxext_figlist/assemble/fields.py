"""What an entry's fields say, from its record alone."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from ..read.records import Content, Figure, Item
from ..words import _
from .titles import credit


def untitled(figure: Figure) -> str:
    """The words for a figure that has neither number nor title."""
    files = (image.path for image in figure.images if not is_data(image.path))
    name = next(filter(None, (path.rpartition("/")[2] for path in files)), "")
    return _("Untitled (%s)") % name if name else _("Untitled")


def is_data(path: str) -> bool:
    """Whether the "path" of a picture is the picture itself."""
    return path.startswith("data:")


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


def place(figure: Figure) -> str:
    """The figure's source file and line."""
    return f"{figure.source}:{figure.line}" if figure.line else figure.source


def credit_of(figure: Figure, patterns: Iterable[str]) -> Content:
    """The closing credit of a figure's legend, else of its caption, else its origin."""
    patterns, legend = tuple(patterns), figure.legend
    # A paragraph begins a sentence, whatever ends the one before.
    ends = (credit(flat(legend[start:]), patterns) for start in range(len(legend)))
    found = next(filter(None, ends), ())
    return found or credit(figure.caption or (), patterns) or figure.origin


def flat(content: Content) -> Content:
    """Paragraphs and the like as inline content, a space between them."""
    inline: list[Item] = []
    for item in content:
        if isinstance(item, str) or issubclass(item[0], nodes.Inline):
            inline.append(item)
        elif children := flat(item[2]):
            if inline:
                inline.append(" ")
            inline.extend(children)
    return tuple(inline)
