"""The catalogs: complete, compiled, and with every placeholder of the original."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import sphinxext_figlist

PACKAGE = Path(sphinxext_figlist.__file__).parent
CATALOGS = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/sphinxext_figlist.po"))


def messages() -> set[str | tuple[str, str]]:
    """What the package marks as words of the book: arguments of ``_``, ``N_``, ``NN_``."""
    found: set[str | tuple[str, str]] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in {"_", "N_", "NN_"}:
                texts = [
                    str(argument.value)
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                ]
                assert len(texts) == (2 if name == "NN_" else 1), (
                    f"{path}:{node.lineno}"
                )
                found.add((texts[0], texts[1]) if name == "NN_" else texts[0])
    return found


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_there_are_catalogs() -> None:
    assert len(CATALOGS) == 20
    assert len(messages()) > 20


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: p.parts[-3])
def test_catalog(path: Path) -> None:
    catalog = read(path)
    told = {m.id: m.string for m in catalog if m.id}
    assert told.keys() == messages()
    fields = re.compile(r"%(?:\(\w+\))?[sd]")
    for message, string in told.items():
        if isinstance(message, str):
            message, string = (message,), (string,)
        elif not isinstance(string, tuple):
            string = (string,)
        assert len(string) == (catalog.num_plurals if len(message) == 2 else 1), message
        for form in string:
            assert form, message
            assert sorted(fields.findall(message[-1])) == sorted(fields.findall(form))


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: p.parts[-3])
def test_compiled(path: Path) -> None:
    def forms(words: str | Sequence[str]) -> tuple[str, ...]:
        return (words,) if isinstance(words, str) else tuple(words)

    def told(catalog: Catalog) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
        return {(forms(one.id), forms(one.string)) for one in catalog if one.id}

    with path.with_suffix(".mo").open("rb") as file:
        compiled = told(read_mo(file))
    assert compiled == told(read(path))


#: What must not stand beside the words of a language: half-width punctuation in Chinese
#: and Japanese, and in French a space at which a line can end before a colon.
WRONG = {
    "ja": r"[;,:!?()](?!alt|numref)",
    "zh_CN": r"[;,:!?()](?!alt|numref)",
    "zh_TW": r"[;,:!?()](?!alt|numref)",
    "fr": r" [:;»!?](?= |$)|« ",
}


@pytest.mark.parametrize("path", CATALOGS, ids=lambda p: p.parts[-3])
def test_punctuation(path: Path) -> None:
    wrong = WRONG.get(path.parts[-3])
    if wrong is None:
        return
    for message in read(path):
        forms = (
            message.string if isinstance(message.string, tuple) else [message.string]
        )
        for form in forms if message.id else ():
            words = re.sub(r"%\(\w+\)[sd]|:(alt|numref):", "", form)
            assert not re.search(wrong, words), form
