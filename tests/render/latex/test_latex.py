"""What is written for LaTeX, without running it: what changes, and what does not."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support import Built, Files, build, entries, write_tree
from support.small import (
    bare,
    book,
    directive,
    doc,
    fig,
    figlist,
    pages,
    section,
    toc,
    volumes,
)

COMPACT = doc("List", figlist(layout="compact"))
CELL = "* - " + fig("cell").replace("\n", "\n    ") + "\n  - Text"
TABLE = directive("list-table", CELL, argument="Table", name="tab")
CODE = directive("code-block", "x", argument="python", caption="Code", name="code")
CHAPTERS: Files = {
    "index.rst": doc("Book", toc("pre"), toc("one", "two", numbered=True), toc("list")),
    "pre.rst": doc("Preface", fig("pre")),
    "one.rst": doc(
        "One",
        "See :numref:`fig-a`, :numref:`tab`, :ref:`b <fig-b>`.",
        fig("a", alt="The alt"),
        bare("n"),
        TABLE,
        CODE,
        section("Inner", directive("note", fig("b"))),
    ),
    "two.rst": doc("Two", fig("c", align="left"), "Text.", fig("d", "See [Cit]_: it.")),
    "list.rst": doc("List", ".. [Cit] Work.", "See [Cit]_."),
}

LABEL = re.compile(r"\\label\{\\detokenize\{([^}]*)\}\}")
LINK = re.compile(
    r"\\(?:hyperref|ref\*?|pageref)(?:\[|\{)\\detokenize\{([^}]*)\}(?:\]|\})"
)


def tex(built: Built, name: str = "book") -> str:
    return (built.out / f"{name}.tex").read_text("utf-8")


def body(source: str) -> str:
    return source.partition(r"\begin{document}")[2]


def latex(source: Path, out: str = "tex", **overrides: Any) -> str:
    folder = source.with_name(out)
    return tex(build(source, folder, builder="latex", overrides=overrides))


def no_dead_links(source: str) -> None:
    labels = LABEL.findall(source)
    assert set(LINK.findall(source)) <= set(labels)
    assert max(Counter(labels).values()) == 1


# -- not one byte -----------------------------------------------------------------


def test_untouched_without_settings(tmp_path: Path) -> None:
    """The document is that of a build without the extension."""
    # Of a figure without a caption Sphinx says that it cannot be referred to.
    source = book(tmp_path, CHAPTERS)
    with_ = latex(source, "with")
    assert with_ == latex(source, "without", extensions=[])
    named = latex(source, "named", figlist_latex_numbers="latex")
    assert with_ == named


def test_only_lists_differ(tmp_path: Path) -> None:
    source = book(tmp_path, CHAPTERS)
    without = latex(source, "without")
    (source / "list.rst").write_text(CHAPTERS["list.rst"] + "\n" + figlist(), "utf-8")
    full = latex(source, "full")
    compact = figlist(layout="compact")
    (source / "list.rst").write_text(CHAPTERS["list.rst"] + "\n" + compact, "utf-8")
    lines = latex(source, "lines")
    until = r"\chapter{List}"
    assert body(full).split(until)[0] == body(without).split(until)[0]
    assert body(lines).split(until)[0] == body(without).split(until)[0]
    assert "figlistlines" in lines.split(r"\begin{document}")[0]
    for end in (full, lines):
        assert r"\begin{figlistitem}" in end or r"\figlistline{}" in end
        no_dead_links(end)


def test_macros_are_in_the_document_of_the_list_alone(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {**CHAPTERS, "list.rst": COMPACT, "two.rst": doc("Two", fig("c"))},
        latex_documents=[
            ("list", "list.tex", "List", "Us", "howto"),
            ("one", "one.tex", "One", "Us", "manual"),
        ],
    )
    built = pages(source, builder="latex")
    assert "figlist" not in tex(built, "one").replace("figlist_", "")
    assert r"\newcommand*\figlistline" in tex(built, "list")


# -- lists ------------------------------------------------------------------------


def test_compact(tmp_path: Path) -> None:
    source = book(
        tmp_path,
        {
            **CHAPTERS,
            "list.rst": doc(
                "List",
                figlist(layout="compact", fields="title page alt"),
                ".. [Cit] W.",
            ),
        },
    )
    shown = tex(pages(source, builder="latex"))
    no_dead_links(shown)
    lines = [x for x in shown.splitlines() if x.startswith(r"\figlistline{}")]
    assert len(lines) == 7
    pre, a, n, *_, d = lines
    page = r"\figlistpage{\pageref{\detokenize{%s}}}"
    assert pre.endswith(page % "pre:fig-pre")
    assert a.endswith(page % "one:fig-a")
    assert r"The caption of a}} — The alt" in a
    assert a.count("pageref") == 1  # the field says it no second time
    # Without a caption LaTeX has no label: to the section, and no page that may be wrong.
    assert r"\hyperref[\detokenize{one:one}]{\DUrole{figlist-title}{Untitled" in n
    assert n.endswith(r"\figlistnopage")
    # A link holds no other.
    assert r"\DUrole{figlist-title}{See \sphinxcite{list:cit}}" in d
    assert shown.count("\\figlistgap\n") == 2


def test_figure_of_the_root_document(tmp_path: Path) -> None:
    """LaTeX takes an id alone for one of the list's own document."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", "Text.", fig("a"), toc("list")),
            "list.rst": doc("List", figlist(layout="compact"), figlist()),
        },
    )
    shown = tex(pages(source, builder="latex"))
    no_dead_links(shown)
    assert shown.count(r"\ref{\detokenize{index:fig-a}}") == 1
    assert shown.count(r"\pageref{\detokenize{index:fig-a}}") == 1


def test_page_field(tmp_path: Path) -> None:
    files = {
        **CHAPTERS,
        "list.rst": doc("List", figlist(fields="title page"), ".. [Cit] W."),
    }
    source = book(tmp_path, files)
    shown = tex(pages(source, builder="latex"))
    assert shown.count(r"\sphinxstyleemphasis{Page:} \pageref{\detokenize{") == 6
    html = pages(source)  # who knows of pages there
    assert all("Page" not in e.words for e in entries(html.out / "list.html"))


def test_references_in_an_appendix(tmp_path: Path) -> None:
    """Their places are told by their own document, not by the root."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", "See :numref:`fig-b`.", toc("one", "list")),
            "one.rst": doc("One", fig("a"), fig("b")),
            "app.rst": ":orphan:\n\n" + doc("App", "See :numref:`fig-a`."),
            "list.rst": doc("List", figlist(fields="references")),
        },
        latex_appendices=["app"],
    )
    shown = tex(pages(source, builder="latex"))
    no_dead_links(shown)
    marked = [x for x in LABEL.findall(shown) if "figlist-at-" in x]
    assert [x.partition(":")[0] for x in marked] == ["index", "app"]


def test_tables_and_code(tmp_path: Path) -> None:
    lists = [figlist(layout="compact", kind=kind) for kind in ("table", "code-block")]
    source = book(
        tmp_path, {**CHAPTERS, "list.rst": doc("List", *lists, ".. [Cit] W.")}
    )
    shown = tex(pages(source, builder="latex"))
    no_dead_links(shown)
    assert r"{Table \ref*{\detokenize{one:tab}}}" in shown
    assert r"{Listing \ref*{\detokenize{one:code}}}" in shown


def test_without_numfig(tmp_path: Path) -> None:
    """LaTeX numbers figures all the same."""
    files = {**CHAPTERS, "list.rst": COMPACT, "two.rst": doc("Two", fig("c"))}
    files["one.rst"] = doc("One", fig("a"), bare("n"))
    source = book(tmp_path, files, numfig=False)
    shown = tex(pages(source, builder="latex"))
    no_dead_links(shown)
    assert r"\begin{figlistlines}{Fig. 10.10}" in shown
    assert shown.count(r"{Fig. \ref*{\detokenize{") == 3


# -- numbers ----------------------------------------------------------------------

NUMBER = re.compile(r"\\figlistnumber\{(\w+)\}\{([\d.]+)\}")
ALL = {
    *(("figure", n) for n in ("1", "1.1", "1.2", "1.3", "2.1", "2.2")),
    ("table", "1.1"),
    ("literalblock", "1.1"),
}


def numbers(source: str) -> list[tuple[str, str]]:
    found = NUMBER.findall(body(source))
    kinds = Counter(kind for kind, _ in found)
    ends = Counter(re.findall(r"\\figlistendnumber\{(\w+)\}", body(source)))
    assert ends == kinds
    return found


@pytest.mark.parametrize(
    ("values", "ours"),
    [
        ({}, False),
        ({"figlist_latex_numbers": "sphinx"}, True),
        ({"figlist_latex_numbers": "latex"}, False),
        ({"figlist_volumes": volumes("one")}, True),
        ({"figlist_volumes": volumes("one"), "figlist_latex_numbers": "latex"}, False),
        ({"figlist_volumes": volumes("one"), "numfig": False}, False),
    ],
)
def test_whose_numbers(tmp_path: Path, values: dict[str, Any], ours: bool) -> None:
    source = book(tmp_path, CHAPTERS)
    allow = ["no volume", "numfig is disabled"]
    built = build(
        source, tmp_path / "tex", builder="latex", overrides=values, allow=allow
    )
    assert set(numbers(tex(built))) == (ALL if ours else set())


def test_every_figure_numbered(tmp_path: Path) -> None:
    source = book(tmp_path, CHAPTERS, figlist_number_uncaptioned=True)
    shown = tex(pages(source, builder="latex"))
    assert ("figure", "1.4") in numbers(shown)
    assert shown.count("\\figlistnumberalone\n") == 1
    theirs = latex(source, "theirs", figlist_latex_numbers="latex")
    assert numbers(theirs) == []


def test_said_once(tmp_path: Path) -> None:
    source = book(tmp_path, CHAPTERS, figlist_latex_numbers="sphinx")
    built = pages(source, builder="latex")
    (said,) = [x for x in built.status.splitlines() if "is in chapter" in x]
    assert "'index'" in said
    assert "Fig. 1.1 is in chapter 2" in said
    assert built.warnings == ""
    (source / "index.rst").write_text(
        doc("Book", toc("one", "two", "pre", numbered=True), toc("list")), "utf-8"
    )
    fits = pages(source, builder="latex")
    assert "is in chapter" not in fits.status


def test_restart_in_every_kind(tmp_path: Path) -> None:
    second = TABLE.replace("tab", "tab2").replace("fig-cell", "fig-cell2")
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("v1", "v2")),
            "v1.rst": doc("V1", toc("a", numbered=True)),
            "v2.rst": doc("V2", toc("b", numbered=True)),
            "a.rst": doc("A", TABLE, CODE),
            "b.rst": doc("B", second.replace("list-tab2le", "list-table"), fig("b")),
        },
        volumes=volumes("v1", "v2"),
    )
    found = numbers(tex(pages(source, builder="latex")))
    assert Counter(found) == {
        ("table", "1.1"): 2,
        ("figure", "1.1"): 2,
        ("figure", "1.2"): 1,
        ("literalblock", "1.1"): 1,
    }


@pytest.mark.parametrize("restart", [True, False])
def test_numref_into_another_pdf(tmp_path: Path, restart: bool) -> None:
    """It is words, whether or not numbers start afresh."""
    source = book(
        tmp_path,
        {
            "index.rst": doc("Book", toc("a", "b", numbered=True)),
            "a.rst": doc(
                "A", fig("a"), "See :numref:`fig-b`, :numref:`so %s <fig-b>`."
            ),
            "b.rst": doc("B", fig("b")),
        },
        volumes=volumes("a", "b"),
        figlist_restart_numbering=restart,
        latex_documents=[(n, f"{n}.tex", "T", "Us", "manual") for n in "ab"],
    )
    shown = tex(pages(source, builder="latex"), "a")
    no_dead_links(shown)
    plain = re.sub(r"\\DUrole\{[^}]*\}|\\@|[{}]", "", shown)
    named = " (Volume II)" if restart else ""
    assert f"See Fig. 2.1{named}, so 2.1." in plain
    assert "fig-b" not in shown


def test_shared_doctrees(tmp_path: Path) -> None:
    """The one after the other, whichever comes first, write what each does alone."""
    values: dict[str, Any] = {
        "figlist_number_uncaptioned": True,
        "figlist_latex_short_captions": True,
        "figlist_latex_alt": True,
    }
    files = {**CHAPTERS, "list.rst": COMPACT + "\n.. [Cit] Work.\n"}
    source = book(tmp_path, files, **values)

    def made(builder: str, name: str, doctrees: str) -> str:
        built = build(
            source, tmp_path / name, builder=builder, doctrees=tmp_path / doctrees
        )
        if builder == "latex":
            return tex(built)
        return "".join(p.read_text("utf-8") for p in sorted(built.out.glob("*.html")))

    alone = {b: made(b, f"alone-{b}", f"trees-{b}") for b in ("html", "latex")}
    for first, second in (("html", "latex"), ("latex", "html")):
        trees = f"trees-{first}-{second}"
        assert made(first, f"1-{first}-{second}", trees) == alone[first]
        assert made(second, f"2-{first}-{second}", trees) == alone[second]
        assert made(first, f"1-{first}-{second}", trees) == alone[first]


# -- captions ---------------------------------------------------------------------


def captions(source: str) -> dict[str, str]:
    """The short captions, by what stands behind them."""
    found = re.findall(
        r"\\(caption|sphinxfigcaption|captionof\{figure\})"
        r"\[\{(.*?)\}\]\{.*?\}\\label\{\\detokenize\{([^}]*)\}",
        source,
        re.DOTALL,
    )
    return {label: short for _, short, label in found}


def test_short_captions(tmp_path: Path) -> None:
    files = {
        **CHAPTERS,
        "two.rst": doc(
            "Two",
            directive("topic", fig("boxed", "**Lead.** Rest."), argument="T"),
            fig("none", "A sentence of its own. And another."),
            fig("link", "See `x <https://example.org>`_ and :numref:`fig-a`: a"),
            fig("cite", "After [Cit]_: b"),
            fig("note", "Noted [#f]_: c"),
            fig("math", "Of :math:`a_b` and ``c_d``: d"),
            bare("silent"),
            ".. [#f] Note.",
        ),
    }
    source = book(tmp_path, files, figlist_latex_short_captions=True)
    shown = captions(tex(pages(source, builder="latex")))
    assert shown["two:fig-boxed"] == "Lead"
    assert shown["two:fig-none"] == "A sentence of its own"
    assert shown["two:fig-link"] == (r"See x and Fig.\@ \ref*{\detokenize{one:fig-a}}")
    assert shown["two:fig-cite"] == "After {[}Cit{]}"
    assert shown["two:fig-note"] == "Noted"
    assert shown["two:fig-math"] == (
        r"Of \(a_b\) and \sphinxcode{\sphinxupquote{c\_d}}"
    )
    assert shown["one:fig-cell"] == "The caption of cell"
    assert "one:code" not in shown


OTHER = """
from docutils import nodes


def visit_caption(self, node):
    self.body.append("% another's" + chr(10))
    type(self).visit_caption(self, node)


def depart_caption(self, node):
    type(self).depart_caption(self, node)


def visit_drawing(self, node):
    self.body.append(chr(10) + r"\\sphinxincludegraphics[width=2cm]{{drawn}.pdf}" + chr(10))
    raise nodes.SkipNode


class mermaid(nodes.General, nodes.Element):
    pass


def read(app, document):
    for node in list(document.findall(nodes.comment)):
        node.replace_self(mermaid(alt="Drawn 5 %"))


def setup(app):
    app.add_node(nodes.caption, override=True, latex=(visit_caption, depart_caption))
    app.add_node(mermaid, latex=(visit_drawing, None), html=(visit_drawing, None))
    app.connect("doctree-read", read)
"""


def test_another_extension(tmp_path: Path) -> None:
    """Its own visitors run too, and the picture that it draws has its alt text."""
    source = book(
        tmp_path,
        {
            "index.rst": doc(
                "Book", section("One", fig("a", "**T.** Text."), ".. Drawing.")
            )
        },
        extensions=["sphinxext_figlist", "other"],
        figlist_latex_short_captions=True,
        figlist_latex_alt=True,
    )
    path = f"import sys\nsys.path.insert(0, {str(source)!r})\n"
    write_tree(
        source, {"other.py": OTHER, "conf.py": path + (source / "conf.py").read_text()}
    )
    shown = tex(pages(source, builder="latex"))
    assert "% another's\n\\caption[{T}]{" in shown
    code = "Drawn 5 %".encode("utf-16-be").hex().upper()
    picture = r"\sphinxincludegraphics[width=2cm]{{drawn}.pdf}"
    assert rf"\figlistalt{{{code}}}{{Drawn 5 \%}}{picture}\figlistendalt{{}}" in shown


# -- alt --------------------------------------------------------------------------


def test_alt(tmp_path: Path) -> None:
    files = {
        **CHAPTERS,
        "two.rst": doc(
            "Two |mark|",
            fig("empty", alt='""'),
            fig("odd", alt="50 % \\ {x} #1 ✓"),
            directive("list-table", "* - |mark|\n  - Text"),
            "A |mark|.",
            ".. |mark| image:: /p.png\n   :alt: Mark",
        ),
    }
    source = book(tmp_path, files)
    assert "figlistalt" not in latex(source, "plain")
    shown = body(latex(source, "alt", figlist_latex_alt=True))
    texts = re.findall(r"\\figlistalt\{([0-9A-F]+)\}", shown)
    read = [bytes.fromhex(code).decode("utf-16-be") for code in texts]
    assert read == ["The alt", '""', "50 % \\ {x} #1 ✓", "Mark"]
    assert shown.count(r"\figlistendalt{}") == len(read)
