"""Random books of pictures in every syntax, and random alt texts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from sphinxext_figlist.assemble.places import said
from support.trees import conf, png

PICTURES = [f"{name}.png" for name in "abcdefgh"]
SETTINGS = {
    "extensions": ["sphinxext_figlist", "myst_parser", "sphinx.ext.graphviz"],
    "myst_enable_extensions": ["colon_fence", "dollarmath", "html_image"],
    "figlist_pictures": "all",
    "exclude_patterns": ["part.*"],
    "figlist_formats": ["csv"],
    "suppress_warnings": ["image.not_readable", "figlist"],
}

#: What a text is made of.
WORDS = (
    *(
        "wave",
        "A tall one",
        "of",
        "the",
        "\u00fcber",
        "\u4e2d\u6587",
        "\U0001f30a",
        "3.5",
    ),
    *(
        ":",
        "a: b",
        "#",
        "# x",
        "'",
        '"',
        "\\",
        "\\n",
        "`",
        "``x``",
        "*",
        "**b**",
        "_c_",
    ),
    *(
        "[",
        "]",
        "](",
        "![x](y)",
        "{",
        "}",
        "$",
        "|",
        "||",
        "<",
        ">",
        "<b>",
        "&",
        "&amp;",
    ),
    *("-", "--", "=", "+", "@", "%", "~", "^", "!", "?", ";", ",", "(", ")", ".. x::"),
    *(":alt:", "---", "yes", "null", "2020-01-01", "e\u0301", "\u00a0", "\u200b", "x_"),
)


def text(dice: random.Random) -> str:
    words = dice.choices(WORDS, k=dice.randint(1, 6))
    joined = dice.choice([" ", "", " ", "  "]).join(words)
    return said(joined) or "x"


def plain(dice: random.Random) -> str:
    """A text that every syntax has as it is."""
    return " ".join(dice.choices(["wave", "tall", "boat", "sea"], k=dice.randint(1, 4)))


def rst(dice: random.Random, place: int) -> str:
    picture, alt = dice.choice(PICTURES), dice.choice(["", plain(dice), None])
    if alt and dice.random() < 0.3:
        alt = alt.replace(" ", "\n     ", 1)
    option = "" if alt is None else f"   :alt: {alt}".rstrip() + "\n"
    width = dice.choice(["", "   :width: 30px\n", "   :height: 30px\n"])
    options = dice.choice([option + width, width + option])
    block = dice.choice(
        [
            f".. figure:: {picture}\n{options}\n   Caption {place}\n",
            f".. figure:: {picture}\n   :name: r{place}\n{options}",
            f".. image:: {picture}\n{options}",
            f".. |s{place}| image:: {picture}\n{options}\n\n|s{place}| |s{place}|\n",
            f".. graphviz::\n{option}   :caption: G {place}\n\n   digraph {{ a{place} }}\n",
        ]
    )
    around: Callable[[str], str] = dice.choice(
        [
            lambda inner: inner,
            lambda inner: inner,
            lambda inner: "- Item\n\n" + indented(inner, "  "),
            lambda inner: ".. note::\n\n" + indented(inner, "   "),
            lambda inner: (
                ".. list-table::\n\n   * - x\n\n" + indented(inner, "       ")
            ),
            lambda inner: "Term\n" + indented(inner, "\t"),
        ]
    )
    return around(block)


def markdown(dice: random.Random, place: int) -> str:
    picture, alt = dice.choice(PICTURES), dice.choice(["", plain(dice), None])
    option = "" if alt is None else f":alt: {alt}".rstrip() + "\n"
    if alt and dice.random() < 0.4:
        option = dice.choice(
            [f':alt: "{alt}"\n', f":alt: '{alt}'\n", f":alt: {alt} # note\n"]
        )
    yaml = dice.choice([f"alt: {alt}\n", f"alt: |\n  {alt}\n", f"alt: >-\n    {alt}\n"])
    fence = dice.choice(["```", ":::"])
    alt = alt or ""
    block = dice.choice(
        [
            f"{fence}{{figure}} {picture}\n{option}\nCaption {place}\n{fence}\n",
            f"{fence}{{figure}} {picture}\n---\n{yaml}width: 30px\n---\nC {place}\n{fence}\n",
            f"{fence}{{image}} {picture}\n{option}{fence}\n",
            f"```{{figure-md}}\n![{alt}]({picture})\n\nCaption {place}\n```\n",
            f"Words ![{alt}]({picture}) words ![other]({dice.choice(PICTURES)}).\n",
            f"![{alt or 'x'}][l{place}]\n\n[l{place}]: {picture}\n",
            f"| a | b |\n|---|---|\n| ![{alt}]({picture}) | c |\n",
            f'Words <img src="{picture}" alt="{alt}"> words.\n',
            f'<img src="{picture}">\n',
            f"```{{eval-rst}}\n.. image:: {picture}\n   :alt: {alt}\n```\n",
        ]
    )
    around: Callable[[str], str] = dice.choice(
        [
            lambda inner: inner,
            lambda inner: inner,
            lambda inner: "> " + indented(inner, "> ").lstrip("> "),
            lambda inner: "- " + indented(inner, "  ").lstrip(),
            lambda inner: f"::::{{note}}\n{inner}::::\n",
        ]
    )
    return around(block)


def indented(block: str, space: str) -> str:
    return "".join(
        space + line if line.strip() or ">" in space else line
        for line in block.splitlines(keepends=True)
    )


def book(dice: random.Random) -> dict[str, str | bytes]:
    one = [rst(dice, place) for place in range(dice.randint(2, 6))]
    two = [markdown(dice, place) for place in range(dice.randint(2, 6))]
    files: dict[str, str] = {
        "index.rst": "Book\n====\n\n.. toctree::\n\n   one\n   two\n",
        "one.rst": "One\n===\n\n" + "\n".join(one),
        "two.md": "# Two\n\n" + "\n".join(two),
    }
    if dice.random() < 0.3:
        files["part.txt"] = rst(dice, 90)
        files["one.rst"] += "\n.. include:: part.txt\n"
    ending = dice.choice(["\n", "\n", "\r\n"])
    mark = dice.choice(["", "", "\ufeff"])
    whole: dict[str, str | bytes] = {
        name: (mark + words.replace("\n", ending)).encode()
        for name, words in files.items()
    }
    whole |= {picture: png(place) for place, picture in enumerate(PICTURES)}
    return whole | {"conf.py": conf(**SETTINGS)}


def edited_meanwhile(dice: random.Random, source: Path) -> None:
    """What an author does while the sheet is away."""
    for name in ("one.rst", "two.md"):
        path = source / name
        data = path.read_bytes()
        if dice.random() < 0.3:
            data += b"\n\nMore words.\n"
        if dice.random() < 0.3:
            data = re.sub(rb"(wave|boat)", b"ship", data, count=1)
        if dice.random() < 0.2:
            head, between, rest = data.partition(b"\n\n")
            data = head + between + b"New words.\n\n" + rest
        path.write_bytes(data)


def blank(name: str, data: bytes) -> str:
    """A source without its alt texts."""
    kept, deeper = [], -1
    for line in data.decode().splitlines(keepends=True):
        words = line.lstrip("> \t")
        indent = len(line) - len(words)
        if words.startswith(("alt:", ":alt:")):
            deeper = indent
        elif deeper < 0 or not words.strip() or indent <= deeper:
            kept.append(line)
            deeper = -1
    words = "".join(kept)
    if name.endswith(".md"):
        words = re.sub(r"!\[(?:[^\]\\]|\\.)*\](?=[(\[])", "![]", words)
        words = re.sub(r' alt="[^"]*"', "", words)
    return words
