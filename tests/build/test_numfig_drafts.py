"""Whatever is edited, Sphinx numbers from skeletons as it does from documents."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from support.drafts import Draft
from support.numbering import CACHED, PLAIN, Books, same

#: For a longer look: more books, and more edits of each.
ROUNDS, EDITS = (int(os.environ.get(f"FIGLIST_{n}", "5")) for n in ("ROUNDS", "EDITS"))
#: Left-overs of edits that matter to nobody here.
ALLOWED = ("toc.", "document isn't included", "header", "epub", "copy_overwrite")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_draft(tmp_path: Path, extension: object, seed: int) -> None:
    random = Random(seed)
    draft = Draft(random)
    draft.begin(random.randint(2, 8))
    files = draft.files()
    books = Books(
        tmp_path,
        files,
        extensions=["myst_parser"],
        math_numfig=True,
        numfig_secnum_depth=random.randint(0, 2),
    )
    for _ in range(EDITS + 1):
        jobs = random.choice([1, 1, 1, 2])
        plain = books.build(PLAIN, parallel=jobs, allow=ALLOWED)
        cached = books.build(CACHED, parallel=jobs, allow=ALLOWED)
        same(plain, cached)
        assert set(cached.opened) <= {"index", *draft.order}
        parts = [d for d in draft.order if draft.parents.get(d) == "index"]
        assert set(cached.opened) <= {"index", *(parts if draft.parts else ())}
        draft.edit()
        wanted = draft.files()
        for name in files.keys() - wanted.keys():
            (books.source / name).unlink()
        for name, text in wanted.items():
            if files.get(name) != text:
                books.write(name, text)
        files = wanted
    builder = random.choice(["html", "singlehtml", "latex", "text"])
    ways = (PLAIN, CACHED)
    same(*(books.build(way, builder, allow=ALLOWED) for way in ways))
