"""What may differ with figlist in Sphinx's own tests, and why: a short list."""

from __future__ import annotations

from compare import Excepted

#: Tests that are not run: they need the network, or compare what they cannot.
NOT_RUN = {
    "tests/test_builders/test_build_all.py::test_build_linkcheck": "needs the network",
}

EXCEPTED: list[Excepted] = [
    Excepted(
        test="tests/test_builders/test_build_linkcheck.py::*",
        file="?*",
        reason="links are checked by threads, whose lines come in any order",
    ),
    Excepted(
        test="tests/test_builders/test_build_html.py::test_html_remove_sources_*",
        file="searchindex.js",
        reason="the test's folder has a random name, which a page shows and the index holds",
    ),
]
