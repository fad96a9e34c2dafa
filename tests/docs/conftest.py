"""The documentation, built once."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sphinx import version_info
from support import DEMO, lacking


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages, built in a process of their own: it has extensions of its own."""
    if version_info[:2] != (9, 0):
        pytest.skip("the documentation is built with Sphinx 9.0")
    for package in ("furo", "sphinx_design"):
        if find_spec(package) is None:
            lacking(package)
    out = tmp_path_factory.mktemp("docs") / "html"
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q"]
    command += ["-d", str(out.with_name("doctrees")), str(DEMO.parent), str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out
