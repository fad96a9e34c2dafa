"""With the numfig cache Sphinx opens no doctree to number, and numbers as it would.

Each book is built by plain Sphinx and with figlist, clean and after edits: what is
assigned, what is warned of and every file must be equal.
"""

from __future__ import annotations

import pickle
import shutil
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import touch_now
from support.numbering import CACHED, PLAIN, UNCACHED, WITHOUT, Books, same
from support.small import bare, directive, doc, fig, section, toc

from sphinxext_figlist.read.skeleton import Skeletons

# -- a book of everything ---------------------------------------------------------


def table(name: str, title: str) -> str:
    return directive("table", "= =\na b\n= =", argument=title, name=f"tab-{name}")


def listing(name: str) -> str:
    options = {"name": f"code-{name}", "caption": f"Code of {name}"}
    return directive("code-block", "pass", argument="python", **options)


def math(name: str) -> str:
    return directive("math", "x = 1", label=f"eq-{name}")


MYST = """\
# M

```{figure} p.png
:name: fig-m

A *caption* with {ref}`fig-a`.
```

## Deeper

:::{note}
```{figure} p.png
:name: fig-n

Inside a note.
```
:::

```{code-block} python
:caption: Code
:name: code-m
pass
```

```{toctree}
n
```
"""

FILES = {
    "index.rst": doc(
        "Book",
        fig("first"),
        toc("a", "m", numbered=2),
        toc("b", "https://example.org", "self", "appendix", "genindex"),
    ),
    "a.rst": doc(
        "A",
        fig("a"),
        bare("bare"),
        table("a", "A table"),
        table("untitled", ""),
        listing("a"),
        math("a"),
        directive("only", fig("print"), section("Sub", fig("sub")), argument="latex"),
        section(
            "Section",
            directive(
                "note", directive("list-table", "* - " + "x", argument="T", name="lt")
            ),
            directive("figure", "", argument="p.png", name="fig-empty"),
            fig("nested", "Outer.", fig("inner")),
        ),
    ),
    "m.md": MYST,
    "n.rst": doc("N", fig("deep"), section("One", fig("one")), toc("o")),
    "o.rst": doc(
        "O", fig("leaf"), "See :numref:`fig-a`, :numref:`code-m`, :eq:`eq-a`."
    ),
    "b.rst": doc("B", fig("b"), section("Unnumbered", fig("c"))),
    "appendix.rst": doc("Appendix", fig("x")),
    "orphan.rst": ":orphan:\n\n" + doc("Orphan", fig("orphan")),
}
VALUES: dict[str, Any] = {
    "extensions": ["myst_parser"],
    "math_numfig": True,
    "latex_appendices": ["appendix"],
    "latex_documents": [("index", "book.tex", "Book", "Us", "manual")],
    "myst_enable_extensions": ["colon_fence"],
}


def everything(root: Path, **values: Any) -> Books:
    more = values.pop("extensions", [])
    extensions = [*VALUES["extensions"], *more]
    return Books(root, FILES, **{**VALUES, **values, "extensions": extensions})


@pytest.fixture
def books(tmp_path: Path, extension: object) -> Books:
    return everything(tmp_path)


BUILDERS = ["html", "dirhtml", "singlehtml", "latex", "text", "man", "texinfo"]
BUILDERS += ["epub", "json", "pseudoxml", "gettext", "dummy", "figlist"]


@pytest.mark.parametrize("builder", [b for b in BUILDERS if b != "figlist"])
def test_every_builder(books: Books, builder: str) -> None:
    allow = ("env_version", "conf value", "epub")
    plain = books.build(PLAIN, builder, allow=allow)
    cached = books.build(CACHED, builder, allow=allow)
    assert {"figure", "table", "code-block", "displaymath"} <= {
        kind for kinds in plain.numbers.values() for kind in kinds
    }
    if builder == "pseudoxml":  # it names every domain
        plain.files = cached.files = {}
    same(plain, cached)
    books.edit("a.rst", "A\n=\n", "A\n=\n\n" + fig("new"))
    plain = books.build(PLAIN, builder, allow=allow)
    cached = books.build(CACHED, builder, allow=allow)
    # Pages that cite figures of others, plain Sphinx leaves stale.
    for result in (plain, cached):
        for name in list(result.files):
            if name.split(".")[0].split("/")[0] in {"m", "o"}:
                del result.files[name]
    if builder == "pseudoxml":
        plain.files = cached.files = {}
    same(plain, cached)


@pytest.mark.parametrize("jobs", [1, 2])
def test_loads(books: Books, jobs: int) -> None:
    """A build loads what it would without numfig, whatever it has to do."""
    ways = (WITHOUT, PLAIN, CACHED)

    def loads() -> list[list[str]]:
        return [books.build(way, "html", parallel=jobs).loads for way in ways]

    without, plain, cached = loads()
    assert cached == without
    assert len(plain) > len(without)
    assert len(plain) - len(without) >= len(FILES) - 1  # no orphan
    without, plain, cached = loads()  # no change
    assert cached == without == ["index"]
    books.edit("b.rst", "The caption of b.", "A caption of b.")
    without, _, cached = loads()
    assert cached == without
    books.write("n.rst", doc("N", section("One", fig("deep"), bare("one")), toc("o")))
    without, _, cached = loads()
    assert set(cached) >= set(without)


def test_numbers_stay(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is numbered anew unless what numbers depend on has changed."""
    made: list[object] = []

    def document(self: Skeletons, *args: Any) -> Any:
        made.append(args)
        return stand_in(self, *args)

    stand_in = Skeletons.document
    monkeypatch.setattr(Skeletons, "document", document)

    def numbered() -> bool:
        plain = books.build(PLAIN, "html")
        made.clear()
        cached = books.build(CACHED, "html")
        same(plain, cached)
        return bool(made)

    assert numbered()
    assert not numbered()
    books.edit("b.rst", "The caption of b.", "A caption of b.")
    assert not numbered()
    books.edit("b.rst", "A caption of b.", "A caption of b.\n\nMore text.")
    assert not numbered()
    books.write("n.rst", doc("N", section("One", fig("deep"), fig("new")), toc("o")))
    assert numbered()
    assert not numbered()
    books.edit("index.rst", ":numbered: 2", ":numbered: 1")
    assert numbered()
    assert not numbered()


@pytest.mark.parametrize("builder", ["html", "text"])
def test_loads_after_removal(books: Books, builder: str) -> None:
    for way in (WITHOUT, PLAIN, CACHED):
        books.build(way, builder)
    (books.source / "appendix.rst").unlink()
    books.edit("index.rst", "   appendix\n", "")
    for _ in range(2):
        ways = (WITHOUT, PLAIN, CACHED)
        without, plain, cached = (books.build(way, builder) for way in ways)
        assert cached.loads == without.loads
        assert len(plain.loads) > len(without.loads)
        same(plain, cached)
    books.edit("index.rst", "   b\n", "   b\n   appendix\n")
    books.write("appendix.rst", doc("B", fig("new"), fig("newer")))
    same(books.build(PLAIN, builder), books.build(CACHED, builder))


@pytest.mark.parametrize("cached", [True, False])
def test_toctree_names_what_was_removed(books: Books, cached: bool) -> None:
    """Plain Sphinx numbers what is gone until the toctree is read again, or crashes."""
    way = CACHED if cached else UNCACHED
    books.build(way, "html")
    (books.source / "b.rst").unlink()
    gone = ("toc.not_readable", "nonexisting document")
    built = books.build(way, "html", allow=gone)
    if cached:
        assert built.opened == ["index"]
    clean = books.build(PLAIN, "html", allow=gone)
    assert (built.numbers, built.sections) == (clean.numbers, clean.sections)
    assert "b" not in built.numbers


def test_off(books: Books) -> None:
    """Switched off and on, in any order, over one environment."""
    plain = books.build(PLAIN)
    for off in (True, False, False, True, False):
        overrides = {"figlist_numfig_cache": not off}
        cached = books.build(CACHED, overrides=overrides)
        same(plain, cached)
        books.write("b.rst", doc("B", fig("b" if off else "bb"), fig("bbb")))
        plain = books.build(PLAIN)
    cached = books.build(CACHED, overrides={"figlist_numfig_cache": False})
    assert len(cached.opened) >= len(FILES) - 1
    same(plain, cached)
    # What was not kept then is, once it has been read or opened.
    books.edit("b.rst", "bbb.", "bbb!")
    assert len(books.build(CACHED).opened) >= len(FILES) - 1
    assert books.build(CACHED).opened == ["index"]


def test_numfig_switched(books: Books) -> None:
    for numfig in (True, False, True):
        overrides = {"numfig": numfig}
        plain = books.build(PLAIN, overrides=overrides)
        same(plain, books.build(CACHED, overrides=overrides))
    assert books.build(CACHED).opened == ["index"]


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_depth(books: Books, depth: int) -> None:
    """The depth is not read with a document."""
    for value in (1, depth):
        overrides = {"numfig_secnum_depth": value}
        plain = books.build(PLAIN, overrides=overrides)
        same(plain, books.build(CACHED, overrides=overrides))


def test_uncaptioned(tmp_path: Path, extension: object) -> None:
    """Our own title getter does not make Sphinx open documents."""
    books = everything(tmp_path, figlist_number_uncaptioned=True)
    cached, uncached = (books.build(way) for way in (CACHED, UNCACHED))
    assert cached.numbers == uncached.numbers
    assert {"fig-bare", "fig-empty"} <= set(cached.numbers["a"]["figure"])
    assert len(books.build(CACHED).opened) == 1


def test_several_builders_share_doctrees(books: Books) -> None:
    for builder in ("html", "latex", "text", "html"):
        plain, cached = books.build(PLAIN, builder), books.build(CACHED, builder)
        same(plain, cached)
        books.edit(
            "a.rst", "The caption of a.", f"The caption of a.\n\n   In {builder}."
        )
        books.edit("b.rst", "B\n=\n", "B\n=\n\n" + bare(f"in-{builder}"))


def test_parallel(books: Books) -> None:
    for step in range(3):
        plain = books.build(PLAIN, "html", parallel=2)
        cached = books.build(CACHED, "html", parallel=2)
        same(plain, cached)
        assert step == 0 or cached.opened
        for name in ("a.rst", "n.rst", "o.rst"):
            books.write(name, FILES[name] + "\n\n" + fig(f"{name[0]}-{step}"))
    assert books.build(CACHED, "html", parallel=2).opened == ["index"]


# -- other extensions -------------------------------------------------------------

KIND = """
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective


WARN = logging.getLogger(__name__).warning


class theorem(nodes.General, nodes.Element):
    pass


class Theorem(SphinxDirective):
    has_content = True
    option_spec = {"name": str}

    def run(self):
        node = theorem("", kept="attribute")
        node.note = "a Python attribute"
        node += self.parse_content_to_nodes()
        self.add_name(node)
        return [node]


def skip(self, node):
    pass


def setup(app):
    both = (skip, skip)
    more = dict(html=both, latex=both, text=both)
    app.add_enumerable_node(theorem, "theorem", title_of, **more)
    app.add_directive("theorem", Theorem)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def title_of(node):
"""

#: Title getters, and how many doctrees Sphinx opens: that of the book, and those
#: with an element whose surroundings its getter looks at.
GETTERS = {
    "constant": ("return 'Theorem'", 1),
    "first child": ("return node[0].astext()", 1),
    "deep": (
        "return any('t' in n.astext() for n in node.findall(nodes.strong)) and 'x'",
        1,
    ),
    "attribute": ("return node['kept'] if len(node) > 1 else None", 1),
    "Python attribute": ("return node.note if len(node) > 1 else None", 1),
    "parent": ("return isinstance(node.parent, nodes.section) and 'x'", 1),
    "next to it": (
        "near = node.parent.children\nreturn str(near.index(node) % 2 + len(near))",
        3,
    ),
    "document": ("return str(len(node.document.ids))", 3),
    "environment": (
        "return str(len(node.document.settings.env.config.project))",
        1,
    ),
    "source": ("return node.document['source'][-8:]", 3),
    "nothing": ("return None", 1),
}
THEOREMS = {
    "index.rst": doc("Book", toc("a", "b", numbered=True)),
    "a.rst": doc(
        "A",
        "Text.",
        directive("theorem", "First **strong**.", fig("in"), name="one"),
        directive("theorem", "Second.", name="two"),
        section(
            "S",
            directive("theorem", "Third.", "**the** end", name="three"),
            directive("note", directive("theorem", "Fourth **it**.", name="four")),
            directive("theorem", "Nameless **strong**.", fig("in2")),
        ),
    ),
    "b.rst": doc("B", fig("b"), directive("theorem", "Last.", "x", name="last")),
}


@pytest.mark.parametrize("name", sorted(GETTERS))
@pytest.mark.parametrize("override", [False, True])
def test_title_getter(
    tmp_path: Path,
    extension: Callable[[str, str], str],
    name: str,
    override: bool,
) -> None:
    """A getter may look at anything; with *override*, at the figures' too."""
    body, opens = GETTERS[name]
    text = KIND
    if override:
        text = text.replace(
            "    app.add_dir",
            "    app.add_enumerable_node(nodes.figure, 'figure', title_of, override=True)\n"
            "    app.add_dir",
        )
        body = body.replace("node['kept']", "node.get('kept')")
        body = body.replace("node.note", "getattr(node, 'note', None)")
    text += textwrap.indent(body, "    ") + "\n"
    books = Books(tmp_path, THEOREMS, extensions=[extension("numfig_theorem", text)])
    for step in range(2):
        plain, cached = books.build(PLAIN, "html"), books.build(CACHED, "html")
        same(plain, cached)
        if step == 0:
            books.edit("a.rst", "Second.", "**Text**.\n\n   Second.")
    assert len(books.build(CACHED, "html").opened) == opens


def test_getter_that_warns(
    tmp_path: Path, extension: Callable[[str, str], str]
) -> None:
    """It is asked once more when a document is read, but not heard."""
    text = KIND + "    WARN('of %s', node['ids'], location=node)\n    return 'x'\n"
    books = Books(tmp_path, THEOREMS, extensions=[extension("numfig_warns", text)])
    for step in range(2):
        uncached, cached = books.build(UNCACHED), books.build(CACHED)
        same(uncached, cached)
        assert step or "of ['one']" in cached.warnings


def test_getter_that_asks_for_documents(
    tmp_path: Path, extension: Callable[[str, str], str]
) -> None:
    """It gets the real ones, and so do handlers around Sphinx's."""
    text = (
        KIND + "    return str(len(ENV[0].get_doctree('b').astext())) if ENV else ''\n"
    )
    text = text.replace(
        "    both",
        "    ENV.clear()\n"
        "    for priority in (1, 399, 401, 499, 500, 501, 600, 899, 999):\n"
        "        app.connect('env-get-updated', look, priority=priority)\n"
        "    app.connect('env-updated', lambda app, env: ENV.append(env))\n"
        "    both",
    )
    text += "\n\nENV, SEEN = [], []\n\n\ndef look(app, env):\n"
    text += "    SEEN.append(env.get_doctree('b').astext())\n    return []\n"
    name = extension("numfig_asks", text)
    books = Books(tmp_path, THEOREMS, extensions=[name])
    for way in (PLAIN, CACHED):
        books.build(way)  # once to have doctrees that can be asked for
        books.edit("b.rst", "Last", "Lasting" if way == PLAIN else "La")
    for _ in range(2):
        same(books.build(PLAIN), books.build(CACHED))
        books.write("a.rst", THEOREMS["a.rst"])
    seen = sys.modules[name].SEEN
    assert len(seen) % 9 == 0
    assert all("The caption of b." in text for text in seen)


OTHERS = {
    "numbers changed afterwards": (
        """
def change(app, env):
    for kinds in env.toc_fignumbers.values():
        for numbers in kinds.values():
            for id_, number in numbers.items():
                numbers[id_] = (*number, 7)
    return []


def setup(app):
    app.connect("env-get-updated", change, priority=599)
""",
        False,
    ),
    "replaced collector": (
        """
from sphinx.environment.collectors.toctree import TocTreeCollector


class Collector(TocTreeCollector):
    def assign_figure_numbers(self, env):
        updated = super().assign_figure_numbers(env)
        for docname in env.toc_fignumbers:
            count = len(list(env.get_doctree(docname).findall()))
            kinds = env.toc_fignumbers[docname].values()
            for numbers in kinds:
                for id_, number in numbers.items():
                    numbers[id_] = (*number, count)
        return updated


def setup(app):
    import gc
    for collector in gc.get_objects():
        if type(collector) is TocTreeCollector and collector.listener_ids:
            collector.disable(app)
    app.add_env_collector(Collector)
""",
        True,
    ),
    "sub-class with its own sections": (
        """
from sphinx.environment.collectors.toctree import TocTreeCollector


class Collector(TocTreeCollector):
    def assign_section_numbers(self, env):
        updated = super().assign_section_numbers(env)
        for anchors in env.toc_secnumbers.values():
            for anchor, number in anchors.items():
                anchors[anchor] = (*(n + 7 for n in number),)
        return updated


def setup(app):
    import gc
    for collector in gc.get_objects():
        if type(collector) is TocTreeCollector and collector.listener_ids:
            collector.disable(app)
    app.add_env_collector(Collector)
""",
        False,
    ),
    "patched numbering": (
        """
from sphinx.environment.collectors.toctree import TocTreeCollector

own = TocTreeCollector.assign_figure_numbers


def assign(self, env):
    updated = own(self, env)
    env.toc_fignumbers.setdefault("b", {})["figure"] = {"fig-b": (9, 9)}
    return updated


def setup(app):
    TocTreeCollector.assign_figure_numbers = assign
    app.connect("build-finished", undo)


def undo(app, error):
    TocTreeCollector.assign_figure_numbers = own
""",
        True,
    ),
    "a domain's own types": (
        """
from docutils import nodes
from sphinx.domains import Domain


class Lines(Domain):
    name = "lines"

    def get_enumerable_node_type(self, node):
        if node.get("names") == ["fig-bare"]:
            return "line"


def setup(app):
    app.add_domain(Lines)
""",
        True,
    ),
    "a domain's classes": (
        """
from docutils import nodes
from sphinx.domains import Domain


class Lines(Domain):
    name = "lines"
    enumerable_nodes = {nodes.section: ("sec", None), nodes.figure: ("picture", None),
                        nodes.note: ("note", None)}


def setup(app):
    app.add_domain(Lines)
""",
        False,
    ),
    "late transform": (
        """
from docutils import nodes
from sphinx.transforms import SphinxTransform


class Late(SphinxTransform):
    default_priority = 999

    def apply(self):
        for figure in list(self.document.findall(nodes.figure))[::2]:
            figure.parent.remove(figure)


def setup(app):
    app.add_transform(Late)
""",
        False,
    ),
    "late handler": (
        """
from docutils import nodes


def move(app, doctree):
    for figure in list(doctree.findall(nodes.figure)):
        figure.parent.remove(figure)
        doctree[0].insert(1, figure)


def setup(app):
    app.connect("doctree-read", move, priority=99999)
""",
        False,
    ),
    "doctrees written again": (
        """
import pickle
from docutils import nodes


def again(app, env):
    for docname in ("a", "b"):
        tree = env.get_doctree(docname)
        tree.settings.env = tree.reporter = None
        for figure in list(tree.findall(nodes.figure))[:1]:
            figure.parent.remove(figure)
        path = f"{env.doctreedir}/{docname}.doctree"
        with open(path, "wb") as stream:
            pickle.dump(tree, stream)
        env._pickled_doctree_cache.pop(docname)
    return []


def setup(app):
    app.connect("env-updated", again)
""",
        None,
    ),
    "doctrees written by the builder": (
        """
from docutils import nodes


def again(app, env):
    tree = env.get_doctree("a")
    for figure in list(tree.findall(nodes.figure))[:1]:
        figure.parent.remove(figure)
    app.builder.write_doctree("a", tree)
    env._pickled_doctree_cache.pop("a")
    return []


def setup(app):
    app.connect("env-updated", again)
""",
        None,
    ),
}


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_other_extensions(
    tmp_path: Path, extension: Callable[[str, str], str], name: str
) -> None:
    text, opens = OTHERS[name]
    books = everything(tmp_path, extensions=[extension("numfig_other", text)])
    plain, cached = books.build(PLAIN, "text"), books.build(CACHED, "text")
    same(plain, cached)
    without = everything(tmp_path / "more").build(PLAIN, "text", allow=("lines",))
    assert (plain.numbers, plain.sections) != (without.numbers, without.sections)
    for _ in range(2):
        books.write("b.rst", FILES["b.rst"] + "\n\n" + fig("b2"))
        same(books.build(PLAIN, "text"), books.build(CACHED, "text"))
    plain, cached = books.build(PLAIN, "text"), books.build(CACHED, "text")
    same(plain, cached)
    if opens is not None:
        assert (len(cached.opened) == len(plain.opened)) is opens
    assert (len(cached.opened) < len(plain.opened)) is not opens


def test_kinds_registered_later(
    tmp_path: Path, extension: Callable[[str, str], str]
) -> None:
    """What was read by other rules is no longer numbered from."""
    name = extension("numfig_later", "")
    books = everything(tmp_path, extensions=[name])
    nothing = "def setup(app): pass\n"
    kinds = """
from docutils import nodes

def setup(app):
    app.add_enumerable_node(nodes.note, "note", lambda node: "x")
    app.add_enumerable_node(nodes.table, "grid", long, override=True)

def long(node):
    return len(node[0].astext()) > 1 and "x"
"""
    for text in (nothing, kinds, nothing):
        extension(name, text)
        sys.modules.pop(name, None)
        for _ in range(2):
            shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
            sys.modules.pop(name, None)
            same(books.build(PLAIN), books.build(CACHED))


def test_data_of_elsewhere(books: Books) -> None:
    """Documents without a skeleton, or with another version's, are opened."""
    plain = books.build(PLAIN)
    books.build(CACHED)
    path = books.root / CACHED / "doctrees" / "environment.pickle"

    def change(how: Callable[[dict[str, Any]], object]) -> None:
        env = pickle.loads(path.read_bytes())
        how(vars(env)["figlist_store"])
        path.write_bytes(pickle.dumps(env))

    for how in (
        lambda kept: kept["skeletons"].pop("n"),
        lambda kept: kept.update(rules="of another version"),
        lambda kept: kept["skeletons"].clear(),
        lambda kept: kept["skeletons"].update(
            {
                name: (*value[:2], (b"broken",))
                for name, value in kept["skeletons"].items()
            }
        ),
    ):
        change(how)
        for _ in range(2):
            cached = books.build(CACHED)
            same(plain, cached)
            assert len(cached.opened) > 1
        touch_now(books.source / "b.rst")
        books.build(CACHED)
        assert books.build(CACHED).opened == ["index"]
    env = pickle.loads(path.read_bytes())
    del vars(env)["figlist_store"]
    path.write_bytes(pickle.dumps(env))
    same(plain, books.build(CACHED))
