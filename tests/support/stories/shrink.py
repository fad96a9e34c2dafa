"""A failing story made small, so that a person sees what fails."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .drafts import Story
from .judge import Broken, judge


def broken(story: Story, root: Path) -> Broken | None:
    """How a story breaks a promise, if it does."""
    try:
        judge(story, root)
    except Broken as error:
        return error
    return None


def shrink(story: Story, fault: Broken, most: int) -> tuple[Story, Broken]:
    """Leave out what a failure does not need, in at most so many trials."""
    with tempfile.TemporaryDirectory() as folder:
        smaller = True
        while smaller:
            smaller = False
            for other in _smaller(story):
                if most <= 0:
                    return story, fault
                most -= 1
                found = broken(other, Path(folder) / "story")
                if found and found.promise == fault.promise:
                    story, fault, smaller = other, found, True
                    break
    return story, fault


def _smaller(story: Story) -> Iterator[Story]:
    """Stories that are a little smaller, those that lack most first."""
    steps = story.steps
    for place in range(len(steps) - 1, -1, -1):
        if len(steps) > 1:
            kept = [step for at, step in enumerate(steps) if at != place]
            yield Story(kept, min(story.two, len(kept) - 1))
    for place, step in enumerate(steps):
        for builder in step.builders if len(step.builders) > 1 else ():
            other = copy.deepcopy(story)
            other.steps[place].builders.remove(builder)
            yield other
        if step.jobs > 1:
            other = copy.deepcopy(story)
            other.steps[place].jobs = 1
            yield other
    roots = {"index", "oner", "twom"}
    names = dict.fromkeys(n for s in steps for n in s.book.docs if n not in roots)
    names |= dict.fromkeys(n for s in steps for n in s.book.settings)
    for step in steps:
        names |= dict.fromkeys(block.uid for block in step.book.blocks())
    for name in names:
        other = copy.deepcopy(story)
        for step in other.steps:
            step.book = step.book.without(name)
        # A document below the removed one would be lost with it, unless it goes too.
        yield other
