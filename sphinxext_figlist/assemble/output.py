"""The output that a list is made for: what it includes and how links reach it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Final, cast

from docutils import nodes
from sphinx.util.tags import Tags

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from ..read.records import Condition, Image

#: Outputs that put all documents into one, following the toctrees.
_ASSEMBLED = frozenset({"latex", "man", "texinfo"})

#: Formats in which Sphinx prints no number under a figure, and a ``numref`` as
#: the form that it should fill.
_UNNUMBERED = frozenset({"text", "man", "texinfo"})


def _own_tags(name: str, output_format: str) -> tuple[str, ...]:
    """The tags that Sphinx sets for a builder (``Builder.init``)."""
    return (output_format, name, f"format_{output_format}", f"builder_{name}")


class Output:
    """A builder's name, format and tags."""

    def __init__(
        self, name: str, output_format: str, tags: Tags, config: Config
    ) -> None:
        self.name: Final = name
        self.format: Final = output_format
        self.tags: Final = tags
        self.config: Final = config
        self._judged: dict[Condition, bool] = {}

    @classmethod
    def of(cls, builder: Builder) -> Output:
        """The output of *builder* itself."""
        return cls(builder.name, builder.format, builder.tags, builder.config)

    @classmethod
    def as_by(cls, app: Sphinx, name: str) -> Output:
        """The output that the builder *name* would make of the same book."""
        return cls.of(app.builder).by(name, app.registry.builders[name].format)

    def by(self, name: str, output_format: str) -> Output:
        """What a builder of this name and format would make."""
        given = set(self.tags) - set(_own_tags(self.name, self.format))
        tags = Tags(sorted({*given, *_own_tags(name, output_format)}))
        return Output(name, output_format, tags, self.config)

    @property
    def assembled(self) -> bool:
        """Whether all documents become one."""
        return self.format in _ASSEMBLED or self.name == "singlehtml"

    @property
    def unnumbered(self) -> bool:
        """Whether Sphinx's own writer leaves numbers out."""
        return self.format in _UNNUMBERED

    def includes(self, conditions: tuple[Condition, ...]) -> bool:
        """Whether what stands under *conditions* is in this output."""
        return all(map(self._judge, conditions))

    def holds(self, docname: str) -> bool:
        """Whether a document's page stays in the output."""
        if self.name != "epub":
            return True
        return f"{docname}.xhtml" not in self.config.epub_exclude_files

    @property
    def appendices(self) -> tuple[str, ...]:
        """The documents that a PDF has behind those of its toctrees.

        Sphinx gives them to every class of document but ``howto``.
        """
        documents = self.config.latex_documents if self.format == "latex" else ()
        if all(entry[4] == "howto" for entry in documents):
            return ()
        return tuple(self.config.latex_appendices)

    def follows(self, conditions: tuple[Condition, ...]) -> bool:
        """Whether documents in a toctree under *conditions* are in this output.

        An output of pages has every page, whatever its toctree.
        """
        return not self.assembled or self.includes(conditions)

    def _judge(self, condition: Condition) -> bool:
        if condition not in self._judged:
            judge = _only if condition[0] == "only" else _ifconfig
            self._judged[condition] = judge(self, condition[1])
        return self._judged[condition]

    def key(self) -> tuple[str, ...]:
        """What distinguishes this output from another of the same book."""
        return (self.name, self.format, *sorted(self.tags))


def _only(output: Output, expression: str) -> bool:
    try:
        return output.tags.eval_condition(expression)
    except Exception:  # noqa: BLE001 (as Sphinx does, which warns and keeps it)
        return True


def _ifconfig(output: Output, expression: str) -> bool:
    """Let Sphinx's own ``ifconfig`` judge, as if *output* were being built."""
    from docutils.utils import Reporter, new_document
    from sphinx.ext.ifconfig import ifconfig, process_ifconfig_nodes
    from sphinx.util.docutils import LoggingReporter

    document = new_document("")
    kept = nodes.paragraph()
    document += ifconfig("", kept, expr=expression)
    document.reporter = LoggingReporter("", report_level=Reporter.SEVERE_LEVEL + 1)
    builder = SimpleNamespace(name=output.name)
    app = SimpleNamespace(config=output.config, builder=builder)
    process_ifconfig_nodes(cast("Sphinx", app), document, "")
    return kept.parent is document


def picture_name(env: BuildEnvironment, builder: Builder, image: Image) -> str:
    """The name that Sphinx gives the file that *builder* shows.

    :returns: a URL as it is; ``""`` where there is nothing to show.
    """
    candidates = dict(image.candidates)
    if "?" in candidates:
        return candidates["?"]
    kinds = ("*", *builder.supported_image_types)
    chosen = next((candidates[kind] for kind in kinds if kind in candidates), "")
    return str(env.images[chosen][1]) if chosen in env.images else ""
