"""Books that plain Sphinx and figlist number, and what came of it."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx import environment

from support.builds import build
from support.comparing import same_bytes, tree_files
from support.trees import Files, conf, png, touch_now, write_tree

#: An extension that notes what Sphinx assigned, and names the pages to write again.
PROBE = """
seen, loaded = {}, []


def begin(app, env):
    seen["before"] = len(loaded)
    return []


def note(app, env):
    seen["numbers"] = {d: dict(k) for d, k in env.toc_fignumbers.items()}
    seen["sections"] = dict(env.toc_secnumbers)
    seen["opened"] = sorted(loaded[seen["before"]:])
    return []


def setup(app):
    app.connect("env-get-updated", begin, priority=-1)
    app.connect("env-get-updated", note, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
"""

#: The ways in which one book is built.
PLAIN, CACHED, UNCACHED, WITHOUT = "plain", "cached", "uncached", "without numfig"


@dataclass
class Result:
    numbers: dict[str, Any]
    sections: dict[str, Any]
    loads: list[str]
    #: Those of the loads that were to assign numbers.
    opened: list[str]
    files: dict[str, bytes]
    warnings: str


class _Pickle:
    """``pickle``, with a list of the documents that were loaded."""

    def __init__(self, loaded: list[str]) -> None:
        self.loaded = loaded

    def __getattr__(self, name: str) -> Any:
        return getattr(pickle, name)

    def loads(self, data: bytes) -> Any:
        document = pickle.loads(data)
        self.loaded.append(Path(document["source"]).stem)
        return document


class Books:
    """One source folder, and the outputs of several ways to build it."""

    def __init__(self, root: Path, files: Files, **values: Any) -> None:
        self.root = root
        self.source = root / "book"
        self.extensions = ["numfig_probe", *values.pop("extensions", [])]
        start = {"project": "Book", "show_warning_types": True, "html_theme": "basic"}
        write_tree(self.source, {"p.png": png(), "conf.py": conf(**start, **values)})
        write_tree(self.source, files)

    def build(
        self,
        way: str,
        builder: str = "dummy",
        *,
        fresh: bool = False,
        allow: tuple[str, ...] = (),
        **options: Any,
    ) -> Result:
        out = self.root / way / builder
        if fresh:
            shutil.rmtree(self.root / way, ignore_errors=True)
        ours = ["sphinxext_figlist"] if way in {CACHED, UNCACHED} else []
        overrides = {
            "extensions": [*ours, *self.extensions],
            "numfig": way != WITHOUT,
            **options.pop("overrides", {}),
        }
        if way == UNCACHED:
            overrides["figlist_numfig_cache"] = False
        probe = import_module("numfig_probe")
        probe.loaded.clear()
        counted = _Pickle(probe.loaded)
        before = environment.pickle
        environment.pickle = counted  # type: ignore[attr-defined]
        try:
            built = build(
                self.source,
                out,
                builder=builder,
                doctrees=self.root / way / "doctrees",
                overrides=overrides,
                allow=None,
                **options,
            )
        finally:
            environment.pickle = before  # type: ignore[attr-defined]
        lines = [
            line
            for line in built.warnings.splitlines()
            if line.strip()
            and not any(part in line for part in (*allow, "copy_overwrite"))
        ]
        seen = probe.seen
        files = {n: p.read_bytes() for n, p in tree_files(out).items()}
        for name in list(files):
            # These name the extensions that are on, or say when they were made.
            made = ("index.js", "index.json", ".buildinfo", ".epub", ".opf", ".pickle")
            if name.endswith(made) or name.startswith(".doctrees/"):
                files.pop(name)
        return Result(
            numbers=seen["numbers"],
            sections=seen["sections"],
            loads=sorted(probe.loaded),
            opened=seen["opened"],
            files=files,
            warnings="\n".join(sorted(lines)),
        )

    def write(self, name: str, content: str) -> None:
        write_tree(self.source, {name: content})
        touch_now(self.source / name)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.source / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))


def same(wanted: Result, actual: Result) -> None:
    """Assert that two ways came to the same."""
    assert actual.numbers == wanted.numbers
    assert actual.sections == wanted.sections
    assert actual.warnings == wanted.warnings
    faults = same_bytes(actual.files, wanted.files)
    assert not faults, "\n".join(faults)
