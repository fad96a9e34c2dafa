"""What the commands do, from the command line to an exit code."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..controls import shown
from . import show
from .sheets import NoSheet, read


class Stop(Exception):
    """Why a command cannot do anything."""


def apply(given: argparse.Namespace) -> int:
    """Put edited sheets back into the sources.

    :raises Stop: for bad arguments, a file that is no sheet, or one of another book.
    """
    source: Path = given.source
    if not source.is_dir():
        raise Stop(f"the folder '{source}' does not exist")
    overrides = dict(_definition(words) for words in given.define)
    try:
        sheets = [(path, read(path)) for path in given.sheets]
    except NoSheet as error:
        raise Stop(str(error)) from error
    from .apply import revise, write
    from .book import Unreadable, opened

    out, notes = show.out(), show.Notes(sys.stderr)
    try:
        with opened(
            source.resolve(),
            confdir=given.conf_dir and given.conf_dir.resolve(),
            doctrees=given.doctrees,
            overrides=overrides,
            tags=given.tag,
            note=notes,
        ) as book:
            for path, rows in sheets:
                if not book.knows(rows):
                    raise Stop(
                        f"'{path}' belongs to another book: none of its keys occurs in "
                        f"'{source}'; correct --source"
                    )
            result = revise(book, [row for _, rows in sheets for row in rows], notes)
    except Unreadable as error:
        raise Stop(f"the book cannot be read: {error}") from error
    finally:
        notes.clear()
    show.print_diff(result.changes, out)
    if given.write:
        write(result.changes)
    for line in show.report(result.outcomes, written=given.write):
        print(shown(line), file=sys.stderr)  # noqa: T201
    return int(any(one.state == "refused" for one in result.outcomes))


def _definition(words: str) -> tuple[str, Any]:
    name, equals, value = words.partition("=")
    if not equals or not name:
        raise Stop(f"-D {words}: must have the form NAME=VALUE")
    return name, value


def compare(given: argparse.Namespace) -> int:
    """Report what differs between two drafts.

    :raises Stop: for a file that is no list of figures.
    """
    from . import drafts

    try:
        old, new = drafts.read(given.old), drafts.read(given.new)
    except drafts.NoList as error:
        raise Stop(str(error)) from error
    from .changes import as_markdown
    from .compare import as_json, compared

    found = compared(old, new)
    text = as_json(found) if given.format == "json" else as_markdown(found)
    out = show.out()
    out.write(show.printed(text, out))
    return 0
