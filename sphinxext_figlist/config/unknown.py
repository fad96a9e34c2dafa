"""Names in conf.py that look like misspelt settings of figlist."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from inspect import ismodule
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .. import controls

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = controls.logger(__name__)

#: How near a name must come to one of ours to be taken for it.
_NEAR: Final = 0.85
#: Names in every conf.py that are no values.
_OTHERS: Final = frozenset({"__builtins__", "__file__", "extensions", "tags"})


def warn_of_unknown(app: Sphinx, config: Config, known: Iterable[str]) -> None:
    """Warn of names in conf.py that nobody declared and that are near one of *known*.

    Functions and modules are the user's own, and so is a name for a value that the
    name near it has.
    """
    known, given = tuple(known), config._raw_config
    for name, value in given.items():
        if name in config or name in _OTHERS:
            continue
        if callable(value) or ismodule(value):
            continue
        near = get_close_matches(name.casefold(), known, 1, _NEAR)
        if not near or given.get(near[0]) is value:
            continue
        logger.warning(
            "unknown name %r; did you mean %r?",
            name,
            near[0],
            location=_place(Path(app.confdir, "conf.py"), name),
            type="figlist",
            subtype="config",
        )


def _place(path: Path, name: str) -> str:
    """Where *name* is first set in conf.py."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(path)
    setting = re.compile(rf"\s*{re.escape(name)}\s*(:[^=]+)?=")
    for number, line in enumerate(lines, 1):
        if setting.match(line):
            return f"{path}:{number}"
    return str(path)
