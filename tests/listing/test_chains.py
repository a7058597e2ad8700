"""A listing in parts, each resumed by the cursor of the one before it, is as whole as one at once."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from polyreel import PaginationError
from polyreel.listing.cursors import Binding, Cursor, Position, decode, encode
from support.changes import PLACES, SCRIPTS, SHUFFLES, STYLES, scripted, servers
from support.lists import ACCOUNT, Listing, Server

# How much each part takes, and whether the listing is limited to it or left at it; at last the rest.
PARTS = st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=30)


def written_down(position: Position) -> Position:
    """Return a position as it comes back from the cursor that a caller keeps."""
    binding = Binding(kind="videos", accounts=(ACCOUNT,))
    cursor = decode(encode(Cursor(binding=binding, positions={ACCOUNT: position})))
    assert cursor is not None
    return cursor.positions[ACCOUNT]


def chain(
    server: Server, parts: list[tuple[int, bool]], shuffle: random.Random, page_size: int
) -> Iterator[Listing]:
    """List part after part, until one comes to the end or fails."""
    position: Position | None = None
    for count, limited in [*parts, (None, False)]:
        asked = {"limit" if limited else "leave": count}
        listing = Listing(
            server,
            start=position,
            shuffle=shuffle,
            page_size=page_size,
            most_requests=server.requests + 2000,
            **asked,
        )
        yield listing
        if listing.error or listing.position is None:
            return
        position = written_down(listing.position)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    server=servers(change=SCRIPTS.map(scripted)),
    parts=PARTS,
    shuffle=SHUFFLES,
    page_size=st.integers(1, 20) | st.just(50),
)
def test_what_exists_throughout_a_chain_of_listings_comes_once_or_one_fails(
    server: Server, parts: list[tuple[int, bool]], shuffle: random.Random, page_size: int
) -> None:
    """Whatever the paging, and whatever changes between two requests or two listings."""
    listings = list(chain(server, parts, shuffle, page_size))
    ids = [id for listing in listings for id in listing.ids]
    assert len(ids) == len(set(ids))
    error = listings[-1].error
    if error is None:
        assert not {f"v{row}" for row in server.constant} - set(ids)
    else:
        assert isinstance(error, PaginationError)
        assert f"after {len(ids)} items" in str(error)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(server=servers(), parts=PARTS, shuffle=SHUFFLES, page_size=st.integers(2, 20) | st.just(50))
def test_a_chain_over_an_unchanged_list_gives_it_in_order(
    server: Server, parts: list[tuple[int, bool]], shuffle: random.Random, page_size: int
) -> None:
    server.beyond = (
        "empty"  # of a server that gives its last page for ever, see the paginator's tests
    )
    listings = list(chain(server, parts, shuffle, page_size))
    assert listings[-1].error is None
    assert [id for one in listings for id in one.ids] == [f"v{row}" for row in server.rows]


@pytest.mark.parametrize("style", STYLES + PLACES)
def test_what_a_part_missed_comes_with_the_next_one(style: str) -> None:
    """Three rows are deleted between two pages, so that others move to where nobody looks again."""
    gone = {2: 3, 7: 2}
    server = Server(60, style=style, fixed=10, dead="place")
    server.change = lambda one: one.delete(4, gone.get(one.requests, 0))
    parts = [(20, True), (10, False), (5, True)]
    listings = list(chain(server, parts, random.Random(0), 50))
    ids = [id for one in listings for id in one.ids]
    assert [listing.error for listing in listings] == [None] * 4
    assert sorted(ids) == sorted(set(ids))
    assert not {f"v{row}" for row in server.constant} - set(ids)


@pytest.mark.parametrize("style", ["id", "token", "next_url", "offset"])
def test_only_rows_that_may_have_moved_make_a_cursor_long(style: str) -> None:
    server = Server(500, style=style)
    (first, _) = chain(server, [(400, True)], random.Random(0), 50)
    assert first.position is not None
    assert first.position.known is None


def test_a_place_that_is_gone_is_missed_however_the_list_ends() -> None:
    """The only item of the first part is deleted, and each page has one row."""
    server = Server(3, style="id", cap=1)
    server.change = lambda one: one.delete(0, one.requests == 1)
    first, rest = chain(server, [(1, False)], random.Random(0), 50)
    assert (first.ids, rest.ids) == (["v3"], [])
    assert isinstance(rest.error, PaginationError)
    assert "list it anew" in str(rest.error)
