"""The kinds of numbered elements that this project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment


def standard_domain(env: BuildEnvironment) -> StandardDomain:
    """The standard domain of *env*."""
    return env.domains["std"]  # type: ignore[no-any-return, unused-ignore]


def known_kinds(env: BuildEnvironment) -> list[str]:
    """The kinds that numfig can number here: Sphinx's own, then extensions'."""
    kinds = ["figure", "table", "code-block"]
    registered = standard_domain(env).enumerable_nodes.values()
    kinds += sorted({kind for kind, _ in registered} - {*kinds, "section"})
    return kinds
