"""The list of illustrations in an EPUB's navigation document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from docutils.utils import new_document

from ..assemble.fields import untitled
from ..render.links import Links
from ..render.thaw import Thaw
from ..words import _, after_number
from .plain import clean, plain

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.builders.epub3 import Epub3Builder

    from ..assemble.assembly import Assembly
    from ..assemble.model import Entry


def extend(
    builder: Builder,
    apart: Callable[[], AbstractContextManager[None]],
    illustrations: Callable[[], str],
) -> None:
    """Let *builder* end its navigation document with *illustrations*.

    Sphinx packs the book as soon as that document is written, and has no hook.  What
    it resolves for its tables of contents is no page: that is done *apart*.
    """
    epub = cast("Epub3Builder", builder)
    finish, write = epub.handle_finish, epub.build_navigation_doc

    def handle_finish() -> None:
        with apart():
            finish()

    def build_navigation_doc() -> None:
        write()
        if added := illustrations():
            path = Path(epub.outdir, "nav.xhtml")
            before, end, after = path.read_text("utf-8").rpartition("</body>")
            path.write_text(f"{before}{added}{end}{after}", "utf-8")

    epub.handle_finish = handle_finish  # type: ignore[method-assign]
    epub.build_navigation_doc = build_navigation_doc  # type: ignore[method-assign]


def illustrations(assembly: Assembly, builder: Builder) -> str:
    """The ``nav`` of all volumes' figures; ``""`` for a book without a list of them."""
    holds = assembly.output.holds
    parts = [
        (
            clean(f"{part.volume.label}: {part.volume.title}"),
            [entry for entry in part.entries() if holds(entry.figure.docname)],
        )
        for part in assembly.illustrations
    ]
    titles = iter(_titles(assembly, builder, [e for _, found in parts for e in found]))
    lists = [
        (words, [_item(assembly, builder, entry, next(titles)) for entry in entries])
        for words, entries in parts
        if entries
    ]
    if not lists:
        return ""
    items = lists[0][1]
    if len(assembly.volumes) > 1:
        items = [
            f"<li><span>{escape(words)}</span>\n{_ordered(inner)}</li>\n"
            for words, inner in lists
        ]
    # Reading systems offer it; where they show this document as a page it is hidden.
    return (
        '  <nav epub:type="loi" hidden="">\n'
        f"<h2>{escape(_('Figure List'))}</h2>\n{_ordered(items)}</nav>\n  "
    )


def _ordered(items: Sequence[str]) -> str:
    return f"<ol>\n{''.join(items)}</ol>\n"


def _item(assembly: Assembly, builder: Builder, entry: Entry, title: str) -> str:
    figure = entry.figure
    number = assembly.words(figure, entry.dotted)
    parted = after_number(number) if number and title else ""
    words = f"{number}{parted}{title}" or clean(untitled(figure))
    uri = f"{builder.get_target_uri(figure.docname)}#{figure.id}"
    return f'<li><a href="{escape(uri)}">{escape(words)}</a></li>\n'


def _titles(
    assembly: Assembly, builder: Builder, entries: Sequence[Entry]
) -> list[str]:
    """The entries' titles as text, with what they refer to."""
    env = assembly.env
    root = env.config.root_doc
    thaw = Thaw(assembly, Links(builder, root, assembly), root)
    document = new_document("")
    document.settings.env = env
    document += [nodes.paragraph("", "", *thaw(e.title.heading)) for e in entries]
    paragraphs = list(document.children)
    env.resolve_references(document, root, builder)
    for raw in list(document.findall(nodes.raw)):
        raw.parent.remove(raw)
    return [plain(paragraph.children) for paragraph in paragraphs]
