"""Characters: those that are not seen, superscripts and subscripts as plain text."""

from __future__ import annotations

from typing import Final
from unicodedata import category

from docutils import nodes

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


def seen(text: str) -> str:
    """*text* without characters that only say how others are set, but soft hyphens."""
    if text.isascii():
        return text
    return "".join(c for c in text if c == "\u00ad" or category(c) != "Cf")


def raised(text: str) -> str:
    """*text* in superscript; behind ``^`` where Unicode lacks such a character."""
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """*text* in subscript; behind ``_`` where Unicode lacks such a character."""
    return _shifted(text, _LOWERED, "_")


def title_text(title: nodes.Element) -> str:
    """The text of a section's title or a caption.

    Without what is no text, as Sphinx's ``clean_astext`` has it, but made of no copy.
    """
    return in_xml(_said(title))


def words(text: nodes.Text) -> str:
    """The words of a node of text, without the marks of escapes."""
    return text.astext() if "\0" in text else str(text)


def _said(node: nodes.Node) -> str:
    if isinstance(node, (nodes.image, nodes.raw)):
        return ""
    if not isinstance(node, nodes.Element) or not node.children:
        return node.astext()
    said = node.child_text_separator.join(
        [
            child
            if child.__class__ is nodes.Text and "\0" not in child
            else _said(child)
            for child in node.children
        ]
    )
    if isinstance(node, nodes.superscript):
        return raised(said)
    return lowered(said) if isinstance(node, nodes.subscript) else said


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    if all(ord(char) in table for char in words):
        shifted = words.translate(table)
    else:
        shifted = f"{mark}{words}" if len(words) == 1 else f"{mark}({words})"
    return text.replace(words, shifted, 1)
