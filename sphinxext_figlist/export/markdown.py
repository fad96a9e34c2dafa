"""The figure list as Markdown, for people to read."""

from __future__ import annotations

from ..assemble.fields import alt_status, joined_alt, path_of, place, untitled
from ..assemble.model import Entry
from ..words import (
    _,
    after_number,
    chapter_heading,
    counted,
    counted_chapters,
)
from .contents import Export
from .markup import literal, underlined


def export(export: Export) -> bytes:
    """One volume's list.  Its words follow the book's language."""
    part, assembly = export.part, export.assembly
    settings = assembly.settings
    heading = export.heading
    if settings.volumes:
        heading += f" - {part.volume.label}: {part.volume.title}"
    lines = [f"# {literal(heading, heading=True)}", ""]
    if export.project:
        lines += [underlined(export.project), ""]
    if settings.volumes:
        lines.append(f"**{_('Volume')}**: {part.volume.id}")
    labels = _labels()
    shown = ", ".join(labels[name] for name in settings.fields if name in labels)
    lines += [f"**{_('Includes')}**: {shown}", "", "---", ""]
    count = 0
    for chapter in part.chapters:
        title = chapter_heading(chapter.number, chapter.title)
        lines += [f"## {literal(title, heading=True)}", ""]
        for entry in chapter.entries:
            count += 1
            lines += _entry(export, entry, labels)
        lines += ["---", ""]
    total = _("Total: %(figures)s across %(chapters)s") % {
        "figures": counted(export.kind, count),
        "chapters": counted_chapters(export.chapters),
    }
    lines += [f"_{total}_", ""]
    return "\n".join(lines).encode()


def _labels() -> dict[str, str]:
    return {
        "title": _("Title"),
        "caption": _("Caption"),
        "alt": _("Alt Text"),
        "legend": _("Legend"),
        "references": _("References"),
        "image": _("Image"),
        "location": _("Location"),
        "credit": _("Credit"),
        "label": _("Label"),
        "page": _("Page"),
    }


def _entry(export: Export, entry: Entry, labels: dict[str, str]) -> list[str]:
    figure, texts = entry.figure, export.texts(entry)
    titled = "title" in export.assembly.settings.fields
    number = export.assembly.words(figure, export.number(entry))
    if number and titled:
        heading = texts.heading(number, after_number(number))
    else:
        heading = literal(number, heading=True) or texts.heading()
    heading = heading or literal(untitled(figure), heading=True)
    lines = [f"### {heading}", ""]
    for name in export.assembly.settings.fields:
        if name in {"title", "thumbnail"}:
            continue
        if text := _field(export, entry, name):
            lines += [f"**{labels[name]}**: {text}", ""]
    return lines


def _field(export: Export, entry: Entry, name: str) -> str:
    figure, texts = entry.figure, export.texts(entry)
    if name == "alt":
        if alt_status(figure) == "decorative":
            return f"({_('decorative')})"
        return literal(joined_alt(figure))
    if name == "image":
        return literal(", ".join(filter(None, map(path_of, figure.images))))
    if name == "location":
        return literal(place(figure))
    if name == "label":
        return literal(entry.label or "")
    if name == "page":
        return literal(entry.page)
    if name == "references":
        sections = dict.fromkeys(place.words for place in entry.references)
        return literal("; ".join(sections))
    return {"caption": texts.caption, "legend": texts.legend, "credit": texts.credit}[
        name
    ]
