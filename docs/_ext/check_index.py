"""The directive ``check-index``: every check, from the code that makes it."""

from __future__ import annotations

from inspect import getdoc

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinxext_figlist.registry import CHECKS, load


class CheckIndex(SphinxDirective):
    """Lists the registered checks by their names and docstrings."""

    def run(self) -> list[nodes.Node]:
        index = nodes.definition_list(classes=["check-index"])
        for name, check in CHECKS.items():
            term = nodes.term("", "", nodes.literal("", name))
            item = nodes.definition_list_item("", term)
            term["ids"].append(id_ := f"check-{nodes.make_id(name)}")
            term["names"].append(id_)  # for references from elsewhere
            self.state.document.note_explicit_target(term)
            definition = nodes.definition()
            description = getdoc(load(check.module, check.function)) or ""
            self._parse(description, name, definition)
            item += definition
            index += item
        return [index]

    def _parse(self, text: str, source: str, into: nodes.Element) -> None:
        """Put *text*, in the docstrings' reStructuredText, into a node."""
        from docutils.core import publish_doctree

        document = publish_doctree(
            text, f"<docstring of {source}>", settings_overrides={"report_level": 2}
        )
        into.extend(child.deepcopy() for child in document.children)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("check-index", CheckIndex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
