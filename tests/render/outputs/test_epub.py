"""An EPUB: its pages, its navigation, and what epubcheck says."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import docutils
import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from support import (
    Built,
    Files,
    Lab,
    build,
    by_class,
    elements,
    lacking,
    load_seed,
    only_by_class,
    text,
    write_tree,
)
from support.books.lamps import BOOK, SETTINGS
from support.machine import DEMO
from support.small import bare, book, directive, doc, fig, figlist, pages, toc


class Epub:
    """An EPUB's files, its pages parsed as the XML that they must be."""

    def __init__(self, path: Path, *, strict: bool = True) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.pages: dict[str, Element] = {}
        for name, content in self.files.items():
            if name.endswith(".xhtml"):
                if strict or name == "nav.xhtml":
                    root = ET.fromstring(content)
                else:
                    root = html5lib.parse(content)
                for element in root.iter():
                    element.tag = str(element.tag).rpartition("}")[2]
                self.pages[name] = root

    def target(self, page: str, href: str) -> tuple[str, str]:
        """The file and the id to which *href* leads on *page*."""
        path, _, id_ = unquote(href).partition("#")
        if not path:
            return page, id_
        parts: list[str] = []
        for part in (PurePosixPath(page).parent / path).parts:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        return "/".join(parts), id_

    def element(self, page: str, href: str) -> Element:
        """The one element to which *href* leads."""
        name, id_ = self.target(page, href)
        found = [e for e in elements(self.pages[name]) if e.get("id") == id_]
        assert len(found) == 1, f"{page}: {href} leads to {len(found)} elements"
        return found[0]

    def dead_links(self) -> list[str]:
        dead = []
        for page, root in self.pages.items():
            for element in elements(root):
                address = element.get("href") or element.get("src")
                if not address or "://" in address:
                    continue
                name, id_ = self.target(page, address)
                ids = {e.get("id") for e in elements(self.pages.get(name, root))}
                if name not in self.files or (id_ and id_ not in ids):
                    dead.append(f"{page}: {address}")
        return dead

    def illustrations(self) -> Element | None:
        """The list of illustrations in the navigation document."""
        type_ = "{http://www.idpf.org/2007/ops}type"
        navs = list(elements(self.pages["nav.xhtml"], "nav"))
        assert [nav.get(type_) for nav in navs] in (["toc"], ["toc", "loi"])
        return navs[1] if navs[1:] else None


def epub_of(built: Built, *, strict: bool = True) -> Epub:
    (path,) = built.out.glob("*.epub")
    return Epub(path, strict=strict)


def outline_of(nav: Element) -> list[object]:
    """The list in a ``nav``: each item's words, or words with the items below."""
    heading, *lists = list(nav)
    assert heading.tag in {"h1", "h2"}

    def items(ordered: Element) -> list[object]:
        found: list[object] = []
        for item in ordered:
            assert item.tag == "li"
            first, *below = list(item)
            assert first.tag == ("span" if below else "a")
            words = text(first)
            found.append((words, *map(items, below)) if below else words)
        return found

    (ordered,) = lists
    return [text(heading), *items(ordered)]


def test_epub(lab: Lab) -> None:
    epub = epub_of(lab.build("epub"))
    assert epub.dead_links() == []
    names = ("figures", "short", "table", "gallery", "one/index", "two/index")
    lists = {f"{name}.xhtml" for name in names}
    for name, root in epub.pages.items():
        sheets = [link.get("href", "") for link in elements(root, "link")]
        ours = [epub.target(name, s)[0] for s in sheets if "figlist" in s]
        styled = name in lists or bool(by_class(root, "figlist-backlink"))
        assert ours == ["_static/figlist.css"] * styled, name
        known = [e.attrib["id"] for e in elements(root) if e.get("id")]
        assert len(known) == len(set(known)), name
        for box in by_class(root, "figlist"):
            assert {a for e in elements(box) for a in e.attrib} <= {
                *("class", "id", "href", "src", "alt", "style")
            }
    listed = ET.fromstring(epub.files["content.opf"])
    items = {e.get("href"): e.get("media-type") for e in listed.iter() if e.get("href")}
    assert items["_static/figlist.css"] == "text/css"


def test_epub_ways(lab: Lab) -> None:
    """Figure and entry lead to each other; the navigation leads to the figure."""
    epub = epub_of(lab.build("epub"))
    figures = list(elements(epub.pages["one/lamps.xhtml"], "figure"))
    assert len(figures) == 3
    nav = epub.illustrations()
    assert nav is not None
    entries = [epub.element("nav.xhtml", a.get("href", "")) for a in elements(nav, "a")]
    assert entries[:3] == figures
    for figure in figures:
        back = only_by_class(figure, "figlist-backlink")
        assert back.get("role") == "doc-backlink"
        entry = epub.element("one/lamps.xhtml", back.get("href", ""))
        href = only_by_class(entry, "figlist-link").get("href", "")
        assert epub.element("one/index.xhtml", href) is figure


def test_epub_navigation(lab: Lab) -> None:
    nav = epub_of(lab.build("epub")).illustrations()
    assert nav is not None
    assert outline_of(nav) == [
        "Figure List",
        (
            "Volume I: Lamp & lens",
            ["Fig. 1.1: Lens", "Fig. 1.2: A burner with two wicks", "Fig. 1.3"],
        ),
        ("Volume II: Sound", ["Fig. 2.1: Horn"]),
    ]
    assert nav.get("hidden") == ""


ONE: Files = {
    "index.rst": doc("Book", toc("chap ter", "figures"), "See :ref:`fig-b`."),
    "chap ter.rst": doc(
        "Chapter",
        fig("a", "One < two & *three* [#]_, says :ref:`fig-b`: yes.", "More [#]_."),
        fig("b", "The |br| :ref:`chap`: here."),
        ".. |br| raw:: html\n\n   <br/>",
        directive("figure", argument="/p.png"),
        ".. [#] A note.\n.. [#] Another.",
        ".. _chap:",
        "Part\n----",
    ),
}


def test_epub_navigation_of_one_volume(tmp_path: Path) -> None:
    files = {**ONE, "figures.rst": doc("Figures", figlist(scope="chapter"))}
    plain: dict[str, object] = {
        name: value
        for name, value in SETTINGS.items()
        if not name.startswith("figlist")
    }
    source = book(tmp_path, files, **{**plain, "language": "de"})
    epub = epub_of(pages(source, builder="epub"))
    nav = epub.illustrations()
    assert nav is not None
    assert outline_of(nav) == [
        "Abbildungsverzeichnis",
        "Abb. 1: One < two & three, says The chap: here.",
        "Abb. 2: The Part",
        "Ohne Titel (p.png)",
    ]
    assert epub.dead_links() == []


@pytest.mark.parametrize(
    "page",
    [
        "",  # no list at all
        figlist(kind="table"),
        directive("only", figlist(), argument="latex"),
    ],
)
def test_epub_navigation_only_where_asked_for(tmp_path: Path, page: str) -> None:
    source = book(
        tmp_path, {**ONE, "figures.rst": doc("Figures", page)}, **SETTINGS_OF_ONE
    )
    epub = epub_of(pages(source, builder="epub"))
    assert epub.illustrations() is None
    plain = book(
        tmp_path / "plain",
        {**ONE, "figures.rst": doc("Figures")},
        **{**SETTINGS_OF_ONE, "extensions": []},
    )
    wanted = epub_of(pages(plain, builder="epub"))
    assert epub.files["nav.xhtml"] == wanted.files["nav.xhtml"]


SETTINGS_OF_ONE: dict[str, object] = {
    name: value for name, value in SETTINGS.items() if not name.startswith("figlist")
}


def test_epub_without_some_pages(lab: Lab, tmp_path: Path) -> None:
    """What the book leaves out is neither linked to nor in the navigation."""
    left_out = ["one/index.xhtml", "figures.xhtml", "two/horns.xhtml"]
    out = tmp_path / "epub"
    overrides = {"epub_exclude_files": left_out}
    epub = epub_of(build(lab.source, out, builder="epub", overrides=overrides))
    assert not set(left_out) & epub.pages.keys()
    nav = epub.illustrations()
    assert nav is not None
    assert len(list(elements(nav, "a"))) == 3
    backs = by_class(epub.pages["one/lamps.xhtml"], "figlist-backlink")
    assert {back.get("href", "").partition("#")[0] for back in backs} == {
        "../short.xhtml"
    }
    (box,) = by_class(epub.pages["short.xhtml"], "figlist")
    assert [link.tag for link in by_class(box, "figlist-link")] == ["a"] * 3 + ["span"]
    ours = [link for link in epub.dead_links() if "figlist" in link]
    assert ours == []


@pytest.mark.parametrize("show", ["inline", "footnote", "no"])
def test_epub_addresses(lab: Lab, tmp_path: Path, show: str) -> None:
    built = build(
        lab.source,
        tmp_path / "epub",
        builder="epub",
        overrides={"epub_show_urls": show},
    )
    epub = epub_of(built)
    assert epub.dead_links() == []
    page = epub.pages["figures.xhtml"]
    (box,) = by_class(page, "figlist")
    assert ("[https://example.org/glass]" in text(box)) is (show == "inline")
    shown = text(page).count("https://example.org/glass")
    assert shown == (0 if show == "no" else 1)


@pytest.mark.parametrize(
    "edit",
    [
        lambda lab: lab.edit("two/horns.rst", "**Horn.**", "**Siren.**"),
        lambda lab: lab.append("one/lamps.rst", "\n" + bare("new") + "\n"),
        lambda lab: lab.write(
            "conf.py", lab.read("conf.py").replace("'Sound'", "'Noise'")
        ),
        lambda lab: lab.write("figures.rst", doc("All figures")),
    ],
    ids=["title", "figure", "volume", "no list"],
)
def test_epub_is_never_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Lab], None]
) -> None:
    """The one list page is of volume 1; the navigation names all volumes."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    files = {
        **BOOK,
        "one/index.rst": doc("First part", toc("lamps")),
        "two/index.rst": doc("Second part", toc("horns")),
        **{name: doc("None") for name in ("short.rst", "table.rst", "gallery.rst")},
        "figures.rst": doc("All figures", figlist(volume="1")),
    }
    lab = Lab(root=tmp_path, files=files)
    before = epub_of(lab.build("epub"))
    edit(lab)
    after, wanted = epub_of(lab.build("epub")), epub_of(lab.clean("epub"))
    assert after.files["nav.xhtml"] != before.files["nav.xhtml"]
    assert after.files == wanted.files


def test_epub_of_named_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sphinx looks at the first page to pack the book: that does not write it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    index = f"{BOOK['index.rst']!s}\n{figlist()}\n"
    names = ("figures", "short", "table", "gallery", "one/index", "two/index")
    plain = {
        f"{n}.rst": str(BOOK[f"{n}.rst"]).partition(".. figlist")[0] for n in names
    }
    lab = Lab(root=tmp_path, files={**BOOK, **plain, "index.rst": index})
    lab.build("epub")
    lab.edit("two/horns.rst", "**Horn.**", "**Siren.**")
    lab.build("epub", only=[lab.path("two/horns.rst")])
    after, wanted = epub_of(lab.build("epub")), epub_of(lab.clean("epub"))
    assert after.files == wanted.files
    assert b"Siren" in after.files["index.xhtml"]


def test_epub_by_two_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    more = {f"more{n}.rst": doc(f"More {n}", fig(f"m{n}")) for n in range(6)}
    index = str(BOOK["one/index.rst"]).replace(
        "   lamps\n", "   lamps\n" + "".join(f"   /more{n}\n" for n in range(6))
    )
    source = write_tree(tmp_path / "book", {**BOOK, **more, "one/index.rst": index})
    one = build(source, tmp_path / "one", builder="epub", parallel=1)
    two = build(source, tmp_path / "two", builder="epub", parallel=2)
    assert two.in_parallel == {"reading", "writing"}
    assert epub_of(two).files == epub_of(one).files


def test_epub_twice_by_one_application(lab: Lab, tmp_path: Path) -> None:
    """As sphinx-autobuild and editors do: the navigation has one list."""

    def again() -> None:
        lab.write("one/lamps.rst", lab.read("one/lamps.rst"))

    out = tmp_path / "epub"
    nav = epub_of(build(lab.source, out, builder="epub", then=again)).illustrations()
    assert nav is not None


def epubcheck(built: Built) -> list[str]:
    """What epubcheck finds in the book."""
    java = shutil.which("java")
    jar = Path("/usr/share/java/epubcheck.jar")
    if java is None or not jar.exists():
        lacking("epubcheck (Debian's package of that name)")
    (path,) = built.out.glob("*.epub")
    run = subprocess.run(
        [java, "-jar", jar, path], capture_output=True, text=True, check=False
    )
    said = (run.stdout + run.stderr).splitlines()
    assert any(line.startswith("Messages: 0 fatals") for line in said), said
    levels = ("FATAL", "ERROR", "WARNING")
    return [line for line in said if line.startswith(levels)]


def test_epubcheck(lab: Lab) -> None:
    assert epubcheck(lab.build("epub")) == []


def test_epubcheck_of_the_demo_book(tmp_path: Path) -> None:
    source = tmp_path / "demo"
    shutil.copytree(DEMO, source, ignore=shutil.ignore_patterns("_build"))
    overrides = {
        "epub_uid": "demo",
        "epub_identifier": "demo",
        "suppress_warnings": SETTINGS["suppress_warnings"],
    }
    built = build(source, tmp_path / "epub", builder="epub", overrides=overrides)
    # Before 0.22 docutils opens <figcaption> twice in a figure of two pictures.
    sound = docutils.__version_info__ >= (0, 22)
    epub = epub_of(built, strict=sound)
    assert epub.dead_links() == []
    nav = epub.illustrations()
    assert nav is not None
    links = by_class(epub.pages["figures.xhtml"], "figlist-link")
    listed = [epub.element("figures.xhtml", a.get("href", "")) for a in links]
    found = [epub.element("nav.xhtml", a.get("href", "")) for a in elements(nav, "a")]
    assert found == listed
    assert [text(a) for a in elements(nav, "a")] == [text(a) for a in links]
    assert not sound or epubcheck(built) == []


@pytest.mark.seed
def test_epub_of_the_reference_book(tmp_path: Path) -> None:
    source = tmp_path / "book"
    load_seed().write_book(source, "mixed", 2, bibtex=False, conf=True)
    overrides = {
        "epub_uid": "book",
        "epub_identifier": "book",
        "copyright": "2026, Nobody",
        "version": "1",
        "suppress_warnings": SETTINGS["suppress_warnings"],
    }
    out = tmp_path / "epub"
    built = build(source, out, builder="epub", overrides=overrides)
    epub = epub_of(built)
    nav = epub.illustrations()
    assert nav is not None
    assert len(list(elements(nav, "a"))) == 175
    assert epub.dead_links() == []
    assert epubcheck(built) == []
