"""The post-transform that hands each page to the pipeline."""

from __future__ import annotations

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform


class CompletePage(SphinxPostTransform):
    """Runs before MyST (9) and Sphinx (10; for LaTeX, 5) resolve references.

    Transforms cannot reach the application in a way that will last; events can.
    """

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Emit ``figlist-resolve-page``."""
        self.env.events.emit("figlist-resolve-page", self.document)
