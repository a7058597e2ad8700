"""The process's own streams: in UTF-8, stdout for data alone, and given up when nobody reads."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

_COLUMNS = re.compile("[1-9][0-9]{0,3}")


@contextmanager
def ready(*, ending: bool) -> Iterator[None]:
    """Make stdout and stderr fit for anything that is written; those that were closed take it too.

    Args:
        ending: The process ends behind the block: then stdout stays closed to all that plugins still
            write, at exit, in threads or out of a buffer of C.
    """
    # Whoever closed a stream of ours (">&-") wants nothing from it.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    # Whatever the locale says: titles come in every script. What no encoding has (half a surrogate
    # pair) is written as \udXXX, which in JSON is just another way to write it.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not _COLUMNS.fullmatch(os.environ.get("COLUMNS", "")):
        os.environ.pop("COLUMNS", None)  # what prints help would fill lines of a billion columns
    with ExitStack() as until:
        if sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
            until.enter_context(_forgiving(sys.stderr))
        if sys.stdout is sys.__stdout__ and isinstance(sys.stdout, io.TextIOWrapper):
            until.enter_context(_data_alone(sys.stdout, ending=ending))
        yield


class _Forgiving(io.FileIO):
    """A file that takes everything, also what no longer fits."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


@contextmanager
def _forgiving(stderr: io.TextIOWrapper) -> Iterator[None]:
    """Let no full disk behind stderr, and nobody who stops reading it, fail a command."""
    stderr.flush()
    file = _Forgiving(stderr.fileno(), "wb", closefd=False)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(file), "utf-8", "backslashreplace", line_buffering=True
    )
    try:
        yield
    finally:
        sys.stderr.flush()
        sys.stderr = stderr


@contextmanager
def _data_alone(stdout: io.TextIOWrapper, *, ending: bool) -> Iterator[None]:
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
        if not ending:
            os.dup2(own, 1)
        with suppress(OSError):  # said before, if anybody can hear it
            sys.stdout.close()
        sys.stdout = stdout


def columns() -> int:
    """Return the width of the terminal that stdout leads to; ``COLUMNS`` says another."""
    # shutil.get_terminal_size asks for that of sys.__stdout__, whose descriptor leads to stderr here.
    if said := os.environ.get("COLUMNS"):
        return int(said)
    with suppress(OSError, ValueError):
        if found := os.get_terminal_size(sys.stdout.fileno()).columns:
            return found
    return 80


def abandon_stdout() -> None:
    """Send what is still buffered nowhere: nobody reads it, and flushing it at exit would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
