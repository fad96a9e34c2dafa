"""The name of a volume's sheet of alt texts is no other volume's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.errors import ConfigError
from support import build, conf, write_tree


@pytest.mark.parametrize("other", ["Lamps_ALT", "lamps_alt"])
def test_sheets_have_names_of_their_own(tmp_path: Path, other: str) -> None:
    volumes = [
        {"id": "1", "title": "One", "root": "index", "filename": "Lamps"},
        {"id": "2", "title": "Two", "root": "two", "filename": other},
    ]
    values = conf(extensions=["sphinxext_figlist"], figlist_volumes=volumes)
    files = {"conf.py": values, "index.rst": "One\n===\n", "two.rst": "Two\n===\n"}
    source = write_tree(tmp_path / "book", files)
    with pytest.raises(ConfigError, match=f"the filename '{other}' is already that"):
        build(source, tmp_path / "out", builder="figlist", allow=None)
