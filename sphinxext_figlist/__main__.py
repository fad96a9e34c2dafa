"""The command ``figlist``: edited sheets back into the sources, and drafts compared."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

_APPLY: Final = """\
Put edited sheets of alt texts back into the sources of the book.

  1. sphinx-build -b figlist SOURCE OUT writes FIGURE_LIST.xlsx, whose second sheet is
     "Alt texts", and the same sheet as FIGURE_LIST_ALT.csv.
  2. Somebody fills in "new alt text" or "decorative" and sends the file back.
  3. figlist apply FIGURE_LIST.xlsx --source SOURCE shows what that changes.
  4. The same with --write changes the sources.
"""
_APPLY_END: Final = """\
The diff goes to standard output, everything else to standard error. Nothing but the alt
texts changes: the documents are read again to prove it. Where the source has changed
since the sheet was written, the row is refused and its texts are shown.

exit code: 0 every row is in the sources, or would be; 1 a row was refused; 2 wrong
arguments, a file that is no sheet of alt texts, or one of another book
"""
_COMPARE: Final = """\
Report what differs between two drafts of a book, from the files that the figlist
builder wrote of each: figures added, removed, moved or renumbered, texts that changed,
and (JSON) pictures whose files changed.
"""


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    whole = argparse.ArgumentParser(
        prog="figlist", description=__doc__, epilog="figlist COMMAND --help says more."
    )
    from . import __version__

    whole.add_argument("--version", action="version", version=f"figlist {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    apply = commands.add_parser(
        "apply",
        help="put edited sheets of alt texts back into the sources",
        description=_APPLY,
        epilog=_APPLY_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    apply.add_argument(
        "sheets", nargs="+", type=Path, metavar="SHEET", help="a workbook or CSV file"
    )
    apply.add_argument(
        "--source", required=True, type=Path, metavar="DIR", help="the book's sources"
    )
    apply.add_argument("--write", action="store_true", help="write the changes")
    apply.add_argument(
        "--doctrees",
        type=Path,
        metavar="DIR",
        help="doctrees of an earlier build, which save time (they are copied)",
    )
    apply.add_argument(
        *("-c", "--conf-dir"),
        type=Path,
        metavar="DIR",
        help="the folder of conf.py, where that is not in the sources",
    )
    apply.add_argument(
        *("-D", "--define"),
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="override a setting in conf.py",
    )
    apply.add_argument(
        *("-t", "--tag"),
        action="append",
        default=[],
        metavar="TAG",
        help="define a tag",
    )
    compare = commands.add_parser(
        "compare",
        help="report what differs between two drafts",
        description=_COMPARE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    compare.add_argument("old", type=Path, metavar="OLD", help="JSON, CSV or XLSX file")
    compare.add_argument("new", type=Path, metavar="NEW", help="of the later draft")
    compare.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="Markdown to read (the default), or JSON for programs",
    )
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = parser().parse_args(arguments)
    from .revise import commands

    try:
        run: Any = getattr(commands, given.command)
        return int(run(given))
    except commands.Stop as error:
        print(f"figlist: {error}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
