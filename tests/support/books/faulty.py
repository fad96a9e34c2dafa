"""Small books with faults that checks find, in both markups."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support import Built, build, png
from support.small import book, doc, toc

CHECKS = (
    *("missing_alt", "missing_caption", "missing_title", "duplicate_title"),
    *("alt_repeats_caption", "alt_length", "alt_phrase", "alt_filename"),
    *("unreferenced", "reference_order", "missing_image", "low_resolution"),
)


@dataclass(frozen=True)
class Fig:
    """A figure; an alt of None is not there."""

    name: str
    caption: str = ""
    alt: str | None = "What is to be seen."
    image: str = "/p.png"
    options: dict[str, str] = field(default_factory=dict)

    def write(self, markup: str) -> str:
        options = {"name": f"fig-{self.name}"}
        if self.alt is not None:
            options["alt"] = self.alt
        lines = [
            f":{key}: {value}".rstrip()
            for key, value in (options | self.options).items()
        ]
        body = "\n".join([*lines, "", self.caption]).rstrip()
        if markup == "rst":
            return f".. figure:: {self.image}\n" + textwrap.indent(body, "   ")
        return f"```{{figure}} {self.image}\n{body}\n```"


Block = Fig | str


def write(markup: str, blocks: Sequence[Block]) -> str:
    """A chapter; a text's <name> is a reference to a figure."""
    role = r":numref:`fig-\1`" if markup == "rst" else r"{numref}`fig-\1`"
    start = "Chapter\n=======" if markup == "rst" else "# Chapter"
    parts = [
        block if isinstance(block, str) else block.write(markup) for block in blocks
    ]
    return re.sub(r"<([a-z]+)>", role, "\n\n".join([start, *parts])) + "\n"


def small(folder: Path, markup: str, blocks: Sequence[Block], **values: Any) -> Path:
    suffix = {"rst": "rst", "myst": "md"}[markup]
    files: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc("chapter", numbered=True)),
        f"chapter.{suffix}": write(markup, blocks),
        "lamp.png": png(1),
        "lamp_2.png": png(2),
        "wide.png": png(3, width=300),
        "narrow.png": png(4, width=299),
        "drawn.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }
    extensions = ["myst_parser", "sphinxext_figlist"]
    return book(folder, files, **{"extensions": extensions, **values})


def found(built: Built) -> list[str]:
    """The findings that a build told, but for Sphinx's own warnings."""
    return [line for line in built.warnings.splitlines() if "[figlist." in line]


def place_of(source: Path, path: str, name: str) -> str:
    """Where the figure of that name begins, as a warning tells it."""
    lines = (source / path).read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == f":name: fig-{name}")
    while "figure" not in lines[at] or lines[at].lstrip().startswith(":"):
        at -= 1
    return f"{source / path}:{at + 1}: "


def files_only(
    source: Path, allow: Sequence[str] | None = None, **options: Any
) -> Built:
    out = source.with_name("lists")
    return build(source, out, builder="figlist", allow=allow, **options)


def names(built: Built) -> list[str]:
    """The figures that findings name, which are numbered in these books."""
    return [line.split("WARNING: ")[1].split(": ")[0] for line in found(built)]


FAULTY: Sequence[Block] = [
    "See <one>.",
    Fig("one", "Words.", alt=None),
    Fig("two", alt="Diagram"),
    Fig("three", "Lens: cut in half."),
]
#: What `FAULTY` has of each check.
FAULTS = {
    "missing_alt": 1,
    "missing_caption": 1,
    "missing_title": 1,
    "alt_phrase": 1,
    "unreferenced": 2,
}


def told(built: Built) -> dict[str, int]:
    """How many warnings a build told of each subtype, in the checks' order."""
    subtypes = [re.findall(r"\[figlist\.(\w+)\]$", line)[0] for line in found(built)]
    known = ("known",) if "known" in subtypes else ()
    return {
        name: subtypes.count(name) for name in (*CHECKS, *known) if name in subtypes
    }
