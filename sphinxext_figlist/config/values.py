"""The configuration values: each declared once, all checked at once."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sphinx.errors import ConfigError

from ..controls import shown
from . import faults, volume_faults
from .choices import CREDIT_PATTERNS, FIELDS
from .faults import LIST
from .unknown import warn_of_unknown

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class _Value(NamedTuple):
    """One configuration value as its users know it."""

    #: In a few words, for the table of settings in the docs.
    meaning: str
    default: Any
    rebuild: Literal["", "env"]
    types: tuple[type, ...]
    faults: "Callable[[Any, Sphinx], Iterator[str]]"


# Only what changes how a document is read rebuilds the environment; the rest is
# in the digest of each page that shows it (see refresh).
VALUES: Final[dict[str, _Value]] = {
    "figlist_volumes": _Value(
        meaning="the volumes of the book",
        default=[],
        rebuild="",
        types=LIST,
        faults=volume_faults.of_volumes,
    ),
    "figlist_fields": _Value(
        meaning="the fields of an entry",
        default=["title", "caption", "alt"],
        rebuild="",
        types=LIST,
        faults=faults.of_names("figlist_fields", lambda: FIELDS),
    ),
    "figlist_title_from": _Value(
        meaning="how a title is found in the caption",
        default="lead",
        rebuild="",
        types=(),
        faults=faults.of_title_rule,
    ),
    "figlist_titles": _Value(
        meaning="titles set by hand, by label",
        default={},
        rebuild="",
        types=(dict,),
        faults=faults.of_titles,
    ),
    "figlist_kinds": _Value(
        meaning="the kinds that the files list",
        default=["figure"],
        rebuild="",
        types=LIST,
        faults=faults.of_kinds,
    ),
    "figlist_backlinks": _Value(
        meaning="whether figures have a back-link to their entry",
        default=True,
        rebuild="",
        types=(bool,),
        faults=faults.none,
    ),
    "figlist_restart_numbering": _Value(
        meaning="whether numbers restart in each volume",
        default=True,
        rebuild="",
        types=(bool,),
        faults=faults.none,
    ),
    "figlist_number_uncaptioned": _Value(
        meaning="whether figures without a caption have numbers",
        default=False,
        rebuild="env",
        types=(bool,),
        faults=faults.of_uncaptioned,
    ),
    "figlist_latex_numbers": _Value(
        meaning="whether a PDF prints Sphinx's or LaTeX's numbers",
        default=None,
        rebuild="",
        types=(),
        faults=faults.of_latex_numbers,
    ),
    "figlist_formats": _Value(
        meaning="the files that a page build writes",
        default=[],
        rebuild="",
        types=LIST,
        faults=faults.of_formats,
    ),
    "figlist_files_for": _Value(
        meaning="the builder for which the files evaluate conditions",
        default="latex",
        rebuild="",
        types=(str,),
        faults=faults.of_builder,
    ),
    "figlist_numfig_cache": _Value(
        meaning="whether figures are numbered without opening every document",
        default=True,
        rebuild="",
        types=(bool,),
        faults=faults.none,
    ),
    "figlist_page_numbers": _Value(
        meaning="the file that page numbers come from",
        default=None,
        rebuild="",
        types=(),
        faults=faults.of_page_numbers,
    ),
    "figlist_credit_patterns": _Value(
        meaning="how a credit begins",
        default=list(CREDIT_PATTERNS),
        rebuild="",
        types=LIST,
        faults=faults.of_patterns,
    ),
    "figlist_latex_short_captions": _Value(
        meaning="whether LaTeX's \\listoffigures shows titles",
        default=False,
        rebuild="",
        types=(bool,),
        faults=faults.none,
    ),
    "figlist_latex_alt": _Value(
        meaning="whether the PDF contains alt texts",
        default=False,
        rebuild="",
        types=(bool,),
        faults=faults.none,
    ),
    "figlist_checks": _Value(
        meaning="the checks that are enabled",
        default=[],
        rebuild="",
        types=(*LIST, str),
        faults=faults.of_checks,
    ),
    "figlist_pictures": _Value(
        meaning="the pictures that the sheet and the checks of alt texts cover",
        default="figures",
        rebuild="",
        types=(str,),
        faults=faults.of_pictures,
    ),
    "figlist_baseline": _Value(
        meaning="a file of accepted findings",
        default=None,
        rebuild="",
        types=(),
        faults=faults.of_baseline,
    ),
    "figlist_alt_max": _Value(
        meaning="the maximum length of an alt text, in characters",
        default=250,
        rebuild="",
        types=(int,),
        faults=faults.of_limit("figlist_alt_max"),
    ),
    "figlist_min_ppi": _Value(
        meaning="the minimum resolution of a printed picture, in pixels per inch",
        default=300,
        rebuild="",
        types=(int,),
        faults=faults.of_limit("figlist_min_ppi"),
    ),
    "figlist_text_width": _Value(
        meaning="the printed width of a line",
        default=None,
        rebuild="",
        types=(),
        faults=faults.of_text_width,
    ),
}


def add_values(app: "Sphinx") -> None:
    """Declare every value to Sphinx."""
    for name, value in VALUES.items():
        types: Any = value.types or Any
        app.add_config_value(name, value.default, value.rebuild, types, value.meaning)


def check(app: "Sphinx", config: "Config") -> None:
    """Check all values; on ``config-inited``.

    :raises sphinx.errors.ConfigError: with every fault, where there is one.
    """
    found: list[str] = []
    for name, value in VALUES.items():
        given = config[name]
        if value.types and not isinstance(given, value.types):
            kinds = " or ".join(faults.TYPES[kind] for kind in value.types)
            found.append(f"{name}: {given!r} must be {kinds}")
            continue
        if given == value.default:
            continue  # it is as it should be, and most are
        found.extend(dict.fromkeys(value.faults(given, app)))
    warn_of_unknown(app, config, VALUES)
    if found:
        count = f"{len(found)} error{'' if len(found) == 1 else 's'}"
        raise ConfigError(
            f"figlist: conf.py has {count}:"
            + "".join(f"\n- {shown(one)}" for one in found)
        )
