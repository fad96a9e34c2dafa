"""What is wrong with a value: one sentence a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..registry import CHECKS, FORMATS
from .choices import LATEX_NUMBERS, PICTURES, TITLE_RULES
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


def of_volumes(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_volumes``."""
    seen: dict[tuple[str, str], int] = {}
    kinds = app.config.figlist_kinds
    kinds = [kind for kind in kinds if isinstance(kind, str)] if kinds else []
    for place, volume in enumerate(value, 1):
        where = f"figlist_volumes, volume {place}"
        if not isinstance(volume, Mapping):
            yield (
                f"{where}: {volume!r} is no mapping; "
                "it needs the keys id, title and root"
            )
            continue
        yield from (f"{where}: {fault}" for fault in _keys_faults(volume))
        yield from (f"{where}: {fault}" for fault in _parts_faults(volume, app))
        for key in ("id", "root", "filename"):
            part = volume_part(volume, key)
            if part is None:
                continue
            names = [part]
            if key == "filename":
                own = Volume(volume_part(volume, "id") or "", "", "", "", part)
                names = [own.stem(kind).casefold() for kind in kinds or ["figure"]]
            taken = [seen.setdefault((key, name), place) for name in names]
            if first := next((other for other in taken if other != place), 0):
                yield f"{where}: the {key} {part!r} is that of volume {first} too"


def _keys_faults(volume: Mapping[Any, Any]) -> Iterator[str]:
    allowed = ("id", "title", "root", "label", "filename")
    for key in volume:
        if key not in allowed:
            near = get_close_matches(str(key), allowed, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"unknown key {key!r}{hint} Allowed: {', '.join(allowed)}"
    for key in ("id", "title", "root"):
        if key not in volume:
            yield f"the key {key!r} is missing"


def _parts_faults(volume: Mapping[str, Any], app: Sphinx) -> Iterator[str]:
    id_ = volume.get("id", "x")
    if isinstance(id_, bool) or not isinstance(id_, (str, int)):
        yield f"the id {id_!r} is no string"
    elif not re.fullmatch(r"[A-Za-z0-9_-]+", str(id_)):
        yield f"the id {id_!r} must be of letters, digits, '-' and '_'"
    elif id_ == "all":
        yield "the id 'all' is reserved: it stands for every volume"
    for key in ("title", "root", "label", "filename"):
        if key in volume and (
            not isinstance(volume[key], str) or not volume[key].strip()
        ):
            yield f"the {key} {volume[key]!r} is no text"
    root = volume.get("root")
    if isinstance(root, str) and root.strip() and not _is_document(app, root):
        wanted = " or ".join(root + suffix for suffix in app.config.source_suffix)
        yield f"the root {root!r} is no document: there is no {wanted}"
    filename = volume.get("filename", "x")
    if isinstance(filename, str) and (
        filename in {".", ".."}
        or re.search(r'[\x00-\x1f/\\:*?"<>|]', filename)
        or filename != filename.strip()
    ):
        yield (
            f"the filename {filename!r} must be the bare name of a file "
            "in the output folder, without a suffix"
        )
    if isinstance(filename, str) and filename.casefold() == "figure_checks":
        yield f"the filename {filename!r} is that of the checks' file"


def _is_document(app: Sphinx, docname: str) -> bool:
    path = Path(app.srcdir)
    if docname.startswith("/") or ".." in docname.split("/"):
        return False
    return any((path / (docname + s)).is_file() for s in app.config.source_suffix)


def of_names(name: str, allowed: Callable[[], Sequence[str]]) -> Any:
    """Of a list of names, each once, of those that are *allowed*."""

    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        for item in value:
            if item not in allowed():
                yield f"{name}: {item!r} is none of {', '.join(allowed())}"
        for item in allowed():
            if list(value).count(item) > 1:
                yield f"{name}: {item!r} stands there twice"

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
        allowed = ", ".join(PICTURES)
        yield f"figlist_pictures: unknown value {value!r}; allowed: {allowed}"


def of_baseline(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_baseline``."""
    if value is None:
        return
    text = fspath(value) if isinstance(value, (str, PathLike)) else ""
    path = Path(app.confdir, text).resolve()
    if not text or "\0" in text:
        yield f"figlist_baseline: {value!r} is not a path"
    elif not path.is_file():
        yield f"figlist_baseline: {text!r} is missing: there is no file {path}"
    elif path.is_relative_to(Path(app.outdir).resolve()):
        yield (
            f"figlist_baseline: {text!r} is in the output folder, where it is "
            "overwritten; keep a copy beside conf.py"
        )
    elif not _has_findings(path):
        yield (
            f"figlist_baseline: {text!r} is not a FIGURE_CHECKS.json that figlist wrote"
        )


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
            f"figlist_title_from: {value!r} is none of {', '.join(TITLE_RULES)}, "
            "nor a function from a caption's Markdown to its title's or None"
        )


def of_titles(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of ``figlist_titles``."""
    for label, title in value.items():
        if not isinstance(label, str) or not label.strip():
            yield f"figlist_titles: {label!r} must be a label, a text"
        elif not isinstance(title, str) or not title.strip():
            yield f"figlist_titles, label {label!r}: {title!r} must be a title, a text"


def of_kinds(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_kinds``."""
    known = numbered_kinds(app)
    yield from of_names("figlist_kinds", lambda: known)(value, app)
    if not value:
        yield f"figlist_kinds: name one kind or more; allowed: {', '.join(known)}"
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
            f"figlist_files_for: {value!r} is no builder; "
            "it is most often 'latex' or 'html'"
        )


def of_patterns(value: Any, _app: Sphinx) -> Iterator[str]:
    """Of regular expressions for how a credit begins."""
    for pattern in value:
        where = f"figlist_credit_patterns: {pattern!r}"
        if not isinstance(pattern, str):
            yield f"{where} is no text"
            continue
        try:
            if re.match(pattern, ""):
                yield f"{where} matches any text; it must be how a credit begins"
        except (re.error, OverflowError, RecursionError) as error:
            yield f"{where} is no regular expression: {error}"


def of_checks(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_checks``."""
    if value == "all":
        return
    if isinstance(value, str):
        value = [value]
        yield "figlist_checks: a text can only be 'all'; put names into a list"
    yield from of_names("figlist_checks", lambda: ("all", *CHECKS))(value, app)


def of_limit(name: str) -> Any:
    """Of a limit, a whole number from 1."""

    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        if isinstance(value, bool) or value < 1:
            yield f"{name}: {value!r} must be a whole number from 1"

    return faults


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
            known = ", ".join(map(repr, ids)) or "there are none, so give a path alone"
            yield f"{where}: no volume has this id; volumes: {known}"
        if list(map(str, paths)).count(str(id_)) > 1:
            yield f"{where}: the volume stands there twice"
        text = fspath(path) if isinstance(path, (str, PathLike)) else ""
        if not text or "\0" in text:
            yield f"{where}: {path!r} is no path"
        elif Path(text).suffix.lower() not in {".aux", ".csv"}:
            yield f"{where}: {text!r} must be an .aux or a .csv file"


def of_uncaptioned(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_number_uncaptioned``."""
    if value and not app.config.numfig:
        yield "figlist_number_uncaptioned needs numfig = True: Sphinx numbers nothing"


def of_latex_numbers(value: Any, app: Sphinx) -> Iterator[str]:
    """Of ``figlist_latex_numbers``."""
    if value is not None and value not in LATEX_NUMBERS:
        yield (
            f"figlist_latex_numbers: {value!r} is none of {', '.join(LATEX_NUMBERS)}, "
            "nor None"
        )
    elif value == "sphinx" and not app.config.numfig:
        yield (
            "figlist_latex_numbers: 'sphinx' needs numfig = True: "
            "Sphinx numbers nothing"
        )


def none(_value: Any, _app: Sphinx) -> Iterator[str]:
    """Of a value that its type alone makes right."""
    return iter(())
