"""The stories catch what could go wrong: faults are planted, one at a time.

By hand, since each takes some stories: ``FIGLIST_PLANTS=1 pytest tests/properties``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sphinxext_figlist

PACKAGE = Path(sphinxext_figlist.__file__).parent
SHOWS, FACES = "build/shows.py", "build/faces.py"
#: A file, what is in it, and what is planted there.
PLANTS = {
    # digests that forget something
    "number": (SHOWS, "entry.number, figure.docname,", "figure.docname,"),
    "document": (SHOWS, "entry.number, figure.docname,", "entry.number,"),
    "ids": (SHOWS, " figure.ids, figure.slug, title.shown,", " figure.slug, title.shown,"),
    "slug": (SHOWS, " figure.ids, figure.slug, title.shown,", " figure.ids, title.shown,"),
    "title": (SHOWS, "figure.slug, title.shown,\n", "figure.slug,\n"),
    "untitled": (SHOWS, "seen.append(untitled(figure))", "pass"),
    "caption": (SHOWS, "contents.append(figure.caption or ())", "pass"),
    "legend": (SHOWS, "contents.append(figure.legend)", "pass"),
    "alt": (
        SHOWS,
        "((image.path, image.alt) for image in figure.images)\n            elif",
        "(image.path for image in figure.images)\n            elif",
    ),
    "image": (
        SHOWS,
        "((image.path, image.alt) for image in figure.images)\n            elif",
        "(image.alt for image in figure.images)\n            elif",
    ),
    "page": (SHOWS, "seen.append((entry.page, entry.number_in_print))", "pass"),
    "label": (SHOWS, "seen.append(entry.label)", "pass"),
    "location": (SHOWS, "seen.append((figure.source, figure.line))", "pass"),
    "references": (SHOWS, "seen.append(entry.references)", "pass"),
    "credit": (SHOWS, "contents.append(credit_of(figure, patterns))", "pass"),
    "references in captions": (SHOWS, "if figure.xrefs:\n            seen", "if 0:\n            seen"),
    "volume": (SHOWS, "            tuple(part.volume),\n", "            0,\n"),
    "chapter's number": (SHOWS, "(chapter.number, chapter.title,", "(chapter.title,"),
    "chapter's title": (SHOWS, "(chapter.number, chapter.title,", "(chapter.number,"),
    "pictures": (SHOWS, "more.append(self._pictures(entry))", "pass"),
    "face: figures": (FACES, "[_anywhere(figure) for figure in figures],", ""),
    "face: alt": (FACES, "(*image[:_IMAGE_LINE],", "(image.path, *image[2:_IMAGE_LINE],"),
    "face: caption": (FACES, "list(figure)\n", "list(figure._replace(caption=None))\n"),
    "face: legend": (FACES, "list(figure)\n", "list(figure._replace(legend=()))\n"),
    "face: mentions": (FACES, "for mention in page.mentions]", "for mention in ()]"),
    "face: lines": (FACES, "(figure.line, [image.line for image in figure.images])", "0"),
    # all else that an author would never forgive
    "a merge that loses a document": (
        "read/store.py",
        "for name in docnames if name in theirs",
        "for name in sorted(docnames)[1:] if name in theirs",
    ),
    "toctrees come last": (
        "assemble/order.py",
        "for item in page.flow if page is not None else ():",
        "for item in sorted(page.flow, key=lambda i: hasattr(i, 'docnames')) if page is not None else ():",
    ),
    "a title ends at any colon": (
        "assemble/titles.py",
        "_COLON.finditer(words, 0, end)",
        "re.finditer(':', words[:end])",
    ),
    "a title ends in brackets": (
        "assemble/titles.py",
        "if not around[span[0]]), None)",
        "), None)",
    ),
    "skeletons without listings": (
        "read/skeleton.py",
        "        if not registered:\n",
        "        if not registered or cls is nodes.container:\n",
    ),
    "skeletons without tables": (
        "read/skeleton.py",
        "        if not registered:\n",
        "        if not registered or cls is nodes.table:\n",
    ),
    "skeletons that are never renewed": (
        "build/numfig.py",
        "store_of(env).skeletons[docname] = (*stamp, mark, items)",
        "store_of(env).skeletons[docname] = (*stamp, mark, vars(_keep).setdefault((env.doctreedir, docname), items))",
    ),
}  # fmt: skip
#: The edits that show a fault, where one kind alone does: such stories are told first.
EDITS = {
    "document": "place",
    "ids": "id",
    "untitled": "file",
    "image": "picture",
    "location": "line",
    "references in captions": "cited",
    "chapter's number": "chapter",
    "chapter's title": "document",
    "pictures": "thumbnail",
    "face: figures": "alt",
    "face: mentions": "references",
    "face: lines": "line",
}
TOLD = """
import sys, tempfile
from pathlib import Path
from support.stories.judge import broken
from support.stories.teller import Teller

def later(seed):
    return sys.argv[1] not in Teller(seed).turns

for seed in sorted(range(15), key=later):
    with tempfile.TemporaryDirectory() as folder:
        if fault := broken(Teller(seed).story(), Path(folder) / "story"):
            sys.exit(f"seed {seed}: {str(fault)[:300]}")
"""


@pytest.mark.skipif("FIGLIST_PLANTS" not in os.environ, reason="by hand")
@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str) -> None:
    file, old, new = PLANTS[name]
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    path = tmp_path / PACKAGE.name / file
    words = path.read_text("utf-8")
    assert words.count(old) == 1
    path.write_text(words.replace(old, new), "utf-8")
    folders = [str(tmp_path), str(Path(__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-c", TOLD, EDITS.get(name, name.removeprefix("face: "))],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1, "15 stories, and none fails"
    assert done.stderr.startswith("seed "), done.stderr
    print(f"{name}: {done.stderr}")
