"""Books that go out as sheets of alt texts, and come back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from sphinxext_figlist.__main__ import main
from support.builds import build

Row = dict[str, str]


@dataclass(frozen=True)
class Ran:
    """What a run of the command said."""

    code: int
    out: str
    said: str


@dataclass(frozen=True)
class Sheets:
    """A book, its sheets, and the command."""

    source: Path
    folder: Path
    capture: pytest.CaptureFixture[str]

    def rows(self, name: str = "FIGURE_LIST", **more: object) -> list[Row]:
        """The sheet that the figlist builder writes."""
        out = self.folder / "out"
        build(self.source, out, builder="figlist", allow=None, fresh=True)
        return read(out / f"{name}_ALT.csv")

    def sheet(self, rows: Sequence[Row], name: str = "sheet.csv") -> Path:
        """A sheet of these rows, as it comes back."""
        path = self.folder / name
        path.write_bytes(written(rows))
        return path

    def run(self, *arguments: str | Path) -> Ran:
        """Run the command."""
        self.capture.readouterr()
        code = main(list(map(str, arguments)))
        out, said = self.capture.readouterr()
        return Ran(code, out, said)

    def apply(self, *sheets: Path, write: bool = True) -> Ran:
        """Run ``figlist apply``."""
        options = ["--write"] if write else []
        return self.run("apply", *sheets, "--source", self.source, *options)

    def texts(self) -> dict[str, bytes]:
        """The sources."""
        files = (path for path in self.source.rglob("*") if path.is_file())
        return {str(path.relative_to(self.source)): path.read_bytes() for path in files}


def read(path: Path) -> list[Row]:
    """The rows of a sheet."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def written(rows: Iterable[Row], delimiter: str = ",") -> bytes:
    """Rows as CSV."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def with_new(
    rows: Iterable[Row], new: Mapping[str, str] | Callable[[Row], str]
) -> list[Row]:
    """*rows* with new alt texts, by their pictures."""

    def text(row: Row) -> str:
        if callable(new):
            return new(row)
        return new.get(row["image file"], row["new alt text"])

    return [{**row, "new alt text": text(row)} for row in rows]
