"""Every link inside the documentation leads to a page, and to an element of it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from support.pages import elements, parse


def test_links_inside(site: Path) -> None:
    pages = {path.resolve(): parse(path) for path in site.rglob("*.html")}
    ids = {
        path: {one.get("id") for one in elements(page)} for path, page in pages.items()
    }
    count, lost = 0, []
    for path, page in pages.items():
        for one in elements(page):
            link = one.get("href") or one.get("src") or ""
            scheme, host, target, _, fragment = urlsplit(link)
            if scheme or host or not (target or fragment):
                continue
            count += 1
            to = (path.parent / unquote(target)).resolve() if target else path
            there = ids.get(to, {unquote(fragment)}) if fragment else {""}
            if not to.is_file() or unquote(fragment) not in there:
                lost.append((path.name, link))
    assert count > 1000
    assert lost == []
