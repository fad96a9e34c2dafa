"""What can be added to: layouts and file formats, by the name users give them.

``setup()`` fills these; each entry is one module and one line there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes

    from .export.files import Export
    from .render.view import ListView


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is shown."""

    render: Callable[[ListView], list[nodes.Node]]
    #: The fields where a directive names none; None: those of ``figlist_fields``.
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """How a list is written to a file."""

    suffix: str
    export: Callable[[Export], bytes]


LAYOUTS: dict[str, Layout] = {}
FORMATS: dict[str, Format] = {}
