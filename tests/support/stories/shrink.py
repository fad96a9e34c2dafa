"""A failing story made small, so that a person sees what fails."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from .drafts import BOXED, SECTION, Block, Book, Caption, Step, Story
from .judge import Broken, broken

__all__ = ["broken", "shrink"]


def shrink(story: Story, fault: Broken, most: int) -> tuple[Story, Broken]:
    """Leave out what a failure does not need, in at most so many trials."""
    with tempfile.TemporaryDirectory() as folder:
        trials = _Trials(story, fault, most, Path(folder) / "story")
        before = None
        while before is not trials.story and trials.left:
            before = trials.story
            trials.all_at_once(_ends(before, trials.fault))
            _leave_out(trials, _steps)
            _leave_out(trials, _things)
            trials.all_at_once(_plainer(trials.story))
        return trials.story, trials.fault


class _Trials:
    """Smaller and smaller stories that fail alike."""

    def __init__(self, story: Story, fault: Broken, most: int, root: Path) -> None:
        self.story, self.fault, self.left = story, fault, most
        self.root = root

    def fails(self, story: Story) -> bool:
        """Take a story instead, if it breaks the same promise."""
        if self.left <= 0:
            return False
        self.left -= 1
        try:
            found = broken(story, self.root, self.fault.promise)
        except Exception:  # noqa: BLE001 - the story makes no sense
            return False
        if found is None or found.promise != self.fault.promise:
            return False
        self.story, self.fault = story, found
        return True

    def all_at_once(self, changes: Iterator[Callable[[Story], None]]) -> None:
        """Make each of these changes with which it still fails."""
        for change in changes:
            other = copy.deepcopy(self.story)
            change(other)
            if other != self.story:
                self.fails(other)


#: Gives the names of what there is in a story, and a story without some of it.
Parts = Callable[[Story], tuple[list[str], Callable[[set[str]], Story]]]


def _leave_out(trials: _Trials, parts: Parts) -> None:
    """Leave out first one half, then quarters, and so on down to each single part."""
    names, _ = parts(trials.story)
    size = len(names)
    while size > 1 and trials.left:
        size = (size + 1) // 2
        names, without = parts(trials.story)
        for start in range(0, len(names), size):
            trials.fails(without(set(names[start : start + size])))
            _, without = parts(trials.story)


def _steps(story: Story) -> tuple[list[str], Callable[[set[str]], Story]]:
    """The steps before the last."""
    names = [f"{id(step)}" for step in story.steps[:-1]]

    def without(gone: set[str]) -> Story:
        kept = [step for step in story.steps if f"{id(step)}" not in gone]
        return Story(kept, min(story.two, len(kept) - 1), story.silent)

    return names, without


def _things(story: Story) -> tuple[list[str], Callable[[set[str]], Story]]:
    """The documents, blocks, settings and all else that a book can lack."""
    names: dict[str, None] = {}
    for step in story.steps:
        names |= dict.fromkeys(n for n in step.book.docs if n not in ROOTS)
    for step in story.steps:
        names |= dict.fromkeys(step.book.settings)
        names |= dict.fromkeys(FEATURES)
        names |= dict.fromkeys(block.uid for block in step.book.blocks())

    def without(gone: set[str]) -> Story:
        other = copy.deepcopy(story)
        for step in other.steps:
            for name in gone:
                step.book = step.book.without(name)
        return other

    return list(names), without


ROOTS = {"index", "oner", "twom"}
FEATURES = ("volumes", "numbered", "titles", "pages", "catalog", "appendices")


def _ends(story: Story, fault: Broken) -> Iterator[Callable[[Story], None]]:
    """What of the builds is not needed."""

    def until(story: Story) -> None:
        del story.steps[fault.step + 1 :]
        story.two = min(story.two, len(story.steps) - 1)

    def alone(story: Story) -> None:
        for step in story.steps:
            step.builders = [b for b in step.builders if b == fault.builder]

    yield until
    yield alone
    yield lambda story: _each(story, lambda step: setattr(step, "jobs", 1))
    yield lambda story: _each(story, lambda step: setattr(step, "tags", ()))
    for place, step in enumerate(story.steps):
        for builder in step.builders:
            if (place, builder) != (fault.step, fault.builder):
                yield lambda story, place=place, builder=builder: _not_built(  # type: ignore[misc]
                    story, place, builder
                )


def _each(story: Story, change: Callable[[Step], None]) -> None:
    for step in story.steps:
        change(step)


def _not_built(story: Story, place: int, builder: str) -> None:
    if place < len(story.steps) and builder in story.steps[place].builders:
        story.steps[place].builders.remove(builder)


def _plainer(story: Story) -> Iterator[Callable[[Story], None]]:
    """Plainer words, blocks and boxes."""

    def blocks(story: Story, change: Callable[[Block], None]) -> None:
        for step in story.steps:
            for block in step.book.blocks():
                change(block)

    def worded(block: Block) -> None:
        old = block.caption
        if old.lead:
            lead = " ".join(old.lead.split()[:1])
            rest = " ".join(old.rest.split()[:2])
            plain = rest if rest.isascii() and "$" not in rest else "rest"
            block.caption = Caption(old.form, lead, plain, old.credit)

    def unreferring(block: Block) -> None:
        if block.caption.words:
            block.names, block.ways = [], []

    changes: list[Callable[[Block], None]] = [
        worded,
        unreferring,
        lambda block: setattr(block, "alt", None),
        lambda block: setattr(block, "legend", ""),
        lambda block: setattr(block, "excluded", False),
    ]
    for change in changes:
        yield lambda story, change=change: blocks(story, change)  # type: ignore[misc]
    yield lambda story: _each(story, lambda step: _unboxed(step.book))


def _unboxed(book: Book) -> None:
    """Take what is in boxes and sections out of them."""

    def flat(blocks: list[Block]) -> list[Block]:
        found = []
        for block in blocks:
            boxed = block.kind in {SECTION, *BOXED}
            found += flat(block.inner) if boxed else [block]
        return found

    book.docs = {name: flat(blocks) for name, blocks in book.docs.items()}
