"""The book of captions, built."""

from __future__ import annotations

import pytest
from support import Built, Lab
from support.books.captions import tree


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """The book, whose doctrees all builders below share."""
    return Lab(root=tmp_path_factory.mktemp("page"), files=tree())


@pytest.fixture(scope="module")
def html(lab: Lab) -> Built:
    return lab.build()
