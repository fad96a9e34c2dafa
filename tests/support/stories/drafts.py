"""A book as data: what an author has in mind, before it is written in any syntax."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: What holds other blocks.
SECTION, TOCTREE, LIST, REFERENCE = "section", "toctree", "list", "reference"
BOXES = ("note", "item", "cell", "quote", "included", "only-html", "only-latex")
#: What has a number, or could have one.
FIGURES = ("figure", "bare", "nameless", "nothing", "several", "figure-md")
OTHERS = ("table", "code-block")


@dataclass(frozen=True)
class Caption:
    """A caption in Markdown, and the title that the rule "lead" finds in it."""

    words: str
    title: str | None


@dataclass
class Block:
    kind: str
    uid: str
    caption: Caption = Caption("", None)
    alt: str | None = None
    legend: str = ""
    excluded: bool = False
    #: Of a toctree: documents.  Of a reference: labels.
    names: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    inner: list[Block] = field(default_factory=list)

    @property
    def label(self) -> str | None:
        """The name that the block has."""
        if self.kind in {"nameless", "nothing"}:
            return None
        return f"n-{self.uid}" if self.kind in FIGURES + OTHERS else None

    @property
    def captioned(self) -> bool:
        return self.kind not in {"bare", "nothing"}

    def walk(self) -> Iterator[Block]:
        yield self
        for block in self.inner:
            yield from block.walk()


@dataclass
class Book:
    """The documents by name, those in Markdown with a name that ends in ``m``."""

    docs: dict[str, list[Block]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    #: Which documents are the roots of volumes.
    volumes: list[str] = field(default_factory=list)
    #: Whether the toctrees of these documents are numbered.
    numbered: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        for blocks in self.docs.values():
            for block in blocks:
                yield from block.walk()

    def labels(self) -> set[str]:
        return {block.label for block in self.blocks() if block.label}

    def held(self) -> set[str]:
        """The documents that some toctree holds."""
        return {n for b in self.blocks() if b.kind == TOCTREE for n in b.names}

    def without(self, gone: str) -> Book:
        """The book without a document, a block or a setting of that name."""
        book = copy.deepcopy(self)
        book.docs.pop(gone, None)
        book.settings.pop(gone, None)

        def kept(blocks: list[Block]) -> list[Block]:
            blocks = [block for block in blocks if block.uid != gone]
            for block in blocks:
                block.inner = kept(block.inner)
                block.names = [name for name in block.names if name != gone]
            return blocks

        book.docs = {name: kept(blocks) for name, blocks in book.docs.items()}
        return book


@dataclass
class Step:
    """The book after an edit, and how it is built then."""

    book: Book
    edit: str
    builders: list[str]
    jobs: int = 1


@dataclass
class Story:
    """A book from its beginning through its edits."""

    steps: list[Step]
    #: At which step the book is also built by two processes.
    two: int = 0

    def show(self) -> str:
        """What a person needs to see the story."""
        from .syntax import files

        lines, before = [], dict[str, str]()
        for number, step in enumerate(self.steps):
            lines.append(
                f"== step {number}: {step.edit}; builds {step.builders} -j {step.jobs}"
            )
            now = files(step.book)
            texts = {n: c for n, c in now.items() if isinstance(c, str)}
            lines += [f"-- {name} goes" for name in before.keys() - texts.keys()]
            for name, text in texts.items():
                if before.get(name) != text:
                    lines += [f"-- {name}", text]
            before = texts
        return "\n".join(lines)
