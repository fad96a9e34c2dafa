"""Books that are built as their authors build them: by a command, in a process of its own.

Extensions change Sphinx's own classes, and keep what they know in their modules: in one
process a book would be built by what another's extensions left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest

from support import (
    Site,
    by_class,
    classes,
    conf,
    elements,
    lacking,
    main_content,
    parse,
    same_bytes,
    text,
    touch_now,
    write_tree,
)
from support.extensions import Book

#: What the books of both tiers need besides their extensions.
_CONF = {
    "project": "Book",
    "numfig": True,
    "myst_enable_extensions": ["dollarmath"],
    "exclude_patterns": ["_build"],
}


class Made:
    """A book in a folder, and the commands that build it."""

    def __init__(self, book: Book, root: Path) -> None:
        for name in book.needs:
            _need(name)
        self.book = book
        self.root = root
        self.source = write_tree(root / "book", book.files)
        if not book.jupyter_book:
            values = _CONF | {"figlist_kinds": [*book.listed]} | dict(book.conf)
            extensions = [*book.conf["extensions"], "sphinxext_figlist"]  # type: ignore[misc]
            write_tree(
                self.source, {"conf.py": conf(**{**values, "extensions": extensions})}
            )

    def build(self, builder: str, folder: str = "built", **settings: str) -> Path:
        """Build on what earlier builds left in *folder*, and return the output.

        :param settings: values over those of the configuration.
        """
        place = self.root / folder
        if self.book.jupyter_book:
            out = place / "_build" / builder
            command = [Path(sys.executable).with_name("jupyter-book"), "build"]
            command += [self.source]
            command += ["--path-output", place, "--builder"]
            command += [builder] if builder in _BOOKS_OWN else ["custom"]
            if builder not in _BOOKS_OWN:
                command += ["--custom-builder", builder]
        else:
            out = place / builder
            command = [
                sys.executable,
                "-m",
                "sphinx",
                "-b",
                builder,
                "-d",
                place / "doctrees",
            ]
            for name, value in settings.items():
                command += ["-D", f"{name}={value}"]
            command += [self.source, out]
        place.mkdir(exist_ok=True)
        done = subprocess.run(
            [*map(str, command)],
            check=False,
            capture_output=True,
            text=True,
            env=_environment(),
            cwd=place,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, "\n".join(said.splitlines()[-12:])
        faults = [
            line
            for line in said.splitlines()
            if ("WARNING" in line or "ERROR" in line)
            and not any(part in line for part in self.book.allow)
        ]
        assert not faults, "\n".join(faults)
        return out

    @cached_property
    def html(self) -> Path:
        return self.build("html")

    @cached_property
    def files(self) -> Path:
        return self.build("figlist")

    @cached_property
    def latex(self) -> Path:
        assert self.html  # sphinx-tabs loses labels where LaTeX is what reads
        return self.build("latex")

    def edit(self) -> None:
        """Change a text of the book."""
        name, old, new = self.book.edit
        path = self.source / name
        before = path.read_text("utf-8")
        assert before.count(old) == 1
        path.write_text(before.replace(old, new), "utf-8")
        touch_now(path)

    def documents(self) -> set[str]:
        """The names of the pages."""
        return {
            path.relative_to(self.html).with_suffix("").as_posix()
            for path in Site(self.html).paths()
        }


#: The builders that Jupyter Book's command names.
_BOOKS_OWN = {"html", "latex"}


def _need(distribution: str) -> None:
    try:
        version(distribution)
    except PackageNotFoundError:
        if distribution == "jupyter-book":
            pytest.skip("Jupyter Book 1 goes with an older Sphinx")
        lacking(distribution)


def _environment() -> dict[str, str]:
    given = dict(os.environ)
    spec = find_spec("pypandoc")
    if shutil.which("pandoc") is None and spec and spec.origin:
        files = Path(spec.origin).parent / "files"  # of pypandoc-binary
        given["PATH"] = os.pathsep.join([str(files), given["PATH"]])
    return given


class Shown:
    """An entry of a list, as a reader sees it."""

    def __init__(self, link: Element, around: list[Element]) -> None:
        numbers = by_class(link, "figlist-number")
        self.number = text(numbers[0]) if numbers else ""
        titles = by_class(link, "figlist-title")
        self.title = text(titles[0]) if titles else ""
        self.href = link.get("href", "")
        self.words = " ".join(map(text, around))
        fields = [
            found for one in around for found in by_class(one, "figlist-references")
        ]
        self.references = [a.get("href", "") for f in fields for a in elements(f, "a")]


def shown(page: Path, kind: str) -> list[Shown]:
    """The entries of the list of *kind* on *page*."""
    (container,) = by_class(main_content(page), f"of-{kind}")
    found = []
    for parent in elements(container):
        children = list(parent)
        for place, child in enumerate(children):
            if "figlist-entry" in classes(child):
                (link,) = by_class(child, "figlist-link")
                # In HTML an entry holds its fields; else they are the next element.
                held = child.tag == "li"
                found.append(Shown(link, children[place : place + 2 - held]))
    return found


def led_to(site: Site, page: Path, href: str) -> Element:
    """What *href* on *page* leads to."""
    target = site.target(page, href)
    assert target is not None, href
    file, id_ = target
    found = [e for e in elements(site.page(file)) if e.get("id") == id_]
    assert len(found) == 1, f"{file.name} has {len(found)} elements of id {id_!r}"
    return found[0]


def printed_number(element: Element) -> str:
    """The number that stands under a figure, or over a theorem."""
    numbers = by_class(element, "caption-number")
    return text(numbers[0]) if numbers else ""


def differences(actual: Path, wanted: Path, documents: set[str]) -> list[str]:
    """How the incremental build's output differs from a clean one's."""
    ours, theirs = (
        {path.name: path.read_bytes() for path in out.glob("*_LIST*")}
        for out in (actual, wanted)
    )
    faults = same_bytes(ours, theirs)
    for name in documents if (wanted / "lists.html").exists() else ():
        # Not style sheets, which some extensions put there when pages have been written.
        one, two = (_content(out / f"{name}.html") for out in (actual, wanted))
        if one != two:
            faults.append(f"{name}: {one} is not {two}")
    return faults


def _content(page: Path) -> bytes:
    """What the document has on its page; a page of none is taken whole."""
    root = parse(page)
    if any(element.get("role") == "main" for element in elements(root)):
        return tostring(main_content(root))
    return page.read_bytes()
