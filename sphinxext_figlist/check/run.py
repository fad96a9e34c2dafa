"""Run the checks that are named over every list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

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
        """The findings' keys by check."""
        keys: dict[str, list[str]] = {}
        for finding in self.findings:
            keys.setdefault(finding.check, []).append(finding.key)
        return keys


def run(assembly: Assembly) -> list[Checked]:
    """Run the checks of the settings, for each volume of *assembly*."""
    return [_checked(assembly, part) for part in assembly.lists(referred=True)]


def _checked(assembly: Assembly, part: VolumeList) -> Checked:
    listed = tuple(part.entries())
    place = {id(entry): at for at, entry in enumerate(listed)}
    findings: list[Finding] = []
    for name in assembly.settings.checks:
        judged = tuple(one for one in listed if name not in one.figure.allowed)
        find = load(CHECKS[name].module, CHECKS[name].function)
        found = find(Part(assembly, part.volume, judged))
        findings += (replace(finding, check=name) for finding in found)
    findings.sort(key=lambda finding: place[id(finding.entry)])
    return Checked(part, tuple(findings))
