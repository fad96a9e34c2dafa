"""Take the pictures of the layouts that the documentation shows.

    python docs/screenshots.py

builds the demo book and has Chromium take a picture of the head of each list, wide
and as on a phone. It needs the extra ``docs`` and ``chromium``; commit what it writes
to ``docs/screenshots/``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

DOCS = Path(__file__).parent
#: The demo book's pages by layout.
PAGES = {
    "full": "figures.html",
    "compact": "vol2/figures.html",
    "table": "table.html",
    "gallery": "gallery.html",
}
#: Width and height of the window in pixels, by what the picture is called.
WINDOWS = {"wide": (1100, 760), "phone": (500, 760)}
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def main() -> None:
    """Build, and take all pictures.

    :raises SystemExit: where the browser is missing.
    :raises subprocess.CalledProcessError: where a build or a picture fails.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("screenshots.py needs chromium on the PATH")
    folder = DOCS / "screenshots"
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        book = Path(scratch, "book")
        theme = ["-D", "html_theme=furo"]
        sphinx = [sys.executable, "-m", "sphinx", "-q", *theme]
        subprocess.run([*sphinx, DOCS / "demo", book], check=True)  # noqa: S603
        for layout, page in PAGES.items():
            for name, (width, height) in WINDOWS.items():
                picture = folder / f"{layout}-{name}.png"
                command = [
                    *(browser, *FLAGS, f"--user-data-dir={scratch}/profile"),
                    f"--window-size={width},{height}",
                    f"--screenshot={picture}",
                    Path(book, page).as_uri(),
                ]
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603


if __name__ == "__main__":
    main()
