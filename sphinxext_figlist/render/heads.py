"""The head of an entry: the number and title of a figure, as a link to it."""

from __future__ import annotations

from html import escape

from docutils import nodes

from ..assemble.model import Entry
from ..proofs.aux import own_name
from ..read.content import elements
from ..read.kinds import COUNTERS
from ..read.records import Content
from ..words import after_number
from . import breaks
from .view import Head, ListView


def line(view: ListView, entry: Entry, class_: str = "figlist-head") -> nodes.Node:
    """The link to an entry's figure as a paragraph."""
    head = view.head(entry)
    if view.as_html and head.plain:
        written = f'<p class="{class_}">{link_as_html(view, entry, head)}</p>\n'
        return view.html(written, head.number, head.words)
    return nodes.paragraph("", "", *link(view, entry), classes=[class_])


def link(view: ListView, entry: Entry, *more: nodes.Node) -> list[nodes.Node]:
    """The link to an entry's figure: its number and title.

    :param more: nodes that follow the number and title inside the link.
    """
    figure, number = entry.figure, number_of(view, entry)
    if is_printed(view, entry):
        title = jump(view, entry, title_of(view, entry))
        form = number_form(view, entry)
        shown = view.links.numbered(figure.docname, figure.id, form, "figlist-link")
        return [shown, *(behind(view, form, title) if title else [])]
    if is_labelled_by_us(view, entry):
        title = jump(view, entry, title_of(view, entry))
        if not number:
            return title
        shown = linked(view, entry, nodes.Text(number))
        return [shown, *(behind(view, number, title) if title else [])]
    # A link cannot hold another: such a title stands behind its number.
    apart = bool(number) and has_links(view.title(entry))
    title = []
    head = view.head(entry)
    if view.as_html and head.plain:
        said = view.html(_as_html(head), head.number, head.words)
        inside: list[nodes.Node] = [said]
    else:
        number_node = nodes.inline("", number, classes=["figlist-number"])
        inside = [number_node] if number else []
        title = title_of(view, entry)
        if title and not apart:
            inside += behind(view, number, title)
    if more:
        inside = [nodes.inline("", "", *inside, classes=["figlist-called"]), *more]
    target = target_of(view, entry)
    shown = view.links.to(figure.docname, target, inside, "figlist-link")
    return [shown, *(behind(view, number, title) if title and apart else [])]


def words(view: ListView, entry: Entry) -> tuple[str, str]:
    """The number and title in an entry's link, as text."""
    head = view.head(entry)
    return head.number, head.words


def number_of(view: ListView, entry: Entry) -> str:
    """The number in words, with the volume's where this output lacks the figure."""
    number = view.head(entry).number
    return f"{number}{_elsewhere(view, entry)}" if number else ""


def number_form(view: ListView, entry: Entry) -> str:
    """The words around the number, ``%s``, that LaTeX prints."""
    return view.assembly.words(entry.figure, "%s")


def title_of(view: ListView, entry: Entry) -> list[nodes.Node]:
    """The title, with the volume's name where no number has it."""
    number, said = words(view, entry)
    if not said:
        return []
    name = view.thaw(view.title(entry)) or [nodes.Text(said)]
    if view.in_html:
        name = breaks.spread(name)
    shown: list[nodes.Node] = [nodes.inline("", "", *name, classes=["figlist-title"])]
    if not number and (elsewhere := _elsewhere(view, entry)):
        shown.append(nodes.Text(elsewhere))
    return shown


def behind(view: ListView, number: str, title: list[nodes.Node]) -> list[nodes.Node]:
    """A title with what parts it from its number."""
    if not number:
        return title
    parted: nodes.Node = nodes.Text(after_number(number))
    if view.in_html:
        parted = nodes.inline("", "", parted, classes=["figlist-colon"])
    return [parted, *title]


def _elsewhere(view: ListView, entry: Entry) -> str:
    """The name of the volume whose figures this output lacks."""
    docname, known = entry.figure.docname, view.elsewhere
    if docname not in known:
        volume = view.assembly.members.volume_of.get(docname)
        named = volume is not None and volume.label and not view.links.reaches(docname)
        known[docname] = f" ({volume.label})" if volume and named else ""
    return known[docname]


def jump(view: ListView, entry: Entry, title: list[nodes.Node]) -> list[nodes.Node]:
    """In LaTeX, a title as a link of its own, which a number cannot hold.

    It stays as it is where it holds links, or where this PDF lacks the figure.
    """
    if not (title and label_in_latex(view, entry)) or has_links(view.title(entry)):
        return title
    return [linked(view, entry, *title)]


def linked(view: ListView, entry: Entry, *said: nodes.Node) -> nodes.Element:
    """A link in LaTeX to the label of an entry's figure."""
    from .latex.elements import figlist_jump

    return figlist_jump("", "", *said, label=label_in_latex(view, entry))


def label_in_latex(view: ListView, entry: Entry) -> str:
    """The LaTeX label of an entry's figure, ``""`` where this PDF lacks it."""
    docname = entry.figure.docname
    if not view.links.reaches(docname):
        return ""
    if is_labelled_by_us(view, entry):
        return own_name(docname, entry.figure.id)
    return f"{docname}:{target_of(view, entry)}"


def is_printed(view: ListView, entry: Entry) -> bool:
    """Whether LaTeX prints a number under the figure, which it knows by a label."""
    numbered = entry.number or not view.assembly.settings.numbers_in_latex
    return bool(numbered) and _is_counted(view, entry)


def _is_counted(view: ListView, entry: Entry) -> bool:
    """Whether LaTeX counts the figure, and has a label for it."""
    figure = entry.figure
    labelled = bool(figure.caption or entry.number) and bool(figure.ids)
    counted = view.in_latex and figure.kind in COUNTERS
    return counted and labelled and view.links.reaches(figure.docname)


def is_labelled_by_us(view: ListView, entry: Entry) -> bool:
    """Whether LaTeX is given a label of ours: that of a kind which it cannot count.

    What an extension writes for such a kind has the number that Sphinx assigned.
    """
    figure = entry.figure
    foreign = view.in_latex and figure.kind not in COUNTERS
    return foreign and bool(figure.ids) and view.links.reaches(figure.docname)


def is_paged(view: ListView, entry: Entry) -> bool:
    """Whether LaTeX knows the page that an entry's figure is on."""
    return _is_counted(view, entry) or is_labelled_by_us(view, entry)


def target_of(view: ListView, entry: Entry) -> str:
    """The id by which this output reaches an entry's figure."""
    figure = entry.figure
    if view.in_latex and not (figure.caption or entry.number):
        # LaTeX writes a label with a caption alone: lead to the section.
        return figure.sections[-1] if figure.sections else ":doc"
    return view.assembly.addresses.figure_id(figure)


def link_as_html(view: ListView, entry: Entry, head: Head) -> str:
    """The HTML that Sphinx makes of :func:`link`, where the title is text alone."""
    id_ = view.assembly.addresses.figure_id(entry.figure)
    uri = view.links.uri(entry.figure.docname, id_) or ""
    return (
        f'<a class="figlist-link reference internal" href="{escape(uri)}">'
        f"{_as_html(head)}</a>"
    )


def _as_html(head: Head) -> str:
    """The number and title as HTML."""
    number, said = head.number, ""
    if head.words:
        said = f'<span class="figlist-title">{escape(head.words)}</span>'
    if not number:
        return said
    if said:
        said = f'<span class="figlist-colon">{after_number(number)}</span>{said}'
    return f'<span class="figlist-number">{escape(number)}</span>{said}'


def has_links(content: Content) -> bool:
    """Whether *content* holds a link, or what may become one."""
    return any(
        issubclass(cls, nodes.reference) or "refdomain" in attributes
        for cls, attributes, _ in elements(content)
    )
