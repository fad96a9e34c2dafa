"""``numref``: whose number it prints, and the volume where that is another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx import addnodes

from ..assemble.model import dotted
from ..read.kinds import standard_domain
from .links import Links

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly


class Numref(NamedTuple):
    """A resolved ``numref`` to a figure."""

    kind: str
    docname: str
    id: str
    words: str
    #: Whether it leads into another volume, whose numbers are counted apart.
    elsewhere: bool


def numref(
    assembly: Assembly, docname: str, target: str, words: str | None
) -> Numref | None:
    """Resolve a ``numref`` in the document *docname* to the label *target*.

    :param words: the reference's own words; None for those of ``numfig_format``.
    :returns: None where it is not for a numbered figure.
    """
    book = assembly.book
    figure = assembly.figure(*book.labels.get(target, ("", "")))
    number = book.number(figure) if figure else None
    if figure is None or number is None:
        return None
    wanted = words
    if wanted is None:
        wanted = assembly.env.config.numfig_format.get(figure.kind, "")
    text = _formatted(
        wanted,
        dotted(number),
        standard_domain(assembly.env).labels.get(target, ("", "", ""))[2],
    )
    if text is None:
        return None
    volume = assembly.members.volume_of.get(figure.docname)
    elsewhere = (
        assembly.settings.restarts
        and volume is not None
        and volume is not assembly.members.volume_of.get(docname)
    )
    if elsewhere and words is None and volume is not None:
        text = f"{text} ({volume.label})"
    id_ = assembly.addresses.figure_id(figure)
    return Numref(figure.kind, figure.docname, id_, text, elsewhere)


def is_refused(assembly: Assembly, target: str, *, in_latex: bool) -> bool:
    """Whether Sphinx refuses a ``numref`` that :func:`numref` could not resolve.

    It said so where the caption stands: a copy is given the words that Sphinx leaves.
    """
    place = assembly.book.labels.get(target)
    if place is None:
        return False  # whether that is warned of is asked before
    if assembly.has((place[0], place[1])):
        return True
    numbered = place[0] in assembly.env.toc_secnumbers
    return not in_latex and not numbered  # LaTeX numbers any section


def name_volumes(
    assembly: Assembly, builder: Builder, docname: str, document: nodes.document
) -> None:
    """Let each ``numref`` to another volume's figure name that volume.

    In an output that lacks that volume it is plain text, whatever the numbers.  Where
    Sphinx's writer leaves the number out, so is every other ``numref`` to a figure.
    """
    spelled = assembly.output.unnumbered
    links = Links(builder, docname, assembly)
    for node in list(document.findall(addnodes.pending_xref)):
        if node.get("reftype") != "numref" or node.get("refdomain") != "std":
            continue
        refdoc = node.get("figlist_docname") or node.get("refdoc", docname)
        own_words = node.astext() if node.get("refexplicit") else None
        found = numref(assembly, refdoc, node["reftarget"], own_words)
        if found is None:
            continue
        reached = links.reaches(found.docname)
        if reached and not (found.elsewhere or spelled):
            continue
        words: list[nodes.Node] = [
            nodes.inline("", found.words, classes=["std", "std-numref"])
        ]
        link = links.to(found.docname, found.id, words)
        if builder.format == "latex" and isinstance(link, nodes.reference):
            form = _form(assembly, found, own_words)
            link = links.numbered(found.docname, found.id, form)
        node.replace_self(link)


def _form(assembly: Assembly, found: Numref, words: str | None) -> str:
    """The words around the number, for LaTeX to put it in."""
    if words is not None:
        return words
    form = assembly.env.config.numfig_format.get(found.kind, "")
    volume = assembly.members.volume_of.get(found.docname)
    return f"{form} ({volume.label})" if volume is not None else form


def _formatted(words: str, number: str, name: str) -> str | None:
    """*words* with the number put in, as Sphinx's own ``numref`` does it.

    None where Sphinx would warn of them: it is left to do so.
    """
    try:
        if "{name}" in words or "number" in words:
            if "{name}" in words and not name:
                return None
            return words.format(name=name, number=number)
        return words % number
    except (KeyError, IndexError, TypeError, ValueError):
        return None
