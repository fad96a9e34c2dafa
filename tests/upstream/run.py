"""Run Sphinx's own tests without figlist and with it, and compare what they leave.

    python tests/upstream/run.py FOLDER [--only NAME ...] [--first]

Gets the tests of the Sphinx that is installed from its source distribution, runs them
twice at the same time in FOLDER, each time in one process and in one order (many share
their output folders), and compares.  The exit code is 1 where a test passes without
figlist and fails with it, or where a file that an application wrote is another, but for
what ``exceptions.py`` names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import sphinx
from compare import Run, differences
from exceptions import EXCEPTED, NOT_RUN

HERE = Path(__file__).parent
#: What is run, as far as the Sphinx at hand has it.
AREAS = {
    "builders": ("tests/test_builders",),
    "directives": ("tests/test_directives",),
    "environment": ("tests/test_environment", "tests/test_toctree.py"),
    "extensions": (
        "tests/test_extensions",
        "tests/test_ext_autodoc",
        "tests/test_ext_autosummary",
        "tests/test_ext_imgconverter",
        "tests/test_ext_intersphinx",
        "tests/test_ext_napoleon",
    ),
    "intl": ("tests/test_intl",),
    "writers": ("tests/test_writers",),
}
#: Differences that are shown in full.
SHOWN = 40


def sdist(folder: Path) -> Path:
    """The source distribution of the installed Sphinx, downloaded into *folder*."""
    name = f"sphinx-{sphinx.__version__}.tar.gz"
    if not (folder / name).exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
        pip += ["--no-binary", "sphinx", "-d", str(folder)]
        subprocess.run([*pip, f"sphinx=={sphinx.__version__}"], check=True)
    return folder / name


def start(
    mode: str, home: Path, archive: Path, areas: list[str]
) -> subprocess.Popen[bytes]:
    """Begin to run the tests in *home*, a folder that is made anew."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        tar.extractall(home.parent / "unpacked" / home.name, filter="data")
    unpacked = (
        home.parent / "unpacked" / home.name / archive.name.removesuffix(".tar.gz")
    )
    for part in ("tests", "pyproject.toml"):
        shutil.move(unpacked / part, home / part)
    paths = [path for area in areas for path in AREAS[area] if (home / path).exists()]
    command = [sys.executable, "-m", "pytest", "-p", "plugin", "-p", "no:cacheprovider"]
    command += ["--tb=short", "--show-capture=no", f"--basetemp={home / 'tmp'}"]
    command += [f"--deselect={test}" for test in NOT_RUN]
    environ = {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
        "FIGLIST_UPSTREAM": mode,
        "FIGLIST_UPSTREAM_HOME": str(home),
        "FIGLIST_UPSTREAM_RECORD": str(home / "record"),
    }
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [*command, *paths], cwd=home, env=environ, stdout=log, stderr=log
        )


def main() -> int:
    """Run, compare, say what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=AREAS, default=list(AREAS))
    parser.add_argument(
        "--first", action="store_true", help="figlist before the others"
    )
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    archive = sdist(folder)
    # Of one length, since some writers wrap lines that hold a path, and words that the
    # search index leaves out, since some pages show one.
    with_figlist = "figlist-first" if options.first else "figlist"
    runs = {"without": folder / "that", with_figlist: folder / "with"}
    processes = {
        mode: start(mode, home, archive, options.only) for mode, home in runs.items()
    }
    for mode, process in processes.items():
        status = process.wait()
        log = (runs[mode] / "log").read_text("utf-8", "replace")
        print(f"Sphinx {sphinx.__version__}, {mode}: {log.splitlines()[-1]}")
        if status not in (0, 1) or not (runs[mode] / "record" / "record.json").exists():
            print(log[-4000:])
            return 2
    plain, ours = (Run.load(home / "record") for home in runs.values())
    unmeant, excepted = [], dict.fromkeys(EXCEPTED, 0)
    for difference in differences(plain, ours):
        for one in EXCEPTED:
            if one.covers(difference):
                excepted[one] += 1
                break
        else:
            unmeant.append(difference)
    seen: set[tuple[str, str]] = set()
    for difference in unmeant:
        what = (difference.file, difference.text)
        if what not in seen and len(seen) < SHOWN:
            print(f"\n{difference.test}\n  {difference.file or 'outcome'}")
            print("    " + difference.text.replace("\n", "\n    "))
        seen.add(what)
    if len(seen) > SHOWN:
        print(f"\n... and {len(seen) - SHOWN} more")
    for one, count in excepted.items():
        print(f"excepted, {count} times: {one.test} {one.file}: {one.reason}")
    for test, reason in NOT_RUN.items():
        print(f"not run: {test}: {reason}")
    print(
        f"{len(plain.outcomes)} tests, {len(plain.passed())} passed without figlist, "
        f"{len(ours.passed())} with it; {plain.files()} outputs compared, "
        f"{len(unmeant)} differ"
    )
    return 1 if unmeant or not plain.passed() else 0


if __name__ == "__main__":
    sys.exit(main())
