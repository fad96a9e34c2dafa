"""Numbers without opening the book: Sphinx assigns them from skeletons.

On every build Sphinx walks the doctrees of all documents to number figures.  Here its
own code does so still, but is given documents made of the skeletons that were kept
when they were read.  Nobody else sees these, and where anything else numbers figures,
or may have changed a doctree, Sphinx opens the doctree as it always does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from types import CodeType
from typing import TYPE_CHECKING, Any, Final, cast

from sphinx.domains import Domain
from sphinx.environment.collectors.toctree import TocTreeCollector

from ..read.kinds import module_of, standard_domain
from ..read.skeleton import Item, Skeletons
from ..read.store import digest, plain_digest, store_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: All that Sphinx's numbering names, from 7.4 to 9.2.  Should it come to name more, it
#: may look at more than skeletons have.
_NAMES: Final = (
    "Element StandardDomain _virtual_doc_names add addnodes append children "
    "config domains frozenset get get_doctree get_enumerable_node_type "
    "get_numfig_title isinstance items match name nodes numfig "
    "numfig_secnum_depth root_doc section set setdefault sorted standard_domain "
    "toc_fignumbers toc_secnumbers toctree url_re values"
)


def prepare(app: Sphinx, env: BuildEnvironment, _: list[str]) -> None:
    """Before reading: keep skeletons, and number from them.

    On ``env-before-read-docs``.
    """
    wanted = env.config.numfig and env.config.figlist_numfig_cache
    rules = Skeletons(env).rules() if wanted else ""
    store_of(env).rules = rules
    builder = app.builder
    if rules and module_of(builder.write_doctree) == "sphinx.builders":
        builder.write_doctree = partial(  # type: ignore[method-assign,misc]
            _write_doctree, builder, builder.write_doctree
        )
    before = dict(env.toc_fignumbers)  # reading forgets those of what it reads
    for collector in _collectors(app):
        assign = vars(collector).get("assign_figure_numbers")
        if assign is None or getattr(assign, "func", None) is _assign_figure_numbers:
            collector.assign_figure_numbers = partial(  # type: ignore[method-assign]
                _assign_figure_numbers, collector, before
            )


def _write_doctree(
    builder: Builder, write: Any, docname: str, doctree: nodes.document, **options: Any
) -> None:
    """Write a doctree, and keep the skeleton of what was written."""
    env = builder.env
    items = Skeletons(env).of(doctree) if store_of(env).rules else None
    write(docname, doctree, **options)
    if items is not None:
        _keep(env, docname, items)


def _keep(env: BuildEnvironment, docname: str, items: tuple[Item, ...]) -> None:
    if stamp := _stamp(os.fspath(env.doctreedir), docname):
        mark = digest(items) if _is_plain(items) else ""
        store_of(env).skeletons[docname] = (*stamp, mark, items)


def _is_plain(items: Sequence[Item]) -> bool:
    """Whether nothing in a skeleton is an extension's."""
    return not any(
        isinstance(item, bytes) or (item[0] == "section" and not _is_plain(item[2]))
        for item in items
    )


def _stamp(folder: str, docname: str) -> tuple[int, int] | None:
    """What tells whether a doctree was written again, by whomever."""
    try:
        stat = os.stat(f"{folder}/{docname}.doctree")  # noqa: PTH116
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _collectors(app: Sphinx) -> Iterator[TocTreeCollector]:
    """The collectors that assign numbers: Sphinx's own, or an extension's."""
    for listener in app.events.listeners.get("env-get-updated", ()):
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            yield collector


def _assign_figure_numbers(
    collector: TocTreeCollector, before: dict[str, Any], env: BuildEnvironment
) -> list[str]:
    """Let the collector's own code number, from skeletons where it is Sphinx's.

    :param before: the numbers of the last build, which stay where nothing that numbers
        depend on has changed since.
    """
    assign, store = type(collector).assign_figure_numbers, store_of(env)
    if not (
        module_of(assign) == "sphinx.environment.collectors.toctree"
        and _names(assign.__code__) <= set(_NAMES.split())
        and store.rules in {"", Skeletons(env).rules()}
    ):
        return assign(collector, env)
    state = _state(env)
    if state and store.numbered == plain_digest(state, before):
        left, env.toc_fignumbers = env.toc_fignumbers, before
        return [name for name, numbers in before.items() if left.get(name) != numbers]
    rewritten = assign(collector, cast("BuildEnvironment", _View(env)))
    state = _state(env)  # of a document without a skeleton, one was made
    store.numbered = plain_digest(state, env.toc_fignumbers) if state else ""
    return rewritten


def _state(env: BuildEnvironment) -> str:
    """A digest of what Sphinx numbers a book by.

    Empty where not all of that is known: another extension's title getter may have
    something to say on every build.
    """
    kept = store_of(env).skeletons
    if kept.keys() != env.all_docs.keys():
        return ""
    marks, folder = [], os.fspath(env.doctreedir)
    for docname in sorted(kept):
        *stamp, mark, _ = kept[docname]
        if not mark or tuple(stamp) != _stamp(folder, docname):
            return ""
        marks.append((docname, mark))
    return plain_digest(
        marks,
        *(store_of(env).rules, env.config.root_doc, env.config.numfig_secnum_depth),
        sorted(standard_domain(env)._virtual_doc_names),
        env.toc_secnumbers,
    )


def _names(code: CodeType) -> set[str]:
    """What *code*, and the functions in it, name."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names(constant)
    return names


class _Domains:
    """The domains; Sphinx asks about each figure those alone that can number any."""

    def __init__(self, domains: Any) -> None:
        self._domains = domains
        ordered = domains.sorted() if hasattr(domains, "sorted") else domains.values()
        self._numbering = [domain for domain in ordered if _numbers(domain)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._domains, name)

    def __getitem__(self, name: str) -> Domain:
        domain: Domain = self._domains[name]
        return domain

    def sorted(self) -> list[Domain]:
        """As Sphinx 9 asks for them."""
        return self._numbering

    def values(self) -> list[Domain]:
        """As Sphinx 7 and 8 do."""
        return self._numbering


def _numbers(domain: Domain) -> bool:
    """Whether *domain* can say of anything that it is numbered."""
    asked = type(domain).get_enumerable_node_type
    return bool(domain.enumerable_nodes) or asked is not Domain.get_enumerable_node_type


class _View:
    """The environment, but with skeletons for documents."""

    def __init__(self, env: BuildEnvironment) -> None:
        vars(self).update(
            _env=env,
            _store=store_of(env),
            _skeletons=Skeletons(env),
            _folder=os.fspath(env.doctreedir),
            domains=_Domains(env.domains),
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._env, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._env, name, value)

    def get_doctree(self, docname: str) -> nodes.document:
        """What numbering needs of a document."""
        env: BuildEnvironment = self._env
        skeletons: Skeletons = self._skeletons
        kept = self._store.skeletons
        *stamp, _, items = kept.get(docname, (0, 0, "", None))
        if items is not None and tuple(stamp) == _stamp(self._folder, docname):
            try:
                return skeletons.document(items)
            except Exception:  # noqa: BLE001
                del kept[docname]
        elif items is None and docname not in env.all_docs:
            # A toctree still names what was removed, and a clean build passes it
            # over.  Sphinx numbers its old doctree, and fails to write its page.
            return skeletons.document(())
        document = env.get_doctree(docname)
        if self._store.rules and (items := skeletons.of(document)) is not None:
            _keep(env, docname, items)
        return document
