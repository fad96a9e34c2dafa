"""The reference has what the code has, each name with an anchor for other books."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
import zlib
from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from docutils.nodes import make_id
from support import DEMO, build, conf, write_tree
from support.pages import by_class, elements, parse, text

from sphinxext_figlist.config.choices import FIELDS
from sphinxext_figlist.config.values import VALUES
from sphinxext_figlist.export import alts, columns
from sphinxext_figlist.read.directive import FigureListDirective
from sphinxext_figlist.registry import CHECKS, LAYOUTS

DOCS = DEMO.parent
ROOT = DOCS.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def inventory(site: Path) -> Mapping[str, dict[str, str]]:
    """What intersphinx finds: name -> address, by the type of the object."""
    data = (site / "objects.inv").read_bytes()
    head, lines = data.split(b"\n", 4)[:4], data.split(b"\n", 4)[4]
    assert head[0].endswith(b"inventory version 2")
    found: dict[str, dict[str, str]] = {}
    for line in zlib.decompress(lines).decode().splitlines():
        name, type_, _, place, _ = re.fullmatch(
            r"(.+?)\s+(\S+)\s+(-?\d+)\s+(\S+)\s+(.*)", line
        ).groups()  # type: ignore[union-attr]
        found.setdefault(type_, {})[name] = place.replace("$", name)
    return found


def anchors(inventory: Mapping[str, dict[str, str]], start: str) -> dict[str, str]:
    """The labels that begin with *start*, without it."""
    labels = inventory["std:label"]
    return {
        name.removeprefix(start): place
        for name, place in labels.items()
        if name.startswith(start)
    }


def at(site: Path, place: str) -> Element:
    """The element at an address."""
    page, _, id_ = place.partition("#")
    (found,) = (one for one in elements(parse(site / page)) if one.get("id") == id_)
    return found


def shown(value: object) -> str:
    return repr(value).replace("'", '"')


# -- settings ---------------------------------------------------------------------------


def test_every_setting_is_described_once(
    site: Path, inventory: Mapping[str, dict[str, str]]
) -> None:
    assert inventory["std:confval"].keys() == VALUES.keys()
    page = parse(site / "reference" / "configuration.html")
    described = [
        one for one in elements(page, "dl") if "confval" in one.get("class", "")
    ]
    assert len(described) == len(VALUES)
    for one in described:
        (head,) = [item for item in one if item.tag == "dt"]
        name = (head.get("id") or "").removeprefix("confval-")
        assert text(head).startswith(name)
        fields = by_class(one, "field-list")[0]
        terms = [text(item).rstrip(":") for item in fields if item.tag == "dt"]
        values = [item for item in fields if item.tag == "dd"]
        said = dict(zip(terms, values, strict=True))
        default = VALUES[name].default
        if name == "figlist_credit_patterns":
            code = "".join(by_class(said["Default"], "highlight")[0].itertext())
            assert code.strip().splitlines() == default
        else:
            assert text(said["Default"]) == shown(default)
        assert ("After a change" in said) == (VALUES[name].rebuild == "env")


def test_the_table_of_settings(site: Path) -> None:
    page = parse(site / "reference" / "configuration.html")
    rows = [
        [text(cell) for cell in elements(row, "td")]
        for row in elements(by_class(page, "setting-index")[0], "tr")
    ]
    assert [row[0] for row in rows if row] == [*VALUES]
    for name, default, meaning in filter(None, rows):
        assert meaning
        if name != "figlist_credit_patterns":
            assert default == shown(VALUES[name].default)


#: How the page calls the types of the code.
TYPES = {
    bool: "bool",
    int: "int",
    str: "str",
    dict: "mapping",
    list: "list of",
    tuple: "list of",
}


def test_types_of_settings() -> None:
    """As far as the code names types, those on the page are the same."""
    source = (DOCS / "reference" / "configuration.md").read_text("utf-8")
    types = dict(
        re.findall(r"^`+\{setting\} (\w+)\n:type: (.*)$", source, re.MULTILINE)
    )
    assert types.keys() == VALUES.keys()
    for name, value in VALUES.items():
        for type_ in value.types:
            assert TYPES[type_] in types[name] or '"all"' in types[name], name


# -- anchors ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A build, which fills the registries."""
    folder = tmp_path_factory.mktemp("registered")
    files = {"conf.py": conf(extensions=["sphinxext_figlist"]), "index.rst": "A\n=\n"}
    build(write_tree(folder / "book", files), folder / "out")


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    "start", ["option", "field", "layout", "check", "column", "alt-column"]
)
def test_anchors(
    site: Path, inventory: Mapping[str, dict[str, str]], start: str
) -> None:
    """One for each of the code's names, at an element that has the name in it."""
    names = {
        "option": [*FigureListDirective.option_spec],
        "field": [*FIELDS],
        "layout": [*LAYOUTS],
        "check": [*CHECKS],
        "column": [*columns.COLUMNS],
        "alt-column": [alts.THUMBNAIL, *alts.COLUMNS],
    }[start]
    assert names
    found = anchors(inventory, f"{start}-")
    assert sorted(found) == sorted(map(make_id, names))
    for name in names:
        assert text(at(site, found[make_id(name)])) == name


def test_the_directive(inventory: Mapping[str, dict[str, str]]) -> None:
    assert inventory["rst:directive"] == {
        "figlist": "reference/directive.html#directive-figlist"
    }


# -- messages ---------------------------------------------------------------------------

sys.path.insert(0, str(DOCS / "_ext"))


def test_every_message_has_an_anchor(
    site: Path, inventory: Mapping[str, dict[str, str]]
) -> None:
    from message_index import messages  # type: ignore[import-not-found]

    found = anchors(inventory, "message-")
    assert len(found) == len(messages())
    said = {text(at(site, place)) for place in found.values()}
    assert said == {" ".join(message.text.split()) for message in messages()}


#: What a row of a sheet is refused for, in words that :mod:`sphinxext_figlist.revise`
#: has in different ways: returned, passed on, kept in a table, raised.
REFUSALS = (
    'the key "..." is not valid',
    'the cell "new alt text" contains the control character',
    "the new alt text is",
    "the alt text is in a notebook",
    "the source does not contain the alt text",
    "the file is read-only",
    "the text does not fit into the table",
    "the file stays unchanged",
    "contains a formula",
    "is missing; copy it from a new sheet",
)


@pytest.mark.parametrize("start", REFUSALS)
def test_reasons_of_refused_rows(site: Path, start: str) -> None:
    page = parse(site / "reference" / "messages.html")
    (section,) = (one for one in elements(page) if one.get("id") == "refused-rows")
    reasons = [text(cell) for cell in elements(section, "td")]
    pattern = re.escape(start.replace("...", "…"))
    assert [one for one in reasons if re.search(pattern, one)], reasons


# -- supported versions -----------------------------------------------------------------


def themes(name: str) -> set[str]:
    """The themes of a module of tests."""
    tree = ast.parse((ROOT / "tests" / "render" / name).read_text("utf-8"))
    (found,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "THEMES"
    )
    return set(found)


def numbers(cell: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)*", cell)


def test_supported_versions(site: Path) -> None:
    """They are those that tox and CI run, and those that the package asks for."""
    page = parse(site / "reference" / "supported.html")
    rows = {
        cells[0]: cells[1:]
        for row in elements(page, "tr")
        if (cells := [text(cell) for cell in elements(row, "td")])
    }
    tox = ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", "utf-8")
    env = tox["testenv"]
    tested, required = rows["Python"]
    interpreters = re.findall(
        r"(floor|middle|newest): python([\d.]+)", env["base_python"]
    )
    assert len(interpreters) == 3
    assert numbers(tested) == sorted({version for _, version in interpreters})
    assert numbers(required) == numbers(PYPROJECT["project"]["requires-python"])
    tested, required = rows["Sphinx"]
    assert numbers(tested) == re.findall(r"sphinx==([\d.]+)\.\*", env["deps"])
    assert re.search(r"newest: sphinx>=", env["deps"])
    assert "newest" in tested
    needs = dict(
        re.fullmatch(r"([\w-]+)>=([\d.]+)", one).groups()  # type: ignore[union-attr]
        for one in PYPROJECT["project"]["dependencies"]
    )
    assert numbers(required) == [needs["sphinx"]]
    tested, _ = rows["MyST-Parser"]
    assert numbers(tested) == re.findall(r"myst-parser==([\d.]+)\.\*", env["deps"])
    assert PYPROJECT["project"]["optional-dependencies"]["myst"] == [
        f"myst-parser>={numbers(tested)[0]}"
    ]
    tested, _ = rows["LaTeX"]
    source = (ROOT / "tests" / "render" / "latex" / "test_pdf.py").read_text("utf-8")
    for engine in re.findall(r"\w+LaTeX", tested):
        assert f'"{engine.lower()}"' in source


def test_supported_themes(site: Path) -> None:
    page = parse(site / "reference" / "supported.html")
    (section,) = (one for one in elements(page) if one.get("id") == "themes")
    words = text(section).replace("-", "_").casefold()
    tested = themes("test_browser.py") | themes("test_looks.py")
    assert tested == {
        name
        for name in (*tested, *re.findall(r"\w+_theme", words), "alabaster", "furo")
        if re.search(rf"\b{name}\b", words)
    }
    looks = (ROOT / "tests" / "render" / "test_looks.py").read_text("utf-8")
    (widths,) = re.findall(r"^WIDTHS = \((.*)\)$", looks, re.MULTILINE)
    said = numbers(words)
    assert said == [numbers(widths)[0], numbers(widths)[-1]]
