"""Characters: those that are not seen, superscripts and subscripts as plain text."""

from __future__ import annotations

from typing import Final
from unicodedata import category

from docutils import nodes
from sphinx.util.nodes import clean_astext

from ..controls import in_xml

_RAISED: Final = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ",
)
_LOWERED: Final = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
)


def is_blank(text: str) -> bool:
    """Whether there is nothing to be seen of *text*."""
    return all(char.isspace() or category(char) in {"Cf", "Cc"} for char in text)


def raised(text: str) -> str:
    """*text* in superscript; behind ``^`` where Unicode lacks such a character."""
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """*text* in subscript; behind ``_`` where Unicode lacks such a character."""
    return _shifted(text, _LOWERED, "_")


def title_text(title: nodes.Element) -> str:
    """The text of a section's title."""
    if all(isinstance(child, nodes.Text) for child in title.children):
        return in_xml(title.astext())  # the common case, without a deep copy
    title = title.deepcopy()
    # The inner ones first: `findall` yields them after those around them.
    for node in reversed([*title.findall(_is_script)]):
        shifted = raised if isinstance(node, nodes.superscript) else lowered
        node.parent.replace(node, nodes.Text(shifted(node.astext())))
    return in_xml(clean_astext(title))


def _is_script(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.superscript, nodes.subscript))


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    if all(ord(char) in table for char in words):
        shifted = words.translate(table)
    else:
        shifted = f"{mark}{words}" if len(words) == 1 else f"{mark}({words})"
    return text.replace(words, shifted, 1)
