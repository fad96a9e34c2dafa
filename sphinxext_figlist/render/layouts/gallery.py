"""``gallery``: thumbnails with numbers and titles, where there are pictures."""

from __future__ import annotations

from docutils import nodes

from ...assemble.fields import joined_alt
from ...assemble.model import Chapter, Entry
from ...assemble.output import picture_name
from ...read.records import Image
from ...words import _
from ..groups import grouped
from ..thumbnail import figlist_thumbnail
from ..view import ListView
from . import compact


def render(view: ListView) -> list[nodes.Node]:
    """Pictures in HTML and EPUB, the compact list elsewhere."""
    if view.assembly.output.format != "html":
        return compact.render(view)
    return grouped(view, _entries)


def _entries(view: ListView, chapter: Chapter) -> list[nodes.Node]:
    entries = (_entry(view, entry) for entry in chapter.entries)
    return [nodes.bullet_list("", *entries, classes=["figlist-entries"])]


def _entry(view: ListView, entry: Entry) -> nodes.list_item:
    link, *behind = view.link(entry)
    assert isinstance(link, nodes.Element)
    link.insert(0, _pictures(view, entry))
    line = nodes.paragraph("", "", link, *behind)
    item = nodes.list_item("", line, *view.labelled(entry), classes=["figlist-entry"])
    item["ids"] = [view.anchor(entry)]
    return item


def _pictures(view: ListView, entry: Entry) -> nodes.inline:
    """The pictures of a figure, or words for those that are not files."""
    env, builder = view.assembly.env, view.links.builder
    shown = [
        _thumbnail(image)
        for image in entry.figure.images
        if picture_name(env, builder, image)
    ]
    if shown:
        return nodes.inline("", "", *shown, classes=["figlist-thumbnails"])
    words = joined_alt(entry.figure) or _("No preview")
    classes = ["figlist-thumbnails", "figlist-words"]
    return nodes.inline("", "", nodes.inline("", words), classes=classes)


def _thumbnail(image: Image) -> figlist_thumbnail:
    candidates = dict(image.candidates)
    return figlist_thumbnail(
        uri=candidates.get("*", image.path),  # lists name made pictures otherwise
        candidates=candidates,
        alt=image.alt or "",
        classes=list(image.classes),
    )
