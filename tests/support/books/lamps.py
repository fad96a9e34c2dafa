"""A small book in two volumes for every builder."""

from __future__ import annotations

from support import Files, conf, png
from support.small import bare, doc, fig, figlist, toc

SETTINGS: dict[str, object] = {
    "project": "Lights",
    "author": "Nobody",
    "copyright": "2026, Nobody",
    "version": "1",
    "release": "1",
    "today": "Today",
    "language": "en",
    "extensions": ["sphinxext_figlist"],
    "numfig": True,
    "smartquotes": False,
    "figlist_number_uncaptioned": True,
    "figlist_volumes": [
        {"id": "1", "title": "Lamp & lens", "root": "one/index"},
        {"id": "2", "title": "Sound", "root": "two/index"},
    ],
    "man_pages": [("index", "lights", "Lights", ["Nobody"], 1)],
    "texinfo_documents": [
        ("index", "lights", "Lights", "Nobody", "lights", "Of lights", "Misc")
    ],
    "epub_uid": "lights",
    "epub_identifier": "lights",
    "suppress_warnings": ["epub.unknown_project_files"],
}

LAMPS = doc(
    "Lamps",
    "See :numref:`fig-lens`, :numref:`fig-horn` and :numref:`fig-wall`.",
    fig(
        "lens",
        "Lens: a ring of glass around the flame, as its `makers "
        "<https://example.org/glass>`_ tell. It throws the light so far out over the "
        "sea that ships see it before they see the land. See :ref:`fig-burner`.",
        alt="A glass ring & a flame.",
    ),
    fig("burner", "A burner with two wicks.", alt="Two wicks."),
    bare("wall", alt="A bare wall."),
)

BOOK: Files = {
    "conf.py": conf(**SETTINGS),
    "p.png": png(),
    "index.rst": doc(
        "Lighthouses",
        toc(
            *("one/index", "two/index", "figures", "short", "table", "gallery"),
            numbered=True,
        ),
    ),
    "one/index.rst": doc("First part", toc("lamps"), figlist(layout="compact")),
    "one/lamps.rst": LAMPS,
    "two/index.rst": doc(
        "Second part", toc("horns"), figlist(fields="caption references location label")
    ),
    "two/horns.rst": doc(
        "Horns",
        "Of :numref:`fig-lens` and :numref:`fig-horn`.",
        fig(
            "horn", "**Horn.** It sounds *twice* [#]_. See :doc:`/one/lamps`.", alt="x"
        ),
        ".. [#] At night.",
    ),
    "figures.rst": doc("All figures", figlist()),
    "short.rst": doc("In short", figlist(layout="compact", fields="title alt")),
    "table.rst": doc("As a table", figlist(layout="table", searchable=True)),
    "gallery.rst": doc("As pictures", figlist(layout="gallery")),
}
