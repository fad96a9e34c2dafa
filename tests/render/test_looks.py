"""Lists of ordinary captions, and of the demo book, as a browser lays them out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from support import DEMO, build, lacking, write_tree
from support.browser import AXE, BEYOND, CONTRAST, OVERFLOW, axe_source, show, started

pytestmark = pytest.mark.browser

THEMES = (
    "alabaster",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
    "classic",
    "basic",
)
#: Themes that follow the reader's preference for dark pages by themselves.
DARK = ("furo", "pydata_sphinx_theme", "sphinx_book_theme")
#: These are wider than a phone, whatever is on their pages.
NOT_FOR_PHONES = ("classic", "basic")
WIDTHS = (320, 400, 640, 900, 1280, 1600)

LAYOUTS = ("full", "compact", "table", "gallery")
#: All that an entry can show.
EDITORS = """\
Editors
=======

.. figlist::
   :volume: forty
   :fields: thumbnail title caption alt references location label

.. figlist::
   :volume: three
   :layout: table
   :fields: thumbnail title caption alt references location label

.. figlist::
   :volume: three
   :layout: compact
   :fields: thumbnail title label
"""

#: Words of a list that are broken inside, though the list is wide enough for them.
BROKEN = r"""
const broken = [];
for (const list of document.querySelectorAll(".figlist")) {
  const room = list.getBoundingClientRect().width;
  const walk = document.createTreeWalker(list, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest(".math, .figlist-colon, .figlist-unseen")) continue;
    for (const word of node.data.matchAll(/[^\s\-\u2013\u2014]+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()];
      const below = boxes.some(box => box.top > boxes[0].top + boxes[0].height / 2);
      const width = boxes.reduce((sum, box) => sum + box.width, 0);
      if (below && width < room - 1) broken.push(word[0]);
    }
  }
}
return broken;
"""

#: What has nothing in it: a field, or a column of a list's tables.
EMPTY = """
const found = [];
const says = e => e.textContent.trim() || e.querySelector("img, svg");
for (const list of document.querySelectorAll(".figlist")) {
  for (const e of list.querySelectorAll("p, dd, dt, li, ul"))
    if (!says(e) && !e.closest(".figlist-search")) found.push(e.outerHTML);
  const rows = [...list.querySelectorAll("tr.figlist-entry")];
  for (let n = 0; rows.length && n < rows[0].cells.length; n++)
    if (!rows.some(row => says(row.cells[n]))) found.push("column " + n);
}
return found;
"""

#: What a finger would miss.  Links in running text are let off by WCAG 2.2 (2.5.8).
TARGETS = """
const tapped = ".figlist-link, .figlist-jumps a, summary, input, .figlist-backlink";
return [...document.querySelectorAll(tapped)]
  .filter(e => e.closest(".figlist, figure") && e.checkVisibility())
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.height < 23.99 || box.width < 23.99)
  .map(([e, box]) => `${e.textContent} ${box.width} x ${box.height}`);
"""


#: What of a list stands out of it, to the right or to the left.  The list itself is the
#: theme's to place.
OUTSIDE = """
const found = [];
for (const list of document.querySelectorAll(".figlist")) {
  const room = list.getBoundingClientRect();
  for (const e of list.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    if (!box.width) continue; // hidden
    if (box.right > room.right + 1 || box.left < room.left - 1) found.push(e.outerHTML);
  }
}
return found;
"""


def ordinary() -> Any:
    """The module that writes the book, a script beside the documentation."""
    path = DEMO.parent / "ordinary.py"
    spec = spec_from_file_location("ordinary", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["ordinary"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from started(tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module", params=THEMES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    theme: str = request.param
    if theme not in {"classic", "basic"} and find_spec(theme) is None:
        lacking(f"the theme {theme}")
    files = {**ordinary().sources(theme), "editors.rst": ":orphan:\n\n" + EDITORS}
    source = write_tree(tmp_path_factory.mktemp(theme) / "book", files)
    return theme, build(source, source.parent / "out").out


PAGES = [f"{layout}-{size}.html" for layout in LAYOUTS for size in ("three", "forty")]


@pytest.mark.parametrize("page", [*PAGES, "editors.html"])
def test_fits(browser: Any, site: tuple[str, Path], page: str) -> None:
    """At every width: no scrolling, no broken word, nothing empty, nothing tiny."""
    theme, out = site
    for width in WIDTHS:
        if width < 500 and theme in NOT_FOR_PHONES:
            continue
        show(browser, out / page, width=width, dark=False)
        assert browser.execute_script(OVERFLOW) == [], width
        assert browser.execute_script(BEYOND) <= 0, width
        assert browser.execute_script(BROKEN) == [], width
        assert browser.execute_script(EMPTY) == [], width
        assert browser.execute_script(TARGETS) == [], width


@pytest.mark.parametrize("page", ["table-forty.html", "editors.html"])
def test_fits_with_large_type_and_from_the_right(
    browser: Any, site: tuple[str, Path], page: str
) -> None:
    _, out = site
    for style in ("fontSize = '200%'", "direction = 'rtl'"):
        show(browser, out / page, width=1280, dark=False)
        browser.execute_script(f"document.documentElement.style.{style}")
        assert browser.execute_script(OUTSIDE) == [], style
        assert browser.execute_script(BROKEN) == [], style


@pytest.mark.parametrize("page", ["full-forty.html", "table-forty.html"])
def test_fits_paper(browser: Any, site: tuple[str, Path], page: str) -> None:
    _, out = site
    show(browser, out / page, width=700, dark=False)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert browser.execute_script(OUTSIDE) == []
        assert browser.execute_script(BROKEN) == []
        jumps = browser.find_element("css selector", ".figlist-jumps")
        assert not jumps.is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("page", [f"{layout}-forty.html" for layout in LAYOUTS])
def test_can_be_read(browser: Any, site: tuple[str, Path], page: str) -> None:
    theme, out = site
    for dark in (False, True)[: 1 + (theme in DARK)]:
        show(browser, out / page, width=1280, dark=dark)
        assert browser.execute_script(CONTRAST) == []
        browser.execute_script(axe_source())
        assert browser.execute_async_script(AXE) == []


# -- what each layout is -----------------------------------------------------------


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        **ordinary().sources("alabaster", figlist_page_numbers="pages.csv"),
        "pages.csv": "label,page\n"
        + "".join(f"picture-{number},{number * 7}\n" for number in range(1, 45)),
        "editors.rst": ":orphan:\n\n" + EDITORS,
        "paged.rst": (
            ":orphan:\n\nPaged\n=====\n\n.. figlist::\n   :layout: compact\n"
            "   :volume: three\n   :fields: title page\n"
        ),
    }
    source = write_tree(tmp_path_factory.mktemp("plain") / "book", files)
    return build(source, source.parent / "out").out


def boxes(browser: Any, selector: str) -> list[dict[str, float]]:
    script = (
        "return [...document.querySelectorAll(arguments[0])]"
        ".map(e => e.getBoundingClientRect().toJSON())"
    )
    found: list[dict[str, float]] = browser.execute_script(script, selector)
    return found


def test_compact_has_a_column_of_numbers(browser: Any, plain: Path) -> None:
    show(browser, plain / "compact-forty.html", width=1000, dark=False)
    numbers = boxes(browser, ".figlist-number")
    assert len({round(box["left"]) for box in numbers}) == 1
    lines = browser.execute_script(
        "return [...document.querySelectorAll('.figlist-title:not(:has(.math))')].map("
        "title => Object.values(Object.groupBy([...title.getClientRects()],"
        " box => Math.round(box.top))).map(line => line[0].left))"
    )
    # Titles hang: each of their lines begins where the first does.
    assert any(len(title) > 1 for title in lines)
    assert len({round(left) for title in lines for left in title}) == 1, lines
    assert lines[0][0] > max(box["right"] for box in numbers) - 1
    headings = browser.find_elements("css selector", ".figlist-chapter")
    assert [heading.text for heading in headings][:2] == [
        "Chapter 1: The river",
        "Chapter 2: Wood and stone",
    ]


def test_compact_has_pages_at_its_end(browser: Any, plain: Path) -> None:
    show(browser, plain / "paged.html", width=1000, dark=False)
    pages, (listed,) = boxes(browser, ".figlist-page"), boxes(browser, ".figlist")
    assert [page.text for page in browser.find_elements("class name", "figlist-page")]
    assert len(pages) == 3
    assert all(abs(page["right"] - listed["right"]) < 1 for page in pages)
    titles = boxes(browser, ".figlist-line")
    for page, title in zip(pages, titles, strict=True):
        assert abs(page["bottom"] - title["bottom"]) < 8
    leader = browser.execute_script(
        "return getComputedStyle(document.querySelector('.figlist-line'), '::after')"
        ".borderBottomStyle"
    )
    assert leader == "dotted"


def test_full_is_strong_and_quiet(browser: Any, plain: Path) -> None:
    show(browser, plain / "full-three.html", width=1000, dark=False)

    def weight(selector: str) -> int:
        found = browser.find_element("css selector", selector)
        return int(found.value_of_css_property("font-weight"))

    assert weight(".figlist-number") >= 600
    assert weight(".figlist-title") == 400
    assert weight(".figlist-field") == 400
    entries = browser.find_elements("css selector", "li.figlist-entry")
    assert {e.value_of_css_property("border-bottom-width") for e in entries} == {"1px"}
    # What a caption says besides its lead goes on without a label.
    caption = entries[0].find_element("css selector", ".figlist-caption")
    assert caption.text.startswith("The current does the work")
    assert "Caption:" not in entries[0].text
    size, label = (
        float(
            entries[0]
            .find_element("css selector", s)
            .value_of_css_property("font-size")
            .removesuffix("px")
        )
        for s in (".figlist-alt", ".figlist-field")
    )
    assert label < size


def test_pictures_of_an_editors_page(browser: Any, plain: Path) -> None:
    """They stand left of what is said, or above it where there is less room."""
    for width, beside in ((1000, True), (360, False)):
        show(browser, plain / "editors.html", width=width, dark=False)
        picture = boxes(browser, ".figlist-full .figlist-thumbnails")[0]
        words = boxes(browser, ".figlist-full .figlist-beside")[0]
        assert (picture["right"] <= words["left"]) == beside
        assert (picture["bottom"] <= words["top"] + 1) != beside


def test_gallery_is_called_by_number_and_title(browser: Any, plain: Path) -> None:
    show(browser, plain / "gallery-forty.html", width=1000, dark=False)
    links = browser.find_elements("css selector", ".figlist-link")
    names = [link.accessible_name for link in links[:9]]
    assert names[0].startswith("Figure 1.1: Catchment of the upper valley")
    assert names[6].startswith("Figure 1.7: Profile of the bed at the site of the")
    assert "(vertical scale five times the horizontal)" in names[6]  # though cut short
    pictures, numbers = (
        boxes(browser, f".figlist-{name}") for name in ("thumbnails", "number")
    )
    titles = boxes(browser, ".figlist-title")
    assert pictures[0]["bottom"] <= numbers[0]["top"]
    assert numbers[0]["bottom"] <= titles[0]["top"] + 1
    lines = browser.execute_script(
        "return [...document.querySelectorAll('.figlist-title')].map(e =>"
        " Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight)))"
    )
    assert max(lines) == 3
    before = links[6].find_element("css selector", ".figlist-title").size["height"]
    browser.execute_script("arguments[0].focus({focusVisible: true})", links[6])
    after = links[6].find_element("css selector", ".figlist-title").size["height"]
    assert after > before


def test_frames_of_a_gallery(browser: Any, plain: Path) -> None:
    """Wide pictures take the frame's whole width, tall ones its whole height."""
    show(browser, plain / "gallery-forty.html", width=1000, dark=False)
    frames = boxes(browser, ".figlist-thumbnails")
    assert len({(round(f["width"]), round(f["height"])) for f in frames}) == 1
    images = boxes(browser, ".figlist-thumbnails img")
    for frame, image in zip(frames, images, strict=True):
        assert image["width"] > frame["width"] - 20
        assert image["height"] > frame["height"] - 20


def test_table_shows_no_column_that_nothing_fills(browser: Any, plain: Path) -> None:
    show(browser, plain / "table-forty.html", width=1280, dark=False)
    table = browser.find_element("css selector", "table.figlist-entries")
    heads = table.find_elements("css selector", "thead th")
    assert [head.text for head in heads] == [
        *("Figure", "Caption", "Alt text", "Referred to in")
    ]
    rows = browser.find_elements("css selector", "tr.figlist-entry")
    # Without a title the number stands alone, and the caption in its column.
    cells = rows[0].find_elements("css selector", "th, td")
    assert cells[0].text == "Figure 1.1"
    assert cells[1].text.startswith("Catchment of the upper valley. Hatching")
    titled = rows[4].find_elements("css selector", "th, td")
    title = titled[0].find_element("css selector", ".figlist-title")
    assert title.text == "Scour"
    assert titled[0].find_element("class name", "figlist-number").text == "Figure 1.5"


def test_table_stacks_by_the_room_of_its_list(browser: Any, plain: Path) -> None:
    """A wide window does not help a list in a narrow place."""
    show(browser, plain / "table-three.html", width=1280, dark=False)
    for room, stacked in (("60rem", False), ("22rem", True)):
        browser.execute_script(
            "document.querySelector('.figlist').style.width = arguments[0]", room
        )
        cells = boxes(browser, "tr.figlist-entry:first-child :is(th, td)")
        shown = [cell for cell in cells if cell["width"]]
        assert (len({round(cell["left"]) for cell in shown}) == 1) == stacked


def test_count_beside_the_field_and_chapters_in_a_line(
    browser: Any, plain: Path
) -> None:
    for width in (320, 1000):
        show(browser, plain / "gallery-forty.html", width=width, dark=False)
        (field,), (count,) = (
            boxes(browser, f".figlist-search {s}") for s in ("input", ".figlist-count")
        )
        assert count["left"] >= field["right"]
        assert field["top"] <= (count["top"] + count["bottom"]) / 2 <= field["bottom"]
        chapters = browser.find_element("css selector", ".figlist-chapters")
        jumps = browser.find_elements("css selector", ".figlist-jumps a")
        seen = [
            browser.execute_script(
                "return arguments[0].checkVisibility({contentVisibilityAuto: true})",
                jump,
            )
            for jump in jumps
        ]
        assert seen == [width > 500] * 4
        if width < 500:
            assert chapters.size["height"] < 48
            chapters.find_element("css selector", "summary").click()
            assert all(jump.is_displayed() for jump in jumps)


def test_back_link_is_no_part_of_a_figures_name(browser: Any, plain: Path) -> None:
    show(browser, plain / "forty/chapter1.html", width=1000, dark=False)
    figure = browser.find_element("css selector", "figure")
    caption = figure.find_element("css selector", "figcaption")
    # What takes a figure's name from its caption, as many do, finds no link of ours.
    assert "Catchment of the upper valley" in caption.text
    assert not caption.find_elements("css selector", ".figlist-backlink")
    link = figure.find_element("css selector", ".figlist-backlink")
    assert link.accessible_name == "Back to the list of figures"
    assert browser.execute_script(TARGETS) == []
    middle = link.rect["y"] + link.rect["height"] / 2
    assert caption.rect["y"] - 12 < middle < caption.rect["y"] + caption.rect["height"]


def test_references_have_names_of_their_own(browser: Any, plain: Path) -> None:
    show(browser, plain / "table-forty.html", width=1280, dark=False)
    links = browser.find_elements("css selector", ".figlist-references a")
    again = [link for link in links if "(2)" in link.text]
    assert again
    for link in again:
        assert link.accessible_name.removesuffix(" (2)") in {
            other.accessible_name for other in links
        }


# -- the demo book -----------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("sphinxcontrib.bibtex") is None:
        lacking("sphinxcontrib-bibtex")
    out = tmp_path_factory.mktemp("demo") / "out"
    return build(DEMO, out, overrides={"html_theme": "alabaster"}).out


@pytest.mark.parametrize(
    "page", ["figures.html", "vol2/figures.html", "table.html", "gallery.html"]
)
def test_demo_book(browser: Any, demo: Path, page: str) -> None:
    for width in (320, 640, 1280):
        show(browser, demo / page, width=width, dark=False)
        for script in (OVERFLOW, BROKEN, EMPTY, TARGETS):
            assert browser.execute_script(script) == [], (width, script[:60])
    browser.execute_script(axe_source())
    assert browser.execute_async_script(AXE) == []
