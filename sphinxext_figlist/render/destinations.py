"""Places to which rst2pdf cannot link, and so makes no PDF at all.

It writes the place of a figure or a code block with the next paragraph, if one follows.
A target in a text has its place there.
"""

from __future__ import annotations

from docutils import nodes


def add(document: nodes.document) -> None:
    """Give what captions are of, and what links lead to, a place of its own.

    :param document: all documents as one.
    """
    wanted = {
        str(link.get("refid") or link.get("refuri", "")).rpartition("#")[2]
        for link in document.findall(nodes.reference)
        if link.get("internal") or link.get("refid")
    }
    holders: list[nodes.Element] = [
        *document.findall(nodes.figure),
        *document.findall(nodes.container),
    ]
    for node in holders:
        if ids := [id_ for id_ in node["ids"] if id_ in wanted]:
            caption = _caption(node)
            if caption is None:
                caption = nodes.paragraph()
                node.parent.insert(node.parent.index(node), caption)
            for id_ in ids:
                caption.insert(0, nodes.target("", "", ids=[id_]))


def _caption(node: nodes.Element) -> nodes.Element | None:
    """The caption of *node*, in which a place can stand."""
    return next((one for one in node if isinstance(one, nodes.caption)), None)
