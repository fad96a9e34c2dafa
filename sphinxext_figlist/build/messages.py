"""What a build says of volumes and lists on the console."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import Matcher

from .. import controls
from ..read.kinds import PICTURE
from ..registry import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly
    from ..assemble.model import VolumeList
    from ..config.settings import Volume
    from ..render.latex.numbers import Misplaced

logger = controls.logger(__name__)

#: What may be wrong with a picture file.
_PROBLEMS: Final = {
    "missing": "%s: the picture file %r does not exist; correct its path",
    "unreadable": "%s: the picture file %r cannot be read as a picture; replace it",
}


def absent(volumes: Iterable[Volume]) -> None:
    """Tell of volumes whose root this build excludes."""
    for volume in volumes:
        logger.info(
            "figlist: %s is skipped: this build excludes its root %r",
            volume.label,
            volume.root,
        )


def edited(path: Path, other: Path) -> None:
    """Warn of a table that somebody has changed since it was written."""
    logger.warning(
        "%r has been edited since figlist wrote it, so it is kept as %r; take over the "
        "edits, then remove that file (for alt texts: figlist apply %s --source DIR)",
        str(path),
        other.name,
        other,
        type="figlist",
        subtype="edited",
    )


def warn_of_volumes(assembly: Assembly, *, aloud: bool) -> bool:
    """Warn of figures in two volumes, or in none where the book has volumes.

    :param aloud: whether to do so, or only to see whether there are any.
    """
    pages, members = assembly.pages, assembly.members

    def holds_figures(docname: str) -> bool:
        figures = pages[docname].figures() if docname in pages else ()
        return any(not figure.excluded and figure.kind != PICTURE for figure in figures)

    contested = [one for one in members.contested if holds_figures(one[0])]
    for docname, first, other in contested if aloud else ():
        logger.warning(
            "%r belongs to both %s and %s, so its figures are listed only in the "
            "first; remove the document from one of them",
            docname,
            first.label,
            other.label,
            location=docname,
            type="figlist",
            subtype="volume",
        )
    outside: list[str] = []
    if assembly.settings.volumes:
        outside += filter(holds_figures, pages.keys() - members.volume_of.keys())
    for docname in sorted(outside) if aloud else ():
        logger.warning(
            "%r belongs to no volume, so its figures are in no list; add it to a "
            "toctree of a volume",
            docname,
            location=docname,
            type="figlist",
            subtype="volume",
        )
    return bool(contested or outside)


def tell_of_numfig(builder: Builder) -> None:
    """Tell why lists have no numbers; LaTeX has its own."""
    if builder.format != "latex":
        logger.info(
            "figlist: figures have no numbers because numfig is off; set numfig = True"
        )


def tell_of_chapters(docname: str, misplaced: Misplaced) -> None:
    """Tell of figures that do not begin with their chapter's number in the PDF."""
    logger.info(
        "figlist: in the PDF of %r, %s is in chapter %d, because figures have the "
        "numbers of the HTML, but chapters those of LaTeX; use a :numbered: toctree "
        "for each volume, or set figlist_latex_numbers = 'latex'",
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
        noun = "figure" if assembly.settings.kinds == ("figure",) else "element"
        logger.info(
            "figlist: %d %s in no list, because no toctree leads to %s",
            count,
            f"{noun} is" if count == 1 else f"{noun}s are",
            ", ".join(map(repr, sorted(documents))),
        )


def unknown_titles(assembly: Assembly) -> bool:
    """Warn of labels in ``figlist_titles`` that no figure has."""
    if not assembly.settings.titles:
        return False
    known = {
        name
        for page in assembly.book.pages.values()
        for figure in page.figures()
        for name in figure.names
    }
    unknown = [label for label in assembly.settings.titles if label not in known]
    for label in unknown:
        near = get_close_matches(label, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        logger.warning(
            "figlist_titles: no figure has the label %r%s",
            label,
            hint,
            type="figlist",
            subtype="title",
        )
    return bool(unknown)


def become_pages(app: Sphinx, folder: Path, names: Iterable[str]) -> None:
    """Warn of files that Sphinx will take for sources of the book."""
    place = os.path.relpath(folder, app.srcdir).replace(os.sep, "/")
    if place.startswith(".."):
        return
    top = place.partition("/")[0]
    beside = (name for name in app.env.found_docs if not name.startswith(f"{place}/"))
    if any(name.startswith(f"{top}/") for name in beside):
        top = place
    config = app.config
    excludes = [*config.exclude_patterns, *config.templates_path, *EXCLUDE_PATHS]
    excluded, included = Matcher(excludes), Matcher(config.include_patterns)
    for name in names:
        path = name if place == "." else f"{place}/{name}"
        around = [path, *(str(one) for one in PurePosixPath(path).parents)]
        if (
            Path(name).suffix in config.source_suffix
            and included(path)
            and not any(map(excluded, around))
        ):
            logger.warning(
                "the next build will treat %r as a page of the book; add %r to "
                "exclude_patterns",
                path,
                top,
                type="figlist",
                subtype="excluded",
            )
            return


def left_out(formats: Iterable[str]) -> None:
    """Tell of files that cannot be written for want of a library."""
    for name in sorted(formats):
        logger.info("figlist: %s is skipped; it needs %s", name, FORMATS[name].wanting)


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
                    logger.info(_PROBLEMS[problem], place(entry.figure), image.path)
