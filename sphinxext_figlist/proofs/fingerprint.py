"""Fingerprints: of which book, to the letter, a PDF was made.

That labels and numbers agree says nothing of pages: one more paragraph moves
figures to other pages, and numbers stay.  A fingerprint is of all that LaTeX is
given: sources, pictures and other files that they use, tags, and configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.i18n import CatalogRepository, docname_to_domain

from ..assemble.order import reach
from ..read.kinds import standard_domain
from ..read.records import Page, XRef
from ..read.store import bytes_digest, digest

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from ..assemble.assembly import Assembly

#: Values that move nothing in a PDF.
_APART = frozenset(
    {
        *("figlist_page_numbers", "figlist_formats", "figlist_files_for"),
        *("figlist_backlinks", "figlist_checks", "figlist_alt_max", "figlist_min_ppi"),
        *("copyright", "project_copyright", "today", "today_fmt"),
    }
)


def of_config(config: Config) -> str:
    """A digest of the values that change a PDF.

    Taken before a builder is made: some extensions then change values for one.
    """
    return digest(
        sorted(
            (value.name, _steady(value.value))
            for value in config
            if value.name not in _APART
            and (
                value.rebuild == "env" or value.name.startswith(("latex_", "figlist_"))
            )
        )
    )


def _steady(value: object) -> object:
    """*value* as something that is the same in each process."""
    if value is None or isinstance(value, (str, int, float, bytes)):
        return value
    if isinstance(value, dict):
        return sorted((str(key), repr(_steady(value[key]))) for key in value)
    if isinstance(value, (list, tuple)):
        return [_steady(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_steady(item)) for item in value)
    named = value if isinstance(value, type) or callable(value) else type(value)
    return getattr(named, "__qualname__", type(value).__qualname__)


def of_pdf(assembly: Assembly, root: str) -> str:
    """The fingerprint of the PDF that begins with the document *root*."""
    env, pages = assembly.env, assembly.book.pages
    latex = assembly.output.by("latex", "latex")
    docnames = _documents(assembly, root)
    if any(any(pages[name].requests()) for name in docnames if name in pages):
        docnames += sorted(env.all_docs)  # a list may show any of them
    docnames = [name for name in dict.fromkeys(docnames) if name in env.all_docs]
    catalogs = _catalogs(env)
    return digest(
        assembly.settings.latex_state,
        [
            (name, list(_files(env, name, pages.get(name), catalogs)))
            for name in docnames
        ],
        [
            latex.includes((condition,))
            for name in docnames
            if name in pages
            for condition in sorted(pages[name].conditions)
        ],
        list(_elsewhere(assembly, docnames)),
        [_content(Path(env.srcdir, name)) for name in _additional(env.config)],
    )


def _documents(assembly: Assembly, root: str) -> list[str]:
    """The documents in the PDF that begins with *root*."""
    docnames = reach(assembly.book.pages.below, root)
    for name in assembly.env.config.latex_appendices:
        docnames += reach(assembly.book.pages.below, name)
    return docnames


def _additional(config: Config) -> Iterator[str]:
    yield from config.latex_additional_files
    if config.latex_logo:
        yield config.latex_logo


def _catalogs(env: BuildEnvironment) -> dict[str, Path]:
    """The catalogs of translations, by the domains that Sphinx gives documents."""
    config = env.config
    catalogs = CatalogRepository(
        env.srcdir, config.locale_dirs, config.language, config.source_encoding
    ).catalogs
    return {one.domain: Path(env.srcdir, one.mo_path).resolve() for one in catalogs}


def _files(
    env: BuildEnvironment,
    docname: str,
    page: Page | None,
    catalogs: Mapping[str, Path],
) -> Iterator[object]:
    """The source of a document, its translation, and the files that it uses."""
    made = page.made if page else frozenset()
    yield _content(Path(env.doc2path(docname)))
    catalog = catalogs.get(docname_to_domain(docname, env.config.gettext_compact))
    yield _content(catalog) if catalog else ""
    for name in sorted(map(str, env.dependencies.get(docname, ()))):
        path = Path(env.srcdir, name)
        # What is made beside the output is made of what is digested here.  A catalog
        # is a dependency until its document is read, and again from the next build on.
        if name not in made and path.resolve() != catalog:
            yield path.name, _content(path)


def _content(path: Path) -> str:
    try:
        return bytes_digest(path.read_bytes())
    except OSError:
        return ""


def _elsewhere(assembly: Assembly, docnames: Iterable[str]) -> Iterator[object]:
    """What references print that lead out of the PDF: numbers and titles."""
    inside, book = frozenset(docnames), assembly.book
    labels = standard_domain(assembly.env).labels
    for docname in docnames:
        page = book.pages.get(docname)
        targets = [mention.target for mention in page.mentions] if page else []
        for target in targets:
            if not isinstance(target, XRef):
                continue
            place = book.labels.get(target.target.lower())
            if place and place[0] not in inside:
                figure = assembly.figure(place[0], place[1])
                yield place, labels.get(target.target.lower())
                yield figure and book.number(figure)
                yield book.section_numbers.get(place[0])


def pdfs(assembly: Assembly) -> dict[str, frozenset[str]]:
    """The documents in each PDF of the book as it now is, by its fingerprint."""
    roots = [entry[0] for entry in assembly.env.config.latex_documents]
    return {
        of_pdf(assembly, root): frozenset(_documents(assembly, root))
        for root in dict.fromkeys(roots)
        if root in assembly.env.all_docs
    }
