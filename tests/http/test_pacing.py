"""How often an account is asked, and which failures are worth another attempt."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import (
    AuthenticationError,
    ConfigurationError,
    ConnectionFailed,
    MalformedResponse,
    Policy,
    PolyreelError,
    ProviderUnavailable,
    RateLimited,
    Timeout,
)
from polyreel.http.pacing import Pace, tenacious
from tenacity import Retrying


def told_to_wait(seconds: float) -> RateLimited:
    error = RateLimited("slow down")
    error.retry_after = seconds
    return error


@given(
    per_second=st.floats(0.1, 1000),
    waits=st.lists(st.floats(0, 10), min_size=2, max_size=30),
)
def test_requests_keep_their_distance_however_they_come(
    per_second: float, waits: list[float]
) -> None:
    pace, now, moments = Pace(per_second), 0.0, []
    for wait in waits:
        now += wait
        moments.append(now + pace.reserve(now))
    assert all(b - a >= 1 / per_second - 1e-6 for a, b in pairwise(moments))


def test_nobody_waits_without_a_limit() -> None:
    pace = Pace(None)
    assert [pace.reserve(100) for _ in range(3)] == [0, 0, 0]


def test_an_account_that_asked_too_often_is_left_alone_until_then() -> None:
    pace = Pace(None)
    pace.hold(until=105)
    pace.hold(until=103)
    assert pace.reserve(100) == 5
    assert pace.reserve(106) == 0


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (Timeout("x"), True),
        (ConnectionFailed("x"), True),
        (ProviderUnavailable("x"), True),
        (RateLimited("x"), True),
        (told_to_wait(30), True),
        (told_to_wait(31), False),
        (AuthenticationError("x"), False),
        (MalformedResponse("x"), False),
        (KeyboardInterrupt(), False),
        (ValueError("x"), False),
    ],
)
def test_what_is_worth_another_attempt(error: BaseException, again: bool) -> None:
    assert Policy(longest_wait=30).retries(error) is again


@pytest.mark.parametrize("attempt", range(1, 12))
def test_waits_grow_with_jitter_up_to_the_longest(attempt: int) -> None:
    policy = Policy(longest_wait=8)
    longest = min(8, 0.5 * 2 ** (attempt - 1))
    waits = {policy.wait(Timeout("x"), attempt) for _ in range(50)}
    assert all(longest / 2 <= wait <= longest for wait in waits)
    assert len(waits) > 10


def test_a_wait_that_the_provider_asked_for_is_kept() -> None:
    assert Policy().wait(told_to_wait(2.5), 1) == 2.5
    assert Policy().wait(told_to_wait(0), 5) == 0


def attempts(policy: Policy, error: PolyreelError, spent: float = 0.0) -> int:
    slept: list[float] = []
    made = 0

    def attempt() -> None:
        nonlocal made
        made += 1
        raise error

    with pytest.raises(type(error)):
        Retrying(sleep=slept.append, **tenacious(policy, spent))(attempt)
    assert len(slept) == made - 1
    return made


def test_attempts_end_with_the_error_itself() -> None:
    assert attempts(Policy(attempts=4), Timeout("x")) == 4
    assert attempts(Policy(attempts=1), Timeout("x")) == 1
    assert attempts(Policy(attempts=4), AuthenticationError("x")) == 1


def test_attempts_end_before_a_wait_that_is_longer_than_the_patience() -> None:
    assert attempts(Policy(attempts=9, patience=5, longest_wait=30), told_to_wait(10)) == 1


def test_what_the_first_attempt_took_counts_as_patience() -> None:
    policy = Policy(attempts=2, patience=15, longest_wait=30)
    assert attempts(policy, told_to_wait(10), spent=4) == 2
    assert attempts(policy, told_to_wait(10), spent=6) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": 0},
        {"connect_timeout": -1},
        {"attempts": 0},
        {"patience": 0},
        {"max_body": 0},
        {"longest_wait": -1},
        {"timeout": float("nan")},
    ],
)
def test_a_policy_that_could_not_work_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError, match=f"{next(iter(wrong))} must be"):
        Policy(**wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"timeout": "3"}, "timeout must be a number, not a str"),
        ({"attempts": 1.5}, "attempts must be a whole number"),
        ({"attempts": True}, "attempts must be a whole number"),
        ({"max_body": None}, "max_body must be a whole number"),
    ],
)
def test_a_policy_of_wrong_types_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Policy(**wrong)
