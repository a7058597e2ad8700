"""Request rates and retries of one account. This module computes waits; it never sleeps."""

from __future__ import annotations

import random
import threading
from typing import Any

from attrs import field, frozen

from polyreel.configuration import types
from polyreel.errors import PolyreelError


@frozen(kw_only=True)
class Policy:
    """Timeouts and retries of a hub; all times are in seconds.

    Attributes:
        timeout: The longest that one whole response may take.
        connect_timeout: The longest that making a connection may take.
        attempts: The most attempts per request.
        patience: The longest that all attempts of a request, and the waits between, may take.
        longest_wait: The longest wait between attempts; a provider that asks for more is not
            waited for.
        max_body: The largest response, in decoded bytes; files may be of any size.
        idle_timeout: The longest that the server of a file may send nothing.

    Raises:
        ConfigurationError: A value is of a wrong type or out of range.
    """

    timeout: float = field(default=60.0, validator=[types.NUMBER, types.above(0)])
    connect_timeout: float = field(default=10.0, validator=[types.NUMBER, types.above(0)])
    attempts: int = field(default=4, validator=[types.WHOLE, types.at_least(1)])
    patience: float = field(default=120.0, validator=[types.NUMBER, types.above(0)])
    longest_wait: float = field(default=30.0, validator=[types.NUMBER, types.at_least(0)])
    max_body: int = field(default=32 * 1024 * 1024, validator=[types.WHOLE, types.above(0)])
    idle_timeout: float = field(default=30.0, validator=[types.NUMBER, types.above(0)])

    def retries(self, error: BaseException) -> bool:
        """Tell whether an error is worth another attempt."""
        if not isinstance(error, PolyreelError) or not error.retryable:
            return False
        return (getattr(error, "retry_after", None) or 0) <= self.longest_wait

    def wait(self, error: PolyreelError, attempt: int) -> float:
        """Return the wait before the next attempt: what the provider asked for, or growing with jitter.

        Args:
            error: Why the attempt failed.
            attempt: Its number, from 1.
        """
        asked: float | None = getattr(error, "retry_after", None)
        if asked is not None:
            return asked
        longest = min(self.longest_wait, 0.5 * 2 ** (attempt - 1))
        return random.uniform(longest / 2, longest)  # noqa: S311 - jitter is no secret


class Pace:
    """The rate limit of one account, shared by all of its requests.

    Args:
        per_second: The most requests per second, or None for no limit.
    """

    def __init__(self, per_second: float | None) -> None:
        self._interval = 1 / per_second if per_second else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def reserve(self, now: float) -> float:
        """Reserve the next free slot, and return the seconds until it."""
        with self._lock:
            moment = max(now, self._next)
            self._next = moment + self._interval
            return moment - now

    def hold(self, until: float) -> None:
        """Delay all requests until a time, after the provider reported too many requests."""
        with self._lock:
            self._next = max(self._next, until)


def tenacious(policy: Policy, spent: float = 0.0) -> dict[str, Any]:
    """Return a policy as the arguments of tenacity's ``Retrying`` and ``AsyncRetrying``.

    Args:
        policy: The policy.
        spent: The seconds that the first attempt has taken, where it was made before.
    """
    from tenacity import retry_if_exception, stop_after_attempt, stop_before_delay

    def wait(state: Any) -> float:
        return policy.wait(state.outcome.exception(), state.attempt_number)

    return {
        "retry": retry_if_exception(policy.retries),
        "stop": stop_after_attempt(policy.attempts) | stop_before_delay(policy.patience - spent),
        "wait": wait,
        "reraise": True,
    }
