"""Pages: what is done to each before and after its references are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..assemble.output import Output
from ..read.directive import figlist
from ..read.store import store_of
from ..render import anchors, assets, uncaptioned
from .watch import by_page

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from .state import State


def leave(document: nodes.document) -> None:
    """Take out of a page what would have been completed: it is resolved for others."""
    anchors.taken(document)
    for placeholder in list(document.findall(figlist)):
        placeholder.parent.remove(placeholder)


def complete(app: Sphinx, state: State, document: nodes.document) -> None:
    """Complete a page before its references are resolved."""
    env, builder = app.env, app.builder
    settings, lists = state.settings(env.config), store_of(env).list_pages
    spelled = settings.number_uncaptioned and Output.of(builder).unnumbered
    in_latex = builder.format == "latex"
    touched = in_latex and settings.touches_latex
    if not (lists or settings.restarts or spelled or touched):
        return

    assembly, docname = state.assembly(app), env.docname
    if builder.name == "singlehtml":
        anchors.part_ids(assembly, document)
    if lists:
        whole = Output.of(builder).assembled or not by_page(builder)
        if whole or assembly.addresses.anchors(docname):
            anchors.settle(assembly, anchors.placed(document))
        if assembly.addresses.leads_to_places:
            from ..render import places

            places.mark(assembly, docname, document)
        # In checks of links a copy would hide where a link stands.
        if (whole or docname in lists) and builder.name != "linkcheck":
            from ..render import page

            page.expand(assembly, builder, docname, document, as_html=not state.written)
    if settings.restarts or spelled or (in_latex and settings.volumes):
        from ..render import numref

        numref.name_volumes(assembly, builder, docname, document)
    if in_latex:
        from ..render import latex

        misplaced = latex.complete(
            assembly, builder, docname, document, anchors.placed(document)
        )
        if misplaced and not state.told_of_chapters:
            from . import messages

            state.told_of_chapters = True
            messages.tell_of_chapters(docname, misplaced)


def finish(app: Sphinx, state: State, document: nodes.document, docname: str) -> None:
    """Complete figures, and mend what resolving references left in lists.

    When all others have done so: some extensions take what is in a figure for
    pictures, or put its caption in its place here.
    """
    builder, settings = app.builder, state.settings(app.config)
    lists, output = store_of(app.env).list_pages, Output.of(builder)
    figures = anchors.taken(document)
    if settings.number_uncaptioned:
        words = state.assembly(app).number_of if output.unnumbered else None
        uncaptioned.add_captions(figures, words)
    if builder.format == "latex" and settings.page_numbers:
        from ..proofs import fingerprint
        from ..render import page_marks

        print_of = fingerprint.of_pdf(state.assembly(app), docname)
        page_marks.add(document, figures, print_of)
    if lists and figures:
        from ..render import backlinks
        from ..render.links import Links

        assembly = state.assembly(app)
        backlinks.add(assembly, Links(builder, docname, assembly), figures)
    if docname in lists or (lists and output.assembled):
        from ..render import page

        single = output.name == "singlehtml"
        addresses = state.assembly(app).addresses if single else None
        page.mend_links(document, output, addresses)
    if lists and builder.name == "pdf":  # rst2pdf's
        from ..render import destinations

        destinations.add(document)


def load_assets(app: Sphinx, state: State, pagename: str) -> None:
    """Load the style sheet and the script on pages that need them."""
    builder, store = app.builder, store_of(app.env)

    def needs(pages: frozenset[str]) -> bool:
        whole = builder.name == "singlehtml"
        return pagename in pages or (whole and bool(pages))

    leads_back = store.list_pages and state.assembly(app).addresses.backlinks(pagename)
    if needs(store.list_pages) or leads_back:
        scripted = builder.name in assets.SCRIPTED
        script = scripted and needs(store.searchable_pages)
        assets.load(builder, script=script)
