"""The garbage collector, held while a tree grows in which there is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_garbage() -> Iterator[None]:
    """Keep the garbage collector from running over a large, growing tree."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
