"""What lies beside the tests, and what a machine may lack."""

from __future__ import annotations

import json
import os
import sys
from importlib import resources
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NoReturn

import pytest

_TESTS = Path(__file__).parents[1]
GOLDEN = _TESTS / "golden"
DEMO = _TESTS.parent / "docs" / "demo"
SEED = _TESTS.parents[1] / "shared" / "seed"


def lacking(what: str) -> NoReturn:
    """Skip the test for want of *what*; on a CI machine, which has it all, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"needs {what}")


def load_seed() -> Any:
    """The generator of the reference books, which is a script and no package of ours."""
    path = SEED / "make_book.py"
    if not path.exists():
        lacking(f"the reference book's generator, {path}")
    spec = spec_from_file_location("make_book", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["make_book"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def schema() -> Any:
    """The JSON Schema that the package publishes."""
    package = resources.files("sphinxext_figlist")
    found = [
        path
        for folder in (package, package / "export")
        for path in folder.iterdir()
        if path.name == "figlist.schema.json"
    ]
    assert len(found) == 1
    return json.loads(found[0].read_text("utf-8"))
