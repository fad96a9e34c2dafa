"""Who does not know the product finds, by the docs' own search, what they look for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from support.browser import started

pytestmark = pytest.mark.browser

#: Results that a reader looks at.
FIRST = 5
#: What somebody types, and the pages that answer it.
QUERIES = {
    "turn on jupyter book": {"howto/jupyter-book"},
    "enable in jupyter book": {"howto/jupyter-book"},
    "_config.yml": {"howto/jupyter-book"},
    "stale list": {"troubles"},
    "list not updated": {"troubles"},
    "list is empty": {"troubles"},
    "figures missing from list": {"troubles"},
    "exclude a figure": {"troubles", "quickstart", "explanation/what-is-a-figure"},
    "leave out figure": {"troubles", "quickstart", "explanation/what-is-a-figure"},
    "hide figure": {"troubles"},
    "get alt texts back": {"howto/alt-texts"},
    "import alt text": {"howto/alt-texts"},
    "alt text spreadsheet": {"howto/alt-texts"},
    "remove arrow": {"troubles", "howto/theming"},
    "page numbers": {"reference/files", "reference/configuration"},
    "listoffigures": {"howto/migrating", "reference/latex"},
}

#: Whether the search is over, and where its results lead.
RESULTS = """
const links = [...document.querySelectorAll("#search-results ul.search li a:first-child")];
const summary = document.querySelector("#search-results p.search-summary");
const going = /Searching|Preparing/.test(document.getElementById("search-results").innerText);
if (!summary || going) return null;
return links.map(link => link.getAttribute("href"));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from started(tmp_path_factory.mktemp("profile"))


@pytest.mark.parametrize("query", QUERIES)
def test_a_search(browser: Any, site: Path, query: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get(f"{(site / 'search.html').as_uri()}?q={quote(query)}")
    found = WebDriverWait(browser, 30).until(
        lambda page: page.execute_script(RESULTS) or False
    )
    pages = [link.partition(".html")[0] for link in found]
    assert QUERIES[query] & {*pages[:FIRST]}, pages
