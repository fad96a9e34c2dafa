"""The kinds of numbered elements that this project has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.domains import Domain
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment


def standard_domain(env: BuildEnvironment) -> StandardDomain:
    """The standard domain of *env*."""
    return env.domains["std"]  # type: ignore[no-any-return, unused-ignore]


#: The kind of a picture that is in no figure.
PICTURE: Final = "picture"

#: The kinds that Sphinx itself writes, each with its counter in LaTeX.
COUNTERS: Final = {
    "figure": "figure",
    "table": "table",
    "code-block": "literalblock",
}


def kind_of(std: StandardDomain, node: nodes.Element) -> str | None:
    """The kind by which Sphinx numbers *node*; None where it does not.

    Every domain is asked, and the standard one numbers nothing without a title.
    """
    kind = std.get_enumerable_node_type(node)
    if kind and std.get_numfig_title(node):
        return kind
    others = (
        domain
        for domain in std.env.domains.values()
        if domain is not std and (domain.enumerable_nodes or has_own_way(domain))
    )
    found = (domain.get_enumerable_node_type(node) for domain in others)
    return next(filter(None, found), None)


def module_of(function: object) -> str:
    """The module in which *function* was written, whatever it calls itself."""
    return str(getattr(function, "__globals__", {}).get("__name__", ""))


def has_own_way(domain: Domain) -> bool:
    """Whether *domain* may number what is not in its ``enumerable_nodes``."""
    asked = domain.get_enumerable_node_type
    return module_of(asked) not in {"sphinx.domains", "sphinx.domains.std"}


def known_nodes(env: BuildEnvironment) -> dict[type[nodes.Node], str]:
    """The kinds of all that some domain numbers, by its class."""
    return {
        node: kind
        for domain in env.domains.values()
        for node, (kind, _) in domain.enumerable_nodes.items()
    }


def known_kinds(env: BuildEnvironment) -> list[str]:
    """The kinds that numfig can number here: Sphinx's own, then extensions'."""
    others = {*known_nodes(env).values()} - {*COUNTERS, "section"}
    return [*COUNTERS, *sorted(others)]
