"""HTML pages, as their readers see them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped,unused-ignore]


def parse(page: Path) -> Element:
    """The tree of an HTML page."""
    with page.open("rb") as stream:
        tree: Element = html5lib.parse(
            stream, namespaceHTMLElements=False, transport_encoding="utf-8"
        )
    return tree


def elements(root: Element, tag: str | None = None) -> Iterator[Element]:
    """*root* and the elements in it (of that *tag*), in document order."""
    for element in root.iter():
        name: object = element.tag  # a comment's is no string
        if name == tag or (tag is None and isinstance(name, str)):
            yield element


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def by_class(root: Element, name: str) -> list[Element]:
    """The elements in *root* that have the class *name*."""
    return [element for element in elements(root) if name in classes(element)]


def only_by_class(root: Element, name: str) -> Element:
    """The one element in *root* that has the class *name*."""
    found = by_class(root, name)
    assert len(found) == 1, f"{len(found)} elements of class {name!r}, not one"
    return found[0]


def text(element: Element) -> str:
    """What a reader sees of *element*, with its blanks made single spaces."""
    return " ".join("".join(element.itertext()).split())


def main_content(page: Path | Element) -> Element:
    """The part of a page that is the document's own, without the theme's around it."""
    root = parse(page) if isinstance(page, Path) else page
    found = [element for element in elements(root) if element.get("role") == "main"]
    found = found or list(elements(root, "main")) or by_class(root, "body")
    assert len(found) == 1, f"{page}: {len(found)} main contents, not one"
    return found[0]


def assets(page: Element) -> list[str]:
    """The style sheets and scripts that a page loads."""
    links = [
        element
        for element in elements(page, "link")
        if element.get("rel") == "stylesheet"
    ]
    scripts = [element for element in elements(page, "script") if element.get("src")]
    return [e.get("href", "") for e in links] + [e.get("src", "") for e in scripts]


def ids(root: Element) -> set[str]:
    return {
        element.attrib["id"] for element in elements(root) if "id" in element.attrib
    }


def figure_numbers(page: Path) -> dict[str, str]:
    """What each id of a figure's on a page is numbered, as the page prints it."""
    numbers = {}
    for figure in elements(main_content(page), "figure"):
        captions = [child for child in figure if child.tag == "figcaption"]
        printed = [
            n for caption in captions for n in by_class(caption, "caption-number")
        ]
        assert len(printed) < 2, f"{page}: a figure with {len(printed)} numbers"
        for name in ids(figure):
            numbers[name] = text(printed[0]) if printed else ""
    return numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An entry of a list page, as a reader sees it."""

    number: str
    href: str
    link: str
    words: str


def entries(page: Path) -> list[Entry]:
    """The entries of all the lists on *page*."""
    lists = by_class(main_content(page), "figlist")
    assert lists, f"{page} has no list"
    found = []
    for element in (
        entry for each in lists for entry in by_class(each, "figlist-entry")
    ):
        link = only_by_class(element, "figlist-link")
        assert link.tag == "a", f"an entry's link is a {link.tag}"
        numbers = by_class(link, "figlist-number")
        number = text(numbers[0]) if numbers else ""
        assert text(link).startswith(number)
        words, href = text(element), link.get("href", "")
        found.append(Entry(number=number, href=href, link=text(link), words=words))
    return found


class Site:
    """An output folder of HTML, each of its pages parsed once."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._pages: dict[Path, Element] = {}

    def paths(self) -> list[Path]:
        """The pages of the site, in order of their names."""
        ours = (path for path in self.out.rglob("*.html") if path.is_file())
        return sorted(
            p for p in ours if p.relative_to(self.out).parts[0] not in NO_PAGES
        )

    def page(self, path: Path) -> Element:
        if path not in self._pages:
            self._pages[path] = parse(path)
        return self._pages[path]

    def target(self, page: Path, href: str) -> tuple[Path, str] | None:
        """The file and the id to which *href* leads on *page*; None where it leads away."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        file = Path(os.path.normpath(page.parent / path)) if path else page
        if file.is_dir():
            file /= "index.html"
        return file, unquote(parts.fragment)

    def dead_links(self, pages: Iterable[Path] | None = None) -> list[str]:
        """The links and pictures in main contents that lead to nothing."""
        dead = []
        for page in self.paths() if pages is None else pages:
            for element in elements(main_content(self.page(page))):
                for attribute in ("href", "src"):
                    address = element.get(attribute)
                    target = self.target(page, address) if address is not None else None
                    if target is None:
                        continue
                    file, name = target
                    name_dead = name and (
                        file.suffix != ".html" or name not in ids(self.page(file))
                    )
                    if not file.is_file() or name_dead:
                        dead.append(
                            f"{page.relative_to(self.out)}: {attribute}={address}"
                        )
        return dead


NO_PAGES = {"_static", "_sources", "_images", "_downloads", "figlist", ".doctrees"}


def nested_links(path: Path) -> list[str]:
    """What an HTML parser says of links in links, and of other misplaced elements."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(path.read_text("utf-8"))
    return [f"{code}: {data}" for _, code, data in parser.errors if "end-tag" in code]
