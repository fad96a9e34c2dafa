"""Take the pictures of the layouts that the documentation shows.

    python docs/screenshots.py
    python docs/screenshots.py --before REVISION

builds the demo book and has Chromium take a picture of the head of each list, wide and
as on a phone; and the book of ordinary captions (``ordinary.py``), for a picture of
each layout with one, three and forty figures. With ``--before`` it takes those last
ones alone, as an earlier revision of the package has them. It needs the extra ``docs``
and ``chromium``; commit what it writes to ``docs/screenshots/``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import ordinary

DOCS = Path(__file__).parent
FOLDER = DOCS / "screenshots"
#: The demo book's pages by layout.
PAGES = {
    "full": "figures.html",
    "compact": "vol2/figures.html",
    "table": "table.html",
    "gallery": "gallery.html",
}
#: Width and height of the window in pixels, by what the picture is called.
WINDOWS = {"wide": (1100, 760), "phone": (500, 760)}
#: The height for lists of one, three and forty figures, in a window of this width.
HEIGHTS = {"one": 330, "three": 560, "forty": 900}
WIDTH = 760
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def build(source: Path, out: Path, theme: str, package: Path | None = None) -> None:
    """Build a book, by the *package* in a folder where one is given."""
    where = {"PYTHONPATH": str(package)} if package else {}
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-D", f"html_theme={theme}"]
    command = [*sphinx, str(source), str(out)]
    # Elsewhere, or Python would import the package that lies here.
    subprocess.run(  # noqa: S603
        command, check=True, env={**os.environ, **where}, cwd=out.parent
    )


def take(browser: str, page: Path, picture: str, size: tuple[int, int]) -> None:
    """Take a picture of a page's head."""
    with TemporaryDirectory() as profile:
        command = [
            *(browser, *FLAGS, f"--user-data-dir={profile}"),
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={FOLDER / picture}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def layouts(browser: str, scratch: Path) -> None:
    """The layouts' pictures, of the demo book."""
    book = scratch / "demo"
    build(DOCS / "demo", book, "furo")
    for layout, page in PAGES.items():
        for name, size in WINDOWS.items():
            take(browser, book / page, f"{layout}-{name}.png", size)


def looks(browser: str, scratch: Path, when: str, package: Path | None = None) -> None:
    """The pictures of ordinary captions."""
    source, book = scratch / "ordinary", scratch / f"ordinary-{when}"
    options = {"nosidebar": True, "page_width": f"{WIDTH}px"}
    ordinary.write(source, html_theme_options=options, html_show_sourcelink=False)
    build(source, book, "alabaster", package)
    for layout in ordinary.LAYOUTS:
        for count, height in HEIGHTS.items():
            name = f"{layout}-{count}"
            size = (WIDTH, height)
            take(browser, book / f"{name}.html", f"look-{name}-{when}.png", size)


def main() -> None:
    """Build, and take all pictures.

    :raises SystemExit: where the browser is missing.
    :raises subprocess.CalledProcessError: where a build or a picture fails.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--before", metavar="REVISION", help="an earlier revision")
    before = parser.parse_args().before
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    git = shutil.which("git")
    if browser is None or git is None:
        raise SystemExit("screenshots.py needs chromium and git on the PATH")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        if before:
            archive = scratch / "before.tar"
            command = [git, "archive", "-o", str(archive), before, "sphinxext_figlist"]
            subprocess.run(command, check=True, cwd=DOCS.parent)  # noqa: S603
            shutil.unpack_archive(archive, scratch / "before", filter="data")
            looks(browser, scratch, "before", scratch / "before")
        else:
            layouts(browser, scratch)
            looks(browser, scratch, "now", DOCS.parent)


if __name__ == "__main__":
    main()
