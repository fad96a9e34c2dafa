"""The title of each figure, by the rule of the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sphinx.config import Config
from sphinx.errors import ConfigError

from ..config.settings import Settings
from ..read.records import Figure, Page
from . import titles, typed
from .titles import Passed, Title


class Titling:
    """Gives figures their titles.

    A function of the user's is asked once, for all figures.
    """

    def __init__(
        self,
        settings: Settings,
        pages: Mapping[str, Page],
        markdown: Callable[[Sequence[Figure]], list[str]],
        config: Config,
    ) -> None:
        """Take the titles of the figures of *pages*.

        :param markdown: captions as Markdown, for a title function of the user's.
        :param config: how it names what has a number, which authors type, too.
        """
        self._rule = settings.title_from
        self._by_label = settings.titles
        self._credits = settings.credit_patterns
        self._pages = pages
        self._markdown = markdown
        self._config = config
        self._given: dict[tuple[str, str], Title] = {}
        self._typed: dict[str, Passed] = {}

    def __call__(self, figure: Figure) -> Title:
        """The title of *figure*.

        :raises sphinx.errors.ConfigError: where the user's function fails, or returns
            no text.
        """
        for name in figure.names if self._by_label else ():
            if name in self._by_label:
                return self._as_given(figure, self._by_label[name])
        rule = self._rule
        if isinstance(rule, str):
            passed = self._passed(figure.kind)
            return titles.title(figure.caption, rule, self._credits, passed)
        if not self._given:
            self._given = dict(self._by_function(rule))
        return self._given.get((figure.docname, figure.id), titles.NO_TITLE)

    def _by_function(
        self, rule: Callable[[str], str | None]
    ) -> Iterator[tuple[tuple[str, str], Title]]:
        captioned = [
            figure
            for page in self._pages.values()
            for figure in page.figures()
            if figure.caption
        ]
        markdown = self._markdown(captioned)
        for figure, words in zip(captioned, markdown, strict=True):
            title: object
            try:
                title = rule(words)
            except Exception as error:  # noqa: BLE001 (whatever a user's code does)
                title = error
            if title is not None and not isinstance(title, str):
                raise ConfigError(
                    f"figlist_title_from: the function returned {title!r} for the "
                    f"caption {words!r} ({figure.source}:{figure.line}); it must "
                    "return a string or None"
                )
            yield (figure.docname, figure.id), self._as_given(figure, title)

    def _passed(self, kind: str) -> Passed:
        """What is passed over before the caption of a kind."""
        if kind not in self._typed:
            formats, language = self._config.numfig_format, self._config.language
            self._typed[kind] = typed.of_kind(formats, language, kind)
        return self._typed[kind]

    def _as_given(self, figure: Figure, words: str | None) -> Title:
        return titles.given(figure.caption, words, self._passed(figure.kind))
