"""The limits that all workers of a run share: how much, how fast, and when to stop."""

from __future__ import annotations

import errno
import threading
import time

from polyreel.errors import LibraryError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Stopped(Exception):
    """Raised in a worker when the run has ended."""


class Left(Exception):
    """Raised when a file exceeds what this run may download; it is left for a later run."""


class Control:
    """Bounds of a run.

    Args:
        most: The most bytes to get in all, or None.
        rate: The most bytes per second, or None.
        workers: The most files that come at a time.

    Attributes:
        got: The bytes that have come.
        error: What ended the run early, or None.
        coming: Held while a file comes; not while it is checked and stored.
    """

    def __init__(self, most: int | None, rate: float | None, workers: int) -> None:
        self.coming = threading.BoundedSemaphore(workers)
        self.got = 0
        self.error: LibraryError | None = None
        self._most = most
        self._rate = rate
        self._promised = 0
        self._next = 0.0
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def begin(self, size: int) -> None:
        """Reserve the size of a file, or its minimum where the size isn't known.

        Raises:
            Left: There is no room for it in this run's bound.
        """
        with self._lock:
            if self._most is not None and self._promised + size > self._most:
                raise Left(f"--max-bytes {self._most:,} leaves no room for {size:,} more")
            self._promised += size

    def passed(self, count: int) -> None:
        """Count bytes that have come, and wait if they came faster than allowed.

        Raises:
            Stopped: The run is over.
            Left: They are more than this run may get.
        """
        with self._lock:
            self.got += count
            if self._most is not None and self.got > self._most:
                raise Left(f"more than --max-bytes {self._most:,}")
            wait = 0.0
            if self._rate:
                now = time.monotonic()
                self._next = max(self._next, now) + count / self._rate
                wait = self._next - now
        if self._stop.wait(wait) if wait > 0 else self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        """End the run."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the run is over."""
        return self._stop.is_set()

    def full(self, where: str, missing: int | None = None) -> None:
        """End the run because nothing more can be written; where many workers find out, one tells."""
        if self.error is not None:
            return
        if missing:
            more = f"; at least {missing:,} bytes are missing"
        else:
            more = "; how many bytes are missing isn't known"
        self.error = LibraryError(
            f"the disk of {where} is full{more}: make room and run it again, parts are kept"
        )
        self.stop()


def is_full(error: OSError) -> bool:
    """Tell whether an error says that a disk is full, or a quota used up."""
    return error.errno in _FULL
