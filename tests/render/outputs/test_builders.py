"""A small book in two volumes in every output that has no test file of its own.

HTML and LaTeX have theirs; here is what a reader of each other output finds.
"""

from __future__ import annotations

import http.server
import importlib.util
import io
import json
import pickle
import shutil
import subprocess
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import docutils
import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from support import (
    Built,
    Files,
    Lab,
    Site,
    build,
    by_class,
    conf,
    elements,
    lacking,
    load_seed,
    main_content,
    only_by_class,
    png,
    text,
    tree_files,
    write_tree,
)
from support.small import bare, book, directive, doc, fig, figlist, pages, toc

DEMO = Path(__file__).parents[3] / "docs" / "demo"

SETTINGS: dict[str, object] = {
    "project": "Lights",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1",
    "release": "1",
    "today": "Today",
    "language": "en",
    "extensions": ["sphinxext_figlist"],
    "numfig": True,
    "smartquotes": False,
    "figlist_number_uncaptioned": True,
    "figlist_volumes": [
        {"id": "1", "title": "Lamp & lens", "root": "one/index"},
        {"id": "2", "title": "Sound", "root": "two/index"},
    ],
    "man_pages": [("index", "lights", "Lights", ["Nobody"], 1)],
    "texinfo_documents": [
        ("index", "lights", "Lights", "Nobody", "lights", "Of lights", "Misc")
    ],
    "epub_uid": "lights",
    "epub_identifier": "lights",
    "suppress_warnings": ["epub.unknown_project_files"],
}

LAMPS = doc(
    "Lamps",
    "See :numref:`fig-lens`, :numref:`fig-horn` and :numref:`fig-wall`.",
    fig(
        "lens",
        "Lens: a ring of glass around the flame, as its `makers "
        "<https://example.org/glass>`_ tell. It throws the light so far out over the "
        "sea that ships see it before they see the land. See :ref:`fig-burner`.",
        alt="A glass ring & a flame.",
    ),
    fig("burner", "A burner with two wicks.", alt="Two wicks."),
    bare("wall", alt="A bare wall."),
)

BOOK: Files = {
    "conf.py": conf(**SETTINGS),
    "p.png": png(),
    "index.rst": doc(
        "Lighthouses",
        toc(
            *("one/index", "two/index", "figures", "short", "table", "gallery"),
            numbered=True,
        ),
    ),
    "one/index.rst": doc("First part", toc("lamps"), figlist(layout="compact")),
    "one/lamps.rst": LAMPS,
    "two/index.rst": doc(
        "Second part", toc("horns"), figlist(fields="caption references location label")
    ),
    "two/horns.rst": doc(
        "Horns",
        "Of :numref:`fig-lens` and :numref:`fig-horn`.",
        fig(
            "horn", "**Horn.** It sounds *twice* [#]_. See :doc:`/one/lamps`.", alt="x"
        ),
        ".. [#] At night.",
    ),
    "figures.rst": doc("All figures", figlist()),
    "short.rst": doc("In short", figlist(layout="compact", fields="title alt")),
    "table.rst": doc("As a table", figlist(layout="table", searchable=True)),
    "gallery.rst": doc("As pictures", figlist(layout="gallery")),
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(root=tmp_path_factory.mktemp("lights"), files=BOOK)


def words_of(source: str) -> str:
    """A text with its line breaks and blanks as single spaces."""
    return " ".join(source.split())


# -- text -------------------------------------------------------------------------

ALL_AS_TEXT = """\
{number}. All figures
**************

-[ Volume I: Lamp & lens ]-

-[ Chapter 1.1: Lamps ]-

Fig. 1.1: Lens
   **Caption:** a ring of glass around the flame, as its makers tell.
   It throws the light so far out over the sea that ships see it
   before they see the land. See A burner with two wicks..

   **Alt text:** A glass ring & a flame.

Fig. 1.2: A burner with two wicks.
   **Alt text:** Two wicks.

Fig. 1.3
   **Alt text:** A bare wall.

-[ Volume II: Sound ]-

-[ Chapter 2.1: Horns ]-

Fig. 2.1: Horn
   **Caption:** It sounds *twice*. See Lamps.

   **Alt text:** x
"""

SHORT_AS_TEXT = """\
{number}. In short
***********

-[ Volume I: Lamp & lens ]-

* Fig. 1.1: Lens \u2014 A glass ring & a flame.

* Fig. 1.2: A burner with two wicks. \u2014 Two wicks.

* Fig. 1.3 \u2014 A bare wall.

-[ Volume II: Sound ]-

* Fig. 2.1: Horn \u2014 x
"""


def test_text(lab: Lab) -> None:
    out = lab.build("text").out
    assert (out / "figures.txt").read_text("utf-8") == ALL_AS_TEXT.format(number=3)
    assert (out / "short.txt").read_text("utf-8") == SHORT_AS_TEXT.format(number=4)
    assert "%s" not in (out / "two/index.txt").read_text("utf-8")


def test_text_has_the_numbers_that_lists_have(lab: Lab) -> None:
    """Sphinx prints ``Fig. %s`` there, and no number under a figure."""
    shown = (lab.build("text").out / "one/lamps.txt").read_text("utf-8")
    assert "See Fig. 1.1, Fig. 2.1 (Volume II) and Fig. 1.3." in shown
    assert shown.rstrip().endswith("Fig. 1.3")
    assert shown.count("Fig. 1.3") == 2


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_numbers_of_uncaptioned_figures_in_one_volume(
    tmp_path: Path, builder: str
) -> None:
    source = book(
        tmp_path,
        {"index.rst": doc("Book", "See :numref:`fig-a`.", bare("a"), fig("b"))},
        figlist_number_uncaptioned=True,
        man_pages=SETTINGS["man_pages"],
        texinfo_documents=SETTINGS["texinfo_documents"],
    )
    name = {"text": "index.txt", "man": "lights.1", "texinfo": "lights.texi"}[builder]
    shown = (pages(source, builder=builder).out / name).read_text("utf-8")
    assert shown.count("1") >= 2
    assert "%s" not in shown
    plain = {"figlist_number_uncaptioned": False}
    out = tmp_path / "plain"
    asked = build(source, out, builder=builder, overrides=plain, allow=["fig-a"]).out
    assert "Fig. 1" not in (asked / name).read_text("utf-8").replace(".  ", ". ")


# -- man --------------------------------------------------------------------------


def roff_text(source: str) -> str:
    """What a man page's source shows, without requests and fonts."""
    lines = [line.removeprefix(".B ") for line in source.splitlines()]
    shown = "\n".join(line for line in lines if line[:1] not in {".", "'"})
    for code in (r"\fB", r"\fI", r"\fP", r"\fR", r"\%", r"\:", r"\&"):
        shown = shown.replace(code, "")
    while r"\X'" in shown:  # Sphinx 7's links
        before, _, after = shown.partition(r"\X'")
        shown = before + after.partition("'")[2]
    return shown.replace(r"\-", "-").replace(r"\(bu", "\u2022")


def test_man(lab: Lab) -> None:
    source = (lab.build("man").out / "lights.1").read_text("utf-8")
    shown = words_of(roff_text(source))
    for each in (
        "Fig. 1.1: Lens Caption: a ring of glass around the flame, as its makers",
        "See A burner with two wicks.. Alt text: A glass ring & a flame.",
        "Fig. 2.1: Horn Caption: It sounds twice. See Lamps. Alt text: x",
        "Fig. 1.2: A burner with two wicks. \u2014 Two wicks.",
        "Fig. 1.1, Fig. 2.1 (Volume II) and Fig. 1.3.",
        "Fig. 2.1 Caption: Horn. It sounds twice. See Lamps. Referred to in: 1.1 Lamps;",
    ):
        assert each in shown
    assert "%s" not in shown
    # It prints the address of each link behind it: for ours there is none.
    assert "<#" not in shown
    addresses = source.replace(r"\:", "").count("https://example.org/glass")
    assert addresses == 3  # in the figure and its copies in a full list and a table


# -- texinfo ----------------------------------------------------------------------


def test_texinfo(lab: Lab, tmp_path: Path) -> None:
    source = lab.build("texinfo").out / "lights.texi"
    makeinfo = shutil.which("makeinfo")
    if makeinfo is None:
        lacking("makeinfo (Debian's texinfo)")
    run = subprocess.run(
        [makeinfo, "--plaintext", "--no-split", "-o", tmp_path / "lights.txt", source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    shown = words_of((tmp_path / "lights.txt").read_text("utf-8"))
    for each in ("Fig. 1.1; Lens", "Fig. 1.3", "Fig. 2.1; Horn"):
        assert shown.count(each) >= 2, each  # a full list and a compact one
    assert "\u2018Caption:\u2019 It sounds \u2018twice\u2019. See" in shown
    assert "\u2018Alt text:\u2019 A glass ring & a flame." in shown
    assert "%s" not in shown


# -- XML --------------------------------------------------------------------------

#: What a docutils or Sphinx node may have in an output, in a list.
ATTRIBUTES = {
    *("ids", "names", "classes", "name", "internal", "refuri", "refid"),
    *("level", "heading-level"),
}


def test_xml(lab: Lab) -> None:
    out = lab.build("xml").out
    for name, path in tree_files(out).items():
        source = path.read_text("utf-8")
        root = ET.fromstring(source)
        assert "object at" not in source, name
        assert "Request" not in source, name
        assert not list(root.iter("figlist")), name
        assert not list(root.iter("figlist_backlink")), name
        for element in root.iter():
            ours = [a for a in element.attrib if a.startswith("figlist")]
            assert not ours, f"{name}: {element.tag} has {ours}"
    page = ET.parse(out / "figures.xml").getroot()
    (box,) = [
        container
        for container in page.iter("container")
        if "figlist" in container.get("classes", "").split()
    ]
    assert {a for element in box.iter() for a in element.attrib} <= ATTRIBUTES
    terms = [(text(term), term[0].get("refuri")) for term in box.iter("term")]
    assert terms == [
        ("Fig. 1.1: Lens", "one/lamps#fig-lens"),
        ("Fig. 1.2: A burner with two wicks.", "one/lamps#fig-burner"),
        ("Fig. 1.3", "one/lamps#fig-wall"),
        ("Fig. 2.1: Horn", "two/horns#fig-horn"),
    ]
    assert [text(each) for each in box.iter("rubric")] == [
        *("Volume I: Lamp & lens", "Chapter 1.1: Lamps"),
        *("Volume II: Sound", "Chapter 2.1: Horns"),
    ]


def test_pseudoxml(lab: Lab) -> None:
    shown = (lab.build("pseudoxml").out / "short.pseudoxml").read_text("utf-8")
    assert "object at" not in shown
    assert shown.count('<list_item classes="figlist-entry"') == 4
    assert "A glass ring & a flame." in shown


# -- pages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("builder", "page"),
    [
        ("html", "{}.html"),
        ("dirhtml", "{}/index.html"),
        ("singlehtml", "index.html"),
    ],
)
def test_pages(lab: Lab, builder: str, page: str) -> None:
    """Each link in each list lands, and so does each back-link."""
    site = Site(lab.build(builder).out)
    names = ("figures", "short", "table", "gallery", "one/index", "two/index")
    paths = {site.out / page.format(n).replace("index/index", "index") for n in names}
    lamps = site.out / page.format("one/lamps")
    count = 0
    for path in sorted(paths | {lamps}):
        main = main_content(site.page(path))
        boxes = by_class(main, "figlist")
        links = [a for box in boxes for a in elements(box, "a")]
        links += by_class(main, "figlist-backlink") if path == lamps else []
        for link in links:
            if target := site.target(path, link.get("href", "")):
                file, id_ = target
                ids = [e.get("id") for e in elements(site.page(file))]
                assert ids.count(id_) == 1 or not id_, link.get("href")
                count += 1
    # Five lists of one or both volumes, what their captions refer to, back-links.
    assert count >= 4 * 4 + 3 + 1 + 3


# -- serialised HTML --------------------------------------------------------------


def fragment(source: str) -> Element:
    root: Element = html5lib.parseFragment(source, namespaceHTMLElements=False)
    return root


class _Plain(pickle.Unpickler):
    """Reads nothing but what a reader without this package can."""

    def find_class(self, module: str, name: str) -> Any:
        assert not module.startswith("sphinxext_figlist"), name
        return super().find_class(module, name)


@pytest.mark.parametrize(
    ("builder", "suffix", "load"),
    [
        ("json", ".fjson", json.loads),
        ("pickle", ".fpickle", lambda data: _Plain(io.BytesIO(data)).load()),
    ],
)
def test_serialised(
    lab: Lab, builder: str, suffix: str, load: Callable[[bytes], dict[str, Any]]
) -> None:
    out = lab.build(builder).out
    bodies = {
        name.removesuffix(suffix): fragment(load(path.read_bytes())["body"])
        for name, path in tree_files(out).items()
        if name.endswith(suffix) and "body" in load(path.read_bytes())
    }
    links = [
        (text(a), a.get("href", "")) for a in by_class(bodies["short"], "figlist-link")
    ]
    assert links == [
        ("Fig. 1.1: Lens", "../one/lamps/#fig-lens"),
        ("Fig. 1.2: A burner with two wicks.", "../one/lamps/#fig-burner"),
        ("Fig. 1.3", "../one/lamps/#fig-wall"),
        ("Fig. 2.1: Horn", "../two/horns/#fig-horn"),
    ]
    ids = {
        name: {e.get("id") for e in elements(b) if e.get("id")}
        for name, b in bodies.items()
    }
    assert ids["one/lamps"] >= {"fig-lens", "fig-burner", "fig-wall"}
    backs = by_class(bodies["one/lamps"], "figlist-backlink")
    targets = [back.get("href", "").partition("#") for back in backs]
    assert {page for page, *_ in targets} == {"../"}
    assert {id_ for *_, id_ in targets} <= ids["one/index"]
    assert len(targets) == 3


# -- builders without pages -------------------------------------------------------


@pytest.mark.parametrize("builder", ["dummy", "changes"])
def test_builders_without_lists(lab: Lab, builder: str) -> None:
    built = lab.build(builder)
    assert built.warnings == ""
    assert not [name for name in tree_files(built.out) if "figlist" in name.lower()]


@pytest.fixture
def server() -> Iterator[tuple[str, Counter[str]]]:
    """A web server, and how often each of its addresses was asked for."""
    asked: Counter[str] = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked[self.path] += 1
            self.send_response(404 if self.path == "/lost" else 200)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{web.server_port}", asked
        web.shutdown()
        thread.join()


def test_linkcheck(tmp_path: Path, server: tuple[str, Counter[str]]) -> None:
    """A link in a caption is checked once, and told of where its author put it."""
    address, asked = server
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a-list", "chapter", "list")),
            "a-list.rst": doc("A list", figlist()),
            "list.rst": doc("A list", figlist(layout="compact")),
            "chapter.rst": doc(
                "Chapter",
                fig("a", f"See `this <{address}/here>`_ and :numref:`fig-b`."),
                fig("b", f"See `that <{address}/lost>`_."),
            ),
        },
    )
    built = pages(source, builder="linkcheck", allow=["broken"])
    lines = (built.out / "output.json").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert {(item["filename"], item["uri"], item["status"]) for item in found} == {
        ("chapter.rst", f"{address}/here", "working"),
        ("chapter.rst", f"{address}/lost", "broken"),
    }
    assert len(found) == 2
    assert asked["/here"] == 1


# -- translations -----------------------------------------------------------------

GERMAN = {
    "Lens: a ring of glass.": "Linse: ein Ring aus Glas.",
    "A *burner*, see :numref:`fig-lens`.": "Ein *Brenner*, siehe :numref:`fig-lens`.",
    "Figures": "Alle Abbildungen",
}


def test_a_translated_book(tmp_path: Path) -> None:
    """From templates to pages: what is in a list is translated where it stands."""
    files: dict[str, str | bytes] = {
        "index.rst": doc("Book", toc("chapter", "figures")),
        "chapter.rst": doc(
            "Chapter",
            fig("lens", "Lens: a ring of glass."),
            fig("burner", "A *burner*, see :numref:`fig-lens`."),
        ),
        "figures.rst": doc("Figures", figlist(fields="title caption")),
    }
    source = book(
        tmp_path, files, locale_dirs=["../locale"], gettext_compact=False, numfig=True
    )
    templates = pages(source, builder="gettext").out
    for name in ("chapter", "figures"):
        with (templates / f"{name}.pot").open("rb") as stream:
            catalog = read_po(stream, locale="de")
        if name == "figures":
            assert [m.id for m in catalog if m.id] == ["Figures"]
        for message in catalog:
            if message.id in GERMAN:
                message.string = GERMAN[str(message.id)]
        target = tmp_path / "locale/de/LC_MESSAGES" / f"{name}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as output:
            write_mo(output, catalog)
    built = build(source, tmp_path / "de", builder="text", overrides={"language": "de"})
    assert (built.out / "figures.txt").read_text("utf-8") == (
        "Alle Abbildungen\n****************\n\n-[ Chapter ]-\n\n"
        "Abb. 1: Linse\n   **Bildunterschrift:** ein Ring aus Glas.\n\n"
        "Abb. 2: Ein *Brenner*, siehe Abb. 1."
    )


# -- EPUB -------------------------------------------------------------------------


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
        assert ours == ["_static/figlist.css"] * (name in lists), name
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
            ["Fig. 1.1: Lens", "Fig. 1.2: A burner with two wicks.", "Fig. 1.3"],
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


# -- third-party builders ---------------------------------------------------------


def with_builder(lab: Lab, tmp_path: Path, module: str, builder: str) -> Built:
    if importlib.util.find_spec(module) is None:
        lacking(module)
    return build(
        lab.source,
        tmp_path / builder,
        builder=builder,
        overrides={"extensions": ["sphinxext_figlist", module]},
        # The Markdown one knows no captions with markup, wherever they stand.
        allow=["unknown node type: <caption"],
    )


MARKDOWN = """\
[Fig. 1.1: Lens](one/lamps.md#fig-lens)
: **Caption:** a ring of glass around the flame, as its [makers](https://example.org/glass) \
tell. It throws the light so far out over the sea that ships see it before they see the \
land. See [A burner with two wicks.](one/lamps.md#fig-burner).
  <br/>
  **Alt text:** A glass ring & a flame.
"""


def test_markdown(lab: Lab, tmp_path: Path) -> None:
    """sphinx-markdown-builder, from the package index."""
    built = with_builder(lab, tmp_path, "sphinx_markdown_builder", "markdown")
    assert not [x for x in built.warnings.splitlines() if "/figures.rst" in x]
    full = (built.out / "figures.md").read_text("utf-8")
    assert MARKDOWN in full
    assert "### Volume II: Sound\n\n### Chapter 2.1: Horns\n" in full
    short = (built.out / "short.md").read_text("utf-8")
    assert "* [Fig. 1.1: Lens](one/lamps.md#fig-lens) \u2014 A glass ring" in short
    assert "* [Fig. 1.3](one/lamps.md#fig-wall) \u2014 A bare wall.\n" in short


def test_word(lab: Lab, tmp_path: Path) -> None:
    """docxbuilder, from the package index."""
    built = with_builder(lab, tmp_path, "docxbuilder", "docx")
    (path,) = built.out.glob("*.docx")
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    styled: dict[str, list[str]] = {}
    for paragraph in root.iter(f"{w}p"):
        style = paragraph.find(f"{w}pPr/{w}pStyle")
        name = style.get(f"{w}val", "") if style is not None else ""
        shown = "".join(part.text or "" for part in paragraph.iter(f"{w}t"))
        styled.setdefault(name, []).append(shown)
    bare_lines = ["Fig. 1.1: Lens", "Fig. 1.2: A burner with two wicks.", "Fig. 1.3"]
    assert styled["ListBullet"][:3] == bare_lines
    assert styled["ListBullet"][3] == "Fig. 1.1: Lens \u2014 A glass ring & a flame."
    assert styled["DefinitionTerm"][-4:] == [*bare_lines, "Fig. 2.1: Horn"]
    assert "Caption: It sounds twice. See Lamps." in styled["Definition"]
    assert "Alt text: A bare wall." in styled["Definition"]
    known = {mark.get(f"{w}name") for mark in root.iter(f"{w}bookmarkStart")}
    linked = {link.get(f"{w}anchor") for link in root.iter(f"{w}hyperlink")} - {None}
    assert linked <= known


# -- incremental builds -----------------------------------------------------------

#: What each of these writes for its readers.
PAGES = {
    "json": ".fjson",
    "man": ".1",
    "pseudoxml": ".pseudoxml",
    "texinfo": ".texi",
    "text": ".txt",
    "xml": ".xml",
}


@pytest.mark.parametrize("builder", sorted(PAGES))
def test_incremental_is_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    lab = Lab(root=tmp_path, files=BOOK)

    def contents(built: Built) -> dict[str, bytes]:
        files = tree_files(built.out)
        suffix = PAGES[builder]
        return {n: p.read_bytes() for n, p in files.items() if n.endswith(suffix)}

    first = contents(lab.build(builder))
    assert first
    # Sphinx copies what the JSON builder has copied before, and warns of it.
    allow = ["copy_overwrite", "Aborted attempted copy"] if builder == "json" else ()
    assert contents(lab.build(builder, allow=allow)) == first
    lab.edit("one/lamps.rst", "A burner with two wicks.", "A burner with three wicks.")
    lab.edit("two/horns.rst", "Of :numref:", fig("bell", "A bell.") + "\n\nOf :numref:")
    after = contents(lab.build(builder, allow=allow))
    assert after != first
    assert after == contents(lab.clean(builder))
