"""What the tests share: source trees, builds, pages and the comparing of outputs.

Everything here knows figlist by its public surface alone.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import shutil
import struct
import sys
import time
import warnings as python_warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, tostring

import html5lib  # type: ignore[import-untyped,unused-ignore]
import pytest
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace, patch_docutils

Files = Mapping[str, str | bytes]

# -- source trees -----------------------------------------------------------------


def write_tree(root: Path, files: Files) -> Path:
    """Write *files*, which are paths below *root* and what they hold."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
    return root


def conf(**values: object) -> str:
    """The text of a ``conf.py`` that sets *values*."""
    return "".join(f"{name} = {value!r}\n" for name, value in values.items())


def png(seed: int = 0, width: int = 4, height: int = 3) -> bytes:
    """A small picture that differs with *seed*."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    row = b"\0" + bytes([seed * 53 % 256, seed * 101 % 256, seed * 197 % 256]) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(row * height)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def touch_now(path: Path) -> None:
    """Give *path* a modification time that no earlier build can have reached."""
    now = time.time_ns()
    os.utime(path, ns=(now, now))


# -- what a machine may lack ------------------------------------------------------


def lacking(what: str) -> NoReturn:
    """Skip the test for want of *what*; on a CI machine, which has it all, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have {what}")
    pytest.skip(f"needs {what}")


SEED = Path(__file__).parents[3] / "shared" / "seed"


def load_seed() -> Any:
    """The generator of the reference books, which is a script and no package of ours."""
    path = SEED / "make_book.py"
    if not path.exists():
        lacking(f"the reference book's generator, {path}")
    spec = spec_from_file_location("make_book", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["make_book"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


# -- builds -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What one run of Sphinx did."""

    builder: str
    out: Path
    code: int
    read: frozenset[str]  # the documents that it read
    found: frozenset[str]  # the documents that the project has
    status: str
    warnings: str

    @property
    def in_parallel(self) -> set[str]:
        """The phases that handed their work to processes, several documents at once."""
        lines = [line for line in self.status.splitlines() if " .. " in line]
        phases = {"reading sources...": "reading", "writing output...": "writing"}
        return {
            name
            for start, name in phases.items()
            if any(line.startswith(start) for line in lines)
        }


def build(
    source: Path,
    out: Path,
    *,
    builder: str = "html",
    doctrees: Path | None = None,
    parallel: int = 1,
    only: Sequence[Path] = (),
    tags: Sequence[str] = (),
    overrides: Mapping[str, Any] | None = None,
    fresh: bool = False,
    warning_is_error: bool = False,
    allow: Sequence[str] | None = (),
    then: Callable[[], None] | None = None,
) -> Built:
    """Run Sphinx as ``sphinx-build`` does, in this process.

    *allow* holds texts of which each line of a warning must hold one (``None``: any
    warning passes). *only* names the files to write, as a command line's would.
    *then* is done after the build, and the same application builds once more.
    """
    status, warning = io.StringIO(), io.StringIO()
    read: set[str] = set()

    def note_read(app: Sphinx, env: object, docnames: list[str]) -> None:
        read.update(docnames)

    with (
        python_warnings.catch_warnings(),
        patch_docutils(source),
        docutils_namespace(),
    ):
        # Python's warnings are errors where they are ours. What other packages do,
        # and that pytest may run a thread when workers are forked, is not.
        python_warnings.simplefilter("ignore")
        python_warnings.filterwarnings("error", module=r"sphinxext_figlist(\..*)?")
        translators.clear()  # or the language of an earlier build would speak in this
        app = Sphinx(
            source,
            source,
            out,
            doctrees or out.with_name(f"{out.name}.doctrees"),
            builder,
            confoverrides=dict(overrides or {}),
            status=status,
            warning=warning,
            freshenv=fresh,
            warningiserror=warning_is_error,
            tags=list(tags),
            parallel=parallel,
        )
        app.connect("env-before-read-docs", note_read, priority=10_000)
        app.build(False, [*only])
        if then:
            read.clear()
            then()
            app.build()
        found = frozenset(app.env.found_docs)
    built = Built(
        builder=builder,
        out=out,
        code=app.statuscode,
        read=frozenset(read),
        found=found,
        status=strip_colors(status.getvalue()),
        warnings=strip_colors(warning.getvalue()).strip(),
    )
    if allow is not None:
        lines = filter(str.strip, built.warnings.splitlines())
        unexpected = [line for line in lines if not any(part in line for part in allow)]
        assert not unexpected, "unexpected warnings:\n" + "\n".join(unexpected)
        assert built.code == 0 or allow, f"exit code {built.code}"
    return built


# -- pages ------------------------------------------------------------------------


def parse(page: Path) -> Element:
    """The tree of an HTML page."""
    with page.open("rb") as stream:
        tree: Element = html5lib.parse(
            stream, namespaceHTMLElements=False, transport_encoding="utf-8"
        )
    return tree


def elements(root: Element, tag: str | None = None) -> Iterator[Element]:
    """*root* and the elements in it (of that *tag*), in document order."""
    for element in root.iter():
        name: object = element.tag  # a comment's is no string
        if name == tag or (tag is None and isinstance(name, str)):
            yield element


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def by_class(root: Element, name: str) -> list[Element]:
    """The elements in *root* that have the class *name*."""
    return [element for element in elements(root) if name in classes(element)]


def only_by_class(root: Element, name: str) -> Element:
    """The one element in *root* that has the class *name*."""
    found = by_class(root, name)
    assert len(found) == 1, f"{len(found)} elements of class {name!r}, not one"
    return found[0]


def text(element: Element) -> str:
    """What a reader sees of *element*, with its blanks made single spaces."""
    return " ".join("".join(element.itertext()).split())


def main_content(page: Path | Element) -> Element:
    """The part of a page that is the document's own, without the theme's around it."""
    root = parse(page) if isinstance(page, Path) else page
    found = [element for element in elements(root) if element.get("role") == "main"]
    found = found or list(elements(root, "main")) or by_class(root, "body")
    assert len(found) == 1, f"{page}: {len(found)} main contents, not one"
    return found[0]


def assets(page: Element) -> list[str]:
    """The style sheets and scripts that a page loads."""
    links = [
        element
        for element in elements(page, "link")
        if element.get("rel") == "stylesheet"
    ]
    scripts = [element for element in elements(page, "script") if element.get("src")]
    return [e.get("href", "") for e in links] + [e.get("src", "") for e in scripts]


def ids(root: Element) -> set[str]:
    return {
        element.attrib["id"] for element in elements(root) if "id" in element.attrib
    }


def figure_numbers(page: Path) -> dict[str, str]:
    """What each id of a figure's on a page is numbered, as the page prints it."""
    numbers = {}
    for figure in elements(main_content(page), "figure"):
        captions = [child for child in figure if child.tag == "figcaption"]
        printed = [
            n for caption in captions for n in by_class(caption, "caption-number")
        ]
        assert len(printed) < 2, f"{page}: a figure with {len(printed)} numbers"
        for name in ids(figure):
            numbers[name] = text(printed[0]) if printed else ""
    return numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An entry of a list page, as a reader sees it."""

    number: str
    href: str
    link: str
    words: str


def entries(page: Path) -> list[Entry]:
    """The entries of all the lists on *page*."""
    lists = by_class(main_content(page), "figlist")
    assert lists, f"{page} has no list"
    found = []
    for parent in (element for each in lists for element in elements(each)):
        children = list(parent)
        for element, after in zip_longest(children, children[1:]):
            if "figlist-entry" not in classes(element):
                continue
            link = only_by_class(element, "figlist-link")
            assert link.tag == "a", f"an entry's link is a {link.tag}"
            numbers = by_class(link, "figlist-number")
            number = text(numbers[0]) if numbers else ""
            assert text(link).startswith(number)
            words = text(element)
            if element.tag == "dt" and after is not None and after.tag == "dd":
                words = f"{words} {text(after)}".strip()
            href = link.get("href", "")
            found.append(Entry(number=number, href=href, link=text(link), words=words))
    return found


class Site:
    """An output folder of HTML, each of its pages parsed once."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._pages: dict[Path, Element] = {}

    def paths(self) -> list[Path]:
        """The pages of the site, in order of their names."""
        ours = (path for path in self.out.rglob("*.html") if path.is_file())
        return sorted(
            p for p in ours if p.relative_to(self.out).parts[0] not in NO_PAGES
        )

    def page(self, path: Path) -> Element:
        if path not in self._pages:
            self._pages[path] = parse(path)
        return self._pages[path]

    def target(self, page: Path, href: str) -> tuple[Path, str] | None:
        """The file and the id to which *href* leads on *page*; None where it leads away."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        file = Path(os.path.normpath(page.parent / path)) if path else page
        if file.is_dir():
            file /= "index.html"
        return file, unquote(parts.fragment)

    def dead_links(self, pages: Iterable[Path] | None = None) -> list[str]:
        """The links and pictures in main contents that lead to nothing."""
        dead = []
        for page in self.paths() if pages is None else pages:
            for element in elements(main_content(self.page(page))):
                for attribute in ("href", "src"):
                    address = element.get(attribute)
                    target = self.target(page, address) if address is not None else None
                    if target is None:
                        continue
                    file, name = target
                    name_dead = name and (
                        file.suffix != ".html" or name not in ids(self.page(file))
                    )
                    if not file.is_file() or name_dead:
                        dead.append(
                            f"{page.relative_to(self.out)}: {attribute}={address}"
                        )
        return dead


NO_PAGES = {"_static", "_sources", "_images", "_downloads", "figlist", ".doctrees"}

# -- outputs ----------------------------------------------------------------------

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
        if assets(ours) != assets(theirs):
            faults.append(f"{name}: loads {assets(ours)}, not {assets(theirs)}")
        one, two = (tostring(main_content(page), "unicode") for page in (ours, theirs))
        if one != two:
            diff = _diff(one.splitlines(), two.splitlines())
            faults.append(f"{name}: main content differs\n{diff}")
    return faults


def same_output(actual: Built, wanted: Built) -> list[str]:
    """How an incremental build's output differs from a clean one's."""
    if actual.builder in {"html", "dirhtml", "singlehtml"}:
        faults = same_pages(Site(actual.out), Site(wanted.out), actual.found)
        return faults + same_bytes(own_files(actual.out), own_files(wanted.out))
    ours, theirs = (
        {n: p.read_bytes() for n, p in tree_files(b.out).items()}
        for b in (actual, wanted)
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
    gone = path.suffix == ".txt" and str(path.with_suffix("")) not in set(found)
    return gone or path.suffix == ".png"


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "backslashreplace").splitlines()


def _diff(actual: list[str], wanted: list[str]) -> str:
    diff = difflib.unified_diff(wanted, actual, "wanted", "actual", n=1, lineterm="")
    return "\n".join(line[:400] for line in list(diff)[:24])


# -- a book that is edited --------------------------------------------------------


@dataclass(kw_only=True)
class Lab:
    """A book, its builds over shared doctrees, and clean builds to hold them against.

    The source folder is the same in both, so that nothing differs but what was kept.
    """

    root: Path
    files: Files

    def __post_init__(self) -> None:
        self.source = self.root / "book"
        self.doctrees = self.root / "built" / "doctrees"
        write_tree(self.source, self.files)

    # edits

    def path(self, name: str) -> Path:
        return self.source / name

    def read(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        write_tree(self.source, {name: content})
        touch_now(self.path(name))

    def edit(self, name: str, old: str, new: str) -> None:
        """Put *new* for *old*, which must stand once in the file."""
        before = self.read(name)
        assert before.count(old) == 1, f"{name} has {old!r} {before.count(old)} times"
        self.write(name, before.replace(old, new))

    def append(self, name: str, more: str) -> None:
        self.write(name, self.read(name) + more)

    def remove(self, name: str) -> None:
        self.path(name).unlink()

    # builds

    def out(self, builder: str = "html") -> Path:
        return self.root / "built" / builder

    def build(
        self, builder: str = "html", *, into: str | None = None, **options: Any
    ) -> Built:
        """Build on what earlier builds left."""
        out = self.out(into or builder)
        return build(
            self.source, out, builder=builder, doctrees=self.doctrees, **options
        )

    def clean(self, builder: str = "html", **options: Any) -> Built:
        """Build from nothing, beside."""
        folder = self.root / "clean" / builder
        shutil.rmtree(folder, ignore_errors=True)
        out, doctrees = folder / "out", folder / "doctrees"
        return build(self.source, out, builder=builder, doctrees=doctrees, **options)

    def check(
        self,
        builder: str = "html",
        *,
        built: Built | None = None,
        tags: Sequence[str] = (),
        allow: Sequence[str] | None = (),
        **options: Any,
    ) -> Built:
        """Build incrementally (or take *built*) and hold the output against a clean build's."""
        actual = built or self.build(builder, tags=tags, allow=allow, **options)
        wanted = self.clean(builder, tags=tags, allow=allow)
        faults = same_output(actual, wanted)
        assert not faults, "the incremental build left\n" + "\n".join(faults)
        if builder in {"html", "dirhtml"}:
            dead = Site(wanted.out).dead_links()
            assert not dead, "dead links:\n" + "\n".join(dead)
        return actual

    # the state, kept and brought back

    def save(self) -> None:
        """Keep the book and its builds as they are now."""
        kept = self.root / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        for name in ("book", "built"):
            shutil.copytree(self.root / name, kept / name)

    def first(self, builder: str = "html") -> Built:
        """What `save` kept of the output, as the build that it was, from nothing."""
        nothing: frozenset[str] = frozenset()
        out = self.root / "kept" / "built" / builder
        return Built(
            builder=builder,
            out=out,
            code=0,
            read=nothing,
            found=nothing,
            status="",
            warnings="",
        )

    def restore(self) -> None:
        """Bring back, with their times, what `save` kept."""
        for name in ("book", "built"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            shutil.copytree(self.root / "kept" / name, self.root / name)


# -- a small book -----------------------------------------------------------------

ATLAS_CONF: dict[str, object] = {
    "project": "A Small Atlas",
    "extensions": ["myst_parser", "sphinxext_figlist"],
    "exclude_patterns": ["_build", "shared"],
    "numfig": True,
    "figlist_number_uncaptioned": True,
    "figlist_formats": ["markdown", "json"],
    "figlist_volumes": [
        {"id": "1", "title": "Land", "root": "vol1/index"},
        {"id": "2", "title": "Water", "root": "vol2/index"},
    ],
}

_ATLAS = {
    "index.rst": """\
A small atlas
=============

.. toctree::
   :maxdepth: 1

   vol1/index
   vol2/index
   figures
""",
    "figures.rst": """\
Figures
=======

.. figlist::
""",
    "vol1/index.rst": """\
Land
====

.. toctree::
   :numbered:

   coast
   hills
   plain
""",
    "vol1/coast.rst": """\
.. _coast:

The coast
=========

As :numref:`fig-cliff` shows, and :numref:`fig-bare` without words, the land ends
somewhere; the other volume has :numref:`fig-delta`, and hills :numref:`fig-ridge`.

.. figure:: /images/cliff.png
   :name: fig-cliff
   :alt: A chalk cliff over a beach.

   **Cliff:** chalk, *white* and :math:`h > 100` metres high.

.. figure:: /images/bare.png
   :name: fig-bare
   :alt: A bare rock.

.. figure:: /images/dune.png
   :alt: A dune.

   A dune moves, as :numref:`fig-ridge` does not; see :ref:`ridges`. [#note]_

   The legend of the "dune".

.. [#note] A note on dunes.
""",
    "vol1/hills.md": """\
(hills)=
# The hills

{numref}`fig-ridge` comes after {numref}`fig-cliff`, and after all, the café.

(ridges)=
## Ridges

```{figure} /images/ridge.png
:name: fig-ridge
:alt: A "ridge" under snow.

**Ridge**: a line of [hills](https://example.org/hills), with `code` in it.
```

```{figure} /images/cairn.png
:name: fig-cairn

*Cairn*, of stones.
```
""",
    "vol1/plain.rst": """\
The plain
=========

On the plain lie :numref:`fig-field` and :numref:`fig-cairn`.

.. only:: html

   .. figure:: /images/screen.png
      :name: fig-screen
      :alt: A screen.

      Screen: seen on a screen alone.

.. only:: latex

   .. figure:: /images/paper.png
      :name: fig-paper
      :alt: A sheet of paper.

      Paper: seen in print alone.

.. only:: draft

   .. figure:: /images/draft.png
      :name: fig-draft
      :alt: A draft.

      Draft: seen in drafts alone.

.. include:: /shared/field.txt
""",
    "shared/field.txt": """\
.. figure:: /images/field.png
   :name: fig-field
   :alt: A field.

   Field: which lies in a file that the chapter includes.
""",
    "vol2/index.rst": """\
Water
=====

.. toctree::
   :numbered:

   rivers
   lakes
   springs
   figures
""",
    "vol2/rivers.md": """\
# The rivers

Unlike {numref}`fig-cliff`, {numref}`fig-delta` is flat. Of {numref}`fig-mouth` no words.

```{figure} /images/delta.png
:name: fig-delta
:alt: A delta from above.

**Delta**: where a river ends, see {numref}`fig-mouth`.
```

```{figure} /images/mouth.png
:name: fig-mouth
:alt: A river's mouth.
```
""",
    "vol2/lakes.rst": """\
The lakes
=========

No lake has a picture here; :numref:`fig-geyser` is no lake, and :numref:`fig-cliff` is none.
""",
    "vol2/springs.rst": """\
The springs
===========

.. figlist::
   :scope: chapter
   :layout: compact

.. note::

   .. figure:: /images/geyser.png
      :name: fig-geyser
      :alt: A geyser.

      Geyser: hot water, in a note.

.. figure:: /images/well.png
   :name: fig-well
   :alt: A well.

   Well: cold water.
""",
    "vol2/figures.rst": """\
Figures of this volume
======================

.. figlist::
   :layout: compact
""",
    "orphan.rst": """\
:orphan:

An orphan
=========

It refers to :numref:`fig-cliff` and lists figures too.

.. figlist::
   :layout: compact
   :volume: 1
""",
}

ATLAS_PICTURES = [
    *("bare", "cairn", "cliff", "delta", "draft", "dune", "field"),
    *("geyser", "mouth", "new", "paper", "ridge", "screen", "well"),
]


def atlas(**values: object) -> dict[str, str | bytes]:
    """A small book in two volumes, rST and MyST; *values* go over its configuration's."""
    files: dict[str, str | bytes] = dict(_ATLAS)
    files["conf.py"] = atlas_conf(**values)
    files |= {
        f"images/{name}.png": png(seed) for seed, name in enumerate(ATLAS_PICTURES)
    }
    return files


def atlas_conf(**values: object) -> str:
    """The book's ``conf.py`` with *values* over its own; one that is None is left out."""
    merged = {**ATLAS_CONF, **values}
    return conf(**{name: value for name, value in merged.items() if value is not None})


def without_figlist(files: Files) -> dict[str, str | bytes]:
    """The same book for plain Sphinx: without the directives, extension and settings."""
    plain: dict[str, str | bytes] = {}
    for name, content in files.items():
        if isinstance(content, str) and name == "conf.py":
            kept = [
                line for line in content.splitlines() if not line.startswith("figlist_")
            ]
            content = "\n".join(kept).replace(", 'sphinxext_figlist'", "") + "\n"
        elif isinstance(content, str):
            content = _without_directives(content)
        plain[name] = content
    return plain


def _without_directives(source: str) -> str:
    kept, inside = [], False
    for line in source.splitlines():
        inside = line == ".. figlist::" or (inside and line.startswith("   "))
        if not inside:
            kept.append(line)
    return "\n".join(kept) + "\n"
