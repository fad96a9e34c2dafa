"""The wheel and the sdist hold what they should, and tell one version."""

from __future__ import annotations

import re
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import sphinxext_figlist

buildapi = pytest.importorskip("flit_core.buildapi")

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
#: What is no Python file, and the package does not work without.
DATA = ("*.css", "*.js", "*.json", "*.po", "*.mo", "py.typed")


def package_files() -> set[str]:
    package = ROOT / "sphinxext_figlist"
    found = {path for pattern in (*DATA, "*.py") for path in package.rglob(pattern)}
    return {path.relative_to(ROOT).as_posix() for path in found}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("here")
def test_wheel(tmp_path: Path) -> None:
    name = buildapi.build_wheel(str(tmp_path))
    with zipfile.ZipFile(tmp_path / name) as wheel:
        names = set(wheel.namelist())
        (metadata,) = (one for one in names if one.endswith("/METADATA"))
        told = Parser().parsestr(wheel.read(metadata).decode())
    assert package_files() <= names
    assert any(one.endswith("figlist.css") for one in names)
    assert sum(one.endswith(".mo") for one in names) >= 7
    assert "sphinxext_figlist/py.typed" in names
    outside = {one for one in names if not one.startswith("sphinxext_figlist")}
    assert outside == set()
    assert told["Name"] == "sphinxext-figlist"
    assert told["Version"] == sphinxext_figlist.__version__
    assert told["Requires-Python"] == ">=3.11"
    assert told.get_payload()  # the README


@pytest.mark.usefixtures("here")
def test_sdist(tmp_path: Path) -> None:
    name = buildapi.build_sdist(str(tmp_path))
    with tarfile.open(tmp_path / name) as sdist:
        names = {one.partition("/")[2] for one in sdist.getnames()}
    assert package_files() <= names
    wanted = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "tox.ini"}
    assert wanted <= names
    assert "tests/test_package.py" in names
    assert "docs/tutorial.md" in names


def test_one_version() -> None:
    version = PYPROJECT["project"]["version"]
    assert sphinxext_figlist.__version__ == version
    conf = (ROOT / "docs" / "conf.py").read_text("utf-8")
    assert f'version = release = "{version}"' in conf
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.search(rf"^version: {re.escape(version)}$", citation, re.MULTILINE)


def test_the_tests_run_against_what_is_installed() -> None:
    """In tox the built wheel is installed, and the checkout is not on the path."""
    installed = Path(sphinxext_figlist.__file__).parent
    if "site-packages" not in installed.parts:
        pytest.skip("runs on the checkout itself, not through tox")
    assert installed != ROOT / "sphinxext_figlist"
