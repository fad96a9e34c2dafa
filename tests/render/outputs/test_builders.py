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
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from support import (
    Built,
    Lab,
    Site,
    build,
    by_class,
    elements,
    lacking,
    main_content,
    text,
    tree_files,
)
from support.books.lamps import BOOK, SETTINGS
from support.small import bare, book, doc, fig, figlist, pages, toc


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
   a ring of glass around the flame, as its makers tell. It throws the
   light so far out over the sea that ships see it before they see the
   land. See A burner with two wicks..

   *Alt text:* A glass ring & a flame.

Fig. 1.2: A burner with two wicks
   *Alt text:* Two wicks.

Fig. 1.3
   *Alt text:* A bare wall.

-[ Volume II: Sound ]-

-[ Chapter 2.1: Horns ]-

Fig. 2.1: Horn
   It sounds *twice*. See Lamps.

   *Alt text:* x
"""

SHORT_AS_TEXT = """\
{number}. In short
***********

-[ Volume I: Lamp & lens ]-

* Fig. 1.1: Lens \u2014 A glass ring & a flame.

* Fig. 1.2: A burner with two wicks \u2014 Two wicks.

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
        "Fig. 1.1: Lens a ring of glass around the flame, as its makers",
        "See A burner with two wicks.. Alt text: A glass ring & a flame.",
        "Fig. 2.1: Horn It sounds twice. See Lamps. Alt text: x",
        "Fig. 1.2: A burner with two wicks \u2014 Two wicks.",
        "Fig. 1.1, Fig. 2.1 (Volume II) and Fig. 1.3.",
        "Fig. 2.1 Caption: Horn. It sounds twice. See Lamps.",
        "See Lamps. Referred to in: 1.1 Lamps (Volume I);",
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
    assert "It sounds \u2018twice\u2019. See" in shown
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
        ("Fig. 1.2: A burner with two wicks", "one/lamps#fig-burner"),
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
        ("Fig. 1.2: A burner with two wicks", "../one/lamps/#fig-burner"),
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
        "Abb. 1: Linse\n   ein Ring aus Glas.\n\n"
        "Abb. 2: Ein *Brenner*, siehe Abb. 1"
    )


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
: a ring of glass around the flame, as its [makers](https://example.org/glass) \
tell. It throws the light so far out over the sea that ships see it before they see the \
land. See [A burner with two wicks.](one/lamps.md#fig-burner).
  <br/>
  *Alt text:* A glass ring & a flame.
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
    bare_lines = ["Fig. 1.1: Lens", "Fig. 1.2: A burner with two wicks", "Fig. 1.3"]
    assert styled["ListBullet"][:3] == bare_lines
    assert styled["ListBullet"][3] == "Fig. 1.1: Lens \u2014 A glass ring & a flame."
    assert styled["DefinitionTerm"][-4:] == [*bare_lines, "Fig. 2.1: Horn"]
    assert "It sounds twice. See Lamps." in styled["Definition"]
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
