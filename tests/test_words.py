"""The catalogs: complete, compiled, and with every placeholder of the original."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import sphinxext_figlist

PACKAGE = Path(sphinxext_figlist.__file__).parent
CATALOGS = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/sphinxext_figlist.po"))


def messages() -> set[str]:
    """What the package marks as words of the book: the arguments of ``_`` and ``N_``."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "_",
                "N_",
            }:
                (argument,) = node.args
                assert isinstance(argument, ast.Constant), f"{path}:{node.lineno}"
                found.add(str(argument.value))
    return found


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_there_are_catalogs() -> None:
    assert len(CATALOGS) == 7
    assert len(messages()) > 20


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: p.parts[-3])
def test_catalog(path: Path) -> None:
    catalog = read(path)
    told = {str(m.id): str(m.string) for m in catalog if m.id}
    assert told.keys() == messages()
    for message, string in told.items():
        assert string, message
        fields = re.compile(r"%(?:\(\w+\))?[sd]")
        assert sorted(fields.findall(message)) == sorted(fields.findall(string))


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: p.parts[-3])
def test_compiled(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    assert compiled == {m.id: m.string for m in read(path) if m.id}
