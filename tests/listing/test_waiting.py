"""Waiting ends for each item when it is finished, costs few requests, and never passes anything by.

The account here renders on a clock of its own; what a wait asks of it is counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import NotFound, Page, PolyreelError, ProviderUnavailable, Status, Video, WaitTimeout
from polyreel.listing.wait import wait_for, wait_for_async
from polyreel.listing.waiting import Waiting, WaitProgress
from polyreel.models.status import SETTLED


@dataclass
class Account:
    """Videos that become running, then ready or failed, at seconds of a clock that only waits move."""

    ready_at: dict[str, float]
    failing: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    page_size: int = 50
    poll_after: float | None = None
    broken_until: float = -1.0
    now: float = 0.0
    requests: int = 0
    pauses: list[float] = field(default_factory=list)

    def status(self, id: str) -> str:
        if self.now >= self.ready_at[id]:
            return "failed" if id in self.failing else "completed"
        return "queued" if self.now < self.ready_at[id] / 2 else "running"

    def video(self, id: str) -> Video:
        return Video(provider="acme", account="acme", id=id, provider_status=self.status(id))

    def get(self, uid: str) -> tuple[Video, float | None]:
        self._ask()
        id = uid.removeprefix("acme:")
        if id in self.unknown:
            raise NotFound(f"no video {id}", account="acme")
        return self.video(id), self.poll_after

    def pages(self, _account: str) -> Iterator[Page[Video]]:
        ids = [id for id in self.ready_at if id not in self.unknown]
        for begin in range(0, len(ids), self.page_size):
            self._ask()
            yield Page(items=tuple(map(self.video, ids[begin : begin + self.page_size])))

    def _ask(self) -> None:
        self.requests += 1
        if self.now < self.broken_until:
            raise ProviderUnavailable("out of order", account="acme")

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def wait(
    account: Account,
    driver: str = "sync",
    until: frozenset[Status] = SETTLED,
    timeout: float | None = 1200,
    listing: bool = True,
) -> tuple[list[WaitProgress[Video]], PolyreelError | None]:
    uids = tuple(f"acme:{id}" for id in account.ready_at)
    waiting: Waiting[Video] = Waiting(
        uids, dict.fromkeys(uids, "acme"), {"acme"} if listing else set(), until, timeout
    )
    told: list[WaitProgress[Video]] = []
    try:
        if driver == "sync":
            for each in wait_for(
                waiting, account.get, account.pages, account.sleep, lambda: account.now
            ):
                told.append(each)  # noqa: PERF402 - as below
        else:
            asyncio.run(_wait_async(waiting, account, told))
    except PolyreelError as error:
        return told, error
    return told, None


async def _wait_async(waiting: Waiting[Video], account: Account, told: list[Any]) -> None:
    async def get(uid: str) -> tuple[Video, float | None]:
        return account.get(uid)

    async def pages(name: str) -> AsyncGenerator[Page[Video], None]:
        for page in account.pages(name):
            yield page

    async def sleep(seconds: float) -> None:
        account.sleep(seconds)

    async for each in wait_for_async(waiting, get, pages, sleep, lambda: account.now):
        told.append(each)  # noqa: PERF401 - what came before an error is kept


both = pytest.mark.parametrize("driver", ["sync", "async"])


@both
def test_each_change_is_told_until_the_video_is_ready(driver: str) -> None:
    told, error = wait(Account({"a": 100}), driver)

    assert error is None
    assert [(each.before, each.item and each.item.status, each.done) for each in told] == [
        (None, "queued", False),
        ("queued", "running", False),
        ("running", "ready", True),
    ]


@both
def test_a_failed_video_ends_the_wait_for_it_whatever_is_waited_for(driver: str) -> None:
    told, error = wait(Account({"a": 5}, failing=frozenset("a")), driver, frozenset({Status.READY}))

    assert error is None
    assert (told[-1].done, told[-1].reached) == (True, False)


@both
def test_a_status_that_was_passed_unseen_counts(driver: str) -> None:
    account = Account({"a": 0})
    told, _ = wait(account, driver, frozenset({Status.RUNNING}))

    assert [(each.item and each.item.status, each.reached) for each in told] == [("ready", True)]
    assert account.requests == 1


@both
def test_an_unknown_uid_fails_alone(driver: str) -> None:
    told, error = wait(Account({"a": 10, "b": 10}, unknown=frozenset("b")), driver)
    failed = [each for each in told if each.error]

    assert error is None
    assert [(each.uid, each.done, type(each.error)) for each in failed] == [
        ("acme:b", True, NotFound)
    ]
    assert {each.uid for each in told if each.reached} == {"acme:a"}


@both
def test_when_the_time_is_over_the_error_names_who_is_still_waited_for(driver: str) -> None:
    account = Account({"a": 5, "b": 1000})
    told, error = wait(account, driver, timeout=60)

    assert isinstance(error, WaitTimeout)
    assert error.pending == ("acme:b",)
    assert "acme:b (queued)" in str(error)
    assert "acme:a" in {each.uid for each in told if each.reached}
    assert account.now == 60


@both
def test_no_time_looks_once(driver: str) -> None:
    account = Account({"a": 5})
    told, error = wait(account, driver, timeout=0)

    assert isinstance(error, WaitTimeout)
    assert (len(told), account.requests, account.pauses) == (1, 1, [])


@both
def test_the_pause_grows_from_two_seconds_to_thirty(driver: str) -> None:
    account = Account({"a": 200})
    wait(account, driver)

    assert account.pauses[0] == 2
    assert account.pauses == sorted(account.pauses)
    assert account.pauses[-1] == 30


@both
def test_a_provider_says_when_to_ask_again(driver: str) -> None:
    account = Account({"a": 20}, poll_after=5)
    wait(account, driver)
    assert set(account.pauses) == {5}


@both
def test_trouble_that_passes_is_waited_out(driver: str) -> None:
    told, error = wait(Account({"a": 5, "b": 5, "c": 5}, broken_until=30), driver)

    assert error is None
    assert all(each.error is None for each in told)
    assert {each.uid for each in told if each.reached} == {"acme:a", "acme:b", "acme:c"}


@both
def test_two_hundred_videos_are_asked_for_by_pages(driver: str) -> None:
    account = Account({f"v{number}": number * 1.5 for number in range(200)})
    told, error = wait(account, driver)

    assert error is None
    assert len({each.uid for each in told if each.reached}) == 200
    assert account.requests <= 150


def test_a_list_that_hides_them_is_not_read_for_ever() -> None:
    account = Account({"a": 5, "b": 5, "c": 5}, page_size=1)
    others = {f"new{number}": 0.0 for number in range(500)}
    hidden = Account({**others, **account.ready_at}, page_size=1)
    uids = ("acme:a", "acme:b", "acme:c")
    waiting: Waiting[Video] = Waiting(uids, dict.fromkeys(uids, "acme"), {"acme"}, SETTLED, 100)
    told = list(wait_for(waiting, hidden.get, hidden.pages, hidden.sleep, lambda: hidden.now))

    assert {each.uid for each in told if each.reached} == set(uids)
    assert hidden.requests <= 6 * (len(hidden.pauses) + 1)


@both
@given(
    ready_at=st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=3), st.floats(0, 900), max_size=12
    ),
    failing=st.sets(st.text("abcdefgh", min_size=1, max_size=3)),
    unknown=st.sets(st.text("abcdefgh", min_size=1, max_size=3), max_size=2),
    page_size=st.integers(1, 5),
    listing=st.booleans(),
    broken_until=st.floats(-1, 100),
)
def test_every_wait_ends_with_the_truth_about_each(
    driver: str,
    ready_at: dict[str, float],
    failing: set[str],
    unknown: set[str],
    page_size: int,
    listing: bool,
    broken_until: float,
) -> None:
    account = Account(
        ready_at, frozenset(failing), frozenset(unknown), page_size, None, broken_until
    )
    told, error = wait(account, driver, listing=listing)
    done = {each.uid.removeprefix("acme:"): each for each in told if each.done}

    assert error is None
    assert done.keys() == ready_at.keys()
    assert len([each for each in told if each.done]) == len(done)
    for id, each in done.items():
        if id in unknown:
            assert isinstance(each.error, NotFound)
        else:
            assert each.item is not None
            assert each.item.status == ("failed" if id in failing else "ready")
