"""The findings as files, for editors: Markdown to read, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from ..assemble.fields import place
from ..assemble.model import Chapter
from ..check.finding import Finding, named, worded
from ..check.run import Checked
from ..config.settings import book_name
from ..words import NN_, _, chapter_heading, counted
from .markup import literal, underlined

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly

#: Their names without suffix.
NAME: Final = "FIGURE_CHECKS"
#: Raised when the form of the JSON changes in a way that breaks readers.
VERSION: Final = 1


def contents(assembly: Assembly, found: Sequence[Checked]) -> dict[str, bytes]:
    """The contents of both files by name, in the book's language."""
    return {
        f"{NAME}.md": "\n".join(_markdown(assembly, found)).encode(),
        f"{NAME}.json": _json(assembly, found),
    }


def _by_chapter(checked: Checked) -> Iterator[tuple[Chapter, list[Finding]]]:
    """Each chapter with findings, in reading order."""
    for chapter in checked.part.chapters:
        here = {id(entry) for entry in chapter.entries}
        found = [one for one in checked.findings if id(one.entry) in here]
        if found:
            yield chapter, found


# -- Markdown ---------------------------------------------------------------------


def _markdown(assembly: Assembly, found: Sequence[Checked]) -> Iterator[str]:
    yield from ("# " + _("Figure Checks"), "")
    if name := book_name(assembly.env.config):
        yield from (underlined(name), "")
    yield from (*_table(assembly, found), "", "---", "")
    for checked in found:
        volume, level = checked.part.volume, "##"
        if assembly.settings.volumes:
            title = literal(f"{volume.label}: {volume.title}", heading=True)
            yield from (f"## {title}", "")
            level = "###"
        for chapter, findings in _by_chapter(checked):
            heading = chapter_heading(chapter.number, chapter.title)
            yield from (f"{level} {literal(heading, heading=True)}", "")
            yield from _figures(assembly, findings, level + "#")
        if not checked.findings:
            yield from (_("No findings."), "")
        yield from ("---", "")
    yield from (f"_{_total(one for checked in found for one in checked.findings)}_", "")


def _table(assembly: Assembly, found: Sequence[Checked]) -> Iterator[str]:
    """How often each check found something, by volume."""
    labels = [literal(one.part.volume.label or _("Findings")) for one in found]
    yield "| " + " | ".join((_("Check"), *labels)) + " |"
    yield "|---" + "|--:" * len(labels) + "|"
    counts = [checked.keys() for checked in found]
    for check in assembly.settings.checks:
        cells = (str(len(keys.get(check, ()))) for keys in counts)
        yield "| " + " | ".join((f"`{check}`", *cells)) + " |"


def _figures(
    assembly: Assembly, findings: Iterable[Finding], level: str
) -> Iterator[str]:
    """The findings of one chapter, under their figures."""
    for _key, group in groupby(findings, key=lambda finding: id(finding.entry)):
        of_one = list(group)
        entry = of_one[0].entry
        words = literal(named(assembly, entry), heading=True)
        yield from (f"{level} {words}", "")
        yield from (f"**{_('Location')}**: {literal(place(entry.figure))}", "")
        for finding in of_one:
            yield f"- `{finding.check}`: {literal(worded(finding))}"
        yield ""


def _total(findings: Iterable[Finding]) -> str:
    listed = list(findings)
    number, figures = len(listed), len({id(one.entry) for one in listed})
    return _("Total: %(findings)s, %(figures)s") % {
        "findings": NN_("%d finding", "%d findings", number),
        "figures": counted("figure", figures),
    }


# -- JSON -------------------------------------------------------------------------


def _json(assembly: Assembly, found: Sequence[Checked]) -> bytes:
    data = {
        "version": VERSION,
        "project": book_name(assembly.env.config) or None,
        "checks": list(assembly.settings.checks),
        "volumes": [_volume(assembly, checked) for checked in found],
        "totals": {
            "findings": sum(len(checked.findings) for checked in found),
            "figures": len({id(f.entry) for one in found for f in one.findings}),
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(
        errors="backslashreplace"  # as JSON itself writes lone surrogates
    )


def _volume(assembly: Assembly, checked: Checked) -> dict[str, Any]:
    volume, counts = checked.part.volume, checked.keys()
    names = {"id": volume.id, "label": volume.label, "title": volume.title}
    return {
        "volume": names if assembly.settings.volumes else None,
        "counts": {
            check: len(counts.get(check, ())) for check in assembly.settings.checks
        },
        "chapters": [
            {
                "number": chapter.number or None,
                "title": chapter.title,
                "docname": chapter.docname,
                "findings": [_finding(assembly, finding) for finding in findings],
            }
            for chapter, findings in _by_chapter(checked)
        ],
    }


def _finding(assembly: Assembly, finding: Finding) -> dict[str, Any]:
    entry = finding.entry
    figure = entry.figure
    return {
        "check": finding.check,
        "message": worded(finding),
        "image": finding.picture or None,
        **({"accepted": True} if finding.accepted else {}),
        "figure": {
            "number": entry.dotted or None,
            "label": entry.label,
            "id": figure.id or None,
            "docname": figure.docname,
            "name": named(assembly, entry),
        },
        "location": {"path": figure.source, "line": figure.line},
    }
