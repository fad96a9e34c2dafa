"""Run the checks that are named over every list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..read.records import PICTURE
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
    """Run the checks of the settings, for each volume of *assembly*."""
    return [
        Checked(part, tuple(findings(assembly, part)))
        for part in assembly.illustrated()
    ]


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
            and (check.of_alts or one.figure.kind != PICTURE)
        )
        find = load(check.module, check.function)
        ours = find(Part(assembly, part.volume, judged))
        found += (replace(finding, check=name) for finding in ours)
    return sorted(found, key=lambda finding: place[id(finding.entry)])
