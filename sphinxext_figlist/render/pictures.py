"""The small pictures of an entry."""

from __future__ import annotations

from docutils import nodes

from ..assemble.fields import joined_alt
from ..assemble.model import Entry
from ..assemble.output import picture_name
from ..read.records import Image
from ..words import _
from .elements import figlist_thumbnail
from .view import ListView


def thumbnails(view: ListView, entry: Entry, *, silent: bool) -> nodes.inline:
    """The pictures of a figure, or words for those that are not files.

    :param silent: whether the alt texts stand beside the pictures.
    """
    env, builder = view.assembly.env, view.links.builder
    shown = [
        _thumbnail(image, silent=silent)
        for image in entry.figure.images
        if picture_name(env, builder, image)
    ]
    if shown:
        return nodes.inline("", "", *shown, classes=["figlist-thumbnails"])
    words = ("" if silent else joined_alt(entry.figure)) or _("No preview")
    classes = ["figlist-thumbnails", "figlist-words"]
    return nodes.inline("", "", nodes.inline("", words), classes=classes)


def _thumbnail(image: Image, *, silent: bool) -> figlist_thumbnail:
    candidates = dict(image.candidates)
    return figlist_thumbnail(
        uri=candidates.get("*", image.path),  # lists name made pictures otherwise
        candidates=candidates,
        alt="" if silent else image.alt or "",
        classes=list(image.classes),
    )
