"""A book that a random author writes, in rST and Markdown, and edits."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from random import Random

#: Blocks of a document: a kind, a name, and blocks in it.
KINDS = ("figure", "bare", "nameless", "table", "code", "math")
BOXES = ("section", "section", "note", "only")


@dataclass
class Block:
    kind: str
    name: str
    title: str
    inner: list[Block] = field(default_factory=list)


@dataclass
class Draft:
    """The book, its documents by name, and who holds whom in a toctree."""

    random: Random
    docs: dict[str, list[Block]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    #: Whether the parts below the root are numbered, each afresh, or the whole book.
    parts: bool = False
    depth: int = 0
    made: int = 0

    def begin(self, count: int) -> None:
        self.parts = self.random.random() < 0.4
        self.depth = self.random.choice([0, 1, 2, 9])
        self.docs["index"] = self.blocks(2)
        for _ in range(count):
            self.add()

    # -- what an author does ------------------------------------------------------

    def name(self) -> str:
        self.made += 1
        return f"{self.made:03}"

    def block(self, level: int = 0) -> Block:
        name = self.name()
        kind = self.random.choice(KINDS + (BOXES if level < 2 else ()))
        block = Block(kind, f"{kind}-{name}", f"Title {name}")
        if kind in BOXES:
            # Headings stand in no box.
            below = level + 1 if kind == "section" else 9
            block.inner = self.blocks(2, below)
        return block

    def blocks(self, most: int, level: int = 0) -> list[Block]:
        return [self.block(level) for _ in range(self.random.randint(0, most))]

    def add(self) -> None:
        name = f"d{self.name()}" + self.random.choice(["m", "r"])
        above = ["index", "index", *self.docs]
        self.docs[name] = self.blocks(4)
        if self.random.random() < 0.9:
            self.parents[name] = self.random.choice(above)
        self.order.insert(self.random.randint(0, len(self.order)), name)

    def remove(self) -> None:
        if self.order:
            name = self.random.choice(self.order)
            self.order.remove(name)
            del self.docs[name]
            self.parents.pop(name, None)
            for child, parent in list(self.parents.items()):
                if parent == name:
                    self.parents[child] = "index"

    def edit(self) -> None:
        """Do one thing to the book."""
        self.random.choice(
            [
                *[self._put, self._cut, self._retitle, self._turn, self._carry] * 3,
                *[self._reorder, self._rehang] * 2,
                self._renumber,
                self.add,
                self.remove,
            ]
        )()

    def _lists(self) -> list[list[Block]]:
        found = list(self.docs.values())
        for blocks in found:
            found += [b.inner for b in blocks if b.kind == "section"]
        return found

    def _put(self) -> None:
        blocks = self.random.choice(self._lists())
        blocks.insert(self.random.randint(0, len(blocks)), self.block(2))

    def _taken(self) -> Block | None:
        full = [blocks for blocks in self._lists() if blocks]
        if not full:
            return None
        blocks = self.random.choice(full)
        return blocks.pop(self.random.randrange(len(blocks)))

    def _cut(self) -> None:
        self._taken()

    def _carry(self) -> None:
        block = self._taken()
        if block and block.kind != "section":
            blocks = self.random.choice(self._lists())
            blocks.insert(self.random.randint(0, len(blocks)), block)

    def _some(self) -> Block | None:
        blocks = [block for blocks in self._lists() for block in blocks]
        return self.random.choice(blocks) if blocks else None

    def _retitle(self) -> None:
        if block := self._some():
            block.title = f"Other title {self.name()}"

    def _turn(self) -> None:
        block = self._some()
        if block and block.kind in KINDS:
            block.kind = self.random.choice(KINDS)

    def _reorder(self) -> None:
        self.random.shuffle(self.order)

    def _rehang(self) -> None:
        """Hang a document below another, or below none."""
        if self.order:
            name = self.random.choice(self.order)
            above = [d for d in ["index", *self.order] if name not in self._above(d)]
            self.parents.pop(name, None)
            if self.random.random() < 0.8:
                self.parents[name] = self.random.choice(above or ["index"])

    def _above(self, name: str) -> set[str]:
        found = {name}
        while name := self.parents.get(name, ""):
            found.add(name)
        return found

    def _renumber(self) -> None:
        self.depth = self.random.choice([0, 1, 2, 9])

    # -- what is in the files -----------------------------------------------------

    def files(self) -> dict[str, str]:
        return {
            f"{name}.md" if name.endswith("m") else f"{name}.rst": self._text(name)
            for name in self.docs
        }

    def _text(self, name: str) -> str:
        write = _Markdown() if name.endswith("m") else _Rst()
        children = [n for n in self.order if self.parents.get(n) == name]
        top = self.parents.get(name) == "index"
        numbered = self.depth if (top if self.parts else name == "index") else 0
        toctree = write.toctree(children, numbered) if children else ""
        lines = [write.heading(name, 0)]
        # A toctree may stand anywhere; after a section, it is in that.
        blocks = [write.block(block, 0) for block in self.docs[name]]
        blocks.insert(len(children) % (len(blocks) + 1), toctree)
        return "\n\n".join([*lines, *filter(None, blocks)]) + "\n"


class _Rst:
    def heading(self, title: str, level: int) -> str:
        return f"{title}\n{'=-~^'[level] * len(title)}"

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str
    ) -> str:
        lines = [f".. {name}:: {argument}".rstrip()]
        lines += [f"   :{key}: {value}" for key, value in options.items()]
        return "\n".join(lines) + "\n\n" + textwrap.indent(inner, "   ")

    def toctree(self, names: list[str], numbered: int) -> str:
        options = {"numbered": str(numbered)} if numbered else {}
        return self.directive("toctree", "", options, "\n".join(names))

    def block(self, block: Block, level: int) -> str:
        name, title, kind = block.name, block.title, block.kind
        if kind == "figure":
            return self.directive("figure", "p.png", {"name": name}, title)
        if kind == "bare":
            return self.directive("figure", "p.png", {"name": name}, "")
        if kind == "nameless":
            return self.directive("figure", "p.png", {}, title)
        if kind == "table":
            options = {"name": name, "header-rows": "1"}
            return self.directive("list-table", title, options, "* - a\n* - b")
        if kind == "code":
            options = {"name": name, "caption": title}
            return self.directive("code-block", "text", options, "code")
        if kind == "math":
            return self.directive("math", "", {"label": name}, "x = 1")
        inner = "\n\n".join(self.block(b, level + 1) for b in block.inner)
        if kind == "section":
            return f"{self.heading(title, level + 1)}\n\n{inner}"
        words = "Words.\n\n" + inner
        return self.directive(kind, "latex" if kind == "only" else "", {}, words)


class _Markdown(_Rst):
    def heading(self, title: str, level: int) -> str:
        return "#" * (level + 1) + f" {title}"

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str
    ) -> str:
        fence = "`" * (3 + max(map(len, inner.split("\n"))) if "```" in inner else 3)
        lines = [fence + f"{{{name}}} {argument}".rstrip()]
        lines += [f":{key}: {value}" for key, value in options.items()]
        return "\n".join([*lines, "", inner, fence])
