"""Tables of contents: what the toctrees of a page show of other documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def shown(env: BuildEnvironment, docname: str, of: set[str]) -> Iterator[object]:
    """The titles and numbers that a page's visible toctrees show.

    :param of: takes the documents whose tables of contents they show.
    """
    for toctree in env.tocs[docname].findall(addnodes.toctree):
        if not toctree.get("hidden"):
            depth = toctree.get("maxdepth", -1)
            limit = depth if depth > 0 else sys.maxsize
            yield toctree.get("caption")
            yield from _entries(env, toctree, limit, toctree.get("titlesonly"), (), of)


def _entries(
    env: BuildEnvironment,
    toctree: nodes.Element,
    depth: int,
    titles_only: bool,
    above: tuple[str, ...],
    of: set[str],
) -> Iterator[object]:
    """What *toctree* shows to *depth*, as Sphinx resolves it."""
    for title, docname in toctree["entries"] if depth > 0 else ():
        yield title, docname
        if docname in env.tocs and docname not in above:
            of.add(docname)
            around = (*above, docname)
            yield from _toc(env, env.tocs[docname], depth, titles_only, around, of)


def _toc(
    env: BuildEnvironment,
    toc: nodes.Element,
    depth: int,
    titles_only: bool,
    above: tuple[str, ...],
    of: set[str],
    *,
    inner: bool = False,
) -> Iterator[object]:
    """The lines of a document's table of contents, to *depth*."""
    for node in toc.children:
        if isinstance(node, addnodes.toctree):
            yield from _entries(env, node, depth, titles_only, above, of)
        elif isinstance(node, addnodes.compact_paragraph):
            if depth > 0 and not (inner and titles_only):
                yield node.astext(), _number(node.children[0])
        elif isinstance(node, nodes.bullet_list):
            yield from _toc(env, node, depth - 1, titles_only, above, of, inner=True)
        elif isinstance(node, nodes.Element):
            yield from _toc(env, node, depth, titles_only, above, of, inner=inner)


def _number(link: nodes.Node) -> object:
    """The section number that Sphinx put on a line's link."""
    return link.get("secnumber") if isinstance(link, nodes.reference) else None
