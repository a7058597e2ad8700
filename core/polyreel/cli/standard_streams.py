"""The process's own streams: in UTF-8, stdout for data alone, and given up when nobody reads."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def ready() -> Iterator[None]:
    """Make stdout and stderr fit for anything that is written; those that were closed take it too."""
    # Whoever closed a stream of ours (">&-") wants nothing from it.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    # Whatever the locale says: titles come in every script. What no encoding has (half a surrogate
    # pair) is written as \udXXX, which in JSON is just another way to write it.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
        with _data_alone(sys.stdout):
            yield
    else:
        yield


@contextmanager
def _data_alone(stdout: io.TextIOWrapper) -> Iterator[None]:
    """Let only ``sys.stdout`` lead to stdout, and the descriptor 1 to stderr.

    What plugins write there themselves, or in C, or in a process of theirs, is no data.
    """
    stdout.flush()
    own = os.dup(1)
    try:
        os.dup2(2, 1)
    except OSError:  # stderr is closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    by_lines = stdout.line_buffering or stdout.write_through
    sys.stdout = os.fdopen(own, "w", 1 if by_lines else -1, "utf-8", "backslashreplace")
    try:
        yield
    finally:
        os.dup2(own, 1)
        with suppress(OSError):  # said before, if anybody can hear it
            sys.stdout.close()
        sys.stdout = stdout


def abandon_stdout() -> None:
    """Send what is still buffered nowhere: nobody reads it, and flushing it at exit would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
