"""Tavus accounts are listed whole, whether the server counts its pages from 0 or from 1."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from polyreel import NotFound, PaginationError, Status, UnsupportedOption
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, serve, tavus_list, tavus_video

VIDEOS = [tavus_video(number) for number in range(205)]
IDS = [video["video_id"] for video in VIDEOS]


@pytest.mark.parametrize("past_end", ["empty", "clamp", "error"])
@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 205])
def test_every_video_comes_once_in_order(
    either_hub: EitherHub, base: int, count: int, past_end: str
) -> None:
    with serve(tavus_list(VIDEOS[:count], base=base, past_end=past_end)) as server:
        result = either_hub.list([account("tavus", server.url)])

    assert result.error is None
    assert result.ids == IDS[:count]
    assert "page" not in server.queries[0]
    assert server.requests[0].headers["x-api-key"] == "a-test-key"


@pytest.mark.fault(
    "A total that is too low, too high or missing", "Every item; a total alone never ends a listing"
)
@pytest.mark.parametrize("total", [None, 0, 3, 120, 100_000])
@pytest.mark.parametrize("most", [None, 10])
@pytest.mark.parametrize("base", [0, 1])
def test_a_wrong_or_missing_total_loses_nothing(
    either_hub: EitherHub, base: int, most: int | None, total: int | None
) -> None:
    if most and total is not None and total <= 10:
        pytest.skip("a short first page and a total that agrees with it can't be told from the end")
    with serve(tavus_list(VIDEOS[:120], base=base, total=total, most=most)) as server:
        result = either_hub.list([account("tavus", server.url)])

    assert result.error is None
    assert result.ids == IDS[:120]


@pytest.mark.fault(
    "The page number is ignored, but the total says more", "All that came, then `PaginationError`"
)
def test_a_server_that_ignores_the_page_number_is_reported(either_hub: EitherHub) -> None:
    with serve(lambda request: {"data": VIDEOS[:50], "total_count": 205}) as server:
        result = either_hub.list([account("tavus", server.url)])

    assert result.ids == IDS[:50]
    assert isinstance(result.error, PaginationError)


@pytest.mark.fault(
    "Items are deleted while paging",
    "The total shows it: earlier pages are read again, and no other item is missed",
)
def test_videos_deleted_while_paging_cost_no_other(either_hub: EitherHub) -> None:
    rows = list(VIDEOS)

    def respond(request: Request) -> Any:
        if request.number == 2:  # the first page has been read; two of it go away
            del rows[10:12]
        return tavus_list(rows)(request)

    with serve(respond) as server:
        result = either_hub.list([account("tavus", server.url, in_flight=1)])

    assert result.error is None
    assert set(IDS[:10] + IDS[12:]) <= set(result.ids)
    assert len(result.ids) == len(set(result.ids))


@pytest.mark.fault("Items are added while paging", "Each item at most once")
def test_videos_added_while_paging_are_not_listed_twice(either_hub: EitherHub) -> None:
    rows = list(VIDEOS)

    def respond(request: Request) -> Any:
        if request.number == 3:
            rows.insert(0, tavus_video(9999))
        return tavus_list(rows)(request)

    with serve(respond) as server:
        result = either_hub.list([account("tavus", server.url, in_flight=1)])

    assert [id for id in result.ids if id != "00000270f"] == IDS


def test_what_tavus_sends_becomes_a_video(either_hub: EitherHub) -> None:
    failed = tavus_video(
        2,
        status="error",
        error_details=None,
        status_details="The script was empty.",
        download_url="",
        stream_url=None,
        generation_progress="0/100",
    )
    bare = {"video_id": "abc", "status": "deleted", "data": None}
    with serve(lambda request: {"data": [VIDEOS[1], failed, bare], "total_count": 3}) as server:
        ready, error, deleted = either_hub.list([account("tavus", server.url)]).items

    assert (ready.uid, ready.title, ready.prompt) == (
        "tavus:000000001",
        "Video 1",
        "Hello number 1",
    )
    assert ready.status is Status.READY
    assert ready.progress == 100
    assert ready.created_at == datetime(2026, 8, 28, 15, 27, 40, 824457, UTC)
    assert ready.updated_at == datetime(2026, 9, 14, 9, 14, 24, tzinfo=UTC)
    assert ready.page_url == "https://videos.example/1"
    assert ready.error is None
    assert error.status is Status.FAILED
    assert error.error == "The script was empty."
    assert (error.download_url, error.stream_url) == (None, None)
    assert deleted.status is Status.DELETED


def test_replicas_are_listed_with_their_filters(either_hub: EitherHub) -> None:
    rows = [
        {
            "replica_id": f"r{n}",
            "replica_name": f"Replica {n}",
            "status": "completed",
            "training_progress": "100/100",
            "replica_type": "system",
            "created_at": "2026-01-02",
        }
        for n in range(3)
    ]
    with serve(tavus_list(rows)) as server:
        accounts = [account("tavus", server.url)]
        result = either_hub.list(accounts, kind="replicas", filters={"replica_type": "system"})
        with pytest.raises(UnsupportedOption, match="replica_ids, replica_type, verbose"):
            either_hub.list(accounts, kind="replicas", filters={"colour": "red"})
        with pytest.raises(UnsupportedOption, match="no order option"):
            either_hub.list(accounts, order="asc")

    assert [item.type for item in result.items] == ["system"] * 3
    assert server.queries[0]["replica_type"] == "system"
    assert server.queries[0]["verbose"] == "true"


def test_get_asks_for_all_there_is(either_hub: EitherHub) -> None:
    def respond(request: Request) -> Any:
        if request.path == "/v2/videos/000000001":
            return VIDEOS[1]
        return Reply({"error": "Invalid video_id"}, 400)

    with serve(respond) as server:
        found = either_hub.get([account("tavus", server.url)], "tavus:000000001")
        with pytest.raises(NotFound, match="Invalid video_id"):
            either_hub.get([account("tavus", server.url)], "tavus:nope")

    assert found.raw == VIDEOS[1]
    assert server.queries[0] == {"verbose": "true"}


def test_a_base_url_that_already_names_the_version_works_too(either_hub: EitherHub) -> None:
    with serve(tavus_list(VIDEOS[:2])) as server:
        result = either_hub.list([account("tavus", f"{server.url}/v2/")])

    assert result.ids == IDS[:2]
    assert server.requests[0].path == "/v2/videos"
