"""What a build says of page numbers on the console."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .. import controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.builders import Builder
    from sphinx.config import Config

    from ..assemble.assembly import Assembly
    from ..config.settings import Volume
    from ..proofs.pages import Pages

logger = controls.logger(__name__)

_NO_PAGES: Final = {
    "absent": "%r does not exist, so %s has no page numbers; %s",
    "stale": (
        "%r is out of date, so %s has no page numbers: sources or settings changed "
        "since the PDF was built; build it again with figlist_page_numbers set "
        "(sphinx-build -M latexpdf)"
    ),
    "elsewhere": (
        "%r belongs to a PDF that does not contain %s, which therefore has no page "
        "numbers; give the .aux file of its own PDF"
    ),
    "unreadable": (
        "%r cannot be read, so %s has no page numbers; it must be an .aux file, or a "
        "CSV file with the column page and a column label or number"
    ),
    "volumes": (
        "%r does not say which volume its numbers belong to, so %s has no page "
        "numbers; add a column label or volume"
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
            about = [pages.source.given, labels[id_] or "the book"]
            if pages.problem == "absent":
                about.append(_instead(pages.source.path, builder.config))
            if expected:
                logger.info("figlist: " + message, *about)
            else:
                logger.warning(
                    "figlist_page_numbers: " + message,
                    *about,
                    type="figlist",
                    subtype="page_numbers",
                )


def _instead(path: Path, config: Config) -> str:
    """What to do about a file of page numbers that does not exist."""
    make = "build the PDF first (sphinx-build -M latexpdf)"
    if path.suffix.lower() != ".aux":
        return "create it or correct the path"
    if found := sorted(other.name for other in path.parent.glob("*.aux")):
        return f"the .aux files there: {', '.join(found[:5])}"
    targets = (str(entry[1]) for entry in config.latex_documents)
    made = [Path(target).with_suffix(".aux").name for target in targets]
    if made and path.name not in made:
        return f"{make}; that leaves {', '.join(made)}"
    return make


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
                "figlist_page_numbers: %r gives %r several pages (%s), so it has none; "
                "keep one of these rows",
                pages.source.given,
                "".join(key),
                ", ".join(places),
                type="figlist",
                subtype="page_numbers",
            )
    for given, names in unused.items():
        logger.warning(
            "figlist_page_numbers: %r has %d %s that no figure has: %s; correct or "
            "remove %s",
            given,
            len(names),
            "label or number" if len(names) == 1 else "labels or numbers",
            ", ".join(sorted(names)[:5]),
            "it" if len(names) == 1 else "them",
            type="figlist",
            subtype="page_numbers",
        )
