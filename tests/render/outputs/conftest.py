"""The book of lamps."""

from __future__ import annotations

import pytest
from support import Lab
from support.books.lamps import BOOK


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(root=tmp_path_factory.mktemp("lights"), files=BOOK)
