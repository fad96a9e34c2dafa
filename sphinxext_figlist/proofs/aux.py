"""LaTeX's ``.aux`` files: the number and page of each label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sphinx.util import texescape

#: What our LaTeX builds write, to tell the book that a file is of.
FINGERPRINT: Final = "figlistfingerprint"
_FINGERPRINT: Final = re.compile(rf"\\gdef\s*\\{FINGERPRINT}\s*\{{([0-9a-f]+)\}}")
_LABEL: Final = re.compile(r"\\newlabel\s*\{([^{}]*)\}\s*(?=\{)")
_SPECIAL: Final = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label is in print."""

    number: str
    page: str


@dataclass(frozen=True, slots=True)
class Aux:
    """What is read of an ``.aux`` file."""

    places: dict[str, Place]
    #: ``""``: the file is not of a build of ours, or of one that did not end.
    fingerprint: str


def read(text: str) -> Aux:
    """Read the text of an ``.aux`` file.

    A label that stands there twice, on different pages, is on neither.
    """
    places: dict[str, Place] = {}
    doubtful = set()
    found = [*_LABEL.finditer(text)]
    ends = [*(following.start() for following in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        groups = list(_groups(text, match.end(), end))
        if len(groups) < 2:
            continue
        place = Place(*(_plain(group) for group in groups[:2]))
        if places.setdefault(match[1], place).page != place.page:
            doubtful.add(match[1])
    for label in doubtful:
        del places[label]
    mark = _FINGERPRINT.search(text)
    return Aux(places, mark[1] if mark else "")


def _groups(text: str, start: int, end: int) -> Iterator[str]:
    """The groups in the group that begins at *start*, up to *end*."""
    depth, begin = 0, start
    for special in _SPECIAL.finditer(text, start, end):
        if special[0] == "{":
            depth += 1
            if depth == 2:
                begin = special.end()
        elif special[0] == "}":
            depth -= 1
            if depth == 1:
                yield text[begin : special.start()]
            elif depth == 0:
                return


def _plain(group: str) -> str:
    """A number or page as it is printed: ``\\relax 1.5``, ``{xii}``."""
    return re.sub(r"\\[a-zA-Z]+\s*|[{}]", "", group).strip()


def label(docname: str, id_: str) -> str:
    """The label by which LaTeX knows an element, as Sphinx's writer has it."""
    texescape.init()  # which Sphinx does for LaTeX builds alone
    words = f"{docname}:{id_}".translate(texescape.tex_replace_map)
    return words.encode("ascii", "backslashreplace").decode().replace("\\", "_")


def own_name(docname: str, id_: str) -> str:
    """The name of a label of ours, before LaTeX's special characters are escaped."""
    return f"figlist-page:{docname}:{id_}"


def own_label(docname: str, id_: str) -> str:
    """Ours, for a figure that has none of Sphinx's."""
    return f"figlist-page:{label(docname, id_)}"
