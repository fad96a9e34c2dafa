"""Run the checks that are named over every list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..read.kinds import PICTURE
from ..registry import CHECKS, load
from .finding import Finding, Part

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly
    from ..assemble.model import VolumeList


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found in one volume."""

    part: VolumeList
    #: By figure in reading order, then in the checks' order.
    findings: tuple[Finding, ...]

    def keys(self) -> dict[str, list[str]]:
        """The keys by check of the findings that are not accepted."""
        keys: dict[str, list[str]] = {}
        for finding in self.findings:
            if finding.accepted:
                continue
            keys.setdefault(finding.check, []).append(finding.key)
        return keys


def run(assembly: Assembly) -> list[Checked]:
    """Run the checks of the settings, for each volume of *assembly*.

    The kinds that files list are checked each by itself: a table's title may be that of
    a figure.
    """
    others = [kind for kind in assembly.settings.kinds if kind != "figure"]
    lists = [assembly.illustrated()]
    lists += (assembly.lists(kind, referred=True) for kind in others)
    return [
        Checked(
            _together(parts),
            tuple(one for part in parts for one in findings(assembly, part)),
        )
        for parts in zip(*lists, strict=True)
    ]


def _together(parts: Sequence[VolumeList]) -> VolumeList:
    """The lists of several kinds in one volume as one, by chapter."""
    first, *others = parts
    chapters = {chapter[:4] + chapter[5:]: chapter for chapter in first.chapters}
    for chapter in (chapter for part in others for chapter in part.chapters):
        key = chapter[:4] + chapter[5:]
        known = chapters.setdefault(key, chapter._replace(entries=()))
        chapters[key] = known._replace(entries=known.entries + chapter.entries)
    return first._replace(chapters=tuple(chapters.values()))


def findings(
    assembly: Assembly, part: VolumeList, *, of_alts: bool = False
) -> list[Finding]:
    """What the checks of the settings find in one volume, in reading order.

    :param of_alts: whether those of alt texts are run all the same.
    """
    listed = tuple(part.entries())
    place = {id(entry): at for at, entry in enumerate(listed)}
    found: list[Finding] = []
    for name, check in CHECKS.items():
        if not (name in assembly.settings.checks or (of_alts and check.of_alts)):
            continue
        judged = tuple(
            one
            for one in listed
            if name not in one.figure.allowed
            and (
                one.figure.kind == "figure"
                or check.of_alts == (one.figure.kind == PICTURE)
            )
        )
        find = load(check.module, check.function)
        ours = find(Part(assembly, part.volume, judged))
        found += (replace(finding, check=name) for finding in ours)
    return sorted(found, key=lambda finding: place[id(finding.entry)])
