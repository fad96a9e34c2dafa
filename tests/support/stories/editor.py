"""An author who goes on to edit the book at random, and has it built each time."""

from __future__ import annotations

import copy

from .author import ROOTS, SETTINGS, Author
from .drafts import (
    BOXED,
    FIGURES,
    LIST,
    OTHERS,
    PICTURES,
    REFERENCE,
    TOCTREE,
    WORDS,
    Block,
    Caption,
    Step,
)

BUILDERS = ("dirhtml", "epub", "figlist", "latex", "man", "singlehtml", "text", "xml")
#: Of these there is more to see, and more to go stale.
BUILDERS += ("figlist", "latex", "singlehtml", "text", "text")


class Editor(Author):
    """Edits the book."""

    #: Whether it is built with a tag.
    drafting = False

    def step(self, edit: str) -> Step:
        """The book as it is now, built in a page builder and perhaps in another."""
        dice = self.dice
        others = dice.sample(BUILDERS, 1)
        jobs, tags = dice.choice([1, 1, 1, 2]), ("draft",) * self.drafting
        return Step(copy.deepcopy(self.book), edit, ["html", *others], jobs, tags)

    def edit(self) -> str:
        """Do one thing to the book, and say what."""
        deeds = [self.recaption, self.realt, self.add_figure, self.remove_block]
        deeds += [self.move_block, self.reorder, self.change_setting, self.turn]
        more = [self.add_document, self.remove_document, self.rename_document]
        more += [self.rehang, self.relist, self.add_reference, self.revolume]
        more += [self.renumber, self.append, self.retag]
        deed = self.dice.choice(deeds * 2 + more)
        deed()
        return deed.__name__

    # -- figures ------------------------------------------------------------------

    def some(self, *kinds: str) -> Block | None:
        found = [block for block in self.book.blocks() if block.kind in kinds]
        return self.dice.choice(found) if found else None

    def recaption(self) -> None:
        if (block := self.some(*FIGURES, *OTHERS)) and block.captioned:
            block.caption = self.caption(block.uid)

    def realt(self) -> None:
        if block := self.some(*FIGURES, *PICTURES):
            block.alt = self.dice.choice([None, "", f"A{self.uid()} new"])

    def turn(self) -> None:
        """Make another kind of figure of one."""
        if block := self.some("figure", "nameless", "bare", "nothing"):
            block.kind = self.dice.choice(["figure", "nameless", "bare", "nothing"])
            block.caption = self.caption(block.uid) if block.captioned else Caption()
            block.legend = block.legend if block.captioned else ""
            block.names = block.names if block.captioned else []
            block.excluded = self.dice.random() < 0.2

    def add_figure(self) -> None:
        self.put(self.dice.choice(self.places()), self.block(9))

    def take(self) -> Block | None:
        kinds = {*FIGURES, *OTHERS, *BOXED, *PICTURES, REFERENCE, LIST, WORDS}
        full = [
            (where, block)
            for where in self.places()
            for block in where
            if block.kind in kinds
        ]
        if not full:
            return None
        where, block = self.dice.choice(full)
        where[:] = [other for other in where if other is not block]
        return block

    def remove_block(self) -> None:
        self.take()

    def move_block(self) -> None:
        if block := self.take():
            flat = block.kind in {LIST, "table", "rst-table", *BOXED}
            where = list(self.book.docs.values()) if flat else self.places()
            self.put(self.dice.choice(where), block)

    # -- documents ----------------------------------------------------------------

    def loose(self) -> list[str]:
        """Documents that may go elsewhere."""
        return [n for n in self.book.docs if n not in {"index", *ROOTS}]

    def unhang(self, name: str) -> None:
        for block in self.book.blocks():
            if block.kind == TOCTREE:
                block.names = [other for other in block.names if other != name]

    def remove_document(self) -> None:
        if names := self.loose():
            name = self.dice.choice(names)
            below = [
                n
                for block in self.book.docs[name]
                for b in block.walk()
                if b.kind == TOCTREE
                for n in b.names
            ]
            self.unhang(name)
            del self.book.docs[name]
            for other in below:
                self.hang(other, "index")

    def rename_document(self) -> None:
        """Give a document another name, and perhaps another syntax."""
        if names := self.loose():
            old = self.dice.choice(names)
            new = f"d{self.uid()}" + self.dice.choice("rm")
            self.book.docs[new] = self.book.docs.pop(old)
            for block in self.book.blocks():
                same = {old: new, f"doc:{old}": f"doc:{new}"}
                block.names = [same.get(name, name) for name in block.names]

    def rehang(self) -> None:
        names = [n for n in self.loose() if not self.has_toctree(n)]
        if names:
            name = self.dice.choice(names)
            self.unhang(name)
            if self.dice.random() < 0.8:
                held = self.book.held() | {"index"}
                self.hang(name, self.dice.choice(sorted(held & self.book.docs.keys())))

    def has_toctree(self, name: str) -> bool:
        return any(
            b.kind == TOCTREE for block in self.book.docs[name] for b in block.walk()
        )

    def append(self) -> None:
        """Give the PDF other appendices."""
        held = self.book.held()
        names = [name for name in self.loose() if name not in held]
        self.book.appendices = self.dice.sample(names, min(1, len(names)))

    # -- the book -----------------------------------------------------------------

    def reorder(self) -> None:
        if block := self.some(TOCTREE):
            self.dice.shuffle(block.names)

    def relist(self) -> None:
        if block := self.some(LIST):
            block.options = self.list().options

    def change_setting(self) -> None:
        self.set(self.dice.choice(list(SETTINGS)))

    def revolume(self) -> None:
        choices = [[], list(ROOTS), [ROOTS[1], ROOTS[0]], ["index"]]
        self.book.volumes = self.dice.choice(choices)
        for block in self.book.blocks():
            if block.kind == LIST:
                block.options.pop("volume", None)

    def retag(self) -> None:
        # With another tag, Sphinx writes all pages: with each edit, nothing were stale.
        self.drafting = not self.drafting

    def renumber(self) -> None:
        self.book.numbered = self.dice.choice([["index"], list(ROOTS), []])
