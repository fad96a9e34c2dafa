"""A file format: numbers, titles and alt texts, separated by tabs."""

from __future__ import annotations

from sphinxext_figlist.assemble.fields import joined_alt
from sphinxext_figlist.export.contents import Export
from sphinxext_figlist.export.plain import clean


def export(export: Export) -> bytes:
    """The bytes of one volume's file."""
    lines = [
        "\t".join(
            (
                export.number(entry),
                export.texts(entry).plain_title,
                clean(joined_alt(entry.figure)),
            )
        )
        for entry in export.part.entries()
    ]
    return "".join(f"{line}\n" for line in lines).encode()
