"""A book written down, in rST and in MyST."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from support.trees import conf, png

from .drafts import LIST, REFERENCE, SECTION, TOCTREE, Block, Book

START: dict[str, Any] = {
    "project": "Book",
    "extensions": ["myst_parser", "sphinxext_figlist"],
    "myst_enable_extensions": ["colon_fence", "dollarmath"],
    "numfig": True,
    "show_warning_types": True,
    "html_theme": "basic",
    "smartquotes": False,  # Sphinx has them in the doctrees of some builders
    "exclude_patterns": ["part-*"],
    "figlist_formats": ["json"],
    "latex_documents": [
        ("index", "book.tex", "Book", "A", "manual"),
        ("oner", "one.tex", "One", "A", "manual"),
        ("twom", "two.tex", "Two", "A", "manual"),
    ],
}


def files(book: Book, *, plain: bool = False) -> dict[str, str | bytes]:
    """The files of the book.

    :param plain: leave out all that is figlist's.
    """
    values = START | book.settings
    if book.volumes:
        values["figlist_volumes"] = [
            {"id": str(place), "title": f"Title {place}", "root": root}
            for place, root in enumerate(book.volumes, 1)
        ]
    if not values["numfig"]:
        for name in ("figlist_number_uncaptioned", "figlist_latex_numbers"):
            values.pop(name, None)
    if plain:
        values = {k: v for k, v in values.items() if not k.startswith("figlist_")}
        values["extensions"] = ["myst_parser"]
    found: dict[str, str | bytes] = {"conf.py": conf(**values)}
    for name, blocks in book.docs.items():
        write = (_Markdown if name.endswith("m") else _Rst)(book, name, plain)
        words = [write.heading(f"Document {name}", 0), *write.blocks(blocks, 1)]
        found[f"{name}.{write.suffix}"] = "\n\n".join(words) + "\n"
        found |= write.parts
    for block in book.blocks():
        if block.caption.words or block.kind in {"bare", "nothing", "image"}:
            found[f"{block.uid}.png"] = png(int(block.uid))
    return found


class _Rst:
    suffix = "rst"

    def __init__(self, book: Book, docname: str, plain: bool) -> None:
        self.book, self.docname, self.plain = book, docname, plain
        self.labels = book.labels()
        #: Files that the document includes.
        self.parts: dict[str, str | bytes] = {}

    # -- what differs between the syntaxes ----------------------------------------

    def heading(self, title: str, level: int) -> str:
        return f"{title}\n{'=-~^'[level] * len(title)}"

    def inline(self, words: str) -> str:
        words = re.sub(r"`([^`]+)`", r"``\1``", words)
        # An English name has docutils leave an empty legend in German, once a process.
        math = "mathe" if self.book.settings.get("language") == "de" else "math"
        return re.sub(r"\$([^$]+)\$", rf":{math}:`\1`", words)

    def role(self, name: str, target: str) -> str:
        return f":{name}:`{target}`"

    def link(self, label: str) -> str:
        return self.role("ref", f"words <{label}>")

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str = ""
    ) -> str:
        lines = [f".. {name}:: {argument}".rstrip()]
        lines += [f"   :{key}: {value}".rstrip() for key, value in options.items()]
        return "\n".join(lines) + "\n\n" + textwrap.indent(inner, "   ")

    def quote(self, inner: str) -> str:
        return textwrap.indent(inner, "   ")

    # -- blocks -------------------------------------------------------------------

    def blocks(self, blocks: list[Block], level: int) -> list[str]:
        return [words for block in blocks if (words := self.block(block, level))]

    def block(self, block: Block, level: int) -> str:
        kind, title = block.kind, self.inline(block.caption.words)
        if kind in {"figure", "bare", "nameless", "nothing", "several", "figure-md"}:
            return self.figure(block)
        if kind == "image":
            alt = {} if block.alt is None else {"alt": block.alt}
            return self.directive("image", f"{block.uid}.png", alt)
        if kind == "table":
            options = {"name": f"n-{block.uid}", "header-rows": "1"}
            return self.directive("list-table", title, options, "* - a\n* - b")
        if kind == "code-block":
            options = {"name": f"n-{block.uid}", "caption": title}
            return self.directive("code-block", "text", options, "code")
        if kind == LIST:
            return "" if self.plain else self.directive("figlist", "", block.options)
        if kind == TOCTREE:
            names = [name for name in block.names if name in self.book.docs]
            options = {"maxdepth": "1", "titlesonly": ""} | block.options
            if self.docname in self.book.numbered:
                options["numbered"] = ""
            return self.directive("toctree", "", options, "\n".join(names))
        if kind == REFERENCE:
            return self.references(block)
        inner = "\n\n".join(self.blocks(block.inner, level + 1))
        if kind == SECTION:
            return f"{self.heading(f'Section {block.uid}', level)}\n\n{inner}"
        return self.box(kind, block.uid, "Words.\n\n" + inner)

    def box(self, kind: str, uid: str, inner: str) -> str:
        if kind == "note":
            return self.directive("note", "", {}, inner)
        if kind.startswith("only-"):
            return self.directive("only", kind.removeprefix("only-"), {}, inner)
        if kind == "item":
            return "- Item\n\n" + textwrap.indent(inner, "  ")
        if kind == "cell":
            cell = "* - Cell\n\n" + textwrap.indent(inner, "    ")
            return self.directive("list-table", "", {}, cell)
        if kind == "quote":
            return "Words.\n\n" + self.quote(inner)
        name = f"part-{uid}.{self.suffix}"
        self.parts[name] = inner + "\n"
        return self.directive("include", name, {})

    def figure(self, block: Block) -> str:
        options = {}
        if block.label:
            options["name"] = block.label
        if block.alt is not None:
            options["alt"] = block.alt
        if block.excluded:
            options["figclass"] = "figlist-exclude"
        inner = [self.inline(block.caption.words), block.legend]
        if block.kind == "several":
            inner[1] = f"L{block.uid} more."
            inner.append(self.directive("image", f"{block.uid}.png", {"alt": "Same"}))
        return self.directive(
            "figure", f"{block.uid}.png", options, "\n\n".join(filter(None, inner))
        )

    def references(self, block: Block) -> str:
        said = []
        for place, label in enumerate(block.names):
            if label in self.labels:
                numbered, words = ("numref", label), ("ref", f"words <{label}>")
                if place % 3 == 2:
                    said.append(self.link(label))
                else:
                    said.append(self.role(*(words if place % 3 else numbered)))
        return f"Words {block.uid}: " + ", ".join(said) + "." if said else ""


class _Markdown(_Rst):
    suffix = "md"

    def heading(self, title: str, level: int) -> str:
        return "#" * (level + 1) + f" {title}"

    def inline(self, words: str) -> str:
        return words

    def role(self, name: str, target: str) -> str:
        return f"{{{name}}}`{target}`"

    def link(self, label: str) -> str:
        return f"[words](#{label})"

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str = ""
    ) -> str:
        longest = max(
            map(len, re.findall(r"^ *[> ]*(`+)", inner, re.MULTILINE)), default=2
        )
        fence = "`" * max(3, longest + 1)
        if "`" in argument:
            fence = "~~~"
        lines = [fence + f"{{{name}}} {argument}".rstrip()]
        lines += [f":{key}: {value}".rstrip() for key, value in options.items()]
        return "\n".join([*lines, *(["", inner] if inner else []), fence])

    def quote(self, inner: str) -> str:
        return textwrap.indent(inner, "> ", lambda line: True)

    def figure(self, block: Block) -> str:
        if block.kind != "figure-md":
            return super().figure(block)
        picture = f"![{block.alt or ''}]({block.uid}.png)"
        words = f"{picture}\n\n{block.caption.words}"
        return self.directive("figure-md", block.label or "", {}, words)
