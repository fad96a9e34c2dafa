"""An author who writes a book at random."""

from __future__ import annotations

from random import Random
from typing import Any

from .drafts import (
    BOXED,
    FIGURES,
    FORMS,
    LIST,
    PICTURES,
    REFERENCE,
    SECTION,
    TOCTREE,
    WORDS,
    Block,
    Book,
    Caption,
)

PHRASES = ("wave", "*tall* boat", "sea at $x^2$", "`code` of it", "über 3.5 m", "中文")
ROOTS = ("oner", "twom")
FIELDS = ("title", "caption", "alt", "thumbnail", "legend", "page", "references")
FIELDS += ("image", "location", "credit", "label")
#: What each setting may be; the first is the default.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "figlist_formats": (
        ["json", "csv", "markdown"],
        [],
        ["json"],
        ["markdown"],
        ["json", "xlsx"],
    ),
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
    "figlist_page_numbers": (None, "pages.csv"),
    "figlist_credit_patterns": (["Source:"], ["So:"]),
    "figlist_text_width": (None, "5in"),
    "numfig_secnum_depth": (1, 0, 2),
    "numfig_format": ({}, {"figure": "Picture %s"}),
    "numfig": (True, True, False),
    "language": ("en", "de"),
    "release": ("a", "b"),
}
#: How a thing can be referred to.
WAYS = ("numref", "numwords", "ref", "words", "any", "link", "bare link", "file link")


class Author:
    """Writes a first version of a book."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.book = Book()
        self.made = 0

    def uid(self) -> str:
        self.made += 1
        return f"{self.made:03}"

    def begin(self, *, silent: bool = False) -> None:
        dice, book = self.dice, self.book
        if dice.random() < 0.5 and not silent:
            book.volumes = list(ROOTS)
        book.numbered = dice.choice([["index"], ["index"], list(ROOTS), []])
        for name in ("index", *ROOTS):
            book.docs[name] = self.blocks(2)
        self.put(book.docs["index"], Block(TOCTREE, self.uid(), names=list(ROOTS)))
        if not silent:
            self.put(book.docs["index"], self.list())
        for _ in range(dice.randint(2, 4)):
            self.add_document()
        for _ in range(dice.randint(2, 5)):
            self.add_reference()
        for _ in range(0 if silent else dice.randint(0, 2)):
            self.add_list()
        for name in SETTINGS:
            if dice.random() < 0.2:
                self.set(name)

    def words(self) -> str:
        return " ".join(self.dice.choices(PHRASES, k=self.dice.randint(1, 3)))

    def caption(self, uid: str) -> Caption:
        dice = self.dice
        credit = f"museum {uid}" if dice.random() < 0.2 else ""
        lead = f"C{uid} {self.words()}"
        return Caption(dice.choice(FORMS), lead, self.words(), credit)

    def block(self, level: int = 1) -> Block:
        dice = self.dice
        # No writer has tables in tables.
        kinds = [*FIGURES * 3, "code-block", "literalinclude", *PICTURES]
        kinds += ["table", "rst-table", *BOXED] if level < 3 else []
        return self.written(dice.choice(kinds + ([SECTION] * 4 if level == 1 else [])))

    def written(self, kind: str) -> Block:
        dice, uid = self.dice, self.uid()
        block = Block(kind, uid)
        if kind in BOXED:
            block.inner = [self.block(9) for _ in range(dice.randint(1, 2))]
        elif kind == SECTION:
            block.title = f"Section {uid}"
            block.inner = [self.block(2) for _ in range(dice.randint(1, 3))]
        else:
            if kind not in {"bare", "nothing", *PICTURES}:
                block.caption = self.caption(uid)
            block.alt = dice.choice([None, "", f"A{uid} seen", f"A{uid} far: off"])
            block.excluded = kind in {"figure", "bare"} and dice.random() < 0.1
            if kind == "figure" and dice.random() < 0.3:
                block.legend = f"L{uid} says more."
            if block.caption.words and dice.random() < 0.25:
                self.refer(block, 1, captioned=True)
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
            "class": ["own"],
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

    def places(self) -> list[list[Block]]:
        """Where blocks may stand."""
        found = list(self.book.docs.values())
        found += [b.inner for b in self.book.blocks() if b.kind in {SECTION, *BOXED}]
        return found

    def prose(self) -> Block:
        return Block(WORDS, self.uid())

    # -- documents and what leads to them -----------------------------------------

    def add_document(self) -> None:
        dice = self.dice
        name = f"d{self.uid()}" + dice.choice("rm")
        held = self.book.held() | {"index"}
        self.book.docs[name] = self.blocks(4)
        if dice.random() < 0.9:
            self.hang(name, dice.choice(sorted(held & self.book.docs.keys())))

    def hang(self, name: str, above: str) -> None:
        """Put a document into one of another's toctrees, or into a new one."""
        dice, blocks = self.dice, self.book.docs[above]
        found = [b for block in blocks for b in block.walk() if b.kind == TOCTREE]
        if found and dice.random() < 0.8:
            names = dice.choice(found).names
            names.insert(dice.randint(0, len(names)), name)
            return
        options = {"maxdepth": dice.choice("112")}
        more = {"hidden": "", "titlesonly": "", "caption": "Part"}
        options |= {name: more[name] for name in more if dice.random() < 0.3}
        toctree = Block(TOCTREE, self.uid(), names=[name], options=options)
        sections = [b.inner for b in blocks if b.kind == SECTION]
        self.put(dice.choice([blocks, *sections]), toctree)

    def add_list(self) -> None:
        self.put(self.book.docs[self.dice.choice(list(self.book.docs))], self.list())

    def add_reference(self) -> None:
        block = Block(REFERENCE, self.uid())
        if self.refer(block, 3):
            self.put(self.dice.choice(self.places()), block)

    def refer(self, block: Block, most: int, *, captioned: bool = False) -> bool:
        """Have a block refer to things in the book, or say that there are none.

        :param captioned: in a caption, which must not come to have other titles in it.
        """
        dice, labels = self.dice, self.book.labels()
        found = [*labels, *(f"doc:{name}" for name in self.book.docs)]
        found += [f"sec:{b.uid}" for b in self.book.blocks() if b.kind == SECTION]
        block.names = dice.sample(sorted(found), min(most, len(found)))
        ways = ("numref", "words") if captioned else WAYS
        block.ways = [dice.choice(ways) for _ in block.names]
        return bool(block.names)

    def set(self, name: str) -> None:
        self.book.settings[name] = self.dice.choice(SETTINGS[name])
