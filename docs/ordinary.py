"""A book of ordinary captions, to look at lists of it.

    python docs/ordinary.py FOLDER

writes its sources. Most captions are sentences, some have a lead, some figures have
none, and the pictures are wide, tall and square. One volume has one figure, the next
three, the last forty in four chapters, and each layout has a page for each of them.
``docs/screenshots.py`` takes pictures of these pages, and the tests open them in a
browser.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NamedTuple


class Picture(NamedTuple):
    """A figure: what it says, and the shape of its picture."""

    caption: str
    alt: str
    size: tuple[int, int] = (400, 300)


#: The volumes by name, each with its chapters.
VOLUMES: Final = {
    "one": ("A ford",),
    "three": ("A ferry",),
    "forty": ("The river", "Wood and stone", "Iron", "Keeping it up"),
}

ONE: Final = [
    Picture(
        "At low water in August the ford is a bar of gravel with a hand's "
        "breadth of river on it; in March nobody has crossed here and come "
        "back.",
        "A shallow river runs over a gravel bar between two banks of willows.",
        (480, 270),
    ),
]

THREE: Final = [
    Picture(
        "**Cable ferry.** The current does the work: the boat hangs from "
        "its cable at a slant, and the water pushes it across.",
        "A flat boat with a cart on board hangs from a cable across a river.",
        (480, 240),
    ),
    Picture(
        "The ferryman's house, the landing stage with its three floating "
        "sections, and the winch that takes up the slack when the river "
        "falls by more than the 40 cm for which the stage was built. The "
        "house is gone; the winch still turns.",
        "A small house above a landing stage, from which a cable runs into the water.",
        (300, 400),
    ),
    Picture(
        "",
        "A bell under a small roof hangs from a post on a river bank.",
    ),
]

FORTY: Final = [
    # The river
    Picture(
        "Catchment of the upper valley. Hatching marks the slopes from "
        "which rain arrives within six hours.",
        "A map of a valley with its streams; the steep slopes in the north "
        "are hatched.",
        (300, 420),
    ),
    Picture(
        "Discharge at the gauge by the old mill from October to September, "
        "averaged over sixty-one years. The two peaks are snow melt and "
        "autumn rain.",
        "A curve over twelve months with a high peak in April and a lower "
        "one in November.",
        (600, 200),
    ),
    Picture(
        "**Bank erosion** at the outer side of a bend.",
        "A steep bank of bare earth with roots hanging over the water.",
    ),
    Picture(
        "Where the river has cut through to its older bed, the gravel lies "
        "in layers that slope downstream",
        "A cut bank with slanting layers of gravel.",
        (500, 280),
    ),
    Picture(
        "Scour: behind every pile the water digs a hole, and the deeper "
        "the hole, the faster the water that digs it.",
        "Side view of a pile in a stream; arrows curl into a hole behind it.",
    ),
    Picture(
        "",
        "A gauge staff stands in the water beside a stone stair.",
        (120, 400),
    ),
    Picture(
        "Profile of the bed at the site of the bridge, measured from a "
        "boat in 1911 and by echo sounder in 2019 (vertical scale five "
        "times the horizontal).",
        "Two curves of a river bed; the later one lies a metre lower in the middle.",
        (720, 180),
    ),
    Picture(
        "Ice at the confluence in the winter of 1929, as the engineer of "
        "the district photographed it from the tower of the church.",
        "Ice floes cover a river to both banks.",
        (400, 260),
    ),
    Picture(
        "Speed of the water :math:`v` against the depth :math:`h` below "
        "the surface, with :math:`v_{\\max}` at about a fifth of the depth.",
        "A curve bulges to the right a little below its top and falls "
        "towards the bottom.",
        (280, 320),
    ),
    Picture(
        "Flood marks on the wall of the inn.",
        "Horizontal lines with years are cut into a wall beside a door.",
        (260, 420),
    ),
    # Wood and stone
    Picture(
        "Trestle of a foot bridge. Every joint can be reached from above, "
        "so that a beam is changed without closing the path.",
        "A wooden trestle of two slanting legs with cross braces.",
    ),
    Picture(
        "Fishplate",
        "Two beams end to end between two plates with four bolts.",
        (480, 160),
    ),
    Picture(
        "**Covered bridge, longitudinal section with the arrangement of "
        "the bracing, the shingle roof and the two abutments.** The roof "
        "is no ornament: dry timber lasts three times as long.",
        "Section along a wooden bridge under a roof.",
        (720, 220),
    ),
    Picture(
        "How an arch carries: each stone is held by its two neighbours, "
        "and the outermost by the hill.",
        "A half circle of wedge-shaped stones between two hills, with arrows along it.",
        (480, 300),
    ),
    Picture(
        "The centring for the main arch took as much timber as the roofs "
        "of forty houses, stood for two years, and was sold to the railway "
        "before the mortar had set.",
        "A fan of timber supports a half-built arch of stone.",
    ),
    Picture(
        "",
        "A keystone with a carved head.",
        (200, 240),
    ),
    Picture(
        "Mason's marks on the downstream side of the second pier",
        "Nine small signs made of straight strokes.",
    ),
    Picture(
        "Cofferdam: two rows of sheet piles with clay between them keep "
        "the river out of the pit in which the pier is founded.",
        "Section through a dry pit in a river, walled by a double row of piles.",
        (520, 240),
    ),
    Picture(
        "Repairs after the flood of 1953, from the report of the county "
        "surveyor. Source: County Archive, box 17.",
        "A drawing of a pier with shaded parts where stones are missing.",
        (300, 380),
    ),
    Picture(
        "Thrust line of the arch with an even load (solid) and with a "
        "coach and six at the quarter point (dashed); it must stay within "
        "the middle third of the stone.",
        "An arch with two lines inside it, one of them shifted to the left.",
        (560, 240),
    ),
    # Iron
    Picture(
        "Wrought iron, seen under the microscope. The dark threads are slag.",
        "Pale grains with dark parallel threads.",
    ),
    Picture(
        "Elongation of a bar of wrought iron and of one of mild steel "
        "under the same load. Where the curves leave the straight line, "
        "the bar does not come back.",
        "Two rising curves that bend to the right, the upper one much later.",
        (420, 320),
    ),
    Picture(
        "**Rivet.** It is set hot and pulls the plates together as it cools.",
        "Section through two plates and a rivet with two round heads.",
        (220, 300),
    ),
    Picture(
        "The lattice girders on the test bed in the yard of the ironworks, "
        "loaded with rails, in the presence of the board.",
        "Men in hats stand beside a long girder with rails stacked on it.",
        (640, 220),
    ),
    Picture(
        "Truss types of the railway: king post, Howe, Pratt, Warren, and "
        "the lenticular girder that only one engineer in the country would "
        "build",
        "Five trusses below each other.",
        (260, 460),
    ),
    Picture(
        "Launching the third span from the bank. The nose is light, and is "
        "taken off when it has reached the pier.",
        "A girder with a thin nose reaches out from a bank towards a pier.",
        (640, 240),
    ),
    Picture(
        "",
        "A roller bearing between two cast plates.",
        (320, 200),
    ),
    Picture(
        "Expansion of the deck over a year; the joint has to take 74 mm.",
        "A curve that follows the temperature with a delay of some days.",
        (560, 200),
    ),
    Picture(
        "The bridge from the north bank",
        "An iron lattice bridge of three spans over a broad river.",
        (700, 260),
    ),
    Picture(
        "Wind load: what was assumed in 1878, what was measured in 1882, "
        "and what a code asks for today, in kilonewtons a square metre.",
        "Three bars, the first much lower than the other two.",
    ),
    # Keeping it up
    Picture(
        "Corrosion under a gusset plate after ninety years, before and after cleaning",
        "Two photographs of the same plate, brown and grey.",
        (560, 240),
    ),
    Picture(
        "Layers of paint on the main girder. From the outside in: 2004, "
        "1981, 1958, 1936 and the red lead of the ironworks.",
        "Five coloured layers above a grey ground.",
        (300, 220),
    ),
    Picture(
        "Inspection route. One person with a lamp and a hammer takes four days for it.",
        "Plan of the bridge with a dashed line that visits every joint.",
        (720, 200),
    ),
    Picture(
        "Crack at a rivet hole, found by the sound of the hammer",
        "A fine dark line runs from a round hole to the edge of a plate.",
    ),
    Picture(
        "Strain at midspan while the 14:10 goods train passes; the second, "
        "smaller swing comes from the empty wagons at its end.",
        "A curve with a deep swing and a shallow one.",
        (640, 200),
    ),
    Picture(
        "**Cathodic protection.** A block of zinc rusts in place of the "
        "pile, and is changed every twelve years.",
        "A pile in the water with a block of metal fixed to it by a cable.",
        (240, 340),
    ),
    Picture(
        "",
        "A diver's helmet on a quay.",
    ),
    Picture(
        "Cost of upkeep, by decade, in the prices of 2020. The gap is the war.",
        "Bars of uneven height; two are missing.",
        (480, 240),
    ),
    Picture(
        "Load model of the assessment as it stands in "
        "``bridge/assessment/loads.toml``, drawn to scale.",
        "Axles as arrows above a beam on two supports.",
        (600, 180),
    ),
    Picture(
        "What is left: the piers of 1911 carry the deck of 1962, and the "
        "deck of 1962 carries traffic that neither was built for.",
        "Stone piers under a deck of steel and concrete.",
        (560, 300),
    ),
]

PICTURES: Final = {"one": ONE, "three": THREE, "forty": FORTY}

#: The options of each layout's lists.
LAYOUTS: Final = {
    "full": "",
    "compact": "",
    "table": "   :fields: title caption alt references\n",
    "gallery": "   :searchable:\n",
}


def svg(number: int, size: tuple[int, int]) -> str:
    """A picture of a given size: water, a bank and something that stands in it."""
    width, height = size
    level = height * (55 + number * 7 % 25) // 100
    middle, colour = width * (30 + number * 13 % 40) // 100, number * 47 % 360
    reach = min(width, height) * 3 // 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#eef2f0"/>'
        f'<rect y="{level}" width="{width}" height="{height - level}" fill="#7fa0b0"/>'
        f'<path d="M{middle - reach} {level} A{reach} {reach} 0 0 1 {middle + reach}'
        f' {level}" fill="none" stroke="hsl({colour} 45% 38%)" stroke-width="14"/>'
        f'<path d="M0 {level} H{width}" stroke="#33454e" stroke-width="3"/></svg>'
    )


def conf(theme: str, **more: object) -> str:
    """The ``conf.py``."""
    values = {
        "project": "Bridges of the Valley",
        "author": "The figlist authors",
        "copyright": "2026, The figlist authors",
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "numfig_format": {"figure": "Figure %s"},
        "figlist_number_uncaptioned": True,
        "figlist_volumes": [
            {"id": name, "title": f"Part {name}", "root": f"{name}/index"}
            for name in VOLUMES
        ],
        "html_theme": theme,
        **more,
    }
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())


def sources(theme: str = "alabaster", **more: object) -> dict[str, str]:
    """The book: what each of its files holds.

    :param more: further values of the configuration.
    """
    files = {"conf.py": conf(theme, **more)}
    number = 0
    for volume, chapters in VOLUMES.items():
        pictures = PICTURES[volume]
        size = -(-len(pictures) // len(chapters))
        names = [f"chapter{place}" for place in range(1, len(chapters) + 1)]
        files[f"{volume}/index.rst"] = page(volume.capitalize(), toctree(names))
        for place, (name, title) in enumerate(zip(names, chapters, strict=True)):
            text = []
            for picture in pictures[place * size : (place + 1) * size]:
                number += 1
                files[f"images/{number}.svg"] = svg(number, picture.size)
                if number % 3:
                    text.append(f"More on this in :numref:`picture-{number}`.")
                if number % 9 == 1:
                    text.append(f"And again: see :numref:`picture-{number}`.")
                lines = [f".. figure:: /images/{number}.svg"]
                lines += [f"   :name: picture-{number}", f"   :alt: {picture.alt}"]
                text.append("\n".join([*lines, "", f"   {picture.caption}"]).rstrip())
            files[f"{volume}/{name}.rst"] = page(title, *text)
    lists = []
    for layout, options in LAYOUTS.items():
        for volume in VOLUMES:
            name = f"{layout}-{volume}"
            lists.append(name)
            directive = f".. figlist::\n   :layout: {layout}\n   :volume: {volume}\n"
            files[f"{name}.rst"] = page("List of figures", directive + options)
    roots = [f"{volume}/index" for volume in VOLUMES]
    files["index.rst"] = page("Bridges of the Valley", toctree(roots), toctree(lists))
    for volume in VOLUMES:
        name = f"{volume}/index.rst"
        files[name] = files[name].replace("toctree::\n", "toctree::\n   :numbered:\n")
    return files


def page(title: str, *parts: str) -> str:
    """A document."""
    return "\n\n".join([f"{title}\n{'=' * len(title)}", *parts]) + "\n"


def toctree(names: list[str]) -> str:
    """A toctree of *names*."""
    return ".. toctree::\n   :maxdepth: 1\n\n   " + "\n   ".join(names)


def write(folder: Path, theme: str = "alabaster", **more: object) -> None:
    """Write the book's sources."""
    for name, content in sources(theme, **more).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
