"""A source of figures: drawings made of characters, without a ``figure`` node."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util.docutils import SphinxDirective

from sphinxext_figlist.read.found import Found, allowed_checks, is_excluded
from sphinxext_figlist.read.records import Image


class sketch(nodes.General, nodes.Element):
    """A drawing in characters, and its caption."""


#: The node classes that :func:`find` recognizes.
NODES = (sketch,)


def find(node: nodes.Element, _std: StandardDomain) -> Found | None:
    """What the list shows of *node*; None if it is not a sketch."""
    if not isinstance(node, sketch):
        return None
    caption = next(iter(node.findall(nodes.caption)), None)
    return Found(
        kind="figure",
        caption=caption.children if caption else None,
        images=(Image(path="", alt=node.get("alt")),),
        excluded=is_excluded(node),
        allowed=allowed_checks(node),
    )


class Sketch(SphinxDirective):
    """``.. sketch:: CAPTION`` with the drawing as its content."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "alt": directives.unchanged,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        drawing = "\n".join(self.content)
        words, messages = self.parse_inline(self.arguments[0])
        node = sketch(
            "",
            nodes.literal_block(drawing, drawing, language="none"),
            nodes.caption("", "", *words),
            classes=self.options.get("class", []),
        )
        if "alt" in self.options:
            node["alt"] = self.options["alt"]
        self.set_source_info(node)
        self.add_name(node)
        return [node, *messages]


def _title(node: nodes.Node) -> str:
    """What Sphinx takes for the node's title: with one it is numbered."""
    return "".join(caption.astext() for caption in node.findall(nodes.caption))


def _visit(self: Any, node: sketch) -> None:
    self.body.append(self.starttag(node, "div", CLASS="sketch"))


def _depart(self: Any, _node: sketch) -> None:
    self.body.append("</div>\n")


def _skip(_self: Any, _node: sketch) -> None:
    """The drawing and its caption speak for themselves."""


def set_up(app: Sphinx) -> None:
    """Register the directive and its node, numbered among the figures."""
    app.add_directive("sketch", Sketch)
    app.add_enumerable_node(
        sketch,
        "figure",
        _title,
        html=(_visit, _depart),
        latex=(_skip, _skip),
        text=(_skip, _skip),
        man=(_skip, _skip),
        texinfo=(_skip, _skip),
    )
