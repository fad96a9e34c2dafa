"""Edits of references and of lists, and where back-links lead after them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from support import Built, Lab, Stamps, conf, pages_written, png, same_output, stamps
from support.small import bare, doc, fig, figlist, section, toc
from support.ways import REFERENCES, Web, main_text, words

EDITED: dict[str, str | bytes] = {
    "conf.py": conf(
        project="Book",
        extensions=["myst_parser", "sphinxext_figlist"],
        numfig=True,
        figlist_formats=["json"],
    ),
    "p.png": png(),
    "index.rst": doc(
        "Book", toc("one", "two", "three", numbered=True), toc("list", "more")
    ),
    "list.rst": doc("List", REFERENCES),
    "more.rst": doc("More", figlist(layout="compact")),
    "one.rst": doc("One", "See :numref:`fig-a`.", fig("a"), bare("n"), fig("b")),
    "two.md": "# Two\n\nText.\n\n(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n"
    "## Rest\n\nThere {numref}`fig-b`.\n",
    "three.rst": doc("Three", fig("c", "Unlike :numref:`fig-b`."), "Prose."),
}

Edit = Callable[[Lab], None]


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    lab = Lab(root=tmp_path_factory.mktemp("ways"), files=EDITED)
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def lab(_built: Lab) -> Iterator[Lab]:
    """A book, its HTML built once."""
    _built.restore()
    yield _built
    shutil.rmtree(_built.root / "clean", ignore_errors=True)


WAYS = {
    "a": ["1 One", "2.1 Data"],
    "n": [],
    "b": ["2.2 Rest", "3 Three"],
    "c": [],
}


def rewritten(lab: Lab, before: Stamps) -> set[str]:
    """The pages written since, but for those that plain Sphinx writes as well."""
    return pages_written(before, stamps(lab.out())) - {"index"}


def shown(built: Built) -> dict[str, list[str]]:
    """The words of all references, each of which lands."""
    web = Web(built.out)
    assert web.twice() == []
    return {name: words(ways) for name, ways in web.ways().items()}


def added(lab: Lab) -> None:
    lab.edit("two.md", "Text.", "Text {numref}`fig-a` and {numref}`fig-c`.")


def added_before_another(lab: Lab) -> None:
    lab.edit("two.md", "Here {", "Now [](#fig-a), here {")


def added_on_a_page_without_references(lab: Lab) -> None:
    lab.edit("three.rst", "Prose.", "Prose, see :ref:`fig-a`.")


def removed(lab: Lab) -> None:
    lab.edit("two.md", "Here {numref}`fig-a`.", "Here.")


def removed_from_a_caption(lab: Lab) -> None:
    lab.edit("three.rst", "Unlike :numref:`fig-b`.", "Alone.")


def led_elsewhere(lab: Lab) -> None:
    lab.edit("two.md", "Here {numref}`fig-a`", "Here {numref}`fig-c`")


def section_moved(lab: Lab) -> None:
    lab.edit("two.md", "(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n", "")
    lab.append("two.md", "\n(sec)=\n## Data\n\nHere {numref}`fig-a`.\n")


def section_moved_to_another_document(lab: Lab) -> None:
    lab.edit("two.md", "(sec)=\n## Data\n\nHere {numref}`fig-a`.\n\n", "")
    lab.append("three.rst", "\n" + section("Data", "Here :numref:`fig-a`."))


def section_retitled(lab: Lab) -> None:
    lab.edit("two.md", "## Data", "## Sources")


def section_inserted(lab: Lab) -> None:
    lab.edit("two.md", "Text.\n", "Text.\n\n## New\n\nNew.\n")


def chapters_swapped(lab: Lab) -> None:
    lab.write(
        "index.rst",
        doc("Book", toc("two", "one", "three", numbered=True), toc("list", "more")),
    )


def document_orphaned(lab: Lab) -> None:
    lab.write("index.rst", doc("Book", toc("one", "three", numbered=True), toc("list")))
    lab.write("two.md", "---\norphan: true\n---\n\n" + lab.read("two.md"))
    lab.write("more.rst", ":orphan:\n\n" + lab.read("more.rst"))


def document_removed(lab: Lab) -> None:
    lab.remove("two.md")
    lab.write("index.rst", doc("Book", toc("one", "three", numbered=True), toc("list")))
    lab.write("more.rst", ":orphan:\n\n" + lab.read("more.rst"))


def figure_relabelled(lab: Lab) -> None:
    lab.edit("one.rst", ":name: fig-b", ":name: fig-z")
    lab.edit("two.md", "{numref}`fig-b`", "{numref}`fig-z`")
    lab.edit("three.rst", ":numref:`fig-b`", ":numref:`fig-z`")


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (added, {"a": ["1 One", "2 Two", "2.1 Data"], "c": ["2 Two"]}),
        (added_before_another, {"a": ["1 One", "2.1 Data", "(2)"]}),
        (added_on_a_page_without_references, {"a": ["1 One", "2.1 Data", "3 Three"]}),
        (removed, {"a": ["1 One"]}),
        (removed_from_a_caption, {"b": ["2.2 Rest"]}),
        (led_elsewhere, {"a": ["1 One"], "c": ["2.1 Data"]}),
        (section_moved, {"a": ["1 One", "2.2 Data"], "b": ["2.1 Rest", "3 Three"]}),
        (
            section_moved_to_another_document,
            {"a": ["1 One", "3.1 Data"], "b": ["2.1 Rest", "3 Three"]},
        ),
        (section_retitled, {"a": ["1 One", "2.1 Sources"]}),
        (section_inserted, {"a": ["1 One", "2.2 Data"], "b": ["2.3 Rest", "3 Three"]}),
        (chapters_swapped, {"a": ["1.1 Data", "2 One"], "b": ["1.2 Rest", "3 Three"]}),
        (document_orphaned, {"a": ["1 One", "Data"], "b": ["2 Three", "Rest"]}),
        (document_removed, {"a": ["1 One"], "b": ["2 Three"]}),
        (figure_relabelled, {"b": None, "z": ["2.2 Rest", "3 Three"]}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_edit_of_references(
    lab: Lab, edit: Edit, change: Mapping[str, list[str] | None]
) -> None:
    edit(lab)
    wanted = {
        name: ways for name, ways in ({**WAYS, **change}).items() if ways is not None
    }
    assert shown(lab.check()) == wanted


def test_first_build(lab: Lab) -> None:
    assert shown(lab.first()) == WAYS
    web = Web(lab.out())
    assert web.backs("one") == dict.fromkeys("anb", "list 1")
    assert web.backs("three") == {"c": "list 1"}


def test_edit_of_one_document_refreshes_the_list(lab: Lab) -> None:
    before = stamps(lab.out())
    added(lab)
    built = lab.check()
    assert built.read == {"two"}
    assert rewritten(lab, before) == {"two", "list"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("two.md", "Text.", "Other."), ("one.rst", "See ", "See there ")],
)
def test_prose_leaves_the_list(lab: Lab, name: str, old: str, new: str) -> None:
    before = stamps(lab.out())
    lab.edit(name, old, new)
    built = lab.check()
    assert built.read == {Path(name).stem}
    assert rewritten(lab, before) == {Path(name).stem}


def test_nothing_is_written_without_an_edit(lab: Lab) -> None:
    before = stamps(lab.out())
    built = lab.build()
    assert built.read == frozenset()
    assert pages_written(before, stamps(lab.out())) == set()


def test_list_of_references_removed(lab: Lab) -> None:
    """Targets leave the text, and back-links lead to the next list."""
    lab.remove("list.rst")
    lab.write(
        "index.rst", doc("Book", toc("one", "two", "three", numbered=True), toc("more"))
    )
    built = lab.check()
    web = Web(built.out)
    assert web.backs("one") == dict.fromkeys("anb", "more 1")
    assert not [n for n in ("one", "two", "three") if "figlist-at" in texts(web, n)]


def texts(web: Web, name: str) -> str:
    return main_text(web.page(name))


def test_all_lists_removed_and_back(lab: Lab) -> None:
    for name in ("list", "more"):
        lab.write(f"{name}.rst", doc(name.capitalize(), "Nothing."))
    web = Web(lab.check().out)
    for name in ("one", "two", "three"):
        assert "figlist" not in texts(web, name)
    lab.write("list.rst", doc("List", REFERENCES))
    built = lab.check()
    assert shown(built) == WAYS
    assert Web(built.out).backs("one") == dict.fromkeys("anb", "list 1")


def test_back_links_switched_off(lab: Lab) -> None:
    lab.append("conf.py", "figlist_backlinks = False\n")
    web = Web(lab.check().out)
    assert web.backs("one") == web.backs("three") == {}
    lab.edit("conf.py", "figlist_backlinks = False\n", "")
    assert Web(lab.check().out).backs("three") == {"c": "list 1"}


def test_flag_added(lab: Lab) -> None:
    lab.edit("list.rst", ":fields:", ":no-backlinks:\n   :fields:")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert web.backs("one") == dict.fromkeys("anb", "more 1")
    assert shown(lab.build()) == WAYS
    assert rewritten(lab, before) == {"list", "one", "three"}


def test_list_that_takes_precedence(lab: Lab) -> None:
    lab.write("first.rst", doc("First", figlist()))
    lab.edit("index.rst", "   list\n", "   first\n   list\n")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert web.backs("one") == dict.fromkeys("anb", "first 1")
    assert "two" not in rewritten(lab, before)


def test_list_pages_swapped(lab: Lab) -> None:
    lab.write(
        "index.rst",
        doc("Book", toc("one", "two", "three", numbered=True), toc("more", "list")),
    )
    assert Web(lab.check().out).backs("three") == {"c": "more 1"}


def test_field_dropped(lab: Lab) -> None:
    """One line of one page, and the text of others loses its targets."""
    lab.edit("list.rst", "title references", "title label")
    before = stamps(lab.out())
    web = Web(lab.check().out)
    assert not [n for n in ("one", "two", "three") if "figlist-at" in texts(web, n)]
    # A caption's reference had none to lose.
    assert rewritten(lab, before) == {"list", "one", "two"}


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text"])
def test_edits_in_other_builders(builder: str, lab: Lab) -> None:
    """Doctrees that the HTML build shares."""
    lab.build(builder)
    for edit in (added, section_moved):
        edit(lab)
        actual, wanted = lab.build(builder), lab.clean(builder)
        if builder == "singlehtml":  # Sphinx 7's first build loads without checksums
            one, two = (main_text(each.out / "index.html") for each in (actual, wanted))
            assert one == two
        else:
            assert same_output(actual, wanted) == []
    assert same_output(lab.build(), lab.clean()) == []
