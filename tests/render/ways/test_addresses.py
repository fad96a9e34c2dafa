"""Links that name a document and an element of it, in MyST and as URLs in rST."""

from __future__ import annotations

import json
from pathlib import Path

import myst_parser
import pytest
from support import (
    Lab,
    by_class,
    elements,
    main_content,
    only_by_class,
    same_output,
    text,
)
from support.small import book, doc, fig, figlist, pages, toc
from support.ways import MYST, Web, a_book, places, seen, ways_of, words

#: Before 4, MyST knew only headings by such links: it warned of all others.
OLD_MYST = int(myst_parser.__version__.partition(".")[0]) < 4
ALLOW = ["local id not found in doc"] if OLD_MYST else []

FORMS = {
    "link": "[words]({})",
    "bare link": "[]({})",
    "angles": "<project:{}>",
    "in angles": "[words](<{}>)",
    "titled": '[words]({} "A title")',
    "with markup": "[*some* `words`]({})",
    "by name": "[words][there]",
}


def forms(path: str, label: str) -> str:
    """A paragraph for each form of link to *label* in the document *path*."""
    address = f"{path}#{label}"
    lines = [f"{name}: {form.format(address)}" for name, form in FORMS.items()]
    return "\n\n".join([*lines, f"[there]: {address}"]) + "\n"


FIG_MD = "```{{figure}} /p.png\n:name: fig-{0}\n\nOf {0}.\n```\n"


@pytest.mark.parametrize(
    ("home", "path"),
    [
        ("two.md", "one.rst"),
        ("two.md", "/one.rst"),
        ("two.md", "one.md"),
        ("two.md", "part/one.md"),
        ("part/two.md", "../one.rst"),
        ("part/two.md", "/part/one.md"),
        ("two.md", "two.md"),
    ],
)
def test_myst(home: str, path: str, tmp_path: Path) -> None:
    there = (Path(home).parent / path).as_posix().lstrip("/")
    target = {"../one.rst": "one.rst", "part/../one.rst": "one.rst"}.get(there, there)
    if path.startswith("/"):
        target = path[1:]
    here = f"# Two\n\n{forms(path, 'fig-a')}\n"
    if target == home:
        docs = {home: here + FIG_MD.format("a")}
    elif target.endswith(".md"):
        docs = {target: f"# One\n\n{FIG_MD.format('a')}", home: here}
    else:
        docs = {target: doc("One", fig("a")), home: here}
    ways = ways_of(tmp_path, docs, allow=ALLOW)
    assert places(ways["a"]) == [f"{name}:" for name in FORMS]
    number = len(docs)
    assert words(ways["a"]) == [
        f"{number} Two",
        *(f"({n})" for n in range(2, len(FORMS) + 1)),
    ]


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_html(builder: str, tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a")),
            "two.md": f"# Two\n\n{forms('one.rst', 'fig-a')}",
        },
    )
    web = Web(pages(source, builder=builder, allow=ALLOW).out)
    assert places(web.ways()["a"]) == [f"{name}:" for name in FORMS]


def test_surroundings(tmp_path: Path) -> None:
    """In lists, quotes, tables, notes, headings, included files and captions."""
    two = """\
# Two

- list [](one.rst#fig-a)

> quote [](one.rst#fig-a)

| head |
| --- |
| cell [](one.rst#fig-a) |

```{note}
note [](one.rst#fig-a)
```

```{include} part/more.md
:relative-docs: .
```

## Of [the figure](one.rst#fig-a)

```{figure} /p.png
:name: fig-b

Caption with [words](one.rst#fig-a).
```
"""
    ways = ways_of(
        tmp_path,
        {"one.rst": doc("One", fig("a")), "two.md": two},
        allow=ALLOW,
        more={"part/more.md": "included [](../one.rst#fig-a)\n"},
        exclude_patterns=["part"],
    )
    assert places(ways["a"]) == [
        *("list", "quote", "cell", "note", "included"),
        *("section of-the-figure", "figure fig-b"),
    ]


def test_headings_go_first(tmp_path: Path) -> None:
    """What MyST takes for a heading leads to no figure, whatever that is called."""
    source = a_book(
        tmp_path,
        {
            "one.md": "# One\n\n## Lamp\n\n"
            + FIG_MD.format("a").replace("fig-a", "lamp"),
            "two.md": "# Two\n\n[words](one.md#lamp), [words](one.md)\n",
        },
        myst_heading_anchors=2,
    )
    assert list(Web(pages(source).out).ways().values()) == [[]]


def test_labels_and_ids(tmp_path: Path) -> None:
    """A label is found where its id has another form."""
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a").replace("fig-a", "fig_a b")),
            "two.md": "# Two\n\nid: [words](one.rst#fig-a-b)\n\n"
            "name: [words](<one.rst#fig_a b>)\n",
        },
    )
    built = pages(source, allow=ALLOW)
    web = Web(built.out)
    shown = only_by_class(main_content(web.page("list")), "figlist-references")
    assert [seen(a) for a in elements(shown, "a")] == ["2 Two", "(2)"]


def test_urls_in_rst(tmp_path: Path) -> None:
    ways = ways_of(
        tmp_path,
        {
            "one.rst": doc("One", "Own: `words <#fig-a>`__", fig("a")),
            "part/two.rst": doc(
                "Two",
                "other: `words <../one.html#fig-a>`__",
                "named: `words`_",
                "away: `words <https://example.org/one.html#fig-a>`__, "
                "`words <//example.org/one.html#fig-a>`__, `words <../one.html>`__",
                ".. _words: ../one.html#fig-a",
            ),
            "part/one.rst": doc("Other one", fig("b")),
            "part/three.rst": doc("Three", "beside: `words <one.html#fig-b>`__"),
        },
    )
    assert places(ways["a"]) == ["Own:", "other:", "named:"]
    assert places(ways["b"]) == ["beside:"]


def test_documents_are_no_labels(tmp_path: Path) -> None:
    """A role that leads to a document is no reference to a figure named like it."""
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a").replace("fig-a", "two")),
            "two.rst": doc("Two", "Text."),
            "three.rst": doc("Three", ":doc:`two`, :ref:`two`"),
        },
    )
    assert [w for w, _ in Web(pages(source).out).ways()["two"]] == ["3 Three"]


def test_checks_and_files_count_them(tmp_path: Path) -> None:
    docs = {
        "one.rst": doc("One", fig("a"), fig("b"), fig("c")),
        "two.md": "# Two\n\n[](one.rst#fig-a)\n",
        "three.rst": doc("Three", "`words <one.html#fig-b>`__"),
    }
    built = pages(
        a_book(
            tmp_path,
            docs,
            figlist_checks=["unreferenced"],
            figlist_formats=["json", "markdown"],
            figlist_fields=["title", "references"],
        ),
        allow=[*ALLOW, "[figlist."],
    )
    assert built.warnings.count("[figlist.unreferenced]") == 1
    data = json.loads((built.out / "figlist/FIGURE_LIST.json").read_text("utf-8"))
    found = {
        figure["label"]: figure["references"]
        for chapter in data["chapters"]
        for figure in chapter["figures"]
    }
    assert found == {
        "fig-a": [{"docname": "two", "id": "two", "section": "2 Two"}],
        "fig-b": [{"docname": "three", "id": "three", "section": "3 Three"}],
        "fig-c": [],
    }


def test_in_captions(tmp_path: Path) -> None:
    """A list shows them as their own page does, and they lead to the same place."""
    caption = "Beside [that one](one.rst#fig-a), [](one.rst#fig-a), [of it](#fig-b)."
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("one", "two", "list", numbered=True)),
            "one.rst": doc("One", fig("a", "Of the sea.")),
            "two.md": "# Two\n\n" + FIG_MD.format("b").replace("Of b.", caption),
            "list.rst": doc("List", figlist(fields="caption")),
        },
        **MYST,
    )
    built = pages(source, allow=ALLOW)
    web = Web(built.out)
    assert web.site.dead_links() == []
    home = elements(main_content(web.site.page(web.page("two"))), "figcaption")
    there = by_class(main_content(web.site.page(web.page("list"))), "figlist-caption")[
        1
    ]
    wanted = [
        (text(a), web.site.target(web.page("two"), a.get("href", "")))
        for caption in home
        for a in elements(caption, "a")
        if "headerlink" not in a.get("class", "") and "back" not in a.get("class", "")
    ]
    found = [
        (text(a), web.site.target(web.page("list"), a.get("href", "")))
        for a in elements(there, "a")
    ]
    if OLD_MYST:  # it leaves the words of the second out
        found[1] = wanted[1]
    assert len(wanted) == 3
    assert found == wanted


EDITS = {
    "added": ("two.md", "Text.", "Text, [](one.rst#fig-a)."),
    "removed": ("two.md", "First [words](one.rst#fig-b)", "First"),
    "led elsewhere": ("two.md", "(one.rst#fig-b)", "(one.rst#fig-a)"),
    "address of a page": ("three.rst", "one.html#fig-a", "one.html#fig-b"),
    "label": ("one.rst", ":name: fig-b", ":name: fig-new"),
    "heading of that name": ("one.rst", "The caption of a", "Another caption of a"),
}


@pytest.mark.parametrize("builder", ["html", "latex", "singlehtml"])
@pytest.mark.parametrize("edit", EDITS)
def test_edits(edit: str, builder: str, tmp_path: Path) -> None:
    source = a_book(
        tmp_path,
        {
            "one.rst": doc("One", fig("a"), fig("b")),
            "two.md": "# Two\n\nText.\n\nFirst [words](one.rst#fig-b) and "
            "[](one.rst#fig-a).\n",
            "three.rst": doc("Three", "`words <one.html#fig-a>`__"),
        },
    )
    lab = Lab(root=tmp_path, files={})
    assert lab.source == source
    allow = [*ALLOW, "cross-reference target", "local id not found"]
    lab.build(builder, allow=allow)
    lab.edit(*EDITS[edit])
    built = lab.build(builder, allow=allow)
    if edit == "label":  # the link is dead, as it is in plain Sphinx
        assert same_output(built, lab.clean(builder, allow=allow)) == []
    else:
        lab.check(builder, built=built, allow=allow)
