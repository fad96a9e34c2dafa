"""Captions and pictures of a book in another language."""

from __future__ import annotations

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
    text,
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
