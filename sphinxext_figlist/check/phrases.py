"""Phrases that only say that there is a picture, by language."""

from __future__ import annotations

from typing import Final

#: How an alt text begins, or in some languages ends, that says no more than that
#: there is a picture, by the language's code.
PHRASES: Final = {
    "en": r"(an? |the |this )?(image|picture|graphic) (of|shows|showing)\b",
    "de": r"((ein|das|dieses) )?(bild|grafik) (von|zeigt)\b",
    "es": r"((una|la|esta) )?imagen (de|que muestra)\b",
    "fr": r"(une |l['’]|cette )?image (de|montrant|qui montre)\b",
    "it": r"((un|l)['’]|una |la )?immagine (di|che mostra)\b",
    "pt": r"((uma|a|esta) )?imagem (de|da|do|que mostra)\b",
    "ja": r".*の(画像|写真|図)。?$",
    "zh": r".*[的之](图片|图像|照片|圖片|圖像|影像)。?$",
    "ar": r"(هذه )?صورة (ل|تُ?ظهر|تُ?بيّ?ن|توضّ?ح)",
    "cs": r"(na obrázku|obrázek (ukazuje|ukazující|zobrazuje|zobrazující))\b",
    "he": r"תמונה (של|המראה|שמראה)\b",
    "hi": r".*(की|का|के) (तस्वीर|छवि|चित्र|फ़ोटो)।?$",
    "ko": r".*의 (이미지|사진|그림)\.?$",
    "nl": r"(een |de |deze )?(afbeelding|plaatje) (van|toont)\b",
    "pl": r"(na (obrazie|obrazku)|(ten )?obraz(ek)? (pokazuje|przedstawia(jący)?))\b",
    "ru": r"(на (изображении|картинке)|(изображение|картинка) показывает)\b",
    "sv": r"((en |denna )?bild (av|på|som visar)|bilden visar)\b",
    "tr": r".* (görseli|resmi|fotoğraf\u0131)\.?$",
    "uk": r"(на (зображенні|картинці)|(зображення|картинка) (зображує|показує))\b",
}
#: Words that are no description where they are all that is said.
BARE: Final = {
    "en": "chart|diagram|drawing|figure|graph|graphic|illustration|image|map|photo"
    "|photograph|picture|plot|schematic|screenshot|sketch|table",
    "de": "abbildung|bild|diagramm|foto|fotografie|grafik|karte|skizze|zeichnung",
    "es": "diagrama|dibujo|esquema|figura|foto|gráfico|ilustración|imagen|mapa",
    "fr": "carte|dessin|diagramme|figure|graphique|illustration|image|photo|schéma",
    "it": "diagramma|disegno|figura|foto|grafico|illustrazione|immagine|mappa|schema",
    "pt": "desenho|diagrama|esquema|figura|foto|gráfico|ilustração|imagem|mapa",
    "ja": "図|画像|写真|地図|グラフ|イラスト",
    "zh": "图|图片|图像|照片|地图|图表|插图|圖|圖片|圖像|影像|地圖|圖表|插圖",
    "ar": "جدول|خريطة|رسم|رسم بياني|شكل|صورة|لقطة شاشة|مخطط",
    "cs": "diagram|fotografie|graf|ilustrace|mapa|nákres|obrázek|schéma|tabulka",
    "he": "איור|גרף|דיאגרמה|טבלה|מפה|צילום מסך|תמונה|תרשים",
    "hi": "आरेख|ग्राफ़|चित्र|छवि|तस्वीर|फ़ोटो|मानचित्र",
    "ko": "그래프|그림|다이어그램|도표|사진|스크린샷|이미지|지도",
    "nl": "afbeelding|diagram|figuur|foto|grafiek|illustratie|kaart|schema|tekening",
    "pl": "diagram|grafika|mapa|obraz|obrazek|rysunek|schemat|wykres|zdjęcie",
    "ru": "график|диаграмма|изображение|карта|картинка|рисунок|скриншот|схема|фото"
    "|фотография",
    "sv": "bild|diagram|figur|foto|fotografi|graf|illustration|karta|skiss|tabell",
    "tr": "çizim|diyagram|fotoğraf|görsel|grafik|harita|resim|şekil|şema|tablo",
    "uk": "графік|діаграма|зображення|карта|картинка|малюнок|рисунок|схема|фото"
    "|фотографія",
}
ARTICLE: Final = r"(an? |the |une? |une |eine? |un |una |uma |um |een |ett )?"
