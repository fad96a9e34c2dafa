"""The documentation says what these books show."""

from __future__ import annotations

from pathlib import Path

from support.extensions import table

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "extensions.md"


def test_the_table_is_that_of_the_books() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line[:1] == "|"]
    assert rows == table().splitlines()
