"""The sandbox's time, which tests move and the command lets run."""

from __future__ import annotations

import time
from threading import Lock

_LOADED = int(time.time())


class Clock:
    """Stands still until it is moved, or runs with the machine's time.

    Args:
        running: Whether time also passes by itself.
    """

    def __init__(self, *, running: bool = False) -> None:
        self._moved = 0.0
        self._running = running
        self._started = time.monotonic()
        self._lock = Lock()

    def advance(self, seconds: float) -> None:
        """Advance the time by a number of seconds."""
        with self._lock:
            self._moved += seconds

    def elapsed(self) -> float:
        """Return the seconds that have passed since the start."""
        return self._moved + (time.monotonic() - self._started if self._running else 0.0)

    def now(self) -> float:
        """Return the Unix time, which began as the machine's when this module was loaded."""
        return _LOADED + self.elapsed()

    def end(self, lifetime: int) -> int:
        """Return the Unix time at which a link made now ends: after one to two lifetimes.

        All links made within one lifetime end together, so that a response asked for twice is the same.
        """
        return _LOADED + (int(self.elapsed()) // lifetime + 2) * lifetime
