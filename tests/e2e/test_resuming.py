"""A listing that stopped, for whatever reason, goes on without loss and without repeating."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from polyreel import ConfigurationError, Hub, ProviderUnavailable
from support.either_hub import QUICK, EitherHub, account
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    tavus_list,
    tavus_video,
)

OPENAI = [openai_video(number) for number in range(230)]
TAVUS = [tavus_video(number) for number in range(120)]
OPENAI_IDS = [video["id"] for video in OPENAI]
TAVUS_IDS = [video["video_id"] for video in TAVUS]


@pytest.mark.parametrize("limit", [1, 49, 50, 51, 100, 119, 120])
@pytest.mark.parametrize("base", [0, 1])
def test_a_limited_listing_goes_on_behind_its_last_item(
    either_hub: EitherHub, base: int, limit: int
) -> None:
    with serve(tavus_list(TAVUS, base=base)) as server:
        accounts = [account("tavus", server.url)]
        first = either_hub.list(accounts, limit=limit)
        rest = either_hub.list(accounts, cursor=first.cursor) if first.cursor else None

    assert first.ids + (rest.ids if rest else []) == TAVUS_IDS


def test_a_listing_left_in_the_middle_of_a_page_goes_on_there() -> None:
    with (
        serve(openai_list(OPENAI)) as one,
        serve(tavus_list(TAVUS)) as two,
        Hub([account("openai", one.url), account("tavus", two.url)], policy=QUICK) as hub,
    ):
        listing = hub.videos.list()
        seen = [item.uid for item in islice(listing, 133)]
        rest = [item.uid for item in hub.videos.list(cursor=listing.cursor)]

    assert len(seen) == 133
    assert sorted(seen + rest) == sorted(
        [f"openai:{id}" for id in OPENAI_IDS] + [f"tavus:{id}" for id in TAVUS_IDS]
    )


def test_a_page_says_where_the_next_one_is(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI)) as server:
        accounts = [account("openai", server.url)]
        first, second, third = either_hub.pages(accounts)
        again = either_hub.pages(accounts, cursor=first.next)

    assert [len(page.items) for page in (first, second, third)] == [100, 100, 30]
    assert (first.account, third.next) == ("openai", None)
    assert [page.items for page in again] == [second.items, third.items]


def test_an_empty_account_has_one_empty_page(either_hub: EitherHub) -> None:
    with serve(tavus_list([])) as server:
        pages = either_hub.pages([account("tavus", server.url)])

    assert [page.items for page in pages] == [()]


@pytest.mark.fault(
    "A page fails after others came",
    "What was read is delivered; the error's `resume` goes on behind it",
)
def test_when_a_page_fails_the_error_says_where_to_go_on(either_hub: EitherHub) -> None:
    broken = True

    def respond(request: Request) -> Any:
        if request.query.get("after") == "video_0099" and broken:
            return Reply({"error": {"message": "overloaded"}}, 503)
        return openai_list(OPENAI)(request)

    with serve(respond) as server:
        accounts = [account("openai", server.url)]
        first = either_hub.list(accounts)
        broken = False
        assert first.error is not None
        rest = either_hub.list(accounts, cursor=first.error.resume)

    assert isinstance(first.error, ProviderUnavailable)
    assert first.ids == OPENAI_IDS[:100]
    assert first.cursor == first.error.resume
    assert rest.ids == OPENAI_IDS[100:]


def test_a_providers_own_cursor_is_taken_for_one_account(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI)) as server:
        accounts = [account("openai", server.url), account("tavus", server.url)]
        result = either_hub.list(accounts, provider="openai", cursor="video_0199")
        with pytest.raises(ConfigurationError, match="needs its account named"):
            either_hub.list(accounts, cursor="video_0199")

    assert result.ids == OPENAI_IDS[200:]


def test_a_cut_cursor_is_refused(either_hub: EitherHub) -> None:
    with serve(openai_list(OPENAI)) as server:
        accounts = [account("openai", server.url)]
        cursor = either_hub.list(accounts, limit=3).cursor
        assert cursor is not None
        with pytest.raises(ConfigurationError, match="isn't a whole cursor"):
            either_hub.list(accounts, cursor=cursor[:-9])
        with pytest.raises(ConfigurationError, match="belongs to openai"):
            either_hub.list([account("openai", server.url, name="other")], cursor=cursor)


def test_iterating_again_starts_again() -> None:
    with (
        serve(openai_list(OPENAI[:5])) as server,
        Hub([account("openai", server.url)], policy=QUICK) as hub,
    ):
        listing = hub.videos.list()
        assert list(listing) == list(listing)
