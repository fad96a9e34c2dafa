"""Fixtures of the tests of builds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from support import Lab, atlas


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
