"""Whatever book is written, and however it is edited, the promises of figlist hold.

``FIGLIST_SEEDS=1000:200`` tells 200 stories from seed 1000 on, for a longer look.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.stories.shrink import broken, shrink
from support.stories.teller import Teller

START, _, COUNT = os.environ.get("FIGLIST_SEEDS", "0:15").partition(":")
SEEDS = range(int(START), int(START) + int(COUNT or 1))
#: How many smaller stories are tried where one fails.
TRIALS = int(os.environ.get("FIGLIST_SHRINK", "80"))


@pytest.mark.parametrize("seed", SEEDS)
def test_story(tmp_path: Path, seed: int) -> None:
    story = Teller(seed).story()
    if fault := broken(story, tmp_path / "story"):
        small, least = shrink(story, fault, TRIALS)
        pytest.fail(
            f"seed {seed} (FIGLIST_SEEDS={seed}:1)\n{fault}\n\n"
            f"as small as it gets, {least}\n\n{small.show()}",
            pytrace=False,
        )
