"""References that another domain resolves: a citation, for instance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging

from ..read.mentions import is_foreign

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..read.records import Figure, XRef

#: As much of a builder as domains ask for: a document's address is its name.
_NAMES: Final[Any] = SimpleNamespace(
    name="figlist", format="", get_relative_uri=lambda _from, to, *_: f"%{to}"
)


class Targets:
    """Where references lead that are by roles of other extensions.

    Their domains are asked about those alone that may lead to a figure: a manual has
    thousands of other references.
    """

    def __init__(
        self, env: BuildEnvironment, figures: Mapping[tuple[str, str], Figure]
    ) -> None:
        """Find *figures*, by document and each of their ids."""
        self._env = env
        self._figures = figures
        self._places: dict[XRef, tuple[str, str]] = {}

    def __call__(self, xref: XRef) -> tuple[str, str]:
        """The document and id of the figure that *xref* leads to; empty for none."""
        if not is_foreign(xref.domain, xref.role):
            return ("", "")
        if xref not in self._places:
            self._places[xref] = self._place(xref)
        return self._places[xref]

    def may_lead(self, xref: XRef) -> bool:
        """Whether there is a figure that *xref* may lead to, as its domain says."""
        return nodes.make_id(xref.target) in self._endings

    def _place(self, xref: XRef) -> tuple[str, str]:
        if not self.may_lead(xref):
            return ("", "")
        found = resolved(self._env, _NAMES, xref)
        for link in found.findall(nodes.reference) if found is not None else ():
            docname, id_ = xref.docname, str(link.get("refid", ""))
            if str(link.get("refuri", "")).startswith("%"):
                docname, _, id_ = link["refuri"][1:].rpartition("#")
            if (docname, id_) in self._figures:
                return (docname, id_)
        return ("", "")

    @cached_property
    def _endings(self) -> frozenset[str]:
        """How ids end: extensions put something before what authors write, or not."""
        whole = [nodes.make_id(id_).split("-") for _, id_ in self._figures]
        return frozenset(
            "-".join(parts[start:]) for parts in whole for start in range(len(parts))
        )


def resolved(
    env: BuildEnvironment, builder: Builder, xref: XRef
) -> nodes.Element | None:
    """What the domain of *xref* makes of it; None where it finds nothing.

    It may not like it, and says so where the page is written.
    """
    if xref.domain not in env.domains:
        return None
    words = nodes.inline("", xref.target)
    node = addnodes.pending_xref(
        "",
        words,
        refdomain=xref.domain,
        reftype=xref.role,
        reftarget=xref.target,
        refexplicit=xref.explicit,
        refdoc=xref.docname,
    )
    try:
        with suppress_logging():
            return env.domains[xref.domain].resolve_xref(
                env, xref.docname, builder, xref.role, xref.target, node, words
            )
    except Exception:  # noqa: BLE001 (whatever another extension's code does)
        return None
