#!/usr/bin/env python3
"""What figlist costs beside plain Sphinx.

    python benchmarks/bench.py
    python benchmarks/bench.py --scale 1 10 40 --pairs 5 --layout compact full

Each book is built by plain Sphinx and with figlist, in turn, each build in a process of
its own: from nothing, with nothing to do, and after one caption's edit. The table shows
medians: the CPU time (user and system, children included) of each, the ratio pair by
pair, and the peak memory. README.md beside this file tells how to read it.

Standard library only, but for what builds the book: sphinx, myst-parser and figlist.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seed" / "make_book.py"

# -- the goals --------------------------------------------------------------------

CASES = ("clean", "no change", "one caption")


def goal(case: str, scale: int) -> float:
    """The ratio of CPU times that we promise, for one compact list."""
    if case == "clean":
        return 1.05 if scale < 10 else 1.03
    return {"no change": 1.02, "one caption": 1.10}[case]


MEMORY_GOAL = 1.10  # of a clean build

# -- the book ---------------------------------------------------------------------

# The reference book's chapters: how many figures each has, how many without a caption.
SHAPE = (
    *((8, 3), (12, 3), (5, 1), (17, 6), (18, 6), (9, 0), (13, 1), (17, 1)),
    *((11, 1), (32, 4), (6, 1), (11, 0), (3, 0), (10, 0), (3, 3)),
)
VOCABULARY = """
a across after all among and are as at batch between by cache chart cost data deep
device each edge error flow for from gives graph grows has hardware in input is its
latency layer learns line loss memory model more network of on output over power rate
scale shows size system than that the these time to training two under value where
while with work
"""
WORDS = VOCABULARY.split()


@dataclass(frozen=True)
class Spec:
    """A book to measure, and how."""

    scale: int
    sidebar: bool
    layout: str
    uncaptioned: bool
    volumes: int
    parallel: int


def sentence(rng: random.Random, characters: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        words.append(rng.choice(WORDS))
    return " ".join(words).capitalize() + "."


def caption(rng: random.Random, number: int) -> str:
    """A caption as authors write them: a bold lead, then some 370 characters."""
    lead = sentence(rng, 25)[:-1]
    parts = [sentence(rng, rng.randint(60, 130)) for _ in range(4)]
    if number % 8 == 0:
        parts.append(f"Here $x_{{{number}}} < \\alpha$.")
    if number % 9 == 0:
        parts.append(f"Source: [the authors](https://example.org/{number}).")
    return f"**{lead}**: " + " ".join(parts)


def png(seed: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    width, height = 48, 32
    row = b"\0" + bytes([seed % 251, seed % 241, seed % 239]) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(row * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def own_book(out: Path, scale: int, volumes: int) -> None:
    """A book of the reference book's shape, for want of that one's generator."""
    rng = random.Random(175)
    parts = [SHAPE] if volumes == 1 else [SHAPE[:8], SHAPE[8:]]
    roots = []
    seed = 0
    for v, part in enumerate(parts, 1):
        folder = out / f"vol{v}"
        (folder / "images").mkdir(parents=True)
        names = []
        for c, (figures, bare) in enumerate(part * scale, 1):
            names.append(f"chapter{c:03}")
            lines = [f"# Chapter {sentence(rng, 20)[:-1]}", ""]
            for i in range(1, figures + 1):
                seed += 1
                name = f"fig-v{v}-{c}-{i}"
                (folder / "images" / f"{name}.png").write_bytes(png(seed))
                if i % 4 == 1:
                    lines += [f"## Part {i // 4 + 1}", ""]
                captioned = i <= figures - bare
                if i % 5 and captioned:
                    lines += [f"The argument here rests on {{numref}}`{name}`.", ""]
                lines += [f"```{{figure}} images/{name}.png", f":name: {name}"]
                lines += [f":alt: {sentence(rng, 210)}", ""]
                lines += [caption(rng, seed)] if captioned else []
                lines += ["```", ""]
            (folder / f"{names[-1]}.md").write_text("\n".join(lines), encoding="utf-8")
        write_page(folder / "index.rst", f"Volume {'I' * v}", names, ":numbered:")
        roots.append(f"vol{v}/index")
    write_page(out / "index.rst", "A book", [*roots, "figures"], ":maxdepth: 1")


def write_page(path: Path, title: str, names: list[str], option: str) -> None:
    toctree = "\n   ".join(names)
    page = f"{title}\n{'=' * 40}\n\n.. toctree::\n   {option}\n\n   {toctree}\n"
    path.write_text(page, encoding="utf-8")


def seed_book(generator: Path, out: Path, scale: int, volumes: int) -> None:
    """The reference book; only figures that plain Sphinx numbers are referred to."""
    spec = importlib.util.spec_from_file_location("make_book", generator)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_book"] = module
    spec.loader.exec_module(module)
    parts = module.write_book(out, "myst", volumes, scale=scale, conf=True)
    for v, chapters in enumerate(parts, 1):
        for c, chapter in enumerate(chapters, 1):
            path = out / f"vol{v}" / f"chapter{c:03}.md"
            source = path.read_text(encoding="utf-8")
            for figure in chapter.figures:
                if not figure.caption:
                    source = source.replace(f"{{numref}}`{figure.name}`", "a picture")
            path.write_text(source, encoding="utf-8")


def configuration(spec: Spec, figlist: bool) -> str:
    roots = [
        {"id": str(v), "title": f"Part {v}", "root": f"vol{v}/index"}
        for v in range(1, spec.volumes + 1)
    ]
    extensions = ["myst_parser", *(["sphinxext_figlist"] if figlist else [])]
    lines = [
        'project = "A book"',
        f"extensions = {extensions!r}",
        "numfig = True",
        'numfig_format = {"figure": "Figure %s"}',
        "smartquotes = False",
        'myst_enable_extensions = ["dollarmath"]',
    ]
    if not spec.sidebar:
        lines.append('html_sidebars = {"**": []}')
    if figlist:
        lines.append(f"figlist_volumes = {roots!r}")
        lines.append(f"figlist_number_uncaptioned = {spec.uncaptioned!r}")
    return "\n".join([*lines, ""])


def write_books(spec: Spec, generator: Path | None, folder: Path) -> dict[str, Path]:
    """The same book twice: for plain Sphinx, and with figlist and a list page."""
    books = {}
    for side in ("plain", "figlist"):
        books[side] = book = folder / side / "book"
        book.mkdir(parents=True)
        if generator is None:
            own_book(book, spec.scale, spec.volumes)
        else:
            seed_book(generator, book, spec.scale, spec.volumes)
        (book / "conf.py").write_text(
            configuration(spec, side == "figlist"), encoding="utf-8"
        )
        layout, *field = spec.layout.split("+")
        directive = f"\n.. figlist::\n   :layout: {layout}\n"
        directive += "".join(f"   :fields: title {name}\n" for name in field)
        page = "Figures\n=======\n" + (directive if side == "figlist" else "")
        (book / "figures.rst").write_text(page, encoding="utf-8")
    return books


# -- measuring --------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    cpu: float  # seconds, user and system
    memory: float  # MiB at the peak


def run(book: Path, parallel: int) -> Cost:
    """Build *book* in a fresh process, upon what its folder holds."""
    out, doctrees = book.parent / "html", book.parent / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", str(parallel)]
    command += ["-d", str(doctrees), str(book), str(out)]
    # An installed package is compiled once, not by each build.
    environment = dict(
        os.environ, PYTHONPYCACHEPREFIX=str(book.parents[1] / "bytecode")
    )
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env=environment
        )
        # The child's usage holds that of the children it waited for.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
    if process.returncode or words:
        sys.exit(f"{' '.join(command)} gave {process.returncode}:\n{words[-3000:]}")
    kibibytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(usage.ru_utime + usage.ru_stime, kibibytes / 1024)


BOLD = re.compile(r"^\*\*(?:Edit \d+ )?", re.MULTILINE)


def edit_caption(number: int, book: Path) -> None:
    """Put new words into the first caption of the third chapter."""
    path = book / "vol1" / "chapter003.md"
    source, count = BOLD.subn(
        f"**Edit {number} ", path.read_text(encoding="utf-8"), count=1
    )
    assert count == 1, f"{path} has no caption"
    path.write_text(source, encoding="utf-8")


def forget(book: Path) -> None:
    for name in ("html", "doctrees"):
        shutil.rmtree(book.parent / name, ignore_errors=True)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


Pairs = dict[str, list[tuple[Cost, Cost]]]  # by case: plain Sphinx's and figlist's


def measure(books: dict[str, Path], spec: Spec, pairs: int, edits: int) -> Pairs:
    """Alternating pairs of builds; who goes first changes from pair to pair."""
    results: Pairs = {case: [] for case in CASES}
    number = 0

    def pair(case: str, prepare: Callable[[Path], None]) -> None:
        order = ["plain", "figlist"]
        costs = {}
        for side in reversed(order) if len(results[case]) % 2 else order:
            prepare(books[side])
            costs[side] = run(books[side], spec.parallel)
        results[case].append((costs["plain"], costs["figlist"]))
        say(f"  {case}: {costs['plain'].cpu:.2f} s, {costs['figlist'].cpu:.2f} s")

    for book in books.values():  # compiles what builds import
        run(book, spec.parallel)
    for _ in range(pairs):
        pair("clean", forget)
        for _ in range(edits):
            pair("no change", lambda _: None)
            number += 1
            pair("one caption", partial(edit_caption, number))
    return results


# -- telling ----------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    scale: int
    sidebar: str
    layout: str
    case: str
    pairs: int
    plain: float
    figlist: float
    ratio: float
    lowest: float
    highest: float
    goal: float | None
    memory_plain: float
    memory_figlist: float
    memory_ratio: float
    memory_goal: float | None


def rows(spec: Spec, results: Pairs) -> Iterator[Row]:
    median = statistics.median
    for case, pairs in results.items():
        if not pairs:
            continue
        ratios = [figlist.cpu / plain.cpu for plain, figlist in pairs]
        # The goals are for one compact list.
        promised = spec.layout == "compact"
        remembered = promised and case == "clean" and spec.scale >= 40
        yield Row(
            scale=spec.scale,
            sidebar="on" if spec.sidebar else "off",
            layout=spec.layout,
            case=case,
            pairs=len(pairs),
            plain=median(plain.cpu for plain, _ in pairs),
            figlist=median(figlist.cpu for _, figlist in pairs),
            ratio=median(ratios),
            lowest=min(ratios),
            highest=max(ratios),
            goal=goal(case, spec.scale) if promised else None,
            memory_plain=median(plain.memory for plain, _ in pairs),
            memory_figlist=median(figlist.memory for _, figlist in pairs),
            memory_ratio=median(
                figlist.memory / plain.memory for plain, figlist in pairs
            ),
            memory_goal=MEMORY_GOAL if remembered else None,
        )


def verdict(value: float, limit: float | None) -> str:
    if limit is None:
        return ""
    return f"{limit:.2f} {'met' if value <= limit else 'MISSED'}"


HEAD = (
    *("Scale", "Sidebar", "Layout", "Build", "Pairs"),
    *("Plain, s", "figlist, s", "CPU ratio", "(lowest-highest)", "Goal"),
    *("Plain, MiB", "figlist, MiB", "Memory ratio", "Goal"),
)


def line(row: Row) -> list[str]:
    return [
        *(f"{row.scale}x", row.sidebar, row.layout, row.case, str(row.pairs)),
        *(f"{row.plain:.2f}", f"{row.figlist:.2f}", f"{row.ratio:.3f}"),
        f"{row.lowest:.3f}-{row.highest:.3f}",
        verdict(row.ratio, row.goal),
        *(f"{row.memory_plain:.0f}", f"{row.memory_figlist:.0f}"),
        f"{row.memory_ratio:.3f}",
        verdict(row.memory_ratio, row.memory_goal),
    ]


def table(found: list[Row]) -> str:
    """The results as a Markdown table."""
    cells = [list(HEAD), *map(line, found)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(HEAD))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def machine() -> str:
    packages = []
    for name in ("sphinx", "docutils", "myst-parser", "sphinxext-figlist"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            packages.append(f"{name} (not installed: from the path)")
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
        + ", ".join(packages)
    )


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n", 1)[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )

    def number(name: str, default: int, text: str) -> None:
        parser.add_argument(name, type=int, default=default, metavar="N", help=text)

    def flag(name: str, text: str) -> None:
        parser.add_argument(name, action="store_true", help=text)

    def path(name: str, default: Path | None, text: str) -> None:
        parser.add_argument(name, type=Path, default=default, help=text)

    parser.add_argument(
        "--scale",
        type=int,
        nargs="+",
        default=[1, 10],
        metavar="N",
        help="how many times the reference book, or several",
    )
    parser.add_argument(
        "--layout",
        nargs="+",
        default=["compact"],
        help="the list's layout, or several: compact, compact+references, full, ...",
    )
    parser.add_argument(
        "--sidebar",
        choices=["on", "off", "both"],
        default="both",
        help="the default theme's sidebar, which costs plain Sphinx much",
    )
    number("--pairs", 3, "pairs of clean builds")
    number("--edits", 2, "pairs of each other build, after each pair of clean ones")
    number("--volumes", 1, "volumes: 1 or 2")
    number("--parallel", 1, "Sphinx's -j")
    flag("--leave-uncaptioned", "number only figures with a caption, as Sphinx does")
    flag("--own", "measure the book that this script makes up, of the same shape")
    path("--seed", SEED, "the reference book's generator, used where it is there")
    path("--work", None, "the folder to build in, else a temporary one")
    path("--json", None, "a file that takes the results too")
    return parser.parse_args()


def main() -> None:
    wanted = options()
    generator = None if wanted.own or not wanted.seed.exists() else wanted.seed
    os.environ["PYTHONHASHSEED"] = "0"  # the same for both sides, in each run
    # Found where this file lies, where it is not installed.
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)

    sidebars = {"on": [True], "off": [False], "both": [True, False]}[wanted.sidebar]
    found: list[Row] = []
    print(machine())
    print("Book:", generator or "made up by this script")
    for scale, sidebar, layout in product(wanted.scale, sidebars, wanted.layout):
        spec = Spec(
            scale=scale,
            sidebar=sidebar,
            layout=layout,
            uncaptioned=not wanted.leave_uncaptioned,
            volumes=wanted.volumes,
            parallel=wanted.parallel,
        )
        say(f"{scale}x, sidebar {'on' if sidebar else 'off'}, {layout}")
        with tempfile.TemporaryDirectory(dir=wanted.work) as folder:
            books = write_books(spec, generator, Path(folder))
            results = measure(books, spec, wanted.pairs, wanted.edits)
        found += rows(spec, results)
        if wanted.json:  # after each book: a long run may be cut short
            data = {"machine": machine(), "rows": [asdict(row) for row in found]}
            wanted.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
