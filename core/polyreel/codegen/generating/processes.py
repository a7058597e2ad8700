"""Processes of foreign programs: with a deadline, without keys, and started before there is work for them.

Loading the validator and the generator takes longer than what they do. A :class:`Program` can therefore
be started ahead: it loads, and waits to be told its arguments. Nothing of a spec is handed to it before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from polyreel.errors import SpecError

SECONDS = 60
"""How long a program may work: a spec of a few hundred lines can keep some of them busy for days."""

# What a program may know of the environment: where programs, homes, temporary files and languages are, and
# on Windows what Python needs to start. No key, no token and no proxy with a password is among it.
_PASSED_ON = frozenset(
    {
        "PATH",
        "HOME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "SYSTEMROOT",
        "USERPROFILE",
    }
)

# Ends at once when whoever started it is gone, since reading gives nothing then.
_WAIT = """
import json, os, sys
told = json.loads(sys.stdin.readline() or "null")
if told is None:
    sys.exit()
os.chdir(told["folder"])
sys.argv[1:] = told["arguments"]
"""


class Program:
    """Python code that is run in a process of its own.

    ::

        with Program("checker", "import slow", "slow.check(sys.argv[1])") as checker:
            ...  # it loads meanwhile
            done = checker.run(["spec.json"], folder)

    Args:
        name: What messages call it.
        load: What is imported before it is known what there is to do.
        work: What is done then, with the arguments in ``sys.argv[1:]``.
    """

    def __init__(self, name: str, load: str, work: str) -> None:
        self._name = name
        self._code = f"{load}\n{_WAIT}\n{work}"
        self._waiting: subprocess.Popen[str] | None = None

    @classmethod
    def module(cls, name: str, load: str) -> Program:
        """Return what ``python -m NAME`` runs."""
        run = f"import runpy; runpy.run_module({name!r}, run_name='__main__', alter_sys=True)"
        return cls(name, load, run)

    def __enter__(self) -> Self:
        self._waiting = self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._waiting is not None:
            _stop(self._waiting)

    def run(
        self, arguments: Sequence[str | Path], folder: Path
    ) -> subprocess.CompletedProcess[str]:
        """Run it once, in a folder, with the process that waits or with a new one.

        Raises:
            SpecError: It took too long.
        """
        process, self._waiting = self._waiting or self._start(), None
        told = {"folder": str(folder.resolve()), "arguments": [str(one) for one in arguments]}
        return _finish(process, f"{json.dumps(told)}\n", self._name, folder)

    def _start(self) -> subprocess.Popen[str]:
        # -P keeps the working directory off the module path, where a file could pose as the program.
        return _start([sys.executable, "-P", "-c", self._code], None)


def run_command(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, as a :class:`Program` is run.

    Raises:
        SpecError: It took too long.
    """
    name = Path(command[0]).stem
    return _finish(_start([str(one) for one in command], folder), "", name, folder)


def _start(command: Sequence[str], folder: Path | None) -> subprocess.Popen[str]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    environment["TYPER_STANDARD_TRACEBACK"] = "1"  # without frames, and ending in what went wrong
    return subprocess.Popen(  # noqa: S603  # fixed programs, arguments are paths made here
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


def _finish(
    process: subprocess.Popen[str], told: str, name: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    try:
        stdout, stderr = process.communicate(told, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SpecError(
            f"{name} was stopped after {SECONDS} seconds: the spec is too entangled for it"
        ) from error
    finally:
        _stop(process)
    for place in (f"{folder.resolve()}{os.sep}", f"{folder}{os.sep}"):  # nobody's but this run's
        stdout, stderr = stdout.replace(place, ""), stderr.replace(place, "")
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def _stop(process: subprocess.Popen[str]) -> None:
    """End a process, whatever it does, and close what led to it."""
    with process:
        process.kill()
