"""A listing ends, and misses nothing and repeats nothing, however a provider pages and misbehaves.

The providers here are simulated from how real ones page, not from how the engine works: each keeps a
list of items that changes while it is read, and answers as its kind does. What a plugin would make of
the responses is written out beside it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel import (
    ListQuery,
    NotFound,
    Page,
    PaginationError,
    PolyreelError,
    RateLimited,
    Status,
    Video,
)
from polyreel.listing.cursors import Binding, Cursor, Position, decode, encode
from polyreel.listing.engine import Job, ListingEngine
from polyreel.listing.list_source import ListSource, Wanted
from polyreel.listing.stream import Batch

ACCOUNT = "acme"


def bookmark(positions: Mapping[str, Position]) -> str:
    return encode(
        Cursor(binding=Binding(kind="videos", accounts=tuple(positions)), positions=positions)
    )


def positions_in(text: str | None) -> Mapping[str, Position]:
    assert text is not None
    cursor = decode(text)
    assert cursor is not None
    return cursor.positions


def source(name: str, start: Position, window: int = 4) -> ListSource:
    query = ListQuery(page_size=start.page_size or 10)
    return ListSource(name=name, account=name, query=query, start=start, window=window)


def video(number: int) -> Video:
    words = ("completed", "failed", "queued")
    return Video(
        provider=ACCOUNT, account=ACCOUNT, id=f"v{number}", provider_status=words[number % 3]
    )


@dataclass
class Provider:
    """A list of videos that is served in pages; newest first, as by far the most do it."""

    size: int
    style: str = "number"
    page_size: int = 10
    cap: int = 1000  # what the server gives at most, whatever it is asked for
    first_number: int = 0
    total: Callable[[Provider], int | None] = lambda server: len(server.videos)
    beyond: str = "empty"  # or "refuse", or "last page": what is behind the last page
    promises: bool = False  # whether answers say that there is more
    changes: dict[int, tuple[str, int]] = field(default_factory=dict)  # by number of requests
    requests: int = 0

    def __post_init__(self) -> None:
        self.videos = [video(number) for number in range(self.size, 0, -1)]
        self.constant = set(ids(self.videos))
        self._next_number = self.size + 1
        self.claims: list[int] = []
        honest = self.total

        def total(server: Provider) -> int | None:
            claim = honest(server)
            self.claims += [] if claim is None else [claim]
            return claim

        self.total = total

    def serve(self, cursor: str | None, size: int) -> Page[Video] | PolyreelError:
        self._change()
        self.requests += 1
        return getattr(self, f"_by_{self.style}")(cursor, min(size, self.cap))

    def _change(self) -> None:
        what, amount = self.changes.pop(self.requests, ("nothing", 0))
        if what == "insert":
            for _ in range(amount):
                self.videos.insert(0, video(self._next_number))
                self._next_number += 1
        if what == "delete" and self.videos:
            gone = self.videos.pop(amount % len(self.videos))
            self.constant.discard(gone.id)

    def _by_number(self, cursor: str | None, limit: int) -> Page[Video] | PolyreelError:
        number = self.first_number if cursor is None else int(cursor)
        index = number - self.first_number
        pages = -(-len(self.videos) // limit)
        if index >= max(pages, 1):
            if self.beyond == "refuse":
                return NotFound("no such page")
            if self.beyond == "last page":
                index = pages - 1
        shown = self.videos[index * limit : (index + 1) * limit]
        # The plugin doesn't know which number the first page has.
        return Page(items=tuple(shown), total=self.total(self), by="number")

    def _by_offset(self, cursor: str | None, limit: int) -> Page[Video]:
        offset = int(cursor or 0)
        shown = self.videos[offset : offset + limit]
        more = offset + len(shown) < len(self.videos)
        return Page(
            items=tuple(shown),
            next=str(offset + len(shown)) if (more if self.promises else shown) else None,
            total=self.total(self),
            more=more if self.promises else None,
            by="offset",
        )

    def _by_last_id(self, cursor: str | None, limit: int) -> Page[Video]:
        # Servers page by the key behind the id, so that a deleted item still has its place.
        behind = [
            video for video in self.videos if cursor is None or int(video.id[1:]) < int(cursor[1:])
        ]
        shown = behind[:limit]
        more = len(behind) > len(shown)
        goes_on = more if self.promises else bool(shown)
        return Page(
            items=tuple(shown),
            next=shown[-1].id if goes_on else None,
            more=more if self.promises else None,
            by="id",
        )

    def _by_token(self, cursor: str | None, limit: int) -> Page[Video]:
        page = self._by_last_id(cursor.removeprefix("token:") if cursor else None, limit)
        return Page(
            items=page.items, next=f"token:{page.next}" if page.next else None, more=page.more
        )


@dataclass
class Run:
    """A engine, driven with outcomes in any order, and what came of it."""

    servers: dict[str, Provider]
    shuffle: random.Random = field(default_factory=lambda: random.Random(0))
    window: int = 4
    limit: int | None = None
    statuses: set[Status] | None = None
    start: Mapping[str, Position] = field(default_factory=dict)
    most_requests: int = 10_000

    def __post_init__(self) -> None:
        self.deliveries: list[Batch[Video]] = []
        self.most_waiting = 0
        engine = self.engine = ListingEngine(
            [
                source(
                    name,
                    self.start.get(name, Position(page_size=server.page_size)),
                    window=self.window,
                )
                for name, server in self.servers.items()
            ],
            bookmark,
            wanted=Wanted(statuses=self.statuses),
            limit=self.limit,
        )
        flying: list[tuple[Job, Any]] = []
        while not engine.finished:
            # What was asked for was served in the order of asking; answers arrive in any.
            flying += [
                (job, self.servers[job.source].serve(job.ask.cursor, job.ask.size))
                for job in engine.wanted()
            ]
            assert sum(server.requests for server in self.servers.values()) < self.most_requests
            assert flying, "the engine is not finished, but wants nothing"
            self.most_waiting = max(self.most_waiting, len(flying))
            engine.arrived(*flying.pop(self.shuffle.randrange(len(flying))))
            while delivery := engine.take():
                self.deliveries.append(delivery)

    @property
    def items(self) -> list[Video]:
        return [item for delivery in self.deliveries for item in delivery.page.items]

    @property
    def ids(self) -> list[str]:
        return ids(self.items)

    @property
    def errors(self) -> list[PolyreelError]:
        return self.engine.errors


def ids(items: Iterable[Video]) -> list[str]:
    return [item.id for item in items]


def read(server: Provider, **settings: Any) -> Run:
    return Run({ACCOUNT: server}, **settings)


def is_in_order(found: list[str]) -> bool:
    numbers = [int(id[1:]) for id in found]
    return numbers == sorted(numbers, reverse=True)


Total: TypeAlias = Callable[["Provider"], int | None]

TOTALS: dict[str, Total] = {
    "right": lambda server: len(server.videos),
    "missing": lambda server: None,
    "zero": lambda server: 0,
    "of the page": lambda server: min(server.page_size, server.cap, len(server.videos)),
    "too low": lambda server: len(server.videos) // 2,
}
TOO_HIGH: dict[str, Total] = {
    "falling": lambda server: 5000 - server.requests,
    "growing": lambda server: server.requests,
    "wild": lambda server: (server.requests * 7919) % 97,
    "too high": lambda server: len(server.videos) * 3 + 40,
}


def claims_too_many(server: Provider) -> bool:
    """Tell whether a server says that there is more than it gives: then an error is right."""
    return any(claim > server.size for claim in server.claims)


def providers(
    totals: Mapping[str, Total] = TOTALS,
    styles: tuple[str, ...] = ("number", "offset", "last_id", "token"),
    **more: st.SearchStrategy[Any],
) -> st.SearchStrategy[Provider]:
    return st.builds(
        Provider,
        size=st.integers(0, 60),
        style=st.sampled_from(styles),
        page_size=st.integers(1, 20),
        cap=st.integers(1, 25),
        first_number=st.sampled_from([0, 1]),
        total=st.sampled_from(list(totals.values())),
        promises=st.booleans(),
        **more,
    )


SHUFFLES = st.randoms(use_true_random=False)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# What holds for a list that nobody changes


@quick
@given(server=providers(totals={**TOTALS, **TOO_HIGH}), shuffle=SHUFFLES, window=st.integers(1, 9))
def test_every_item_comes_once_and_in_order_whatever_the_total_says(
    server: Provider, shuffle: random.Random, window: int
) -> None:
    run = read(server, shuffle=shuffle, window=window)
    assert run.ids == ids(server.videos)
    assert run.errors == [] or claims_too_many(server)


@quick
@given(
    server=providers(totals=TOTALS).filter(lambda one: min(one.page_size, one.cap) >= 10),
    shuffle=SHUFFLES,
)
def test_requests_are_few(server: Provider, shuffle: random.Random) -> None:
    run = read(server, shuffle=shuffle, most_requests=400)
    pages = -(-server.size // min(server.page_size, server.cap))
    # Each page and what overlaps, the first under both its numbers, one to see the end, and those that
    # a total made up.
    assert server.requests <= 2 * pages + 4 + run.window


def test_an_honest_list_takes_hardly_more_requests_than_it_has_pages() -> None:
    requests = {}
    for style in ("number", "offset", "last_id", "token"):
        server = Provider(size=205, style=style, page_size=50)
        read(server, window=1)
        requests[style] = server.requests
    assert requests == {"number": 5, "offset": 5, "last_id": 6, "token": 6}
    promising = Provider(size=205, style="last_id", page_size=50, promises=True)
    read(promising)
    assert promising.requests == 5


@quick
@given(server=providers(totals=TOTALS), window=st.integers(1, 9))
def test_no_more_pages_wait_than_the_window_has(server: Provider, window: int) -> None:
    assert read(server, window=window).most_waiting <= window


@pytest.mark.parametrize("first_number", [0, 1])
@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 20, 35])
def test_a_provider_may_refuse_what_is_behind_the_last_page(first_number: int, size: int) -> None:
    run = read(Provider(size=size, first_number=first_number, beyond="refuse"))
    assert (run.ids, run.errors) == (ids(Provider(size=size).videos), [])


@quick
@given(
    size=st.integers(1, 60),
    cap=st.integers(1, 25),
    first_number=st.sampled_from([0, 1]),
    total=st.sampled_from(list(TOTALS.values())[:3]),
)
def test_a_provider_may_repeat_its_last_page_for_ever(
    size: int, cap: int, first_number: int, total: Any
) -> None:
    server = Provider(size, cap=cap, first_number=first_number, total=total, beyond="last page")
    run = read(server, window=2, most_requests=300)
    assert (run.ids, run.errors) == (ids(server.videos), [])


# What holds for a list that changes while it is read


@quick
@given(
    server=providers(
        changes=st.dictionaries(
            st.integers(0, 12), st.tuples(st.just("insert"), st.integers(1, 3)), max_size=2
        )
    ).filter(lambda server: min(server.page_size, server.cap) >= 3),
    shuffle=SHUFFLES,
)
def test_new_items_in_front_cost_nothing_and_repeat_nothing(
    server: Provider, shuffle: random.Random
) -> None:
    run = read(server, shuffle=shuffle)
    assert len(run.ids) == len(set(run.ids))
    assert server.constant <= set(run.ids)
    assert run.errors == []


@quick
@given(
    server=providers(
        totals={"right": TOTALS["right"]},
        changes=st.dictionaries(
            st.integers(0, 20), st.tuples(st.just("delete"), st.integers(0, 60)), max_size=6
        ),
    ).filter(lambda server: min(server.page_size, server.cap) >= 3),
    shuffle=SHUFFLES,
    window=st.integers(1, 6),
)
def test_items_that_move_forward_when_others_are_deleted_are_not_missed(
    server: Provider, shuffle: random.Random, window: int
) -> None:
    run = read(server, shuffle=shuffle, window=window)
    assert len(run.ids) == len(set(run.ids))
    assert server.constant <= set(run.ids)
    assert run.errors == []


@quick
@given(
    server=providers(
        styles=("last_id", "token"),
        changes=st.dictionaries(
            st.integers(0, 20),
            st.tuples(st.sampled_from(["insert", "delete"]), st.integers(1, 60)),
            max_size=8,
        ),
    )
)
def test_a_cursor_that_names_an_item_bears_any_change(server: Provider) -> None:
    run = read(server)
    assert server.constant <= set(run.ids)
    assert is_in_order(run.ids)
    assert run.errors == []


def test_a_whole_page_that_is_deleted_is_made_up_for() -> None:
    deletions = {3: ("delete", 0), 4: ("delete", 0)}
    server = Provider(size=12, page_size=1, changes=deletions)
    run = read(server, window=1)
    assert server.constant <= set(run.ids)


# Providers that go in circles, or promise what they don't have


class Circle:
    """A provider that gives what the test says, again and again."""

    def __init__(
        self, response: Callable[[str | None, int], Page[Video]], page_size: int = 2
    ) -> None:
        self.response = response
        self.page_size = page_size
        self.requests = 0

    def serve(self, cursor: str | None, size: int) -> Page[Video]:
        self.requests += 1
        return self.response(cursor, self.requests)


def pair(number: int) -> tuple[Video, ...]:
    return (video(2 * number), video(2 * number + 1))


CIRCLES: dict[str, Callable[[str | None, int], Page[Video]]] = {
    "the cursor is ignored, and more promised": lambda cursor, n: Page(
        items=pair(0), next="v1", more=True
    ),
    "the cursor is ignored, and the total is higher": lambda cursor, n: Page(
        items=pair(0), next="v1", total=9
    ),
    "the page number is ignored, and the total is higher": lambda cursor, n: Page(
        items=pair(0), next=str(int(cursor or 0) + 1), total=9
    ),
    "more is promised, but not where": lambda cursor, n: Page(items=pair(0), more=True),
    "more is promised behind an empty page": lambda cursor, n: Page(items=(), more=True),
    "empty pages without end": lambda cursor, n: Page(items=(), next=str(n), more=True),
    "two cursors take turns": lambda cursor, n: Page(
        items=pair(0 if cursor in {None, "a"} else 1),
        next="b" if cursor in {None, "a"} else "a",
        more=True,
    ),
    "one cursor for ever, with new items": lambda cursor, n: Page(items=pair(n), next="same"),
    "many pages come round again": lambda cursor, n: Page(
        items=tuple(video(v) for v in range(n * 250 % 60_000, n * 250 % 60_000 + 250)),
        next=str(n),
        more=True,
    ),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_ends_with_an_error_behind_what_could_be_had(name: str) -> None:
    server: Any = Circle(CIRCLES[name])
    run = Run({ACCOUNT: server}, window=1, most_requests=1000)
    (error,) = run.errors
    assert isinstance(error, PaginationError)
    assert error.account == ACCOUNT
    assert f"after {len(run.ids)} items" in str(error)
    assert len(run.ids) == len(set(run.ids))


@pytest.mark.parametrize(
    "response",
    [
        lambda cursor, n: Page(items=pair(0), next="v1"),
        lambda cursor, n: Page(items=pair(0), next="v1", total=2),
        lambda cursor, n: Page(items=pair(0), next=str(int(cursor or 0) + 1)),
        lambda cursor, n: Page(items=pair(0), next="v1", more=False),
    ],
)
def test_a_server_that_always_sends_everything_is_read_once(response: Any) -> None:
    server: Any = Circle(response, page_size=5)
    run = Run({ACCOUNT: server}, most_requests=20)
    assert (run.ids, run.errors) == (["v0", "v1"], [])


def test_a_full_page_that_comes_again_is_never_taken_for_the_end() -> None:
    server: Any = Circle(lambda cursor, n: Page(items=pair(0), next="v1"), page_size=2)
    run = Run({ACCOUNT: server}, most_requests=20)
    assert run.ids == ["v0", "v1"]
    assert isinstance(run.errors[0], PaginationError)


def test_the_same_item_twice_on_a_page_comes_once() -> None:
    server: Any = Circle(lambda cursor, n: Page(items=pair(0) + pair(0)))
    assert Run({ACCOUNT: server}).ids == ["v0", "v1"]


# Limits and filters


@quick
@given(
    server=providers(),
    limit=st.integers(0, 70),
    shuffle=SHUFFLES,
    wanted=st.sets(st.sampled_from(Status)),
)
def test_a_limit_counts_the_items_that_are_wanted(
    server: Provider, limit: int, shuffle: random.Random, wanted: set[Status]
) -> None:
    expected = [item.id for item in server.videos if not wanted or item.status in wanted]
    run = read(server, limit=limit, statuses=wanted or None, shuffle=shuffle)
    assert run.ids == expected[:limit]
    assert run.errors == []


@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (10, 1), (11, 2), (30, 3)])
def test_a_limit_asks_for_no_page_too_many(limit: int, requests: int) -> None:
    server = Provider(size=100, style="last_id", promises=True)
    read(server, limit=limit, window=8)
    assert server.requests == requests


# Several accounts


@quick
@given(servers=st.lists(providers(), min_size=1, max_size=4), shuffle=SHUFFLES)
def test_accounts_are_read_side_by_side_each_in_its_order(
    servers: list[Provider], shuffle: random.Random
) -> None:
    run = Run({str(name): server for name, server in enumerate(servers)}, shuffle=shuffle)
    for name, server in enumerate(servers):
        mine = [
            item.id
            for delivery in run.deliveries
            if delivery.account == str(name)
            for item in delivery.page.items
        ]
        assert mine == ids(server.videos)


def test_an_account_that_fails_costs_no_other() -> None:
    broken: Any = Circle(lambda cursor, n: RateLimited("slow"))  # type: ignore[arg-type, return-value]
    run = Run({"good": Provider(size=25), "broken": broken})
    assert len(run.ids) == 25
    assert [(type(error), error.account) for error in run.errors] == [(RateLimited, "broken")]


def test_an_account_that_never_responses_holds_nobody_up() -> None:
    server = Provider(size=25)
    engine: ListingEngine[Video] = ListingEngine(
        [source(name, Position(page_size=10), window=2) for name in ("silent", "good")],
        bookmark,
        wanted=Wanted(),
    )
    found: list[str] = []
    for _ in range(10):
        for job in engine.wanted():
            if job.source == "good":
                engine.arrived(job, server.serve(job.ask.cursor, job.ask.size))
        while delivery := engine.take():
            found += ids(delivery.page.items)
    assert found == ids(server.videos)
    assert not engine.finished


# Resuming


def after_items(run: Run, count: int) -> Position | None:
    """Say where a caller stands who took so many items and then stopped."""
    for delivery in run.deliveries:
        items = delivery.page.items
        if count < len(items):
            return delivery.position(count) if count else delivery.before
        count -= len(items)
        if count == 0:
            return delivery.after
    raise AssertionError("there are fewer items")


@quick
@given(server=providers(), shuffle=SHUFFLES, data=st.data())
def test_a_listing_goes_on_where_it_was_left_without_loss_or_repeat(
    server: Provider, shuffle: random.Random, data: st.DataObject
) -> None:
    whole = read(server, shuffle=shuffle)
    taken = data.draw(st.integers(0, len(whole.ids)))
    position = after_items(whole, taken)
    if position is None:
        assert taken == len(whole.ids)
        return
    start = positions_in(bookmark({ACCOUNT: position}))
    rest = read(server, shuffle=shuffle, start=start)
    assert whole.ids[:taken] + rest.ids == ids(server.videos)
    assert rest.errors == []


@quick
@given(server=providers(), steps=st.lists(st.integers(1, 15), min_size=1), data=st.data())
def test_a_listing_in_small_limits_is_the_whole_listing(
    server: Provider, steps: list[int], data: st.DataObject
) -> None:
    found: list[str] = []
    position: Position | None = Position(page_size=server.page_size)
    for step in [*steps, None]:
        if position is None:
            break
        run = read(server, limit=step, start={ACCOUNT: position})
        found += run.ids
        position = run.deliveries[-1].after if run.deliveries else None
    assert found == ids(server.videos)


@quick
@given(server=providers(), failing=st.integers(1, 8), shuffle=SHUFFLES)
def test_a_page_that_fails_keeps_what_was_read_and_says_where_to_resume(
    server: Provider, failing: int, shuffle: random.Random
) -> None:
    honest = server.serve

    def serve(cursor: str | None, size: int) -> Page[Video] | PolyreelError:
        page = honest(cursor, size)
        return RateLimited("slow") if server.requests == failing else page

    server.serve = serve  # type: ignore[method-assign]
    first = read(server, shuffle=shuffle)
    if not first.errors:
        return  # it ended before the request that was to fail
    (error,) = first.errors
    assert isinstance(error, RateLimited)
    start = positions_in(error.resume)
    rest = read(server, shuffle=shuffle, start=start)
    assert server.constant <= set(first.ids + rest.ids)
    assert first.ids + rest.ids == ids(server.videos)
