"""The promises, held against what a story's builds wrote."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jinja2 import Environment

from support.builds import Built, build
from support.comparing import same_output
from support.lab import Lab
from support.pages import Site
from support.trees import write_tree

from . import in_files, on_pages
from .drafts import Step, Story
from .syntax import START, files


class Broken(Exception):
    """A promise that a build did not keep.

    :param step: the number of the step at which it did not, and the builder.
    """

    def __init__(self, promise: str, words: str, step: int, builder: str) -> None:
        super().__init__(f"{promise}: {words}")
        self.promise, self.step, self.builder = promise, step, builder


def broken(story: Story, root: Path, only: str = "") -> Broken | None:
    """How a story, built step by step in *root*, breaks a promise, if it does.

    :param only: the one promise to look at; with another, it may be broken.
    """
    shutil.rmtree(root, ignore_errors=True)
    judge = _Judge(story, root, only)
    with _templates_compiled_once():
        try:
            judge.judge()
        except Broken as error:
            return error
        except Exception as error:  # noqa: BLE001
            promise = f"no exception ({type(error).__name__})"
            return Broken(promise, f"at {judge.where}: {error}", *judge.at)
    return None


class _Judge:
    def __init__(self, story: Story, root: Path, only: str) -> None:
        self.story, self.only = story, only
        self.before = files(story.steps[0].book, silent=story.silent)
        self.lab = Lab(root=root / "ours", files=self.before)
        self.plain = root / "plain"
        #: Which step is judged, in which builder.
        self.at, self.where = (0, ""), "the beginning"

    def judge(self) -> None:
        for number, step in enumerate(self.story.steps):
            self.write(step)
            for builder in step.builders:
                self.at = (number, builder)
                self.where = f"step {number} ({step.edit}), -b {builder}"
                self.step(step, builder, two=number == self.story.two)

    def write(self, step: Step) -> None:
        """Edit the sources."""
        now = files(step.book, silent=self.story.silent)
        for name in self.before.keys() - now.keys():
            self.lab.remove(name)
        for name, content in now.items():
            if self.before.get(name) != content:
                self.lab.write(name, content)
        self.before = now

    def hold(self, promise: str, faults: Iterable[str]) -> None:
        if self.only not in {"", promise}:
            return
        if said := list(faults):
            words = "\n".join(said[:8])
            raise Broken(promise, f"at {self.where}:\n{words}", *self.at)

    def step(self, step: Step, builder: str, *, two: bool) -> None:
        """Build the book as it now is, on what there is and from nothing."""
        silent, options = self.story.silent, {"tags": step.tags, "allow": None}
        built = self.lab.build(builder, parallel=step.jobs, **options)
        clean = self.lab.clean(builder, **options)
        faults = same_output(built, clean)
        if silent and builder != "figlist":
            # Where Sphinx leaves a page stale, it need not be mended without a list.
            without = same_output(self.without(step, builder, anew=False), clean)
            stale = {fault.partition(":")[0] for fault in without}
            faults = [f for f in faults if f.partition(":")[0] not in stale]
        self.hold("incremental = clean", faults)
        self.hold("no new warning", _more(built, clean))
        if self.only in {"incremental = clean", "no new warning"}:
            return
        if builder == "html" or (silent and builder != "figlist"):
            plain = self.without(step, builder)
            self.hold("no warning of ours", _more(clean, plain))
            if silent:
                self.hold("as without figlist", _others(clean, plain))
            else:
                self.pages(step, clean, plain)
        elif builder == "singlehtml":
            self.hold("each once, in order", on_pages.single(step, clean))
        if builder == "html" and two:
            out, doctrees = (
                self.lab.root / "two" / "out",
                self.lab.root / "two" / "trees",
            )
            shutil.rmtree(out.parent, ignore_errors=True)
            both = build(self.lab.source, out, doctrees=doctrees, parallel=2, **options)  # type: ignore[arg-type]
            self.hold("-j 2 = -j 1", same_output(both, clean))
            self.hold("-j 2 = -j 1", _more(both, clean))

    def without(self, step: Step, builder: str, *, anew: bool = True) -> Built:
        """The book, built without figlist."""
        root = self.plain / ("clean" if anew else "built")
        if anew:
            shutil.rmtree(root, ignore_errors=True)
        source, overrides = self.lab.source, {}
        if self.story.silent:  # it lies where it is, for pages that say where
            overrides = {"extensions": START["extensions"][:-1]}
        else:
            source = write_tree(root / "book", files(step.book, plain=True))
        return build(
            source,
            root / builder,
            doctrees=root / "doctrees",
            builder=builder,
            tags=step.tags,
            allow=None,
            overrides=overrides,
        )

    def pages(self, step: Step, clean: Built, plain_built: Built) -> None:
        """What holds of the pages of a book, and of its files beside them."""
        book, hold = step.book, self.hold
        ours, plain = Site(clean.out), Site(plain_built.out)
        hold("every link lands", on_pages.dead(step, ours, plain))
        hold("no duplicate id", on_pages.duplicates(ours, plain))
        numbers = dict(on_pages.printed(ours))
        if not (book.settings.get("figlist_number_uncaptioned") or book.volumes):
            before = dict(on_pages.printed(plain))
            faults = [
                f"{uid}: {numbers.get(uid)!r}, not {before[uid]!r}"
                for uid in before
                if numbers.get(uid) != before[uid]
            ]
            hold("no number changes", faults)
        hold("each once, in order", on_pages.listed(step, ours, numbers))
        hold("files", in_files.faults(step, clean.out, numbers))


def _others(built: Built, plain: Built) -> list[str]:
    """How an output differs from what there is without figlist, but for its files."""
    faults = same_output(built, plain)
    return [fault for fault in faults if not fault.startswith("figlist/")]


def _more(ours: Built, theirs: Built) -> list[str]:
    """The warnings in *ours* that are not in *theirs*."""

    def lines(built: Built) -> Counter[str]:
        # Lines shift where lists are left out.
        words = re.sub(r"^/\S*?/book/", "", built.warnings, flags=re.MULTILINE)
        found = [re.sub(r":\d+:", ":", line) for line in words.splitlines()]
        return Counter(line for line in found if line.strip())

    more = lines(ours) - lines(theirs)
    # Sphinx warns where a name goes from one document to another, and of its own file.
    own = ("duplicate label n-", "mimetype for .buildinfo.bak")
    found = [line for line in more if not any(words in line for words in own)]
    return [line for line in found if not line.endswith("]") or "[figlist." not in line]


@contextmanager
def _templates_compiled_once() -> Iterator[None]:
    """Keep what Jinja makes of a template: a fifth of the time of small builds."""
    compile_ = Environment.compile

    def once(env: Environment, source: Any, *args: Any, **options: Any) -> Any:
        flags = type(env), env.newstyle_gettext, *sorted(env.extensions)
        key = (source, args, tuple(options.items()), flags)
        if not isinstance(source, str):
            return compile_(env, source, *args, **options)
        if key not in _COMPILED:
            _COMPILED[key] = compile_(env, source, *args, **options)
        return _COMPILED[key]

    with patch.object(Environment, "compile", once):
        yield


_COMPILED: dict[object, Any] = {}
