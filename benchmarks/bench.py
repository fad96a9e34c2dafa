#!/usr/bin/env python3
"""What figlist costs beside plain Sphinx.

    python benchmarks/bench.py
    python benchmarks/bench.py --book reference:10 manual:1500 --jobs 2
    python benchmarks/bench.py --layout full --side hand figlist
    python benchmarks/bench.py --time --book reference:40 --pairs 5
    python benchmarks/bench.py --check

Each book is built by plain Sphinx and with figlist, each build in a process of its
own. The builds' instructions are counted by valgrind; with --time, pairs of builds
take turns and CPU time and memory are measured. README.md beside this file says how to
read the table.

Standard library only, but for what builds the book: sphinx, myst-parser and figlist.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import kept
from books import Spec, edit_caption, edit_prose, write_book
from costs import Cost, Site, valgrind

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seed" / "make_book.py"

CASES = ("clean", "no change", "one prose edit", "one caption's edit", "files")

BOOKS = [("reference", 1), ("reference", 10)]

Costs = dict[str, dict[str, list[Cost]]]  # by side and case


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class Edits:
    """The builds of one site, each ready to be made over and over."""

    def __init__(self, site: Site, side: str, count: bool) -> None:
        self.site, self._side, self._count = site, side, count
        self._edits = 0

    def make(self, case: str, *, warm: bool = False) -> Cost:
        """Make one build.

        :param warm: whether to do so only for what it leaves behind.
        """
        site, builder = self.site, "html"
        self._edits += 1
        if case == "clean":
            site.forget()
        elif case == "one prose edit":
            edit_prose(site.book, self._edits)
        elif case == "one caption's edit":
            edit_caption(site.book, self._edits)
        elif case == "files":  # plain Sphinx has none: its pages stand for them
            site.forget()
            builder = "figlist" if self._side == "figlist" else builder
        return site.build(builder, count=self._count and not warm)


def counted(sites: dict[str, Site], cases: Sequence[str], jobs: int) -> Costs:
    """The instructions of one build each: they are the same in every run."""

    def count(side: str) -> dict[str, list[Cost]]:
        builds = Edits(sites[side], side, count=True)
        found = {}
        # Compiles what builds import, and leaves a book for the builds that change one.
        for case in ("clean", *cases):
            builds.make(case, warm=True)
        if cases[-1] == "files":
            builds.make("clean", warm=True)
        for case in cases:
            found[case] = [builds.make(case)]
            say(f"  {side}, {case}: {found[case][0].instructions / 1e9:.3f} G")
        return found

    with ThreadPoolExecutor(jobs) as pool:
        return dict(zip(sites, pool.map(count, sites), strict=True))


def timed(
    sites: dict[str, Site], cases: Sequence[str], pairs: int, edits: int
) -> Costs:
    """CPU time and memory: the sides take turns, first the one, then the other."""
    builds = {side: Edits(site, side, count=False) for side, site in sites.items()}
    found: Costs = {side: {case: [] for case in cases} for side in sites}

    def turn(case: str) -> None:
        order = list(sites)
        for side in reversed(order) if len(found["plain"][case]) % 2 else order:
            found[side][case].append(builds[side].make(case))
        latest = ", ".join(
            f"{side} {found[side][case][-1].cpu:.2f} s" for side in sites
        )
        say(f"  {case}: {latest}")

    for build in builds.values():  # compiles what builds import
        build.make("clean")
    for _ in range(pairs):
        for case in cases:
            for _ in range(1 if case in {"clean", "files"} else edits):
                turn(case)
    return found


# -- the table --------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of the table: what a side takes over plain Sphinx."""

    book: str
    sidebar: str
    layout: str
    jobs: int
    side: str
    case: str
    unit: str
    plain: float
    this: float
    ratio: float
    lowest: float
    highest: float
    memory_ratio: float


def rows(spec: Spec, found: Costs, *, time: bool) -> Iterator[Row]:
    def measured(cost: Cost) -> float:
        return cost.cpu if time else cost.instructions / 1e9

    median = statistics.median
    for side, case in product(found, found["plain"]):
        if side == "plain":
            continue
        pairs = list(zip(found["plain"][case], found[side][case], strict=True))
        ratios = [measured(this) / measured(plain) for plain, this in pairs]
        yield Row(
            book=spec.name,
            sidebar="on" if spec.sidebar else "off",
            layout=spec.layout,
            jobs=spec.parallel,
            side=side,
            case=case,
            unit="s" if time else "G",
            plain=median(measured(plain) for plain, _ in pairs),
            this=median(measured(this) for _, this in pairs),
            ratio=median(ratios),
            lowest=min(ratios),
            highest=max(ratios),
            memory_ratio=median(this.memory / plain.memory for plain, this in pairs),
        )


def table(found: Sequence[Row]) -> str:
    """The results as a Markdown table."""
    time = any(row.unit == "s" for row in found)
    head = ["Book", "Sidebar", "List", "Side", "Build", "Plain", "This", "Ratio"]
    cells = [[*head, *(["(lowest-highest)", "Memory"] if time else [])]]
    for row in found:
        values = [row.book, row.sidebar, row.layout, row.side, row.case]
        values += [f"{row.plain:.3f} {row.unit}", f"{row.this:.3f} {row.unit}"]
        values.append(f"{row.ratio:.3f}")
        if time:
            values += [f"{row.lowest:.3f}-{row.highest:.3f}", f"{row.memory_ratio:.3f}"]
        cells.append(values)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> str:
    packages = []
    for name in ("sphinx", "docutils", "myst-parser", "sphinxext-figlist"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            packages.append(f"{name} (not installed: from the path)")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {platform.system()} {platform.machine()}; " + ", ".join(packages)


# -- the command ------------------------------------------------------------------


def book(words: str) -> tuple[str, int]:
    """``name:scale``."""
    name, _, scale = words.partition(":")
    if name not in {"reference", "own", "manual"} or not (scale or "1").isdigit():
        raise argparse.ArgumentTypeError("reference:N, own:N or manual:N")
    return name, int(scale or (1500 if name == "manual" else 1))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n", 1)[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    number = partial(add, type=int, metavar="N")
    several = partial(add, nargs="+", metavar="NAME")
    flag = partial(add, action="store_true")

    flag("--time", help="measure CPU time and memory instead of counting instructions")
    flag("--check", help="count the small books and fail where a ratio has grown")
    flag("--keep", help="keep the ratios of the small books for --check")
    add(
        "--book",
        type=book,
        nargs="+",
        default=BOOKS,
        metavar="BOOK:N",
        help="reference:N and own:N, N times a book; manual:N, a manual of N documents;"
        " else the reference book once and ten times, or the small books",
    )
    several("--layout", default=["compact"], help="compact, compact+references, ...")
    several(
        "--side",
        default=["figlist"],
        choices=["figlist", "unnumbered", "hand"],
        help="what to compare with plain Sphinx: figlist; unnumbered, plain Sphinx"
        " without numfig; hand, plain Sphinx with a list written by hand",
    )
    several("--case", default=list(CASES[:-1]), choices=CASES, help="which builds")
    add(
        "--sidebar",
        choices=["on", "off", "both"],
        default="off",
        help="the default theme's sidebar, which costs plain Sphinx much",
    )
    number("--jobs", default=1, help="counts at the same time")
    number("--pairs", default=3, help="with --time: pairs of clean builds")
    number("--edits", default=2, help="with --time: pairs of others after each of them")
    number("--volumes", default=1, help="volumes of the book: 1 or 2")
    number("--parallel", default=1, help="Sphinx's -j")
    flag("--leave-uncaptioned", help="number only figures with a caption")
    add("--seed", type=Path, default=SEED, help="the reference book's generator")
    add("--work", type=Path, help="the folder to build in, else a temporary one")
    add("--json", type=Path, help="a file that takes the results too")
    return parser.parse_args()


def measure(wanted: argparse.Namespace, spec: Spec) -> list[Row]:
    """Write a book for each side and build it."""
    say(f"{spec.name}, sidebar {'on' if spec.sidebar else 'off'}, {spec.layout}")
    cases = [case for case in CASES if case in wanted.case]
    with tempfile.TemporaryDirectory(dir=wanted.work) as folder:
        sites = {}
        for side in dict.fromkeys(["plain", *wanted.side]):
            sites[side] = Site(Path(folder, side, "book"), spec.parallel)
            write_book(spec, side, wanted.seed, sites[side].book)
        if wanted.time:
            found = timed(sites, cases, wanted.pairs, wanted.edits)
        else:
            found = counted(sites, cases, wanted.jobs)
    return list(rows(spec, found, time=wanted.time))


def measure_all(wanted: argparse.Namespace) -> list[Row]:
    found: list[Row] = []
    sidebars = {"on": [True], "off": [False], "both": [True, False]}[wanted.sidebar]
    for (name, scale), sidebar, layout in product(wanted.book, sidebars, wanted.layout):
        if name == "reference" and not wanted.seed.exists():
            say(f"no {wanted.seed}: a book of the same shape takes its place")
            name = "own"
        spec = Spec(
            book=name,
            scale=scale,
            sidebar=sidebar,
            layout=layout,
            uncaptioned=not wanted.leave_uncaptioned,
            volumes=wanted.volumes,
            parallel=wanted.parallel,
        )
        found += measure(wanted, spec)
        if wanted.json:  # after each book: a long run may be cut short
            data = {"machine": machine(), "rows": [asdict(row) for row in found]}
            wanted.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return found


def main() -> None:
    wanted = options()
    if find_spec("sphinxext_figlist") is None:  # found where this file lies
        os.environ["PYTHONPATH"] = str(ROOT)
    if not wanted.time and valgrind() is None:
        why = "valgrind, which counts instructions, is not installed"
        if wanted.check and not os.environ.get("CI"):
            say(f"skipped: {why}")
            return
        sys.exit(f"{why}; --time measures without it")
    if wanted.book is BOOKS and (wanted.check or wanted.keep):
        wanted.book = kept.BOOKS
    print(machine())
    found = measure_all(wanted)
    print(table(found))
    if wanted.keep:
        kept.keep(found, machine())
    if wanted.check and (faults := list(kept.faults(found))):
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
