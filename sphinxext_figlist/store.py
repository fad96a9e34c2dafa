"""Store: what was read of each document, kept with Sphinx's environment.

A domain is Sphinx's own form for this: its data are pickled, versioned, purged
by document and merged after parallel reading.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Set
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sphinx.domains import Domain

from .records import Page

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


#: What is kept by document.
_PARTS = ("pages", "requests", "reads")


class FigureStore(Domain):
    """The pages by docname, each pickled apart.

    A build that reads nothing then unpickles nothing: the environment holds one
    byte string a document.
    """

    name = "figlist"
    label = "Figure lists"
    data_version = 3
    initial_data: ClassVar[dict[str, Any]] = {
        "pages": {},
        "requests": {},
        "reads": {},
        "generation": "",
        "volumes": [],
    }

    #: Whether anything was read or purged since the environment was loaded.
    touched = False

    def add(self, docname: str, page: Page) -> None:
        """Keep *page* as what *docname* contributes."""
        self.touched = True
        self.data["reads"][docname] = os.urandom(8).hex()
        if page:
            self.data["pages"][docname] = pickle.dumps(page, pickle.HIGHEST_PROTOCOL)
        if requests := list(page.requests()):
            searchable = any(request.searchable for request in requests)
            self.data["requests"][docname] = searchable

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* contributed."""
        self.touched = True
        for part in _PARTS:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a reading process found in *docnames*."""
        self.touched = True
        for part in _PARTS:
            mine, theirs = self.data[part], otherdata[part]
            mine.update({name: theirs[name] for name in docnames if name in theirs})

    def pages(self) -> dict[str, Page]:
        """All pages by docname, in the docnames' order."""
        blobs = self.data["pages"]
        # S301: as safe as the environment that holds them, itself a pickle.
        return {name: pickle.loads(blobs[name]) for name in sorted(blobs)}  # noqa: S301

    def reading(self, docname: str) -> str:
        """A token of the last reading of *docname*."""
        return cast("str", self.data["reads"].get(docname, ""))

    @property
    def list_pages(self) -> frozenset[str]:
        """The documents that hold a list."""
        return frozenset(self.data["requests"])

    @property
    def searchable_pages(self) -> frozenset[str]:
        """Those among them with a list that can be searched."""
        requests = self.data["requests"]
        return frozenset(name for name, searchable in requests.items() if searchable)

    @property
    def generation(self) -> str:
        """A token that changes whenever what is stored may have changed."""
        if self.touched or not self.data["generation"]:
            self.data["generation"] = os.urandom(16).hex()
            self.touched = False
        return cast("str", self.data["generation"])

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Nothing here is a target of roles."""
        return []


def store_of(env: BuildEnvironment) -> FigureStore:
    """The store of *env*."""
    return cast("FigureStore", env.domains["figlist"])
