"""The directive ``message-index``: every message of the package, from its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

import sphinxext_figlist

PACKAGE = Path(sphinxext_figlist.__file__).parent
_LEVELS = {"warning": "warning", "info": "information", "error": "error"}
#: Tables of messages in the code: their level, subtype and beginning.
_TABLES = {
    "_NO_PAGES": ("warning", "figlist.page_numbers", "figlist_page_numbers: "),
    "_PROBLEMS": ("information", "", ""),
    "_MADE_FROM": ("refusal", "", ""),
}
#: Modules of the command in which a function that returns words returns a reason.
_REASONS = {"apply", "matching", "wishes", "workbooks"}
#: What is raised for no user to read, and what refuses a row of a sheet.
_RAISED = {"AssertionError": "", "Refused": "refusal"}
_FIELD = re.compile(r"%(?:\((\w+)\))?[sdr]")


class Message(NamedTuple):
    """A message, with an ellipsis for what it names."""

    text: str
    level: str
    #: What ``suppress_warnings`` names, ``""`` where it cannot.
    subtype: str


def messages() -> list[Message]:
    """All messages, each once, by subtype and text."""
    found: set[Message] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        folder = path.parent.name
        found.update(_in(tree, faults=folder == "config"))
        if folder == "revise":
            found.update(_refusals(tree, returned=path.stem in _REASONS))
    return sorted(found, key=lambda one: (one.level, one.subtype, one.text))


def _in(tree: ast.AST, *, faults: bool) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            name = node.target.id if isinstance(node.target, ast.Name) else ""
            if name in _TABLES:
                level, subtype, before = _TABLES[name]
                for text in filter(None, map(_text, node.value.values)):
                    yield Message(before + text, level, subtype)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "_warn" and (text := _text(node.args[1])):
                yield Message(text, "warning", _subtype(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            level = _LEVELS.get(node.func.attr)
            text = _text(node.args[0]) if level and node.args else ""
            if text and text != "figlist_page_numbers:":  # its end is in _NO_PAGES
                yield Message(text, level or "", _subtype(node))
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            name = node.exc.func.id if isinstance(node.exc.func, ast.Name) else ""
            level = _RAISED.get(name, "error")
            if level and node.exc.args and (text := _text(node.exc.args[0])):
                yield Message(text, level, "")
        elif faults and isinstance(node, ast.Yield):
            text = _text(node.value) if node.value else ""
            yield from [Message(text, "error", "")] if text else []


def _refusals(tree: ast.AST, *, returned: bool) -> Iterator[Message]:
    """Why the command refuses a row."""
    for node in ast.walk(tree):
        said: list[ast.expr] = []
        match node:
            case ast.Assign(targets=[ast.Name(id="reason")], value=value):
                said = [value]
            case ast.Call(func=ast.Name(id="refused" | "_refused"), args=[*_, value]):
                said = [value]
            case ast.Call(func=ast.Attribute(attr="refuse"), args=[value]):
                said = [value]
            case ast.Call(func=ast.Attribute(attr="append"), args=[value]):
                if (
                    isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "wrong"
                ):
                    said = [value]
            case ast.Return(value=ast.Tuple(elts=values)) if returned:
                said = values
            case ast.Return(value=ast.expr() as value) if returned:
                said = [value]
        for text in filter(None, map(_text, said)):
            if len(text.split()) > 2:
                yield Message(text, "refusal", "")


def _subtype(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "subtype" and isinstance(keyword.value, ast.Constant):
            return f"figlist.{keyword.value.value}"
    return ""


def _text(node: ast.expr) -> str:
    """The words of a message; ``""`` where they are not written here."""
    text = _FIELD.sub("…", _raw(node))
    words = text.replace("…", "").strip(" .:;,'\"-()#")
    return " ".join(text.split()) if len(words) > 8 else ""


def _raw(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_raw(part) for part in parts)
        case ast.FormattedValue():
            return "…"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _raw(left) + _raw(right)
        case ast.BinOp(left=left, op=ast.Mod()):
            return _raw(left)
        case ast.Call(func=ast.Name(id="_" | "__" | "N_"), args=[words]):
            return _raw(words)
        case _:
            return ""


class MessageIndex(SphinxDirective):
    """A table of the messages of a level."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        level = self.arguments[0]
        table = nodes.table(classes=["message-index"])
        widths = (75, 25) if level == "warning" else (100,)
        group = nodes.tgroup(cols=len(widths))
        table += group
        group += [nodes.colspec(colwidth=width) for width in widths]
        head, body = nodes.thead(), nodes.tbody()
        group += [head, body]
        head += nodes.row("", *_row("message", "to silence it")[: len(widths)])
        for message in messages():
            if message.level == level:
                cells = _row(message.text, message.subtype, self._id(message))
                cells[0]["names"] += cells[0]["ids"]  # for references from elsewhere
                self.state.document.note_explicit_target(cells[0])
                body += nodes.row("", *cells[: len(widths)])
        return [table]

    def _id(self, message: Message) -> str:
        return f"message-{nodes.make_id(message.text[:60])}"


def _row(text: str, subtype: str, id_: str = "") -> list[nodes.entry]:
    words = nodes.literal("", subtype) if "." in subtype else nodes.Text(subtype)
    # As it is printed: without typographic quotes.
    cells = [
        nodes.paragraph("", text, support_smartquotes=False),
        nodes.paragraph("", "", words),
    ]
    row = [nodes.entry("", cell) for cell in cells]
    row[0]["ids"] += [id_] if id_ else []
    return row


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_directive("message-index", MessageIndex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
