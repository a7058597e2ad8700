"""One run as a process: its streams, its signals, and what is left to do when it ends badly."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polyreel.cli import reporting
from polyreel.cli.exits import BROKEN_PIPE, FAILED, TERMINATED


def run(args: list[str]) -> int:
    """Run one command with these arguments, and give its exit code."""
    _ready_streams()
    with reporting.to_stderr(), _terminable():
        try:
            code = _command(args)
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a line
            code = reporting.failed(error)
        try:
            sys.stdout.flush()
        except OSError as error:
            abandon_stdout()
            code = BROKEN_PIPE if isinstance(error, BrokenPipeError) else code or FAILED
        return code


def abandon_stdout() -> None:
    """Send what is still buffered nowhere: nobody reads it, and flushing it at exit would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(args: list[str]) -> int:
    from polyreel.cli.root import command

    result = command().main(args, prog_name="polyreel", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _ready_streams() -> None:
    # Whoever closed a stream of ours (">&-") wants nothing from it.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    # Whatever the locale says: titles come in every script. What no encoding has (half a surrogate
    # pair) is written as \udXXX, which in JSON is just another way to write it.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that output ends whole and servers are stopped."""

    def terminate(*_: object) -> None:
        sys.exit(TERMINATED)

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
