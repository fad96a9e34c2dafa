"""Fixtures of the tests of the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import Files, conf, png, write_tree
from support.sheets import Sheets


@pytest.fixture
def sheets(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Sheets]:
    """Makes a book from files, whose pictures are ``a.png`` to ``f.png``."""

    def make(files: Files, **values: object) -> Sheets:
        settings = conf(extensions=["sphinxext_figlist", "myst_parser"], **values)
        pictures = {f"{name}.png": png(place) for place, name in enumerate("abcdef")}
        source = write_tree(
            tmp_path / "book", {"conf.py": settings, **pictures, **files}
        )
        return Sheets(source, tmp_path, capfd)

    return make
