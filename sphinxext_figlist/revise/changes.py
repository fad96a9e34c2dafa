"""What differs between two drafts, for people: Markdown, whatever the drafts hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from ..assemble.markdown import parsed
from ..export.markup import literal, markdown, underlined
from ..read.records import Content
from ..render.thaw import element
from .compare import Comparison, TextChange
from .drafts import Figure


def as_markdown(found: Comparison) -> str:
    """The report for people."""
    return "\n".join(_markdown(found))


def _markdown(found: Comparison) -> Iterator[str]:
    old, new = found.drafts
    yield from ("# Changes in the figures", "")
    if new.project:
        yield from (underlined(new.project), "")
    yield from (f"From {_code(old.path)} to {_code(new.path)}.", "")
    if found.is_empty:
        yield from ("Nothing has changed.", "")
    yield from _section("Added", (f"{_named(one)}" for one in found.added))
    yield from _section("Removed", (f"{_named(one)}" for one in found.removed))
    yield from _section(
        "Moved",
        (
            f"{_named(pair.new)}: from {_where(pair.old)} to {_where(pair.new)}"
            for pair in found.moved
        ),
    )
    yield from _section(
        "Renumbered",
        (
            f"{_named(pair.new)}: {literal(pair.old.number or 'no number')} to "
            f"{literal(pair.new.number or 'no number')}"
            for pair in found.renumbered
        ),
    )
    yield from _section("Texts", _texts(found.texts))
    yield from _section(
        "Pictures",
        (
            f"{_named(pair.new)}: {_code(path)} has changed"
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


def _texts(changes: Iterable[TextChange]) -> Iterator[str]:
    for pair, field, old, new in changes:
        said = [
            _inline(text) if figure.is_markdown and field != "alt" else literal(text)
            for figure, text in zip(pair, (old, new), strict=True)
        ]
        name = "alt text" if field == "alt" else field
        yield (
            f"{_named(pair.new)}, {name}:\n"
            f"  - before: {said[0] or '(none)'}\n"
            f"  - now: {said[1] or '(none)'}"
        )


def _named(figure: Figure) -> str:
    label = f" ({_code(figure.label)})" if figure.label else ""
    number = literal(f"Figure {figure.number}") if figure.number else ""
    title = _inline(figure.title) if figure.is_markdown else literal(figure.title)
    title = title or literal(next(iter(figure.paths), ""))
    return (": ".join(filter(None, (number, title))) or "A figure") + label


def _where(figure: Figure) -> str:
    return _code(figure.chapter) if figure.chapter else "the text"


def _code(text: str) -> str:
    return markdown([nodes.literal("", text)]) or literal(text)


def _inline(text: str) -> str:
    """Inline Markdown as we write it: what else it holds is shown, not done."""
    return markdown(_nodes(parsed(" ".join(text.split()))))


def _nodes(content: Content) -> list[nodes.Node]:
    return [
        nodes.Text(item)
        if isinstance(item, str)
        else element(item[0], dict(item[1]), _nodes(item[2]))
        for item in content
    ]
