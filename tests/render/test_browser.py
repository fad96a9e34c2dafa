"""List pages as a reader sees them: five themes, light and dark, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support import ATLAS_PICTURES, atlas, atlas_conf, build, lacking, png, write_tree
from support.browser import (
    AXE,
    BEYOND,
    CONTRAST,
    OVERFLOW,
    axe_source,
    show,
    started,
)

pytestmark = pytest.mark.browser

THEMES = (
    "alabaster",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
)
#: Themes that follow the reader's preference for dark pages by themselves.
DARK = ("furo", "pydata_sphinx_theme", "sphinx_book_theme")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from started(tmp_path_factory.mktemp("profile"))


def page_of(layout: str) -> str:
    """A page with a list; "found" is one of all that helps to find an entry."""
    title = layout.capitalize()
    layout, more = ("compact", "") if layout == "found" else (layout, LONG_FIELDS)
    return (
        f"{title}\n{'=' * len(title)}\n\n"
        f".. figlist::\n   :layout: {layout}\n   :searchable:\n   :volume: all\n{more}"
    )


SEVERAL = """\
Several
=======

.. figlist::
   :searchable:
   :volume: 2

.. figlist::
   :searchable:
   :volume: all
"""

LONG_FIELDS = "   :fields: title caption alt references location\n"

#: A chapter that makes the lists long, of pictures in many shapes.
MANY = "Many\n====\n" + "".join(
    f"""
.. figure:: /images/{name}.png
   :name: fig-many-{name}
   :alt: {"A long description of what there is to see. " * 4}

   **{name.capitalize()}**: *one* of many, don't miss :numref:`fig-cliff`.
"""
    for name in ATLAS_PICTURES
)


@pytest.fixture(scope="module", params=THEMES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    theme: str = request.param
    if find_spec(theme) is None:
        lacking(f"the theme {theme}")
    root = tmp_path_factory.mktemp(theme)
    # A list of each layout: "figures" is full, a volume's own is compact.
    files = atlas() | {"conf.py": atlas_conf(html_theme=theme)}
    for layout in ("table", "gallery", "found"):
        files[f"{layout}.rst"] = page_of(layout)
    index = str(files["index.rst"])
    files["index.rst"] = index + "   table\n   gallery\n   found\n   several\n"
    files["several.rst"] = SEVERAL
    files["vol1/many.rst"] = MANY
    files["vol1/index.rst"] = str(files["vol1/index.rst"]) + "   many\n"
    files["images/cliff.png"] = png(1, 400, 30)
    files["images/well.png"] = png(2, 30, 400)
    built = build(write_tree(root / "book", files), root / "out")
    return theme, built.out


LISTS = (
    "figures.html",
    "vol2/figures.html",
    "table.html",
    "gallery.html",
    "found.html",
    "several.html",
)


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("width", [360, 1280])
def test_fits_the_window(
    browser: Any, site: tuple[str, Path], page: str, width: int
) -> None:
    _, out = site
    show(browser, out / page, width=width, dark=False)
    assert browser.find_elements("css selector", ".figlist .figlist-entry")
    assert browser.execute_script(OVERFLOW) == []
    # The head of pydata-sphinx-theme alone is too wide for a phone.
    assert browser.execute_script(BEYOND) <= 0


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_can_be_read(
    browser: Any, site: tuple[str, Path], page: str, dark: bool
) -> None:
    theme, out = site
    if dark and theme not in DARK:
        return  # it has one scheme alone, which the other half of the test looks at
    show(browser, out / page, width=1280, dark=dark)
    assert browser.execute_script(CONTRAST) == []


def test_entries_lead_to_their_figures(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "figures.html", width=1280, dark=False)
    links = browser.find_elements("css selector", ".figlist-entry .figlist-link")
    wanted = links[-1].get_attribute("href")
    browser.execute_script("arguments[0].click()", links[-1])
    assert browser.current_url == wanted
    box = browser.execute_script(
        "return document.querySelector(':target').getBoundingClientRect().top"
        " < innerHeight"
    )
    assert box


def test_looks_as_the_layout_says(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "vol2/figures.html", width=1280, dark=False)
    entry = browser.find_element("css selector", "li.figlist-entry")
    assert entry.value_of_css_property("list-style-type") == "none"
    show(browser, out / "figures.html", width=1280, dark=False)
    heading = browser.find_element("css selector", ".figlist-chapter")
    listed = browser.find_element("css selector", ".figlist")
    # Headings stand flush with the list.
    assert abs(heading.rect["x"] - listed.rect["x"]) < 1


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    browser: Any, site: tuple[str, Path], page: str, width: int, dark: bool
) -> None:
    theme, out = site
    if dark and (theme not in DARK or width == 360):
        return
    show(browser, out / page, width=width, dark=dark)
    browser.execute_script(axe_source())
    assert browser.execute_async_script(AXE) == []


def test_there_and_back(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "figures.html", width=1280, dark=False)
    entry = browser.find_elements("css selector", ".figlist-entry")[3]
    name = entry.get_attribute("id")
    entry.find_element("css selector", ".figlist-link").click()
    assert "figures.html" not in browser.current_url
    figure = browser.find_element("css selector", "figure:target")
    figure.find_element("css selector", "a.figlist-backlink").click()
    assert browser.current_url.endswith(f"figures.html#{name}")
    target = browser.find_element("css selector", ":target")
    assert target.get_attribute("id") == name
    assert "figlist-entry" in target.get_attribute("class")


def test_to_a_reference_and_its_sentence(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "table.html", width=1280, dark=False)
    browser.find_element("css selector", ".figlist-references a").click()
    target = browser.find_element("css selector", ":target")
    sentence = target.find_element("xpath", "..").text
    assert "Cliff" in browser.title or "coast" in browser.title
    assert "the land ends" in sentence


def keys(browser: Any, *pressed: str) -> None:
    from selenium.webdriver import ActionChains

    chain = ActionChains(browser)
    for key in pressed:
        chain.send_keys(key)
    chain.perform()


def shown(browser: Any) -> list[str]:
    found = browser.find_elements("css selector", ".figlist-entry")
    return [said(entry) for entry in found if entry.is_displayed()]


def said(entry: Any) -> str:
    """The number and title of an entry, as they are said one after the other."""
    head = entry.find_element("css selector", ".figlist-head, .figlist-line")
    return " ".join((head.get_attribute("textContent") or "").split())


@pytest.mark.parametrize("page", ["table.html", "gallery.html", "found.html"])
def test_search_by_keyboard(browser: Any, site: tuple[str, Path], page: str) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    _, out = site
    show(browser, out / page, width=1280, dark=False)
    everything = shown(browser)
    assert len(everything) > 20
    field = browser.find_element("css selector", ".figlist-search input")
    label = browser.find_element("css selector", ".figlist-search label")
    assert label.get_attribute("for") == field.get_attribute("id")
    # Whatever comes before, Tab reaches the field.
    for _ in range(100):
        if browser.switch_to.active_element == field:
            break
        keys(browser, Keys.TAB)
    assert browser.switch_to.active_element == field
    focus = field.value_of_css_property("outline-style")
    assert focus != "none"
    keys(browser, "CLIF", "F")
    count = browser.find_element("css selector", ".figlist-count[role=status]")
    WebDriverWait(browser, 5).until(lambda _: count.text)
    some = shown(browser)
    assert 0 < len(some) < len(everything)
    assert count.text == f"{len(some)} of {len(everything)} shown"
    assert all("Cliff" in words for words in some)
    headings = browser.find_elements("css selector", ".figlist-chapter")
    assert sum(heading.is_displayed() for heading in headings) in (0, 2)
    assert not browser.find_element("css selector", ".figlist-jumps").is_displayed()
    # The next stop is the first entry that is left.
    keys(browser, Keys.TAB)
    link = browser.switch_to.active_element
    assert "figlist-link" in link.get_attribute("class")
    assert "Cliff" in link.text
    field.click()
    # Alternative text is found, whether it is shown or not, and accents do not matter.
    keys(browser, Keys.ESCAPE, "no such figure")
    assert shown(browser) == []
    WebDriverWait(browser, 5).until(lambda _: count.text == "Nothing found")
    keys(browser, Keys.ESCAPE, "a géyser")
    assert len(shown(browser)) == 2
    keys(browser, Keys.ESCAPE)
    assert shown(browser) == everything
    WebDriverWait(browser, 5).until(lambda _: not count.text)


def test_search_by_the_quotes_of_a_keyboard(
    browser: Any, site: tuple[str, Path]
) -> None:
    _, out = site
    show(browser, out / "table.html", width=1280, dark=False)
    field = browser.find_element("css selector", ".figlist-search input")
    field.send_keys("cliff don't")
    assert len(shown(browser)) == 1


def test_search_leaves_no_gaps(browser: Any, site: tuple[str, Path]) -> None:
    """Themes wrap tables: what is around a hidden one takes no room either."""
    _, out = site
    show(browser, out / "table.html", width=1280, dark=False)
    place = browser.find_element("css selector", ".figlist-search")
    place.find_element("css selector", "input").send_keys("of many, miss")
    headings = browser.find_elements(
        "css selector", ".figlist-volume, .figlist-chapter"
    )
    left = [heading for heading in headings if heading.is_displayed()]
    assert headings.index(left[1]) > 2
    tops = [heading.rect["y"] for heading in left]
    assert tops[1] - tops[0] < 80


def test_tables_break_across_printed_pages(
    browser: Any, site: tuple[str, Path]
) -> None:
    _, out = site
    show(browser, out / "table.html", width=1280, dark=False)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        table = browser.find_element("css selector", "table.figlist-entries")
        assert table.value_of_css_property("break-inside") == "auto"
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_several_fields_on_a_page(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "several.html", width=1280, dark=False)
    one, two = browser.find_elements("css selector", ".figlist-search input")
    assert one.get_attribute("id") != two.get_attribute("id")
    lists = browser.find_elements("css selector", ".figlist")

    def seen(listed: Any, kind: str) -> list[str]:
        found = listed.find_elements("css selector", f".figlist-{kind}")
        left = [element for element in found if element.is_displayed()]
        return [said(e) if kind == "entry" else e.text for e in left]

    everything = seen(lists[0], "entry")
    two.send_keys("beach chalk")  # of the alternative text and of the caption
    assert seen(lists[0], "entry") == everything
    assert seen(lists[1], "volume") == ["Volume I: Land"]
    assert seen(lists[1], "chapter") == ["Chapter 1: The coast"]
    assert seen(lists[1], "entry") == ["Fig. 1.1: Cliff"]
    one.send_keys("alt text")  # the label of each field is no text of a figure
    assert seen(lists[0], "entry") == []
    assert seen(lists[1], "entry") == ["Fig. 1.1: Cliff"]


def test_link_to_an_entry_that_is_hidden(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    show(browser, out / "gallery.html", width=1280, dark=False)
    last = browser.find_elements("css selector", ".figlist-entry")[-1]
    field = browser.find_element("css selector", ".figlist-search input")
    field.send_keys("cliff")
    assert not last.is_displayed()
    name = last.get_attribute("id")
    browser.execute_script("location.hash = arguments[0]", name)
    assert last.is_displayed()
    assert field.get_attribute("value") == ""


@pytest.mark.parametrize("page", ["table.html", "gallery.html", "found.html"])
def test_whole_without_scripts(browser: Any, site: tuple[str, Path], page: str) -> None:
    _, out = site
    off = {"value": True}
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", off)
    try:
        show(browser, out / page, width=1280, dark=False)
        assert len(shown(browser)) > 20
        place = browser.find_element("css selector", ".figlist-search")
        assert not place.is_displayed()
    finally:
        on = {"value": False}
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", on)


#: Pictures of a gallery: loaded, as wide for their height as they are, and in their frames.
PICTURES = """
const done = arguments[arguments.length - 1];
const images = [...document.querySelectorAll(".figlist-gallery img")];
images.forEach(image => image.loading = "eager");
Promise.all(images.map(image => image.decode())).then(() => done(
  images.filter(image => {
    const frame = image.parentElement.getBoundingClientRect();
    const box = image.getBoundingClientRect();
    return !image.naturalWidth || getComputedStyle(image).objectFit !== "contain"
      || box.width < 20 || box.height < 20
      || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
  }).map(image => image.outerHTML)));
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_of_a_gallery(
    browser: Any, site: tuple[str, Path], width: int
) -> None:
    _, out = site
    show(browser, out / "gallery.html", width=width, dark=False)
    assert browser.execute_async_script(PICTURES) == []
    tops = browser.execute_script(
        "return [...document.querySelectorAll('.figlist-entries')]"
        ".map(list => [...list.children].slice(0, 2)"
        ".map(item => item.getBoundingClientRect().top))"
    )
    # Two stand side by side, on a phone as well.
    assert all(len(set(pair)) == 1 for pair in tops)


def test_table_on_a_phone_and_on_a_desk(browser: Any, site: tuple[str, Path]) -> None:
    _, out = site
    for width, stacked in ((1280, False), (360, True)):
        show(browser, out / "table.html", width=width, dark=False)
        if not stacked:  # five columns take more room than some themes give
            browser.execute_script(
                "document.querySelector('.figlist').style.width = '80rem'"
            )
        row = browser.find_element("css selector", "tr.figlist-entry")
        cells = row.find_elements("css selector", "th, td")
        assert (len({cell.rect["x"] for cell in cells}) == 1) == stacked
        label = row.find_element("css selector", ".figlist-caption .figlist-field")
        assert label.is_displayed() == stacked
        head = browser.find_element("css selector", ".figlist-table thead")
        assert head.is_displayed() != stacked
