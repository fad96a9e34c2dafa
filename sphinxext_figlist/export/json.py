"""The figure list as JSON, for programs; ``figlist.schema.json`` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..assemble.fields import path_of
from ..assemble.images import sha256
from ..assemble.model import Chapter, Entry
from ..read.records import Image
from .contents import Export

#: Raised when the form changes in a way that breaks readers.
VERSION = 1


def export(export: Export) -> bytes:
    """One volume's list."""
    part, assembly = export.part, export.assembly
    volume = None
    if assembly.settings.volumes:
        volume = {
            "id": part.volume.id,
            "label": part.volume.label,
            "title": part.volume.title,
        }
    data = {
        "version": VERSION,
        "project": export.project or None,
        "volume": volume,
        "chapters": [_chapter(export, chapter) for chapter in part.chapters],
        "totals": {
            "figures": sum(1 for _ in part.entries()),
            "chapters": export.chapters,
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(
        errors="backslashreplace"  # as JSON itself writes lone surrogates
    )


def _chapter(export: Export, chapter: Chapter) -> dict[str, Any]:
    return {
        "number": chapter.number or None,
        "title": chapter.title,
        "docname": chapter.docname,
        "figures": [_figure(export, entry) for entry in chapter.entries],
    }


def _image(export: Export, image: Image) -> dict[str, Any]:
    facts = export.assembly.facts(image)
    return {
        "path": path_of(image) or None,
        "alt": image.alt,
        "decorative": image.alt == "",
        "format": facts.format or None,
        "pixels": [facts.width, facts.height] if facts.width else None,
        "sha256": sha256(Path(export.assembly.env.srcdir), image),
    }


def _figure(export: Export, entry: Entry) -> dict[str, Any]:
    figure, texts = entry.figure, export.texts(entry)
    return {
        "kind": figure.kind,
        "number": export.number(entry) or None,
        "label": entry.label,
        # An anchor of ours is on the page only where some list leads to it.
        "id": figure.ids[0] if figure.ids else None,
        "docname": figure.docname,
        "title": texts.title or None,
        "caption": texts.caption or None,
        "legend": texts.legend or None,
        "images": [_image(export, image) for image in figure.images],
        "page": entry.page or None,
        "credit": texts.credit or None,
        "location": {"path": figure.source, "line": figure.line},
        "references": [
            {"docname": place.docname, "id": place.id, "section": place.section}
            for place in entry.references
        ],
    }
