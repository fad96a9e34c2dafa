"""The files of the checks, and their summary."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from support import Built, build, by_class, main_content, text
from support.books.faulty import files_only
from support.small import book, doc, fig, figlist, section, toc


def demo(tmp_path: Path, **values: Any) -> Built:
    files = {
        "index.rst": doc("Book", toc("one", "two")),
        "one.rst": doc("One", toc("fire", "prose", numbered=True)),
        "fire.rst": doc(
            "*Fire* & oil",
            fig("torch", "Torch, 1. of * two * kinds.", alt="Image of a torch"),
            section("Oil", fig("oil", "Oil lamp: lit.", alt="A lamp.")),
        ),
        "prose.rst": doc("Prose", "See :numref:`fig-oil`."),
        "two.rst": doc(
            "Two", fig("horn", "Horn: loud.", alt="A horn."), "See :numref:`fig-horn`."
        ),
    }
    checks = ["unreferenced", "alt_phrase", "missing_title"]
    source = book(
        tmp_path,
        files,
        volumes=[
            {"id": "1", "title": "The * Light", "root": "one"},
            {"id": "2", "title": "The Sound", "root": "two"},
        ],
        **{"figlist_checks": checks, "project": "Lights #1", **values},
    )
    return files_only(source)


MARKDOWN = """\
# Figure Checks

_Lights #1_

| Check | Volume I | Volume II |
|---|--:|--:|
| `missing_title` | 1 | 0 |
| `alt_phrase` | 1 | 0 |
| `unreferenced` | 1 | 0 |

---

## Volume I: The * Light

### Chapter 1: Fire & oil

#### Fig. 1.1: Torch, 1. of * two * kinds

**Location**: fire.rst:4

- `missing_title`: no title in the caption; begin the caption with bold words, or with words and a colon
- `alt_phrase`: the alt text says "Image of", as screen readers do anyway; describe only what \
the picture shows
- `unreferenced`: never referenced in the text; add :numref:\\`fig-torch\\`

---

## Volume II: The Sound

No findings.

---

_Total: 3 findings, 1 figure_
"""


def test_markdown(tmp_path: Path) -> None:
    built = demo(tmp_path)
    assert (built.out / "FIGURE_CHECKS.md").read_text("utf-8") == MARKDOWN


def test_escapes_are_no_part_of_a_title(tmp_path: Path) -> None:
    """On the console, in a list's plain lines, and where titles are compared."""
    files = {
        "index.rst": doc(
            "Book",
            figlist(layout="compact"),
            fig("a", r"a\*b H\ 2: one."),
            fig("b", "a*b H2: two."),
        )
    }
    source = book(tmp_path, files, figlist_checks=["duplicate_title"])
    built = build(source, tmp_path / "out", allow=["[figlist."])
    assert 'Fig. 2: a*b H2: the title "a*b H2" is also that of Fig. 1' in built.warnings
    page = tmp_path / "out" / "index.html"
    assert "\0" not in page.read_text("utf-8")
    links = [text(one) for one in by_class(main_content(page), "figlist-link")]
    assert [" ".join(link.split()) for link in links] == [
        "Fig. 1: a*b H2",
        "Fig. 2: a*b H2",
    ]


def test_text_is_no_markup_in_markdown(tmp_path: Path) -> None:
    """Not that of a chapter, a title, an alternative text or a file's name."""
    hostile = fig("a", "<b>x</b> \\*y\\*: z.", alt="<i>*.png")
    files = {"index.rst": doc(r"A \*chapter\* <u>", hostile)}
    built = files_only(book(tmp_path, files, figlist_checks="all", project="*P*"))
    lines = (built.out / "FIGURE_CHECKS.md").read_text("utf-8").splitlines()
    assert r"_\*P\*_" in lines
    assert r"## A \*chapter\* \<u\>" in lines
    assert r"### Fig. 1: \<b\>x\</b\> \*y\*" in lines
    assert any(r'the alt text "\<i\>*.png" is' in line for line in lines)


def test_json(tmp_path: Path) -> None:
    built = demo(tmp_path)
    data = json.loads((built.out / "FIGURE_CHECKS.json").read_bytes())
    schema = json.loads(
        (
            resources.files("sphinxext_figlist") / "check/figure_checks.schema.json"
        ).read_text("utf-8")
    )
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(data)] == []
    one, two = data["volumes"]
    assert one["volume"] == {"id": "1", "label": "Volume I", "title": "The * Light"}
    assert one["counts"] == {"missing_title": 1, "alt_phrase": 1, "unreferenced": 1}
    assert two["counts"] == dict.fromkeys(one["counts"], 0)
    assert two["chapters"] == []
    (chapter,) = one["chapters"]
    assert (chapter["number"], chapter["title"]) == ("1", "Fire & oil")
    assert [finding["check"] for finding in chapter["findings"]] == list(one["counts"])
    assert chapter["findings"][1] == {
        "check": "alt_phrase",
        "message": 'the alt text says "Image of", as screen readers do anyway; '
        "describe only what the picture shows",
        "image": "p.png",
        "figure": {
            "number": "1.1",
            "label": "fig-torch",
            "id": "fig-torch",
            "docname": "fire",
            "name": "Fig. 1.1: Torch, 1. of * two * kinds",
        },
        "location": {"path": "fire.rst", "line": 4},
    }
    assert data["totals"] == {"findings": 3, "figures": 1}


def test_summary(tmp_path: Path) -> None:
    """A table by check and volume, then the line that each volume has anyway."""
    lines = [line.split() for line in demo(tmp_path).status.splitlines()]
    start = lines.index(["check", "Volume", "I", "Volume", "II"])
    assert lines[start + 1 : start + 4] == [
        ["missing_title", "1", "0"],
        ["alt_phrase", "1", "0"],
        ["unreferenced", "1", "0"],
    ]
    assert lines[start + 4][:2] == ["Volume", "I:"]


def test_language(tmp_path: Path) -> None:
    """Files speak the book's language on every machine, warnings the machine's."""
    built = demo(tmp_path, language="de")
    words = (built.out / "FIGURE_CHECKS.md").read_text("utf-8")
    assert "Kapitel 1" in words
    assert "never referenced" not in words
    assert "Figure Checks" not in words
    assert "never referenced" in built.warnings
