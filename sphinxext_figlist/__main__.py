"""Put edited alt texts back into the sources of a book, or compare two drafts."""

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
  2. An editor fills in "new alt text" or "decorative" and sends the file back.
  3. figlist apply FIGURE_LIST.xlsx --source SOURCE shows what would change.
  4. The same command with --write changes the sources.
"""
_APPLY_END: Final = """\
The diff goes to standard output, everything else to standard error. Only alt texts
change: figlist reads the documents again to verify this. If the source has changed
since the sheet was written, the row is refused and its texts are shown.

exit codes:
  0  every row is in the sources, or would be with --write
  1  at least one row was refused
  2  bad arguments, a file that is not a sheet of alt texts, a sheet of another book,
     or a book that cannot be read
"""
_COMPARE: Final = """\
Report what differs between two drafts of a book: figures that were added, removed,
moved or renumbered, texts that changed, and (JSON) pictures whose files changed. Give
the files that the builder figlist wrote for each draft.
"""


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    whole = argparse.ArgumentParser(
        prog="figlist",
        description=__doc__,
        epilog="Run figlist COMMAND --help for details.",
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
        "--source",
        required=True,
        type=Path,
        metavar="DIR",
        help="the folder of the book's sources",
    )
    apply.add_argument("--write", action="store_true", help="write the changes")
    apply.add_argument(
        "--doctrees",
        type=Path,
        metavar="DIR",
        help="doctrees of an earlier build, to save time (they are not changed)",
    )
    apply.add_argument(
        *("-c", "--conf-dir"),
        type=Path,
        metavar="DIR",
        help="the folder of conf.py, if it is not the folder of the sources",
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
    compare.add_argument(
        "old",
        type=Path,
        metavar="OLD",
        help="the list of the earlier draft: a JSON, CSV or XLSX file",
    )
    compare.add_argument(
        "new", type=Path, metavar="NEW", help="the list of the later draft"
    )
    compare.add_argument(
        "--format",
        choices=("markdown", "json"),
        default="markdown",
        help="Markdown for people (the default), or JSON for programs",
    )
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = parser().parse_args(arguments)
    from .controls import shown
    from .revise import commands

    try:
        run: Any = getattr(commands, given.command)
        return int(run(given))
    except commands.Stop as error:
        print(f"figlist: {shown(str(error))}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
