"""Runway's tasks become our videos one by one; that there is no list of them is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from polyreel import NotFound, Response, Status, UnsupportedOperation, Video
from polyreel_plugins import runway
from support.either_hub import EitherHub, account
from support.servers import Reply, openai_list, openai_video, serve

ID = "17f20503-6c24-4c16-946b-35dbbce2af2f"
COMMON = {"id": ID, "createdAt": "2026-06-27T19:49:32.334Z"}
OUTPUT = ["https://cdn.example/1.mp4?_jwt=x", "https://cdn.example/2.mp4"]


def read(**fields: Any) -> Any:
    response = Response(data={**COMMON, **fields}, provider="runway", account="work")
    return runway.polyreel_get(kind="videos", id=ID).read(response)


def test_a_task_is_mapped_field_by_field() -> None:
    assert read(status="SUCCEEDED", output=OUTPUT, cost={"credits": 25}) == Video(
        provider="runway",
        account="work",
        id=ID,
        provider_status="SUCCEEDED",
        created_at=datetime(2026, 6, 27, 19, 49, 32, 334000, tzinfo=UTC),
        download_url="https://cdn.example/1.mp4?_jwt=x",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("PENDING", Status.QUEUED),
        ("THROTTLED", Status.QUEUED),
        ("RUNNING", Status.RUNNING),
        ("SUCCEEDED", Status.READY),
        ("FAILED", Status.FAILED),
        ("CANCELLED", Status.FAILED),
        ("MOONWALKING", Status.UNKNOWN),
    ],
)
def test_a_status_is_understood(word: str, status: Status) -> None:
    assert read(status=word).status is status


@pytest.mark.parametrize(
    ("sent", "percent"),
    [(0, 0), (0.2, 20), (0.5, 50), (1, 100), ("0.25", 25), (1.5, 100), (None, None), ("?", None)],
)
def test_progress_is_a_share_of_one(sent: Any, percent: float | None) -> None:
    assert read(status="RUNNING", progress=sent).progress == percent


def test_a_failure_is_told_in_the_best_words_there_are() -> None:
    failed = {"status": "FAILED", "failureCode": "SAFETY.INPUT.IMAGE"}
    assert read(**failed).error == "SAFETY.INPUT.IMAGE"
    assert read(**failed, failure="Too dark").error == "Too dark"


@pytest.mark.parametrize("output", [None, [], {}, "x", 7, [None], [7], [[]]])
def test_an_output_of_another_shape_is_no_download(output: Any) -> None:
    assert read(status="SUCCEEDED", output=output).download_url is None


def test_a_task_is_got_with_the_key_and_the_api_version(either_hub: EitherHub) -> None:
    with serve(lambda _request: {**COMMON, "status": "PENDING"}) as server:
        video = either_hub.get([account("runway", server.url)], f"runway:{ID}")

    (request,) = server.requests
    assert (video.uid, request.path) == (f"runway:{ID}", f"/v1/tasks/{ID}")
    assert request.headers["authorization"] == "Bearer a-test-key"
    assert request.headers["x-runway-version"] == "2024-11-06"


def test_a_task_that_is_gone_is_not_found(either_hub: EitherHub) -> None:
    with (
        serve(lambda _request: Reply({"error": "No such task"}, 404)) as server,
        pytest.raises(NotFound, match="No such task"),
    ):
        either_hub.get([account("runway", server.url)], f"runway:{ID}")


def test_listing_is_refused_by_name_and_asks_nobody(either_hub: EitherHub) -> None:
    with (
        serve(lambda _request: {}) as server,
        pytest.raises(UnsupportedOperation, match="Runway can't list videos; it can get videos"),
    ):
        either_hub.list([account("runway", server.url)], provider="runway")
    assert server.requests == []


def test_a_listing_of_everybody_goes_on_without_it(either_hub: EitherHub) -> None:
    with serve(openai_list([openai_video(1)])) as server:
        accounts = [account("runway", server.url), account("openai", server.url)]
        result = either_hub.list(accounts)

    assert result.ids == ["video_0001"]
    assert result.errors == []


# Avatars


def avatar(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"17f20503-6c24-4c16-946b-{number:012}",
        "name": f"Avatar {number}",
        "status": "READY",
        "processedImageUri": "https://cdn.example/a.png",
        "createdAt": "2026-06-27T19:49:32.334Z",
        "updatedAt": "2026-06-27T19:50:00Z",
        **more,
    }


@pytest.mark.parametrize("count", [0, 1, 100, 120])
def test_every_avatar_comes_once_by_cursor(either_hub: EitherHub, count: int) -> None:
    rows = [avatar(number) for number in range(count)]

    def respond(request: Any) -> Any:
        if "limit" not in request.query:
            return Reply({"error": "limit is required"}, 400)
        start = int(request.query.get("cursor", "c0")[1:])
        stop = start + int(request.query["limit"])
        more = stop < len(rows)
        following = f"c{stop}" if more else None
        return {"data": rows[start:stop], "hasMore": more, "nextCursor": following}

    with serve(respond) as server:
        result = either_hub.list([account("runway", server.url)], "replicas")

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])
    assert {request.path for request in server.requests} == {"/v1/avatars"}
