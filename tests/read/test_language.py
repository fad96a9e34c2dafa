"""Captions and pictures of a book in another language."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from support import (
    Built,
    Site,
    build,
    by_class,
    conf,
    entries,
    main_content,
    png,
    same_output,
    text,
    touch_now,
    write_tree,
)
from support.books.places import figures_of, read_list

CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"

msgid "**Cliff**: white and *high*, see :ref:`here <here>`."
msgstr "**Klippe**: weiß und *hoch*, siehe :ref:`hier <here>`."

msgid "A legend."
msgstr "Eine Legende."

msgid "A cliff."
msgstr "Eine Klippe."
"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files: dict[str, str | bytes] = {
        "conf.py": conf(
            extensions=["sphinxext_figlist"],
            numfig=True,
            language="de",
            locale_dirs=["locale"],
            gettext_compact=False,
            gettext_additional_targets=["image"],
            figure_language_filename="{root}.{language}{ext}",
            figlist_formats=["json"],
        ),
        "index.rst": ("Book\n====\n\n.. toctree::\n\n   chapter\n   figures\n"),
        "chapter.rst": (
            "Chapter\n=======\n\n.. _here:\n\nHere\n----\n\n"
            ".. figure:: images/x.png\n   :name: cliff\n   :alt: A cliff.\n\n"
            "   **Cliff**: white and *high*, see :ref:`here <here>`.\n\n"
            "   A legend.\n\n"
            ".. figure:: images/y.png\n\n   In English.\n"
        ),
        "figures.rst": "Figures\n=======\n\n.. figlist::\n",
        "images/x.png": png(1),
        "images/x.de.png": png(2),
        "images/y.png": png(3),
        "locale/de/LC_MESSAGES/chapter.po": CATALOG,
    }
    root = tmp_path_factory.mktemp("german")
    return build(write_tree(root / "book", files), root / "html")


def test_translated_captions(german: Built) -> None:
    first, second = figures_of(read_list(german.out / "figlist"))
    assert first["title"] == "Klippe"
    assert first["caption"] == "Klippe: weiß und *hoch*, siehe hier."
    assert first["legend"] == "Eine Legende."
    assert [image["alt"] for image in first["images"]] == ["Eine Klippe."]
    assert first["label"] == "cliff"
    assert first["location"] == {"path": "chapter.rst", "line": 9}
    assert second["caption"] == "In English."
    page = german.out / "figures.html"
    assert [entry.link for entry in entries(page)] == [
        "Abb. 1: Klippe",
        "Abb. 2: In English",
    ]
    (caption,) = by_class(main_content(page), "figlist-caption")
    assert text(caption).endswith("weiß und hoch, siehe hier.")
    assert Site(german.out).dead_links() == []


def test_pictures_of_the_language(german: Built) -> None:
    """What the readers of this language see is the figure's picture."""
    first, second = figures_of(read_list(german.out / "figlist"))
    assert [image["path"] for image in first["images"]] == ["images/x.de.png"]
    assert [image["path"] for image in second["images"]] == ["images/y.png"]


#: A caption of a book that is translated, before and after an edit of its catalog.
EDITED = {
    "ja": ("断崖：白い石。", "断崖の高さ：32メートル。", "断崖", "断崖の高さ"),
    "ru": ("Утёс: белый камень.", "Высота утёса: 32 м.", "Утёс", "Высота утёса"),
    "he": ("מצוק: אבן לבנה.", "גובה המצוק: 32 מ׳.", "מצוק", "גובה המצוק"),
    "hi": ("**चट्टान।** सफ़ेद।", "**ऊँचाई।** 32 मी।", "चट्टान", "ऊँचाई"),
}


@pytest.mark.parametrize("language", EDITED)
def test_an_edited_catalog(tmp_path: Path, language: str) -> None:
    """Lists, files and pages are what a clean build makes of the new words."""
    before, after, old_title, new_title = EDITED[language]
    path = tmp_path / "book" / "locale" / language / "LC_MESSAGES" / "one.po"

    def catalog(words: str) -> str:
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        return f'{head}msgid "A cliff: white."\nmsgstr "{words}"\n'

    files: dict[str, str | bytes] = {
        "conf.py": conf(
            extensions=["sphinxext_figlist"],
            numfig=True,
            language=language,
            locale_dirs=["locale"],
            figlist_formats=["markdown", "csv", "json"],
        ),
        "index.rst": "Book\n====\n\n.. toctree::\n\n   one\n\n.. figlist::\n",
        "one.rst": "One\n===\n\n.. figure:: p.png\n\n   A cliff: white.\n",
        "p.png": png(),
        str(path.relative_to(tmp_path / "book")): catalog(before),
    }
    source = write_tree(tmp_path / "book", files)
    build(source, tmp_path / "html")
    assert [
        f["title"] for f in figures_of(read_list(tmp_path / "html" / "figlist"))
    ] == [old_title]
    path.write_text(catalog(after), encoding="utf-8")
    touch_now(path)
    vars(gettext)["_translations"].clear()  # what Python keeps for its process
    edited = build(source, tmp_path / "html")
    assert same_output(edited, build(source, tmp_path / "clean")) == []
    (figure,) = figures_of(read_list(tmp_path / "html" / "figlist"))
    assert figure["title"] == new_title
    (entry,) = entries(tmp_path / "html" / "index.html")
    assert entry.link.endswith(f": {new_title}")
