"""What OpenAI-style servers send, each with something left out or added, becomes our items."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from polyreel import ListQuery, MalformedResponse, Page, Request, Response, Status, Video
from polyreel_plugins import openai

VIDEO: dict[str, Any] = {
    "id": "video_123",
    "object": "video",
    "model": "sora-2",
    "status": "completed",
    "progress": 100,
    "created_at": 1758941485,
    "completed_at": 1758941585,
    "expires_at": 1758945185,
    "prompt": "A cat at a piano.",
    "size": "1280x720",
    "seconds": "8",
    "remixed_from_video_id": "video_1",
    "error": None,
}
BASE = "https://gpu.example/v1"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["message", "code", "url", "x"]), inner)
    ),
    max_leaves=4,
)


def ask(**query: Any) -> Request[Page[Video]]:
    return openai.polyreel_list(query=ListQuery(**{"page_size": 10, **query}))


def response(data: Any) -> Response:
    return Response(data=data, provider="openai", account="gpu", base_url=BASE)


def page(data: Any) -> Page[Video]:
    return ask().read(response(data))


def video(**changes: Any) -> Video:
    row = {name: value for name, value in {**VIDEO, **changes}.items() if value is not ...}
    return openai.polyreel_get(id="x").read(response(row))


# What is asked


def test_a_page_is_asked_for_behind_the_last_item() -> None:
    request = ask(cursor="video_9", order="asc")
    assert (request.method, request.path) == ("GET", "/videos")
    assert request.params == {"limit": 10, "after": "video_9", "order": "asc"}
    assert ask().params == {"limit": 10}


@pytest.mark.parametrize(
    ("id", "path"),
    [
        ("video_123", "/videos/video_123"),
        ("video_bGl0ZWxsbTo=", "/videos/video_bGl0ZWxsbTo%3D"),
        ("a/../b?c#d", "/videos/a%2F..%2Fb%3Fc%23d"),
    ],
)
def test_one_video_is_asked_for_by_an_id_that_cannot_leave_its_place(id: str, path: str) -> None:
    assert openai.polyreel_get(id=id).path == path


# What comes


def test_a_video_in_full() -> None:
    found = video()
    assert found.as_dict() == {
        "uid": "gpu:video_123",
        "provider": "openai",
        "account": "gpu",
        "id": "video_123",
        "title": None,
        "provider_status": "completed",
        "status": Status.READY,
        "progress": 100,
        "created_at": datetime(2025, 9, 27, 2, 51, 25, tzinfo=UTC),
        "updated_at": None,
        "thumbnail_url": None,
        "preview_url": None,
        "error": None,
        "prompt": "A cat at a piano.",
        "completed_at": datetime(2025, 9, 27, 2, 53, 5, tzinfo=UTC),
        "expires_at": datetime(2025, 9, 27, 3, 53, 5, tzinfo=UTC),
        "duration": 8,
        "width": 1280,
        "height": 720,
        "model": "sora-2",
        "download_url": f"{BASE}/videos/video_123/content",
        "stream_url": None,
        "page_url": None,
        "remixed_from": "video_1",
    }
    assert found.raw == VIDEO


SERVERS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the documentation's own short example": (
        {"id": "video_123", "object": "video", "model": "sora-2", "status": "completed"},
        {"model": "sora-2", "status": Status.READY, "duration": None},
    ),
    "SGLang, done": (
        {"id": "u-1", "status": "completed", "size": "", "seconds": "4", "created_at": 1758941485}
        | {"url": "https://s3.example/u-1.mp4", "file_path": "/out/u-1.mp4", "quality": "high"},
        {"download_url": "https://s3.example/u-1.mp4", "width": None, "duration": 4},
    ),
    "SGLang, failed": (
        {"id": "u-1", "status": "failed", "error": {"message": "out of memory"}},
        {"status": Status.FAILED, "error": "out of memory", "download_url": None},
    ),
    "SGLang, deleted": ({"id": "u-1", "status": "deleted"}, {"status": Status.DELETED}),
    "vLLM-Omni": (
        {"id": "video_gen_ab12", "status": "failed", "size": None, "stage_durations": {"a": 1}}
        | {"error": {"code": 500, "message": "worker died"}, "inference_time_s": 12.5},
        {"error": "worker died", "height": None},
    ),
    "LiteLLM, through another provider": (
        {"id": "video_bGl0ZWxsbTo=", "status": "processing", "created_at": 0, "model": None}
        | {"usage": {"duration_seconds": 8.0}, "seconds": None},
        {"status": Status.RUNNING, "created_at": None, "model": None},
    ),
    "oMLX": (
        {"id": "a", "status": "queued", "seconds": "", "size": "NonexNone", "phase": "load"},
        {"duration": None, "width": None, "height": None, "status": Status.QUEUED},
    ),
    "one that says width, height and reason apart": (
        {"id": "1", "status": "failed", "width": 1024, "height": "576", "failure_reason": "nsfw"},
        {"width": 1024, "height": 576, "error": "nsfw"},
    ),
    "one whose error has a detail": (
        {"id": "1", "status": "error", "error": {"detail": "too long", "code": 422}},
        {"error": "too long", "status": Status.FAILED},
    ),
    "one that hasn't begun": (
        {"id": "1", "status": "not_start", "progress": 0, "seconds": -1},
        {"status": Status.QUEUED, "progress": 0, "duration": None},
    ),
    "new-api": (
        {"id": "task_1", "task_id": "task_1", "status": "unknown", "progress": 30}
        | {"metadata": {"url": "https://cdn.example/1.mp4"}},
        {"status": Status.UNKNOWN, "progress": 30, "download_url": "https://cdn.example/1.mp4"},
    ),
    "Inworld": ({"id": "1", "status": "cancelled"}, {"status": Status.FAILED}),
    "OpenRouter": (
        {"id": "1", "status": "pending", "error": "no credits"},
        {"status": Status.QUEUED, "error": "no credits"},
    ),
    "one that counts seconds and sizes in numbers": (
        {"id": 7, "status": "done", "seconds": 8, "progress": "50%", "size": "1920x1080"},
        {"id": "7", "duration": 8, "progress": 50, "height": 1080, "status": Status.READY},
    ),
}


@pytest.mark.parametrize("server", SERVERS)
def test_servers_that_speak_alike_are_read_alike(server: str) -> None:
    row, expected = SERVERS[server]
    for found in (page({"data": [row]}).items[0], openai.polyreel_get(id="x").read(response(row))):
        assert {name: getattr(found, name) for name in expected} == expected
        assert found.raw == row


def test_a_file_is_below_content_when_the_video_is_done_and_no_other_address_is_named() -> None:
    for status in ("queued", "in_progress", "failed", "weird", None):
        assert video(status=status).download_url is None
    content = f"{BASE}/videos/video_123/content"
    for more in ({}, {"url": ""}, {"url": None}, {"url": "out/1.mp4"}, {"metadata": "x"}):
        assert video(**more).download_url == content, more


def test_a_file_is_asked_for_as_everything_else_is() -> None:
    """Azure answers nothing without its api-version, and its base URL may end in /videos."""
    base = "https://acme.openai.azure.com/openai/v1/videos"
    azure = evolve(response(VIDEO), base_url=base, params={"api-version": "preview"})
    found = openai.polyreel_get(id="x").read(azure)
    assert found.download_url == f"{base}/video_123/content?api-version=preview"


def test_a_hostile_id_stays_one_segment_of_the_files_address() -> None:
    found = video(id="../files/key?x=1#y")
    assert found.id == "../files/key?x=1#y"
    assert found.download_url == f"{BASE}/videos/..%2Ffiles%2Fkey%3Fx%3D1%23y/content"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"code": "moderation", "message": "not allowed"}, "not allowed"),
        ({"code": "moderation", "message": None}, "moderation"),
        ({"code": "moderation"}, "moderation"),
        ({"message": ""}, None),
        ({}, None),
        ("in words", "in words"),
        ("", None),
        ([], None),
        (None, None),
        (..., None),
    ],
)
def test_an_error_is_a_text_in_whatever_shape_it_came(sent: Any, error: str | None) -> None:
    assert video(status="failed", error=sent).error == error


@given(values=st.lists(JSON, min_size=1, max_size=6))
def test_no_value_of_any_field_costs_the_item(values: list[Any]) -> None:
    names = [*VIDEO, "url", "metadata"]
    row = {key: values[n % len(values)] for n, key in enumerate(names)} | {"id": "x"}
    (found,) = page({"data": [row]}).items
    assert found.as_dict()["uid"] == "gpu:x"
    assert found.raw is row


@given(
    data=JSON
    | st.dictionaries(st.sampled_from(["data", "has_more", "first_id", "last_id", "object"]), JSON)
)
def test_no_response_raises_anything_but_malformed(data: Any) -> None:
    data = json.loads(json.dumps(data))
    for read in (ask().read, openai.polyreel_get(id="x").read):
        with suppress(MalformedResponse):
            read(response(data))


# How it goes on


def rows(*ids: str) -> list[dict[str, Any]]:
    return [{"id": id} for id in ids]


@pytest.mark.parametrize(
    ("envelope", "following", "more"),
    [
        ({"has_more": True, "first_id": "a", "last_id": "b"}, "b", True),
        ({"has_more": False, "first_id": "a", "last_id": "b"}, None, False),
        ({"has_more": True, "last_id": None}, "b", True),
        ({"has_more": True, "last_id": "not-an-id-of-ours"}, "b", True),
        ({"has_more": None, "last_id": "b"}, "b", None),
        ({"has_more": "true"}, "b", None),
        ({"has_more": 0}, "b", None),
        ({}, "b", None),
    ],
)
def test_a_page_goes_on_behind_its_last_item_unless_the_server_says_that_it_ends(
    envelope: dict[str, Any], following: str | None, more: bool | None
) -> None:
    found = page({"object": "list", "data": rows("a", "b"), **envelope})
    assert (found.next, found.more) == (following, more)


@pytest.mark.parametrize(
    ("envelope", "following", "more"),
    [
        ({}, None, None),
        ({"has_more": False}, None, False),
        ({"has_more": True, "last_id": "z"}, "z", True),
        ({"has_more": True, "last_id": None}, None, True),
        ({"has_more": None, "last_id": "z"}, None, None),
    ],
)
def test_an_empty_page_goes_on_only_when_the_server_says_where(
    envelope: dict[str, Any], following: str | None, more: bool | None
) -> None:
    found = page({"data": [], **envelope})
    assert (found.items, found.next, found.more) == ((), following, more)


def test_null_is_an_empty_page() -> None:
    assert page({"data": None}).items == ()


def test_a_list_without_an_envelope_is_a_page() -> None:
    found = page(rows("a", "b"))
    assert ([item.id for item in found.items], found.next, found.more) == (["a", "b"], "b", None)


@pytest.mark.parametrize("data", [{}, {"videos": []}, {"data": {}}, "text", 7, None])
def test_what_is_no_list_is_malformed(data: Any) -> None:
    with pytest.raises(MalformedResponse):
        page(data)
