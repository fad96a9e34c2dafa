"""Digests of what is no plain data, as an extension may put into Sphinx's numbers."""

from __future__ import annotations

from collections import OrderedDict

from sphinxext_figlist.read.store import plain_digest


def test_what_is_not_plain_is_told_apart() -> None:
    made = {plain_digest({"one": OrderedDict(figure=number)}) for number in range(3)}
    assert len(made) == 3
    assert all(made)
