"""The promises, held against what a story's builds wrote."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from support.builds import Built, build
from support.comparing import same_output
from support.lab import Lab
from support.pages import Site, by_class, elements, ids, main_content, text

from .drafts import OTHERS, Book, Story
from .model import Model
from .syntax import files


class Broken(Exception):
    """A promise that a build did not keep."""

    def __init__(self, promise: str, words: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise = promise


def judge(story: Story, root: Path) -> None:
    """Build a story in *root*, step by step; raise `Broken` where a promise is."""
    shutil.rmtree(root, ignore_errors=True)
    try:
        _judge(story, root)
    except Broken:
        raise
    except Exception as error:
        name = type(error).__name__
        raise Broken(f"no exception ({name})", f"{error}") from error


def _judge(story: Story, root: Path) -> None:
    lab = Lab(root=root / "ours", files=files(story.steps[0].book))
    before = files(story.steps[0].book)
    for number, step in enumerate(story.steps):
        now = files(step.book)
        for name in before.keys() - now.keys():
            lab.remove(name)
        for name, content in now.items():
            if before.get(name) != content:
                lab.write(name, content)
        before = now
        for builder in step.builders:
            built = lab.build(builder, parallel=step.jobs, allow=None)
            clean = lab.clean(builder, allow=None)
            where = f"step {number}, {step.edit}, {builder}"
            _none("incremental = clean", same_output(built, clean), where)
            if builder == "html":
                page_promises(step.book, clean, root, where)
            if builder == "html" and number == story.two:
                out, doctrees = root / "two" / "out", root / "two" / "doctrees"
                both = build(
                    lab.source,
                    out,
                    builder=builder,
                    doctrees=doctrees,
                    parallel=2,
                    allow=None,
                )
                _none("-j 2 = -j 1", same_output(both, clean), where)
                _none("-j 2 = -j 1", _more(both.warnings, clean.warnings), where)


def _none(promise: str, faults: list[str], where: str) -> None:
    if faults:
        raise Broken(promise, f"at {where}:\n" + "\n".join(faults[:8]))


def _more(ours: str, theirs: str) -> list[str]:
    """The warnings in *ours* that are not in *theirs*."""

    def lines(words: str) -> Counter[str]:
        # Lines shift where lists are left out.
        found = re.sub(r"^/\S*?/book/", "", words, flags=re.MULTILINE).splitlines()
        found = [re.sub(r":\d+:", ":", line) for line in found]
        return Counter(line for line in found if line.strip())

    more = lines(ours) - lines(theirs)
    return [line for line in more if not line.endswith("]") or "[figlist." not in line]


# -- pages ------------------------------------------------------------------------


def page_promises(book: Book, clean: Built, root: Path, where: str) -> None:
    """What holds of the pages of a book, and of its files beside them."""
    ours = Site(clean.out)
    source = root / "plain" / "book"
    shutil.rmtree(root / "plain", ignore_errors=True)
    lab = Lab(root=root / "plain", files=files(book, plain=True))
    plain_built = build(source, lab.root / "out", allow=None)
    plain = Site(plain_built.out)

    _none("every link lands", _dead(ours, plain), where)
    _none("no warning of ours", _more(clean.warnings, plain_built.warnings), where)
    _none("no duplicate id", _duplicates(ours, plain), where)
    numbers = dict(printed(ours))
    changed = book.settings.get("figlist_number_uncaptioned") or book.volumes
    if not changed:
        before = dict(printed(plain))
        faults = [
            f"{uid}: {numbers.get(uid)!r}, not {before[uid]!r}"
            for uid in before
            if numbers.get(uid) != before[uid]
        ]
        _none("no number changes", faults, where)
    _none("each once, in order", _pages(book, ours, numbers), where)
    _none("files", list(_files(book, clean.out, numbers)), where)


def _dead(ours: Site, plain: Site) -> list[str]:
    return sorted(set(ours.dead_links()) - set(plain.dead_links()))


def _duplicates(ours: Site, plain: Site) -> list[str]:
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
        return PurePosixPath(image.get("src", "")).stem
    for name in sorted(ids(element)):
        if name.startswith("n-"):
            return name.removeprefix("n-")
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


def _pages(book: Book, site: Site, numbers: dict[str, str]) -> list[str]:
    faults = []
    wanted: dict[str, list[tuple[dict[str, str], list[str] | None]]] = {}
    for docname, block, shown in Model(book, "html").lists():
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


# -- files ------------------------------------------------------------------------


def _files(book: Book, out: Path, numbers: dict[str, str]) -> Iterator[str]:
    settings = book.settings
    if "json" not in settings.get("figlist_formats", ["json"]):
        return
    model = Model(book, settings.get("figlist_files_for", "latex"))
    titles = settings.get("figlist_titles", {})
    for place, root in enumerate(model.roots, 1):
        for kind in settings.get("figlist_kinds", ["figure"]):
            stem = "" if kind == "figure" else kind.upper().replace("-", "_") + "_"
            name = f"{stem}LIST" if stem else "FIGURE_LIST"
            name += f"_VOL{place}" if book.volumes else ""
            data = json.loads((out / "figlist" / f"{name}.json").read_bytes())
            found = [f for c in data["chapters"] for f in c["figures"]]
            wanted = model.listed(root, kind)

            def uid(figure: dict[str, object]) -> str:
                images = figure["images"]
                if isinstance(images, list) and images:
                    return PurePosixPath(images[0]["path"]).stem
                return str(figure["label"]).removeprefix("n-")

            order = [uid(figure) for figure in found]
            if order != [item.block.uid for item in wanted]:
                yield f"{name}: {order}, not {[item.block.uid for item in wanted]}"
                continue
            for figure, item in zip(found, wanted, strict=True):
                block, where = item.block, f"{name}: {item.block.uid}"
                if figure["docname"] != item.docname:
                    yield f"{where}: in {figure['docname']}, not {item.docname}"
                if block.kind not in OTHERS:
                    alt = figure["images"][0]["alt"]
                    markdown = block.kind == "figure-md" and item.docname[-1] == "m"
                    empty = None if markdown else block.alt
                    if alt != (block.alt or empty):
                        yield f"{where}: alt {alt!r}, not {block.alt!r}"
                title = titles.get(block.label)
                if title is None and settings.get("figlist_title_from") in {
                    None,
                    "lead",
                }:
                    title = block.caption.title
                    if figure["title"] != title:
                        yield f"{where}: title {figure['title']!r}, not {title!r}"
                elif title is not None and figure["title"] != title:
                    yield f"{where}: title {figure['title']!r}, not {title!r}"
                shown = block.uid in numbers and settings.get("numfig", True)
                number = numbers.get(block.uid, "").split(" ")[-1]
                if shown and (figure["number"] or "") != number:
                    yield f"{where}: {figure['number']!r}, not {number!r} as printed"
                if block.label:
                    refs = {ref["docname"] for ref in figure["references"]}
                    if refs != model.references(block.label):
                        yield (
                            f"{where}: referred to in {sorted(refs)}, not "
                            f"{sorted(model.references(block.label))}"
                        )
