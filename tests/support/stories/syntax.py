"""A book written down as files."""

from __future__ import annotations

from typing import Any

from support.trees import conf, png

from .drafts import FIGURES, PICTURES, Book
from .myst import Markdown
from .rst import Rst

START: dict[str, Any] = {
    "project": "Book",
    "release": "a",
    "extensions": ["myst_parser", "sphinx.ext.ifconfig", "sphinxext_figlist"],
    "myst_enable_extensions": ["colon_fence", "deflist", "dollarmath"],
    "numfig": True,
    "show_warning_types": True,
    "html_theme": "basic",
    "smartquotes": False,  # Sphinx has them in the doctrees of some builders
    "exclude_patterns": ["part-*"],
    "locale_dirs": ["locale"],
    "epub_show_urls": "no",
    "figlist_formats": ["json", "csv", "markdown"],
    "latex_documents": [
        ("index", "book.tex", "Book", "A", "manual"),
        ("oner", "one.tex", "One", "A", "manual"),
        ("twom", "two.tex", "Two", "A", "manual"),
    ],
}


def files(
    book: Book, *, plain: bool = False, silent: bool = False
) -> dict[str, str | bytes]:
    """The files of the book.

    :param plain: leave out all that is figlist's.
    :param silent: leave out all of that but that it is on, and what changes no page.
    """
    values = START | book.settings
    values["latex_appendices"] = [name for name in book.appendices if name in book.docs]
    if book.volumes:
        values["figlist_volumes"] = [
            {"id": str(place), "title": book.volume_titles[place - 1], "root": root}
            for place, root in enumerate(book.volumes, 1)
        ]
    if not values["numfig"]:
        for name in ("figlist_number_uncaptioned", "figlist_latex_numbers"):
            values.pop(name, None)
    if plain or silent:
        kept = set() if plain else {"figlist_numfig_cache", "figlist_formats"}
        values = {
            name: value
            for name, value in values.items()
            if not name.startswith("figlist_") or name in kept
        }
    if plain:
        values["extensions"] = values["extensions"][:-1]
    found: dict[str, str | bytes] = {"conf.py": conf(**values)}
    if values.get("figlist_page_numbers"):
        rows = "".join(f"{label},{page}\n" for label, page in book.pages.items())
        found["pages.csv"] = f"label,page\n{rows}"
    for name, blocks in book.docs.items():
        write = (Markdown if name.endswith("m") else Rst)(book, name, plain or silent)
        words = [write.heading(book.title(name), 0), *write.blocks(blocks, 1)]
        found[f"{name}.{write.suffix}"] = "\n\n".join(words) + "\n"
        found |= write.parts
        if rows := write.translations(blocks):
            found[f"locale/de/LC_MESSAGES/{name}.po"] = _catalog(rows)
    for block in book.blocks():
        if block.kind in {*FIGURES, *PICTURES}:
            found[block.file] = png(int(block.uid) + 7 * block.picture)
    return found


def _catalog(rows: list[tuple[str, str]]) -> str:
    """A catalog of messages."""

    def quoted(words: str) -> str:
        return words.replace("\\", r"\\").replace('"', r"\"")

    head = ("", "Content-Type: text/plain; charset=UTF-8\\n")
    lines = [f'msgid ""\nmsgstr "{head[1]}"']
    lines += [f'msgid "{quoted(a)}"\nmsgstr "{quoted(b)}"' for a, b in rows]
    return "\n\n".join(lines) + "\n"
