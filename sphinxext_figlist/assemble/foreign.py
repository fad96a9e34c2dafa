"""References that another domain resolves: a citation, for instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from ..read.records import XRef


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
