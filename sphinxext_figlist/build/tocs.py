"""What Sphinx keeps of toctrees from build to build though it no longer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from ..read.store import Store

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def naming(store: Store, removed: set[str]) -> list[str]:
    """The documents with a toctree that names one of the *removed* documents.

    Unless they are read again, Sphinx goes on to number what is no longer there, and
    may end for want of its title.
    """
    return [
        docname
        for docname, page in (store.pages().items() if removed else ())
        if any(removed.intersection(toctree.docnames) for toctree in page.toctrees())
    ]


def drop_lost_numbers(env: BuildEnvironment) -> None:
    """Take away the section numbers that toctrees show, but Sphinx gives no more.

    Sphinx notes numbers on the entries of its tables of contents, and never takes
    them back.
    """
    for docname, toc in env.tocs.items():
        numbers = env.toc_secnumbers.get(docname, {})
        for link in toc.findall(nodes.reference):
            if link.get("anchorname") not in numbers:
                link.attributes.pop("secnumber", None)
        if docname not in env.toc_secnumbers:
            env.titles[docname].attributes.pop("secnumber", None)
