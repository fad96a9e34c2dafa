"""What a build says of findings: new ones in full, known ones in one line.

Sphinx before 8.1 stops at the first warning under ``-W``.  Ours come when all files
are written, and let the build go on to the last of them; it fails all the same.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from docutils.utils import column_width
from sphinx.util.logging import is_suppressed_warning

from .. import controls

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from ..assemble.assembly import Assembly
    from ..config.settings import Volume
    from .finding import Finding
    from .run import Checked

logger = controls.logger(__name__)

#: Volume id -> check -> keys of findings.
Keys = Mapping[str, Mapping[str, Sequence[str]]]

_GO_ON: Final = {"skip_warningsiserror": True}
_TITLE_WIDTH: Final = 60


def tell(
    app: Sphinx, assembly: Assembly, found: Sequence[Checked], known: Keys
) -> None:
    """Warn of each of *found* that is not *known*, and count those that are."""
    told = {
        (check, key)
        for by_check in known.values()
        for check, keys in by_check.items()
        for key in keys
    }
    count: Counter[str] = Counter()
    for finding in (finding for one in found for finding in one.findings):
        if finding.accepted:
            continue
        if (finding.check, finding.key) in told:
            count[finding.check] += 1
        else:
            _warn_of(app, assembly, finding)
    _count(app, count)


def remind(app: Sphinx, known: Keys) -> None:
    """Count the *known* findings."""
    count: Counter[str] = Counter()
    for by_check in known.values():
        count.update({check: len(keys) for check, keys in by_check.items()})
    _count(app, count)


def accepted(number: int, mended: Sequence[str]) -> None:
    """Count the findings that the baseline accepts, and name what it need not."""
    if number:
        findings = "finding" if number == 1 else "findings"
        logger.info("figlist_baseline accepts %d %s", number, findings)
    if mended:
        logger.info(
            "figlist_baseline: fixed, and therefore no longer needed:%s",
            "".join(f"\n- {one}" for one in mended),
        )


def table(volumes: Sequence[Volume], checks: Sequence[str], found: Keys) -> None:
    """Sum the findings up, by check and volume."""
    rows = [["check", *(volume.label or "findings" for volume in volumes)]]
    for check in checks:
        counts = (len(found.get(one.id, {}).get(check, ())) for one in volumes)
        rows.append([check, *map(str, counts)])
    widths = [max(map(column_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        spaces = [
            " " * (width - column_width(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        counted = zip(spaces[1:], row[1:], strict=True)
        line = row[0] + spaces[0] + "".join(f"  {s}{cell}" for s, cell in counted)
        logger.info("%s", line)


def _warn_of(app: Sphinx, assembly: Assembly, finding: Finding) -> None:
    from .finding import named

    figure = finding.entry.figure
    path = os.path.normpath(assembly.env.srcdir / figure.source)
    message = finding.message
    if finding.values:
        message %= finding.values
    _warn(
        app,
        "%s: %s",
        named(assembly, finding.entry, width=_TITLE_WIDTH),
        message,
        location=f"{path}:{figure.line or ''}",
        subtype=finding.check,
    )


def _count(app: Sphinx, count: Mapping[str, int]) -> None:
    if count:
        total = sum(count.values())
        _warn(
            app,
            "figlist: %d %s still open: %s (run with -E to list %s)",
            total,
            "finding from earlier builds is"
            if total == 1
            else "findings from earlier builds are",
            ", ".join(f"{check} {number}" for check, number in sorted(count.items())),
            "it" if total == 1 else "them",
            subtype="known",
        )


def _warn(
    app: Sphinx, message: str, *values: object, subtype: str, **more: Any
) -> None:
    logger.warning(
        message, *values, type="figlist", subtype=subtype, extra=dict(_GO_ON), **more
    )
    suppressed = app.config.suppress_warnings
    if getattr(app, "warningiserror", False) and not is_suppressed_warning(
        "figlist", subtype, suppressed
    ):
        app.statuscode = 1
