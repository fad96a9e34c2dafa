"""The style sheet: in the output where the book has a list, loaded by its pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder

_NAME = "figlist.css"
_SOURCE = Path(__file__).parent.parent / "static" / _NAME


def install(outdir: Path, *, wanted: bool) -> None:
    """Put the style sheet among the static files, or take it away.

    It must be there before pages are written: Sphinx puts its digest into the
    link to it.
    """
    target = outdir / "_static" / _NAME
    if not wanted:
        target.unlink(missing_ok=True)
        return
    content = _SOURCE.read_bytes()
    if not target.is_file() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def load(builder: Builder) -> None:
    """Load the style sheet on the page that is being written."""
    cast("StandaloneHTMLBuilder", builder).add_css_file(_NAME)
