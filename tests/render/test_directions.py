"""Lists in languages that are written from right to left, as a browser shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import build
from support.browser import show, started
from support.small import book, directive, figlist, toc

pytestmark = pytest.mark.browser

WORDS = {
    "ar": (
        "كتاب البحر",
        "مقارنة بين HTML وPDF",
        "الأرقام متطابقة (انظر RFC 2616).",
        "الشكل %s",
    ),
    "he": (
        "ספר הים",
        "השוואה בין HTML ל־PDF",
        "המספרים זהים (ראו RFC 2616).",
        "איור %s",
    ),
    "en": (
        "The sea",
        "HTML beside PDF",
        "The numbers agree (see RFC 2616).",
        "Figure %s",
    ),
}
LAYOUTS = ("full", "compact", "table", "gallery")
#: Where things are, in pixels from the left of the page.
PLACES = """
const box = document.querySelector(".figlist");
const edges = (of) => { const r = of.getBoundingClientRect(); return [r.left, r.right]; };
const style = (of) => getComputedStyle(of).direction;
const code = box.querySelector("code");
return {
  direction: style(box),
  code: code ? style(code) : "ltr",
  box: edges(box),
  number: edges(box.querySelector(".figlist-number")),
  title: edges(box.querySelector(".figlist-title")),
};
"""
#: The places of a paragraph's last two characters.
ENDS = """
const last = arguments[0].lastChild;
const at = (from) => {
  const range = document.createRange();
  range.setStart(last, from); range.setEnd(last, from + 1);
  return range.getBoundingClientRect().left;
};
return [at(last.length - 2), at(last.length - 1)];
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from started(tmp_path_factory.mktemp("profile"))


@pytest.mark.parametrize("theme", ["alabaster", "furo", "sphinx_rtd_theme"])
@pytest.mark.parametrize("language", WORDS)
def test_directions(browser: Any, tmp_path: Path, language: str, theme: str) -> None:
    """The number, then the title, then the full stop at the end of the line."""
    name, title, rest, number = WORDS[language]
    head = f"{name}\n{'=' * 20}\n\n"
    figure = directive("figure", f"**{title}**: {rest}", argument="p.png", name="f")
    files = {
        "index.rst": head + toc("one", *LAYOUTS, numbered=True),
        "one.rst": head + figure,
        **{
            f"{layout}.rst": head
            + figlist(
                layout=layout,
                searchable=True,
                fields="title caption location label"
                if layout != "gallery"
                else "title",
            )
            for layout in LAYOUTS
        },
    }
    source = book(
        tmp_path,
        files,
        language=language,
        html_theme=theme,
        numfig_format={"figure": number},
    )
    build(source, tmp_path / "out", allow=None)
    turned = language != "en"
    for layout in LAYOUTS:
        show(browser, tmp_path / "out" / f"{layout}.html", width=900, dark=False)
        found = browser.execute_script(PLACES)
        assert found["direction"] == ("rtl" if turned else "ltr")
        assert found["code"] == "ltr"
        start = int(turned)  # of a line: its left, or its right
        if layout in {"full", "compact"}:
            before, after = found["number"], found["title"]
            before, after = (after, before) if turned else (before, after)
            assert before[1] < after[0]
        if layout != "gallery":
            assert abs(found["number"][start] - found["box"][start]) < 2
        paragraphs = browser.find_elements("css selector", ".figlist-caption")
        for paragraph in paragraphs:
            bracket, stop = browser.execute_script(ENDS, paragraph)
            assert (bracket > stop) is turned
