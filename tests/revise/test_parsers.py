"""Random texts at random places, read by docutils and MyST themselves.

By hand: ``FIGLIST_ROUNDS=3000 pytest tests/revise/test_parsers.py``.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.utils import Reporter
from support.random_book import blank, markdown, text
from support.random_book import rst as rst_block

from sphinxext_figlist.assemble.places import said
from sphinxext_figlist.revise import inline, myst, rst
from sphinxext_figlist.revise.source import Refused, Source

ROUNDS = int(os.environ.get("FIGLIST_ROUNDS", "40"))
SEED = int(os.environ.get("FIGLIST_SEED", "0"))
EXTENSIONS = ["colon_fence", "dollarmath", "html_image"]
QUIET: dict[str, Any] = {
    "report_level": Reporter.SEVERE_LEVEL + 1,
    "halt_level": Reporter.SEVERE_LEVEL + 1,
    "warning_stream": "",
}


def read(source: str, *, is_markdown: bool) -> nodes.document:
    if not is_markdown:
        return publish_doctree(source, settings_overrides=QUIET)
    from myst_parser.docutils_ import Parser

    settings = {
        **QUIET,
        "myst_enable_extensions": EXTENSIONS,
        "myst_suppress_warnings": ["myst"],
    }
    return publish_doctree(source, parser=Parser(), settings_overrides=settings)


def pictures(document: nodes.document) -> list[nodes.image]:
    return list(document.findall(nodes.image))


def shape(node: nodes.Node) -> object:
    """A document without its alt texts and lines."""
    if isinstance(node, nodes.Text):
        return str(node)
    assert isinstance(node, nodes.Element)
    attributes = {
        name: str(value)
        for name, value in node.attributes.items()
        if name not in {"line", "source"}
        and not (name == "alt" and node.tagname == "image")
    }
    return (
        node.tagname,
        sorted(attributes.items()),
        [shape(child) for child in node.children],
    )


def clean(alts: Iterable[str | None]) -> list[str]:
    return [said(alt) for alt in alts]


def test_rounds() -> None:
    asked = refused = 0
    md = inline.parser({"enable_extensions": set(EXTENSIONS)})
    for number in range(ROUNDS):
        dice = random.Random(SEED + number)
        is_markdown = dice.random() < 0.5
        make = markdown if is_markdown else rst_block
        words = "\n".join(make(dice, place) for place in range(dice.randint(1, 5)))
        if "graphviz" in words or "figure-md" in words or "eval-rst" in words:
            continue  # Sphinx's own
        ending = dice.choice(["\n", "\r\n", "\r"])
        whole = Source.decoded(words.replace("\n", ending).encode())
        found = list(
            myst.sites(whole.lines(), whole.line_end, md)
            if is_markdown
            else rst.sites(whole.lines(), whole.line_end)
        )
        sites = [
            site
            for site in found
            if site.targets[:1] and site.targets[0].endswith(".png")
        ]
        if not sites:
            continue
        site = dice.choice(sites)
        alt = "" if dice.random() < 0.1 else text(dice)
        asked += 1
        try:
            after = whole.spliced(site.edit(alt))
        except Refused:
            refused += 1
            continue
        context = f"seed {SEED + number}: {alt!r}\n{whole.text}\n---\n{after.text}"
        name = "x.md" if is_markdown else "x.rst"
        assert blank(name, after.encoded()) == blank(name, whole.encoded()), context
        before, now = (
            read(
                one.text.replace("\r\n", "\n").replace("\r", "\n"),
                is_markdown=is_markdown,
            )
            for one in (whole, after)
        )
        assert shape(now) == shape(before), context
        old = clean(picture.get("alt") for picture in pictures(before))
        new = clean(picture.get("alt") for picture in pictures(now))
        changed = {pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]}
        assert {pair[1] for pair in changed} <= {alt}, context
        assert changed or said(site.alt) == alt or site.default, context
    assert refused <= asked / 2
