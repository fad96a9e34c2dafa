"""The lists of a book of captions in every other output."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from support import (
    Files,
    Lab,
    Site,
    build,
    by_class,
    classes,
    elements,
    entries,
    main_content,
    tree_files,
    without_figlist,
    write_tree,
)
from support.books.captions import FIGURES, LIST_PAGES
from support.pages import nested_links

TITLES = ["Formula of", "A lead", "Only a lead", "No name", "Two pictures"]


def test_dirhtml(lab: Lab) -> None:
    built = lab.build("dirhtml")
    site = Site(built.out)
    assert site.dead_links() == []
    shown = entries(built.out / "lists/all/figures/index.html")
    assert len(shown) == FIGURES
    assert shown[0].href == "../../../part/one/chapter/#c-math"


def test_singlehtml(lab: Lab) -> None:
    built = lab.build("singlehtml")
    path = built.out / "index.html"
    main = main_content(Site(built.out).page(path))
    known = [e.attrib["id"] for e in elements(main) if e.get("id")]
    shown = entries(path)
    assert len(shown) == FIGURES * 7
    for each in by_class(main, "figlist"):
        for link in elements(each, "a"):
            href = link.get("href", "")
            if href.startswith("http") or "download" in classes(link):
                continue
            inner = "reference" in classes(link)
            assert href.startswith("#") or inner, href
            assert href.partition("#")[2] in known, href
    # Each leads to its own figure: ids that stand twice would lead to the first.
    first = [entry.href[1:] for entry in shown[:FIGURES]]
    assert len(set(first)) == FIGURES
    for id_ in first:
        assert known.count(id_) == 1, id_
    ours = [
        e.attrib["id"]
        for each in by_class(main, "figlist")
        for e in elements(each)
        if e.get("id")
    ]
    assert len(ours) == len(set(ours))
    assert nested_links(path) == []


def test_text(lab: Lab) -> None:
    built = lab.build("text")
    shown = (built.out / "lists/all/figures.txt").read_text("utf-8")
    for title in TITLES:
        assert title in shown
    assert "Fig. 1.1: **Formula of** a^2" in shown
    assert "%s" not in shown
    assert "Untitled (x.png)" in shown
    assert "Chapter 2: MyST" in shown
    only = (built.out / "lists/only.txt").read_text("utf-8")
    assert "A lead" in only


def test_latex(lab: Lab) -> None:
    built = lab.build("latex")
    (tex,) = built.out.glob("*.tex")
    shown = tex.read_text("utf-8")
    for title in TITLES:
        assert title in shown
    # Several lists in one document: no label stands twice, and each link has one.
    labels = _latex_arguments(shown, r"\label{")
    assert sorted(set(labels)) == sorted(labels)
    linked = [x for c in (r"\hyperref[", r"\ref{") for x in _latex_arguments(shown, c)]
    assert set(linked) - set(labels) == set()
    cited = _latex_arguments(shown, r"\sphinxcite{")
    known = [x.partition("{")[2] for x in _latex_arguments(shown, r"\bibitem[")]
    assert set(cited) <= set(known)
    lists, rest = divmod(shown.count(r"\DUrole{figlist-title}"), FIGURES)
    assert (lists, rest) == (7, 0)
    assert cited.count("part/one/chapter:cit") == 1 + lists


def _latex_arguments(tex: str, command: str) -> list[str]:
    """What stands behind each *command*, up to the end of its argument."""
    found = []
    for part in tex.split(command)[1:]:
        words = part.removeprefix(r"\detokenize{")
        found.append(words.partition("}")[0])
    return found


@pytest.mark.parametrize(
    ("builder", "file"),
    [("man", "captions.1"), ("texinfo", "captions.texi"), ("pseudoxml", "")],
)
def test_builders_of_text(lab: Lab, builder: str, file: str) -> None:
    built = lab.build(builder)
    path = built.out / (file or "lists/all/figures.pseudoxml")
    shown = path.read_text("utf-8")
    for title in TITLES:
        assert title in shown


def test_xml(lab: Lab) -> None:
    built = lab.build("xml")
    root = ET.parse(built.out / "lists/all/figures.xml").getroot()
    shown = " ".join("".join(root.itertext()).split())
    for title in TITLES:
        assert title in shown
    assert not list(root.iter("figlist"))


XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def epub(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The pages of the EPUB, by their names."""
    built = lab.build("epub")
    (path,) = built.out.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        names = [n for n in book.namelist() if n.endswith(".xhtml")]
        listed = book.read("content.opf").decode()
        for name in book.namelist():
            if name.startswith("_static/"):
                assert f'href="{name}"' in listed, f"{name} is not in the manifest"
        assert not [n for n in book.namelist() if n.startswith("figlist/")]
        assert "_static/figlist.css" in book.namelist()
        return {name: ET.fromstring(book.read(name)) for name in names}


def test_epub(epub: dict[str, Element]) -> None:
    page = epub["lists/all/figures.xhtml"]
    links = [a for a in page.iter(f"{XHTML}a") if "figlist-link" in classes(a)]
    assert len(links) == FIGURES
    shown = " ".join("".join(page.itertext()).split())
    for title in TITLES:
        assert title in shown
    sheets = [x.get("href", "") for x in page.iter(f"{XHTML}link")]
    assert "../../_static/figlist.css" in [s.partition("?")[0] for s in sheets]


def test_epub_links(epub: dict[str, Element]) -> None:
    ids = {
        name: [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
        for name, root in epub.items()
    }
    for name in (f"{each}.xhtml" for each in sorted(LIST_PAGES)):
        assert len(ids[name]) == len(set(ids[name])), f"{name} has an id twice"
        for outer in epub[name].iter(f"{XHTML}a"):
            assert list(outer.iter(f"{XHTML}a")) == [outer]
            path, _, id_ = outer.get("href", "").partition("#")
            if "://" in path or "download" in classes(outer):
                continue
            target = PurePosixPath(name).parent / path if path else PurePosixPath(name)
            parts: list[str] = []
            for part in target.parts:
                if part == "..":
                    parts.pop()
                else:
                    parts.append(part)
            assert "/".join(parts) in ids, outer.get("href")
            assert not id_ or id_ in ids["/".join(parts)], outer.get("href")


def _messages(out: Path) -> dict[str, list[str]]:
    """The messages of each catalog of a gettext build."""
    found = {}
    for name, path in tree_files(out).items():
        if name.endswith(".pot"):
            with path.open("rb") as stream:
                catalog = read_po(stream)
            found[name] = sorted(str(message.id) for message in catalog if message.id)
    return found


def test_gettext_has_no_message_of_ours(lab: Lab, tmp_path: Path) -> None:
    plain_files: Files = without_figlist(lab.files)
    # A list in an `only` is a nested directive, which the helper leaves.
    only = str(plain_files["lists/only.rst"]).replace("   .. figlist::\n", "")
    only = only.replace("      :layout: compact\n", "   words\n")
    only = only.replace("      :class: for-print\n", "   words\n")
    two = str(plain_files["lists/two.rst"])
    two = two.replace("See :ref:`the second list <the-second>`.", "")
    plain_files = {**plain_files, "lists/only.rst": only, "lists/two.rst": two}
    plain = write_tree(tmp_path / "book", plain_files)
    wanted = _messages(
        build(plain, tmp_path / "out", builder="gettext", allow=None).out
    )
    ours = _messages(build(lab.source, tmp_path / "ours", builder="gettext").out)
    assert ours.keys() == wanted.keys()
    ours["lists.pot" if "lists.pot" in ours else "lists/two.pot"].remove(
        "See :ref:`the second list <the-second>`."
    )
    for name, messages in wanted.items():
        assert ours[name] == [m for m in messages if m != "words"], name
