"""Edits each of which changes one thing that a list shows.

A page that shows a figure of another document goes stale where its digest lacks what
has changed.  Since most edits change several things at once, and most pages show
several lists, that is seen only where a page shows one field and an edit changes that
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .drafts import (
    FIGURES,
    REFERENCE,
    SECTION,
    TITLED,
    TOCTREE,
    WORDS,
    Block,
    Caption,
)
from .editor import Editor
from .model import Model

#: What an edit changes, and the fields of a list that shows it alone.
TOUCHES = {
    "title": "title",
    "caption": "caption",
    "alt": "alt",
    "legend": "legend",
    "credit": "credit",
    "picture": "image",
    "thumbnail": "thumbnail",
    "file": "title",
    "id": "alt",
    "slug": "legend",
    "name": "label",
    "label": "label",
    "line": "location",
    "references": "references",
    "page": "page",
    "number": "alt",
    "heading": "references",
    "document": "title",
    "chapter": "title",
    "volume": "title",
    "cited": "caption",
    "named": "",
    "tag": "",
    "by_hand": "title",
    "excluded": "title",
    "place": "label",
    "translation": "caption",
}
#: The kind of figure that they need, where that is no plain one.
KINDS = {"file": "bare", "id": "nameless", "slug": "nameless"}


class Toucher(Editor):
    """Edits one thing at a time."""

    def figure(self, kind: str = "figure") -> Block:
        """A figure with a name, a title, a caption beyond it, and all the rest."""
        block = self.written(kind)
        block.excluded = False
        if not block.captioned:
            return block
        block.caption = Caption(
            self.dice.choice(TITLED), f"C{block.uid} {self.words()}", self.words()
        )
        if self.dice.random() < 0.5:
            block.names, block.ways = ["doc:index"], ["link"]
        return block

    # -- edits of one thing -------------------------------------------------------

    def touch(self, name: str) -> str:
        """Change one thing that a list of another document shows."""
        getattr(self, f"touch_{name}")()
        return f"touch_{name}"

    def shown(self, name: str) -> Iterator[tuple[str, Block]]:
        """The figures, with their documents, that lists elsewhere show thus."""
        by_uid = {block.uid: block for block in self.book.blocks()}
        where = {
            block.uid: docname
            for docname, blocks in self.book.docs.items()
            for outer in blocks
            for block in outer.walk()
        }
        for docname, block, uids in Model(self.book, "html").lists():
            if block.options.get("fields") == TOUCHES[name]:
                for uid in uids or ():
                    if where[uid] != docname:
                        yield where[uid], by_uid[uid]

    def one(self, name: str, *kinds: str, titled: bool = False) -> Block:
        """One of these, or else a new figure."""
        found = [
            block
            for _, block in self.shown(name)
            if block.kind in (kinds or FIGURES)
            and (not titled or block.caption.title is not None)
        ]
        if found:
            return self.dice.choice(found)
        block = self.figure(*kinds[:1])
        self.put(self.book.docs["oner"], block)
        return block

    def around(self, block: Block) -> list[Block]:
        """Where a block stands."""
        return next(b for b in self.places() if any(one is block for one in b))

    def home(self, block: Block) -> str:
        """The document that holds a block."""
        return next(
            docname
            for docname, blocks in self.book.docs.items()
            if any(b is block for outer in blocks for b in outer.walk())
        )

    def touch_title(self) -> None:
        block = self.one("title", titled=True)
        old = block.caption
        block.caption = Caption(old.form, f"C{self.uid()} new", old.rest, old.credit)

    def touch_caption(self) -> None:
        block = self.one("caption", titled=True)
        old = block.caption
        block.caption = Caption(old.form, old.lead, f"new {self.uid()}", old.credit)

    def touch_alt(self) -> None:
        self.one("alt").alt = f"A{self.uid()} new"

    def touch_legend(self) -> None:
        self.one("legend", "figure").legend = f"L{self.uid()} says so."

    def touch_credit(self) -> None:
        block = self.one("credit", titled=True)
        old, credit = block.caption, f"museum {self.uid()}"
        block.caption = Caption(old.form, old.lead, old.rest, credit)

    def touch_picture(self) -> None:
        self.one("picture", "figure", "figure-md").picture += 1

    def touch_thumbnail(self) -> None:
        self.one("thumbnail", "figure", "figure-md").picture += 1

    def touch_file(self) -> None:
        self.one("file", "bare").picture += 1

    def touch_slug(self) -> None:
        self.one("slug", "nameless").picture += 1

    def touch_id(self) -> None:
        """Have something take the id before that a figure without a name had."""
        self.before(
            self.one("id", "nameless"),
            Block(WORDS, self.uid(), options={"target": ""}),
        )

    def touch_name(self) -> None:
        block = self.one("name", "figure", "figure-md", "bare")
        self.rename(block, named=block.named + 1)

    def touch_label(self) -> None:
        """Change how a name is written; its id is the same."""
        block = self.one("label", "figure", "figure-md", "bare")
        self.rename(block, dotted=not block.dotted)

    def rename(self, block: Block, **how: int) -> None:
        old = block.label or ""
        for name, value in how.items():
            setattr(block, name, value)
        for other in self.book.blocks():
            other.names = [block.label or n if n == old else n for n in other.names]

    def before(self, block: Block, new: Block) -> None:
        where = self.around(block)
        where.insert(next(at for at, b in enumerate(where) if b is block), new)

    def touch_line(self) -> None:
        self.before(self.one("line"), self.prose())

    def touch_references(self) -> None:
        block = self.one("references", "figure", "figure-md", "bare")
        docname = self.dice.choice(list(self.book.docs))
        names, ways = [block.label or ""], ["numref"]
        new = Block(REFERENCE, self.uid(), names=names, ways=ways)
        self.put(self.book.docs[docname], new)

    def touch_page(self) -> None:
        block = self.one("page", "figure", "figure-md", "bare")
        self.book.pages[block.label or ""] = str(self.made + 100)

    def touch_number(self) -> None:
        """Put a figure before, which no list shows."""
        block, new = self.one("number"), self.figure()
        new.excluded = True
        self.before(block, new)

    def touch_heading(self) -> None:
        """Change the title of a section that references stand in."""
        for block in self.book.blocks():
            if block.kind == SECTION and any(b.kind == REFERENCE for b in block.inner):
                block.title = f"Section {self.uid()} anew"
                return
        self.touch_document()

    def touch_document(self) -> None:
        block = self.one("document")
        self.book.titles[self.home(block)] = f"Document {self.uid()} anew"

    def touch_chapter(self) -> None:
        """Put documents before, so that chapters have other numbers, figures not."""
        for above in ("index", "oner"):
            toctrees = [b for b in self.book.docs[above] if b.kind == TOCTREE]
            for toctree in toctrees[:1]:
                name = f"d{self.uid()}r"
                self.book.docs[name] = []
                toctree.names.insert(0, name)

    def touch_volume(self) -> None:
        place = self.dice.randrange(2)
        self.book.volume_titles[place] = f"Volume {self.uid()} anew"

    def touch_cited(self) -> None:
        """Change the title of what a caption refers to."""
        said = [block for _, block in self.shown("cited") if block.ways == ["ref"]]
        for name in self.dice.choice(said).names if said else []:
            self.book.titles[name.removeprefix("doc:")] = f"Document {self.uid()} anew"

    def touch_named(self) -> None:
        """Change the title of a section that some text names."""
        named = {n for b in self.book.blocks() for n in b.names if n[:4] == "sec:"}
        for block in self.book.blocks():
            if block.kind == SECTION and f"sec:{block.uid}" in named:
                block.title = f"Section {self.uid()} anew"

    def touch_tag(self) -> None:
        self.retag()

    def touch_by_hand(self) -> None:
        block = self.one("by_hand", "figure", "figure-md", "bare")
        by_hand = self.book.settings.get("figlist_titles", {})
        titles = {**by_hand, block.label or "": f"By hand {self.uid()}"}
        self.book.settings["figlist_titles"] = titles

    def touch_excluded(self) -> None:
        self.one("excluded", "figure").excluded = True

    def touch_place(self) -> None:
        """Move a figure to the next document of its chapter, and nowhere in order."""
        items = [i for r in self.book.volumes or ["index"] for i in
                 Model(self.book, "html").listed(r)]  # fmt: skip
        model = Model(self.book, "html")
        for one, two in pairwise(items):
            same = model.chapter(one) == model.chapter(two)
            if one.docname != two.docname and same:
                where = self.around(one.block)
                where[:] = [b for b in where if b is not one.block]
                self.before(two.block, one.block)
                return
        self.move_block()

    def touch_translation(self) -> None:
        block = self.one("translation", "figure", "nameless", "several")
        self.book.catalog[block.uid] = self.uid()
