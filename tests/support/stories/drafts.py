"""A book as data: what an author has in mind, before it is written in any syntax."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

#: What holds other blocks.
SECTION, TOCTREE, LIST, REFERENCE = "section", "toctree", "list", "reference"
WORDS = "words"
BOXES = ("note", "item", "cell", "quote", "definition", "included")
#: What a page has only under a condition.
CONDITIONS = ("only-html", "only-latex", "only-draft", "only-not-draft")
CONDITIONS += ("ifconfig-a", "ifconfig-b")
#: What has a number, or could have one.
FIGURES = ("figure", "bare", "nameless", "nothing", "several", "figure-md")
#: What has another kind of number, by that kind.
OTHERS = {
    "table": "table",
    "rst-table": "table",
    "code-block": "code-block",
    "literalinclude": "code-block",
}
#: Pictures that are no figures.
PICTURES = ("image", "inline")
BOXED = BOXES + CONDITIONS


@dataclass(frozen=True)
class Caption:
    """A caption in Markdown, by its parts."""

    form: int = 0
    lead: str = ""
    rest: str = ""
    credit: str = ""

    @property
    def words(self) -> str:
        return self._both()[0]

    @property
    def title(self) -> str | None:
        """What the rule "lead" finds."""
        return self._both()[1]

    def _both(self) -> tuple[str, str | None]:
        if not self.lead:
            return "", None
        a, b = self.lead, self.rest
        bold = f"{a.partition(' ')[0]} lead"  # rST has no markup in bold
        words, title = [
            (f"{a}: {b}.", a),
            (f"**{bold}.** Then {b}.", bold),
            (f"**{bold}**: {b}.", bold),
            (f"{a} (as: {b}): {b}.", f"{a} (as: {b})"),
            (f'{a} "so: it" is: {b}.', f'{a} "so: it" is'),
            (f"{a}", None),
            (f"{a}. Then {b}: {b}.", None),
            (f"**{bold}** goes on {b}.", None),
            (f"{a} at 10:30, {b}.", None),
        ][self.form]
        if self.credit:
            words = f"{words.rstrip('.')}. Source: {self.credit}."
        return words, title


#: The forms of captions that have a title, and all.
TITLED, FORMS = range(5), range(9)


@dataclass
class Block:
    kind: str
    uid: str
    caption: Caption = Caption()
    alt: str | None = None
    legend: str = ""
    excluded: bool = False
    #: Of a toctree: documents.  Of others: what they refer to, and how: labels,
    #: documents ("doc:x") and sections ("sec:x").
    names: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    inner: list[Block] = field(default_factory=list)
    #: Which of its pictures it shows.
    picture: int = 0
    #: How often its name was changed, and whether that is written otherwise.
    named: int = 0
    dotted: bool = False
    #: Of a section: its title.
    title: str = ""

    @property
    def label(self) -> str | None:
        """The name that the block has."""
        if self.kind in {"nameless", "nothing"}:
            return None
        if self.kind not in FIGURES and self.kind not in OTHERS:
            return None
        dash = "." if self.dotted else "-"  # of which the id is the same
        return f"n{dash}{self.uid}" + f"-{self.named}" * bool(self.named)

    @property
    def captioned(self) -> bool:
        return self.kind not in {"bare", "nothing"}

    @property
    def file(self) -> str:
        """Its picture."""
        return f"p{self.uid}{f'-{self.picture}' if self.picture else ''}.png"

    def walk(self) -> Iterator[Block]:
        yield self
        for block in self.inner:
            yield from block.walk()


@dataclass
class Book:
    """The documents by name, those in Markdown with a name that ends in ``m``."""

    docs: dict[str, list[Block]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    #: Which documents are the roots of volumes, and their titles.
    volumes: list[str] = field(default_factory=list)
    volume_titles: list[str] = field(default_factory=lambda: ["One", "Two"])
    #: Whether the toctrees of these documents are numbered.
    numbered: list[str] = field(default_factory=list)
    #: The titles of documents, where they have one of their own.
    titles: dict[str, str] = field(default_factory=dict)
    #: The page of each label, of a printed book.
    pages: dict[str, str] = field(default_factory=dict)
    #: The translations of captions, by their blocks.
    catalog: dict[str, str] = field(default_factory=dict)
    #: The documents that the PDF has behind the others.
    appendices: list[str] = field(default_factory=list)

    def title(self, docname: str) -> str:
        return self.titles.get(docname, f"Document {docname}")

    def blocks(self) -> Iterator[Block]:
        for blocks in self.docs.values():
            for block in blocks:
                yield from block.walk()

    def labels(self) -> dict[str, Block]:
        return {block.label: block for block in self.blocks() if block.label}

    def held(self) -> set[str]:
        """The documents that some toctree holds."""
        return {n for b in self.blocks() if b.kind == TOCTREE for n in b.names}

    def without(self, gone: str) -> Book:
        """The book without a document, block, setting or feature of that name."""
        book = copy.deepcopy(self)
        book.docs.pop(gone, None)
        book.settings.pop(gone, None)
        book.catalog.pop(gone, None)
        if gone in {"volumes", "numbered", "titles", "pages", "catalog", "appendices"}:
            getattr(book, gone).clear()
        if gone == "volumes":
            for block in book.blocks():
                block.options.pop("volume", None)

        def kept(blocks: list[Block]) -> list[Block]:
            blocks = [block for block in blocks if block.uid != gone]
            for block in blocks:
                block.inner = kept(block.inner)
                if block.kind == TOCTREE:
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
    tags: tuple[str, ...] = ()


@dataclass
class Story:
    """A book from its beginning through its edits."""

    steps: list[Step]
    #: At which step the book is also built by two processes.
    two: int = 0
    #: Whether it has nothing of figlist but that this is on: it is what it was without.
    silent: bool = False

    def show(self) -> str:
        """What a person needs to repeat the story, in a folder ``book``."""
        from .syntax import files

        lines, before = [], dict[str, str | bytes]()
        for number, step in enumerate(self.steps):
            lines.append(f"== step {number}: {step.edit}")
            now = files(step.book, silent=self.silent)
            lines += [f"-- remove {name}" for name in before.keys() - now.keys()]
            for name, text in now.items():
                if before.get(name) != text:
                    picture = isinstance(text, bytes)
                    lines.append(f"-- write {name}{', any picture' if picture else ''}")
                    lines += [] if picture else [str(text)]
            before = now
            tags = "".join(f" -t {tag}" for tag in step.tags)
            for builder in step.builders:
                options = f"-b {builder} -j {step.jobs}{tags} -d doctrees"
                lines.append(f"$ sphinx-build {options} book out/{builder}")
        return "\n".join(lines)
