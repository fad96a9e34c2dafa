"""Outputs held against each other, byte by byte."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, tostring

from sphinx import version_info

from support.builds import Built
from support.pages import Site, assets, main_content

Stamps = dict[str, tuple[int, int]]


def tree_files(root: Path, below: str = "**") -> dict[str, Path]:
    """The files under *root* by their paths in it."""
    paths = sorted(path for path in root.glob(f"{below}/*") if path.is_file())
    return {path.relative_to(root).as_posix(): path for path in paths}


def stamps(root: Path) -> Stamps:
    """What tells whether a file under *root* was written again."""
    stats = {name: path.stat() for name, path in tree_files(root).items()}
    return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in stats.items()}


def written(before: Stamps, after: Stamps) -> set[str]:
    """The files that were written, or newly made, between two `stamps`."""
    return {name for name, stamp in after.items() if before.get(name) != stamp}


def pages_written(before: Stamps, after: Stamps) -> set[str]:
    """The documents whose HTML pages were written between two `stamps`."""
    paths = map(PurePosixPath, written(before, after))
    return {
        str(p.with_suffix(""))
        for p in paths
        if p.suffix == ".html" and p.stem not in MADE
    }


MADE = {"genindex", "search"}  # pages that Sphinx makes of no document


def own_files(out: Path) -> dict[str, bytes]:
    """The files of figlist's in an output folder: lists, checks and all of ``figlist/``."""
    found = {
        name: path.read_bytes() for name, path in tree_files(out, "figlist/**").items()
    }
    found |= {
        path.name: path.read_bytes() for path in out.glob("FIGURE_*") if path.is_file()
    }
    return found


def same_bytes(actual: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[str]:
    """How the files *actual* differ from the files *wanted*."""
    faults = [
        f"{name}: should not be there" for name in sorted(actual.keys() - wanted.keys())
    ]
    for name, content in sorted(wanted.items()):
        if name not in actual:
            faults.append(f"{name}: is missing")
        elif actual[name] != content:
            faults.append(
                f"{name}: differs\n{_diff(_lines(actual[name]), _lines(content))}"
            )
    return faults


def same_pages(actual: Site, wanted: Site, found: Iterable[str]) -> list[str]:
    """How the pages *actual* differ in their main contents, or in what they load.

    A page of a document that is gone stays, as Sphinx leaves it: *found* tells which are not.
    """
    faults = []
    names = {path.relative_to(wanted.out) for path in wanted.paths()}
    more = {path.relative_to(actual.out) for path in actual.paths()} - names
    documents = {Path(f"{name}.html") for name in found}
    documents |= {Path(name, "index.html") for name in found}
    faults += [f"{name}: should not be there" for name in sorted(more & documents)]
    for name in sorted(names):
        if not (actual.out / name).exists():
            faults.append(f"{name}: is missing")
            continue
        ours, theirs = actual.page(actual.out / name), wanted.page(wanted.out / name)
        if _loaded(ours, name) != _loaded(theirs, name):
            faults.append(f"{name}: loads {assets(ours)}, not {assets(theirs)}")
        one, two = (tostring(main_content(page), "unicode") for page in (ours, theirs))
        if one != two:
            diff = _diff(one.splitlines(), two.splitlines())
            faults.append(f"{name}: main content differs\n{diff}")
    return faults


def _loaded(page: Element, name: Path) -> list[str]:
    """What a page loads; Sphinx 7 puts checksums on a single page's only later."""
    single = version_info < (8,) and name == Path("index.html")
    return [one.partition("?")[0] if single else one for one in assets(page)]


def same_output(actual: Built, wanted: Built) -> list[str]:
    """How an incremental build's output differs from a clean one's."""
    if actual.builder in {"html", "dirhtml", "singlehtml"}:
        faults = same_pages(Site(actual.out), Site(wanted.out), actual.found)
        return faults + same_bytes(own_files(actual.out), own_files(wanted.out))
    ours, theirs = (
        {n: p.read_bytes() for n, p in tree_files(b.out).items()}
        for b in (actual, wanted)
    )
    if actual.builder == "epub":  # the rest says when it was made
        ours, theirs = (
            {n: c for n, c in each.items() if n.endswith(".xhtml")}
            for each in (ours, theirs)
        )
    gone = {
        name
        for name in ours.keys() - theirs.keys()
        if _is_left_over(name, actual.found)
    }
    return same_bytes({n: c for n, c in ours.items() if n not in gone}, theirs)


def search_index(content: bytes) -> dict[str, Any]:
    """What a ``searchindex.js`` holds, but for the names of the extensions that are on."""
    start, end = content.index(b"{"), content.rindex(b"}") + 1
    index: dict[str, Any] = json.loads(content[start:end])
    del index["envversion"]
    return index


def _is_left_over(name: str, found: Iterable[str]) -> bool:
    """Whether Sphinx leaves a file though nothing wants it: a lost page or picture."""
    path = PurePosixPath(name)
    gone = path.suffix in {".txt", ".xhtml", ".xml"} and str(
        path.with_suffix("")
    ) not in set(found)
    return gone or path.suffix == ".png"


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "backslashreplace").splitlines()


def _diff(actual: list[str], wanted: list[str]) -> str:
    diff = difflib.unified_diff(wanted, actual, "wanted", "actual", n=1, lineterm="")
    return "\n".join(line[:400] for line in list(diff)[:24])
