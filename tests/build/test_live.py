"""An author's day: sphinx-autobuild serves the book, and a chapter is edited."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest
from support import atlas, lacking, touch_now, write_tree

DEADLINE = 90.0  # seconds that a slow machine may take

pytestmark = pytest.mark.live


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


class Server:
    """A sphinx-autobuild server of a book, and what it said."""

    def __init__(self, source: Path, out: Path, log: Path) -> None:
        self.log = log
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        command = [sys.executable, "-m", "sphinx_autobuild", "--host", "127.0.0.1"]
        command += ["--port", str(port), str(source), str(out)]
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                command, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
            )

    def stop(self) -> None:
        """End the server and what it started, whatever state they are in."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(10)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self.process.wait(10)

    def page(self, name: str) -> str:
        """What is served as *name* now; nothing where the server is not up or has it not."""
        try:
            # No proxy that the environment names stands before a server of our own.
            with build_opener(ProxyHandler({})).open(
                f"{self.address}/{name}", timeout=5
            ) as answer:
                page: str = answer.read().decode()
        except (URLError, OSError):
            return ""
        return page

    def wait(self, name: str, shows: Callable[[str], bool]) -> str:
        """The page *name* once it *shows* what is waited for."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            page = self.page(name)
            if shows(page):
                return page
            assert self.process.poll() is None, f"the server ended:\n{self.said()}"
            time.sleep(0.2)
        pytest.fail(f"{name} never showed it; the server said:\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "book", atlas())


@pytest.fixture
def server(tmp_path: Path, book: Path) -> Iterator[Server]:
    if find_spec("sphinx_autobuild") is None:
        lacking("sphinx-autobuild")
    server = Server(book, tmp_path / "out", tmp_path / "log")
    try:
        yield server
    finally:
        server.stop()


def test_a_caption_is_edited(server: Server, book: Path) -> None:
    page = server.wait("figures.html", lambda page: "chalk, <em>white</em>" in page)
    assert "of slate" not in page

    chapter = book / "vol1" / "coast.rst"
    source = chapter.read_text(encoding="utf-8")
    chapter.write_text(
        source.replace("chalk, *white*", "a cliff of slate, *dark*"), encoding="utf-8"
    )
    touch_now(chapter)

    page = server.wait(
        "figures.html", lambda page: "a cliff of slate, <em>dark</em>" in page
    )
    assert "chalk, <em>white</em>" not in page
    # Its own page is written after the list's, and the files at the end.
    server.wait("vol1/coast.html", lambda page: "of slate" in page)
    server.wait("figlist/FIGURE_LIST_VOL1.md", lambda file: "of slate" in file)
