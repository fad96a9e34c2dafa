"""A baseline: earlier findings that are accepted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .finding import Finding, worded
from .run import Checked

if TYPE_CHECKING:
    from ..assemble.assembly import Assembly


class Accepted(NamedTuple):
    """What is known of a finding besides where it stands: lines come and go."""

    volume: str
    check: str
    #: The figure's label, else its document.
    figure: str
    picture: str
    message: str

    def __str__(self) -> str:
        where = " ".join(filter(None, (self.figure, self.picture)))
        return f"{self.check}, {where}: {self.message}"


def read(path: Path) -> Counter[Accepted]:
    """The findings in a ``FIGURE_CHECKS.json``.

    :raises ValueError: where it is none.
    :raises OSError: where it cannot be read.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Counter(_findings(data))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(path) from error


def _findings(data: Mapping[str, Any]) -> Iterator[Accepted]:
    for volume in data["volumes"]:
        id_ = (volume["volume"] or {}).get("id", "")
        for chapter in volume["chapters"]:
            for finding in chapter["findings"]:
                figure = finding["figure"]
                yield Accepted(
                    volume=id_,
                    check=finding["check"],
                    figure=figure["label"] or figure["docname"],
                    picture=finding["image"] or "",
                    message=finding["message"],
                )


def accept(
    assembly: Assembly, found: Sequence[Checked], baseline: Mapping[Accepted, int]
) -> tuple[list[Checked], list[Accepted]]:
    """*found*, those in the baseline marked, and those that are no longer found.

    The latter only of the checks and volumes that ran.
    """
    left = Counter(baseline)

    def marked(volume: str, finding: Finding) -> Finding:
        figure = finding.entry.figure
        key = Accepted(
            volume=volume,
            check=finding.check,
            figure=finding.entry.label or figure.docname,
            picture=finding.picture,
            message=worded(finding),
        )
        if left[key] <= 0:
            return finding
        left[key] -= 1
        return replace(finding, accepted=True)

    checked = []
    for one in found:
        volume = one.part.volume.id
        findings = tuple(marked(volume, finding) for finding in one.findings)
        checked.append(replace(one, findings=findings))
    ran = {one.part.volume.id for one in found}
    checks = assembly.settings.checks
    mended = [
        key for key in left.elements() if key.volume in ran and key.check in checks
    ]
    return checked, mended
