"""The directives ``setting`` and ``setting-index``: settings, from their code."""

from __future__ import annotations

from typing import Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import ConfigurationValue
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinxext_figlist.config.values import VALUES

#: A default that is longer than this is shown an item a line.
_LONG: Final = 40


def shown(default: Any) -> str:
    """A default value as one writes it in ``conf.py``."""
    text = repr(default).replace("'", '"')
    return text if len(text) <= _LONG else "[...]"


class Setting(ConfigurationValue):
    """A ``confval`` whose default comes from the code."""

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in VALUES:
            raise self.error(f"{name} is not a setting of figlist")
        self.name = "std:confval"
        self.options["default"] = ""  # see below
        return super().run()

    def format_default(self, default: str) -> tuple[nodes.field, list[Any]]:
        """The default, and what a change of it costs."""
        value = VALUES[self.arguments[0]]
        body: nodes.Node = nodes.paragraph(
            "", "", nodes.literal("", text := shown(value.default))
        )
        if text == "[...]":
            body = nodes.literal_block("", "\n".join(value.default), language="none")
        field = nodes.field(
            "", nodes.field_name("", "Default"), nodes.field_body("", body)
        )
        return field, []

    def transform_content(self, content_node: addnodes.desc_content) -> None:
        super().transform_content(content_node)
        fields = content_node[0]
        if VALUES[self.arguments[0]].rebuild == "env" and isinstance(
            fields, nodes.field_list
        ):
            words = nodes.paragraph("", "Sphinx reads the whole book again")
            fields += nodes.field(
                "", nodes.field_name("", "After a change"), nodes.field_body("", words)
            )


class SettingIndex(SphinxDirective):
    """A table of all settings with their defaults and meanings."""

    def run(self) -> list[nodes.Node]:
        table = nodes.table(classes=["setting-index"])
        table += (group := nodes.tgroup(cols=3))
        group += [nodes.colspec(colwidth=width) for width in (35, 25, 40)]
        group += nodes.thead(
            "", _row(*map(nodes.Text, ("value", "default", "meaning")))
        )
        group += (body := nodes.tbody())
        for name, value in VALUES.items():
            link = addnodes.pending_xref(
                "",
                nodes.literal("", name, classes=["xref", "std", "std-confval"]),
                refdomain="std",
                reftype="confval",
                reftarget=name,
                refdoc=self.env.docname,
                refexplicit=False,
                refwarn=True,
            )
            default = nodes.literal("", shown(value.default))
            body += _row(link, default, nodes.Text(value.meaning))
        return [table]


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells)
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("setting", Setting)
    app.add_directive("setting-index", SettingIndex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
