"""What Sphinx keeps of toctrees from build to build though it no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from docutils import nodes

from ..read.store import Store, store_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def naming(store: Store, removed: set[str]) -> list[str]:
    """The documents with a toctree that names one of the *removed* documents.

    Unless they are read again, Sphinx goes on to number what is no longer there, and
    may end for want of its title.
    """
    return [
        docname
        for docname, page in store.pages().items()
        if any(removed.intersection(toctree.docnames) for toctree in page.toctrees())
    ]


def drop_lost_numbers(
    env: BuildEnvironment,
    before: Mapping[str, object],
    read: Collection[str],
    *,
    asked: bool,
) -> None:
    """Take away the section numbers that toctrees show, but Sphinx gives no more.

    To be called where there may be any.

    Sphinx notes numbers on the entries of its tables of contents, and never takes
    them back.

    :param before: the numbers of the last build.
    :param read: the documents that this build reads, whose entries are new.
    :param asked: whether to do so; else it is left to a build that is.
    """
    store, numbered = store_of(env), env.toc_secnumbers
    if not asked:
        store.keeps_numbers = True
        return
    changed = [
        docname
        for docname in env.tocs
        if (store.keeps_numbers or before.get(docname) != numbered.get(docname))
        and docname not in read
    ]
    store.keeps_numbers = False
    for docname in changed:
        numbers = numbered.get(docname, {})
        for link in env.tocs[docname].findall(nodes.reference):
            if link.get("anchorname") not in numbers:
                link.attributes.pop("secnumber", None)
        if docname not in numbered:
            env.titles[docname].attributes.pop("secnumber", None)
