"""Checks over builds: warnings as errors, known findings, configuration."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sphinx.cmd.build import build_main
from support import (
    Built,
    Lab,
    atlas,
    build,
    conf,
    own_files,
    png,
    same_bytes,
    stamps,
    write_tree,
    written,
)
from support.books.faulty import CHECKS, FAULTS, FAULTY, found, small, told, write
from support.small import directive, doc, fig, toc


@pytest.mark.parametrize(
    "builder", ["figlist", "html", "singlehtml", "latex", "text", "dummy"]
)
def test_warnings_are_errors_after_all_is_written(tmp_path: Path, builder: str) -> None:
    source = small(
        tmp_path,
        "rst",
        FAULTY,
        figlist_checks="all",
        figlist_formats=["markdown", "json"],
    )
    good = build(source, tmp_path / "good", builder=builder, allow=["[figlist."])
    assert good.code == 0

    def strict() -> Built:
        return build(
            source,
            tmp_path / "bad",
            builder=builder,
            allow=["[figlist."],
            warning_is_error=True,
        )

    bad = strict()
    assert bad.code == 1
    assert told(good) == told(bad) == FAULTS
    assert own_files(good.out) or builder == "dummy"
    assert same_bytes(own_files(bad.out), own_files(good.out)) == []
    names = {p.relative_to(good.out) for p in good.out.rglob("*") if p.is_file()}
    assert {p.relative_to(bad.out) for p in bad.out.rglob("*") if p.is_file()} == names
    # A build that finds nothing new fails as a clean one does.
    again = strict()
    assert again.code == 1
    assert told(again) == {"known": 1}
    assert again.read == frozenset()


def test_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small(tmp_path, "rst", FAULTY, figlist_checks=["unreferenced"])
    for builder in ("figlist", "html"):
        out = tmp_path / builder
        command = ["-q", "-b", builder, str(source), str(out)]
        assert build_main(["-W", *command]) != 0
        assert capsys.readouterr().err.count("[figlist.unreferenced]") == 2
        assert (out / "FIGURE_CHECKS.md").exists() is (builder == "figlist")
        assert (
            build_main([*command, "-D", "suppress_warnings=figlist.unreferenced"]) == 0
        )
        assert build_main([*command, "-D", "figlist_checks=alt_phrase", "-E"]) == 0
        assert "[figlist.alt_phrase]" in capsys.readouterr().err


def lab_of(tmp_path: Path, **values: object) -> Lab:
    files = {
        "index.rst": doc("Book", toc("a", "b", "figures", numbered=True)),
        "figures.rst": doc("Figures", directive("figlist")),
        "a.rst": write("rst", FAULTY).replace("Chapter", "Chaptor"),
        "b.rst": doc(
            "B", "See :numref:`fig-four`.", fig("four", "Lamp: lit.", alt="A lamp.")
        ),
        "p.png": png(),
        "conf.py": conf(
            **{
                "project": "Book",
                "extensions": ["sphinxext_figlist"],
                "numfig": True,
                "show_warning_types": True,
                "figlist_checks": ["all"],
                **values,
            }
        ),
    }
    return Lab(root=tmp_path, files=files)


def known_of(built: Built) -> dict[str, int]:
    """How many findings of each check a build told to be known."""
    lines = [line for line in found(built) if line.endswith("[figlist.known]")]
    assert len(lines) < 2, "known findings are one line"
    pairs = [re.findall(r"\b([a-z]+(?:_[a-z]+)*) (\d+)\b", line) for line in lines]
    return {
        name: int(number)
        for name, number in (pairs[0] if pairs else ())
        if name in CHECKS
    }


def fresh_of(built: Built) -> dict[str, int]:
    """How many findings of each check a build told in full."""
    return {name: number for name, number in told(built).items() if name != "known"}


@pytest.mark.parametrize("builder", ["html", "figlist"])
class TestBuildsOnOthers:
    def build(self, lab: Lab, builder: str, **options: Any) -> Built:
        return lab.build(builder, allow=["[figlist."], **options)

    def check(self, lab: Lab, builder: str) -> Built:
        """Build, and hold files and pages against a clean build's."""
        built = lab.check(builder, allow=["[figlist."])
        clean = lab.clean(builder, allow=["[figlist."])
        now = {**known_of(built)}
        for name, number in fresh_of(built).items():
            now[name] = now.get(name, 0) + number
        assert now == fresh_of(clean), "what is told and what is known are all there is"
        return built

    def test_no_change(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        first = self.build(lab, builder)
        assert fresh_of(first) == FAULTS
        assert known_of(first) == {}
        before = stamps(lab.out(builder))
        again = self.check(lab, builder)
        assert fresh_of(again) == {}
        assert known_of(again) == FAULTS
        assert again.read == frozenset()
        own = {
            name
            for name in written(before, stamps(lab.out(builder)))
            if "FIGURE" in name
        }
        assert own == set()
        assert known_of(self.build(lab, builder)) == FAULTS

    def test_new_ones_in_full(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.append("b.rst", "\n" + fig("five", "Lens: whole.", alt="A lens.") + "\n")
        built = self.check(lab, builder)
        assert fresh_of(built) == {"duplicate_title": 1, "unreferenced": 1}
        assert known_of(built) == FAULTS
        assert built.read == {"b"}
        assert fresh_of(self.build(lab, builder)) == {}

    def test_mended(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("a.rst", ":alt: Diagram", ":alt: A lens.")
        built = self.check(lab, builder)
        assert built.read == {"a"}
        assert fresh_of(built) == {}
        assert known_of(built) == {k: v for k, v in FAULTS.items() if k != "alt_phrase"}
        # What comes back is news.
        lab.edit("a.rst", ":alt: A lens.", ":alt: Diagram")
        built = self.check(lab, builder)
        assert fresh_of(built) == {"alt_phrase": 1}

    def test_mended_elsewhere(self, tmp_path: Path, builder: str) -> None:
        """A reference in another document; the figure's own is not read."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("b.rst", "See ", "See :ref:`two <fig-two>`, :numref:`fig-three` and ")
        built = self.check(lab, builder)
        assert built.read == {"b"}
        assert fresh_of(built) == {}
        assert "unreferenced" not in known_of(built)

    def test_moved_ones_are_known(self, tmp_path: Path, builder: str) -> None:
        """Another line, another number: the same finding."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        good = fig("zero", "Boat: new.", alt="A boat.")
        lab.edit("a.rst", "See ", f"See :numref:`fig-zero`.\n\n{good}\n\nThen see ")
        built = self.check(lab, builder)
        assert fresh_of(built) == {}
        assert known_of(built) == FAULTS

    def test_document_removed(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("index.rst", "   a\n", "")
        lab.remove("a.rst")
        built = self.check(lab, builder)
        assert found(built) == []

    def test_other_output(self, tmp_path: Path, builder: str) -> None:
        """The figures that are judged are others, though no document changed."""
        lab = lab_of(tmp_path)
        lab.append("b.rst", "\n" + directive("only", fig("screen"), argument="html"))
        self.build(lab, builder)
        lab.append("conf.py", "figlist_files_for = 'html'\n")
        built = self.check(lab, builder)
        assert built.read == frozenset()
        assert fresh_of(built)["unreferenced"] == 1
        assert known_of(built) == FAULTS

    def test_other_checks(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        lab.edit("conf.py", "['all']", "['unreferenced', 'missing_alt']")
        built = self.check(lab, builder)
        assert fresh_of(built) == {}
        assert known_of(built) == {"missing_alt": 1, "unreferenced": 2}
        lab.append("conf.py", "suppress_warnings = ['figlist.missing_alt']\n")
        assert known_of(self.check(lab, builder)) == {"unreferenced": 2}
        lab.append("conf.py", "suppress_warnings += ['figlist.known']\n")
        assert found(self.build(lab, builder)) == []
        lab.append("conf.py", "figlist_checks = []\n")
        assert found(self.check(lab, builder)) == []
        lab.append(
            "conf.py",
            "suppress_warnings = []\nfiglist_checks = ['unreferenced', 'alt_length']\n",
        )
        assert fresh_of(self.check(lab, builder)) == {"unreferenced": 2}
        lab.append("conf.py", "figlist_alt_max = 6\n")
        assert fresh_of(self.check(lab, builder)) == {"alt_length": 3}

    def test_picture_gone_and_back(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path, suppress_warnings=["image.not_readable"])
        lab.edit("b.rst", "/p.png", "/q.png")
        lab.write("q.png", png(7))
        self.build(lab, builder)
        lab.remove("q.png")
        allow = ["[figlist.", "q.png"]
        built = lab.build(builder, allow=allow)
        assert fresh_of(built) == {"missing_image": 1}
        assert known_of(lab.build(builder, allow=allow))["missing_image"] == 1
        lab.write("q.png", b"no picture")
        assert known_of(lab.build(builder, allow=allow))["missing_image"] == 1
        lab.write("q.png", png(7))
        built = lab.build(builder, allow=allow)
        assert fresh_of(built) == {}
        assert known_of(built) == FAULTS

    def test_read_anew(self, tmp_path: Path, builder: str) -> None:
        """A build from nothing tells all, whatever the one before it told."""
        lab = lab_of(tmp_path)
        self.build(lab, builder)
        built = self.build(lab, builder, fresh=True)
        assert fresh_of(built) == FAULTS
        assert known_of(built) == {}

    def test_each_output_is_told_once(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)
        self.build(lab, "text")
        assert fresh_of(self.build(lab, builder)) == FAULTS
        assert known_of(self.build(lab, "text")) == FAULTS

    def test_one_application_builds_twice(self, tmp_path: Path, builder: str) -> None:
        lab = lab_of(tmp_path)

        def edit() -> None:
            lab.edit("b.rst", ":alt: A lamp.", ":alt: Image of a lamp.")

        built = self.build(lab, builder, then=edit)
        assert fresh_of(built) == {**FAULTS, "alt_phrase": 2}
        assert known_of(built) == FAULTS

    def test_parallel(self, tmp_path: Path, builder: str) -> None:
        files = atlas(figlist_checks="all", show_warning_types=True)
        source = write_tree(tmp_path / "book", files)
        one = build(source, tmp_path / "one", builder=builder, allow=None)
        two = build(source, tmp_path / "two", builder=builder, allow=None, parallel=2)
        assert found(one)
        assert two.warnings == one.warnings
        assert same_bytes(own_files(two.out), own_files(one.out)) == []


def test_no_check_files_left(tmp_path: Path) -> None:
    """They go with the last check; what others wrote over them does not."""
    lab = lab_of(tmp_path)
    lab.build("figlist", allow=["[figlist."])
    out = lab.out("figlist")
    (out / "FIGURE_CHECKS.md").write_text("mine")
    lab.edit("conf.py", "['all']", "[]")
    lab.build("figlist")
    assert {path.name for path in out.glob("FIGURE_CHECKS*")} == {"FIGURE_CHECKS.md"}


@pytest.mark.parametrize("builder", ["linkcheck", "gettext", "changes"])
def test_builders_that_make_no_book_check_nothing(tmp_path: Path, builder: str) -> None:
    source = small(tmp_path, "rst", FAULTY, figlist_checks="all", version="1")
    assert found(build(source, tmp_path / "out", builder=builder, allow=None)) == []
