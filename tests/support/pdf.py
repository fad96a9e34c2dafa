"""PDFs for the tests: made by LaTeX, and read by others."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pypdf import PdfReader

from support import lacking

#: What Debian's packages of TeX and poppler bring.
ENGINES = {"pdflatex": "-pdf", "xelatex": "-pdfxe", "lualatex": "-pdflua"}
_LABEL = re.compile(r"\\newlabel\{(.+?)\}\{\{(.*?)\}\{(.*?)\}\{.*\}\{(.*?)\}\{\}\}")
_START = re.compile(r"^\s*([^\W\d]+\.? \d[\d.]*)(?: +|$)(.*)")
_END = re.compile(r"(.*?)(?: \.)+\s*(\S+)$")


@dataclass(frozen=True)
class Label:
    """What LaTeX noted of a label."""

    number: str
    page: str
    anchor: str


@dataclass(frozen=True)
class Pdf:
    """A PDF and what LaTeX said of it."""

    path: Path

    @property
    def log(self) -> str:
        return self.path.with_suffix(".log").read_text("utf-8", "replace")

    @cached_property
    def labels(self) -> dict[str, Label]:
        """The labels by their names (``docname:id``), from the ``.aux``."""
        aux = self.path.with_suffix(".aux").read_text("utf-8")
        return {name: Label(*parts) for name, *parts in _LABEL.findall(aux)}

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def pages(self) -> dict[str, str]:
        """The text of each page, by the number that is printed on it."""
        run = ["pdftotext", "-layout", str(self.path), "-"]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
        texts = done.stdout.split("\f")[:-1]
        return dict(zip(self.reader.page_labels, texts, strict=True))

    def page_of(self, label: str) -> str:
        """The page on which the PDF itself has the place that *label* names."""
        place = self.reader.named_destinations[self.labels[label].anchor]
        number = self.reader.get_destination_page_number(place)
        assert number is not None
        return str(self.reader.page_labels[number])

    def lines(self) -> dict[str, list[tuple[str, str]]]:
        """Lists' lines with dots by their numbers: titles and pages."""
        found = defaultdict(list)
        for text in self.pages.values():
            number = title = ""
            for line in text.splitlines():
                if start := _START.match(line):
                    number, title, line = start[1], "", start[2]
                if number and (end := _END.match(line)):
                    found[number].append((f"{title} {end[1].strip()}".strip(), end[2]))
                    number = ""
                title = f"{title} {line.strip()}"
        return dict(found)

    def captions(self, word: str = "Fig.") -> dict[str, str]:
        """The page of each caption's number, as a reader finds it."""
        pattern = re.compile(
            rf"{re.escape(word)} ([\d.]*\d)(?::|\s*$|\s{{3}})", re.MULTILINE
        )
        found: dict[str, str] = {}
        for page, text in self.pages.items():
            for number in pattern.findall(text) if " . . . ." not in text else ():
                found.setdefault(number, page)
        return found

    def overfull(self) -> list[float]:
        """By how many points lines stick out, beyond what nobody sees."""
        found = re.findall(r"Overfull \\hbox \(([\d.]+)pt", self.log)
        return [size for size in map(float, found) if size > 1]

    def faults(self) -> list[str]:
        """What LaTeX says of references that lead nowhere or to two places."""
        words = ("undefined", "multiply defined", "multiply-defined", "not exist")
        lines = self.log.splitlines()
        return [line for line in lines if any(word in line for word in words)]


def typeset(tex: Path, engine: str = "pdflatex") -> Pdf:
    """Make a PDF of a ``.tex`` that Sphinx wrote."""
    for command in ("latexmk", engine, "pdftotext"):
        if shutil.which(command) is None:
            lacking(f"{command} (see .ci/run)")
    options = [ENGINES[engine], "-interaction=nonstopmode", "-halt-on-error"]
    done = subprocess.run(
        ["latexmk", *options, tex.name],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        cwd=tex.parent,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return Pdf(tex.with_suffix(".pdf"))
