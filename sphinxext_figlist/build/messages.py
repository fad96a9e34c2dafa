"""What a build says of volumes and lists on the console."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sphinx.util import logging

from ..read.records import PICTURE
from ..registry import FORMATS
from ..words import __

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly
    from ..assemble.model import VolumeList
    from ..config.settings import Volume
    from ..proofs.pages import Pages
    from ..render.latex.numbers import Misplaced

logger = logging.getLogger(__name__)


def absent(volumes: Iterable[Volume]) -> None:
    """Tell of volumes whose root this build excludes."""
    for volume in volumes:
        logger.info(
            __("figlist: %s is left out: this build excludes its root %r"),
            volume.label,
            volume.root,
        )


def edited(path: Path, other: Path) -> None:
    """Warn of a table that somebody has changed since it was written."""
    logger.warning(
        __(
            "%s was edited since it was written: it is kept as %s; take over what is "
            "in it, then remove it (for alt texts: figlist apply %s --source DIR)"
        ),
        path,
        other.name,
        other,
        type="figlist",
        subtype="edited",
    )


def warn_of_volumes(assembly: Assembly) -> None:
    """Warn of figures in two volumes, or in none where the book has volumes."""
    pages, members = assembly.book.pages, assembly.members

    def holds_figures(docname: str) -> bool:
        figures = pages[docname].figures() if docname in pages else ()
        return any(not figure.excluded and figure.kind != PICTURE for figure in figures)

    for docname, first, other in members.contested:
        if holds_figures(docname):
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
        outside = pages.keys() - members.volume_of.keys()
        for docname in sorted(filter(holds_figures, outside)):
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


def summary(kind: str, part: VolumeList) -> None:
    """Sum up the list of one kind in one volume."""
    from ..assemble.fields import lacks_alt

    entries, chapters = list(part.entries()), part.count_chapters()
    words = [f"{len(entries)} {kind}{'' if len(entries) == 1 else 's'}"]
    words[0] += f" in {chapters} chapter{'' if chapters == 1 else 's'}"
    without = sum(not entry.figure.caption for entry in entries)
    words.append(f"{without} without a caption")
    if kind == "figure":
        without = sum(lacks_alt(entry.figure) for entry in entries)
        words.append(f"{without} without alt text")
    name = part.volume.label or part.volume.stem(kind)
    logger.info("%s: %s", name, ", ".join(words))


def unlisted(assembly: Assembly) -> None:
    """Count what is in no list, since no toctree of the book reaches it."""
    count, documents = 0, set()
    for docname, page in assembly.book.pages.items():
        if docname not in assembly.members.volume_of:
            figures = [
                figure
                for figure in page.figures()
                if figure.kind in assembly.settings.kinds
                and not figure.excluded
                and assembly.output.includes(figure.conditions)
            ]
            count += len(figures)
            documents |= {docname} if figures else set()
    if count:
        logger.info(
            "figlist: %d %s in no list, since no toctree of the book reaches "
            "the document: %s",
            count,
            "is" if count == 1 else "are",
            ", ".join(sorted(documents)),
        )


def unknown_titles(assembly: Assembly) -> None:
    """Warn of labels in ``figlist_titles`` that no figure has."""
    if not assembly.settings.titles:
        return
    known = {
        name
        for page in assembly.book.pages.values()
        for figure in page.figures()
        for name in figure.names
    }
    for label in assembly.settings.titles:
        if label not in known:
            near = get_close_matches(label, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            logger.warning(
                "figlist_titles: no figure has the label %r%s",
                label,
                hint,
                type="figlist",
                subtype="title",
            )


def left_out(formats: Iterable[str]) -> None:
    """Tell of files that cannot be written for want of a library."""
    for name in sorted(formats):
        logger.info(
            __("figlist: no %s is written; it needs %s"), name, FORMATS[name].wanting
        )


def pictures(assembly: Assembly) -> None:
    """Tell of pictures whose files are missing or unreadable."""
    from ..assemble.fields import place

    told = set()
    for part in assembly.lists():
        for entry in part.entries():
            for image in entry.figure.images:
                problem = assembly.facts(image).problem
                if problem and image.path not in told:
                    told.add(image.path)
                    logger.info(
                        __("figlist: %s is %s (%s)"),
                        image.path,
                        __("not there") if problem == "missing" else __("unreadable"),
                        place(entry.figure),
                    )


_NO_PAGES = {
    "absent": __(
        "%s is not there, so there are no page numbers of %s; "
        "make the PDF first (sphinx-build -M latexpdf)"
    ),
    "stale": __(
        "%s is not of the book as it is now, so there are no page numbers of %s; "
        "make the PDF again (sphinx-build -M latexpdf) with figlist_page_numbers set"
    ),
    "elsewhere": __(
        "%s is of a PDF that lacks %s, so there are no page numbers of it; "
        "name the .aux of the PDF that holds it"
    ),
    "unreadable": __(
        "%s gives no page numbers of %s; "
        "it must be an .aux, or a CSV with the columns label or number, and page"
    ),
    "volumes": __(
        "%s gives no page numbers of %s; where numbers stand for figures and volumes "
        "share a file, it needs the column label or volume"
    ),
}


def printed(
    volumes: Iterable[Volume], printed: Mapping[str, Pages], builder: Builder
) -> None:
    """Tell why there are no page numbers: one message a volume."""
    labels = {volume.id: volume.label for volume in volumes}
    for id_, pages in printed.items():
        if pages.problem:
            # What is absent may be a PDF yet to be made, and LaTeX makes it anew.
            expected = builder.format == "latex" or (
                pages.problem == "absent" and builder.name != "figlist"
            )
            message = _NO_PAGES[pages.problem]
            about = (pages.source.given, labels[id_] or __("the book"))
            if expected:
                logger.info("figlist: " + message, *about)
            else:
                logger.warning(
                    "figlist_page_numbers: " + message,
                    *about,
                    type="figlist",
                    subtype="page_numbers",
                )


def unused_pages(assembly: Assembly, printed: Mapping[str, Pages]) -> None:
    """Warn of page numbers that are of no figure, or of one with another number."""
    figures = [
        (entry.figure, entry.dotted)
        for part in assembly.lists()
        for entry in part.entries()
    ]
    unused: dict[str, set[str]] = defaultdict(set)
    for pages in printed.values():
        for row in pages.unused(figures):
            unused[pages.source.given].add(row.label or row.number)
        for key, places in pages.repeated():
            logger.warning(
                __(
                    "figlist_page_numbers: %s gives %r several pages (%s), so it has "
                    "none; leave one of these rows"
                ),
                pages.source.given,
                "".join(key),
                ", ".join(places),
                type="figlist",
                subtype="page_numbers",
            )
    for given, names in unused.items():
        logger.warning(
            __("figlist_page_numbers: %s has rows that fit no figure (%d): %s"),
            given,
            len(names),
            ", ".join(sorted(names)[:5]),
            type="figlist",
            subtype="page_numbers",
        )
