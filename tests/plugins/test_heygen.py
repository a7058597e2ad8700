"""HeyGen's videos and avatars become our items, and its tokens lead through all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from polyreel import ListQuery, NotFound, PaginationError, Replica, Response, Status, Video
from polyreel_plugins import heygen
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, serve

VIDEO: dict[str, Any] = {
    "id": "0b5d0e6cf36f460aa7fc47e3eee4ba54",
    "status": "completed",
    "title": "Welcome",
    "created_at": 1_711_929_600,
    "completed_at": 1_711_930_200,
    "video_url": "https://files.example/video/1.mp4?Expires=1",
    "captioned_video_url": "https://files.example/video/1-captioned.mp4",
    "thumbnail_url": "https://files.example/thumb/1.jpg",
    "gif_url": "https://files.example/gif/1.gif",
    "subtitle_url": None,
    "duration": 30.5,
    "folder_id": None,
    "output_language": None,
    "failure_code": None,
    "failure_message": None,
    "video_page_url": "https://app.example/video/1",
}
AVATAR: dict[str, Any] = {
    "id": "anna",
    "name": "Anna",
    "gender": "female",
    "preview_image_url": "https://files.example/anna.jpg",
    "preview_video_url": "https://files.example/anna.mp4",
    "looks_count": 3,
    "default_voice_id": None,
    "consent_status": None,
    "status": "completed",
    "created_at": 1_711_382_400,
    "error": None,
}


def read(kind: str, row: dict[str, Any]) -> Any:
    response = Response(data={"data": row}, provider="heygen", account="work")
    return heygen.polyreel_get(kind=kind, id="x", collection="").read(response)


def read_page(**body: Any) -> Any:
    request = heygen.polyreel_list(kind="videos", query=ListQuery(page_size=10), collection="")
    return request.read(Response(data=body, provider="heygen", account="work"))


def test_a_video_is_mapped_field_by_field() -> None:
    assert read("videos", VIDEO) == Video(
        provider="heygen",
        account="work",
        id="0b5d0e6cf36f460aa7fc47e3eee4ba54",
        title="Welcome",
        provider_status="completed",
        created_at=datetime(2024, 4, 1, tzinfo=UTC),
        completed_at=datetime(2024, 4, 1, 0, 10, tzinfo=UTC),
        duration=30.5,
        download_url="https://files.example/video/1.mp4?Expires=1",
        page_url="https://app.example/video/1",
        thumbnail_url="https://files.example/thumb/1.jpg",
        preview_url="https://files.example/gif/1.gif",
    )


def test_an_avatar_is_mapped_field_by_field() -> None:
    assert read("replicas", AVATAR) == Replica(
        provider="heygen",
        account="work",
        id="anna",
        title="Anna",
        provider_status="completed",
        created_at=datetime(2024, 3, 25, 16, tzinfo=UTC),
        thumbnail_url="https://files.example/anna.jpg",
        preview_url="https://files.example/anna.mp4",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending", Status.QUEUED),
        ("processing", Status.RUNNING),
        ("completed", Status.READY),
        ("failed", Status.FAILED),
        ("waiting", Status.QUEUED),
        ("moonwalking", Status.UNKNOWN),
        (None, Status.UNKNOWN),
    ],
)
def test_a_videos_status_is_understood(word: Any, status: Status) -> None:
    assert read("videos", {**VIDEO, "status": word}).status is status


def test_an_avatar_without_a_status_is_ready_for_only_trained_ones_have_one() -> None:
    assert read("replicas", {**AVATAR, "status": None}).status is Status.READY
    assert read("replicas", {"id": "anna"}).status is Status.READY
    assert read("replicas", {**AVATAR, "status": "pending_consent"}).status is Status.QUEUED
    assert read("replicas", {**AVATAR, "status": None}).provider_status is None


def test_a_failure_is_told_in_the_best_words_there_are() -> None:
    failed = {**VIDEO, "status": "failed", "failure_code": "rendering_failed"}
    assert read("videos", failed).error == "rendering_failed"
    assert read("videos", {**failed, "failure_message": "Out of time"}).error == "Out of time"
    error = {"code": "no_face", "message": "No face was found"}
    assert read("replicas", {**AVATAR, "status": "failed", "error": error}).error == (
        "No face was found"
    )


@pytest.mark.parametrize("body", [{"has_more": True}, {"next_token": "t"}, {"has_more": "no"}])
def test_one_signal_of_two_is_enough_to_go_on_or_to_complain(body: dict[str, Any]) -> None:
    page = read_page(data=[VIDEO], **body)
    assert (page.next, page.more) == (
        body.get("next_token"),
        None if body == {"has_more": "no"} else True,
    )


def test_what_is_said_to_be_the_last_page_is_the_last() -> None:
    assert read_page(data=[VIDEO], has_more=False, next_token="t").next is None


# Over a socket


def heygen_list(rows: list[dict[str, Any]], default: int) -> Any:
    """Answer as HeyGen's lists do; a token is no number, and stands for one row."""
    tokens = {sha256(row["id"].encode()).hexdigest(): place for place, row in enumerate(rows)}

    def respond(request: Request) -> Any:
        start = tokens[request.query["token"]] if "token" in request.query else 0
        stop = start + int(request.query.get("limit", default))
        more = stop < len(rows)
        return {
            "data": rows[start:stop],
            "has_more": more,
            "next_token": sha256(rows[stop]["id"].encode()).hexdigest() if more else None,
        }

    return respond


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_every_video_comes_once(either_hub: EitherHub, count: int) -> None:
    rows = [{**VIDEO, "id": str(number)} for number in range(count)]
    with serve(heygen_list(rows, 10)) as server:
        result = either_hub.list([account("heygen", server.url)])

    assert result.error is None
    assert result.ids == [row["id"] for row in rows]
    assert len(server.requests) == max(1, -(-count // 100))
    assert {request.path for request in server.requests} == {"/v3/videos"}
    assert server.requests[0].headers["x-api-key"] == "a-test-key"


def test_every_avatar_comes_once_with_the_filter_on_every_page(either_hub: EitherHub) -> None:
    rows = [{**AVATAR, "id": str(number)} for number in range(120)]
    with serve(heygen_list(rows, 20)) as server:
        one = account("heygen", server.url)
        result = either_hub.list(
            [one], "replicas", provider="heygen", filters={"ownership": "private"}
        )

    assert result.ids == [row["id"] for row in rows]
    assert {query["ownership"] for query in server.queries} == {"private"}
    assert {query["limit"] for query in server.queries} == {"50"}


LOOK = {**AVATAR, "id": "anna-red", "group_id": "anna", "avatar_type": "studio_avatar"}


def test_looks_are_listed_where_they_are_asked_for_and_got_by_their_uid(
    either_hub: EitherHub,
) -> None:
    def respond(request: Request) -> Any:
        if request.path == "/v3/avatars/looks":
            return {"data": [LOOK], "has_more": False, "next_token": None}
        if request.path == "/v3/avatars":
            return {"data": [AVATAR], "has_more": False, "next_token": None}
        return {"data": LOOK if request.path == "/v3/avatars/looks/anna-red" else AVATAR}

    with serve(respond) as server:
        one = account("heygen", server.url)
        usual = either_hub.list([one], "replicas")
        looks = either_hub.list([one], "replicas", filters={"collection": "looks"})
        listed = [item.uid for item in (*usual.items, *looks.items)]
        alone = [either_hub.get([one], uid, "replicas").uid for uid in listed]

    assert listed == alone == ["heygen:anna", "heygen:looks/anna-red"]
    assert [request.path for request in server.requests][2:] == [
        "/v3/avatars/anna",
        "/v3/avatars/looks/anna-red",
    ]


def test_a_token_that_leads_in_a_circle_ends_in_an_error(either_hub: EitherHub) -> None:
    page = {"data": [VIDEO], "has_more": True, "next_token": "same"}
    with serve(lambda _request: page) as server:
        result = either_hub.list([account("heygen", server.url)])

    assert result.ids == [VIDEO["id"]]
    assert isinstance(result.error, PaginationError)
    assert len(server.requests) < 10


def test_more_without_a_token_is_an_error_after_what_came(either_hub: EitherHub) -> None:
    with serve(lambda _request: {"data": [VIDEO], "has_more": True}) as server:
        result = either_hub.list([account("heygen", server.url)])

    assert result.ids == [VIDEO["id"]]
    assert isinstance(result.error, PaginationError)


def test_an_unknown_video_is_not_found_in_heygens_words(either_hub: EitherHub) -> None:
    body = {"error": {"code": "video_not_found", "message": "No such clip", "doc_url": "https://x"}}
    with (
        serve(lambda _request: Reply(body, 404)) as server,
        pytest.raises(NotFound, match="No such clip"),
    ):
        either_hub.get([account("heygen", server.url)], "heygen:nothing")
