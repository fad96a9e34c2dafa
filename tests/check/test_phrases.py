"""Phrases that say no more than that there is a picture, in each of our languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sphinxext_figlist
from sphinxext_figlist.check.phrases import ARTICLE, BARE, PHRASES

#: By language: empty phrases, words that are no description, and good texts.
TEXTS = {
    "ar": ("صورة لقطة", "مخطط", "قطة على سرير"),
    "cs": ("Obrázek ukazuje kočku", "Diagram", "Kočka na posteli"),
    "de": ("Bild von einer Katze", "Ein Diagramm", "Eine Katze im Bild"),
    "en": ("An image of a cat", "The diagram.", "Diagram of a lens"),
    "es": ("Imagen de un gato", "Gráfico", "Un gato en la cama"),
    "fr": ("Une image de chat", "Schéma", "Un chat sur un lit"),
    "he": ("תמונה של חתול", "תרשים", "חתול על מיטה"),
    "hi": ("बिल्ली की तस्वीर", "आरेख", "बिस्तर पर बिल्ली"),
    "it": ("Immagine di un gatto", "Un diagramma", "Un gatto sul letto"),
    "ja": ("猫の画像", "図", "ベッドの上の猫"),
    "ko": ("고양이의 사진", "그림", "침대 위의 고양이"),
    "nl": ("Afbeelding van een kat", "Een diagram", "Een kat op een bed"),
    "pl": ("Obrazek przedstawia kota", "Wykres", "Kot na łóżku"),
    "pt": ("Imagem de um gato", "Um gráfico", "Um gato na cama"),
    "ru": ("На изображении кошка", "Схема", "Кошка на кровати"),
    "sv": ("Bild av en katt", "Ett diagram", "En katt på en säng"),
    "tr": ("Bir kedinin resmi", "Grafik", "Yatakta bir kedi"),
    "uk": ("На зображенні кіт", "Схема", "Кіт на ліжку"),
    "zh": ("猫的图片", "圖片", "床上的猫"),
}


def test_every_language_has_phrases() -> None:
    catalogs = Path(sphinxext_figlist.__file__).parent / "locale"
    languages = {path.name[:2] for path in catalogs.iterdir()} | {"en"}
    assert languages == PHRASES.keys() == BARE.keys() == TEXTS.keys()


@pytest.mark.parametrize("language", TEXTS)
def test_phrases(language: str) -> None:
    phrase, bare, good = TEXTS[language]
    said = re.compile(PHRASES[language], re.IGNORECASE)
    only = re.compile(rf"{ARTICLE}({BARE[language]})[.:。：]?", re.IGNORECASE)
    assert said.match(phrase)
    assert only.fullmatch(bare)
    for text in (phrase, good):
        assert not only.fullmatch(text)
    assert not said.match(good)
