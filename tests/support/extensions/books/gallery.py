"""sphinx-gallery: pages made of scripts, whose pictures are no figures."""

from __future__ import annotations

from support.extensions import Book, Listed, pictures, rst

_SCRIPT = '''\
"""
Rising
======

A script, see :numref:`fig-script`.

.. figure:: /last.png
   :name: fig-script
   :alt: In a script.

   Script: in its first words.
"""

import matplotlib.pyplot as plt

plt.plot([1, 2])

# %%
# A block of words.
#
# .. figure:: /last.png
#    :name: fig-block
#    :alt: In a block.
#
#    Block: between two pieces of code.

print(1)
'''

_HEAD = """\
Examples
========

They are scripts.
"""


def _figure(name: str, number: str, alt: str, caption: str, references: int) -> Listed:
    return Listed(
        number=number,
        title=name.title(),
        docname="examples/plot_rising",
        caption=caption,
        alts=(alt,),
        paths=("last.png",),
        formats=("PNG",),
        references=references,
        label=f"fig-{name}",
    )


BOOKS = [
    Book(
        name="gallery",
        extension="sphinx-gallery",
        needs=("sphinx-gallery", "matplotlib"),
        files=rst("Chapter\n=======\n", more="   examples/index\n")
        | {"scripts/GALLERY_HEADER.rst": _HEAD, "scripts/plot_rising.py": _SCRIPT}
        | pictures("last.png"),
        conf={
            "extensions": ["sphinx_gallery.gen_gallery"],
            "exclude_patterns": [
                "scripts",
                "sg_execution_times.rst",
                "examples/sg_execution_times.rst",
            ],
            "sphinx_gallery_conf": {
                "examples_dirs": "scripts",
                "gallery_dirs": "examples",
                "show_memory": False,
                "min_reported_time": 1000,
                "write_computation_times": False,
            },
        },
        listed={
            "figure": (
                _figure(
                    "script",
                    "Fig. 3.1",
                    "In a script.",
                    "Script: in its first words.",
                    1,
                ),
                _figure(
                    "block",
                    "Fig. 3.2",
                    "In a block.",
                    "Block: between two pieces of code.",
                    0,
                ),
            )
        },
        edit=("scripts/plot_rising.py", "In a block.", "In the block."),
        edited="In the block.",
        remarks="figures in scripts' words; what code draws is not a figure",
    )
]
