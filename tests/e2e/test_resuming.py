"""A listing that stopped, for whatever reason, goes on without loss and without repeating."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

import pytest
from polyreel import Account, ConfigurationError, Hub, ProviderUnavailable
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
    assert "after 100 items" in str(first.error)
    assert first.ids == OPENAI_IDS[:100]
    assert first.cursor == first.error.resume
    assert rest.ids == OPENAI_IDS[100:]


@pytest.mark.parametrize("empty", [1, 3])
def test_after_empty_pages_an_error_goes_on_before_them(either_hub: EitherHub, empty: int) -> None:
    """What was promised on them may come later; nothing of it is passed over."""
    rows = [{"id": f"h{number}"} for number in range(40)]
    broken = True

    def respond(request: Request) -> Any:
        start = int(request.query.get("token", "after-h-1").removeprefix("after-h")) + 1
        hidden = broken and 10 <= start < 10 + 10 * empty
        shown = [] if hidden else rows[start : start + 10]
        more = start + 10 < (10 + 10 * empty if broken else 40)
        return {
            "data": shown,
            "has_more": more,
            "next_token": f"after-h{start + 9}" if more else None,
        }

    with serve(respond) as server:
        accounts = [account("heygen", server.url)]
        first = either_hub.list(accounts)
        broken = False
        assert first.error is not None
        rest = either_hub.list(accounts, cursor=first.error.resume)

    assert "after 10 items" in str(first.error)
    assert first.ids + rest.ids == [row["id"] for row in rows]


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


# A cursor belongs to its listing


@pytest.mark.fault(
    "A cursor is used with other options, or is damaged",
    "`ConfigurationError` at the call, which says what differs; nobody is asked",
)
@pytest.mark.parametrize(
    ("first", "then", "differs"),
    [
        ({"status": "ready"}, {"status": "failed"}, "status is ready there and failed here"),
        ({"status": "ready"}, {}, "status is ready there and not given here"),
        ({}, {"status": "ready"}, "status is not given there"),
        ({"order": "desc"}, {"order": "asc"}, "order is desc there and asc here"),
        ({"order": "desc"}, {}, "order is desc there and not given here"),
        ({"since": "2020-01-01"}, {"since": "2021-01-01"}, "since is 2020-01-01T00:00:00Z there"),
        ({"since": "90000d"}, {"since": "9000d"}, "since is 90000d ago there and 9000d ago here"),
        ({"until": "2030-01-01"}, {}, "until is 2030-01-02T00:00:00Z there"),
        ({"account": "openai"}, {}, "it belongs to openai; asked are openai, spare"),
        ({}, {"account": "openai"}, "it belongs to openai, spare; asked are openai"),
        ({"exclude": "spare"}, {"account": "spare"}, "it belongs to openai; asked are spare"),
    ],
)
def test_a_cursor_of_a_listing_with_other_options_is_refused(
    either_hub: EitherHub, first: dict[str, Any], then: dict[str, Any], differs: str
) -> None:
    with (
        serve(openai_list(OPENAI)) as one,
        serve(openai_list(OPENAI[:40])) as two,
        serve(
            openai_list(OPENAI)
        ) as other,  # whom no page that was asked for ahead can still reach
    ):
        accounts = [account("openai", one.url), account("openai", two.url, name="spare")]
        begun = either_hub.list(accounts, limit=7, **first)
        assert begun.cursor
        moved = [account("openai", other.url), account("openai", other.url, name="spare")]
        with pytest.raises(ConfigurationError, match=re.escape(differs)):
            either_hub.list(moved, cursor=begun.cursor, **then)
        assert not other.requests
        rest = either_hub.list(accounts, cursor=begun.cursor, **first)
        whole = either_hub.list(accounts, **first)

    uids = [item.uid for item in begun.items + rest.items]
    assert sorted(uids) == sorted(item.uid for item in whole.items)


def test_a_cursor_of_another_kind_or_other_filters_is_refused(either_hub: EitherHub) -> None:
    replicas = [{"replica_id": f"r{number}", "status": "completed"} for number in range(9)]
    with serve(tavus_list(replicas)) as server:
        accounts = [account("tavus", server.url)]
        own = either_hub.list(accounts, kind="replicas", limit=2, filters={"replica_type": "user"})
        for options, said in (
            ({"kind": "videos"}, "kind is replicas there and videos here"),
            ({"kind": "replicas"}, "filters"),
            ({"kind": "replicas", "filters": {"replica_type": "system"}}, "filters"),
        ):
            with pytest.raises(ConfigurationError, match=said):
                either_hub.list(accounts, cursor=own.cursor, **options)


@pytest.mark.fault(
    "A server puts the key into the next page's URL",
    "It is in no cursor; the page is asked for without it, and with the account's own",
)
@pytest.mark.parametrize("key", ["a-test-key", "r8_a/b+c=d e&f?ü"[:-1]])
def test_a_key_that_a_server_echoes_is_in_no_cursor(either_hub: EitherHub, key: str) -> None:
    def respond(request: Request) -> Any:
        number = int(request.query.get("page", 0))
        asked.append(request.query.get("token"))
        url = f"http://{request.headers['host']}/predictions?page={number + 1}&token={quote(key)}"
        rows = [
            {
                "id": f"p{number}{n}",
                "status": "succeeded",
                "created_at": f"2026-01-{20 - number:02}T00:00:00Z",
                "output": "https://files.example/v.mp4",
            }
            for n in range(5)
        ]
        return {"results": rows, "next": url if number < 3 else None}

    asked: list[str | None] = []
    with serve(respond) as server:
        accounts = [Account(name="replicate", provider="replicate", key=key, base_url=server.url)]
        ids: list[str] = []
        cursor = None
        while True:
            part = either_hub.list(accounts, limit=4, cursor=cursor)
            ids += part.ids
            cursor = part.cursor
            if cursor is None:
                break
            plain = zlib.decompress(urlsafe_b64decode(cursor.removeprefix("polyreel-") + "=="))
            for written in (key, quote(key), quote(key, safe=""), json.dumps(key)[1:-1]):
                assert written.encode() not in plain

    assert ids == [f"p{number}{n}" for number in range(4) for n in range(5)]
    assert set(asked) == {None}


def test_an_id_that_begins_like_a_uid_is_listed_resumed_and_got(either_hub: EitherHub) -> None:
    """Account ``openai`` and id ``openai:video_1``: only the first colon of a uid parts the two."""
    rows = [openai_video(number) for number in range(4)]
    for row in rows:
        row["id"] = f"openai:{row['id']}"

    def respond(request: Request) -> Any:
        wanted = unquote(request.path).rpartition("/videos/")[2]
        found = [row for row in rows if row["id"] == wanted]
        return found[0] if found else openai_list(rows)(request)

    with serve(respond) as server:
        accounts = [account("openai", server.url)]
        first = either_hub.list(accounts, limit=2)
        rest = either_hub.list(accounts, cursor=first.cursor)
        again = [either_hub.get(accounts, item.uid).id for item in first.items + rest.items]
        asked = [unquote(request.path) for request in server.requests[-4:]]

    assert first.ids + rest.ids == again == [row["id"] for row in rows]
    assert [path.rpartition("/videos/")[2] for path in asked] == again
    assert first.items[0].uid == "openai:openai:video_0000"
