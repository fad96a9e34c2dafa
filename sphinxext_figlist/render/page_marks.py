"""What a LaTeX build leaves in its ``.aux`` for page numbers: labels, a fingerprint."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from ..proofs.aux import FINGERPRINT, own_label
from .anchors import Placed
from .uncaptioned import caption_of


def add(document: nodes.document, figures: Iterable[Placed], fingerprint: str) -> None:
    """Mark *document*, that of a whole PDF."""
    for figure in figures:
        node = figure.node
        # Sphinx writes a label with a caption, and for an id, alone.
        if node.children and not (node["ids"] and caption_of(node)):
            id_ = node["ids"][0] if node["ids"] else figure.anchor
            if id_:
                mark = rf"\label{{\detokenize{{{own_label(figure.docname, id_)}}}}}"
                # Not first: Sphinx looks at a first picture for its width.
                node.insert(1, _raw(rf"\ifhmode\unskip\fi{mark}%" + "\n"))
    # At the end: a build that broke off leaves none.
    written = rf"\string\gdef\string\{FINGERPRINT}{{{fingerprint}}}"
    line = rf"\makeatletter\immediate\write\@auxout{{{written}}}\makeatother"
    document += _raw(f"\n{line}\n")


def _raw(latex: str) -> nodes.inline:
    """LaTeX that the writer sets no line breaks around."""
    return nodes.inline("", "", nodes.raw("", latex, format="latex"))
