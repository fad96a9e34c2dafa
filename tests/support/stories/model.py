"""What is in a book and in which order, found from its drafts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .drafts import FIGURES, LIST, OTHERS, TOCTREE, Block, Book


@dataclass(frozen=True)
class Item:
    docname: str
    block: Block
    path: tuple[str, ...]


class Model:
    """The book as a reader of one output has it.

    :param output: "html" or "latex": what holds of `only`.
    """

    def __init__(self, book: Book, output: str, tags: tuple[str, ...] = ()) -> None:
        self.book = book
        release = book.settings.get("release", "a")
        self.holds = {
            "only-html": output == "html",
            "only-latex": output == "latex",
            "only-draft": "draft" in tags,
            "only-not-draft": "draft" not in tags,
            "ifconfig-a": release == "a",
            "ifconfig-b": release == "b",
        }
        self.roots = book.volumes or ["index"]

    def visible(self, blocks: list[Block]) -> Iterator[Block]:
        for block in blocks:
            if self.holds.get(block.kind, True):
                yield block
                yield from self.visible(block.inner)

    def flow(self, docname: str, path: tuple[str, ...] = ()) -> Iterator[Item]:
        """What a document and those below it hold, in reading order."""
        path = (*path, docname)
        for block in self.visible(self.book.docs[docname]):
            if block.kind != TOCTREE:
                yield Item(docname, block, path)
                continue
            yield Item(docname, block, path)
            for name in block.names:
                if name in self.book.docs and name not in path:
                    yield from self.flow(name, path)

    def documents(self, root: str) -> list[str]:
        found = [root]
        for item in self.flow(root):
            if item.block.kind == TOCTREE:
                found += [n for n in item.block.names if n in self.book.docs]
        return found

    def volume_of(self, docname: str) -> str | None:
        return next((r for r in self.roots if docname in self.documents(r)), None)

    def listed(self, root: str, kind: str = "figure") -> list[Item]:
        """The entries of one volume's list."""
        kinds = [one for one, of in OTHERS.items() if of == kind] or FIGURES
        return [
            item
            for item in self.flow(root)
            if item.block.kind in kinds and not item.block.excluded
        ]

    def chapter(self, item: Item) -> str:
        """The document that is the chapter around an item."""
        path = item.path
        above = self._above(path[0])
        for place in range(1, len(path)):
            if any(n in self.book.numbered for n in above + list(path[:place])):
                return path[place]
        return path[1] if len(path) > 1 else path[0]

    def _above(self, root: str) -> list[str]:
        for item in self.flow("index"):
            if item.docname == root:
                return list(item.path[:-1])
        return []

    def lists(self) -> Iterator[tuple[str, Block, list[str] | None]]:
        """Each list page's lists: what they show (None where nothing is promised)."""
        for docname, blocks in self.book.docs.items():
            for block in self.visible(blocks):
                if block.kind == LIST:
                    yield docname, block, self._shown(docname, block)

    def _shown(self, docname: str, block: Block) -> list[str] | None:
        kind = block.options.get("kind", "figure")
        scope = block.options.get("scope", "volume")
        own = self.volume_of(docname)
        if scope != "volume":
            if own is None:
                return None
            items = self.listed(own, kind)
            if scope == "page":
                return [i.block.uid for i in items if i.docname == docname]
            here = next(i for i in self.flow(own) if i.block is block)
            chapter = self.chapter(here)
            return [i.block.uid for i in items if self.chapter(i) == chapter]
        wanted = block.options.get("volume", "")
        if wanted == "all" or (not wanted and own is None):
            roots = self.roots
        elif wanted:
            roots = [self.roots[int(n) - 1] for n in wanted.split()]
        else:
            assert own is not None
            roots = [own]
        return [i.block.uid for root in roots for i in self.listed(root, kind)]

    def references(self, label: str) -> set[str]:
        """The documents that refer to a label, also those that no toctree holds."""
        return {
            docname
            for docname, blocks in self.book.docs.items()
            for block in self.visible(blocks)
            if label in block.names and block.kind != TOCTREE and block.label != label
        }
