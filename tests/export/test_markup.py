"""Captions and alt texts as Markdown: by example, and against markdown-it."""

from __future__ import annotations

import re
import sys
from itertools import count
from typing import TYPE_CHECKING, Any

import markdown_it
import pytest
from docutils import nodes
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx import addnodes

from sphinxext_figlist.assemble.markdown import parsed
from sphinxext_figlist.export import escapes
from sphinxext_figlist.export.markup import literal, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from sphinxext_figlist.read.records import Content

# The parser: as MyST sets it up by default, behind a label as in our files.
MD = MarkdownIt("commonmark").use(
    dollarmath_plugin, allow_space=True, allow_digits=True, double_inline=False
)


def parse(line: str, *, heading: bool = False) -> list[Token]:
    """The inline tokens of a line of ours, its label cut off."""
    label = "### Figure 1.1:" if heading else "**Caption**:"
    tokens = MD.parse(f"{label} {line}")
    assert len(tokens) == 3, "the line is one block"
    inline = tokens[1].children
    assert inline is not None
    start = next(i for i, token in enumerate(inline) if ":" in token.content)
    first = inline[start]
    assert first.type == "text"
    first.content = first.content.partition(":")[2].removeprefix(" ")
    return inline[start if first.content else start + 1 :]


def plain(line: str, *, heading: bool = False) -> str | None:
    """The text that a line shows, None if any of it is markup."""
    tokens = parse(line, heading=heading)
    if any(token.type != "text" for token in tokens):
        return None
    return "".join(token.content for token in tokens)


def squeeze(text: str) -> str:
    return re.sub("[\t-\r ]+", " ", text.strip())


# -- examples -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Timeline from 1950 to 2020; 15.3% of 1,000,000 (a 42% share).",
        "A* search",
        "A* and B* search",
        "*A and *B",
        "5 * 3 * 2",
        "2 ** 10 and 2**20",
        "snake_case_name and __x",
        "a < b > c",
        "if (a<b && b>c)",
        "Q&A, AT&T; &nosuch; &amp &#x;",
        "C:\\temp\\x",
        "a trailing backslash \\",
        "one ` backtick",
        "`` two ` kinds",
        "$5",
        "$",
        "[text] and [text][other] and [text] (url)",
        "tensor[i,j] as base_address + i×stride[0]",
        "f(x)[0](two words)",
        "[a](b",
        "[a](<b)",
        "[a](b (c)",
        "[a](<1>'t')",
        "a <! b> c <!1>",
        "]( [",
        "Smith [@smith2020] and [@a; @b], p. 3[^note]",
        "Wow! [sic]",
        "![alt]",
        "# 1) not a list, - nor this | a | table | ~~gone~~",
        "«No-break\u00a0space», naïve, 例：図",
        "http://x.org/a_b_c?d=e&f=g",
    ],
)
def test_what_stays_bare(text: str) -> None:
    assert literal(text) == text
    assert plain(text) == text
    assert markdown([nodes.Text(text)]) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("*foo*", r"\*foo\*"),
        ("**foo**", r"\*\*foo\*\*"),
        ("a***b***c", r"a\*\*\*b\*\*\*c"),
        ("a*b*c", r"a\*b\*c"),
        ("*a*b*", r"\*a\*b*"),
        ("*a _b* c_", r"\*a \_b\* c\_"),
        ("__init__", r"\_\_init\_\_"),
        ("2**10 and 2**20", r"2\*\*10 and 2\*\*20"),
        ("a<b and c>d", r"a\<b and c\>d"),
        ("_x_", r"\_x\_"),
        ("`x`", r"\`x\`"),
        ("``x`` `", r"\`\`x\`\` `"),
        ("`*a` b*", r"\`\*a\` b\*"),
        ("$5 and $10", r"\$5 and \$10"),
        ("$ a $ b $", r"\$ a \$ b $"),
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("<br/>", r"\<br/\>"),
        ("<a href=\"u\" b='c' d=e f>", "\\<a href=\"u\" b='c' d=e f\\>"),
        ("<https://x.org>", r"\<https://x.org\>"),
        ("<me@x.org>", r"\<me@x.org\>"),
        ("<!-- x -->", r"\<!-- x --\>"),
        ("<?php x ?>", r"\<?php x ?\>"),
        ("<!DOCTYPE x>", r"\<!DOCTYPE x\>"),
        ("<![CDATA[x]]>", r"\<![CDATA[x]]\>"),
        ("&amp;", r"\&amp;"),
        ("&#35; &#x2A; &copy;", r"\&#35; \&#x2A; \&copy;"),
        (r"\*", r"\\*"),
        (r"\*a\*", r"\\\*a\\\*"),
        ("\\\\", "\\\\\\"),
        (r"\$5", r"\\$5"),
        ("[text](url)", r"\[text\](url)"),
        ("[text](<1 b>)", r"\[text\](<1 b>)"),
        ("[text](a(b)c 'title')", r"\[text\](a(b)c 'title')"),
        ("[text]()", r"\[text\]()"),
        ("f[i](x)", r"f\[i\](x)"),
        ("![a](b)", r"!\[a\](b)"),
        ("[a [b](c) d](e)", r"\[a \[b\](c) d\](e)"),
        ("[@key](3)", r"[@key]\(3\)"),
        ("[*a](b*)", r"\[\*a\](b\*)"),
    ],
)
def test_what_is_escaped(text: str, line: str) -> None:
    assert literal(text) == line
    assert plain(line) == text
    assert markdown([nodes.Text(text)]) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("#", r"\#"),
        ("Keys: ##", r"Keys: \##"),
        ("C#", "C#"),
        ("a # b", "a # b"),
        ("* #", r"* \#"),
        ("*a* #", r"\*a\* \#"),
    ],
)
def test_closing_hashes_of_a_heading(text: str, line: str) -> None:
    assert literal(text, heading=True) == line
    assert markdown([nodes.Text(text)], heading=True) == line
    assert plain(line, heading=True) == text
    assert literal(f"{text} x", heading=True).endswith(f"{text[-1]} x")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t\n\n b\r\nc\v\fd\x85e\u2028f\u2029g ", "a b c d e f g"),
        ("a\u00a0 \u00a0b\u2009c", "a\u00a0 \u00a0b\u2009c"),
        (
            "nul\0, bell\a, escape\x1b, surrogate\udc80",
            "nul\ufffd, bell, escape, surrogate\ufffd",
        ),
    ],
)
def test_white_space_and_controls(text: str, line: str) -> None:
    assert literal(text) == line


def em(*children: str | nodes.Node) -> nodes.emphasis:
    return fill(nodes.emphasis(), children)


def strong(*children: str | nodes.Node) -> nodes.strong:
    return fill(nodes.strong(), children)


def code(text: str) -> nodes.literal:
    return nodes.literal(text, text)


def math(text: str) -> nodes.math:
    return nodes.math(text, text)


def link(url: str, *children: str | nodes.Node, **attributes: Any) -> nodes.reference:
    return fill(nodes.reference(refuri=url, **attributes), children)


def para(*children: str | nodes.Node) -> nodes.paragraph:
    return fill(nodes.paragraph(), children)


def fill(element: Any, children: Sequence[str | nodes.Node]) -> Any:
    element += as_nodes(children)
    return element


def as_nodes(children: Sequence[str | nodes.Node]) -> list[nodes.Node]:
    return [nodes.Text(c) if isinstance(c, str) else c for c in children]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        # elements
        (["a ", em("b"), " c"], "a *b* c"),
        ([strong("Lead:"), " text"], "**Lead:** text"),
        ([nodes.title_reference("", "Emma")], "*Emma*"),
        ([addnodes.literal_emphasis("", "x"), addnodes.literal_strong("", "y")], "*x***y**"),
        ([code("x_y")], "`x_y`"),
        ([math("x_1 < y")], "$x_1 < y$"),
        ([para("a"), nodes.math_block("", "x\n= y"), para("b")], "a $x = y$ b"),
        (["a", nodes.math_block("", "x"), "b"], "a $x$ b"),
        (["H", nodes.subscript("", "2"), "O", nodes.superscript("", "*")], "H<sub>2</sub>O<sup>*</sup>"),
        ([nodes.image(uri="a/b.png", alt="An *x*")], r"![An \*x\*](a/b.png)"),
        ([nodes.image(uri="b.png")], "![](b.png)"),
        (["a", nodes.raw("", "<hr>", format="html"), nodes.comment("", "no"), "b"], "ab"),
        (["a", addnodes.index(entries=[]), "b"], "ab"),
        (["a", nodes.system_message("", para("no")), "b"], "ab"),
        ([nodes.substitution_definition("", "no"), "a"], "a"),
        ([nodes.inline("", "a"), nodes.target("", "b"), nodes.abbreviation("", "c")], "abc"),
        # citations, footnotes
        (["see ", nodes.inline("", "[Kuh62]", figlist_citation=["a"])], "see [@a]"),
        ([nodes.inline("", "x", figlist_citation=["a_1", "b_2"]), "."], "[@a_1; @b_2]."),
        ([nodes.inline("", "1", figlist_footnote="note")], "[^note]"),
        ([nodes.inline("", "1", figlist_citation=["a"]), "(3)"], r"[@a]\(3\)"),
        # references
        ([link("https://x.org", "x")], "[x](https://x.org)"),
        ([link("https://x.org", "x", internal=False)], "[x](https://x.org)"),
        ([link("other.html", "x", internal=True)], "x"),
        ([link("#here", "x")], "x"),
        ([nodes.reference("", "", nodes.Text("x"), refid="here")], "x"),
        ([addnodes.number_reference("", "", nodes.Text("Fig. 1"), refuri="u")], "Fig. 1"),
        ([addnodes.download_reference("", "", nodes.Text("x"), refuri="u")], "x"),
        ([link("u", code("x"), " ", em("y"))], "[`x` *y*](u)"),
        ([link("u", "a", link("v", "b"))], "[ab](u)"),
        ([link("u")], ""),
        ([link("u", "a]b")], r"[a\]b](u)"),
        ([link("u", "a[b")], r"[a\[b](u)"),
        ([link("u", "see [1]")], "[see [1]](u)"),
        ([link("u", "x"), "(v)"], "[x](u)(v)"),
        ([link("a b", "x")], "[x](a%20b)"),
        ([link("W_(x)", "x")], "[x](W_(x))"),
        ([link("a(b", "x")], r"[x](a\(b)"),
        ([link("a)b(", "x")], r"[x](a\)b\()"),
        ([link("<a>\\b&copy;=1", "x")], r"[x](%3Ca%3E\\b\&copy;=1)"),
        ([link("u", "A*"), " ", link("u", "*")], "[A*](u) [*](u)"),
        # where markdown-it and the specification differ
        ([nodes.image(uri="u", alt="__*_")], r"![_\_*\_](u)"),
        ([link("u", "* **_*")], r"[* *\*_\*](u)"),
        (["!", link("u", "x")], r"\![x](u)"),
        (["[see ", link("u", "x"), "](v)"], "[see [x](u)](v)"),
        (["![see ", link("u", "x"), "](v)"], r"!\[see [x](u)\](v)"),
        (["*a ", link("u", "b*")], "*a [b*](u)"),
        (["*a ", link("u", "b*"), " c*"], r"\*a [b*](u) c\*"),
        (["[see ", nodes.image(uri="u", alt="x"), "](v)"], r"\[see ![x](u)\](v)"),
        # code spans: fence and padding
        ([code("a`b")], "``a`b``"),
        ([code("`a``")], "``` `a`` ```"),
        ([code(" a ")], "`  a  `"),
        ([code(" a")], "` a`"),
        ([code("a\n  b")], "`a b`"),
        ([code(" ")], ""),
        ([code("a"), code("b")], "`a`<!-- -->`b`"),
        ([code("\\")], "`\\`"),
        # math
        ([math("a\n% note\n+ b\\%")], r"$a + b\%$"),
        ([math(r"x \text{ if $y$ or \$5}")], r"$x \text{ if \(y\) or \$5}$"),
        ([math("a\\ ")], "$a\\ $"),
        ([math("a\\\\ ")], "$a\\\\$"),
        ([math("a"), math("b")], "$a$$b$"),
        ([math(" ")], ""),
        # blocks and white space
        ([para("One"), nodes.target(), para("two\nthree.")], "One two three."),
        ([nodes.bullet_list("", nodes.list_item("", para("a")), nodes.list_item("", para("b")))], "a b"),
        (["a ", em(" b "), " c"], "a *b* c"),
        (["a", em(strong(" b"), "\u00a0"), "c"], "a ***b***\u00a0c"),
        (["a", em(" "), "b"], "a b"),
        ([em()], ""),
        # literal characters near ours
        (["*", em("a"), "*"], r"\**a*\*"),
        (["a* ", em("b"), " *c"], "a* *b* *c"),
        (["*a ", em("b"), " c*"], r"\*a *b* c\*"),
        ([em("*a *b")], r"*\*a \*b*"),
        ([em("a _b"), " c_"], "*a _b* c_"),
        ([em("a* b*")], r"*a\* b\**"),
        (["*", em("x"), " y*"], r"\**x* y*"),
        (["`", code("x"), "`"], r"\``x`\`"),
        (["a ` ", code("x")], r"a \` `x`"),
        (["``a ", code("x")], "``a `x`"),
        (["$", math("x"), "$"], r"\$$x$\$"),
        (["$5 ", math("x")], r"\$5 $x$"),
        (["$5 ", code("$x")], r"\$5 `$x`"),
        (["a\\", em("b")], r"a\\*b*"),
        ([em("a\\")], r"*a\\*"),
        (["<a b='", em("c"), "'>"], r"\<a b='*c*'\>"),
        (["[a](", em("b"), ")"], r"\[a\](*b*)"),
        ([nodes.image(uri="u", alt="a]b`$")], r"![a\]b`$](u)"),
        # where emphasis would not parse
        ([strong("Bold:"), "text"], "<strong>Bold:</strong>text"),
        (["a", em("(b)"), "c"], "a<em>(b)</em>c"),
        (["a", em("b"), "c"], "a*b*c"),
        ([strong("a", em("(b)"), "c d")], "<strong>a<em>(b)</em>c d</strong>"),
        ([em("a"), em("b")], "*a*<em>b</em>"),
        ([em("a"), em("b"), em("c"), em("d")], "*a*<em>b</em>*c*<em>d</em>"),
        ([em("a"), strong("b")], "*a***b**"),
        ([em(strong("a"))], "***a***"),
        ([strong(em("a"))], "**<em>a</em>**"),
        ([strong(em("a"), " b")], "***a* b**"),
        ([strong("*Bold:"), "text*"], r"<strong>\*Bold:</strong>text\*"),
    ],
)  # fmt: skip
def test_nodes(content: list[str | nodes.Node], line: str) -> None:
    content = as_nodes(content)
    assert markdown(content) == line
    assert list(seen(parse(line))) == list(shown(content))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ([link("javascript:a", "x", em("y"))], "x*y*"),
        ([link("JavaScript:a", "x")], "x"),
        ([link(" vbscript:a", "x")], "x"),
        ([link("FILE:///etc/passwd", "x")], "x"),
        ([link("data:text/html,a", "x")], "x"),
        ([nodes.image(uri="data:image/svg+xml,x", alt="An *x*")], r"An \*x\*"),
        (["[x](javascript:a)"], r"\[x\](javascript:a)"),
    ],
)
def test_addresses_that_no_reader_should_follow(
    content: list[str | nodes.Node], line: str
) -> None:
    assert markdown(as_nodes(content)) == line


def test_a_heading_of_nodes() -> None:
    content = [em("a"), " #"]
    assert markdown(as_nodes(content), heading=True) == r"*a* \#"
    assert markdown(as_nodes(content)) == "*a* #"


# -- the property -------------------------------------------------------------------
# Both a tree and what the parser makes of its line are seen as characters, each with the
# elements around it. Spaces belong to no element: where they stand shows nothing.

Path = tuple[tuple[str, object], ...]


def number(items: Iterator[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
    """Characters with their elements numbered, white space squeezed."""
    order: dict[object, int] = {}
    pending = ""
    for item, path in items:
        if item.isspace():
            pending = (
                pending.rstrip(" ") + " " if item in " \t\n\r\v\f" else pending + item
            )
            continue
        if pending and order.get("any"):
            yield from ((space, ()) for space in pending)
        pending = ""
        order["any"] = 1
        yield (
            item,
            tuple((kind, order.setdefault(key, len(order))) for kind, key in path),
        )


def shown(content: Sequence[nodes.Node]) -> Iterator[tuple[str, Path]]:
    return number(_shown(content, ()))


NAMES = {
    nodes.strong: "strong",
    nodes.emphasis: "em",
    nodes.title_reference: "em",
    nodes.subscript: "sub",
    nodes.superscript: "sup",
}


def _shown(content: Sequence[nodes.Node], path: Path) -> Iterator[tuple[str, Path]]:
    inline = any(isinstance(node, nodes.Text) for node in content)
    for node in content:
        if isinstance(node, nodes.Text):
            yield from ((char, path) for char in str(node))
            continue
        assert isinstance(node, nodes.Element)
        name = next((NAMES[kind] for kind in NAMES if isinstance(node, kind)), None)
        if not (inline or isinstance(node, nodes.Inline)) or isinstance(
            node, nodes.math_block
        ):
            yield " ", ()
        if "figlist_citation" in node:
            keys = "; ".join(f"@{key}" for key in node["figlist_citation"])
            yield from ((char, path) for char in f"[{keys}]")
        elif "figlist_footnote" in node:
            yield from ((char, path) for char in f"[^{node['figlist_footnote']}]")
        elif isinstance(node, nodes.literal):
            text = re.sub("[\t-\r ]+", " ", node.astext())
            if text.strip(" "):
                yield f"code {text}", path
        elif isinstance(node, (nodes.math, nodes.math_block)):
            text = squeeze(node.astext().replace("% note\n", ""))
            if text:
                yield f"math {text}", path
        elif isinstance(node, nodes.image):
            yield f"image {node['uri']} {node.get('alt', '')}", path
        elif name:
            yield from _shown(node.children, (*path, (name, id(node))))
        elif isinstance(node, nodes.reference):
            url = node.get("refuri", "#")
            outward = (
                type(node) is nodes.reference
                and not node.get("internal")
                and url[0] != "#"
            )
            if outward and not any(kind == "link" for kind, _ in path):
                path_ = (*path, ("link", id(node)))
                yield from _shown(node.children, path_)
            else:
                yield from _shown(node.children, path)
        elif not isinstance(
            node, (nodes.Invisible, nodes.raw, nodes.system_message)
        ) or isinstance(node, nodes.target):
            yield from _shown(node.children, path)
        if not (inline or isinstance(node, nodes.Inline)) or isinstance(
            node, nodes.math_block
        ):
            yield " ", ()


def seen(tokens: Sequence[Token]) -> Iterator[tuple[str, Path]]:
    return number(_seen(tokens))


def _seen(tokens: Sequence[Token]) -> Iterator[tuple[str, Path]]:
    path: list[tuple[str, object]] = []
    for token in tokens:
        tag = re.fullmatch("<(/?)(em|strong|sub|sup)>", token.content)
        if token.type == "text":
            yield from ((char, tuple(path)) for char in token.content)
        elif token.type == "code_inline":
            yield f"code {token.content}", tuple(path)
        elif token.type == "math_inline":
            content = token.content.replace(r"\(", "$").replace(r"\)", "$")
            yield f"math {content.strip()}", tuple(path)
        elif token.type == "image":
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "text_special"}
            alt = "".join(child.content for child in token.children or ())
            yield f"image {token.attrs['src']} {alt}", tuple(path)
        elif token.type == "html_inline" and tag:
            if tag[1]:
                assert path.pop()[0] == tag[2]
            else:
                path.append((tag[2], id(token)))
        elif token.nesting == 1:
            path.append(({"a": "link"}.get(token.tag, token.tag), id(token)))
        elif token.nesting == -1:
            path.pop()
        else:
            assert token.content == "<!-- -->"
    assert not path


ATOMS = [
    *"***___```$$$[]()!<>&\\\\##ab1  .:\n\u00a0é—\"'/-",
    *("**", "__", "``", "](", "(u)", "[@k]", "[^k]", "&amp;", "&#35;", "<b>", "</b>"),
    *("<!--", "-->", "<?", "?>", "<a b='", "http://x.y", "me@x.org", "u 't')"),
]
texts = st.lists(st.sampled_from(ATOMS), min_size=1, max_size=12).map("".join)
words = st.sampled_from(
    ["a", "b ", " c", "(d)", "e:", "*", "_", "`", "$", "[", "]", "!"]
)
maths = st.sampled_from(["x", "a_1*b", "\\$", "y\\\\", "`<", " z "])
codes = st.lists(st.sampled_from("`* a\\$"), min_size=1, max_size=5).map("".join)
urls = st.sampled_from(["u", "http://x.org/a_(b)", "v?*x*&y`$1"])
leaves = st.one_of(
    *(texts.map(nodes.Text), words.map(nodes.Text), words.map(nodes.Text)),
    codes.map(code),
    maths.map(math),
    texts.map(lambda alt: nodes.image(uri="u", alt=squeeze(alt))),
    st.just(["k", "l_m"]).map(lambda keys: nodes.inline(figlist_citation=keys)),
)
trees = st.lists(
    st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda make, children: make(*children),
            st.sampled_from([em, em, strong, strong])
            | urls.map(lambda url: lambda *children: link(url, *children)),
            st.lists(inner, max_size=4),
        ),
        max_leaves=6,
    ),
    min_size=1,
    max_size=5,
)

reproducible = settings(
    derandomize=True, database=None, deadline=None, max_examples=600
)


@reproducible
@given(texts)
@example("\\`a` ``b`")
@example("$ \\$ a$")
def test_text_is_shown_as_it_is(text: str) -> None:
    """And where the bare text would show as it is, it stays bare."""
    text = squeeze(text)
    line = literal(text)
    assert plain(line) == text
    assert plain(literal(text, heading=True), heading=True) == text
    assert (line == text) == (plain(text) == text)


@pytest.mark.skipif(
    markdown_it.__version__ < "4",
    reason="markdown-it-py 3 forgets code spans of link texts that end in backticks",
)
@reproducible
@given(trees)
def test_nodes_are_parsed_back(tree: list[nodes.Node]) -> None:
    line = markdown(tree)
    assert list(seen(parse(line))) == list(shown(tree))
    assert "\n" not in line


# -- titles are read back -------------------------------------------------------------


def thawed(content: Content) -> list[nodes.Node]:
    return [
        nodes.Text(item)
        if isinstance(item, str)
        else fill(item[0](**dict(item[1])), thawed(item[2]))
        for item in content
    ]


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("plain", ["plain"]),
        (r"5 \* 3 \* 2, \$5 and $", ["5 * 3 * 2, $5 and $"]),
        ("a *b* **c** d", ["a ", em("b"), " ", strong("c"), " d"]),
        ("*a **b** c*", [em("a ", strong("b"), " c")]),
        ("***a** b*", [em(strong("a"), " b")]),
        ("__a__ _b_ c_d_e", [strong("a"), " ", em("b"), " c_d_e"]),
        ("`` a`b `` `c`", [code("a`b"), " ", code("c")]),
        ("$x_1 < y$ and $5", [math("x_1 < y"), " and $5"]),
        ("[a *b*](https://x.org/c_(d))", [link("https://x.org/c_(d)", "a ", em("b"))]),
        ("<https://x.org>", [link("https://x.org", "https://x.org")]),
        ("CO<sub>2</sub> at 10<sup>*9*</sup>", ["CO", nodes.subscript("", "2"), " at 10", fill(nodes.superscript(), [em("9")])]),
        ("<em>a</em>b <strong>c</strong>", [em("a"), "b ", strong("c")]),
        ("`a`<!-- -->`b`", [code("a"), code("b")]),
        ("<b>a</b> <sub>b </em> c</sup>", ["<b>a</b> <sub>b </em> c</sup>"]),
        ("*<sub>a* b</sub>", [em("<sub>a"), " b</sub>"]),
        ("![A *cat*](cat.png)!", ["A cat!"]),
        ("&copy; &amp;amp; &nosuch;", ["© &amp; &nosuch;"]),
        ("[@key; @b], p. 3[^note] [sic]", ["[@key; @b], p. 3[^note] [sic]"]),
        ("[a](javascript:b) # c", ["[a](javascript:b) # c"]),
        ("# a", ["# a"]),
    ],
)  # fmt: skip
def test_a_title_in_markdown(words: str, content: list[str | nodes.Node]) -> None:
    read = thawed(parsed(words))
    assert list(shown(read)) == list(shown(as_nodes(content)))


@pytest.mark.skipif(
    markdown_it.__version__ < "4",
    reason="markdown-it-py 3 forgets code spans of link texts that end in backticks",
)
@reproducible
@given(trees)
def test_a_title_that_is_the_caption_is_the_caption(tree: list[nodes.Node]) -> None:
    """Whatever a caption says is read back when a function gives it as the title."""
    content = [node for node in tree if not list(node.findall(nodes.image))]
    assert list(shown(thawed(parsed(markdown(content))))) == list(shown(content))


# -- what it costs ------------------------------------------------------------------

HOSTILE = [
    *("*", "_*", "*a", "a*", "**a*", "*a _b ", "`", "`a", "`a``", "$", "$a", "\\", "&a"),
    *("[", "![", "](", "[a](", "[a](b)", "[@a](b)", "[a](b '", "[[[a](b)", "[a](<"),
    *("<", "<a ", "<a b='", "<!--", "<?", "<a b", "<!A", "<![CDATA[", "\\$ $", "&#"),
]  # fmt: skip


def runs_of_backticks(size: int) -> str:
    """Runs of every length, so that none ends what another begins."""
    text = ""
    for length in count(1):
        text += "`" * length + "a"
        if len(text) > size:
            return text
    raise AssertionError


def calls(work: Callable[[], object]) -> int:
    """How many functions, also those of C, are called by *work*."""
    number = 0

    def note(frame: object, event: str, arg: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("part", [*HOSTILE, ""], ids=lambda part: part or "runs")
def test_work_grows_with_the_text_alone(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the text is at most twice the work, and a line is read a few times."""
    readings: list[str] = []
    read = escapes.read
    monkeypatch.setattr(
        escapes, "read", lambda text: readings.append(text) or read(text)
    )

    def text(size: int) -> str:
        return squeeze(part * (size // len(part))) if part else runs_of_backticks(size)

    def write(size: int) -> int:
        said = text(size)
        return calls(lambda: (literal(said), markdown([em(said), nodes.Text(said)])))

    literal(part)  # the parser is made
    assert write(4_000) < 2.2 * write(2_000)
    for line in readings:
        # Where so much could act, none of it is left for the parser to look for.
        assert len(re.findall(r"(?<!\\)(?:\\\\)*<", line)) <= 256
    readings.clear()
    line = literal(text(4_000))
    assert len(readings) <= 9
    assert line.replace("\\", "") == text(4_000).replace("\\", "")


def test_a_title_function_costs_what_its_title_is_long() -> None:
    parsed("`a`")  # the parser is made
    one, two = runs_of_backticks(2_000), runs_of_backticks(4_000)
    assert calls(lambda: parsed(two)) < 2.2 * calls(lambda: parsed(one))


def test_the_parser_is_left_alone_where_nothing_could_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(escapes, "parser")
    escapes._noting_parser.cache_clear()
    for text in ("Cliff [@a; @b], p. 3[^n] (left) ~ 5 > 3", "C#: #", "[a] (b)!"):
        assert literal(text) == text
        assert markdown([nodes.Text(text)]) == text
    with pytest.raises(NameError):
        literal("*a*")
