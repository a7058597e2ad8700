"""What Tavus sends, in the shapes that its docs, examples and callbacks show, becomes our items."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from polyreel import ListQuery, MalformedResponse, Page, Replica, Request, Response, Status, Video
from polyreel_plugins import tavus
from support.either_hub import EitherHub, account
from support.servers import serve

VIDEO: dict[str, Any] = {
    "video_id": "783537ef5",
    "video_name": "Welcome",
    "status": "ready",
    "data": {"script": "Hello there."},
    "replica_id": "r79e1c033f",
    "download_url": "https://stream.example/x/high.mp4?download=783537ef5",
    "stream_url": "https://stream.example/x.m3u8",
    "hosted_url": "https://videos.example/video/783537ef5",
    "status_details": "It went well.",
    "still_image_thumbnail_url": "https://image.example/x.png",
    "gif_thumbnail_url": "https://image.example/x.gif",
    "error_details": None,
    "generation_progress": "100/100",
    "created_at": "2024-08-28 15:27:40.824457",
    "updated_at": "Wed, 28 Aug 2024 15:29:19 GMT",
}
REPLICA: dict[str, Any] = {
    "replica_id": "r79e1c033f",
    "replica_name": "Anna",
    "replica_type": "user",
    "status": "completed",
    "training_progress": "100/100",
    "created_at": "2024-01-24T07:14:03.327Z",
    "updated_at": "2024-01-25T08:00:00.000Z",
    "thumbnail_video_url": "https://image.example/r.mp4",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["script", "url", "x"]), inner),
    max_leaves=4,
)


def ask(kind: str = "videos", **query: Any) -> Request[Page[Any]]:
    return tavus.polyreel_list(kind=kind, query=ListQuery(**{"page_size": 10, **query}))


def response(data: Any) -> Response:
    return Response(data=data, provider="tavus", account="work", base_url="https://tavusapi.com")


def page(data: Any, kind: str = "videos", **query: Any) -> Page[Any]:
    asked = ListQuery(**{"page_size": 10, **query})
    return ask(kind, **query).read(evolve(response(data), query=asked))


def video(**changes: Any) -> Video:
    found = tavus.polyreel_get(kind="videos", id="x").read(response({**VIDEO, **changes}))
    assert isinstance(found, Video)
    return found


# What is asked


def test_the_first_page_is_asked_for_without_a_number() -> None:
    request = ask()
    assert (request.method, request.path) == ("GET", "/v2/videos")
    assert request.params == {"limit": 10}
    assert ask(cursor="3").params == {"limit": 10, "page": "3"}


def test_replicas_are_asked_for_with_all_that_is_known_of_them() -> None:
    assert ask("replicas").params == {"limit": 10, "verbose": True}
    filtered = ask("replicas", filters={"replica_type": "system", "verbose": "false"})
    assert filtered.path == "/v2/replicas"
    assert filtered.params == {"limit": 10, "verbose": "false", "replica_type": "system"}


@pytest.mark.parametrize("kind", ["videos", "replicas"])
def test_one_item_is_asked_for_by_an_id_that_cannot_leave_its_place(kind: Any) -> None:
    request = tavus.polyreel_get(kind=kind, id="a/../b?c#d%2F é")
    assert request.path == f"/v2/{kind}/a%2F..%2Fb%3Fc%23d%252F%20%C3%A9"
    assert request.params == {"verbose": True}
    assert request.missing == {400, 404}, "Tavus says 400 for an id that it doesn't know"


# What comes


def test_a_video_in_full() -> None:
    found = video()
    assert found.as_dict() == {
        "uid": "work:783537ef5",
        "provider": "tavus",
        "account": "work",
        "id": "783537ef5",
        "title": "Welcome",
        "provider_status": "ready",
        "status": Status.READY,
        "progress": 100,
        "created_at": datetime(2024, 8, 28, 15, 27, 40, 824457, UTC),
        "updated_at": datetime(2024, 8, 28, 15, 29, 19, tzinfo=UTC),
        "thumbnail_url": VIDEO["still_image_thumbnail_url"],
        "preview_url": VIDEO["gif_thumbnail_url"],
        "error": None,
        "prompt": "Hello there.",
        "completed_at": None,
        "expires_at": None,
        "duration": None,
        "width": None,
        "height": None,
        "model": None,
        "download_url": VIDEO["download_url"],
        "stream_url": VIDEO["stream_url"],
        "page_url": VIDEO["hosted_url"],
        "remixed_from": None,
    }
    assert found.raw == VIDEO


def test_a_replica_in_full() -> None:
    found = tavus.polyreel_get(kind="replicas", id="x").read(response(REPLICA))
    assert isinstance(found, Replica)
    assert (found.uid, found.title, found.type) == ("work:r79e1c033f", "Anna", "user")
    assert (found.status, found.provider_status) == (Status.READY, "completed")
    assert found.progress == 100
    assert found.created_at == datetime(2024, 1, 24, 7, 14, 3, 327000, UTC)
    assert found.updated_at == datetime(2024, 1, 25, 8, tzinfo=UTC)
    assert found.preview_url == REPLICA["thumbnail_video_url"]
    assert found.raw == REPLICA


@pytest.mark.parametrize("absent", [None, ""])
def test_null_and_the_empty_text_both_mean_that_there_is_none(absent: Any) -> None:
    found = video(**dict.fromkeys(VIDEO.keys() - {"video_id"}, absent))
    given = {name for name, value in found.as_dict().items() if value is not None}
    assert given == {"uid", "provider", "account", "id", "status"}
    assert found.status is Status.UNKNOWN


def test_a_video_may_be_nothing_but_an_id() -> None:
    (found,) = page({"data": [{"video_id": "a"}]}).items
    assert (found.id, found.title, found.status) == ("a", None, Status.UNKNOWN)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"status": "error", "error_details": "E", "status_details": "S"}, "E"),
        ({"status": "error", "error_details": None, "status_details": "S"}, "S"),
        ({"status": "error", "error_details": "", "status_details": "S"}, "S"),
        ({"status": "error", "error_details": None, "status_details": None}, None),
        ({"status": "ready", "error_details": None, "status_details": "S"}, None),
        ({"status": "generating", "status_details": "S"}, None),
    ],
)
def test_the_reason_of_a_failure_is_found_where_it_lies(
    sent: dict[str, Any], error: str | None
) -> None:
    assert video(**sent).error == error


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", Status.QUEUED),
        ("generating", Status.RUNNING),
        ("started", Status.RUNNING),
        ("ready", Status.READY),
        ("error", Status.FAILED),
        ("deleted", Status.DELETED),
        ("paused", Status.UNKNOWN),
    ],
)
def test_each_status_has_a_common_one_and_stays_readable(word: str, status: Status) -> None:
    assert (video(status=word).status, video(status=word).provider_status) == (status, word)


@pytest.mark.parametrize("data", [None, "", [], "text", 7, {"audio_url": "https://x.example/a"}])
def test_a_video_without_a_script_has_no_prompt(data: Any) -> None:
    assert video(data=data).prompt is None


@given(values=st.lists(JSON, min_size=1, max_size=6), kind=st.sampled_from(["videos", "replicas"]))
def test_no_value_of_any_field_costs_the_item(values: list[Any], kind: str) -> None:
    template, name = (VIDEO, "video_id") if kind == "videos" else (REPLICA, "replica_id")
    row = {key: values[n % len(values)] for n, key in enumerate(template)} | {name: "x"}
    (found,) = page({"data": [row]}, kind).items
    assert found.as_dict()["uid"] == "work:x"
    assert found.raw is row


@given(data=JSON | st.dictionaries(st.sampled_from(["data", "total_count"]), JSON))
def test_no_response_raises_anything_but_malformed(data: Any) -> None:
    data = json.loads(json.dumps(data))
    for read in (ask().read, tavus.polyreel_get(kind="videos", id="x").read):
        with suppress(MalformedResponse):
            read(response(data))


# How it goes on


def rows(count: int) -> list[dict[str, Any]]:
    return [{"video_id": f"v{number}"} for number in range(count)]


@pytest.mark.parametrize(("cursor", "following"), [(None, "1"), ("1", "2"), ("41", "42")])
def test_page_one_follows_the_one_without_a_number(cursor: str | None, following: str) -> None:
    assert page({"data": rows(10)}, cursor=cursor).next == following


def test_an_empty_page_is_the_last() -> None:
    found = page({"data": [], "total_count": 40}, cursor="4")
    assert (found.items, found.next, found.total) == ((), None, 40)


def test_a_short_page_is_not_the_last_since_a_server_may_give_fewer_than_asked() -> None:
    assert page({"data": rows(3)}).next == "1"


@pytest.mark.parametrize("total", [None, "", "many", 1.5, True, {}, []])
def test_a_total_that_is_no_number_is_none(total: Any) -> None:
    found = page({"data": rows(10), "total_count": total})
    assert (found.total, found.next) == (None, "1")


@pytest.mark.parametrize("total", [0, -5, 45, 10**9, "45000"])
def test_a_total_is_handed_on_as_it_is(total: Any) -> None:
    assert page({"data": rows(10), "total_count": total}).total == int(total)


def test_a_list_without_an_envelope_is_a_page() -> None:
    assert [item.id for item in page(rows(2)).items] == ["v0", "v1"]


@pytest.mark.parametrize("data", [{}, {"videos": []}, {"data": {}}, "text", 7, None])
def test_what_is_no_list_is_malformed(data: Any) -> None:
    with pytest.raises(MalformedResponse):
        page(data)


def test_a_replica_that_is_called_a_face_is_one() -> None:
    face = {
        "face_id": "r90bbd427f71",
        "face_name": "My face",
        "face_type": "user",
        "status": "error",
        "error_message": "The video is too short",
    }
    request = tavus.polyreel_list(kind="replicas", query=ListQuery(page_size=10))
    (found,) = request.read(response({"data": [face], "total_count": 1})).items
    assert (found.id, found.title, found.type) == ("r90bbd427f71", "My face", "user")
    assert (found.status, found.error) == (Status.FAILED, "The video is too short")


def test_replicas_are_narrowed_to_those_of_a_model(either_hub: EitherHub) -> None:
    with serve(lambda _request: {"data": [], "total_count": 0}) as server:
        one = account("tavus", server.url)
        either_hub.list([one], "replicas", filters={"model_name": "phoenix-4"})
    assert server.queries[0]["model_name"] == "phoenix-4"
