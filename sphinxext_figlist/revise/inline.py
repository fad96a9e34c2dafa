"""Pictures in a line of Markdown: ``![alt](uri)``, ``![alt][name]`` and ``<img>``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from . import html
from .sites import MARKDOWN, Site
from .source import Line, Refused, Splice

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

#: What may mean something in Markdown, and can be written with a backslash before it.
_ACTIVE: Final = re.compile(r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]")


def parser(settings: Mapping[str, Any] | None = None) -> MarkdownIt:
    """MyST's parser, which notes where pictures stand.

    :param settings: MyST's own (without ``myst_``), as far as they are set.
    """
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    config = MdParserConfig(**dict(settings or {}))
    md = create_md_parser(config, RendererHTML)
    rules = dict(zip(md.inline.ruler.get_all_rules(), _rules(md), strict=True))
    for name in ("image", "html_inline"):
        if name in rules:
            md.inline.ruler.at(name, _noting(rules[name]))
    return md


def _rules(md: MarkdownIt) -> list[Callable[[StateInline, bool], bool]]:
    return [rule.fn for rule in md.inline.ruler.__rules__]


def _noting(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """*rule*, which notes in its token the part of the text that it has taken."""

    def noting(state: StateInline, silent: bool) -> bool:
        start = state.pos
        taken = rule(state, silent)
        if taken and not silent:
            label_end = -1
            if state.tokens[-1].type == "image":
                end, state.pos = state.pos, start
                label_end = state.md.helpers.parseLinkLabel(state, start + 1, False)
                state.pos = end
            state.tokens[-1].meta["figlist"] = (start, label_end, state.pos)
        return taken

    return noting


class Finder:
    """Finds pictures in the inline tokens of one text, in their order."""

    def __init__(
        self, lines: Sequence[Line], md: MarkdownIt, env: dict[str, Any]
    ) -> None:
        self._lines = lines
        self._md = md
        self._env = env
        #: How far each line is read: cells of a table stand in one.
        self._read: dict[int, int] = {}

    def __call__(self, token: Token, table: int = 0) -> Iterator[Site]:
        """The places in *token*.

        :param table: the line on which the table begins that it is in.
        """
        content = self._place(token)
        if content is None:
            return
        for at, child in enumerate(token.children or []):
            if "figlist" not in child.meta:
                continue
            start, _, end = child.meta["figlist"]
            if child.type == "image":
                yield Site(
                    first=content.line(0).number,
                    last=content.line(end).number,
                    targets=(str(child.attrs.get("src", "")),),
                    alt=_alt(child.children or []),
                    form=MARKDOWN,
                    draws=False,
                    edit=partial(self._edited, content, token, at),
                    table=table,
                )
            else:
                for site in html.sites(content.cut(start, end)):
                    yield site._replace(first=content.line(0).number, table=table)

    def _place(self, token: Token) -> _Content | None:
        """Where the content of *token* stands in the file."""
        assert token.map is not None
        places: list[Line] = []
        piped = False
        for number, row in enumerate(token.content.split("\n"), token.map[0]):
            if number >= len(self._lines):
                return None
            line, read = self._lines[number], self._read.get(number, 0)
            start = line.text.find(row, read)
            if start < 0 and "|" in row:
                row, piped = row.replace("|", "\\|"), True
                start = line.text.find(row, read)
            if start < 0:
                return None
            self._read[number] = start + len(row)
            places.append(line.cut(start, start + len(row)))
        in_table = token.content.count("\n") == 0 and _is_cell(places[0], token.content)
        return _Content(token.content, places, piped or in_table)

    def _edited(
        self, content: _Content, token: Token, at: int, alt: str
    ) -> list[Splice]:
        child = (token.children or [])[at]
        start, label_end, end = child.meta["figlist"]
        if any(one.type in _PUT_IN for one in child.children or []):
            raise Refused(
                "the alt text in the source contains a substitution; change the "
                "substitution, or write the text out"
            )
        if not alt:
            raise Refused(
                "![](...) cannot declare a picture decorative; write it as an {image} "
                "directive with an empty :alt:"
            )
        written, label = content.text, ""
        if written[label_end + 1 : label_end + 2] not in {"(", "["} or (
            written[label_end + 1 : label_end + 3] == "[]"
        ):
            label = f"[{written[start + 2 : label_end]}]"
        wanted = _shape(token.children or [], {at: alt})

        def is_right(form: str) -> bool:
            changed = f"{written[: start + 2]}{form}]{label}"
            changed += written[label_end + 1 if not label else end :]
            parsed = self._md.parseInline(changed, self._env)
            return _shape(parsed[0].children or [], {}) == wanted

        form = _form(alt, is_right, spared="|" if content.piped else "")
        splices = [content.splice(start + 2, label_end, form)]
        if label:
            splices.append(content.splice(label_end + 1, end, label))
        return splices


class _Content:
    """The text of an inline token, and where it stands."""

    def __init__(self, text: str, places: Sequence[Line], piped: bool) -> None:
        self.text = text
        self.piped = piped
        self._rows = text.split("\n")
        self._places = places

    def _find(self, at: int) -> tuple[int, int]:
        """The row and the column of a place in the text."""
        for row, text in enumerate(self._rows):
            if at <= len(text):
                return row, at
            at -= len(text) + 1
        raise AssertionError("a place behind the text")

    def line(self, at: int) -> Line:
        """The line of the file that a place in the text is on."""
        return self._places[self._find(at)[0]]

    def place(self, at: int) -> int:
        """The place in the file of one in the text."""
        row, column = self._find(at)
        line = self._places[row]
        if len(line.text) != len(self._rows[row]):
            column = len(self._rows[row][:column].replace("|", "\\|"))
        return line.start + column

    def cut(self, start: int, end: int) -> list[Line]:
        """The lines of a part of the text."""
        (first, left), (last, right) = self._find(start), self._find(end)
        lines = list(self._places[first : last + 1])
        if first == last:
            return [lines[0].cut(left, right)]
        return [lines[0].cut(left), *lines[1:-1], lines[-1].cut(0, right)]

    def splice(self, start: int, end: int, text: str) -> Splice:
        """What puts *text* in the place of a part of the text."""
        if self.piped:
            text = text.replace("|", "\\|")
        return Splice(self.place(start), self.place(end), text)


#: Tokens for which something else is put in.
_PUT_IN: Final = frozenset({"substitution_inline", "myst_role"})


def _is_cell(place: Line, content: str) -> bool:
    """Whether *content* stands between bars."""
    return "|" in place.lead or f"{content} |" in place.text


def _alt(children: Sequence[Token]) -> str:
    """The words of a picture's label, as MyST has them."""
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.mdit_to_docutils.base import DocutilsRenderer

    renderer = DocutilsRenderer.__new__(DocutilsRenderer)  # of it, this needs nothing
    root = SyntaxTreeNode(list(children))
    return renderer.renderInlineAsText(root.children)


def _shape(children: Sequence[Token], alts: Mapping[int, str]) -> list[object]:
    """What tokens mean; the pictures at some places have other words."""
    shape: list[object] = []
    for at, child in enumerate(children):
        if child.type == "image":
            words = alts[at] if at in alts else _alt(child.children or [])
            shape.append(
                ("image", child.attrs.get("src"), child.attrs.get("title"), words)
            )
        else:
            shape.append(
                (child.type, child.tag, child.content, child.attrs, child.info)
            )
    return shape


def _form(alt: str, is_right: Callable[[str], bool], spared: str) -> str:
    """*alt* in Markdown, with as few backslashes as it can be.

    :raises Refused: where it cannot be said.
    """
    if is_right(alt):
        return alt
    chars = sorted(set(_ACTIVE.findall(alt)) - set(spared))

    def escaped(those: Sequence[str]) -> str:
        return "".join(f"\\{char}" if char in those else char for char in alt)

    if not is_right(escaped(chars)):
        raise Refused(
            "this text cannot be written in ![...](...); use an {image} directive"
        )
    # What opens something keeps its backslash before what closes it.
    for char in sorted(chars, key=lambda char: char not in ">;])}"):
        fewer = [other for other in chars if other != char]
        if is_right(escaped(fewer)):
            chars = fewer
    return escaped(chars)
