"""The process's own streams: in UTF-8 whatever the locale says, and given up when nobody reads."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def ready() -> None:
    """Make stdout and stderr fit for anything that is written; those that were closed take it too."""
    # Whoever closed a stream of ours (">&-") wants nothing from it.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 - until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    # Whatever the locale says: titles come in every script. What no encoding has (half a surrogate
    # pair) is written as \udXXX, which in JSON is just another way to write it.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def abandon_stdout() -> None:
    """Send what is still buffered nowhere: nobody reads it, and flushing it at exit would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
