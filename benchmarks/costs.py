"""What a build takes: instructions, or CPU time and memory.

Standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def valgrind() -> str | None:
    """The command that counts instructions, if it is installed."""
    return shutil.which("valgrind")


@dataclass(frozen=True)
class Cost:
    """What one build took."""

    #: Executed by the build and its children; 0 where they were not counted.
    instructions: int
    #: Seconds, user and system.
    cpu: float
    #: MiB at the peak.
    memory: float


@dataclass(frozen=True)
class Site:
    """A book and the folders that it is built into."""

    book: Path
    parallel: int

    def folder(self, name: str) -> Path:
        return self.book.parent / name

    def forget(self) -> None:
        """Leave the sources alone."""
        for name in ("html", "figlist", "doctrees"):
            shutil.rmtree(self.folder(name), ignore_errors=True)

    def build(self, builder: str = "html", *, count: bool = False) -> Cost:
        """Build the book in a fresh process, upon what its folders hold.

        :param count: whether to count instructions, which makes it take ten times
            the time; that time and the memory are then valgrind's too.
        :raises SystemExit: where the build fails or warns.
        """
        command = [sys.executable, "-m", "sphinx", "-q", "-b", builder]
        command += ["-j", str(self.parallel), "-d", str(self.folder("doctrees"))]
        command += [str(self.book), str(self.folder(builder))]
        with tempfile.TemporaryDirectory() as folder:
            if count:
                command = [
                    *(valgrind() or "valgrind", "--tool=cachegrind", "--cache-sim=no"),
                    *("--cachegrind-out-file=/dev/null", f"--log-file={folder}/%p"),
                    *command,
                ]
            usage = run(command, self.book.parents[1])
            # One log a process: parallel builds fork.
            logs = [path.read_text() for path in Path(folder).iterdir()]
        counts = [COUNTED.findall(log) for log in logs]
        if count and not any(counts):
            sys.exit(f"{' '.join(command)} counted nothing:\n{''.join(logs)}")
        return Cost(
            sum(int(found[-1].replace(",", "")) for found in counts if found),
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
        )


def run(command: list[str], folder: Path) -> os.struct_rusage:  # type: ignore[name-defined]
    """Run *command* in *folder*, which must be outside the checkout."""
    # An installed package is compiled once, not by each build.
    environment = dict(os.environ, PYTHONPYCACHEPREFIX=str(folder / "bytecode"))
    environment["PYTHONHASHSEED"] = "0"
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
        )
        # The child's usage holds that of the children it waited for.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode(errors="replace").strip()
    if process.returncode or words:
        sys.exit(f"{' '.join(command)} gave {process.returncode}:\n{words[-3000:]}")
    return usage
