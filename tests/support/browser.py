"""Pages in a browser, and scripts that tell what is wrong with the lists on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from support.machine import lacking


def started(profile: Path) -> Iterator[Any]:
    """A browser that fetches nothing, until what uses it is done.

    :param profile: an empty folder of its own.
    """
    if find_spec("selenium") is None:
        lacking("selenium")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        lacking("chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
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
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    driver.set_page_load_timeout(60)
    try:
        yield driver
    finally:
        driver.quit()


def show(browser: Any, page: Path, *, width: int, dark: bool) -> None:
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())


#: Texts in the lists with less contrast to what is behind them than WCAG 2.2 asks for
#: (1.4.3), or than the theme's own links and code have: 4.19 and 3.82 in sphinx-rtd-theme.
CONTRAST = """
const parse = c => {
  const found = (c.match(/[\\d.]+/g) || []).map(Number);
  return c.startsWith("color(srgb") // what color-mix gives
    ? found.map((v, i) => i < 3 ? v * 255 : v) : found;
};
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
  const ground = behind(element);
  const [red, green, blue, alpha = 1] = parse(getComputedStyle(element).color);
  const seen = [red, green, blue].map((v, i) => v * alpha + ground[i] * (1 - alpha));
  const a = light(seen);
  const b = light(ground);
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


#: How far the page can be scrolled sideways because of its lists, in pixels.
BEYOND = """
const root = document.scrollingElement;
const all = root.scrollWidth;
const lists = [...document.querySelectorAll(".figlist")];
lists.forEach(list => list.style.display = "none");
const theme = root.scrollWidth;
lists.forEach(list => list.style.display = "");
return all - theme;
"""


def axe_source() -> str:
    """axe-core, from the package that ships it for another driver."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        lacking("axe-playwright-python")
    return Path(spec.origin).with_name("axe.min.js").read_text("utf-8")


#: What axe-core finds on the page, where it concerns a list: rule and element.  Its
#: texts have the contrast of the theme's own links, or CONTRAST tells.
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {rules: {"color-contrast": {enabled: false}}}).then(result => {
  const ours = [];
  for (const rule of result.violations)
    for (const node of rule.nodes) {
      const element = document.querySelector(node.target[node.target.length - 1]);
      if (!element || element.closest(".figlist") || element.querySelector(".figlist"))
        ours.push(rule.id + ": " + node.html.slice(0, 120));
    }
  done(ours);
});
"""
