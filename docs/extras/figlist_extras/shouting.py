"""A check, whose docstring is its entry in the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from sphinxext_figlist.check.finding import Finding, Part


def alt_shouting(part: Part) -> Iterator[Finding]:
    """An alt text is in capitals, which some screen readers spell out."""
    for entry, image, words in part.alts():
        if words.isupper() and len(words) > 5:
            message = 'the alt text "%(alt)s" is all capitals; write it in lower case'
            yield Finding(entry, message, {"alt": words}, image.path)
