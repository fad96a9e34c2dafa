"""What two runs of Sphinx's tests differ in: without figlist, and with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

#: Lines of a difference that are shown, their width, and what comes before it.
SHOWN, WIDTH, AROUND = 12, 300, 40


@dataclass(frozen=True)
class Excepted:
    """A difference that is meant, and why."""

    test: str
    file: str
    reason: str

    def covers(self, difference: Difference) -> bool:
        """Whether *difference* is this one; both names may have wildcards."""
        return fnmatchcase(difference.test, self.test) and fnmatchcase(
            difference.file, self.file
        )


@dataclass(frozen=True)
class Difference:
    """A test or a file that is another with figlist."""

    test: str
    #: A file in the output folder, "(status)" or "(warnings)"; "" is the test's outcome.
    file: str
    text: str


@dataclass(frozen=True)
class Run:
    """What the plugin left of one run."""

    folder: Path
    outcomes: dict[str, str]
    outputs: dict[str, list[dict[str, str]]]

    @classmethod
    def load(cls, folder: Path) -> Run:
        """Read the record in *folder*."""
        return cls(folder, **json.loads((folder / "record.json").read_text("utf-8")))

    def passed(self) -> set[str]:
        """The tests that passed."""
        return {test for test, outcome in self.outcomes.items() if outcome == "passed"}

    def files(self) -> int:
        """How many files were compared, each as often as a test had it."""
        return sum(len(app) for apps in self.outputs.values() for app in apps)

    def content(self, digest: str | None) -> list[str]:
        """The lines of a file, none where the run has not written it."""
        if digest is None:
            return []
        data = (self.folder / "contents" / digest).read_bytes()
        return data.decode("utf-8", "backslashreplace").splitlines()


def differences(plain: Run, ours: Run) -> Iterator[Difference]:
    """What passes without figlist and fails with it, and the files that differ."""
    for test in sorted(plain.passed()):
        outcome = ours.outcomes.get(test, "not run")
        if outcome != "passed":
            yield Difference(test, "", f"passed without figlist, {outcome} with it")
    for test, apps in plain.outputs.items():
        others = ours.outputs.get(test, [])
        if len(apps) != len(others):
            text = f"{len(apps)} applications without figlist, {len(others)} with it"
            yield Difference(test, "", text)
        for app, other in zip(apps, others, strict=False):
            for name in sorted(app.keys() | other.keys()):
                before, after = app.get(name), other.get(name)
                if before != after:
                    text = _shown(plain.content(before), ours.content(after))
                    yield Difference(test, name, text)


def _shown(before: list[str], after: list[str]) -> str:
    """The first lines that differ, and of long ones the part that does."""
    lines = unified_diff(before, after, "without", "figlist", lineterm="", n=0)
    shown = list(islice(lines, 2, 2 + SHOWN))
    if len(shown) == 3:  # one line, and what became of it
        pairs = enumerate(zip(shown[1][1:], shown[2][1:], strict=False))
        same = next((at for at, (one, other) in pairs if one != other), 0)
        if same > AROUND:
            start = 1 + same - AROUND
            shown[1:] = [f"{line[0]}...{line[start:]}" for line in shown[1:]]
    return "\n".join(line[:WIDTH] for line in shown)
