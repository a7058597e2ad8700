"""A list that gives only so much time at once is read to its end, whatever the pages of a span look like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from polyreel import ListQuery, Page, Resource, Response, Video, paging
from polyreel.listing.abilities import times
from polyreel.listing.list_source import Wanted
from support.lists import FIELDS, Listing

NOW = datetime(2026, 11, 25, tzinfo=UTC)
DAY = timedelta(days=1)


class DayServer:
    """A server that gives a day at most, each day's rows in no order of time, in pages of some style."""

    def __init__(self, made: list[datetime], oldest: datetime, style: str) -> None:
        self.rows = [(f"v{number}", time) for number, time in enumerate(made)]
        self.oldest, self.style, self.requests = oldest, style, 0
        self.longest = timedelta()

    def serve(self, asked: ListQuery) -> Page[Video]:
        self.requests += 1
        query = ListQuery(
            page_size=asked.page_size, cursor=asked.cursor, since=self.oldest, until=NOW
        )
        span = paging.Span.of(query, DAY)
        self.longest = max(self.longest, span.until - span.since)
        rows = [id for id, time in self.rows if span.since <= time < span.until]
        body, read = STYLES[self.style](rows, span.cursor, asked.page_size)
        return paging.by_span(span, read)(Response(data=body, account="acme", query=query))


def shown(rows: list[str], start: int, size: int) -> list[dict[str, Any]]:
    return [{"id": id} for id in rows[start : start + size]]


def numbered(rows: list[str], cursor: str | None, size: int) -> Any:
    start = (int(cursor or 1) - 1) * size
    body = {"data": shown(rows, start, size), "total": len(rows)}
    return body, paging.by_number(FIELDS, "data", total="total", first=1)


def offset(rows: list[str], cursor: str | None, size: int) -> Any:
    return {"data": shown(rows, int(cursor or 0), size)}, paging.by_offset(FIELDS, "data")


def token(rows: list[str], cursor: str | None, size: int) -> Any:
    start = int((cursor or "t|0")[2:])
    more = start + size < len(rows)
    body = {"data": shown(rows, start, size), "next": f"t|{start + size}" if more else None}
    return body, paging.by_token(FIELDS, "data", next="next")


def everything(rows: list[str], cursor: str | None, size: int) -> Any:
    return {"data": shown(rows, 0, len(rows))}, paging.whole(FIELDS, "data")


STYLES: dict[str, Callable[[list[str], str | None, int], Any]] = {
    "number": numbered,
    "offset": offset,
    "token": token,
    "whole": everything,
}
SECONDS = st.integers(1, 5 * 86_400)
EDGES = st.integers(1, 5).map(lambda days: days * 86_400)


@pytest.mark.parametrize("style", STYLES)
@given(ago=st.lists(SECONDS | EDGES, max_size=30), size=st.integers(2, 12))
def test_every_item_of_every_span_comes_once(style: str, ago: list[int], size: int) -> None:
    made = [NOW - timedelta(seconds=seconds) for seconds in ago]
    server = DayServer(made, NOW - 6 * DAY, style)
    listing = Listing(server, page_size=size)
    assert listing.error is None
    assert sorted(listing.ids) == sorted(id for id, _ in server.rows)
    assert server.longest <= DAY


def test_months_without_an_item_are_no_end() -> None:
    server = DayServer([NOW - 300 * DAY], NOW - 365 * DAY, "token")
    assert Listing(server).ids == ["v0"]


def test_it_goes_on_in_the_span_where_it_stopped() -> None:
    server = DayServer(
        [NOW - number * DAY / 4 - DAY / 8 for number in range(20)], NOW - 9 * DAY, "number"
    )
    first = Listing(server, page_size=3, limit=7)
    assert first.position is not None
    rest = Listing(server, page_size=3, start=first.position)
    assert sorted(first.ids + rest.ids) == sorted(id for id, _ in server.rows)
    assert len(first.ids) == 7


def test_a_promise_that_a_span_does_not_keep_is_no_next_span() -> None:
    query = ListQuery(page_size=10, since=NOW - 3 * DAY, until=NOW)
    read = paging.by_span(
        paging.Span.of(query, DAY), paging.by_token(FIELDS, "data", next="next", more="more")
    )
    page = read(Response(data={"data": [{"id": "a"}], "more": True}, query=query))
    assert (page.next, page.more) == (None, True)


def test_who_asks_for_no_time_is_given_the_window() -> None:
    resource = Resource(span=DAY, window=7 * DAY, time_filters=("since", "until"))
    since, until = times(resource, Wanted())
    assert since is not None
    assert until is not None
    assert until - since == 7 * DAY
    wanted = Wanted(since=NOW - 30 * DAY, until=NOW)
    assert times(resource, wanted) == (NOW - 30 * DAY, NOW)
    with pytest.raises(TypeError, match="needs a window"):
        Resource(span=DAY)
