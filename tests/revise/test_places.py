"""Edits of alt texts in sources: each syntax, and every byte around."""

from __future__ import annotations

import pytest

from sphinxext_figlist.revise import inline, myst, rst
from sphinxext_figlist.revise.sites import Site
from sphinxext_figlist.revise.source import Refused, Source

SETTINGS = {
    "enable_extensions": {"colon_fence", "dollarmath", "html_image", "substitution"}
}


def sites(source: Source, *, markdown: bool) -> list[Site]:
    if markdown:
        md = inline.parser(SETTINGS)
        return list(myst.sites(source.lines(), source.line_end, md))
    return list(rst.sites(source.lines(), source.line_end))


def edited(
    text: str | bytes, alt: str, *, markdown: bool, target: str = "a.png"
) -> str:
    """*text* when the one place of *target* in it says *alt*."""
    data = text if isinstance(text, bytes) else text.encode()
    source = Source.decoded(data)
    (site,) = [
        one
        for one in sites(source, markdown=markdown)
        if target in one.targets or (one.draws and not target)
    ]
    after = source.spliced(site.edit(alt)).encoded().decode()
    again = Source.decoded(after.encode())
    (site,) = [
        one
        for one in sites(again, markdown=markdown)
        if target in one.targets or (one.draws and not target)
    ]
    assert " ".join((site.alt or "").split()) == alt
    return after


RST = {
    "an option": (
        ".. figure:: a.png\n   :name: x\n   :alt: old\n\n   Caption.\n",
        ".. figure:: a.png\n   :name: x\n   :alt: new\n\n   Caption.\n",
    ),
    "no options": (
        ".. image:: a.png\n\nText\n",
        ".. image:: a.png\n   :alt: new\n\nText\n",
    ),
    "other options": (
        ".. image:: a.png\n     :width: 3em\n",
        ".. image:: a.png\n     :alt: new\n     :width: 3em\n",
    ),
    "several lines": (
        ".. image:: a.png\n   :alt: old\n     and\n\tmore\n   :width: 3em\n",
        ".. image:: a.png\n   :alt: new\n   :width: 3em\n",
    ),
    "an empty option": (
        ".. image:: a.png\n   :alt:\n   :width: 3em\n",
        ".. image:: a.png\n   :alt: new\n   :width: 3em\n",
    ),
    "a list": (
        "* one\n\n  - .. image:: a.png\n\n* two\n",
        "* one\n\n  - .. image:: a.png\n       :alt: new\n\n* two\n",
    ),
    "an argument on the next line": (
        ".. figure::\n   a.png\n   :width: 1em\n\n   Caption\n",
        ".. figure::\n   a.png\n   :alt: new\n   :width: 1em\n\n   Caption\n",
    ),
    "a caption and no options": (
        ".. figure:: a.png\n\n      Caption\n",
        ".. figure:: a.png\n      :alt: new\n\n      Caption\n",
    ),
    "a substitution": (
        ".. |x y| image:: a.png\n   :height: 1em\n",
        ".. |x y| image:: a.png\n   :alt: new\n   :height: 1em\n",
    ),
    "tabs": (
        "-\t.. image:: a.png\n\t   :alt:\told\n",
        "-\t.. image:: a.png\n\t   :alt:\tnew\n",
    ),
    "Windows' line ends": (
        ".. image:: a.png\r\n   :width: 1em\r\nText\r\n",
        ".. image:: a.png\r\n   :alt: new\r\n   :width: 1em\r\nText\r\n",
    ),
    "old line ends": (
        ".. image:: a.png\r\rText",
        ".. image:: a.png\r   :alt: new\r\rText",
    ),
    "no line end": (".. image:: a.png", ".. image:: a.png\n   :alt: new"),
    "a byte-order mark": (
        "\ufeff.. image:: a.png\n   :alt: old\n",
        "\ufeff.. image:: a.png\n   :alt: new\n",
    ),
    "a cell": (
        (
            "+-----------------+---+\n| .. image:: a.png| b |\n|    :alt: x      |   |\n"
            "+-----------------+---+\n"
        ),
        (
            "+-----------------+---+\n| .. image:: a.png| b |\n|    :alt: new    |   |\n"
            "+-----------------+---+\n"
        ),
    ),
    "a card": (
        ".. card:: Title\n   :img-top: a.png\n   :link: x\n\n   Text\n",
        ".. card:: Title\n   :img-alt: new\n   :img-top: a.png\n   :link: x\n\n   Text\n",
    ),
    "blank lines at the end": (
        ".. image:: a.png\n   :alt: old   \n\n\n",
        ".. image:: a.png\n   :alt: new   \n\n\n",
    ),
}


@pytest.mark.parametrize("name", RST)
def test_rst(name: str) -> None:
    before, after = RST[name]
    assert edited(before, "new", markdown=False) == after


def test_rst_is_bare() -> None:
    hostile = r"a: `b` *c* \d |e| :f: 'g' \"h\" # ..i:: \u00e9"
    assert hostile in edited(".. image:: a.png\n", hostile, markdown=False)


def test_decorative() -> None:
    for before, after in {
        ".. image:: a.png\n   :alt: old\n": ".. image:: a.png\n   :alt:\n",
        ".. image:: a.png\n": ".. image:: a.png\n   :alt:\n",
    }.items():
        assert edited(before, "", markdown=False) == after
    for before, after in {
        "```{image} a.png\n:alt: old\n```\n": "```{image} a.png\n:alt:\n```\n",
        '```{image} a.png\n:alt: "old"\n```\n': '```{image} a.png\n:alt: ""\n```\n',
        "```{image} a.png\n```\n": "```{image} a.png\n:alt:\n```\n",
        '<img src="a.png" alt="old">\n': '<img src="a.png" alt="">\n',
        "<img src=a.png>\n": '<img src=a.png alt="">\n',
    }.items():
        assert edited(before, "", markdown=True) == after
    with pytest.raises(Refused, match="directive with an empty :alt:"):
        edited("![old](a.png)\n", "", markdown=True)


def test_a_cell_grows() -> None:
    before = """\
+----------------------+-------+
| .. image:: a.png     | left  |
|                      | alone |
+----------------------+-------+
| c                    | d     |
+----------------------+-------+
"""
    after = edited(before, "a text of more than one line", markdown=False)
    assert (
        after
        == """\
+----------------------+-------+
| .. image:: a.png     | left  |
|    :alt: a text of   | alone |
|      more than one   |       |
|      line            |       |
+----------------------+-------+
| c                    | d     |
+----------------------+-------+
"""
    )
    with pytest.raises(Refused, match="make the column wider"):
        edited(before, "w" * 30, markdown=False)


MYST = {
    "an option": (
        "```{figure} a.png\n:name: x\n:alt: old\nCaption.\n```\n",
        "```{figure} a.png\n:name: x\n:alt: new\nCaption.\n```\n",
    ),
    "a colon fence": (
        ":::{image} a.png\n:::\n",
        ":::{image} a.png\n:alt: new\n:::\n",
    ),
    "YAML": (
        "```{figure} a.png\n---\nalt: 'old: it''s'\nwidth: 1em\n---\nCaption\n```\n",
        "```{figure} a.png\n---\nalt: 'new'\nwidth: 1em\n---\nCaption\n```\n",
    ),
    "YAML without": (
        "```{figure} a.png\n---\nwidth: 1em\n---\nCaption\n```\n",
        "```{figure} a.png\n---\nalt: new\nwidth: 1em\n---\nCaption\n```\n",
    ),
    "a block": (
        "```{figure} a.png\n---\nalt: |\n   old\n   more\n\nwidth: 1em\n---\n```\n",
        "```{figure} a.png\n---\nalt: |\n   new\n\nwidth: 1em\n---\n```\n",
    ),
    "a folded block behind colons": (
        "```{figure} a.png\n:alt: >\n:  old\n:  more\n:width: 1em\n```\n",
        "```{figure} a.png\n:alt: >\n:  new\n:width: 1em\n```\n",
    ),
    "several plain lines": (
        "```{figure} a.png\n:alt: old\n: more\n:width: 1em\n```\n",
        "```{figure} a.png\n:alt: new\n:width: 1em\n```\n",
    ),
    "a comment": (
        "```{figure} a.png\n:alt: old # why\n```\n",
        "```{figure} a.png\n:alt: new # why\n```\n",
    ),
    "a quotation over lines": (
        '```{figure} a.png\n:alt: "old\n:  \\"more\\""\n:width: 1em\n```\n',
        '```{figure} a.png\n:alt: "new"\n:width: 1em\n```\n',
    ),
    "in a quote": (
        "> 1. ```{image} a.png\n>    ```\n",
        "> 1. ```{image} a.png\n>    :alt: new\n>    ```\n",
    ),
    "nested": (
        "::::{note}\nText\n\n:::{figure} a.png\nCaption\n:::\n::::\n",
        "::::{note}\nText\n\n:::{figure} a.png\n:alt: new\nCaption\n:::\n::::\n",
    ),
    "rST inside": (
        "```{eval-rst}\n.. image:: a.png\n   :alt: old\n```\n",
        "```{eval-rst}\n.. image:: a.png\n   :alt: new\n```\n",
    ),
    "a picture": ("Text ![old](a.png) text\n", "Text ![new](a.png) text\n"),
    "a picture over lines": ("![old\n  text](a.png)\n", "![new](a.png)\n"),
    "a link": ("[![old](a.png)](there)\n", "[![new](a.png)](there)\n"),
    "a reference": ("![old][x]\n\n[x]: a.png\n", "![new][x]\n\n[x]: a.png\n"),
    "a short reference": ("![old]\n\n[old]: a.png\n", "![new][old]\n\n[old]: a.png\n"),
    "an empty reference": (
        "![old][]\n\n[old]: a.png\n",
        "![new][old]\n\n[old]: a.png\n",
    ),
    "a figure-md": (
        "```{figure-md}\n:name: x\n![old](a.png)\n\nCaption\n```\n",
        "```{figure-md}\n:name: x\n![new](a.png)\n\nCaption\n```\n",
    ),
    "a table": (
        "| a | b |\n|---|---|\n| a | ![](a.png) |\n",
        "| a | b |\n|---|---|\n| a | ![new](a.png) |\n",
    ),
    "HTML": (
        "Text <img src='a.png' alt='old'/> text\n",
        "Text <img src='a.png' alt='new'/> text\n",
    ),
    "an HTML block": (
        '<img width="3"\n  src="a.png">\n',
        '<img width="3"\n  src="a.png" alt="new">\n',
    ),
    "a card": (
        ":::{card} Title\n:img-top: a.png\nText\n:::\n",
        ":::{card} Title\n:img-alt: new\n:img-top: a.png\nText\n:::\n",
    ),
    "Windows' line ends": (
        "```{image} a.png\r\n```\r\n\r\nText\r\n",
        "```{image} a.png\r\n:alt: new\r\n```\r\n\r\nText\r\n",
    ),
    "a heading": ("# T ![old](a.png) #\n", "# T ![new](a.png) #\n"),
    "a list": ("- ![b](b.png)\n  ![old](a.png)\n", "- ![b](b.png)\n  ![new](a.png)\n"),
}


@pytest.mark.parametrize("name", MYST)
def test_myst(name: str) -> None:
    before, after = MYST[name]
    assert edited(before, "new", markdown=True) == after


HOSTILE = (
    "colon: and # hash",
    'it\'s "quoted"',
    "- dash",
    "[brackets] and ](x)",
    "*stars* _and_ `ticks`",
    "a | b",
    "<b> &amp; <!--",
    "back\\slash \\[ \\\\",
    "$x$ {{y}} {z}`w`",
    "null",
    "2024-01-01",
    "! ? % @ & * |",
    "\u00fcml\u00e4ut \u4e2d\u6587 \U0001f600",
    ": begins",
    "ends:",
    "'",
    '"',
    "#",
    "![a](b)",
    "~~x~~ ^y^ ==z==",
)
FORMS = (
    ".. image:: a.png\n   :alt: old\n",
    ".. image:: a.png\n\n",
    "```{image} a.png\n:alt: old\n```\n",
    "```{image} a.png\n:alt: 'old'\n```\n",
    '```{image} a.png\n:alt: "old"\n```\n',
    "```{image} a.png\n```\n",
    "```{image} a.png\n---\nalt: >-\n  old\n---\n```\n",
    "a ![old](a.png) *b* ![c](d.png)\n",
    "![old]\n\n[old]: a.png\n",
    "| a |\n|---|\n| ![old](a.png) |\n",
    "a <img src='a.png' alt='old'>\n",
    '<img alt="old" src="a.png">\n',
)


def keeps_escapes() -> bool:
    (site,) = sites(Source.decoded(b"![\\*](a.png)\n"), markdown=True)
    return site.alt == "*"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("alt", HOSTILE)
def test_hostile(form: str, alt: str) -> None:
    """The text comes back, whatever is in it."""
    try:
        after = edited(form, alt, markdown=not form.startswith(".."))
    except Refused:
        # Older MyST leaves out of a picture's text what has a backslash.
        assert "![" in form
        assert not keeps_escapes()
        return
    assert edited(after, "old", markdown=not form.startswith("..")) != after


def test_substituted() -> None:
    with pytest.raises(Refused, match="substitution"):
        edited("![a {{x}}](a.png)\n", "new", markdown=True)


def test_encodings() -> None:
    latin = ".. image:: a.png\n   :alt: \xe4lter\n\n\xe9t\xe9\n".encode("latin-1")
    source = Source.decoded(latin, "latin-1")
    (site,) = sites(source, markdown=False)
    after = source.spliced(site.edit("j\xfcnger")).encoded()
    assert after == latin.replace(
        "\xe4lter".encode("latin-1"), "j\xfcnger".encode("latin-1")
    )
    with pytest.raises(Refused, match="does not have the character"):
        source.spliced(site.edit("\u4e2d")).encoded()
    with pytest.raises(Refused, match="cannot be read"):
        Source.decoded(latin)
