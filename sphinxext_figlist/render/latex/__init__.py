"""What only LaTeX needs: lists with dots, numbers, short captions, alt text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ...assemble.assembly import Assembly
    from ...config.settings import Settings
    from ..anchors import Placed
    from .numbers import Misplaced


def set_up(app: Sphinx, settings: Settings) -> None:
    """Have lists written, and the rest where the configuration asks for it.

    Without these settings no byte differs outside lists.
    """
    from . import lines

    lines.set_up(app)
    if settings.numbers_in_latex:
        from . import numbers

        numbers.set_up(app)
    if settings.number_uncaptioned or settings.short_captions:
        from . import captions

        captions.set_up(app)
    if settings.latex_alt:
        from . import alt

        alt.set_up(app)


def complete(
    assembly: Assembly,
    builder: Builder,
    docname: str,
    document: nodes.document,
    figures: Sequence[Placed],
) -> Misplaced | None:
    """Note on *figures* and their like what their visitors write.

    :param document: the assembled one, whose root is *docname*.
    :returns: the first number that its chapter in the PDF does not fit.
    """
    if assembly.settings.short_captions:
        from ..links import Links
        from ..thaw import Thaw
        from . import captions

        thaw = Thaw(assembly, Links(builder, docname, assembly), docname)
        captions.shorten(assembly, thaw, docname, document, figures)
    from . import labels

    labels.add(assembly, docname, document)
    if not assembly.settings.numbers_in_latex:
        return None
    from . import numbers

    return numbers.assign(assembly, docname, document)
