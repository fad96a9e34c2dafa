"""What the promises say of the pages of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from support.builds import Built
from support.pages import Site, by_class, elements, ids, main_content, text

from .drafts import Step
from .model import Model


def dead(step: Step, ours: Site, plain: Site) -> list[str]:
    """Links that lead nowhere, but those whose copies the book itself has."""

    def targets(site: Site) -> dict[str, str]:
        found = {}
        for link in site.dead_links():
            page, _, address = link.partition(": ")
            target = site.target(site.out / page, address.partition("=")[2])
            found[link] = str(target).replace(str(site.out), "")
        return found

    known = set(targets(plain).values())
    found = {link for link, to in targets(ours).items() if to not in known}
    # Sphinx's numref leads also to what is under `only` and on no page, once that has
    # a number; which figures lists lead to is judged elsewhere.
    model = Model(step.book, "html", step.tags)
    there = {
        b.label for blocks in step.book.docs.values() for b in model.visible(blocks)
    }
    gone = {
        f"#{label.replace('.', '-')}" for label in step.book.labels().keys() - there
    }
    return sorted(link for link in found if not link.endswith(tuple(gone)))


def duplicates(ours: Site, plain: Site) -> list[str]:
    def twice(site: Site, path: Path) -> set[str]:
        if not path.exists():
            return set()
        found = Counter(e.get("id") for e in elements(site.page(path)) if e.get("id"))
        return {name for name, count in found.items() if name and count > 1}

    return [
        f"{path.name}: {name}"
        for path in ours.paths()
        for name in sorted(
            twice(ours, path) - twice(plain, plain.out / path.relative_to(ours.out))
        )
    ]


def _uid(element: Element) -> str | None:
    """The draft's block that an element of a page is."""
    for image in elements(element, "img"):
        return PurePosixPath(image.get("src", "")).stem[1:4]
    for name in sorted(ids(element)):
        if name.startswith("n-"):
            return name.split("-")[1]
    return None


def numbered(root: Element) -> Iterator[Element]:
    """The figures, tables and listings of a page."""
    for element in elements(root):
        names = element.get("class", "").split()
        if element.tag in {"figure", "table"} or "literal-block-wrapper" in names:
            yield element


def printed(site: Site) -> Iterator[tuple[str, str]]:
    """Each figure's (table's, listing's) number as its page prints it."""
    for path in site.paths():
        main = main_content(site.page(path))
        lists = {id(e) for box in by_class(main, "figlist") for e in elements(box)}
        for element in numbered(main):
            uid = _uid(element)
            if uid is not None and id(element) not in lists:
                found = by_class(element, "caption-number")
                captions = [c for c in element if c.tag in {"figcaption", "caption"}]
                if captions or element.tag == "div":
                    yield uid, text(found[0]) if found else ""


def _target(site: Site, page: Path, href: str) -> str | None:
    target = site.target(page, href)
    assert target is not None
    path, name = target
    found = numbered(main_content(site.page(path)))
    around = [element for element in found if name in ids(element)]
    return _uid(around[-1]) if around else None  # the innermost


def listed(step: Step, site: Site, numbers: dict[str, str]) -> list[str]:
    faults = []
    wanted: dict[str, list[tuple[dict[str, str], list[str] | None]]] = {}
    for docname, block, shown in Model(step.book, "html", step.tags).lists():
        wanted.setdefault(docname, []).append((block.options, shown))
    for docname, lists in wanted.items():
        path = site.out / f"{docname}.html"
        boxes = by_class(main_content(site.page(path)), "figlist")
        if len(boxes) != len(lists):
            faults.append(f"{docname}: {len(boxes)} lists, not {len(lists)}")
            continue
        for box, (options, shown) in zip(boxes, lists, strict=True):
            found = []
            for entry in by_class(box, "figlist-entry"):
                link = by_class(entry, "figlist-link")[0]
                uid = _target(site, path, link.get("href", "")) or "?"
                found.append(uid)
                number = " ".join(map(text, by_class(link, "figlist-number")))
                if number != numbers.get(uid, ""):
                    faults.append(
                        f"{docname}: {uid} is {number!r} in the list and "
                        f"{numbers.get(uid)!r} on its page"
                    )
            if shown is not None and found != shown:
                faults.append(f"{docname} {options}: shows {found}, not {shown}")
    return faults


def single(step: Step, built: Built) -> list[str]:
    """Each entry on the one page of the book leads to its figure there."""
    site, faults = Site(built.out), []
    path = site.out / "index.html"
    main = main_content(site.page(path))
    model = Model(step.book, "html", step.tags)
    held = set(model.documents("index"))
    lists = {d: [] for d in dict.fromkeys(i.docname for i in model.flow("index"))}
    for docname, _, shown in model.lists():
        if docname in held:
            lists[docname].append(shown)
    there = {uid for element in numbered(main) if (uid := _uid(element))}
    found = []
    for box in by_class(main, "figlist"):
        links = [
            by_class(entry, "figlist-link")[0]
            for entry in by_class(box, "figlist-entry")
        ]
        found.append(
            [
                _target(site, path, link.get("href", ""))
                for link in links
                if link.tag == "a"
            ]
        )
    if sum(map(len, lists.values())) != len(found):
        faults.append(f"{len(found)} lists, not {sum(map(len, lists.values()))}")
    wanted = sorted(
        [uid for uid in shown if uid in there]
        for each in lists.values()
        for shown in each
        if shown is not None
    )
    missing = [shown for shown in wanted if shown not in found]
    return [*faults, *(f"no list of {shown}, but {found}" for shown in missing)]
