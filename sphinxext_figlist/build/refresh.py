"""What makes a page be written again: something that it shows of other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..assemble.output import Output
from ..read.store import digest, store_of
from .watch import by_page
from .written import Record, settings_key

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from ..assemble.assembly import Assembly
    from .state import State

#: Page builds that write files beside their pages.
WITH_FILES: Final = frozenset({"html", "dirhtml", "singlehtml", "latex", "text"})

#: Builds that write what shows something new without the pages around it.  What Sphinx
#: serializes of a page (JSON) depends on whether a toctree with it was written before.
_ALONE: Final = frozenset({"html", "dirhtml"})


def stale_pages(app: Sphinx, state: State) -> list[str]:
    """The pages to write that Sphinx would not write by itself.

    They are compared with what this builder has written into this folder.
    """
    builder, env = app.builder, app.env
    state.numbers, state.section_numbers = env.toc_fignumbers, env.toc_secnumbers
    store, settings = store_of(env), state.settings(env.config)
    read = store.touched
    record = state.record = Record.load(builder)
    record.keep(env.all_docs)
    key = settings_key(env, settings, Output.of(builder))
    shows_pages = bool(settings.page_numbers) and _shows_pages(app, state)
    if shows_pages:
        printed = state.printed(app)
        key += f"-{digest(sorted(printed.items(), key=str))}"
        from . import print_messages

        print_messages.printed(state.assembly(app).volumes, printed, builder)
    paged = by_page(builder)
    as_of = f"{store.generation}-{key}"
    if record.state != as_of:
        assembly = state.assembly(app)
        stands = paged and _digest_pages(assembly, builder, record, as_of, key)
        # In a book where everything stands as it stood, so do the volumes.
        if not stands or record.told:
            _warn(assembly, record, read=read)
        record.state = as_of
        if shows_pages:
            print_messages.unused_pages(assembly, state.printed(app))
    # What is returned makes Sphinx keep the environment and check it once more.  A
    # build of all documents needs no more, one of named files writes no others.
    if not paged or state.method != "update":
        return []
    stale = [docname for docname in record.stale() if docname not in state.asked]
    if builder.name in _ALONE:
        state.shown_anew = {one for one in stale if not _is_changed(one, state)}
    return stale


def _is_changed(docname: str, state: State) -> bool:
    """Whether Sphinx writes a page by itself: it was read, or has other numbers."""
    numbers = zip(
        state.numbers_before, (state.numbers, state.section_numbers), strict=True
    )
    return docname in state.read or any(
        before.get(docname) != (now or {}).get(docname) for before, now in numbers
    )


def _warn(assembly: Assembly, record: Record, *, read: bool) -> None:
    """Warn of what is wrong with volumes, and with titles by label."""
    from . import messages

    before, record.volumes = record.volumes, assembly.volume_ids()
    # Other volumes make no document be read.
    aloud = read or bool(record.state and before != record.volumes)
    told = messages.warn_of_volumes(assembly, aloud=aloud)
    record.told = messages.unknown_titles(assembly) or told


def _digest_pages(
    assembly: Assembly, builder: Builder, record: Record, state: str, key: str
) -> bool:
    """Digest the pages that may have changed since the record's state.

    :returns: whether all that lists show stands where it stood then.
    """
    from . import digests
    from .known import Known

    path = record.path.with_name(f"{record.path.stem}-known.js")
    known = Known.load(path)
    if known and known.state != record.state:
        known = None  # of a build that broke off
    record.pages, now = digests.page_digests(
        assembly, builder, state, key, known, record.pages
    )
    now.save(path)
    return known is not None and (known.key, known.outline) == (now.key, now.outline)


def _shows_pages(app: Sphinx, state: State) -> bool:
    """Whether anything that this build writes shows page numbers."""
    builder = app.builder
    if builder.name == "figlist":
        return True
    if builder.name in WITH_FILES and state.settings(app.config).formats:
        return True
    assembly = state.assembly(app)
    # LaTeX knows its own pages.
    return builder.format != "latex" and any(
        "page" in assembly.fields(request) for request in assembly.requests()
    )
