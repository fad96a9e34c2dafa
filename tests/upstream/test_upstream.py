"""The comparison of Sphinx's own tests without figlist and with it can fail."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from compare import Difference, Excepted, Run, differences


def left(
    folder: Path, outcomes: dict[str, str], outputs: dict[str, list[dict[str, str]]]
) -> Run:
    """A run as the plugin leaves it; *outputs* has the contents of files."""
    (folder / "contents").mkdir(parents=True)
    digests: dict[str, str] = {}
    for apps in outputs.values():
        for app in apps:
            for content in app.values():
                name = f"{content}-digest"
                digests[content] = name
                (folder / "contents" / name).write_text(content, "utf-8")
    kept = {
        test: [
            {name: digests[content] for name, content in app.items()} for app in apps
        ]
        for test, apps in outputs.items()
    }
    record = {"outcomes": outcomes, "outputs": kept}
    (folder / "record.json").write_text(json.dumps(record), "utf-8")
    return Run.load(folder)


PASSED = {"test_a": "passed", "test_b": "passed", "test_c": "failed"}
OUTPUTS = {
    "test_a": [{"index.html": "one", "(warnings)": ""}],
    "test_b": [{"x.xml": "two"}],
}


def found(
    tmp_path: Path, outcomes: dict[str, str], outputs: dict[str, list[dict[str, str]]]
) -> list[Difference]:
    plain = left(tmp_path / "without", PASSED, OUTPUTS)
    return [*differences(plain, left(tmp_path / "figlist", outcomes, outputs))]


def test_nothing_differs(tmp_path: Path) -> None:
    assert found(tmp_path, {**PASSED, "test_c": "passed"}, OUTPUTS) == []


@pytest.mark.parametrize("outcome", ["failed", "skipped", None])
def test_a_test_that_no_longer_passes(tmp_path: Path, outcome: str | None) -> None:
    outcomes = {**PASSED, "test_b": outcome}
    if outcome is None:
        del outcomes["test_b"]
    (difference,) = found(tmp_path, outcomes, OUTPUTS)
    assert (difference.test, difference.file) == ("test_b", "")
    assert "passed without figlist" in difference.text


@pytest.mark.parametrize(
    ("app", "file", "text"),
    [
        ({"index.html": "ones", "(warnings)": ""}, "index.html", "+ones"),
        ({"index.html": "one", "(warnings)": "W"}, "(warnings)", "+W"),
        ({"(warnings)": ""}, "index.html", "-one"),
        ({"index.html": "one", "(warnings)": "", "new": "n"}, "new", "+n"),
    ],
)
def test_an_output_that_differs(
    tmp_path: Path, app: dict[str, str], file: str, text: str
) -> None:
    (difference,) = found(tmp_path, PASSED, {**OUTPUTS, "test_a": [app]})
    assert (difference.test, difference.file) == ("test_a", file)
    assert text in difference.text


def test_another_number_of_applications(tmp_path: Path) -> None:
    (difference,) = found(tmp_path, PASSED, {**OUTPUTS, "test_b": []})
    assert difference.text == "1 applications without figlist, 0 with it"


def test_an_exception_covers_its_test_and_file_alone() -> None:
    excepted = Excepted("test_a*", "(warnings)", "why")
    assert excepted.covers(Difference("test_a[html]", "(warnings)", ""))
    assert not excepted.covers(Difference("test_b", "(warnings)", ""))
    assert not excepted.covers(Difference("test_a", "index.html", ""))
