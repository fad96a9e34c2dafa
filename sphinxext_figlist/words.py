"""The words that lists and messages use, in the book's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sphinx.locale import get_translation, get_translator

from .controls import in_xml

CATALOG: Final = "sphinxext_figlist"

_ = get_translation(CATALOG)


def N_(message: str) -> str:
    """Mark *message*, which :func:`translated` takes later."""
    return message


#: A marked message in the book's language.
translated = _


def catalogs() -> list[object]:
    """All words of the catalogs in use: books may add or replace translations."""
    found: list[object] = []
    translator: object = get_translator(CATALOG)
    while translator is not None:
        words: Mapping[object, str] = getattr(translator, "_catalog", {})
        found.append(sorted(words.items(), key=repr))
        translator = getattr(translator, "_fallback", None)
    return found


def NN_(singular: str, plural: str, count: int) -> str:
    """The form for *count* in the book's language, with ``%d`` filled in."""
    words = get_translator(CATALOG).ngettext(singular, plural, count)
    return words % count if "%d" in words else words


def volume_label(number: int) -> str:
    """The default label of the volume *number*, from 1."""
    from roman_numerals import RomanNumeral  # few books have volumes

    return _("Volume %s") % RomanNumeral(number)


def chapter_heading(number: str, title: str) -> str:
    """The heading of a chapter's group."""
    if not number:
        return title
    return _("Chapter %(number)s: %(title)s") % {"number": number, "title": title}


def counted(kind: str, count: int) -> str:
    """How many elements of a kind there are, in words."""
    if kind == "figure":
        return NN_("%d figure", "%d figures", count)
    if kind == "table":
        return NN_("%d table", "%d tables", count)
    if kind == "code-block":
        return NN_("%d code block", "%d code blocks", count)
    return NN_("%d entry", "%d entries", count)


def counted_chapters(count: int) -> str:
    """How many chapters there are, in words."""
    return NN_("%d chapter", "%d chapters", count)


def list_heading(kind: str, number_format: str) -> str:
    """The heading of a list of a kind.

    :param number_format: its ``numfig_format``, whose words name a kind of another
        extension.
    """
    if kind == "figure":
        return _("Figure List")
    if kind == "table":
        return _("Table List")
    if kind == "code-block":
        return _("Code Block List")
    name = number_words(number_format, "").strip(" .:")
    return _("List: %s") % (name or kind.rpartition(":")[2].capitalize())


def field_words() -> Mapping[str, str]:
    """The label of each field on a page."""
    return {
        "title": _("Title"),
        "caption": _("Caption"),
        "alt": _("Alt text"),
        "thumbnail": _("Picture"),
        "legend": _("Legend"),
        "references": _("Referred to in"),
        "image": _("Image"),
        "location": _("Source"),
        "credit": _("Credit"),
        "label": _("Label"),
        "page": _("Page"),
    }


def field_label(name: str) -> str:
    """What stands before a field on a page, with its colon."""
    return _("%s:") % field_words()[name]


def kind_words(kind: str, number_format: str) -> str:
    """What one element of a kind is called.

    :param number_format: its ``numfig_format``, whose words name it.
    """
    if kind == "figure":  # they have it shortened: "Fig. %s"
        return _("Figure")
    name = number_words(number_format, "").strip(" .:()[]")
    return name or kind.rpartition(":")[2].replace("-", " ").capitalize()


#: What parts a number from a title, at the end of its form.
_PARTING: Final = frozenset(".:)-\u2013\u2014\uff1a\u3000")


def after_number(words: str) -> str:
    """What stands between a number and a title: formats may end in a stop."""
    return " " if words[-1:] in _PARTING else ": "


def number_words(number_format: str, number: str) -> str:
    """A number in the book's own words (``numfig_format``), without a name.

    Formats may be ``Fig. %s`` or, for references alone, ``Figure {number}: {name}``.
    """
    try:
        if "%s" in number_format:
            words = (number_format % number).replace("{name}", "")
        else:
            words = number_format.format(name="", number=number)
    except (AttributeError, LookupError, TypeError, ValueError):
        return number
    words = words.strip(" :-\u2013\u2014") if "{name}" in number_format else words
    return in_xml(words.strip())
