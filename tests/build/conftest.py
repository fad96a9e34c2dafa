"""Fixtures of the tests of builds."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import Lab, atlas
from support.numbering import PROBE


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    lab = Lab(root=tmp_path_factory.mktemp("atlas"), files=atlas())
    lab.build()
    lab.save()
    return lab


@pytest.fixture
def lab(_built: Lab) -> Iterator[Lab]:
    """The small book in two volumes, its HTML built once."""
    _built.restore()
    yield _built
    shutil.rmtree(_built.root / "clean", ignore_errors=True)


@pytest.fixture
def extension(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], str]]:
    """Makes extensions of a name and a text; the one that notes numbers is there."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def make(name: str, text: str) -> str:
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        made.append(name)
        return name

    make("numfig_probe", PROBE)
    yield make
    for name in made:
        sys.modules.pop(name, None)
