"""The configuration values: each declared once, all checked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sphinx.errors import ConfigError

from . import faults, volume_faults
from .choices import CREDIT_PATTERNS, FIELDS
from .faults import LIST
from .unknown import warn_of_unknown

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class _Value(NamedTuple):
    """One configuration value as its users know it."""

    default: Any
    rebuild: Literal["", "env"]
    types: tuple[type, ...]
    faults: Callable[[Any, Sphinx], Iterator[str]]


# Only what changes how a document is read rebuilds the environment; the rest is
# in the digest of each page that shows it (see refresh).
VALUES: Final[dict[str, _Value]] = {
    "figlist_volumes": _Value(
        default=[], rebuild="", types=LIST, faults=volume_faults.of_volumes
    ),
    "figlist_fields": _Value(
        default=["title", "caption", "alt"],
        rebuild="",
        types=LIST,
        faults=faults.of_names("figlist_fields", lambda: FIELDS),
    ),
    "figlist_title_from": _Value(
        default="lead", rebuild="", types=(), faults=faults.of_title_rule
    ),
    "figlist_titles": _Value(
        default={}, rebuild="", types=(dict,), faults=faults.of_titles
    ),
    "figlist_kinds": _Value(
        default=["figure"], rebuild="", types=LIST, faults=faults.of_kinds
    ),
    "figlist_backlinks": _Value(
        default=True, rebuild="", types=(bool,), faults=faults.none
    ),
    "figlist_restart_numbering": _Value(
        default=True, rebuild="", types=(bool,), faults=faults.none
    ),
    "figlist_number_uncaptioned": _Value(
        default=False, rebuild="env", types=(bool,), faults=faults.of_uncaptioned
    ),
    "figlist_latex_numbers": _Value(
        default=None, rebuild="", types=(), faults=faults.of_latex_numbers
    ),
    "figlist_formats": _Value(
        default=[],
        rebuild="",
        types=LIST,
        faults=faults.of_formats,
    ),
    "figlist_files_for": _Value(
        default="latex", rebuild="", types=(str,), faults=faults.of_builder
    ),
    "figlist_numfig_cache": _Value(
        default=True, rebuild="", types=(bool,), faults=faults.none
    ),
    "figlist_page_numbers": _Value(
        default=None, rebuild="", types=(), faults=faults.of_page_numbers
    ),
    "figlist_credit_patterns": _Value(
        default=list(CREDIT_PATTERNS), rebuild="", types=LIST, faults=faults.of_patterns
    ),
    "figlist_latex_short_captions": _Value(
        default=False, rebuild="", types=(bool,), faults=faults.none
    ),
    "figlist_latex_alt": _Value(
        default=False, rebuild="", types=(bool,), faults=faults.none
    ),
    "figlist_checks": _Value(
        default=[], rebuild="", types=(*LIST, str), faults=faults.of_checks
    ),
    "figlist_pictures": _Value(
        default="figures", rebuild="", types=(str,), faults=faults.of_pictures
    ),
    "figlist_baseline": _Value(
        default=None, rebuild="", types=(), faults=faults.of_baseline
    ),
    "figlist_alt_max": _Value(
        default=250,
        rebuild="",
        types=(int,),
        faults=faults.of_limit("figlist_alt_max"),
    ),
    "figlist_min_ppi": _Value(
        default=300,
        rebuild="",
        types=(int,),
        faults=faults.of_limit("figlist_min_ppi"),
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
            f"figlist: conf.py has {count}:" + "".join(f"\n- {one}" for one in found)
        )
