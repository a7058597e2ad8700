"""A lock that a killed process leaves free at once, and that says who holds it."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from polyreel.errors import ConfigurationError

_log = logging.getLogger("polyreel")


@contextmanager
def held(path: Path, what: str) -> Iterator[bool]:
    """Hold a lock as long as the context lasts; yield whether this file system has locks.

    Args:
        path: The lock's file, which stays.
        what: What is locked, for messages.

    Raises:
        ConfigurationError: Another process holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        protected = _locked(handle, what)
        if protected:
            since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
            os.ftruncate(handle, 0)
            os.pwrite(
                handle, f"process {os.getpid()} on {socket.gethostname()} since {since}".encode(), 0
            )
        yield protected
    finally:
        os.close(handle)  # which frees the lock, as the end of a process does


def runs(pid: int) -> bool:
    """Tell whether a process of this machine may be running; Windows doesn't say."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass  # it is somebody else's, or none that could be asked for
    return True


def _locked(handle: int, what: str) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _windows_locked(handle, what)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            raise _taken(handle, what) from None
        _log.warning(
            "the file system of %s has no locks (%s): let only one archive run at a time",
            what,
            error.strerror,
        )
        return False
    return True


def _windows_locked(handle: int, what: str) -> bool:
    import msvcrt

    try:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond the text, which others are to read
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        raise _taken(handle, what) from None
    return True


def _taken(handle: int, what: str) -> ConfigurationError:
    os.lseek(handle, 0, os.SEEK_SET)
    holder = os.read(handle, 200).decode(errors="replace") or "another process"
    return ConfigurationError(f"{what} is being written to by {holder}: wait until it is done")
