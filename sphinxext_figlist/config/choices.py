"""The names that settings and options allow, and how credits begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

FIELDS: Final = (
    "title",
    "caption",
    "alt",
    "thumbnail",
    "legend",
    "references",
    "image",
    "location",
    "credit",
    "label",
    "page",
)
SCOPES: Final = ("volume", "chapter", "page")
PICTURES: Final = ("figures", "all")
TITLE_RULES: Final = ("lead", "sentence", "caption")
LATEX_NUMBERS: Final = ("sphinx", "latex")

#: How an English caption's or legend's closing credit begins.
CREDIT_PATTERNS: Final = (
    r"Sources?:",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?Credits?:",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?Courtesy of\b",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?(Adapted|Modified|Redrawn) from\b",
    r"(Reproduced|Reprinted|Used),? (with|by) (the )?(kind )?permission\b",
    r"(Reproduced|Reprinted),? (with permission,? )?from\b",
    r"(Image|Photo|Photograph|Picture|Illustration|Drawing|Artwork) by\b",
    r"(Photo|Photograph)s?:",
    r"\u00a9|Copyright (\u00a9|\(c\)|\d{4})",
)


def allowed_are(names: Iterable[str]) -> str:
    """What may be chosen, in words."""
    return f"allowed: {', '.join(names)}"


def unknown(item: object, allowed: Sequence[str]) -> str:
    """A value that is not *allowed*, and what is."""
    near = get_close_matches(item, allowed, 1) if isinstance(item, str) else []
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown value {item!r}; {hint}{allowed_are(allowed)}"
