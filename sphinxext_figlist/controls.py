"""Control characters in users' texts: kept from pages, files and terminals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinx.util import logging

if TYPE_CHECKING:
    from logging import LogRecord

    from sphinx.util.logging import SphinxLoggerAdapter

# Patterns, compiled where they are used.
#: What no text file should hold, and no page; what no XML can hold.
CONTROLS: Final = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
UNPRINTABLE: Final = "[\ud800-\udfff\ufffe\uffff]"
_BREAKS: Final = "[\x0b\x0c]"
#: Controls, which a terminal obeys, and those of direction, which turn the rest of the
#: line around; lone surrogates, which no encoding has.
_ACTIVE: Final = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff]"
)


def in_xml(text: str) -> str:
    """*text* as any output can hold it."""
    if text.isprintable():
        return text
    text = re.sub(_BREAKS, " ", re.sub(CONTROLS, "", text))
    return re.sub(UNPRINTABLE, "\ufffd", text)


def shown(text: str) -> str:
    """*text* with escapes (``\\x1b``) for what a terminal would obey."""
    return re.sub(
        _ACTIVE,
        lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(),
        text,
    )


def logger(name: str) -> SphinxLoggerAdapter:
    """The logger of a module, by which users' texts are :func:`shown`."""
    adapter = logging.getLogger(name)
    if _show not in adapter.logger.filters:
        adapter.logger.addFilter(_show)
    return adapter


def _show(record: LogRecord) -> bool:
    record.msg, record.args = shown(record.getMessage()), ()
    return True
