"""Numbers for figures without a caption (``figlist_number_uncaptioned``).

Sphinx numbers what a title getter finds a title for; ours finds one for every
figure.  Where the page is written, an empty caption makes each writer print the
number in its own way; writers that print none are given it as the caption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from docutils import nodes

from ..read.scripts import title_text
from ..words import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import TitleGetter

    from .anchors import Placed


def numfig_title(node: nodes.Node) -> str | None:
    """The caption of a figure, or words that stand for it.

    None, and so no number, for an uncaptioned figure that is in no list, and for one
    whose caption sphinx-metadata-figure keeps apart, so that it has no number.
    """
    if not isinstance(node, nodes.figure):
        return None
    for child in node.children:
        if isinstance(child, nodes.caption) and (title := title_text(child)):
            return title
    from ..read.found import is_excluded

    if is_excluded(node) or "original_caption" in node:
        return None
    image = next(node.findall(nodes.image), None)
    name = str(image["uri"]).rpartition("/")[2] if image is not None else ""
    return _("Untitled (%s)") % name if name else _("Untitled")


def number_every_figure(app: Sphinx) -> None:
    """Have Sphinx number figures without a caption too."""
    getter = cast("TitleGetter", numfig_title)  # Sphinx's own returns None as well
    app.add_enumerable_node(nodes.figure, "figure", getter, override=True)


def add_captions(
    figures: Iterable[Placed], words: Callable[[str, str], str] | None = None
) -> None:
    """Give each numbered figure without a caption an empty one.

    :param words: for writers that print no number, that of a document's figure.
    """
    for figure in figures:
        node = figure.node
        if node["ids"] and caption_of(node) is None:
            caption = insert_caption(node)
            if words is not None:
                caption += nodes.Text(words(figure.docname, node["ids"][0]))


def caption_of(figure: nodes.figure) -> nodes.caption | None:
    """The caption of *figure*."""
    return next((node for node in figure if isinstance(node, nodes.caption)), None)


def insert_caption(figure: nodes.figure) -> nodes.caption:
    """Put an empty caption where a caption stands: before the legend."""
    legends = (
        place for place, node in enumerate(figure) if isinstance(node, nodes.legend)
    )
    caption = nodes.caption()
    figure.insert(next(legends, len(figure)), caption)
    return caption
