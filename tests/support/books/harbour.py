"""A small book whose lists have every layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from support import (
    Built,
    Files,
    build,
    by_class,
    classes,
    elements,
    main_content,
    only_by_class,
    png,
    text,
)
from support.small import book as small_book
from support.small import directive, doc, figlist, section, toc

#: The book's own directive for a figure of two pictures.
PAIR = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Pair(Directive):
    has_content = True
    def run(self):
        pictures = [nodes.image(uri=uri) for uri in self.content]
        pictures[0]["alt"] = "The old town"
        figure = nodes.figure("", *pictures, ids=["fig-pair"], names=["fig-pair"])
        self.state.document.note_explicit_target(figure)
        link = nodes.reference("", "old", refuri="https://example.org/old")
        words = nodes.Text("Two towns, "), link, nodes.Text(" and new.")
        figure += nodes.caption("", "", *words)
        return [figure]

def setup(app):
    app.add_directive("pair", Pair)
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><path d="M0 0h8v6z"/></svg>'

#: Two sources of one picture: a builder takes the one that it can show.
BOAT: Files = {"pics/boat.svg": SVG, "pics/boat.pdf": b"%PDF-1.4\n"}

HARBOUR = doc(
    "Harbour",
    "See :numref:`fig-quay`.",
    directive(
        "figure",
        "**Quay:** where ships :math:`x^2` lie.",
        "A legend.",
        argument="/pics/quay.png",
        name="fig-quay",
        alt="A quay.",
        width="20%",
    ),
    directive(
        "figure", "The boat.", argument="/pics/boat.*", name="fig-boat", alt="A boat."
    ),
    directive("figure", argument="/pics/deep/quay.png", name="fig-bare", alt=""),
)
TOWN = """\
# Town

```{pair}
/pics/a b.png
/pics/été.png
```

```{figure} https://example.org/far.png
:name: fig-far
:alt: Far away.

Far away.
```

:::{figure} /pics/quay.png
:name: fig-light
:figclass: x
:class: only-light y
:alt: For light pages.

Light.
:::
"""

PICTURES: Files = {
    "pics/quay.png": png(1, 40, 30),
    "pics/deep/quay.png": png(2, 10, 90),
    "pics/a b.png": png(3, 90, 10),
    "pics/été.png": png(4),
    **BOAT,
}
FIELDS = "title caption alt references"

BOOK: Files = {
    **PICTURES,
    "index.rst": doc("Coast", toc("harbour", "town", numbered=True), toc("lists")),
    "harbour.rst": HARBOUR,
    "town.md": TOWN,
    "lists.rst": doc(
        "Lists",
        section("Table", figlist(layout="table", fields=FIELDS)),
        section("Gallery", figlist(layout="gallery")),
    ),
}


def book(tmp_path: Path, files: Files = BOOK, **values: Any) -> Path:
    settings = {
        "extensions": ["myst_parser", "sphinxext_figlist"],
        "myst_enable_extensions": ["colon_fence"],
        "version": "1",
        "copyright": "2026, Nobody",
        "suppress_warnings": ["epub.unknown_project_files"],
    }
    source = small_book(tmp_path, files, **{**settings, **values})
    path = source / "conf.py"
    path.write_text(path.read_text("utf-8") + PAIR, "utf-8")
    return source


def made(tmp_path: Path, builder: str = "html", **values: Any) -> Built:
    # The picture elsewhere is not fetched in HTML; other builders try to.
    allow = ("example.org", "Max retries", "Could not fetch", "far.png")
    if builder == "texinfo":  # it shows neither
        allow += ("a suitable image for texinfo",)
    source = book(tmp_path, **values)
    return build(source, tmp_path / builder, builder=builder, allow=allow)


def lists_of(page: Path) -> list[Element]:
    return by_class(main_content(page), "figlist")


def pictures(page: Path) -> dict[str, list[dict[str, str]]]:
    """The attributes of each entry's pictures, by the entry's link."""
    gallery = next(e for e in lists_of(page) if "figlist-gallery" in classes(e))
    return {
        text(only_by_class(item, "figlist-link")): [
            dict(image.attrib) for image in elements(item, "img")
        ]
        for item in by_class(gallery, "figlist-entry")
    }


LAYOUTS = ("full", "compact", "table", "gallery")
