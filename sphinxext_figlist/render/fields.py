"""The fields of an entry: what a list says of a figure besides its number and title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from docutils import nodes

from .. import controls
from ..assemble.credits import credit_of, flat
from ..assemble.fields import joined_alt, place
from ..assemble.model import Entry
from ..read.records import Content
from ..read.scripts import seen
from ..words import field_label
from . import breaks, heads
from .pictures import thumbnails
from .view import ListView

logger = controls.logger(__name__)

#: What HTML writes otherwise, or the search index would take for words.
_SPECIAL: Final = re.compile('[&<>"@\xa0]')

#: What every list shows that was told nothing else: no message tells of these.
_EVERYWHERE: Final = frozenset({"title", "caption", "alt"})


def field(view: ListView, entry: Entry, name: str) -> list[nodes.Node]:
    """The content of a field; empty where the figure has none."""
    content = _field(view, entry, name)
    if not any(map(_says, content)):
        return []
    view.filled.add(name)
    return content


def _says(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw) or bool(node.astext().strip())


def pictures(view: ListView, entry: Entry) -> list[nodes.Node]:
    """The field ``thumbnail``, where it is asked for and the output shows pictures."""
    if "thumbnail" not in view.fields or not view.in_html:
        return []
    if not entry.figure.images:
        return []
    view.filled.add("thumbnail")
    # Nobody needs to be told twice what is to be seen.
    return [thumbnails(view, entry, silent="alt" in view.fields)]


def below(view: ListView, entry: Entry) -> list[nodes.Node]:
    """The fields below the link of an entry, each after its label.

    What a caption says besides the title goes on from it without one.
    """
    said: list[nodes.Node] = []
    for name in view.fields:
        if name in {"title", "thumbnail"} or not (content := field(view, entry, name)):
            continue
        goes_on = name == "caption" and not said and rest_of(view, entry) is not None
        said.append(paragraph(view, name, content, labelled=not goes_on))
    return said


def paragraph(
    view: ListView, name: str, content: list[nodes.Node], *, labelled: bool
) -> nodes.Node:
    """A field with its label; where it is only text, as the HTML that Sphinx makes."""
    if view.as_html and all(map(_is_plain, content)):
        said = [node.astext() for node in content]
        words = "".join(said)
        if labelled:
            said.append(field_label(name))
            words = f'<span class="figlist-field">{escape(said[-1])}</span> {words}'
        return view.html(f'<p class="figlist-{name}">{words}</p>\n', *said)
    if labelled:
        content = [label(view, name), nodes.Text(" "), *content]
    return nodes.paragraph("", "", *content, classes=[f"figlist-{name}"])


def _is_plain(node: nodes.Node) -> bool:
    """Whether *node* is text that HTML, and the search index, take as it is."""
    return isinstance(node, nodes.Text) and not _SPECIAL.search(node.astext())


def rest_of(view: ListView, entry: Entry) -> Content | None:
    """What a caption says besides the title; None where that is not of its words."""
    rest = entry.title.rest
    return rest if view.title(entry) and rest != entry.figure.caption else None


def label(view: ListView, name: str) -> nodes.TextElement:
    """The label of a field."""
    words, classes = field_label(name), ["figlist-field"]
    if view.in_html:  # it is for the style sheet to set it apart
        return nodes.inline("", words, classes=classes)
    return nodes.emphasis("", words, classes=classes)


def _field(view: ListView, entry: Entry, name: str) -> list[nodes.Node]:
    figure = entry.figure
    if name == "caption":
        rest = rest_of(view, entry)
        return _thaw(view, rest if rest is not None else figure.caption)
    if name == "legend":
        return _thaw(view, flat(figure.legend))
    if name == "alt":
        words = joined_alt(figure)
        if view.in_latex and view.assembly.env.config.latex_engine == "pdflatex":
            words = seen(words)  # it has no character that is not seen
        return _text(words)
    if name == "image":
        paths = ", ".join(image.path for image in figure.images if image.path)
        return _breakable(view, paths)
    if name == "location":
        return _code(view, place(figure))
    if name == "credit":
        return _thaw(view, credit_of(figure, view.assembly.settings.credit_patterns))
    if name == "label":
        return _code(view, entry.label or "")
    if name == "page":
        # An earlier PDF's pages are not this one's.
        return _page(view, entry) if view.in_latex else _text(entry.page)
    if name == "references":
        return _references(view, entry)
    raise AssertionError(name)


def _thaw(view: ListView, content: Content | None) -> list[nodes.Node]:
    thawed = view.thaw(content or ())
    return breaks.spread(thawed) if view.in_html else thawed


def _text(words: str) -> list[nodes.Node]:
    return [nodes.Text(controls.in_xml(words))] if words else []


def _code(view: ListView, words: str) -> list[nodes.Node]:
    """A path or label as code."""
    words = controls.in_xml(words)
    if not words:
        return []
    if view.in_html:
        return [breaks.code_in_html(words)]
    return [nodes.literal("", "", *_breakable(view, words))]


def _breakable(view: ListView, words: str) -> list[nodes.Node]:
    """A path or label, which may be broken in a narrow column."""
    words = controls.in_xml(words)
    if view.in_html and words:
        return [breaks.in_html(words)]
    return breaks.in_latex(words) if view.in_latex and words else _text(words)


def _references(view: ListView, entry: Entry) -> list[nodes.Node]:
    """Sections as links to the first reference in each; numbers for the others."""
    links: list[nodes.Node] = []
    for _where, group in groupby(entry.references, key=lambda r: (r.docname, r.id)):
        if links:
            links.append(nodes.Text("; "))
        for count, found in enumerate(group, 1):
            words: list[nodes.Node] = [nodes.Text(found.words)]
            if count > 1:
                links.append(nodes.Text(" "))
                words = [nodes.Text(f"({count})")]
                if view.in_html:  # a number says nothing to who hears the links alone
                    where = f"{found.words} "
                    unseen = nodes.inline("", where, classes=["figlist-unseen"])
                    words.insert(0, unseen)
            target = found.anchor or found.id
            if found.ordinal < 0:  # no target stands at the very place
                target = view.assembly.addresses.element_id(found.docname, target)
            links.append(view.links.to(found.docname, target, words))
    return links


def _page(view: ListView, entry: Entry) -> list[nodes.Node]:
    """The number of a figure's page, where LaTeX knows it."""
    if not heads.is_paged(view, entry):
        return []
    from .latex.elements import figlist_page

    label = heads.label_in_latex(view, entry)
    return [figlist_page("", label, label=label)]


def unfilled(view: ListView) -> Iterator[str]:
    """The fields that were asked for and that no entry has."""
    for name in view.fields:
        shown = name == "title" or (name == "thumbnail" and not view.in_html)
        if not shown and name not in view.filled:
            yield name


def tell_of_unfilled(view: ListView) -> None:
    """Say which fields a list leaves out, and what they wait for."""
    docname = view.request.docname
    for name in unfilled(view):
        if name == "page" and not view.assembly.settings.page_numbers:
            logger.info(
                "figlist: %r: the list shows no pages; set figlist_page_numbers "
                "to the .aux file of the PDF or to a CSV file of pages",
                docname,
            )
        elif view.request.fields or name not in _EVERYWHERE:
            logger.info(
                "figlist: %r: the list leaves out the field %r, because no entry has "
                "one",
                docname,
                name,
            )
