"""Source: theorems and their like of sphinx-proof."""

from __future__ import annotations

from typing import Final

from docutils import nodes
from sphinx.domains.std import StandardDomain
from sphinx.locale import get_translation

from . import enumerables
from .found import Found

#: The domains know the classes of theorems.
NODES: Final[tuple[type[nodes.Element], ...]] = ()


def find(node: nodes.Element, std: StandardDomain) -> Found | None:
    """A theorem: it prints its own words, not those of the kind it is counted with."""
    if not {"realtype", "countertype"} <= node.attributes.keys():
        return None
    found = enumerables.find(node, std)
    if found is None:
        return None
    caption = list(found.caption or ())
    form = str(getattr(std.env.config, "proof_title_format", "%t"))
    before, _, after = form.partition("%t")
    for place, around in ((0, before), (-1, after)):
        if caption and isinstance(text := caption[place], nodes.Text):
            words = text.astext()
            cut = words.removesuffix(around) if place else words.removeprefix(around)
            caption[place] = nodes.Text(cut)
    name = get_translation("proof")(str(node["realtype"]).title())
    return found._replace(caption=caption or None, words=f"{name} %s")
