"""Several sources are one listing: ordered by time, the newest of all, the same whoever answers first."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel import ListQuery, Page, PaginationError, PolyreelError, RateLimited, Video
from polyreel.listing.cursors import Binding, Cursor, Position, decode, encode
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.list_source import ListSource, Wanted
from polyreel.models import Order

START = datetime(2026, 11, 1, tzinfo=UTC)


def at(minute: int | None) -> datetime | None:
    return None if minute is None else START + timedelta(minutes=minute)


@dataclass
class Account:
    """An account's list: the minutes at which its items were made, in the order in which it serves them."""

    name: str
    minutes: Sequence[int | None]
    order: Order | None
    page_size: int = 3
    strict: bool = True
    fails_at: int | None = None  # the number of the page, from 0
    asked: list[int] = field(default_factory=list)

    @property
    def videos(self) -> list[Video]:
        return [
            Video(provider="acme", account=self.name, id=f"{self.name}{n}", created_at=at(minute))
            for n, minute in enumerate(self.minutes)
        ]

    def serve(self, cursor: str | None) -> Page[Video] | PolyreelError:
        number = int(cursor or 0)
        self.asked.append(number)
        if number == self.fails_at:
            return RateLimited("slow")
        rows = self.videos[number * self.page_size : (number + 1) * self.page_size]
        more = len(self.minutes) > (number + 1) * self.page_size
        return Page(items=tuple(rows), next=str(number + 1) if more else None, more=more)

    def source(self, start: Position) -> ListSource:
        return ListSource(
            name=self.name,
            account=self.name,
            query=ListQuery(page_size=self.page_size),
            start=start,
            window=4,
            order=self.order,
            strict=self.strict,
        )


@dataclass
class Result:
    items: list[Video]
    engine: ListingEngine[Video]
    cursor: Mapping[str, Position]

    @property
    def uids(self) -> list[str]:
        return [item.id for item in self.items]

    @property
    def times(self) -> list[datetime | None]:
        return [item.created_at for item in self.items]


def read(
    accounts: Sequence[Account],
    shuffle: random.Random | None = None,
    start: Mapping[str, Position] | None = None,
    wanted: Wanted | None = None,
    **options: Any,
) -> Result:
    """Drive an engine to its end; answers come in any order."""
    binding = Binding(kind="videos", accounts=tuple(account.name for account in accounts))
    beginning = {account.name: Position() for account in accounts} if start is None else start
    engine: ListingEngine[Video] = ListingEngine(
        [
            account.source(beginning[account.name])
            for account in accounts
            if account.name in beginning
        ],
        lambda positions: encode(Cursor(binding=binding, positions=positions)),
        wanted=wanted or Wanted(),
        **options,
    )
    by_name = {account.name: account for account in accounts}
    items: list[Video] = []
    flying: list[tuple[Job, Any]] = []
    while not engine.finished:
        flying += [(job, by_name[job.source].serve(job.ask.cursor)) for job in engine.wanted()]
        assert flying, "the engine is not finished, but wants nothing"
        place = shuffle.randrange(len(flying)) if shuffle else 0
        engine.arrived(*flying.pop(place))
        while batch := engine.take():
            items += batch.page.items
    ahead = {name: position for name, position in engine.positions.items() if position}
    return Result(items, engine, ahead)


MINUTES = st.lists(st.integers(0, 30), max_size=12)
ORDERS: st.SearchStrategy[Order] = st.sampled_from(["asc", "desc"])
SHUFFLES = st.randoms(use_true_random=False)
quick = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def sorted_accounts(draw: st.DrawFn, order: Order) -> list[Account]:
    names = "abcd"[: draw(st.integers(1, 4))]
    return [
        Account(
            name,
            sorted(draw(MINUTES), reverse=order == "desc"),
            order,
            page_size=draw(st.integers(1, 5)),
        )
        for name in names
    ]


def merged(accounts: Sequence[Account], order: Order) -> list[str]:
    """Say what the items of all accounts are in order of time; equal times as accounts are given."""
    videos = [video for account in accounts for video in account.videos]
    return [
        video.id
        for video in sorted(videos, key=lambda it: it.created_at or START, reverse=order == "desc")
    ]


@quick
@given(data=st.data(), order=ORDERS, shuffle=SHUFFLES)
def test_an_ordered_listing_is_all_items_by_time(
    data: st.DataObject, order: Order, shuffle: random.Random
) -> None:
    accounts = data.draw(sorted_accounts(order))
    result = read(accounts, shuffle, merge=order)
    assert result.uids == merged(accounts, order)
    assert result.engine.errors == []


@quick
@given(data=st.data(), limit=st.integers(0, 30), shuffle=SHUFFLES)
def test_a_limited_listing_is_the_newest_of_all_accounts(
    data: st.DataObject, limit: int, shuffle: random.Random
) -> None:
    accounts = data.draw(sorted_accounts("desc"))
    result = read(accounts, shuffle, merge="desc", limit=limit)
    assert result.uids == merged(accounts, "desc")[:limit]


ANY_ACCOUNTS = st.lists(
    st.tuples(
        st.lists(st.none() | st.integers(0, 30), max_size=10),
        st.sampled_from([None, "desc"]),
        st.integers(1, 4),
        st.none() | st.integers(0, 3),
    ),
    min_size=1,
    max_size=4,
).map(
    lambda rows: [
        Account(name, minutes, order, page_size, strict=False, fails_at=failing)  # type: ignore[arg-type]
        for name, (minutes, order, page_size, failing) in zip("abcd", rows, strict=False)
    ]
)


@quick
@given(accounts=ANY_ACCOUNTS, one=SHUFFLES, other=SHUFFLES, limit=st.none() | st.integers(0, 30))
def test_the_same_responses_give_the_same_result_whoever_answers_first(
    accounts: list[Account], one: random.Random, other: random.Random, limit: int | None
) -> None:
    first = read(accounts, one, merge="desc", limit=limit)
    second = read(accounts, other, merge="desc", limit=limit)
    assert first.uids == second.uids
    assert first.cursor == second.cursor


@quick
@given(accounts=ANY_ACCOUNTS, shuffle=SHUFFLES)
def test_no_item_is_lost_or_doubled_however_strange_the_times_are(
    accounts: list[Account], shuffle: random.Random
) -> None:
    for account in accounts:
        account.fails_at = None
    result = read(accounts, shuffle, merge="desc")
    assert sorted(result.uids) == sorted(it.id for account in accounts for it in account.videos)


@quick
@given(accounts=ANY_ACCOUNTS, limits=st.lists(st.integers(1, 9), min_size=1), shuffle=SHUFFLES)
def test_a_merged_listing_in_small_limits_is_the_whole_listing(
    accounts: list[Account], limits: list[int], shuffle: random.Random
) -> None:
    for account in accounts:
        account.fails_at = None
    found: list[str] = []
    start: Mapping[str, Position] = {account.name: Position() for account in accounts}
    for limit in [*limits, None]:
        result = read(accounts, shuffle, start, merge="desc", limit=limit)
        found += result.uids
        start = result.cursor
    assert sorted(found) == sorted(it.id for account in accounts for it in account.videos)
    assert start == {}


@quick
@given(data=st.data(), limits=st.lists(st.integers(1, 9)), order=ORDERS)
def test_an_ordered_listing_in_small_limits_is_in_order(
    data: st.DataObject, limits: list[int], order: Order
) -> None:
    accounts = data.draw(sorted_accounts(order))
    found: list[str] = []
    start: Mapping[str, Position] = {account.name: Position() for account in accounts}
    for limit in [*limits, None]:
        result = read(accounts, start=start, merge=order, limit=limit)
        found += result.uids
        start = result.cursor
    assert found == merged(accounts, order)


def test_accounts_of_unknown_order_come_last_one_after_the_other_in_their_own() -> None:
    accounts = [
        Account("x", [5, 90, 7], None),
        Account("a", [20, 10], "desc"),
        Account("y", [99], None),
        Account("b", [15], "desc"),
    ]
    result = read(accounts, merge="desc", limit=6)
    assert result.uids == ["a0", "b0", "a1", "x0", "x1", "x2"]


def test_accounts_that_come_last_are_not_asked_before_they_are_needed() -> None:
    accounts = [Account("x", [1, 2, 3], None), Account("a", [20, 10], "desc")]
    assert read(accounts, merge="desc", limit=2).uids == ["a0", "a1"]
    assert accounts[0].asked == []


def test_items_without_a_time_stay_beside_their_neighbours() -> None:
    accounts = [Account("a", [None, 30, None, 10], "desc"), Account("b", [20, 5], "desc")]
    assert read(accounts, merge="desc").uids == ["a0", "a1", "a2", "b0", "a3", "b1"]


def test_a_list_without_any_time_comes_behind_the_others() -> None:
    accounts = [Account("a", [None, None], "desc"), Account("b", [20, 5], "desc")]
    assert read(accounts, merge="desc").uids == ["b0", "b1", "a0", "a1"]


def test_one_account_holds_the_others_up_only_until_it_has_failed() -> None:
    accounts = [Account("a", [30, 20], "desc"), Account("b", [40], "desc", fails_at=0)]
    result = read(accounts, merge="desc")
    assert result.uids == ["a0", "a1"]
    (error,) = result.engine.errors
    assert (type(error), error.account) == (RateLimited, "b")
    assert decode(error.resume or "").positions.keys() == {"b"}  # type: ignore[union-attr]


def test_a_limit_asks_no_account_for_more_pages_than_it_can_need() -> None:
    accounts = [Account(name, range(60, 0, -1), "desc", page_size=10) for name in ("a", "b", "c")]
    read(accounts, merge="desc", limit=10)
    assert [account.asked for account in accounts] == [[0], [0], [0]]


# An order that was asked for, and isn't kept


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_server_that_ignores_the_order_is_an_error_before_the_wrong_end_comes(
    order: Order,
) -> None:
    wrong = [1, 2, 3, 4, 5] if order == "desc" else [5, 4, 3, 2, 1]
    accounts = [Account("a", wrong, order), Account("b", sorted(wrong), None)]
    result = read(accounts[:1], limit=2)
    assert result.uids == []
    (error,) = result.engine.errors
    assert isinstance(error, PaginationError)
    assert "doesn't keep the order" in str(error)
    assert error.account == "a"


def test_what_came_in_order_is_delivered_before_the_error() -> None:
    account = Account("a", [50, 40, 30, 20, 45, 44], "desc", page_size=2)
    result = read([account])
    assert result.uids == ["a0", "a1", "a2", "a3"]
    (error,) = result.engine.errors
    assert isinstance(error, PaginationError)


def test_an_order_that_nobody_asked_for_may_be_broken_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    accounts = [Account("a", [1, 2, 3], "desc", strict=False), Account("b", [2], "desc")]
    result = read(accounts, merge="desc", limit=4)
    assert sorted(result.uids) == ["a0", "a1", "a2", "b0"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "a: its items don't come in the order" in caplog.text


def test_items_that_were_made_meanwhile_are_no_broken_order() -> None:
    account = Account("a", [50, 40, 30, 90, 80, 20], "desc")
    result = read([account])
    assert result.uids == [f"a{n}" for n in range(6)]
    assert result.engine.errors == []


def test_times_that_differ_by_less_than_a_second_may_be_in_any_order() -> None:
    account = Account("a", [1, 1, 1], "desc")
    moments = [START, START + timedelta(milliseconds=900), START]
    videos = [
        Video(provider="acme", account="a", id=str(n), created_at=moment)
        for n, moment in enumerate(moments)
    ]
    account.serve = lambda cursor: Page(items=tuple(videos))  # type: ignore[method-assign]
    result = read([account])
    assert (len(result.items), result.engine.errors) == (3, [])


# A window of time


@quick
@given(
    accounts=st.lists(
        st.tuples(MINUTES, st.sampled_from([None, "asc", "desc"]), st.integers(1, 5)),
        min_size=1,
        max_size=3,
    ),
    since=st.none() | st.integers(-1, 31),
    until=st.none() | st.integers(-1, 31),
    limit=st.none() | st.integers(0, 20),
    shuffle=SHUFFLES,
)
def test_a_window_of_time_is_cut_to_the_second(
    accounts: list[tuple[list[int], Order | None, int]],
    since: int | None,
    until: int | None,
    limit: int | None,
    shuffle: random.Random,
) -> None:
    arranged: dict[Order | None, Callable[[list[int]], list[int]]] = {
        None: list,
        "asc": sorted,
        "desc": lambda minutes: sorted(minutes, reverse=True),
    }
    made = [
        Account(name, arranged[order](minutes), order, page_size)
        for name, (minutes, order, page_size) in zip("abc", accounts, strict=False)
    ]
    result = read(made, shuffle, wanted=Wanted(since=at(since), until=at(until)), limit=limit)
    inside = {
        video.id
        for account in made
        for video, minute in zip(account.videos, account.minutes, strict=True)
        if minute is not None
        and (since is None or minute >= since)
        and (until is None or minute < until)
    }
    assert set(result.uids) <= inside
    assert len(result.uids) == (len(inside) if limit is None else min(limit, len(inside)))


def test_a_list_of_known_order_is_not_read_beyond_the_window() -> None:
    account = Account("a", range(1000, 0, -1), "desc", page_size=10)
    result = read([account], wanted=Wanted(since=at(985)))
    assert len(result.items) == 16
    assert max(account.asked) <= 3
    assert result.cursor == {}


def test_a_list_of_unknown_order_is_read_whole() -> None:
    account = Account("a", [1, 900, 2, 901, 3, 902], None)
    assert read([account], wanted=Wanted(since=at(900))).uids == ["a1", "a3", "a5"]


def test_a_list_that_breaks_its_order_is_read_whole(caplog: pytest.LogCaptureFixture) -> None:
    account = Account("a", [900, 3, 901, 2, 902, 1, 903], "desc", page_size=3, strict=False)
    assert read([account], wanted=Wanted(since=at(900))).uids == ["a0", "a2", "a4", "a6"]
    assert "are taken as they come" in caplog.text


def test_items_without_a_time_are_in_no_window_and_counted() -> None:
    account = Account("a", [None, 5, None], "desc")
    result = read([account], wanted=Wanted(since=at(0)))
    assert result.uids == ["a1"]
    assert result.engine.untimed == {"a": 2}
