"""An author who writes a book at random, and edits it at random."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from .drafts import (
    BOXES,
    FIGURES,
    LIST,
    OTHERS,
    REFERENCE,
    SECTION,
    TOCTREE,
    Block,
    Book,
    Caption,
    Step,
    Story,
)

BUILDERS = ("html", "text", "latex", "singlehtml", "figlist")
WORDS = ("wave", "*tall* boat", "sea at $x^2$", "`code` of it", "über 3.5 m", "中文")
ROOTS = ("oner", "twom")
FIELDS = ("title", "caption", "alt", "thumbnail", "legend", "page", "references")
FIELDS += ("image", "location", "credit", "label")
#: What each setting may be; the first is the default.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "figlist_formats": ([], ["json"], ["json", "markdown", "csv"], ["markdown"]),
    "figlist_title_from": ("lead", "sentence", "caption"),
    "figlist_backlinks": (True, False),
    "figlist_restart_numbering": (True, False),
    "figlist_number_uncaptioned": (False, True),
    "figlist_latex_numbers": (None, "sphinx", "latex"),
    "figlist_files_for": ("latex", "html"),
    "figlist_fields": (["title", "caption", "alt"], ["caption"], list(FIELDS)),
    "figlist_kinds": (["figure"], ["figure", "table"], ["code-block", "figure"]),
    "figlist_latex_short_captions": (False, True),
    "figlist_latex_alt": (False, True),
    "figlist_numfig_cache": (True, False),
    "figlist_checks": ([], ["missing_alt", "unreferenced"], "all"),
    "figlist_pictures": ("figures", "all"),
    "figlist_titles": ({}, {"n-003": "By *hand*"}, {"n-005": "By hand", "n-004": "No"}),
    "numfig_secnum_depth": (1, 0, 2),
    "numfig_format": ({}, {"figure": "Picture %s"}),
    "numfig": (True, True, False),
    "language": ("en", "de"),
}


class Author:
    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.book = Book()
        self.made = 0

    def story(self) -> Story:
        """A book, and a few edits of it."""
        dice = self.dice
        self.begin()
        steps = [self.step("the beginning")]
        steps += [self.step(self.edit()) for _ in range(dice.randint(3, 5))]
        return Story(steps, dice.randrange(len(steps)))

    def step(self, edit: str) -> Step:
        """The book as it is now, built in a page builder and perhaps in another."""
        others = self.dice.sample(BUILDERS[1:], 1)
        jobs = self.dice.choice([1, 1, 1, 2])
        return Step(copy.deepcopy(self.book), edit, ["html", *others], jobs)

    # -- what the author writes ---------------------------------------------------

    def uid(self) -> str:
        self.made += 1
        return f"{self.made:03}"

    def begin(self) -> None:
        dice, book = self.dice, self.book
        if dice.random() < 0.5:
            book.volumes = list(ROOTS)
        book.numbered = dice.choice([["index"], ["index"], list(ROOTS), []])
        for name in ("index", *ROOTS):
            book.docs[name] = self.blocks(3)
        self.put(book.docs["index"], Block(TOCTREE, self.uid(), names=list(ROOTS)))
        self.put(book.docs["index"], self.list())
        for _ in range(dice.randint(2, 6)):
            self.add_document()
        for _ in range(dice.randint(2, 5)):
            self.add_reference()
        for _ in range(dice.randint(0, 2)):
            self.add_list()
        for name in SETTINGS:
            if dice.random() < 0.25:
                self.set(name)

    def words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 3)))

    def caption(self, uid: str) -> Caption:
        a, b, c = f"C{uid} {self.words()}", self.words(), f"Then {self.words()}"
        return self.dice.choice(
            [
                Caption(f"{a}: {b}.", a),
                Caption(f"**C{uid} lead.** {c}.", f"C{uid} lead"),
                Caption(f"**C{uid} lead**: {b}.", f"C{uid} lead"),
                Caption(f"{a}", None),
                Caption(f"{a}. {c}: {b}.", None),
                Caption(f"{a} (as: {b}): {b}.", f"{a} (as: {b})"),
                Caption(f"**C{uid} bold** goes on {b}.", None),
                Caption(f"{a} at 10:30, {b}.", None),
                Caption(f'{a} "so: it" is: {b}.', f'{a} "so: it" is'),
                Caption(f"{a}. Source: a museum.", None),
            ]
        )

    def block(self, level: int = 1) -> Block:
        dice, uid = self.dice, self.uid()
        # No writer has tables in tables.
        kinds = [*FIGURES * 2, "code-block", "image"]
        kinds += ["table", *BOXES] if level < 3 else []
        kind = dice.choice(kinds + ([SECTION] * 3 if level == 1 else []))
        block = Block(kind, uid)
        if kind in BOXES:
            block.inner = [self.block(9) for _ in range(dice.randint(1, 2))]
        elif kind == SECTION:
            block.inner = [self.block(2) for _ in range(dice.randint(1, 3))]
        else:
            if kind not in {"bare", "nothing", "image"}:
                block.caption = self.caption(uid)
            block.alt = dice.choice([None, "", f"A{uid} seen", f"A{uid} far: off"])
            block.excluded = kind in {"figure", "bare"} and dice.random() < 0.1
            if kind == "figure" and dice.random() < 0.3:
                block.legend = f"L{uid} says more."
        return block

    def blocks(self, most: int) -> list[Block]:
        return [self.block() for _ in range(self.dice.randint(0, most))]

    def list(self) -> Block:
        dice, options = self.dice, dict[str, str]()
        choices = {
            "scope": ["volume", "page", "chapter"],
            "kind": ["table", "code-block"],
            "layout": ["compact", "table", "gallery"],
            "fields": [" ".join(dice.sample(FIELDS, 3)), "references location", "alt"],
            "no-backlinks": [""],
            "searchable": [""],
        }
        for option, values in choices.items():
            if dice.random() < 0.3:
                options[option] = dice.choice(values)
        if self.book.volumes and "scope" not in options and dice.random() < 0.3:
            two = ["2", "2 1"] if len(self.book.volumes) > 1 else []
            options["volume"] = dice.choice(["all", "1", *two])
        return Block(LIST, self.uid(), options=options)

    def put(self, blocks: list[Block], block: Block) -> None:
        """Put a block anywhere before the first section: after it, it is in that."""
        sections = [b.kind == SECTION for b in blocks]
        end = sections.index(True) if True in sections else len(blocks)
        place = self.dice.randint(0, end if block.kind != SECTION else len(blocks))
        if block.kind == SECTION:
            place = max(place, end)
        blocks.insert(place, block)

    # -- edits --------------------------------------------------------------------

    def edit(self) -> str:
        """Do one thing to the book, and say what."""
        deeds = [self.recaption, self.realt, self.add_figure, self.remove_block]
        deeds += [self.move_block, self.reorder, self.change_setting, self.turn]
        more = [self.add_document, self.remove_document, self.rehang, self.relist]
        more += [self.add_reference, self.revolume, self.renumber]
        deeds += [self.recaption, self.realt]  # what lists show
        deed = self.dice.choice(deeds * 2 + more)
        deed()
        return deed.__name__

    def places(self) -> list[list[Block]]:
        """Where blocks may stand."""
        found = list(self.book.docs.values())
        found += [b.inner for b in self.book.blocks() if b.kind in {SECTION, *BOXES}]
        return found

    def some(self, *kinds: str) -> Block | None:
        found = [block for block in self.book.blocks() if block.kind in kinds]
        return self.dice.choice(found) if found else None

    def recaption(self) -> None:
        if (block := self.some(*FIGURES, *OTHERS)) and block.captioned:
            block.caption = self.caption(block.uid)

    def realt(self) -> None:
        if block := self.some(*FIGURES, "image"):
            block.alt = self.dice.choice([None, "", f"A{self.uid()} new"])

    def turn(self) -> None:
        if block := self.some("figure", "nameless", "bare", "nothing"):
            block.kind = self.dice.choice(["figure", "nameless", "bare", "nothing"])
            block.caption = (
                self.caption(block.uid) if block.captioned else Caption("", None)
            )
            block.legend = block.legend if block.captioned else ""
            block.excluded = self.dice.random() < 0.2

    def add_figure(self) -> None:
        self.put(self.dice.choice(self.places()), self.block(9))

    def take(self) -> Block | None:
        kinds = {*FIGURES, *OTHERS, *BOXES, "image", REFERENCE, LIST}
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
            flat = block.kind in {LIST, "table", *BOXES}
            where = list(self.book.docs.values()) if flat else self.places()
            self.put(self.dice.choice(where), block)

    def add_document(self) -> None:
        dice = self.dice
        name = f"d{self.uid()}" + dice.choice("rm")
        held = self.book.held() | {"index"}
        self.book.docs[name] = self.blocks(4)
        if dice.random() < 0.9:
            self.hang(name, dice.choice(sorted(held & self.book.docs.keys())))

    def hang(self, name: str, above: str) -> None:
        """Put a document into one of another's toctrees, or into a new one."""
        blocks = self.book.docs[above]
        found = [b for block in blocks for b in block.walk() if b.kind == TOCTREE]
        if found and self.dice.random() < 0.8:
            names = self.dice.choice(found).names
            names.insert(self.dice.randint(0, len(names)), name)
            return
        options = {"hidden": ""} if self.dice.random() < 0.3 else {}
        toctree = Block(TOCTREE, self.uid(), names=[name], options=options)
        sections = [b.inner for b in blocks if b.kind == SECTION]
        self.put(self.dice.choice([blocks, *sections]), toctree)

    def unhang(self, name: str) -> None:
        for block in self.book.blocks():
            if block.kind == TOCTREE:
                block.names = [other for other in block.names if other != name]

    def loose(self) -> list[str]:
        """Documents that may go elsewhere."""
        return [n for n in self.book.docs if n not in {"index", *ROOTS}]

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

    def reorder(self) -> None:
        if block := self.some(TOCTREE):
            self.dice.shuffle(block.names)

    def add_list(self) -> None:
        self.put(self.book.docs[self.dice.choice(list(self.book.docs))], self.list())

    def relist(self) -> None:
        if block := self.some(LIST):
            block.options = self.list().options

    def add_reference(self) -> None:
        labels = sorted(self.book.labels())
        if labels:
            names = self.dice.sample(labels, min(3, len(labels)))
            block = Block(REFERENCE, self.uid(), names=names)
            self.put(self.dice.choice(self.places()), block)

    def set(self, name: str) -> None:
        self.book.settings[name] = self.dice.choice(SETTINGS[name])

    def change_setting(self) -> None:
        self.set(self.dice.choice(list(SETTINGS)))

    def revolume(self) -> None:
        choices = [[], list(ROOTS), [ROOTS[1], ROOTS[0]], ["index"]]
        self.book.volumes = self.dice.choice(choices)
        for block in self.book.blocks():
            if block.kind == LIST:
                block.options.pop("volume", None)

    def renumber(self) -> None:
        self.book.numbered = self.dice.choice([["index"], list(ROOTS), []])
