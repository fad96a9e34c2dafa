"""Numbers that an author typed at the head of a caption ("Figure 1:", "Fig. 3.2.").

Readers see the figure's own number beside its title, so these are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Final, NamedTuple

#: How languages name what has a number, whatever ``numfig_format`` says.
_NAMES: Final[dict[str, dict[str, str]]] = {
    "figure": {
        "en": "Figure Fig",
        "ar": "شكل الشكل",
        "ca": "Figura Fig",
        "cs": "Obrázek Obr",
        "da": "Figur Fig",
        "de": "Abbildung Abb Bild",
        "el": "Εικόνα Σχήμα Εικ",
        "es": "Figura Fig",
        "fi": "Kuva",
        "fr": "Figure Fig",
        "he": "איור",
        "hi": "चित्र",
        "it": "Figura Fig",
        "ja": "図",
        "ko": "그림",
        "nb": "Figur Fig",
        "nl": "Figuur Fig Afbeelding Afb",
        "pl": "Rysunek Rys Rycina Ryc",
        "pt": "Figura Fig",
        "ro": "Figura Fig",
        "ru": "Рисунок Рис",
        "sk": "Obrázok Obr",
        "sv": "Figur Fig Bild",
        "tr": "Şekil",
        "uk": "Рисунок Рис Малюнок Мал",
        "zh": "图 圖",
    },
    "table": {
        "en": "Table Tab",
        "ar": "جدول الجدول",
        "ca": "Taula",
        "cs": "Tabulka Tab",
        "da": "Tabel Tab",
        "de": "Tabelle Tab",
        "el": "Πίνακας",
        "es": "Tabla Cuadro",
        "fi": "Taulukko",
        "fr": "Tableau Tab",
        "he": "טבלה",
        "hi": "तालिका",
        "it": "Tabella Tab",
        "ja": "表",
        "ko": "표",
        "nb": "Tabell Tab",
        "nl": "Tabel Tab",
        "pl": "Tabela Tab",
        "pt": "Tabela Tab Quadro",
        "ro": "Tabelul Tabel Tab",
        "ru": "Таблица Табл",
        "sk": "Tabuľka Tab",
        "sv": "Tabell Tab",
        "tr": "Tablo",
        "uk": "Таблиця Табл",
        "zh": "表",
    },
    "code-block": {"en": "Listing", "de": "Quelltext", "fr": "Extrait"},
}

_NUMBER: Final = (
    r"(?:\d+|[IVXLC]+(?![^\W\d_])|[A-Z](?![^\W\d_]))(?:[.\u2010-\u2013-]\d+)*[a-z]?"
)
_BOUNDARY: Final = r"(?![^\W_])(?:\s?\([a-z]\))?"
#: What ends a number, or the beginning of what it numbers.
_END: Final = (
    r"(?:\s*[:.)|\u2013\u2014-](?=\s|\Z)|\s*[\uff1a\uff0e\u3002\u3001]"
    r"|(?P<bare>\s+)|\Z)\s*"
)


def passed(words: str, kind: str, number_format: str = "", language: str = "") -> int:
    """The length of the number that *words*, a caption's, begin with; 0 without.

    :param number_format: the kind's ``numfig_format``.
    """
    known = _known(kind, number_format, language)
    beginning = words.lstrip()[: known.longest]
    # Few captions begin so: most books need no pattern.
    simple = known.is_ascii and beginning.isascii()
    if simple and not beginning.lower().startswith(known.names):
        return 0
    for around in known.around:
        match = _pattern(*around).match(words)
        if not match:
            continue
        after = words[match.end() : match.end() + 1]
        # Without a mark, "Figure 1 shows" is a sentence, and "Figure 1 Map" none.
        if not match["bare"] or after.isupper() or (match["name"] > "\u2e80" and after):
            return match.end()
    return 0


def of_kind(
    formats: Mapping[str, str], language: str | None, kind: str
) -> Callable[[str], int]:
    """:func:`passed` for a kind, in a book with these ``numfig_format``."""
    return partial(
        passed,
        kind=kind,
        number_format=formats.get(kind, ""),
        language=language or "",
    )


def kind_named(words: str) -> str:
    """The kind that *words* name in any language ("Fig."), ``""`` for none."""
    name = words.strip().removesuffix(".").casefold()
    for kind, names in _NAMES.items():
        if name in " ".join(names.values()).casefold().split():
            return kind
    return ""


class _Known(NamedTuple):
    """What stands around the numbers of a kind."""

    #: What stands before a number, and a pattern of what stands after it.
    around: tuple[tuple[str, str], ...]
    #: What stands before, in lower case.
    names: tuple[str, ...]
    longest: int
    is_ascii: bool


@lru_cache(maxsize=64)
def _known(kind: str, number_format: str, language: str) -> _Known:
    around = tuple(dict.fromkeys(_around(kind, number_format, language)))
    names = tuple(before.lower() for before, _ in around)
    longest = max(map(len, names), default=0)
    return _Known(around, names, longest, all(map(str.isascii, names)))


@lru_cache(maxsize=64)
def _pattern(before: str, after: str) -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?P<name>(?i:{re.escape(before)}))\.?\s*{_NUMBER}{after}{_END}"
    )


def _around(kind: str, number_format: str, language: str) -> Iterator[tuple[str, str]]:
    """What stands before a number, and a pattern of what stands after it."""
    before, number, after = re.sub(
        r"%s|\{number\}", "\0", number_format.partition("{name}")[0]
    ).partition("\0")
    if number and before.strip():
        after = re.escape(after.strip(" :."))
        yield before.strip().removesuffix("."), rf"\s*{after}" if after else _BOUNDARY
    names = _NAMES.get(kind, {})
    short = re.split("[-_]", language or "en")[0].lower()
    for code in dict.fromkeys((short, "en")):
        for name in names.get({"no": "nb", "nn": "nb"}.get(code, code), "").split():
            yield name, _BOUNDARY
