"""``full``: chapter groups, and each entry with its fields below its title."""

from __future__ import annotations

from docutils import nodes

from ...assemble.model import Chapter, Entry
from .. import fields, heads
from ..groups import grouped
from ..view import ListView


def render(view: ListView) -> list[nodes.Node]:
    """Headings, and a list for each chapter."""
    return grouped(view, _entries)


def _entries(view: ListView, chapter: Chapter) -> list[nodes.Node]:
    if view.in_html:
        items = (_item(view, entry) for entry in chapter.entries)
        return [nodes.bullet_list("", *items, classes=["figlist-entries"])]
    if view.in_latex:
        return [_latex_item(view, entry) for entry in chapter.entries]
    defined = (_definition(view, entry) for entry in chapter.entries)
    classes = ["figlist-entries", "simple"]
    return [nodes.definition_list("", *defined, classes=classes)]


def _item(view: ListView, entry: Entry) -> nodes.list_item:
    """An entry where a style sheet arranges it."""
    said = [heads.line(view, entry), *fields.below(view, entry)]
    if pictures := fields.pictures(view, entry):
        said = [*pictures, nodes.container("", *said, classes=["figlist-beside"])]
    item = nodes.list_item("", *said, classes=["figlist-entry"])
    item["ids"] = [view.anchor(entry)]
    return item


def _latex_item(view: ListView, entry: Entry) -> nodes.Element:
    """An entry in print: long terms of a definition list would touch what follows."""
    from ..latex.elements import figlist_item

    number, *title = heads.link(view, entry)
    if title or not view.title(entry):
        number = nodes.strong("", "", number)
    head = nodes.paragraph("", "", number, *title, ids=[view.anchor(entry)])
    item = figlist_item("", head)
    if said := fields.below(view, entry):
        item += [nodes.raw("", r"\figlistbelow{}", format="latex"), *said]
    return item


def _definition(view: ListView, entry: Entry) -> nodes.definition_list_item:
    term = nodes.term("", "", *heads.link(view, entry), classes=["figlist-entry"])
    term["ids"] = [view.anchor(entry)]
    definition = nodes.definition("", *fields.below(view, entry))
    return nodes.definition_list_item("", term, definition)
