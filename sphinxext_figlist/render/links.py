"""Links from one page to an element of another, in the form each builder takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly


class Links:
    """Makes links that stand on the page *docname*."""

    def __init__(self, builder: Builder, docname: str, assembly: Assembly) -> None:
        """Link from *docname*, in the output of *assembly*."""
        self.builder = builder
        self._docname = docname
        # LaTeX takes an id alone for one of the document that the link stands in,
        # which in an assembled output need not be this one.
        self._by_id = builder.format != "latex"
        self._uris: dict[str, str | None] = {}
        self._assembly = assembly

    def to(
        self, docname: str, id_: str, children: list[nodes.Node], class_: str = ""
    ) -> nodes.Element:
        """A link around *children*; plain text where this output lacks the target."""
        classes = [class_] if class_ else []
        if self.builder.format == "man":  # it prints the address of a link as text
            return nodes.inline("", "", *children, classes=classes)
        link: nodes.Element
        if docname == self._docname and id_ and self._by_id:
            link = nodes.reference(internal=True, refid=id_, classes=classes)
        elif (uri := self._uri(docname)) is None:
            link = nodes.inline(classes=classes)
        else:
            refuri = f"{uri}#{id_}" if id_ else uri
            link = nodes.reference(internal=True, refuri=refuri, classes=classes)
        link.extend(children)
        return link

    def numbered(
        self, docname: str, id_: str, form: str, class_: str = ""
    ) -> nodes.Element:
        """A link whose words are *form* with the number that LaTeX assigns.

        :param form: as in ``numfig_format``.
        """
        link = self.to(docname, id_, [nodes.inline("", form)], class_)
        return addnodes.number_reference(
            "", "", *link.children, title=form, **link.attributes
        )

    def uri(self, docname: str, id_: str) -> str | None:
        """The URI of an element; None where this output lacks it."""
        if docname == self._docname:
            return f"#{id_}"
        uri = self._uri(docname)
        return None if uri is None else f"{uri}#{id_}"

    def reaches(self, docname: str) -> bool:
        """Whether this output holds the document."""
        return docname == self._docname or self._uri(docname) is not None

    def _uri(self, docname: str) -> str | None:
        if docname not in self._uris:
            if not self._assembly.holds(docname):
                self._uris[docname] = None
                return None
            try:
                uri = self.builder.get_relative_uri(self._docname, docname)
            except NoUri:
                # Sphinx links to no appendix, though its labels are in the PDF.
                appended = docname in self._assembly.output.appendices
                self._uris[docname] = f"%{docname}" if appended else None
            else:
                # Sphinx's own links there lead to no element (sphinx#14221).
                single = self.builder.name == "singlehtml"
                self._uris[docname] = "" if single else uri
        return self._uris[docname]
