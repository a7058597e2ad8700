"""Notice I/O where there mustn't be any, however it is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Any

# The names of Python's audit events, or how they begin.
_IO = (
    "open", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "glob.", "time.sleep",
    "urllib.", "http.client.", "sqlite3.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "webbrowser.",
)  # fmt: skip
_IMPORTS = ("<frozen importlib._bootstrap", "<frozen zipimport")


class _Watch(threading.local):
    seen: list[str] | None = None


@contextmanager
def no_io() -> Iterator[list[str]]:
    """Refuse all I/O of this thread inside the block.

    Files that are read because a module is imported don't count: a plugin imports its client where it
    uses it. Where something is refused, the block ends, whatever is raised because of it.

    Yields:
        What was tried, in words of Python's audit events; filled while the block runs.
    """
    watch = _installed()
    seen: list[str] = []
    watch.seen = seen
    try:
        yield seen
    except Exception:
        if not seen:
            raise
    finally:
        watch.seen = None


@cache
def _installed() -> _Watch:
    """Install the audit hook, once; Python can't take it away again, so it looks whether to watch."""
    watch = _Watch()

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        seen = watch.seen
        if seen is None or not event.startswith(_IO) or _importing(sys._getframe()):
            return
        watch.seen = None  # what follows, such as making an error of it, is no longer the plugin's
        seen.append(f"{event} {arguments!r}"[:200])
        raise PermissionError(f"no I/O here: {event}")

    sys.addaudithook(audit)
    return watch


def _importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith(_IMPORTS):
            return True
        frame = frame.f_back
    return False
