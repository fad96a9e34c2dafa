"""A pytest plugin for Sphinx's own tests: figlist in every application, or in none.

``FIGLIST_UPSTREAM`` says which: ``figlist`` sets the extension up in each application
that a test makes, after the extensions of its ``conf.py`` (``figlist-first``: before
them); ``without`` leaves the applications alone.  Either way the outcome of each test,
what its applications said on the console, and a digest of every file in their output
folders go into the folder ``FIGLIST_UPSTREAM_RECORD``.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from sphinx import application

EXTENSION = "sphinxext_figlist"
MODE = os.environ["FIGLIST_UPSTREAM"]
RECORD = Path(os.environ["FIGLIST_UPSTREAM_RECORD"])
#: The folder that differs between the two runs: its name is put out of all texts.
HOME = os.environ["FIGLIST_UPSTREAM_HOME"].encode()

#: What is Python's own and not an output, and what TeX makes of an output.
PICKLES = frozenset({".doctree", ".pickle", ".pyc"})
TYPESET = frozenset({".pdf", ".aux", ".log", ".fls", ".fdb_latexmk", ".out", ".toc"})
DAYS = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
MONTHS = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
DATES = re.compile(
    rb"\b20\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{4})?)?"
    rb"|\b(?:" + DAYS + rb",? )?" + MONTHS + rb" [0-3]?\d, 20\d\d"
    rb"|\b[0-3]?\d " + MONTHS + rb",? 20\d\d(?: [0-2]\d:[0-5]\d:[0-5]\d(?: GMT)?)?"
)
#: Ports of the servers that tests run, addresses of objects in memory, folders that a
#: test names by chance.
VOLATILE = re.compile(
    rb"(?<=localhost:)\d+|(?<=127\.0\.0\.1:)\d+|(?<=port=)\d+|\b0x[0-9a-f]{8,}\b"
    rb"|(?<=tmp/)[0-9a-f]{8}(?=/)"
)
#: What each extension is told of in the second application of a process, and how many
#: warnings there were with that.
AGAIN = re.compile(
    rb".*WARNING: while setting up extension .* is already registered.*\n"
    rb"|(?<=build succeeded, )\d+(?= warning)"
)


def normalised(data: bytes) -> bytes:
    """*data* without what differs from run to run."""
    data = data.replace(HOME, b"HOME")
    data = AGAIN.sub(b"", data)
    return VOLATILE.sub(b"N", DATES.sub(b"DATE", data))


class Recorder:
    """What the tests leave, as they go."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.outputs: dict[str, list[dict[str, str]]] = {}
        self.apps: list[application.Sphinx] = []
        self._seen: dict[tuple[str, int, int], dict[str, str]] = {}
        self._contents = RECORD / "contents"
        self._contents.mkdir(parents=True, exist_ok=True)

    def keep(self, data: bytes, *, ordered: bool = True) -> str:
        """A digest of *data*, by which the comparison finds it again.

        :param ordered: whether the lines always come in one order.
        """
        data = normalised(data)
        if not ordered:
            data = b"\n".join(sorted(data.splitlines()))
        digest = blake2b(data, digest_size=12).hexdigest()
        path = self._contents / digest
        if not path.exists():
            path.write_bytes(data)
        return digest

    def file(self, path: Path, ordered: bool) -> dict[str, str]:
        """Digests of a file, or of each member of an archive, by name within."""
        state = path.stat()
        key = (str(path), state.st_mtime_ns, state.st_size)
        if key not in self._seen:
            data = path.read_bytes()
            if path.suffix == ".epub" and zipfile.is_zipfile(path):
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    found = {
                        f"!{n}": self.keep(archive.read(n)) for n in archive.namelist()
                    }
                    found["!"] = self.keep("\n".join(archive.namelist()).encode())
            else:
                found = {"": self.keep(data, ordered=ordered)}
            self._seen[key] = found
        return self._seen[key]

    def output(self, app: application.Sphinx) -> dict[str, str]:
        """Digests of all that *app* has written, and of what it said."""
        found: dict[str, str] = {}
        # Links are checked, and told of, in threads.
        ordered = app.builder.name != "linkcheck"
        for part, stream in (("status", app._status), ("warnings", app._warning)):
            if isinstance(stream, io.StringIO):
                found[f"({part})"] = self.keep(
                    stream.getvalue().encode(), ordered=ordered
                )
        outdir = Path(app.outdir)
        # Where TeX was run beside its sources.
        compiled = {log.parent for log in outdir.rglob("*.log")}
        for path in sorted(outdir.rglob("*")) if outdir.is_dir() else ():
            if not path.is_file() or path.suffix in PICKLES:
                continue
            if path.parent in compiled and path.suffix in TYPESET:
                continue
            name = path.relative_to(outdir).as_posix()
            found |= {
                name + member: d for member, d in self.file(path, ordered).items()
            }
        return found


recorder = Recorder()


def _patch() -> None:
    """Have each application known, and figlist set up in it."""
    sphinx = application.Sphinx
    make, preload = sphinx.__init__, sphinx.preload_builder

    def init(self: application.Sphinx, *args: Any, **kwargs: Any) -> None:
        recorder.apps.append(self)
        make(self, *args, **kwargs)

    def preload_builder(self: application.Sphinx, name: str) -> None:
        self.setup_extension(EXTENSION)
        preload(self, name)

    sphinx.__init__ = init  # type: ignore[method-assign]
    if MODE == "figlist":
        sphinx.preload_builder = preload_builder  # type: ignore[method-assign]
    elif MODE == "figlist-first":
        application.builtin_extensions += (EXTENSION,)


def pytest_configure(config: pytest.Config) -> None:
    _patch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Record what the test's applications have left, before it is cleaned up."""
    recorder.outputs[item.nodeid] = [
        recorder.output(app) for app in recorder.apps if hasattr(app, "builder")
    ]
    recorder.apps.clear()
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    before = recorder.outcomes.get(report.nodeid, "passed")
    if report.outcome != "passed" or before == "passed":
        recorder.outcomes[report.nodeid] = report.outcome


def pytest_sessionfinish() -> None:
    found = {"outcomes": recorder.outcomes, "outputs": recorder.outputs}
    (RECORD / "record.json").write_text(json.dumps(found), "utf-8")
