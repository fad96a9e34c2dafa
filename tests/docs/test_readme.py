"""What README says: its commands, its example, its links, and what holds its claims."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from support import DEMO, build, conf, png, write_tree

ROOT = DEMO.parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_links() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(links) > 8
    for link in links:
        assert (ROOT / link).is_file(), link


def test_extras_and_paths() -> None:
    extras = re.findall(r"\[(\w+)\]'", README)
    assert {"demo", "xlsx", "docs"} <= set(extras)
    assert set(extras) <= set(PYPROJECT["project"]["optional-dependencies"])
    for folder in re.findall(r"sphinx-build ([\w/]+) ", README):
        assert (ROOT / folder / "conf.py").is_file()


def test_what_its_lines_make_is_left_alone() -> None:
    """The environment and the pages that it makes are no one's sources."""
    made = {*re.findall(r"-m venv (\w+)", README), *re.findall(r" (_build)\b", README)}
    assert made == {"venv", "_build"}
    assert made <= set(PYPROJECT["tool"]["ruff"]["exclude"])


def test_needs() -> None:
    needs = PYPROJECT["project"]
    (sphinx,) = [one for one in needs["dependencies"] if one.startswith("sphinx>")]
    words = "figlist needs Python {} or newer and Sphinx {} or newer."
    python = needs["requires-python"].removeprefix(">=")
    assert words.format(python, sphinx.removeprefix("sphinx>=")) in README


@pytest.mark.parametrize("markdown", [False, True], ids=["rst", "myst"])
def test_three_steps(tmp_path: Path, markdown: bool) -> None:
    (settings,) = re.findall(r"```python\n(.*?) *```", README, re.DOTALL)
    (fence,) = re.findall(r"````md\n(.*?) *````", README, re.DOTALL)
    (directive,) = re.findall(r"`(\.\. \w+::)` in reStructuredText", README)
    settings = re.sub(r"^ +", "", settings, flags=re.MULTILINE)
    fence = re.sub(r"^ +", "", fence, flags=re.MULTILINE)
    start = conf(exclude_patterns=["_build"]) + settings
    if markdown:
        start += 'extensions.append("myst_parser")\n'
    source = write_tree(
        tmp_path / "book",
        {
            "conf.py": start,
            "index.rst": "Book\n====\n\n.. toctree::\n\n   one\n   list\n",
            "one.rst": "One\n===\n\n.. figure:: a.png\n   :alt: A\n\n   Lamp: lit.\n",
            "a.png": png(),
            "list.md" if markdown else "list.rst": (
                f"# List\n\n{fence}" if markdown else f"List\n====\n\n{directive}\n"
            ),
        },
    )
    built = build(source, tmp_path / "html")
    page = (built.out / "list.html").read_text("utf-8")
    assert "Lamp" in page
    assert "Fig. 1" in page
    files = build(source, tmp_path / "figlist", builder="figlist").out
    assert "Lamp" in (files / "FIGURE_LIST.md").read_text("utf-8")


def test_time_that_it_saves() -> None:
    """As the benchmark that is kept has measured it; so has the page on speed."""
    results = json.loads((ROOT / "benchmarks" / "results.json").read_text("utf-8"))
    ratios: dict[str, list[float]] = {}
    for row in results["rows"]:
        if row["side"] == "figlist":
            ratios.setdefault(row["case"], []).append(row["ratio"])
    quiet = [*ratios["no change"], *ratios["one prose edit"]]
    saved = sorted(round(100 * (1 - ratio)) for ratio in quiet)
    assert f"{saved[0]} to {saved[-1]} percent fewer instructions" in README
    speed = (ROOT / "docs" / "explanation" / "speed.md").read_text("utf-8")
    for case, words in {
        "no change": "No change: {} and {}.",
        "one prose edit": "After an edit of prose: {} and {}.",
        "one caption's edit": "After an edit of a caption: {} and {}.",
    }.items():
        assert words.format(*(f"{ratio:.2f}" for ratio in ratios[case])) in speed
