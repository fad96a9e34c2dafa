"""Pages: lists in place of their placeholders, and what they need of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes

from ..assemble.garbage import held_garbage
from ..read.directive import figlist
from ..registry import LAYOUTS, load
from .fields import tell_of_unfilled
from .finding import aids
from .links import Links
from .thaw import Thaw
from .view import ListView

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..assemble.addresses import Addresses
    from ..assemble.assembly import Assembly
    from ..assemble.output import Output
    from ..read.records import ListRequest

#: Outputs whose pages take what is text alone as HTML: each node of a list of
#: thousands would be visited by every transform and by the writer.
_AS_HTML: Final = frozenset({"html", "dirhtml"})


def expand(
    assembly: Assembly,
    builder: Builder,
    docname: str,
    document: nodes.document,
    *,
    as_html: bool,
) -> None:
    """Put each list of *document* in its place.

    :param as_html: whether an HTML builder writes the page, and nobody else.
    """
    for placeholder in list(document.findall(figlist)):
        request: ListRequest = placeholder["request"]
        # In an assembled output links start from the whole document.
        whole = docname if assembly.output.assembled else request.docname
        with held_garbage():
            container = _list(assembly, builder, whole, placeholder, as_html)
        if assembly.output.format == "latex" and container["ids"]:
            # Sphinx writes no label for a container.
            target = nodes.target(ids=container["ids"], names=container["names"])
            container["ids"], container["names"] = [], []
            placeholder.replace_self([target, container])
        else:
            placeholder.replace_self(container)
        if any(container.findall(nodes.math)):
            _note_math(assembly.env, request.docname)


def _note_math(env: BuildEnvironment, docname: str) -> None:
    """Sphinx before 8 loads MathJax on pages whose own source has formulas."""
    formulas = env.domaindata["math"].get("has_equations")
    if isinstance(formulas, dict):
        formulas[docname] = True


def _list(
    assembly: Assembly,
    builder: Builder,
    docname: str,
    placeholder: figlist,
    as_html: bool,
) -> nodes.container:
    request: ListRequest = placeholder["request"]
    links = Links(builder, docname, assembly)
    view = ListView(
        request=request,
        parts=assembly.shown(request),
        fields=assembly.fields(request),
        assembly=assembly,
        links=links,
        thaw=Thaw(assembly, links, docname),
        level=_level(placeholder),
        as_html=as_html and assembly.output.name in _AS_HTML,
    )
    container = nodes.container(
        classes=["figlist", f"figlist-{request.layout}", *request.classes],
        ids=placeholder["ids"],
        names=placeholder["names"],
    )
    if any(part.chapters for part in view.parts):
        container.extend(aids(view))
        render = load(LAYOUTS[request.layout].module, "render")
        container.extend(render(view))
        tell_of_unfilled(view)
    else:
        container += view.empty()
    return container


def _level(node: nodes.Node) -> int:
    """The HTML level of a heading below the sections around *node*."""
    level, parent = 1, node.parent
    while parent is not None:
        level += isinstance(parent, nodes.section)
        parent = parent.parent
    return max(level, 2)


def mend_links(
    document: nodes.document, output: Output, addresses: Addresses | None
) -> None:
    """Mend what resolving references left in lists.

    No link holds another: only the outer one stays.  In one page of all documents
    Sphinx's own links lead to no element (sphinx#14221), and a man page prints the
    address of a link, which for those inside the book is of no use.

    :param addresses: of the one page of all documents.
    """
    man = output.format == "man"
    for container in document.findall(nodes.container):
        if "figlist" not in container["classes"]:
            continue
        for link in list(container.findall(nodes.reference)):
            if addresses and link.get("refuri", "").count("#") == 2:
                _, start, id_ = link["refuri"].split("#")
                docname = start.removeprefix("document-")
                link["refuri"] = "#" + addresses.element_id(docname, id_)
            if man and link.get("internal"):
                link.replace_self(nodes.inline("", "", *link.children))
            if "figlist-link" in link["classes"]:
                for inner in list(link.findall(nodes.reference)):
                    if inner is not link:
                        words = nodes.inline("", "", *inner.children)
                        inner.replace_self(words)
