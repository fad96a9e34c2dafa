"""A document written down in MyST."""

from __future__ import annotations

import re
import textwrap
from zlib import crc32

from .drafts import Block
from .rst import Rst


class Markdown(Rst):
    """Writes a document in MyST."""

    suffix = "md"

    def heading(self, title: str, level: int) -> str:
        return "#" * (level + 1) + f" {title}"

    def anchor(self, name: str) -> str:
        return f"({name})="

    def inline(self, words: str) -> str:
        return words

    def role(self, name: str, target: str) -> str:
        return f"{{{name}}}`{target}`"

    def link(self, words: str, target: str, file: str, fragment: str) -> str:
        if file:
            file += ".md" if file.endswith("m") else ".rst"
        place = f"{file}#{fragment}" if fragment else file
        return f"[{words}]({place})" if words else f"<project:{place}>"

    def directive(
        self, name: str, argument: str, options: dict[str, str], inner: str = ""
    ) -> str:
        chance = crc32(f"{name} {argument}".encode())
        mark = ":" if chance % 3 == 0 and "`" not in argument else "`"
        found = re.findall(rf"^[ >:]*?({mark}{{3,}})", inner, re.MULTILINE)
        fence = mark * max(3, 1 + max(map(len, found), default=2))
        if "`" in argument:
            fence = "~~~"
        lines = [fence + f"{{{name}}} {argument}".rstrip()]
        if chance % 2 and options and not any(c in str(options) for c in ':`*"$[<'):
            said = [f"{key}: '{value}'" for key, value in options.items()]
            lines += ["---", *said, "---"]
        else:
            lines += [f":{key}: {value}".rstrip() for key, value in options.items()]
        return "\n".join([*lines, *(["", inner] if inner else []), fence])

    def quote(self, inner: str) -> str:
        return textwrap.indent(inner, "> ", lambda line: True)

    def definition(self, inner: str) -> str:
        return "Term\n: " + textwrap.indent(inner, "  ").lstrip()

    def grid(self) -> str:
        return "| a | b |\n|---|---|\n| c | d |"

    def picture(self, block: Block) -> str:
        return f"Words ![{block.alt or ''}]({block.file}) here."

    def figure(self, block: Block) -> str:
        if block.kind != "figure-md":
            return super().figure(block)
        picture = f"![{block.alt or ''}]({block.file})"
        words = f"{picture}\n\n{self.caption(block)}"
        return self.directive("figure-md", block.label or "", {}, words)
