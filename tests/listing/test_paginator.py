"""An item that exists throughout a listing comes, once, whatever is inserted or deleted meanwhile.

Where a list changes faster than its pages can be read, or a provider doesn't keep what it promises, the
listing ends with an error that says how many came and where to go on; never in silence.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from polyreel import (
    FieldMap,
    InvalidRequest,
    ListQuery,
    MalformedResponse,
    NotFound,
    Page,
    PaginationError,
    PolyreelError,
    Response,
    Video,
    paging,
)
from polyreel.listing.cursors import decode
from polyreel.listing.seen import SeenIds
from support.changes import SCRIPTS, SHUFFLES, STYLES, scripted, servers
from support.lists import FIELDS, Anything, Listing, Server


class Timed(Anything):
    """Stands for a generated model with a time."""

    made: Any = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Timed:
        row = cls()
        row.made = src_dict.get("made")
        return row


TIMED: FieldMap[Video, Any] = FieldMap(
    Video, Timed, id="id", fields={"created_at": lambda it: it.made}
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    server=servers(change=SCRIPTS.map(scripted)),
    shuffle=SHUFFLES,
    window=st.integers(1, 9),
    page_size=st.integers(1, 20) | st.just(50),
)
def test_what_exists_throughout_comes_once_or_the_listing_fails(
    server: Server, shuffle: random.Random, window: int, page_size: int
) -> None:
    """Whatever the paging, page sizes from one row on, and changes between any two requests.

    Five passes, each with a look at the front for each page that shows a change, are the most that a
    listing takes; and a quarter of that when nothing changes.
    """
    listing = Listing(
        server, shuffle=shuffle, window=window, page_size=page_size, most_requests=10_000
    )
    pages = (server.size + 160) / min(server.fixed or server.cap, page_size)
    assert listing.requests <= 100 + 10 * pages
    assert len(listing.ids) == len(set(listing.ids))
    if listing.error is None:
        assert not listing.missed(server)
    else:
        assert isinstance(listing.error, PaginationError)
        assert f"after {len(listing.ids)} items" in str(listing.error)
        assert listing.position is not None


@quick
@given(server=servers(), shuffle=SHUFFLES, page_size=st.integers(1, 60))
def test_an_unchanged_list_comes_in_order_and_without_an_error(
    server: Server, shuffle: random.Random, page_size: int
) -> None:
    only_page = min(server.fixed or server.cap, page_size)
    assume(server.beyond != "last" or server.size != only_page)  # nobody can tell whether it is all
    listing = Listing(server, shuffle=shuffle, page_size=page_size)
    assert listing.error is None
    assert listing.ids == [f"v{row}" for row in server.rows]


CHANGES: dict[str, Callable[[Server], None]] = {
    "one new in front now and then": lambda one: one.insert(one.requests % 5 == 0),
    "one new in front each time": lambda one: one.insert(1),
    "three gone in front and three appended": lambda one: (one.delete(0, 3), one.append(3)),  # type: ignore[dict-item,return-value]
    "three gone in front": lambda one: one.delete(0, 3),
    "three gone after the first page": lambda one: one.delete(0, 3 * (one.requests == 1)),
    "a whole page gone": lambda one: one.delete(20, 50 * (one.requests == 2)),
    "the last of the first page gone": lambda one: one.delete(49, one.requests == 1),
    "the end of the first page gone": lambda one: one.delete(40, 10 * (one.requests == 1)),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("dead", ["empty", "refuse", "place"])
@pytest.mark.parametrize("style", STYLES)
def test_usual_changes_cost_no_item_and_no_error(
    style: str, dead: str, total: bool, change: str
) -> None:
    for seed in range(2):
        server = Server(520, style=style, dead=dead, says_total=total, change=CHANGES[change])
        listing = Listing(server, shuffle=random.Random(seed), window=8, most_requests=200)
        assert listing.error is None
        assert not listing.missed(server)


@pytest.mark.parametrize("style", ["number", "offset"])
@pytest.mark.parametrize("total", [True, False])
def test_more_new_items_per_request_than_a_page_has_end_in_an_error(
    style: str, total: bool
) -> None:
    server = Server(300, style=style, says_total=total, change=lambda one: one.insert(50))
    listing = Listing(server, most_requests=300)
    assert isinstance(listing.error, PaginationError)
    assert "faster than it can be read" in str(listing.error)


# Cursors that died


@pytest.mark.parametrize("dead", ["empty", "refuse"])
@pytest.mark.parametrize("says_more", [True, False])
@pytest.mark.parametrize("gone", [1, 2, 10, 50, 120])
def test_a_deleted_row_that_was_the_cursor_is_gone_around(
    gone: int, says_more: bool, dead: str
) -> None:
    def change(server: Server) -> None:
        if server.requests == 3:
            server.delete(max(0, 150 - gone), gone)

    server = Server(400, style="id", dead=dead, says_more=says_more, change=change)
    listing = Listing(server, most_requests=40)
    assert listing.error is None
    assert not listing.missed(server)


@pytest.mark.parametrize("dead", ["empty", "refuse"])
def test_the_end_of_the_list_may_be_deleted_while_it_is_read(dead: str) -> None:
    def change(server: Server) -> None:
        server.delete(49, 100)

    server = Server(60, style="id", dead=dead, says_more=True, change=change)
    listing = Listing(server, most_requests=20)
    assert (listing.error, listing.missed(server)) == (None, set())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("dead", ["empty", "refuse"])
@pytest.mark.parametrize("says_more", [True, False])
@pytest.mark.parametrize("gone", [0, 1, 3])
@pytest.mark.parametrize("limit", [30, 50, 70, 100, 150])
def test_a_listing_is_resumed_though_rows_around_its_cursor_are_gone(
    style: str, dead: str, says_more: bool, gone: int, limit: int
) -> None:
    server = Server(180, style=style, dead=dead, says_more=says_more)
    first = Listing(server, limit=limit)
    assert len(first.ids) == limit
    assert first.position is not None
    server.delete(limit - gone, gone)
    rest = Listing(server, start=first.position)
    assert rest.error is None
    assert not {f"v{row}" for row in server.constant} - {*first.ids, *rest.ids}
    assert not {*first.ids} & {*rest.ids}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("taken", [1, 2, 3, 4, 7, 20])
def test_a_listing_in_small_pages_is_resumed_in_large_ones(
    style: str, base: int, taken: int
) -> None:
    server = Server(90, style=style, base=base)
    first = Listing(server, page_size=3, limit=taken)
    rest = Listing(server, page_size=50, start=first.position)
    assert first.ids + rest.ids == [f"v{row}" for row in server.rows]


def test_a_listing_in_small_pages_is_resumed_at_no_more_cost_than_anew() -> None:
    server = Server(500, base=1)
    first = Listing(server, page_size=10, limit=30)
    server.requests = 0
    rest = Listing(server, page_size=50, start=first.position)
    assert len(first.ids + rest.ids) == 500
    assert rest.requests <= 14


def test_a_resumed_listing_says_when_its_place_is_gone() -> None:
    server = Server(100, style="offset")
    first = Listing(server, limit=60)
    server.delete(50, 20)
    rest = Listing(server, start=first.position)
    assert isinstance(rest.error, PaginationError)
    assert "list it anew" in str(rest.error)


@pytest.mark.parametrize(("style", "most"), [("token", 12), ("next_url", 12), ("offset_url", 24)])
def test_a_list_is_read_twice_only_where_its_tokens_are_places(style: str, most: int) -> None:
    server = Server(520, style=style)
    listing = Listing(server)
    assert listing.error is None
    assert len(listing.ids) == 520
    assert listing.requests <= most


# Tokens that nobody can read


@pytest.mark.parametrize("place", [0, 3, 8])
def test_rows_that_moved_behind_sealed_offsets_are_found_by_the_first_page(place: int) -> None:
    def change(server: Server) -> None:
        server.delete(place, 2 * (server.requests in {1, 3}))
        server.append(server.requests == 2)

    server = Server(60, style="sealed_offset", fixed=10, change=change)
    listing = Listing(server)
    assert (listing.error, listing.missed(server)) == (None, set())
    assert len(listing.ids) == len(set(listing.ids))
    assert listing.requests <= 3 * 7 + 1


@pytest.mark.parametrize("size", [9, 10, 60])
def test_an_unchanged_list_behind_sealed_tokens_costs_one_request_more(size: int) -> None:
    server = Server(size, style="sealed_offset", fixed=10)
    listing = Listing(server)
    assert len(listing.ids) == size
    assert listing.requests == (1 if size <= 10 else 7)


def test_a_busy_list_behind_tokens_that_name_rows_ends_without_an_error() -> None:
    """New rows in front and deleted ones show nothing, as long as none came that was passed over."""

    def change(server: Server) -> None:
        server.insert(2)
        server.delete(3)

    server = Server(200, style="token", cap=20, change=change)
    listing = Listing(server)
    assert (listing.error, listing.missed(server)) == (None, set())
    assert listing.requests <= 25


# Lists that grow at their end as fast as they are read


class Growing:
    """A list by id, oldest first, that has a page more for each page that is read."""

    def __init__(self, *, says_total: bool = False, says_times: bool = False) -> None:
        self.says_total, self.says_times = says_total, says_times
        self.count = self.size = 300
        self.requests = 0

    def serve(self, query: ListQuery) -> Page[Any] | PolyreelError:
        self.requests += 1
        start = int(query.cursor[1:]) + 1 if query.cursor else 0
        data: list[dict[str, Any]] = rows(start, query.page_size)
        if self.says_times:
            for row in data:
                row["made"] = "2020-01-01" if int(row["id"][1:]) < self.size else "2999-01-01"
        total = {"total": self.count} if self.says_total else {}
        self.count += query.page_size
        response = Response(
            data={"data": data, "has_more": True, **total},
            provider="acme",
            account="acme",
            query=query,
        )
        return paging.by_last_id(TIMED, "data", more="has_more", total="total")(response)


@pytest.mark.parametrize(("says", "most"), [("total", 40), ("times", 30)])
def test_a_list_that_grows_as_fast_as_it_is_read_ends_when_all_that_was_there_came(
    says: str, most: int
) -> None:
    server = Growing(says_total=says == "total", says_times=says == "times")
    listing = Listing(server)
    assert isinstance(listing.error, PaginationError)
    assert "grows at its end as fast as it is read" in str(listing.error)
    assert {f"v{number}" for number in range(server.size)} <= set(listing.ids)
    assert listing.requests <= most
    assert listing.position is not None


# Servers that don't keep what they promise, or don't do what they are asked


class Answers:
    """A server that answers as the test says; rows are counted from 0."""

    def __init__(
        self, read: Any, answer: Callable[[ListQuery, int], Any], *, most: int = 100
    ) -> None:
        self.read, self.answer, self.requests = read, answer, 0

    def serve(self, query: ListQuery) -> Page[Any] | PolyreelError:
        self.requests += 1
        body = self.answer(query, self.requests)
        if isinstance(body, PolyreelError):
            return body
        try:
            return self.read(Response(data=body, provider="acme", account="acme", query=query))
        except PolyreelError as error:
            return error


def rows(start: int, count: int) -> list[dict[str, Any]]:
    return [{"id": f"v{number}"} for number in range(start, start + count)]


BY_ID = paging.by_last_id(FIELDS, "data", more="has_more")
BY_TOKEN = paging.by_token(FIELDS, "data", next="next", more="has_more", total="total")
BY_NUMBER = paging.by_number(FIELDS, "data", total="total")
BY_OFFSET = paging.by_offset(FIELDS, "data", more="has_more", total="total")

BROKEN: dict[str, tuple[Any, Callable[[ListQuery, int], Any]]] = {
    "more before an empty page, by id": (
        BY_ID,
        lambda query, n: {
            "data": rows(0, 50) if not query.cursor else [],
            "has_more": not query.cursor,
        },
    ),
    "more before an empty page, by token": (
        BY_TOKEN,
        lambda query, n: (
            {"data": [], "has_more": False}
            if query.cursor
            else {"data": rows(0, 50), "has_more": True, "next": "t"}
        ),
    ),
    "a token before an empty page": (
        BY_TOKEN,
        lambda query, n: (
            {"data": [], "next": None} if query.cursor else {"data": rows(0, 50), "next": "t"}
        ),
    ),
    "more before an empty page, by offset": (
        BY_OFFSET,
        lambda query, n: {
            "data": [] if query.cursor else rows(0, 50),
            "has_more": not query.cursor,
        },
    ),
    "an empty page within the total": (
        BY_NUMBER,
        lambda query, n: {"data": [] if query.cursor else rows(0, 50), "total": 120},
    ),
    "a total after a full page at the end": (
        BY_NUMBER,
        lambda query, n: {
            "data": rows(0, 50)[int(query.cursor or 0) * query.page_size :][: query.page_size],
            "total": 120,
        },
    ),
    "an error instead of the second page": (
        BY_TOKEN,
        lambda query, n: (
            {"data": None, "error": "quota"} if query.cursor else {"data": rows(0, 50), "next": "t"}
        ),
    ),
    "null instead of the second page": (
        BY_TOKEN,
        lambda query, n: {"data": None} if query.cursor else {"data": rows(0, 50), "next": "t"},
    ),
    "empty pages behind a promise": (
        BY_TOKEN,
        lambda query, n: (
            {"data": [], "has_more": n % 3 != 0, "next": f"t{n}"}
            if query.cursor
            else {"data": rows(0, 50), "has_more": True, "next": "t"}
        ),
    ),
    "next is true": (BY_TOKEN, lambda query, n: {"data": rows(0, 50), "next": True}),
    "next is an object": (BY_TOKEN, lambda query, n: {"data": rows(0, 50), "next": {"at": 1}}),
    "the cursor isn't heeded, by id": (BY_ID, lambda query, n: {"data": rows(0, query.page_size)}),
    "the cursor isn't heeded, by token": (
        BY_TOKEN,
        lambda query, n: {"data": rows(0, 50), "next": f"t{n}"},
    ),
    "the number isn't heeded": (BY_NUMBER, lambda query, n: {"data": rows(0, 50), "total": 120}),
    "nothing is heeded, and twenty come": (BY_ID, lambda query, n: {"data": rows(0, 20)}),
    "tokens in a circle of 60,000": (
        BY_TOKEN,
        lambda query, n: {
            "data": rows(n % 80 * 750, 750),
            "next": f"t{n}",
        },
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_promise_that_is_not_kept_is_an_error(name: str) -> None:
    read, answer = BROKEN[name]
    listing = Listing(Answers(read, answer), most_requests=130)
    assert isinstance(listing.error, PaginationError | MalformedResponse)
    assert f"after {len(listing.ids)} items" in str(listing.error)
    assert len(listing.ids) == len(set(listing.ids)) >= 20
    assert listing.error.resume is not None
    cursor = decode(listing.error.resume)
    assert cursor is not None
    assert cursor.positions


@pytest.mark.parametrize("first", [{"next": "t"}, {"next": None}])
@pytest.mark.parametrize("read", [BY_TOKEN, BY_ID, BY_OFFSET])
def test_a_promise_on_an_empty_first_page_is_one_too(read: Any, first: dict[str, Any]) -> None:
    def answer(query: ListQuery, n: int) -> Any:
        return (
            {"data": [], "has_more": False}
            if query.cursor
            else {"data": [], "has_more": True, **first}
        )

    listing = Listing(Answers(read, answer))
    assert isinstance(listing.error, PaginationError)
    assert "promises more" in str(listing.error)
    assert "after 0 items" in str(listing.error)
    assert listing.error.resume is not None


WORDS = {
    "the cursor isn't heeded, by id": "the server lacks `after`",
    "the cursor isn't heeded, by token": "its cursors don't lead on",
    "the number isn't heeded": "says that there are 120 items, but gives no more",
    "more before an empty page, by id": "go on from there later, or list it anew",
}


@pytest.mark.parametrize("name", WORDS)
def test_an_error_says_what_the_server_did_and_what_to_do(name: str) -> None:
    assert WORDS[name] in str(Listing(Answers(*BROKEN[name])).error)


@pytest.mark.parametrize("refused", [True, False])
def test_a_cursor_that_died_for_good_is_told_in_plain_words(refused: bool) -> None:
    """All rows are replaced again and again, and the server doesn't say whether there is more."""

    def answer(query: ListQuery, n: int) -> Any:
        if query.cursor is None:
            return {"data": rows(900 * n, 50)}
        return InvalidRequest("no such video") if refused else {"data": []}

    listing = Listing(Answers(BY_ID, answer))
    assert listing.error is not None
    said = str(listing.error)
    assert "list it anew" in said
    assert ("no such video" if refused else "gives nothing after the item 'v") in said


@pytest.mark.parametrize("works", ["given", "own"])
@pytest.mark.parametrize("otherwise", ["empty", "refuse", "first"])
@pytest.mark.parametrize("says_more", [True, False])
def test_a_last_id_that_differs_from_the_rows_own_is_tried_too(
    works: str, otherwise: str, says_more: bool
) -> None:
    def answer(query: ListQuery, n: int) -> Any:
        start = 0
        if query.cursor is not None:
            prefix = "upstream-" if works == "given" else "v"
            if re.fullmatch(prefix + r"\d+", query.cursor):
                start = int(query.cursor.removeprefix(prefix)) + 1
            elif otherwise == "refuse":
                return NotFound("no such video")
            elif otherwise == "empty":
                return {"data": [], **({"has_more": False} if says_more else {})}
        shown = rows(start, min(query.page_size, 230 - start))
        said = {"has_more": start + query.page_size < 230} if says_more else {}
        return {"data": shown, "last_id": f"upstream-{start + len(shown) - 1}", **said}

    listing = Listing(Answers(BY_ID, answer), most_requests=40)
    assert (listing.error, len(listing.ids)) == (None, 230)


@pytest.mark.parametrize("size", [10, 33])
@pytest.mark.parametrize("total", [True, False])
def test_a_server_with_pages_of_its_own_size_is_listed_whole(size: int, total: bool) -> None:
    for count in (0, 1, size - 1, size, size + 1, 5 * size, 5 * size + 1):
        server = Server(count, fixed=size, says_total=total)
        listing = Listing(server, page_size=50)
        assert (listing.error, len(listing.ids)) == (None, count)


# Memory


@given(st.lists(st.text(max_size=3)))
def test_seen_ids_are_a_set(ids: list[str]) -> None:
    seen, known = SeenIds(), set()
    for id in ids:
        assert (id in seen) == (id in known)
        assert seen.add(id) == (id not in known)
        known.add(id)


def test_a_hundred_thousand_ids_take_few_megabytes_and_none_is_forgotten() -> None:
    seen = SeenIds()
    assert all(seen.add(f"video_{number}") for number in range(100_000))
    assert not any(seen.add(f"video_{number}") for number in range(100_000))
    assert sys.getsizeof(seen._hashes) <= 32 * 100_000
