"""What is wrong with a value: one sentence for each error."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..registry import CHECKS, FORMATS
from .choices import LATEX_NUMBERS, PICTURES, TITLE_RULES, allowed_are, unknown
from .settings import Volume, default_filename, volume_part

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The types of a value that is a list.
LIST: Final = (list, tuple)
#: How types are called.
TYPES: Final[Mapping[type, str]] = {
    bool: "True or False",
    dict: "a dictionary",
    int: "an integer",
    list: "a list",
    str: "a string",
    tuple: "a tuple",
}


def of_names(name: str, allowed: Callable[[], Sequence[str]]) -> Any:
    """Of a list of names, each once, of those that are *allowed*."""

    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        for item in value:
            if item not in allowed():
                yield f"{name}: {unknown(item, allowed())}"
        for item in allowed():
            if list(value).count(item) > 1:
                yield f"{name}: {item!r} is given twice; remove one"

    return faults


def of_formats(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_formats``."""
    yield from of_names("figlist_formats", lambda: tuple(FORMATS))(value, app)
    for name, chosen in FORMATS.items():
        if name in value and not chosen.available:
            yield f"figlist_formats: {name!r} needs {chosen.wanting}"


def of_pictures(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of ``figlist_pictures``."""
    if value not in PICTURES:
        yield f"figlist_pictures: {unknown(value, PICTURES)}"


def of_baseline(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_baseline``."""
    if value is None:
        return
    text = fspath(value) if isinstance(value, (str, PathLike)) else ""
    if not text or "\0" in text:
        yield f"figlist_baseline: {value!r} must be a path"
        return
    path = Path(app.confdir, text)
    if not is_file(path):
        yield f"figlist_baseline: {text!r} does not exist; copy a FIGURE_CHECKS.json"
    elif path.resolve().is_relative_to(Path(app.outdir).resolve()):
        yield (
            f"figlist_baseline: {text!r} is in the output folder, where it is "
            "overwritten; keep a copy beside conf.py"
        )
    elif not _has_findings(path):
        yield (
            f"figlist_baseline: {text!r} is not a FIGURE_CHECKS.json that figlist wrote"
        )


def is_file(path: Path) -> bool:
    """Whether *path* is a file; no system has one of just any name."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _has_findings(path: Path) -> bool:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["version"] == 1 and all(
            {"check", "message", "image", "figure"} <= finding.keys()
            for volume in data["volumes"]
            for chapter in volume["chapters"]
            for finding in chapter["findings"]
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def of_title_rule(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of ``figlist_title_from``."""
    if value not in TITLE_RULES and not callable(value):
        yield (
            f"figlist_title_from: {unknown(value, TITLE_RULES)}, or a function that "
            "takes a caption as Markdown and returns its title, or None"
        )


def of_titles(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of ``figlist_titles``."""
    for label, title in value.items():
        if not isinstance(label, str) or not label.strip():
            yield f"figlist_titles: the label {label!r} must be a string"
        elif not isinstance(title, str) or not title.strip():
            yield f"figlist_titles, label {label!r}: {title!r} must be a string"


def of_kinds(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_kinds``."""
    known = numbered_kinds(app)
    yield from of_names("figlist_kinds", lambda: known)(value, app)
    if not value:
        yield f"figlist_kinds: name one kind or more; {allowed_are(known)}"
    marks: dict[str, str] = {}
    for kind in dict.fromkeys(kind for kind in value if kind in known):
        stem = Volume("", "", "", "", default_filename("")).stem(kind)
        if (other := marks.setdefault(stem, kind)) != kind:
            yield (
                f"figlist_kinds: the files of {kind!r} and {other!r} would have the "
                f"same name, {stem}"
            )


def numbered_kinds(app: Sphinx) -> tuple[str, ...]:
    """The kinds that Sphinx can number: its own, then those of extensions."""
    registered = {kind for kind, _ in app.registry.enumerable_nodes.values()}
    own = ("figure", "table", "code-block")
    return (*own, *sorted(registered - {*own, "section"}))


def of_builder(value: Any, app: Sphinx) -> Iterator[str]:
    """Of a builder's name."""
    if value not in app.registry.builders:
        yield (
            f"figlist_files_for: unknown builder {value!r}; most books need 'latex' "
            "or 'html'"
        )


def of_patterns(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of regular expressions for how a credit begins."""
    for pattern in value:
        where = f"figlist_credit_patterns: {pattern!r}"
        if not isinstance(pattern, str):
            yield f"{where} must be a string"
            continue
        try:
            if re.match(pattern, ""):
                yield f"{where} matches any text; write how a credit begins"
        except (re.error, OverflowError, RecursionError) as error:
            yield f"{where} is not a regular expression: {error}"


def of_checks(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_checks``."""
    if value == "all":
        return
    if isinstance(value, str):
        value = [value]
        yield "figlist_checks: only 'all' may be a string; put names into a list"
    yield from of_names("figlist_checks", lambda: ("all", *CHECKS))(value, app)


def of_limit(name: str) -> Any:
    """Of a limit, a whole number from 1."""

    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        if isinstance(value, bool) or value < 1:
            yield f"{name}: {value!r} must be an integer greater than 0"

    return faults


def of_text_width(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of ``figlist_text_width``."""
    if value is None:
        return
    from .lengths import inches

    width = inches(value) if isinstance(value, str) else None
    if not width or not re.search(r"[a-zA-Z]", value):
        yield (
            f"figlist_text_width: {value!r} must be a length with its unit, "
            "such as '5in' or '127mm'"
        )


def of_page_numbers(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_page_numbers``."""
    paths = value
    if not isinstance(value, Mapping):
        paths = {} if value is None else {"": value}
    volumes = app.config.figlist_volumes
    if not isinstance(volumes, LIST):
        volumes = ()  # a fault of their own
    ids = [volume_part(part, "id") for part in volumes if isinstance(part, Mapping)]
    for id_, path in paths.items():
        where = "figlist_page_numbers" + (f", volume {id_!r}" if id_ != "" else "")
        if isinstance(value, Mapping) and str(id_) not in ids:
            names = [id_ for id_ in ids if id_ is not None]
            known = allowed_are(map(repr, names)) if names else "give a path alone"
            yield f"{where}: figlist_volumes has no volume of this id; {known}"
        if list(map(str, paths)).count(str(id_)) > 1:
            yield f"{where}: the volume is given twice; remove one"
        text = fspath(path) if isinstance(path, (str, PathLike)) else ""
        if not text or "\0" in text:
            yield f"{where}: {path!r} must be a path"
        elif Path(text).suffix.lower() not in {".aux", ".csv"}:
            yield f"{where}: {text!r} must end in .aux or .csv"


def of_uncaptioned(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_number_uncaptioned``."""
    if value and not app.config.numfig:
        yield "figlist_number_uncaptioned: True needs numfig; set numfig = True"


def of_latex_numbers(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_latex_numbers``."""
    if value is not None and value not in LATEX_NUMBERS:
        yield (f"figlist_latex_numbers: {unknown(value, LATEX_NUMBERS)}, or None")
    elif value == "sphinx" and not app.config.numfig:
        yield "figlist_latex_numbers: 'sphinx' needs numfig; set numfig = True"


def none(_value: Any, _app: Sphinx) -> Iterator[str]:
    """Of a value that its type alone makes right."""
    return iter(())
