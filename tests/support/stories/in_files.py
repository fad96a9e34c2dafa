"""What the promises say of the files beside the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .drafts import OTHERS, Step
from .model import Model
from .rst import translated


def faults(step: Step, out: Path, numbers: dict[str, str]) -> Iterator[str]:
    book, settings = step.book, step.book.settings
    if "json" not in settings.get("figlist_formats", ["json"]):
        return
    model = Model(book, settings.get("figlist_files_for", "latex"), step.tags)
    titles = settings.get("figlist_titles", {})
    for place, root in enumerate(model.roots, 1):
        for kind in settings.get("figlist_kinds", ["figure"]):
            stem = "" if kind == "figure" else kind.upper().replace("-", "_") + "_"
            name = f"{stem}LIST" if stem else "FIGURE_LIST"
            name += f"_VOL{place}" if book.volumes else ""
            data = json.loads((out / "figlist" / f"{name}.json").read_bytes())
            found = [f for c in data["chapters"] for f in c["figures"]]
            wanted = model.listed(root, kind)

            def uid(figure: dict[str, object]) -> str:
                images = figure["images"]
                if isinstance(images, list) and images:
                    return PurePosixPath(images[0]["path"]).stem[1:4]
                return str(figure["label"])[2:5]

            order = [uid(figure) for figure in found]
            if order != [item.block.uid for item in wanted]:
                yield f"{name}: {order}, not {[item.block.uid for item in wanted]}"
                continue
            for figure, item in zip(found, wanted, strict=True):
                block, where = item.block, f"{name}: {item.block.uid}"
                if figure["docname"] != item.docname:
                    yield f"{where}: in {figure['docname']}, not {item.docname}"
                if block.kind not in OTHERS:
                    alt = figure["images"][0]["alt"]
                    markdown = block.kind == "figure-md" and item.docname[-1] == "m"
                    empty = None if markdown else block.alt
                    if alt != (block.alt or empty):
                        yield f"{where}: alt {alt!r}, not {block.alt!r}"
                title = titles.get(block.label)
                if title is None and settings.get("figlist_title_from") in {
                    None,
                    "lead",
                }:
                    title = block.caption.title
                    if title and settings.get("language") == "de":
                        title = translated(title, book.catalog.get(block.uid, ""))
                    if figure["title"] != title:
                        yield f"{where}: title {figure['title']!r}, not {title!r}"
                elif title is not None and figure["title"] != title:
                    yield f"{where}: title {figure['title']!r}, not {title!r}"
                shown = block.uid in numbers and settings.get("numfig", True)
                number = numbers.get(block.uid, "").split(" ")[-1]
                if shown and (figure["number"] or "") != number:
                    yield f"{where}: {figure['number']!r}, not {number!r} as printed"
                if block.label:
                    refs = {ref["docname"] for ref in figure["references"]}
                    if refs != model.references(block.label):
                        yield (
                            f"{where}: referred to in {sorted(refs)}, not "
                            f"{sorted(model.references(block.label))}"
                        )
