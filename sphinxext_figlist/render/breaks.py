"""Paths, names and addresses, which may be broken behind their marks."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from docutils import nodes

#: Behind these, before a letter.  Compiled when it is first used.
_BREAKS: Final = r"(?<=[/._:-])(?=[^/._:-])"
#: Where LaTeX may break a word.
IN_LATEX: Final = r"\allowbreak{}"
#: Shorter words need no breaks.
SHORT: Final = 12


def parts(words: str) -> list[str]:
    """*words* as they may be broken."""
    return re.split(_BREAKS, words)


def in_html(words: str) -> nodes.raw:
    """*words* with their breaks."""
    return nodes.raw(words, _with_breaks(words), format="html")


def code_in_html(words: str) -> nodes.raw:
    """*words* as code, with their breaks."""
    said = f'<code class="docutils literal notranslate">{_with_breaks(words)}</code>'
    return nodes.raw(words, said, format="html")


def spread(content: list[nodes.Node]) -> list[nodes.Node]:
    """*content* with the breaks of the code in it: browsers break none of it."""
    for node in content:
        if not isinstance(node, nodes.Text):
            for code in list(node.findall(nodes.literal)):
                words = code.astext()
                if len(words) > SHORT and not code["classes"]:
                    broken = code_in_html(words)
                    if code is node:
                        return spread([broken if n is node else n for n in content])
                    code.replace_self(broken)
    return content


def _with_breaks(words: str) -> str:
    return "<wbr />".join(map(escape, parts(words)))


def in_latex(words: str) -> list[nodes.Node]:
    """*words* with their breaks."""
    broken: list[nodes.Node] = []
    for part in parts(words):
        broken += [nodes.Text(part), nodes.raw("", IN_LATEX, format="latex")]
    return broken[:-1]
