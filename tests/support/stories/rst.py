"""A document written down in rST."""

from __future__ import annotations

import re
import textwrap

from .drafts import (
    FIGURES,
    LIST,
    OTHERS,
    REFERENCE,
    SECTION,
    TOCTREE,
    WORDS,
    Block,
    Book,
)


class Rst:
    """Writes a document in rST."""

    suffix = "rst"

    def __init__(self, book: Book, docname: str, plain: bool) -> None:
        self.book, self.docname, self.plain = book, docname, plain
        self.labels = book.labels()
        self.sections = {b.uid for b in book.blocks() if b.kind == SECTION}
        #: Files that the document includes.
        self.parts: dict[str, str | bytes] = {}

    # -- what differs between the syntaxes ----------------------------------------

    def heading(self, title: str, level: int) -> str:
        return f"{title}\n{'=-~^'[level] * len(title)}"

    def anchor(self, name: str) -> str:
        return f".. _{name}:"

    def inline(self, words: str) -> str:
        words = re.sub(r"`([^`]+)`", r"``\1``", words)
        # An English name has docutils leave an empty legend in German, once a process.
        math = "mathe" if self.book.settings.get("language") == "de" else "math"
        return re.sub(r"\$([^$]+)\$", rf":{math}:`\1`", words)

    def role(self, name: str, target: str) -> str:
        return f":{name}:`{target}`"

    def link(self, words: str, target: str, file: str, fragment: str) -> str:
        """A link as only Markdown has it."""
        role = "ref" if fragment else "doc"
        return self.role(role, f"{words or 'words'} <{target}>")

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str = ""
    ) -> str:
        lines = [f".. {name}:: {argument}".rstrip()]
        lines += [f"   :{key}: {value}".rstrip() for key, value in options.items()]
        return "\n".join(lines) + "\n\n" + textwrap.indent(inner, "   ")

    def quote(self, inner: str) -> str:
        return textwrap.indent(inner, "   ")

    def definition(self, inner: str) -> str:
        return "Term\n" + textwrap.indent(inner, "   ")

    def grid(self) -> str:
        return "== ==\na  b\n== ==\nc  d\n== =="

    def picture(self, block: Block) -> str:
        """A picture in a line, by a substitution."""
        alt = "" if block.alt is None else f"\n   :alt: {block.alt}".rstrip()
        name = f"|p-{block.uid}|"
        return f"Words {name} here.\n\n.. {name} image:: {block.file}{alt}"

    # -- blocks -------------------------------------------------------------------

    def blocks(self, blocks: list[Block], level: int) -> list[str]:
        return [words for block in blocks if (words := self.block(block, level))]

    def block(self, block: Block, level: int) -> str:
        kind = block.kind
        if kind in FIGURES:
            return self.figure(block)
        if kind in OTHERS:
            return self.other(block)
        if kind == WORDS:
            return self.prose(block)
        if kind == "inline":
            return self.picture(block)
        if kind == "image":
            alt = {} if block.alt is None else {"alt": block.alt}
            return self.directive("image", block.file, alt)
        if kind == LIST:
            return "" if self.plain else self.directive("figlist", "", block.options)
        if kind == TOCTREE:
            names = [name for name in block.names if name in self.book.docs]
            options = dict(block.options or {"maxdepth": "1", "titlesonly": ""})
            if self.docname in self.book.numbered:
                options["numbered"] = ""
            return self.directive("toctree", "", options, "\n".join(names))
        if kind == REFERENCE:
            said = self.references(block)
            return f"Words {block.uid}: {said}." if said else ""
        inner = "\n\n".join(self.blocks(block.inner, level + 1))
        if kind == SECTION:
            title = block.title or f"Section {block.uid}"
            anchor = self.anchor(f"s-{block.uid}")
            return f"{anchor}\n\n{self.heading(title, level)}\n\n{inner}"
        return self.box(kind, block.uid, "Words.\n\n" + inner)

    def box(self, kind: str, uid: str, inner: str) -> str:
        if kind == "note":
            return self.directive("note", "", {}, inner)
        if kind.startswith("only-"):
            tags = kind.removeprefix("only-").replace("-", " ")
            return self.directive("only", tags, {}, inner)
        if kind.startswith("ifconfig-"):
            return self.directive("ifconfig", f"release == '{kind[-1]}'", {}, inner)
        if kind == "item":
            return "- Item\n\n" + textwrap.indent(inner, "  ")
        if kind == "cell":
            cell = "* - Cell\n\n" + textwrap.indent(inner, "    ")
            return self.directive("list-table", "", {}, cell)
        if kind == "quote":
            return "Words.\n\n" + self.quote(inner)
        if kind == "definition":
            return self.definition(inner)
        name = f"part-{uid}.{self.suffix}"
        self.parts[name] = inner + "\n"
        return self.directive("include", name, {})

    def prose(self, block: Block) -> str:
        """A paragraph; perhaps with a name of which the id is but a count."""
        words = f"Words {block.uid}."
        if "target" not in block.options:
            return words
        digits = str.maketrans("0123456789", "零一二三四五六七八九")
        return f"{self.anchor(block.uid.translate(digits))}\n\n{words}"

    def caption(self, block: Block) -> str:
        words, said = self.inline(block.caption.words), ""
        if words and block.names:
            said = self.references(block)
        return f"{words} See {said}." if said else words

    def other(self, block: Block) -> str:
        """A table or a listing."""
        title, options = self.caption(block), {"name": block.label or ""}
        if block.kind == "table":
            options["header-rows"] = "1"
            return self.directive("list-table", title, options, "* - a\n* - b")
        if block.kind == "rst-table":
            return self.directive("table", title, options, self.grid())
        options["caption"] = title
        if block.kind == "code-block":
            return self.directive("code-block", "text", options, "code")
        name = f"part-{block.uid}.txt"
        self.parts[name] = "code\n"
        return self.directive("literalinclude", name, options)

    def figure(self, block: Block) -> str:
        options = {}
        if block.label:
            options["name"] = block.label
        if block.alt is not None:
            options["alt"] = block.alt
        if block.excluded:
            options["figclass"] = "figlist-exclude"
        inner = [self.caption(block), block.legend]
        if block.kind == "several":
            inner[1] = f"L{block.uid} more."
            inner.append(self.directive("image", block.file, {"alt": "Same"}))
        return self.directive(
            "figure", block.file, options, "\n\n".join(filter(None, inner))
        )

    # -- references ---------------------------------------------------------------

    def references(self, block: Block) -> str:
        pairs = zip(block.names, block.ways, strict=True)
        return ", ".join(filter(None, (self.refer(name, way) for name, way in pairs)))

    def refer(self, name: str, way: str) -> str:
        """A reference to what a name names, "" where that is gone."""
        sort, _, rest = name.rpartition(":")
        named, role, target = True, "ref", name
        if sort == "doc":
            if rest not in self.book.docs:
                return ""
            role, target, file, fragment = "doc", rest, rest, ""
        elif sort == "sec":
            if rest not in self.sections:
                return ""
            target = fragment = f"s-{rest}"
            file = ""
        else:
            if name not in self.labels:
                return ""
            named, fragment = self.labels[name].captioned, name
            file = self._home(name)
            if way == "numref":
                return self.role("numref", name)
            if way == "numwords":
                return self.role("numref", f"No. %s <{name}>")
        if way == "any" and named:
            return self.role("any", target)
        if way.endswith("link"):
            words = "words" if way == "link" or not named else ""
            file = file if role == "doc" or way == "file link" else ""
            return self.link(words, target, file, fragment)
        if way == "words" or not named:
            return self.role(role, f"words <{target}>")
        return self.role(role, target)

    def _home(self, label: str) -> str:
        return next(
            docname
            for docname, blocks in self.book.docs.items()
            if any(b.label == label for outer in blocks for b in outer.walk())
        )

    # -- translations -------------------------------------------------------------

    def translations(self, blocks: list[Block]) -> list[tuple[str, str]]:
        """The captions that have one, as they are written, and these."""
        found = []
        for block in (b for outer in blocks for b in outer.walk()):
            if mark := self.book.catalog.get(block.uid):
                words = self.caption(block)
                found.append((words, translated(words, mark)))
        return found


def translated(words: str, mark: str) -> str:
    """Words of a caption, in a strange language."""
    if not mark:
        return words
    return re.sub(r"\bC(\d+)", rf"K\1-{mark}", words)
