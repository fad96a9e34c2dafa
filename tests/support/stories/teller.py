"""A teller of stories: a book, and edits of it.

Each story has edits that change one thing, with pages that show that alone, each kind
in its turn; and a few that do anything.
"""

from __future__ import annotations

from collections.abc import Callable

from .drafts import LIST, REFERENCE, SECTION, TOCTREE, WORDS, Block, Story
from .touches import KINDS, TOUCHES, Toucher

#: How many of them a story has.
EACH = 4


class Teller(Toucher):
    """Tells stories; the edits that change one thing come in turn with the seeds."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        kinds = list(TOUCHES)
        self.silent = seed % 5 == 4
        first = (seed - seed // 5) * EACH
        self.turns = [kinds[at % len(kinds)] for at in range(first, first + EACH)]

    def story(self) -> Story:
        """A book, and a few edits of it."""
        dice = self.dice
        self.begin(silent=self.silent)
        if not self.silent:
            for name in self.turns:
                self.prepare(name)
        steps = [self.step("the beginning")]
        edits: list[Callable[[], str]] = [self.edit] * dice.randint(1, 2)
        if self.silent:
            edits += [self.edit] * 3
        else:
            edits += [lambda name=name: self.touch(name) for name in self.turns]  # type: ignore[misc]
        dice.shuffle(edits)
        steps.extend(self.step(edit()) for edit in edits)
        return Story(steps, dice.randrange(len(steps)), self.silent)

    # -- pages that show one thing ------------------------------------------------

    def prepare(self, name: str) -> None:
        """Have the book show what an edit of this name will change."""
        dice, book = self.dice, self.book
        document = f"d{self.uid()}" + dice.choice("rm")
        book.docs[document] = []
        if dice.random() < 0.5:
            self.hang(document, "index")
        if fields := TOUCHES[name]:
            options = {"fields": fields, "no-backlinks": ""}
            options["layout"] = "gallery" if name == "thumbnail" else "full"
            if dice.random() < 0.3 and name != "thumbnail":
                options["layout"] = "table"
            book.docs[document] = [Block(LIST, self.uid(), options=options)]
        for docname in self.roots():
            self.put(book.docs[docname], self.figure(KINDS.get(name, "figure")))
        if name == "page":
            book.settings["figlist_page_numbers"] = "pages.csv"
            labels = self.book.labels()
            book.pages = {label: str(dice.randint(1, 99)) for label in labels}
        elif name == "named":
            for block in book.blocks():
                if block.kind == SECTION:
                    block.title = block.title or f"Section {block.uid}"
            self.put(book.docs["index"], self.section())
            sections = [b for b in book.blocks() if b.kind == SECTION]
            self.mention(document, f"sec:{dice.choice(sections).uid}")
            self.mention(document, f"doc:{dice.choice(list(self.roots()))}")
        elif name == "tag":
            kind = dice.choice(["only-draft", "only-not-draft"])
            inner = [self.figure(), self.prose()]
            box = Block(kind, self.uid(), inner=inner)
            book.docs[document].append(box)
        elif name == "volume" and not book.volumes:
            book.volumes = ["oner", "twom"]
        elif name == "place":
            self.neighbours()
        elif name == "chapter":
            self.neighbours()
            book.numbered = ["index"]
            book.settings["numfig_secnum_depth"] = 0
        elif name == "cited":
            cited = f"d{self.uid()}" + dice.choice("rm")
            book.docs[cited] = []
            self.hang(cited, "index")
            for block in book.blocks():
                if block.caption.title is not None and not block.names:
                    block.names, block.ways = [f"doc:{cited}"], ["ref"]
        elif name == "translation":
            book.settings["language"] = "de"

    def roots(self) -> list[str]:
        return ["oner", "twom"]

    def neighbours(self) -> None:
        """Two documents of one chapter, with figures that follow each other."""
        one, two = f"d{self.uid()}r", f"d{self.uid()}m"
        toctree = Block(TOCTREE, self.uid(), names=[two])
        self.book.docs |= {one: [self.figure(), toctree], two: [self.figure()]}
        self.hang(one, "oner")

    def section(self) -> Block:
        uid = self.uid()
        inner = [Block(WORDS, self.uid())]
        return Block(SECTION, uid, title=f"Section {uid}", inner=inner)

    def mention(self, document: str, target: str) -> None:
        block = Block(REFERENCE, self.uid(), names=[target], ways=["ref"])
        self.book.docs[document].append(block)
