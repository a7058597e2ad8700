"""What each exit code means."""

from __future__ import annotations

from collections.abc import Sequence

from polyreel.errors import ConfigurationError, PolyreelError, UnsupportedError

FAILED = 1
USAGE = 2
PARTLY = 3
TIME_OVER = 4
INTERRUPTED = 130  # 128 + the signal's number, as shells have it
BROKEN_PIPE = 141
TERMINATED = 143

MEANING = (
    "Exit codes: 0 done; 1 it failed; 2 wrong usage or configuration; 3 partly done: what could be "
    "had was printed, what failed is named on stderr; 4 the time to wait is over."
)


def code(errors: Sequence[PolyreelError], *, delivered: bool = False) -> int:
    """Return the exit code for what went wrong.

    Args:
        errors: Every failure.
        delivered: Whether some of what was asked for could be had nevertheless.
    """
    if not errors:
        return 0
    if delivered:
        return PARTLY
    misused = all(isinstance(error, ConfigurationError | UnsupportedError) for error in errors)
    return USAGE if misused else FAILED
