"""A book that is edited and built on what earlier builds left."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.builds import Built, build
from support.comparing import same_output
from support.pages import Site
from support.trees import Files, touch_now, write_tree


@dataclass(kw_only=True)
class Lab:
    """A book, its builds over shared doctrees, and clean builds to hold them against.

    The source folder is the same in both, so that nothing differs but what was kept.
    """

    root: Path
    files: Files

    def __post_init__(self) -> None:
        self.source = self.root / "book"
        self.doctrees = self.root / "built" / "doctrees"
        write_tree(self.source, self.files)

    # edits

    def path(self, name: str) -> Path:
        return self.source / name

    def read(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        write_tree(self.source, {name: content})
        touch_now(self.path(name))

    def edit(self, name: str, old: str, new: str) -> None:
        """Put *new* for *old*, which must stand once in the file."""
        before = self.read(name)
        assert before.count(old) == 1, f"{name} has {old!r} {before.count(old)} times"
        self.write(name, before.replace(old, new))

    def append(self, name: str, more: str) -> None:
        self.write(name, self.read(name) + more)

    def remove(self, name: str) -> None:
        self.path(name).unlink()

    # builds

    def out(self, builder: str = "html") -> Path:
        return self.root / "built" / builder

    def build(
        self, builder: str = "html", *, into: str | None = None, **options: Any
    ) -> Built:
        """Build on what earlier builds left."""
        out = self.out(into or builder)
        return build(
            self.source, out, builder=builder, doctrees=self.doctrees, **options
        )

    def clean(self, builder: str = "html", **options: Any) -> Built:
        """Build from nothing, beside."""
        folder = self.root / "clean" / builder
        shutil.rmtree(folder, ignore_errors=True)
        out, doctrees = folder / "out", folder / "doctrees"
        return build(self.source, out, builder=builder, doctrees=doctrees, **options)

    def check(
        self,
        builder: str = "html",
        *,
        built: Built | None = None,
        tags: Sequence[str] = (),
        allow: Sequence[str] | None = (),
        **options: Any,
    ) -> Built:
        """Build incrementally (or take *built*) and hold the output against a clean build's."""
        actual = built or self.build(builder, tags=tags, allow=allow, **options)
        wanted = self.clean(builder, tags=tags, allow=allow)
        faults = same_output(actual, wanted)
        assert not faults, "the incremental build left\n" + "\n".join(faults)
        if builder in {"html", "dirhtml"}:
            dead = Site(wanted.out).dead_links()
            assert not dead, "dead links:\n" + "\n".join(dead)
        return actual

    # the state, kept and brought back

    def save(self) -> None:
        """Keep the book and its builds as they are now."""
        kept = self.root / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        for name in ("book", "built"):
            shutil.copytree(self.root / name, kept / name)

    def first(self, builder: str = "html") -> Built:
        """What `save` kept of the output, as the build that it was, from nothing."""
        nothing: frozenset[str] = frozenset()
        out = self.root / "kept" / "built" / builder
        return Built(
            builder=builder,
            out=out,
            code=0,
            read=nothing,
            found=nothing,
            status="",
            warnings="",
        )

    def restore(self) -> None:
        """Bring back, with their times, what `save` kept."""
        for name in ("book", "built"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            shutil.copytree(self.root / "kept" / name, self.root / name)
