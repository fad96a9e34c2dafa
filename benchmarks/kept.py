"""The ratios that CI holds builds to, in ``kept.json`` beside this file.

Standard library only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

KEPT = Path(__file__).with_name("kept.json")

#: How far above its kept figure a ratio may be.
TOLERANCE = 1.05


class Measured(Protocol):
    """What a row of the table says."""

    book: str
    case: str
    ratio: float


#: The small books to measure.
BOOKS = [("reference", 1), ("manual", 60)]


def keep(rows: Iterable[Measured], machine: str) -> None:
    """Keep the ratios of these books, and leave those of others."""
    data = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {"ratios": {}}
    data["measured with"] = machine
    for row in rows:
        data["ratios"].setdefault(row.book, {})[row.case] = round(row.ratio, 3)
    KEPT.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def faults(rows: Iterable[Measured]) -> Iterator[str]:
    """What is wrong with ratios, each where it is and what to do."""
    ratios = json.loads(KEPT.read_text("utf-8"))["ratios"]
    for row in rows:
        known = ratios.get(row.book, {}).get(row.case)
        where = f"{row.book}, {row.case}"
        if known is None:
            yield f"{where}: kept.json has no figure; add it with bench.py --keep"
        elif row.ratio > known * TOLERANCE:
            yield (
                f"{where}: {row.ratio:.3f} of plain Sphinx's instructions, over a "
                f"twentieth above {known:.3f}; find what makes it slower, or keep the "
                "new figure with bench.py --keep and say why"
            )
