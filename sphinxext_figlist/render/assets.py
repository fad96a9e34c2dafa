"""Style sheet and script: in the output where the book has a list that needs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder

STYLE: Final = "figlist.css"
SCRIPT: Final = "figlist.js"
#: Pages that can run a script; readers of EPUB do not.
SCRIPTED: Final = frozenset({"html", "dirhtml", "singlehtml"})
#: What is put together to a file: readers of EPUB know less than browsers.
_PARTS: Final = {
    STYLE: ("figlist.css", "figlist-room.css"),
    SCRIPT: ("figlist.js",),
}
_SOURCE = Path(__file__).parent.parent / "static"


def install(outdir: Path, name: str, *, wanted: bool, whole: bool = True) -> None:
    """Put a file among the static files, or take it away.

    :param whole: whether it is for browsers.

    It must be there before pages are written: Sphinx puts its digest into the
    link to it.
    """
    target = outdir / "_static" / name
    if not wanted:
        target.unlink(missing_ok=True)
        return
    parts = _PARTS[name] if whole else _PARTS[name][:1]
    content = b"\n".join((_SOURCE / part).read_bytes() for part in parts)
    if not target.is_file() or target.read_bytes() != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def load(builder: Builder, *, script: bool) -> None:
    """Load the style sheet, and the script, on the page that is being written."""
    html = cast("StandaloneHTMLBuilder", builder)
    html.add_css_file(STYLE)
    if script:
        html.add_js_file(SCRIPT, defer="defer")
