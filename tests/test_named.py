"""Named tuples of figlist's own: what they share with those of the standard library."""

from __future__ import annotations

import pickle
from typing import NamedTuple

import pytest

from sphinxext_figlist.named import Named


class Ours(Named):
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()

    @property
    def both(self) -> str:
        return f"{self.first} {self.second}"


class Theirs(NamedTuple):
    first: int
    second: str = "two"
    third: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((1,), {}),
        ((1, "a"), {"third": (3,)}),
        ((1, "a", (3,)), {}),
        ((), {"third": (3,), "first": 1}),
    ],
)
def test_alike(values: tuple[object, ...], named: dict[str, object]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.first, ours.second, ours.third) == tuple(theirs)
    assert ours.both == f"{theirs.first} {theirs.second}"
    assert pickle.loads(pickle.dumps(ours)) == ours


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"second": "a"}),
        ((1, "a", (), 4), {}),
        ((1,), {"fourth": 4}),
        ((1,), {"first": 1}),
    ],
)
def test_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    for cls in (Ours, Theirs):
        with pytest.raises(TypeError):
            cls(*values, **named)


def test_names_what_is_missing() -> None:
    with pytest.raises(TypeError, match="Ours: 'first' is missing"):
        Ours(second="a")
