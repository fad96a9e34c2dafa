"""What a build says of volumes and lists on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from .words import __

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from .assemble.model import VolumeList
    from .assembly import Assembly
    from .config import Volume
    from .render.latex.numbers import Misplaced

logger = logging.getLogger(__name__)


def absent(volumes: Iterable[Volume]) -> None:
    """Tell of volumes whose root this build excludes."""
    for volume in volumes:
        logger.info(
            __("figlist: %s is left out: this build excludes its root %r"),
            volume.label,
            volume.root,
        )


def warn_of_volumes(assembly: Assembly) -> None:
    """Warn of figures in two volumes, or in none where the book has volumes."""
    pages, members = assembly.book.pages, assembly.members
    holding = {
        docname
        for docname, page in pages.items()
        if any(not figure.excluded for figure in page.figures())
    }
    for docname, first, other in members.contested:
        if docname in holding:
            logger.warning(
                __("%r is in %s and in %s; its figures are listed in the first"),
                docname,
                first.label,
                other.label,
                location=docname,
                type="figlist",
                subtype="volume",
            )
    if assembly.settings.volumes:
        for docname in sorted(holding - members.volume_of.keys()):
            logger.warning(
                __("%r is in no volume; its figures are in no list"),
                docname,
                location=docname,
                type="figlist",
                subtype="volume",
            )


def tell_of_numfig(builder: Builder) -> None:
    """Tell why lists have no numbers; LaTeX has its own."""
    if builder.format != "latex":
        logger.info(__("figlist: numfig is off, so Sphinx assigns no numbers to list"))


def tell_of_chapters(docname: str, misplaced: Misplaced) -> None:
    """Tell of figures that do not begin with their chapter's number in the PDF."""
    logger.info(
        __(
            "figlist: in the PDF of %r LaTeX counts the chapters, and figures have the "
            "numbers of the HTML: %s stands in its chapter %d"
        ),
        docname,
        misplaced.words,
        misplaced.chapter,
    )


def summary(part: VolumeList) -> None:
    """Sum up the list of one volume."""
    from .assemble.fields import lacks_alt

    entries = list(part.entries())
    figures, chapters = len(entries), len(part.chapters)
    logger.info(
        __("%s: %s in %s, %d without a caption, %d without alt text"),
        part.volume.label or part.volume.filename,
        __("1 figure") if figures == 1 else __("%d figures") % figures,
        __("1 chapter") if chapters == 1 else __("%d chapters") % chapters,
        sum(not entry.figure.caption for entry in entries),
        sum(lacks_alt(entry.figure) for entry in entries),
    )
