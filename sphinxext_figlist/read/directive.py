"""The ``figlist`` directive: it leaves a placeholder for the list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from ..config.choices import FIELDS, SCOPES, allowed_are, unknown
from ..config.settings import settings_of
from ..registry import LAYOUTS
from .kinds import known_kinds

#: A list as YAML writes it, and what stands around its items.
_LISTED: Final = r"[\[(](.*)[\])]"
_AROUND_NAME: Final = r"[\s,'\"]+"


class figlist(nodes.General, nodes.Element):
    """Stands for a list until the page is written; ``node["request"]`` says which."""


def _one_of(*allowed: str) -> Callable[[str | None], str]:
    def convert(argument: str | None) -> str:
        return directives.choice(argument or "", allowed)

    return convert


def _fields(argument: str | None) -> tuple[str, ...]:
    given = (argument or "").strip()
    names = tuple(given.replace(",", " ").split())
    if listed := re.fullmatch(_LISTED, given, re.DOTALL):  # as YAML has lists
        bare = " ".join(re.sub(_AROUND_NAME, " ", listed[1]).split())
        raise ValueError(f"{given!r}; write names without brackets or quotes: {bare}")
    if bad := [name for name in names if name not in FIELDS]:
        raise ValueError(unknown(bad[0], FIELDS))
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"{twice[0]!r} is named twice; remove one")
    if not names:
        raise ValueError(f"no field is given; {allowed_are(FIELDS)}")
    return names


class FigureListDirective(SphinxDirective):
    """``.. figlist::``: the list of figures of a volume, a chapter or a page."""

    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], object]]] = {
        "volume": directives.unchanged_required,
        "scope": _one_of(*SCOPES),
        "kind": directives.unchanged_required,
        "fields": _fields,
        "layout": lambda argument: directives.choice(argument, tuple(LAYOUTS)),
        "searchable": directives.flag,
        "no-backlinks": directives.flag,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Check what needs the configuration; return the placeholder.

        :raises docutils.parsers.rst.DirectiveError: for a bad option's value.
        """
        from .records import ListRequest

        options = self.options
        scope = options.get("scope", SCOPES[0])
        kind = options.get("kind", "figure")
        if kind not in (kinds := known_kinds(self.env)):
            raise self._bad("kind", kind, kinds)
        if "volume" in options and scope != SCOPES[0]:
            raise self.error(
                f'Error in "figlist" directive: the options "volume" and '
                f'"scope: {scope}" cannot be combined; remove "volume", because a list '
                f"of a {scope} belongs to the volume of its page."
            )
        node = figlist(
            request=ListRequest(
                docname=self.env.docname,
                ordinal=0,
                volumes=self._volumes(),
                scope=scope,
                kind=kind,
                fields=options.get("fields"),
                layout=self._layout(kind),
                classes=tuple(options.get("class", ())),
                searchable="searchable" in options,
                backlinks="no-backlinks" not in options,
            )
        )
        self.set_source_info(node)
        self.add_name(node)
        return [node]

    def _layout(self, kind: str) -> str:
        layout = self.options.get("layout", "full")
        # Tables and code have no pictures to show.
        return "compact" if layout == "gallery" and kind != "figure" else str(layout)

    def _volumes(self) -> tuple[str, ...] | None:
        if (value := self.options.get("volume")) is None:
            return None
        known = [volume.id for volume in settings_of(self.config).volumes]
        ids = tuple(value.replace(",", " ").split())
        if ids == ("all",):
            return ids
        if "all" in ids:
            raise self.error(
                'Error in "figlist" directive: invalid value of the option "volume": '
                f'"{value}"; "all" cannot be combined with ids.'
            )
        for id_ in ids:
            if id_ not in known:
                raise self._bad("volume", id_, [*known, "all"])
        return tuple(dict.fromkeys(ids))

    def _bad(self, option: str, value: str, allowed: list[str]) -> Exception:
        return self.error(
            f'Error in "figlist" directive: invalid value of the option "{option}": '
            f"{unknown(value, allowed)}."
        )
