"""Numbers that start afresh in each volume."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from .model import Number, Numbers


def restarted(numbers: Numbers, volume_of: Mapping[str, str]) -> Numbers:
    """Count each volume's *numbers* from 1, in the order that they have.

    Sphinx counts by kind and by the section number that the figure's number
    begins with, over the whole book.  Within these the volumes are counted
    apart; documents in no volume keep their numbers.

    :param volume_of: volume ids by docname.
    """
    groups: dict[tuple[str, str, Number], list[tuple[int, str, str]]]
    groups = defaultdict(list)
    fresh: dict[str, dict[str, dict[str, Number]]] = {}
    for docname, kinds in numbers.items():
        fresh[docname] = {kind: dict(by_id) for kind, by_id in kinds.items()}
        if docname in volume_of:
            for kind, by_id in kinds.items():
                for id_, number in by_id.items():
                    group = groups[volume_of[docname], kind, number[:-1]]
                    group.append((number[-1], docname, id_))
    for (_, kind, prefix), members in groups.items():
        for count, (_, docname, id_) in enumerate(sorted(members), 1):
            fresh[docname][kind][id_] = (*prefix, count)
    return fresh
