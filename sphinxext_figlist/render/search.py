"""The field that narrows a list: its place on the page, which a script fills."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes

from ..words import _


class figlist_search(nodes.General, nodes.Element):
    """Where the script puts its field; without text, so that no search finds it."""


def visit_html(self: Any, node: figlist_search) -> None:
    """Write the words of the field and what it finds; the script does the rest."""
    data = {
        "label": _("Search this list"),
        "count": _("%(shown)s of %(all)s shown"),
        "none": _("Nothing found"),
        "unseen": node["unseen"],
    }
    # In an attribute, where no text can end the element.
    words = escape(json.dumps(data, ensure_ascii=False))
    self.body.append(
        f'<div class="figlist-search" data-figlist="{words}" hidden="hidden">'
    )
    self.body.append("</div>\n")
    raise nodes.SkipNode
