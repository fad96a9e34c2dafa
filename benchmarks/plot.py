#!/usr/bin/env python3
"""Draw what figlist costs as an SVG picture.

    python benchmarks/plot.py benchmarks/results.json docs/speed.svg

A group of bars for each book, a bar for each build: its height is the ratio of figlist
to plain Sphinx. A mark on a bar is plain Sphinx without numfig, where it was measured.
Standard library only.
"""

from __future__ import annotations

import json
import sys
from html import escape
from itertools import groupby
from pathlib import Path

COLOURS = {
    "clean": "#0b5394",
    "no change": "#3d85c6",
    "one prose edit": "#e69138",
    "one caption's edit": "#7f6000",
}
WIDTH, HEIGHT = 760, 360
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 50, 40
STYLE = "font-family:sans-serif;font-size:13px"


class Scale:
    """Ratios as heights in the picture."""

    def __init__(self, highest: float) -> None:
        self.highest = max(1.2, highest * 1.1)

    def __call__(self, ratio: float) -> float:
        return HEIGHT - BOTTOM - ratio / self.highest * (HEIGHT - BOTTOM - TOP)


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{colour}"/>'
    )


def line(x: float, y: float, until: float, more: str) -> str:
    return f'<path d="M{x:.1f} {y:.1f}H{until:.1f}" {more}/>'


def picture(rows: list[dict]) -> str:
    """The picture of the results of one compact list without a sidebar."""
    shown = [
        row
        for row in rows
        if row["case"] in COLOURS and row["layout"] == "compact" and row["unit"] == "G"
        if row["sidebar"] == "off" and row["jobs"] == 1
    ]
    bars = [row for row in shown if row["side"] == "figlist"]
    bound = {
        (row["book"], row["case"]): row["ratio"]
        for row in shown
        if row["side"] == "unnumbered"
    }
    y = Scale(max(row["ratio"] for row in bars))
    parts = [rectangle(0, 0, WIDTH, HEIGHT, "#ffffff")]
    measured = [case for case in COLOURS if any(row["case"] == case for row in bars)]
    for number, case in enumerate(measured):
        colour = COLOURS[case]
        x = LEFT + number * 150
        parts += [rectangle(x, 16, 12, 12, colour), text(x + 18, 27, case)]
    for tenths in range(0, int(y.highest * 10) + 1, 2):
        ratio = tenths / 10
        parts.append(line(LEFT, y(ratio), WIDTH - RIGHT, 'stroke="#dddddd"'))
        parts.append(text(LEFT - 8, y(ratio) + 4, f"{ratio:.1f}", 'text-anchor="end"'))
    books = [(name, list(some)) for name, some in groupby(bars, lambda r: r["book"])]
    group = (WIDTH - LEFT - RIGHT) / len(books)
    width = group / (len(measured) + 1)
    for place, (name, some) in enumerate(books):
        start = LEFT + place * group + width / 2
        for number, row in enumerate(some):
            x, top = start + number * width, y(row["ratio"])
            colour = COLOURS[row["case"]]
            parts.append(rectangle(x + 2, top, width - 4, y(0) - top, colour))
            middle = 'text-anchor="middle"'
            parts.append(text(x + width / 2, top - 5, f"{row['ratio']:.2f}", middle))
            if (limit := bound.get((name, row["case"]))) is not None:
                stroke = 'stroke="#ffffff" stroke-width="2" stroke-dasharray="4 2"'
                parts.append(line(x + 2, y(limit), x + width - 2, stroke))
        x = LEFT + (place + 0.5) * group
        parts.append(text(x, HEIGHT - 14, name, 'text-anchor="middle"'))
    stroke = 'stroke="#333333" stroke-width="1.5" stroke-dasharray="6 4"'
    parts.append(line(LEFT, y(1), WIDTH - RIGHT, stroke))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'style="{STYLE}" fill="#222222">\n{body}\n</svg>\n'
    )


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit((__doc__ or "").strip())
    results, out = map(Path, sys.argv[1:])
    data = json.loads(results.read_text("utf-8"))
    out.write_text(picture(data["rows"]), encoding="utf-8")


if __name__ == "__main__":
    main()
