"""The books that are measured, each written for plain Sphinx and for figlist.

Standard library only.
"""

from __future__ import annotations

import importlib.util
import random
import re
import struct
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

#: The reference book's chapters: how many figures each has, and how many of them have
#: no caption.
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

#: Documents in one part of the manual.
PART = 30


@dataclass(frozen=True)
class Figure:
    """A figure as a page written by hand would show it."""

    name: str
    title: str
    caption: str  # Markdown, without the title; "" for none
    alt: str
    image: str  # relative to the book


@dataclass(frozen=True)
class Chapter:
    title: str
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True)
class Spec:
    """A book to measure, and how."""

    book: str  # reference, own or manual
    scale: int  # how many times the book; of a manual, how many documents
    sidebar: bool
    layout: str
    uncaptioned: bool
    volumes: int
    parallel: int

    @property
    def name(self) -> str:
        """The book in words."""
        if self.book == "manual":
            return f"manual of {self.scale:,} documents"
        return f"{self.book} book, {self.scale}x"


# -- made-up words and pictures ---------------------------------------------------


def sentence(rng: random.Random, characters: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        words.append(rng.choice(WORDS))
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random, sentences: int) -> str:
    return " ".join(sentence(rng, rng.randint(60, 130)) for _ in range(sentences))


def png(seed: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    width, height = 48, 32
    row = b"\0" + bytes([seed % 251, seed % 241, seed % 239]) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(row * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


# -- the book ---------------------------------------------------------------------


def own_figure(rng: random.Random, number: int, name: str, image: str) -> Figure:
    """A figure as authors write them: a bold lead, then some 370 characters."""
    lead = sentence(rng, 25)[:-1]
    parts = [paragraph(rng, 4)]
    if number % 8 == 0:
        parts.append(f"Here $x_{{{number}}} < \\alpha$.")
    if number % 9 == 0:
        parts.append(f"Source: [the authors](https://example.org/{number}).")
    return Figure(name, lead, ": " + " ".join(parts), sentence(rng, 210), image)


def own_book(out: Path, scale: int, volumes: int) -> list[Chapter]:
    """A book of the reference book's shape, for want of that one's generator."""
    rng = random.Random(175)
    parts = [SHAPE] if volumes == 1 else [SHAPE[:8], SHAPE[8:]]
    roots = []
    chapters = []
    seed = 0
    for v, part in enumerate(parts, 1):
        folder = out / f"vol{v}"
        (folder / "images").mkdir(parents=True)
        names = []
        for c, (figures, bare) in enumerate(part * scale, 1):
            names.append(f"chapter{c:03}")
            chapters.append(Chapter(f"Chapter {sentence(rng, 20)[:-1]}"))
            lines = [f"# {chapters[-1].title}", ""]
            for i in range(1, figures + 1):
                seed += 1
                name = f"fig-v{v}-{c}-{i}"
                image = f"images/{name}.png"
                (folder / image).write_bytes(png(seed))
                figure = own_figure(rng, seed, name, f"vol{v}/{image}")
                if i % 4 == 1:
                    lines += [f"## Part {i // 4 + 1}", ""]
                captioned = i <= figures - bare
                if i % 5 and captioned:
                    lines += [f"The argument here rests on {{numref}}`{name}`.", ""]
                lines += [f"```{{figure}} {image}", f":name: {name}"]
                lines += [f":alt: {figure.alt}", ""]
                lines += [f"**{figure.title}**{figure.caption}"] if captioned else []
                lines += ["```", ""]
                if not captioned:
                    figure = Figure(name, "", "", figure.alt, figure.image)
                chapters[-1].figures.append(figure)
            write(folder / f"{names[-1]}.md", lines)
        write_toctree(folder / "index.rst", f"Volume {'I' * v}", names, ":numbered:")
        roots.append(f"vol{v}/index")
    write_toctree(out / "index.rst", "A book", [*roots, "figures"], ":maxdepth: 1")
    return chapters


def seed_book(generator: Path, out: Path, scale: int, volumes: int) -> list[Chapter]:
    """The reference book; only figures that plain Sphinx numbers are referred to."""
    spec = importlib.util.spec_from_file_location("make_book", generator)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_book"] = module
    spec.loader.exec_module(module)
    found = []
    parts = module.write_book(out, "myst", volumes, scale=scale, conf=True)
    for v, chapters in enumerate(parts, 1):
        for c, chapter in enumerate(chapters, 1):
            path = out / f"vol{v}" / f"chapter{c:03}.md"
            source = path.read_text(encoding="utf-8")
            for figure in chapter.figures:
                if not figure.caption:
                    source = source.replace(f"{{numref}}`{figure.name}`", "a picture")
            path.write_text(source, encoding="utf-8")
            found.append(Chapter(chapter.title))
            for figure in chapter.figures:
                # A note's text stands in the chapter alone.
                rest = re.sub(r"\[\^[\w-]+\]", "", figure.caption[len(figure.title) :])
                image = f"vol{v}/images/{figure.name}.png"
                title = figure.title if figure.caption else ""
                found[-1].figures.append(
                    Figure(figure.name, title, rest, figure.alt, image)
                )
    return found


# -- the manual -------------------------------------------------------------------


def manual(out: Path, documents: int) -> list[Chapter]:
    """A manual of prose, in parts of thirty documents, with two figures in each."""
    rng = random.Random(1500)
    parts = []
    chapters = []
    for p in range(-(-documents // PART)):
        folder = out / f"part{p + 1:03}"
        (folder / "images").mkdir(parents=True)
        names = []
        for d in range(min(PART, documents - p * PART)):
            names.append(f"topic{d + 1:03}")
            chapters.append(Chapter(sentence(rng, 20)[:-1]))
            lines = [chapters[-1].title, "=" * 60, ""]
            for s in range(6):
                lines += [f"Section {s + 1}: {sentence(rng, 20)[:-1]}", "-" * 60, ""]
                for _ in range(3):
                    lines += [paragraph(rng, 4), ""]
                if s in {1, 4}:
                    name = f"fig-{p + 1}-{d + 1}-{s}"
                    image = f"images/{name}.png"
                    (folder / image).write_bytes(png(p * PART + d + s))
                    title, alt = sentence(rng, 60)[:-1], sentence(rng, 80)
                    lines += [f"This is shown in :numref:`{name}`.", ""]
                    lines += [f".. figure:: {image}", f"   :name: {name}"]
                    lines += [f"   :alt: {alt}", "", f"   {title}", ""]
                    image = f"{folder.name}/{image}"
                    chapters[-1].figures.append(Figure(name, title, "", alt, image))
            write(folder / f"{names[-1]}.rst", lines)
        title = f"Part {p + 1}"
        write_toctree(folder / "index.rst", title, names, ":maxdepth: 1")
        parts.append(f"{folder.name}/index")
    options = [":numbered:", ":maxdepth: 1"]
    write_toctree(out / "index.rst", "A manual", [*parts, "figures"], *options)
    return chapters


# -- pages of them ----------------------------------------------------------------


def write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_toctree(path: Path, title: str, names: list[str], *options: str) -> None:
    body = [f"   {line}" if line else "" for line in (*options, "", *names)]
    write(path, [title, "=" * 40, "", ".. toctree::", *body])


def by_hand(chapters: list[Chapter], layout: str) -> list[str]:
    """A page in MyST that shows what a list of figures in *layout* does.

    Numbers are left out: nobody could keep them right by hand.
    """
    lines = ["# Figures", ""]
    if layout == "table":
        lines += ["```{list-table}", ":header-rows: 1", ""]
        lines += ["* - Figure", "  - Caption", "  - Alt text"]
    for chapter in chapters:
        lines += [f"## {chapter.title}", ""] if layout != "table" else []
        for figure in chapter.figures:
            words = re.sub(r"[<>`]", " ", figure.title) or figure.name
            link = f"{{ref}}`{words} <{figure.name}>`"
            rest = figure.caption.lstrip(": ")
            if layout == "compact":
                lines.append(f"- {link}")
            elif layout == "gallery":
                lines += [f"```{{figure}} {figure.image}", f":alt: {figure.alt}"]
                lines += [":width: 200px", "", link, "```", ""]
            elif layout == "table":
                lines += [f"* - {link}", f"  - {rest}", f"  - {figure.alt}"]
            else:
                lines += [link, ""]
                lines += [f"**Caption:** {rest}", ""] if rest else []
                lines += [f"**Alt text:** {figure.alt}", ""]
        lines.append("")
    if layout == "table":
        lines.append("```")
    return lines


def listing(spec: Spec) -> list[str]:
    """The page with the directive."""
    layout, *extra = spec.layout.split("+")
    fields = [f"   :fields: title {name}" for name in extra]
    return ["Figures", "=======", "", ".. figlist::", f"   :layout: {layout}", *fields]


def configuration(spec: Spec, side: str) -> list[str]:
    figlist = side == "figlist"
    extensions = ["myst_parser", *(["sphinxext_figlist"] if figlist else [])]
    lines = [
        'project = "A book"',
        f"extensions = {extensions!r}",
        f"numfig = {side != 'unnumbered'}",
        'numfig_format = {"figure": "Figure %s"}',
        "smartquotes = False",
        'myst_enable_extensions = ["dollarmath"]',
    ]
    if side == "unnumbered":
        lines.append('suppress_warnings = ["config.numfig_disabled"]')
    if not spec.sidebar:
        lines.append('html_sidebars = {"**": []}')
    if figlist and spec.book != "manual":
        roots = [
            {"id": str(v), "title": f"Part {v}", "root": f"vol{v}/index"}
            for v in range(1, spec.volumes + 1)
        ]
        lines.append(f"figlist_volumes = {roots!r}")
        lines.append(f"figlist_number_uncaptioned = {spec.uncaptioned!r}")
    return lines


def write_book(spec: Spec, side: str, generator: Path, book: Path) -> None:
    """The book of *spec* for one side.

    :param side: ``plain``; ``figlist``; ``unnumbered``, plain without ``numfig``;
        ``hand``, plain with a list written by hand.
    """
    book.mkdir(parents=True)
    if spec.book == "manual":
        chapters = manual(book, spec.scale)
    elif spec.book == "own":
        chapters = own_book(book, spec.scale, spec.volumes)
    else:
        chapters = seed_book(generator, book, spec.scale, spec.volumes)
    write(book / "conf.py", configuration(spec, side))
    page = book / "figures.rst"
    if side == "figlist":
        write(page, listing(spec))
    elif side == "hand":
        page.unlink(missing_ok=True)
        write(book / "figures.md", by_hand(chapters, spec.layout.partition("+")[0]))
    else:
        write(page, ["Figures", "======="])
    if side == "unnumbered":  # a numref without numbers is a warning
        for path in book.rglob("*.*"):
            if path.suffix in {".md", ".rst"}:
                source = path.read_text(encoding="utf-8")
                plain = re.sub(r":numref:`[^`]*`|\{numref\}`[^`]*`", "a figure", source)
                path.write_text(plain, encoding="utf-8")


# -- edits ------------------------------------------------------------------------


def edited(book: Path) -> Path:
    """The document that is edited."""
    found = [*book.glob("part001/topic003.rst"), *book.glob("vol1/chapter003.md")]
    return found[0]


def edit_caption(book: Path, number: int) -> None:
    """Put new words into the first caption of a document."""
    replace_in(edited(book), r"(?m)^(\*\*|(?<=\n\n)   )(?:Edit \d+ )?", number, "")


def edit_prose(book: Path, number: int) -> None:
    """Put new words into a document's text, and none into a caption."""
    replace_in(
        edited(book),
        r"(?m)^((?:The argument here|This is shown))(?: and there \d+)?",
        number,
        " and there",
    )


def replace_in(path: Path, pattern: str, number: int, words: str) -> None:
    new = rf"\g<1>{words} {number}" if words else rf"\g<1>Edit {number} "
    source, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    assert count == 1, f"{path} has nothing to edit"
    path.write_text(source, encoding="utf-8")
