"""The checked configuration, typed."""

import re
from collections.abc import Callable, Iterator, Mapping
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sphinx.util.logging import is_suppressed_warning

from ..controls import in_xml
from ..registry import CHECKS
from ..words import volume_label

if TYPE_CHECKING:
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

#: Sphinx's default for ``project``.
_NO_PROJECT: Final = "Project name not set"


class Volume(NamedTuple):
    """One volume of the book.

    ``id`` is ``""`` for the implicit volume of a book without volumes.
    """

    id: str
    title: str
    root: str
    label: str
    filename: str

    def stem(self, kind: str) -> str:
        """The name without suffix of the files that list a kind.

        A kind of its own has ``TABLE_LIST_VOL1`` beside ``FIGURE_LIST_VOL1``, and
        ``Name_TABLE`` beside a ``Name`` that the configuration gives.
        """
        if kind == "figure":
            return self.filename
        mark = re.sub(r"\W+", "_", kind.upper())
        if self.filename == default_filename(self.id):
            return self.filename.replace("FIGURE", mark, 1)
        return f"{self.filename}_{mark}"


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
    #: Titles in Markdown, by label.
    titles: Mapping[str, str]
    restart_numbering: bool
    number_uncaptioned: bool
    formats: tuple[str, ...]
    #: The kinds that files list.
    kinds: tuple[str, ...]
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
    #: The printed width of a line, None where it is not known.
    text_width: float | None = None
    """Inches."""
    #: A file of findings that are accepted.
    baseline: Path | None = None
    #: Whether alt texts of pictures that are in no figure are looked after, too.
    all_pictures: bool = False
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
        whole = Volume(
            "", title="", root=root_doc, label="", filename=default_filename("")
        )
        return self.volumes or (whole,)


def settings_of(
    config: "Config", confdir: Path = Path(), latex_state: str = ""
) -> Settings:
    """The settings in *config*, which :func:`check` has passed.

    :param confdir: what paths in it are relative to.
    """
    volumes = []
    for place, volume in enumerate(config.figlist_volumes, 1):
        volumes.append(
            Volume(
                id=cast("str", volume_part(volume, "id")),
                title=in_xml(volume["title"]),
                root=volume["root"],
                label=in_xml(volume.get("label") or "") or volume_label(place),
                filename=cast("str", volume_part(volume, "filename")),
            )
        )
    width = None
    if given := config.figlist_text_width:
        from .lengths import inches

        width = inches(given)
    return Settings(
        volumes=tuple(volumes),
        fields=tuple(config.figlist_fields),
        title_from=config.figlist_title_from,
        titles={k: in_xml(words) for k, words in config.figlist_titles.items()},
        restart_numbering=config.figlist_restart_numbering,
        number_uncaptioned=config.figlist_number_uncaptioned,
        formats=tuple(config.figlist_formats),
        kinds=tuple(config.figlist_kinds),
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
        baseline=(
            confdir / config.figlist_baseline if config.figlist_baseline else None
        ),
        all_pictures=config.figlist_pictures == "all",
        text_width=width,
        page_numbers=_page_sources(config, confdir),
        latex_state=latex_state,
    )


def book_name(config: "Config") -> str:
    """The name of the book; ``""`` where the configuration has none.

    Jupyter Book sets ``html_title`` alone.
    """
    name = str(config.project).strip()
    if name == _NO_PROJECT:
        title = str(getattr(config, "html_title", "") or "").strip()
        name = "" if _NO_PROJECT in title else title
    return name


def default_filename(volume_id: str) -> str:
    """The name without suffix of a volume's files, ``""`` being the whole book's id."""
    return f"FIGURE_LIST_VOL{volume_id}" if volume_id else "FIGURE_LIST"


def _numbers_in_latex(config: "Config") -> bool:
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


def _checks(config: "Config") -> Iterator[str]:
    """The checks that are named, but for those whose warnings are suppressed."""
    given = config.figlist_checks
    for name in CHECKS:
        if (name in given or "all" in given) and not is_suppressed_warning(
            "figlist", name, config.suppress_warnings
        ):
            yield name


def present(settings: Settings, env: "BuildEnvironment") -> tuple[Volume, ...]:
    """The volumes that this build reads, or the whole book as one."""
    parts = settings.parts(env.config.root_doc)
    return tuple(part for part in parts if part.root in env.found_docs)


def volume_part(volume: Mapping[str, Any], key: str) -> str | None:
    """A key's text, or its default; None where it is wrong or missing."""
    value = volume.get(key)
    if key == "filename" and value is None:
        id_ = volume_part(volume, "id")
        return None if id_ is None else default_filename(id_)
    if key == "id" and isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else None


def _page_sources(config: "Config", confdir: Path) -> tuple[PageSource, ...]:
    given = config.figlist_page_numbers
    if given is None:
        return ()
    ids = [cast("str", volume_part(part, "id")) for part in config.figlist_volumes] or [
        ""
    ]
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
