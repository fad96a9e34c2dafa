"""The ways in a site: from entries to figures and references, and back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element, tostring

from support import (
    Built,
    Files,
    Site,
    by_class,
    classes,
    elements,
    main_content,
    only_by_class,
    text,
)
from support.small import book, doc, figlist, pages, toc

# -- what a site shows ------------------------------------------------------------


class Web:
    """A site and the ways in it, each followed to its end."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.site = Site(out)

    def page(self, name: str) -> Path:
        """The page of a document, whichever HTML builder wrote it."""
        tries = (f"{name}.html", f"{name}/index.html", "index.html")
        return next(self.out / path for path in tries if (self.out / path).exists())

    def follow(self, page: Path, href: str) -> tuple[Path, Element]:
        """The page and the one element on which *href* lands."""
        target = self.site.target(page, href)
        assert target is not None, f"{href} leads away"
        file, id_ = target
        assert file.is_file(), f"{page}: {href}"
        whole = main_content(self.site.page(file))
        found = [each for each in elements(whole) if each.get("id") == id_]
        assert len(found) == 1, f"{page}: {href} lands on {len(found)} elements"
        return file, found[0]

    def figure(self, page: Path, href: str) -> Element:
        """The figure on which *href* lands; a second id of its is a span in it."""
        file, found = self.follow(page, href)
        if found.tag != "figure":
            assert not text(found)
            found = self.parent(file, found)
        assert found.tag == "figure", f"{href} lands on a {found.tag}"
        return found

    def parent(self, file: Path, element: Element) -> Element:
        """What *element* stands in."""
        return next(
            each
            for each in elements(main_content(self.site.page(file)))
            if any(child is element for child in each)
        )

    def place(self, page: Path, href: str, figure: Element) -> str:
        """Where *href* lands: a section, a figure, or the words before a reference."""
        file, element = self.follow(page, href)
        if element.tag in {"section", "figure"}:
            return f"{element.tag} {element.get('id')}"
        parent = self.parent(file, element)
        assert not "".join(element.itertext()), "the target has words"
        assert not element.tail, f"{href} does not land directly before a link"
        children = list(parent)
        index = children.index(element)
        link = children[index + 1]
        assert link.tag == "a", f"{href} lands before a {link.tag}"
        # Sphinx's own links within a page of all documents lead to "#document-x#id".
        own = "#" + link.get("href", "").rpartition("#")[2]
        href = link.get("href", "")
        end = own if href.startswith("#document-") else href
        assert self.figure(file, end) is figure
        before = parent.text or ""
        for child in children[:index]:
            before += "".join(child.itertext()) + (child.tail or "")
        return " ".join(before.split())

    def ways(self, name: str = "list") -> dict[str, list[tuple[str, str]]]:
        """The words and places of the references of each figure listed on a page."""
        page = self.page(name)
        found: dict[str, list[tuple[str, str]]] = {}
        for entry, shown in full_entries(main_content(self.site.page(page))):
            link = only_by_class(entry, "figlist-link")
            figure = self.figure(page, link.get("href", ""))
            ways = [
                (seen(way), self.place(page, way.get("href", ""), figure))
                for field in by_class(shown, "figlist-references")
                for way in elements(field, "a")
            ]
            found[unused(figure, found)] = ways
        return found

    def backs(self, name: str) -> dict[str, str]:
        """Of each figure on a page, the page and list to which it links back."""
        page = self.page(name)
        found: dict[str, str] = {}
        for figure in elements(main_content(self.site.page(page)), "figure"):
            links = by_class(figure, "figlist-backlink")
            assert len(links) < 2, "a figure that links back twice"
            if not links:
                continue
            file, entry = self.follow(page, links[0].get("href", ""))
            assert "figlist-entry" in classes(entry), f"{entry.tag} is no entry"
            link = only_by_class(entry, "figlist-link")
            assert self.figure(file, link.get("href", "")) is figure
            where = file.relative_to(self.out).with_suffix("").as_posix()
            list_ = next(
                str(position)
                for position, each in enumerate(
                    by_class(main_content(self.site.page(file)), "figlist"), 1
                )
                if any(one is entry for one in elements(each))
            )
            found[unused(figure, found)] = f"{where} {list_}"
        return found

    def twice(self) -> list[str]:
        """The ids of figlist's that stand more than once on a page."""
        return [
            f"{path.name}#{id_}"
            for path in self.site.paths()
            for id_, count in Counter(
                e.get("id", "") for e in elements(self.site.page(path))
            ).items()
            if count > 1 and id_.startswith("figlist")
        ]


def seen(link: Element) -> str:
    """The words of a link that are there to be seen; the others are there to be heard."""
    unseen = by_class(link, "figlist-unseen")
    return text(link).removeprefix("".join(map(text, unseen))).strip()


def unused(figure: Element, names: Collection[str]) -> str:
    """A figure's short name; one that Sphinx made up may stand in other documents."""
    name = figure.get("id", "").removeprefix("fig-")
    return name + "'" * sum(each.rstrip("'") == name for each in names)


def full_entries(root: Element) -> Iterator[tuple[Element, Element]]:
    """The entries of the full lists in *root*, with what they show of their fields."""
    for entry in by_class(root, "figlist-entry"):
        assert entry.tag == "li"
        shown = Element("div")
        shown.extend(part for part in entry if "figlist-head" not in classes(part))
        yield entry, shown


REFERENCES = figlist(fields="title references")
MYST: dict[str, Any] = {"extensions": ["myst_parser", "sphinxext_figlist"]}


def a_book(
    folder: Path, docs: Files, *, more: Files = MappingProxyType({}), **values: Any
) -> Path:
    """A book of *docs*, numbered in their order, with a list of references behind.

    :param more: files that no toctree names.
    """
    names = [Path(name).with_suffix("").as_posix() for name in docs]
    start: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc(*names, numbered=True), toc("list")),
        "list.rst": doc("List", REFERENCES),
    }
    return book(folder, {**start, **docs, **more}, **{**MYST, **values})


def ways_of(
    folder: Path, docs: Files, *, allow: Sequence[str] | None = (), **values: Any
) -> dict[str, Any]:
    """Build such a book; the words and places of its references."""
    built = pages(a_book(folder, docs, **values), allow=allow)
    web = Web(built.out)
    assert web.site.dead_links() == []
    assert web.twice() == []
    return web.ways()


def words(ways: list[tuple[str, str]]) -> list[str]:
    return [way for way, _ in ways]


def places(ways: list[tuple[str, str]]) -> list[str]:
    return [place for _, place in ways]


def contents(out: Path, *names: str) -> dict[str, bytes]:
    """The bytes of these pages."""
    return {name: (out / f"{name}.html").read_bytes() for name in names}


def main_text(path: Path) -> str:
    return tostring(main_content(path), "unicode")


# -- LaTeX ------------------------------------------------------------------------

LABEL = re.compile(r"\\label\{\\detokenize\{([^}]*)\}\}")
LINK = re.compile(
    r"\\(?:hyperref|hyperlink|ref|pageref|nameref)"
    r"(?:\[|\{)\\detokenize\{([^}]*)\}"
)
WAY = re.compile(
    r"\\hyperref\[\\detokenize\{([^}]*)\}\]\{\\sphinxcrossref\{([^}]*)\}\}"
)


def read_tex(built: Built, name: str = "*") -> str:
    (path,) = built.out.glob(f"{name}.tex")
    return path.read_text("utf-8")


def tex_ways(tex: str) -> list[tuple[str, str]]:
    """The words and labels of the links behind "Referred to in"."""
    start = r"\sphinxstyleemphasis{Referred to in:}"
    assert start in tex
    parts = [part.partition("\n\n")[0] for part in tex.split(start)[1:]]
    return [(words, label) for part in parts for label, words in WAY.findall(part)]
