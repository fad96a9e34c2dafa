"""Small books for the tests of volumes, numbers, configuration and directive."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from support import (
    Built,
    Files,
    build,
    by_class,
    classes,
    conf,
    elements,
    main_content,
    png,
    text,
    write_tree,
)

# -- sources ----------------------------------------------------------------------


def doc(title: str, *blocks: str) -> str:
    """A document, or a section of one, in rST."""
    line = "=" * len(title)
    return "\n\n".join([f"{title}\n{line}", *blocks]) + "\n"


def section(title: str, *blocks: str) -> str:
    """A section of a document."""
    return doc(title, *blocks).replace("=" * len(title), "-" * len(title))


def directive(kind: str, /, *blocks: str, argument: str = "", **options: Any) -> str:
    """A directive; an option that is True stands there without a value."""
    lines = [f".. {kind}:: {argument}".rstrip()]
    for option, value in options.items():
        words = "" if value is True else f" {value}"
        lines.append(f"   :{option.rstrip('_')}:{words}")
    inner = "\n\n".join(blocks)
    return "\n".join(lines) + "\n\n" + textwrap.indent(inner, "   ")


def fig(name: str, /, *blocks: str, **options: Any) -> str:
    """A figure with a caption, and the label ``fig-NAME``."""
    blocks = blocks or (f"The caption of {name}.",)
    return directive(
        "figure", *blocks, argument="/p.png", name=f"fig-{name}", **options
    )


def bare(name: str, /, **options: Any) -> str:
    """A figure without a caption, and with the label ``fig-NAME``."""
    return directive("figure", argument="/p.png", name=f"fig-{name}", **options)


def toc(*entries: str, **options: Any) -> str:
    return directive("toctree", "\n".join(entries), **options)


def figlist(**options: Any) -> str:
    return directive("figlist", **options)


def volumes(*roots: str, **more: object) -> list[dict[str, object]]:
    """Volumes 1, 2, ... from these roots."""
    return [
        {"id": str(place), "title": f"Title {place}", "root": root, **more}
        for place, root in enumerate(roots, 1)
    ]


def book(
    folder: Path,
    files: Files,
    *,
    volumes: Sequence[Mapping[str, object]] = (),
    **values: Any,
) -> Path:
    """Write a book of *files* with *values* in its configuration."""
    settings: dict[str, object] = {
        "project": "Book",
        "extensions": ["sphinxext_figlist"],
        "numfig": True,
        "show_warning_types": True,
    }
    if volumes:
        settings["figlist_volumes"] = list(volumes)
    source = folder / "book"
    start: dict[str, str | bytes] = {
        "p.png": png(),
        "conf.py": conf(**{**settings, **values}),
    }
    return write_tree(source, {**start, **files})


# -- what came of them ------------------------------------------------------------

#: The names of lists: of the whole book, and of its volumes.
WHOLE = "FIGURE_LIST"
ONE, TWO = "FIGURE_LIST_VOL1", "FIGURE_LIST_VOL2"

#: A chapter's number and title, and each figure's name and number.
Group = tuple[str | None, str, list[str]]


def groups(data: Any) -> list[Group]:
    """The chapters in the JSON of a volume."""
    return [
        (
            chapter["number"],
            chapter["title"],
            [
                f"{_name(figure)} {figure['number'] or '-'}"
                for figure in chapter["figures"]
            ],
        )
        for chapter in data["chapters"]
    ]


def _name(figure: Any) -> str:
    """A figure's label or id; its picture's name where it has neither."""
    name = figure["label"] or figure["id"]
    return _short(name or Path(figure["images"][0]["path"]).stem)


def _short(label: str) -> str:
    return label.removeprefix("fig-")


def lists(folder: Path) -> dict[str, Any]:
    """What the JSON files in *folder* hold, by their names without suffix."""
    return {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def read(
    source: Path,
    *,
    allow: Sequence[str] | None = (),
    **options: Any,
) -> tuple[dict[str, list[Group]], Built]:
    """Build the files alone; return the chapters of each list, and the build."""
    out = source.with_name("lists")
    overrides = {"figlist_formats": "json"}
    built = build(
        source, out, builder="figlist", overrides=overrides, allow=allow, **options
    )
    return {name: groups(data) for name, data in lists(out).items()}, built


def pages(
    source: Path,
    *,
    builder: str = "html",
    allow: Sequence[str] | None = (),
    **options: Any,
) -> Built:
    """Build pages."""
    out = source.with_name(builder)
    return build(source, out, builder=builder, allow=allow, **options)


def outline(page: Path) -> list[str]:
    """The headings and the entries' figures of the lists on *page*, in their order.

    A volume is ``= words``, a chapter ``- words``, a figure its name and number, and a
    list without entries ``empty``.
    """
    shown = []
    for box in by_class(main_content(page), "figlist"):
        for element in elements(box):
            names = classes(element)
            if "figlist-volume" in names:
                shown.append("= " + text(element))
            elif "figlist-chapter" in names:
                shown.append("- " + text(element))
            elif "figlist-link" in names:
                number = " ".join(map(text, by_class(element, "figlist-number")))
                id_ = _short(element.get("href", "").rpartition("#")[2])
                shown.append(f"{id_} {number.removeprefix('Fig. ')}".strip())
            elif "figlist-empty" in names:
                assert text(element), "an empty list says nothing"
                shown.append("empty")
    return shown


def warnings_of(built: Built) -> list[str]:
    """The warnings of a build, each on its line."""
    return built.warnings.splitlines()


def pages_in(folder: Path) -> dict[str, str | None]:
    """The pages in the JSON files of *folder*, by label or id."""
    return {
        figure["label"] or figure["id"]: figure["page"]
        for path in sorted(folder.glob("*.json"))
        for chapter in json.loads(path.read_bytes())["chapters"]
        for figure in chapter["figures"]
    }
