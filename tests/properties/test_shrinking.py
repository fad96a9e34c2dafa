"""A failing story is made small, and shown so that somebody else can repeat it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.stories import shrink as shrinking
from support.stories.drafts import LIST, Story
from support.stories.judge import Broken
from support.stories.teller import Teller


def fails(story: Story) -> bool:
    """Whether an alt text changes at the end of a book with a list of alt texts."""
    if len(story.steps) < 2:
        return False
    one, two = (
        {block.uid: block.alt for block in step.book.blocks()}
        for step in story.steps[-2:]
    )
    blocks = list(story.steps[-1].book.blocks())
    shown = any(b.kind == LIST and b.options.get("fields") == "alt" for b in blocks)
    return shown and any(uid in one and one[uid] != two[uid] for uid in two)


def test_a_failing_story_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Teller(0).story()
    at = next(n for n, step in enumerate(story.steps) if step.edit == "touch_alt")
    trials = 0

    def broken(story: Story, root: Path, only: str = "") -> Broken | None:
        nonlocal trials
        trials += 1
        last = len(story.steps) - 1
        return Broken("p", "w", last, "html") if fails(story) else None

    monkeypatch.setattr(shrinking, "broken", broken)
    small, fault = shrinking.shrink(story, Broken("p", "w", at, "html"), 80)
    assert trials <= 80
    assert fault.promise == "p"
    assert [step.edit for step in small.steps][1:] == ["touch_alt"]
    assert small.steps[0].builders == []
    assert small.steps[1].builders == ["html"]
    kinds = sorted(block.kind for block in small.steps[1].book.blocks())
    assert len(kinds) <= 4, kinds
    shown = small.show()
    assert "== step 1: touch_alt\n-- write " in shown
    assert "   :fields: alt\n" in shown or ":fields: alt\n" in shown
    assert shown.endswith("$ sphinx-build -b html -j 1 -d doctrees book out/html")
