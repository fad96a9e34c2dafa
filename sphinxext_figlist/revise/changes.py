"""What differs between two drafts, for people: Markdown, whatever the drafts hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from ..assemble.markdown import parsed
from ..export.markup import markdown, underlined
from ..read.records import Content
from ..render.thaw import element
from .compare import Comparison
from .drafts import Figure

#: Parts of a line.  A line is written as a whole: what is text in one part could act
#: together with what is in another.
_Parts = list[nodes.Node]


def as_markdown(found: Comparison) -> str:
    """The report for people."""
    return "\n".join(_markdown(found))


def _markdown(found: Comparison) -> Iterator[str]:
    old, new = found.drafts
    yield from ("# Changes in the figures", "")
    if new.project:
        yield from (underlined(new.project), "")
    yield from (_line("From ", [_code(old.path)], " to ", [_code(new.path)], "."), "")
    if found.is_empty:
        yield from ("Nothing has changed.", "")
    yield from _section("Added", (_line(_named(one)) for one in found.added))
    yield from _section("Removed", (_line(_named(one)) for one in found.removed))
    yield from _section(
        "Moved",
        (
            _line(
                _named(pair.new), ": from ", _where(pair.old), " to ", _where(pair.new)
            )
            for pair in found.moved
        ),
    )
    yield from _section(
        "Renumbered",
        (
            _line(
                _named(pair.new),
                f": {pair.old.number or 'no number'} to "
                f"{pair.new.number or 'no number'}",
            )
            for pair in found.renumbered
        ),
    )
    yield from _section("Texts", _texts(found))
    yield from _section(
        "Pictures",
        (
            _line(_named(pair.new), ": ", [_code(path)], " has changed")
            for pair, path in found.pictures
        ),
    )
    yield (
        f"_Total: {len(old.figures)} figures before, {len(new.figures)} now; "
        f"{len(found.added)} added, {len(found.removed)} removed, "
        f"{len(found.moved)} moved, {len(found.renumbered)} renumbered, "
        f"{len(found.texts)} texts changed_"
    )
    yield ""


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield from (f"## {title}", "", *lines, "")


def _texts(found: Comparison) -> Iterator[str]:
    for pair, field, old, new in found.texts:
        before, now = (
            _inline(text, plain=field == "alt" or not figure.is_markdown)
            for figure, text in zip(pair, (old, new), strict=True)
        )
        name = "alt text" if field == "alt" else field
        yield (
            f"{_line(_named(pair.new), f', {name}:')}\n"
            f"  - {_line('before: ', before or '(none)')}\n"
            f"  - {_line('now: ', now or '(none)')}"
        )


def _line(*parts: str | _Parts) -> str:
    flat: _Parts = []
    for part in parts:
        flat += [nodes.Text(part)] if isinstance(part, str) else part
    return markdown(flat)


def _named(figure: Figure) -> _Parts:
    title = _inline(figure.title, plain=not figure.is_markdown)
    title = title or _inline(next(iter(figure.paths), ""), plain=True)
    # Words of ours come first: what begins a line may act as a block.
    number = f"Figure {figure.number}" if figure.number else "Figure"
    colon = [nodes.Text(": ")] if title else []
    label = [nodes.Text(" ("), _code(figure.label), nodes.Text(")")]
    return [nodes.Text(number), *colon, *title, *(label if figure.label else [])]


def _where(figure: Figure) -> _Parts:
    return [_code(figure.chapter)] if figure.chapter else [nodes.Text("the text")]


def _code(text: str) -> nodes.Node:
    return nodes.literal("", text)


def _inline(text: str, *, plain: bool) -> _Parts:
    """A text of a draft; Markdown other than what we write is shown, not done."""
    text = " ".join(text.split())
    if plain or not text:
        return [nodes.Text(text)] if text else []
    return _nodes(parsed(text))


def _nodes(content: Content) -> _Parts:
    return [
        nodes.Text(item)
        if isinstance(item, str)
        else element(item[0], dict(item[1]), _nodes(item[2]))
        for item in content
    ]
