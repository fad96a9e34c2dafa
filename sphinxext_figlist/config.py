"""The configuration values: each declared once, all checked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from .registry import CHECKS, FORMATS
from .words import __, roman, volume_label

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

FIELDS: Final = (
    "title",
    "caption",
    "alt",
    "legend",
    "references",
    "image",
    "location",
    "credit",
    "label",
    "page",
)
SCOPES: Final = ("volume", "chapter", "page")
TITLE_RULES: Final = ("lead", "sentence", "caption")
LATEX_NUMBERS: Final = ("sphinx", "latex")

#: How an English caption's or legend's closing credit begins.
CREDIT_PATTERNS: Final = (
    r"Sources?:",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?Credits?:",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?Courtesy of\b",
    r"((Image|Photo|Figure|Picture|Illustration)s? )?(Adapted|Modified|Redrawn) from\b",
    r"(Reproduced|Reprinted|Used),? (with|by) (the )?(kind )?permission\b",
    r"(Reproduced|Reprinted),? (with permission,? )?from\b",
    r"(Image|Photo|Photograph|Picture|Illustration|Drawing|Artwork) by\b",
    r"(Photo|Photograph)s?:",
    r"\u00a9|Copyright (\u00a9|\(c\)|\d{4})",
)


class Volume(NamedTuple):
    """One volume of the book.

    ``id`` is ``""`` for the implicit volume of a book without volumes.
    """

    id: str
    title: str
    root: str
    label: str
    filename: str


class PageSource(NamedTuple):
    """Where a volume's page numbers are read."""

    #: Its id; ``""`` for the implicit volume.
    volume: str
    #: As the configuration has it, and where that is.
    given: str
    path: Path
    #: Whether other volumes' pages are in it too.
    shared: bool


class Settings(NamedTuple):
    """The checked configuration."""

    volumes: tuple[Volume, ...]
    fields: tuple[str, ...]
    title_from: str | Callable[[str], str | None]
    restart_numbering: bool
    number_uncaptioned: bool
    formats: tuple[str, ...]
    files_for: str
    backlinks: bool
    credit_patterns: tuple[str, ...]
    #: Whether a PDF prints the numbers of the HTML, not LaTeX's own.
    numbers_in_latex: bool
    #: Whether files print LaTeX's own, where an ``.aux`` has them.
    numbers_of_latex: bool
    short_captions: bool
    latex_alt: bool
    #: Those that are named and not suppressed, in their own order.
    checks: tuple[str, ...]
    alt_max: int
    """Characters."""
    min_ppi: int
    """Pixels per inch."""
    #: Where each volume's page numbers are read.
    page_numbers: tuple[PageSource, ...] = ()
    #: A digest of the configuration as LaTeX has it, where pages are read.
    latex_state: str = ""

    @property
    def restarts(self) -> bool:
        """Whether numbers start afresh in each volume."""
        return self.restart_numbering and len(self.volumes) > 1

    @property
    def touches_latex(self) -> bool:
        """Whether a LaTeX document may differ, lists apart, from Sphinx's own."""
        return bool(self.volumes) or self.numbers_in_latex or self.short_captions

    def parts(self, root_doc: str) -> tuple[Volume, ...]:
        """The volumes, or the whole book from *root_doc* as one."""
        whole = Volume(id="", title="", root=root_doc, label="", filename="FIGURE_LIST")
        return self.volumes or (whole,)


class _Value(NamedTuple):
    """One configuration value as its users know it."""

    default: Any
    rebuild: Literal["", "env"]
    types: tuple[type, ...]
    faults: Callable[[Any, Sphinx], Iterator[str]]


def _volume_faults(value: Any, app: Sphinx) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
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
            part = _part(volume, key)
            if part is None:
                continue
            same = part.casefold() if key == "filename" else part
            if (first := seen.setdefault((key, same), place)) != place:
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


def _part(volume: Mapping[str, Any], key: str) -> str | None:
    """A key's text, or its default; None where it is wrong or missing."""
    value = volume.get(key)
    if key == "filename" and value is None:
        id_ = _part(volume, "id")
        return None if id_ is None else f"FIGURE_LIST_VOL{id_}"
    if key == "id" and isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else None


def _names_faults(name: str, allowed: Callable[[], Sequence[str]]) -> Any:
    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        for item in value:
            if item not in allowed():
                yield f"{name}: {item!r} is none of {', '.join(allowed())}"
        for item in allowed():
            if list(value).count(item) > 1:
                yield f"{name}: {item!r} stands there twice"

    return faults


def _formats_faults(value: Any, app: Sphinx) -> Iterator[str]:
    yield from _names_faults("figlist_formats", lambda: tuple(FORMATS))(value, app)
    for name, chosen in FORMATS.items():
        if name in value and not chosen.available:
            yield f"figlist_formats: {name!r} needs {chosen.wanting}"


def _title_faults(value: Any, _app: Sphinx) -> Iterator[str]:
    if value not in TITLE_RULES and not callable(value):
        yield (
            f"figlist_title_from: {value!r} is none of {', '.join(TITLE_RULES)}, "
            "nor a function from a caption's Markdown to its title's or None"
        )


def _files_for_faults(value: Any, app: Sphinx) -> Iterator[str]:
    if value not in app.registry.builders:
        yield (
            f"figlist_files_for: {value!r} is no builder; "
            "it is most often 'latex' or 'html'"
        )


def _pattern_faults(value: Any, _app: Sphinx) -> Iterator[str]:
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


def _check_faults(value: Any, app: Sphinx) -> Iterator[str]:
    if value == "all":
        return
    if isinstance(value, str):
        value = [value]
        yield "figlist_checks: a text can only be 'all'; put names into a list"
    yield from _names_faults("figlist_checks", lambda: ("all", *CHECKS))(value, app)


def _limit_faults(name: str) -> Any:
    def faults(value: Any, _app: Sphinx) -> Iterator[str]:
        if isinstance(value, bool) or value < 1:
            yield f"{name}: {value!r} must be a whole number from 1"

    return faults


def _page_numbers_faults(value: Any, app: Sphinx) -> Iterator[str]:
    paths = value
    if not isinstance(value, Mapping):
        paths = {} if value is None else {"": value}
    volumes = app.config.figlist_volumes
    if not isinstance(volumes, _LIST):
        volumes = ()  # a fault of their own
    ids = [_part(part, "id") for part in volumes if isinstance(part, Mapping)]
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


def _page_sources(config: Config, confdir: Path) -> tuple[PageSource, ...]:
    given = config.figlist_page_numbers
    if given is None:
        return ()
    ids = [cast("str", _part(part, "id")) for part in config.figlist_volumes] or [""]
    if not isinstance(given, Mapping):
        given = dict.fromkeys(ids, given)
    paths = [(str(id_), fspath(path)) for id_, path in given.items()]
    return tuple(
        PageSource(
            volume=id_,
            given=path,
            path=confdir / path,
            shared=[other for _, other in paths].count(path) > 1,
        )
        for id_, path in paths
    )


def _numfig_faults(value: Any, app: Sphinx) -> Iterator[str]:
    if value and not app.config.numfig:
        yield "figlist_number_uncaptioned needs numfig = True: Sphinx numbers nothing"


def _latex_numbers_faults(value: Any, app: Sphinx) -> Iterator[str]:
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


def _no_faults(_value: Any, _app: Sphinx) -> Iterator[str]:
    return iter(())


_LIST = (list, tuple)

# Only what changes how a document is read rebuilds the environment; the rest is
# in the digest of each page that shows it (see refresh).
VALUES: Final[dict[str, _Value]] = {
    "figlist_volumes": _Value(
        default=[], rebuild="", types=_LIST, faults=_volume_faults
    ),
    "figlist_fields": _Value(
        default=["title", "caption", "alt"],
        rebuild="",
        types=_LIST,
        faults=_names_faults("figlist_fields", lambda: FIELDS),
    ),
    "figlist_title_from": _Value(
        default="lead", rebuild="", types=(), faults=_title_faults
    ),
    "figlist_backlinks": _Value(
        default=True, rebuild="", types=(bool,), faults=_no_faults
    ),
    "figlist_restart_numbering": _Value(
        default=True, rebuild="", types=(bool,), faults=_no_faults
    ),
    "figlist_number_uncaptioned": _Value(
        default=False, rebuild="env", types=(bool,), faults=_numfig_faults
    ),
    "figlist_latex_numbers": _Value(
        default=None, rebuild="", types=(), faults=_latex_numbers_faults
    ),
    "figlist_formats": _Value(
        default=[],
        rebuild="",
        types=_LIST,
        faults=_formats_faults,
    ),
    "figlist_files_for": _Value(
        default="latex", rebuild="", types=(str,), faults=_files_for_faults
    ),
    "figlist_page_numbers": _Value(
        default=None, rebuild="", types=(), faults=_page_numbers_faults
    ),
    "figlist_credit_patterns": _Value(
        default=list(CREDIT_PATTERNS), rebuild="", types=_LIST, faults=_pattern_faults
    ),
    "figlist_latex_short_captions": _Value(
        default=False, rebuild="", types=(bool,), faults=_no_faults
    ),
    "figlist_latex_alt": _Value(
        default=False, rebuild="", types=(bool,), faults=_no_faults
    ),
    "figlist_checks": _Value(
        default=[], rebuild="", types=(*_LIST, str), faults=_check_faults
    ),
    "figlist_alt_max": _Value(
        default=250,
        rebuild="",
        types=(int,),
        faults=_limit_faults("figlist_alt_max"),
    ),
    "figlist_min_ppi": _Value(
        default=300,
        rebuild="",
        types=(int,),
        faults=_limit_faults("figlist_min_ppi"),
    ),
}


def add_values(app: Sphinx) -> None:
    """Declare every value to Sphinx."""
    for name, value in VALUES.items():
        types: Any = value.types or Any
        app.add_config_value(name, value.default, value.rebuild, types)


def check(app: Sphinx, config: Config) -> None:
    """Check all values; on ``config-inited``.

    :raises sphinx.errors.ConfigError: with every fault, where there is one.
    """
    faults: list[str] = []
    for name, value in VALUES.items():
        given = config[name]
        if value.types and not isinstance(given, value.types):
            kinds = " or ".join(kind.__name__ for kind in value.types)
            faults.append(f"{name}: {given!r} must be a {kinds}")
            continue
        faults.extend(dict.fromkeys(value.faults(given, app)))
    if faults:
        raise ConfigError(
            __("figlist: conf.py has %d fault(s):") % len(faults)
            + "".join(f"\n- {fault}" for fault in faults)
        )


def settings_of(
    config: Config, confdir: Path = Path(), latex_state: str = ""
) -> Settings:
    """The settings in *config*, which :func:`check` has passed.

    :param confdir: what paths in it are relative to.
    """
    volumes = []
    for place, volume in enumerate(config.figlist_volumes, 1):
        volumes.append(
            Volume(
                id=cast("str", _part(volume, "id")),
                title=volume["title"],
                root=volume["root"],
                label=volume.get("label") or volume_label(roman(place)),
                filename=cast("str", _part(volume, "filename")),
            )
        )
    return Settings(
        volumes=tuple(volumes),
        fields=tuple(config.figlist_fields),
        title_from=config.figlist_title_from,
        restart_numbering=config.figlist_restart_numbering,
        number_uncaptioned=config.figlist_number_uncaptioned,
        formats=tuple(config.figlist_formats),
        files_for=config.figlist_files_for,
        backlinks=config.figlist_backlinks,
        credit_patterns=tuple(config.figlist_credit_patterns),
        numbers_in_latex=_numbers_in_latex(config),
        numbers_of_latex=config.figlist_latex_numbers == "latex",
        short_captions=config.figlist_latex_short_captions,
        latex_alt=config.figlist_latex_alt,
        checks=tuple(_checks(config)),
        alt_max=config.figlist_alt_max,
        min_ppi=config.figlist_min_ppi,
        page_numbers=_page_sources(config, confdir),
        latex_state=latex_state,
    )


def _numbers_in_latex(config: Config) -> bool:
    """What ``figlist_latex_numbers`` says, or what follows where it says nothing."""
    if config.figlist_latex_numbers is not None:
        return bool(config.figlist_latex_numbers == "sphinx")
    return bool(
        config.numfig
        and (
            config.figlist_volumes
            or config.figlist_number_uncaptioned
            or config.figlist_page_numbers
        )
    )


def _checks(config: Config) -> Iterator[str]:
    """The checks that are named, but for those whose warnings are suppressed."""
    given = config.figlist_checks
    for name in CHECKS:
        if (name in given or "all" in given) and not is_suppressed_warning(
            "figlist", name, config.suppress_warnings
        ):
            yield name


def present(settings: Settings, env: BuildEnvironment) -> tuple[Volume, ...]:
    """The volumes that this build reads, or the whole book as one."""
    parts = settings.parts(env.config.root_doc)
    return tuple(part for part in parts if part.root in env.found_docs)
