"""Kinds that another extension numbers: in every layout and output."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Lab, Site, build, by_class, conf, entries, main_content, text
from support.small import directive, doc, figlist, toc

#: ``claim`` is numbered by a domain of its own, which numbers those without a title,
#: too, and has a role for them; ``drill`` has its title as sphinx-exercise does.
CLAIMS = '''
from docutils import nodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode


class claim(nodes.Admonition, nodes.Element):
    pass


class drill(nodes.Admonition, nodes.Element):
    pass


class Claim(SphinxDirective):
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"name": str}

    def run(self):
        kind, node = self.name.partition(":")[2] or self.name, claim()
        title = nodes.title()
        said = self.state.inline_text("".join(self.arguments), self.lineno)[0]
        if kind == "drill":
            node = drill()
            title += nodes.Text("Drill")
            if said:
                title += nodes.subtitle("", "", *said)
        else:
            title += said
        node += title
        self.set_source_info(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        label = self.options.get("name") or f"{kind}-{self.env.new_serialno(kind)}"
        node["ids"] = [f"{kind}-{label}" if kind == "claim" else label]
        if kind == "claim":
            known = self.env.domaindata["said"]["claims"]
            known[label] = (self.env.docname, node["ids"][0])
        elif self.options.get("name"):
            self.add_name(node)
        return [node]


class Said(Domain):
    name = "said"
    label = "Said"
    roles = {"so": XRefRole()}
    directives = {"claim": Claim, "drill": Claim}
    enumerable_nodes = {claim: ("claim", None)}
    initial_data = {"claims": {}}

    def clear_doc(self, docname):
        known = self.data["claims"]
        for label in [name for name in known if known[name][0] == docname]:
            del known[label]

    def merge_domaindata(self, docnames, other):
        for label, place in other["claims"].items():
            if place[0] in docnames:
                self.data["claims"][label] = place

    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        if target not in self.data["claims"]:
            return None
        docname, id_ = self.data["claims"][target]
        known = env.toc_fignumbers.get(docname, {})
        number = known.get("claim", {}).get(id_, ())
        words = nodes.inline("", "Claim " + ".".join(map(str, number)))
        return make_refnode(builder, fromdocname, docname, id_, words)


def visit(self, node):
    if hasattr(self, "starttag"):
        self.body.append(self.starttag(node, "div", CLASS="said"))


def depart(self, node):
    if hasattr(self, "starttag"):
        self.body.append("</div>")


def skip(self, node):
    pass


def visit_title(self, node):
    pass


def setup(app):
    app.add_domain(Said)
    both = {name: (skip, skip) for name in ("text", "man", "texinfo", "latex")}
    app.add_node(claim, html=(visit, depart), **both)
    app.add_enumerable_node(drill, "drill", None, html=(visit, depart), **both)
    app.add_crossref_type("spot", "spot")
    app.connect("doctree-resolved", unpack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def unpack(app, document, docname):
    """Titles are written as plain paragraphs."""
    for cls in (claim, drill):
        for node in document.findall(cls):
            title = node[0]
            words = title.astext()
            node.replace(title, nodes.paragraph("", words))
'''

CHAPTER = doc(
    "A",
    "First :said:so:`odd`, and :ref:`the drill <count>`; then :said:so:`odd` again.",
    directive("said:claim", "Proof.", argument="Odd *sums* of :math:`n`", name="odd"),
    directive("said:claim", "It has no title.", name="mute"),
    directive("said:drill", "Do.", argument="Count **aloud**", name="count"),
    directive("said:drill", "It has no title."),
)
LAYOUTS = ("full", "compact", "table", "gallery")
CLAIMED = [("Claim 1.1", "Odd sums of"), ("Claim 1.2", "")]
DRILLED = [("Drill 1.1", "Count aloud"), ("Drill 1.2", "")]


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    name = "figlist_test_claims"
    (tmp_path / f"{name}.py").write_text(CLAIMS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    fields = "title caption references label"
    lists = [
        figlist(kind=kind, layout=layout, fields=fields, class_=f"of-{kind}-{layout}")
        for kind in ("claim", "drill")
        for layout in LAYOUTS
    ]
    settings: dict[str, Any] = {
        "project": "Claims",
        "extensions": [name, "sphinxext_figlist"],
        "numfig": True,
        "numfig_format": {"claim": "Claim %s", "drill": "Drill %s"},
    }
    files = {
        "conf.py": conf(**settings),
        "index.rst": doc("Book", toc("a", numbered=True), toc("lists")),
        "a.rst": CHAPTER,
        "lists.rst": doc("Lists", *lists),
    }
    yield Lab(root=tmp_path, files=files)
    sys.modules.pop(name, None)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_pages(lab: Lab, builder: str) -> None:
    out = lab.build(builder, warning_is_error=True).out
    page = {"dirhtml": "lists/index.html", "singlehtml": "index.html"}
    path = out / page.get(builder, "lists.html")
    site, body = Site(out), main_content(out / path)
    assert site.dead_links([path]) == []
    for kind, wanted in (("claim", CLAIMED), ("drill", DRILLED)):
        for layout in LAYOUTS:
            [container] = by_class(body, f"of-{kind}-{layout}")
            links = by_class(container, "figlist-link")
            numbers = [text(*by_class(link, "figlist-number")) for link in links]
            titles = [
                " ".join(map(text, by_class(link, "figlist-title"))) for link in links
            ]
            assert numbers == [number for number, _ in wanted]
            # A table has the captions in a column of their own.
            if layout != "table":
                firsts = (title.rstrip(".") for _, title in wanted)
                assert all(map(str.startswith, titles, firsts))
            assert not by_class(container, "subtitle")
            referred = by_class(container, "figlist-references")
            links = [a for place in referred for a in place.iter("a")]
            assert len(links) == (2 if kind == "claim" else 1), layout


@pytest.mark.parametrize("builder", ["text", "man", "texinfo", "epub", "xml", "latex"])
def test_other_outputs(lab: Lab, builder: str) -> None:
    allow = {"epub": None}.get(builder, ())
    out = lab.build(builder, allow=allow).out
    if builder == "text":
        said = (out / "lists.txt").read_text("utf-8")
        for number, title in (*CLAIMED, *DRILLED):
            assert said.count(number) >= len(LAYOUTS)
            assert not title or f"{number}: {title.partition(' ')[0]}" in said


def test_in_print(lab: Lab) -> None:
    [tex] = lab.build("latex").out.glob("*.tex")
    source = tex.read_text("utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{([^{}]*)\}\}", source)
    assert len(labels) == len(set(labels))
    lists = source[source.index(r"\chapter{Lists}") :]
    used = re.findall(r"\\(?:hyperref\[|pageref\{)\\detokenize\{([^{}]*)\}", lists)
    assert set(used) <= set(labels)
    assert r"\ref" not in lists
    for number, _title in (*CLAIMED, *DRILLED):
        assert len(re.findall(rf"\]\{{{number}\}}", lists)) == len(LAYOUTS)
    # Each leads to the element itself, whose page the lines tell.
    for label in set(
        re.findall(r"\\figlistpage\{\\pageref\{\\detokenize\{([^{}]*)", lists)
    ):
        assert source.index(rf"\label{{\detokenize{{{label}}}}}") < source.index(
            "Lists"
        )


def test_in_print_without_numbers(lab: Lab) -> None:
    """Without numfig nothing has a number, and still each entry leads to its place."""
    lab.edit("conf.py", "numfig = True", "numfig = False")
    [tex] = lab.build("latex").out.glob("*.tex")
    source = tex.read_text("utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{([^{}]*)\}", source)
    lists = source[source.index(r"\chapter{Lists}") :]
    used = re.findall(r"\\(?:hyperref\[|pageref\{)\\detokenize\{([^{}]*)\}", lists)
    assert set(used) <= set(labels)
    assert r"\ref" not in lists
    assert "Odd" in lists


def test_a_reference_by_their_own_role_is_fresh(lab: Lab) -> None:
    """A number that another document's text prints changes with the claims before it."""
    lab.write("b.rst", doc("B", "See :said:so:`odd`."))
    lab.edit("index.rst", "   a\n", "   a\n   b\n")
    lab.build()
    before = entries(lab.out() / "lists.html")
    assert any("2 B" in entry.words for entry in before)
    new = directive("said:claim", "New.", argument="New", name="new")
    lab.write("a.rst", CHAPTER.replace("First", f"{new}\n\nFirst"))
    lab.check()
    assert "Claim 1.2" in text(main_content(lab.out() / "b.html"))


def test_a_role_for_a_figure(lab: Lab) -> None:
    """Of ``add_crossref_type``, whose targets stand before what they name."""
    spot = directive("spot", argument="Here it is")
    figure = directive("figure", "A figure.", argument="https://example.org/p.png")
    lab.write("b.rst", doc("B", "See :spot:`Here it is`.", spot, figure))
    lab.edit("index.rst", "   a\n", "   a\n   b\n")
    lab.append("lists.rst", "\n" + figlist(fields="title references"))
    lab.build()
    [entry] = [e for e in entries(lab.out() / "lists.html") if "Fig." in e.number]
    assert "2 B" in entry.words


def test_in_parallel(lab: Lab) -> None:
    for number in range(8):
        lab.write(f"more{number}.rst", doc(f"More {number}", "See :said:so:`odd`."))
    names = "\n".join(f"   more{number}" for number in range(8))
    lab.edit("index.rst", "   a\n", f"   a\n{names}\n")
    one = lab.build(into="one")
    two = build(lab.source, lab.root / "two", parallel=2)
    pages = [(out / "lists.html").read_text("utf-8") for out in (one.out, two.out)]
    assert pages[0] == pages[1]
