"""List pages as a reader sees them: five themes, light and dark, narrow and wide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support import atlas, atlas_conf, build, lacking, write_tree

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

#: Texts in the lists with less contrast to what is behind them than WCAG 2.2 asks for
#: (1.4.3), or than the theme's own links and code have: 4.19 and 3.82 in sphinx-rtd-theme.
CONTRAST = """
const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const ratio = element => {
  const a = light(parse(getComputedStyle(element).color));
  const b = light(behind(element));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
const sample = document.createElement("p");
sample.innerHTML = '<a class="reference internal" href="#">link</a>'
  + '<code class="docutils literal notranslate"><span>code</span></code>';
document.querySelector(".figlist").before(sample);
const link = Math.min(4.5, ratio(sample.querySelector("a")) - 0.01);
const code = Math.min(4.5, ratio(sample.querySelector("span")) - 0.01);
sample.remove();
const found = [];
for (const element of document.querySelectorAll(".figlist *")) {
  const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (!own) continue;
  if (ratio(element) < (element.closest("code") ? code : link))
    found.push(element.textContent + ": " + ratio(element).toFixed(2));
}
return found;
"""

#: What of the lists stands out of the window, to its right.
OVERFLOW = """
const width = document.documentElement.clientWidth;
return [...document.querySelectorAll(".figlist, .figlist *")]
  .filter(e => e.getBoundingClientRect().right > width + 1)
  .map(e => e.className + ": " + e.textContent.slice(0, 60));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if find_spec("selenium") is None:
        lacking("selenium")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        lacking("chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND",  # pages ask for MathJax and fonts
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    started = webdriver.Chrome(options=options, service=Service(driver))
    started.set_page_load_timeout(60)
    yield started
    started.quit()


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
    built = build(write_tree(root / "book", files), root / "out")
    return theme, built.out


def show(browser: Any, page: Path, *, width: int, dark: bool) -> None:
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())


LISTS = ("figures.html", "vol2/figures.html")


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("width", [360, 1280])
def test_fits_the_window(
    browser: Any, site: tuple[str, Path], page: str, width: int
) -> None:
    _, out = site
    show(browser, out / page, width=width, dark=False)
    assert browser.find_elements("css selector", ".figlist .figlist-entry")
    assert browser.execute_script(OVERFLOW) == []


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
