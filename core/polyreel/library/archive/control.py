"""What all workers of a run keep to: how much, how fast, and when to stop."""

from __future__ import annotations

import errno
import threading
import time

from polyreel.errors import LibraryError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Stopped(Exception):
    """The run is over for a worker, whatever it was at."""


class Left(Exception):
    """A file is left for a later run: it is more than this run may get."""


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
        """Promise a file of a known size, or of at least so many bytes.

        Raises:
            Left: There is no room for it in this run's bound.
        """
        with self._lock:
            if self._most is not None and self._promised + size > self._most:
                raise Left(f"--max-bytes {self._most:,} leaves no room for {size:,} more")
            self._promised += size

    def passed(self, count: int) -> None:
        """Learn that so many bytes have come; wait if that was too fast.

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

    def full(self, where: str, missing: int | None) -> None:
        """End the run because nothing more can be written."""
        more = f"; at least {missing:,} bytes are missing" if missing else ""
        self.error = LibraryError(
            f"the disk of {where} is full{more}: make room and run it again, parts are kept"
        )
        self.stop()


def is_full(error: OSError) -> bool:
    """Tell whether an error says that a disk is full, or a quota used up."""
    return error.errno in _FULL
