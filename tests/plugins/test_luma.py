"""The videos among Luma's generations become our items; the images are left out, and counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from polyreel import ListQuery, NotFound, PaginationError, Response, Status, Video
from polyreel_plugins import luma
from support.either_hub import EitherHub, account
from support.servers import Request, serve

GENERATION: dict[str, Any] = {
    "id": "123e4567-e89b-12d3-a456-426614174000",
    "generation_type": "video",
    "state": "completed",
    "failure_reason": None,
    "created_at": "2026-06-01T12:00:00Z",
    "assets": {
        "video": "https://cdn.example/1.mp4",
        "image": "https://cdn.example/1.jpg",
        "progress_video": None,
    },
    "model": "ray-2",
    "request": {
        "generation_type": "video",
        "prompt": "A lake at dusk",
        "aspect_ratio": "16:9",
        "loop": False,
        "keyframes": {"frame0": {"type": "image", "url": "https://cdn.example/0.jpg"}},
        "model": "ray-2",
        "resolution": "720p",
        "duration": "5s",
    },
}


def generation(number: int, kind: str = "video") -> dict[str, Any]:
    return {**GENERATION, "id": f"{kind}-{number:04}", "generation_type": kind}


def read(row: dict[str, Any]) -> Any:
    response = Response(data=row, provider="luma", account="work")
    return luma.polyreel_get(id="x").read(response)


def read_page(data: Any, cursor: str | None = None) -> Any:
    query = ListQuery(page_size=3, cursor=cursor)
    response = Response(data=data, provider="luma", account="work", query=query)
    return luma.polyreel_list(query=query).read(response)


def test_a_video_is_mapped_field_by_field() -> None:
    assert read(GENERATION) == Video(
        provider="luma",
        account="work",
        id="123e4567-e89b-12d3-a456-426614174000",
        prompt="A lake at dusk",
        provider_status="completed",
        created_at=datetime(2026, 6, 1, 12, tzinfo=UTC),
        duration=5,
        model="ray-2",
        download_url="https://cdn.example/1.mp4",
        thumbnail_url="https://cdn.example/1.jpg",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("queued", Status.QUEUED),
        ("dreaming", Status.RUNNING),
        ("completed", Status.READY),
        ("failed", Status.FAILED),
        ("sleeping", Status.UNKNOWN),
    ],
)
def test_a_state_is_a_status(word: str, status: Status) -> None:
    found = read({**GENERATION, "state": word, "failure_reason": "Too dark"})
    assert (found.status, found.provider_status, found.error) == (status, word, "Too dark")


@pytest.mark.parametrize("missing", ["assets", "request"])
@pytest.mark.parametrize("value", [None, [], "x", 7])
def test_a_generation_on_its_way_lacks_what_is_not_there_yet(missing: str, value: Any) -> None:
    found = read({**GENERATION, missing: value})
    assert found.status is Status.READY
    assert found.download_url == (None if missing == "assets" else "https://cdn.example/1.mp4")
    assert found.prompt == (None if missing == "request" else "A lake at dusk")


@pytest.mark.parametrize("kind", ["video", "upscale_video", None, "", 7, {}, "hologram"])
def test_only_what_is_surely_an_image_is_left_out(kind: Any) -> None:
    row = {**GENERATION, "generation_type": kind}
    image = {**GENERATION, "generation_type": "image"}
    page = read_page({"generations": [image, row], "has_more": False})
    assert [item.raw for item in page.items] == [row]
    assert read(row).raw == row


def test_a_page_of_images_alone_leads_on() -> None:
    page = read_page({"generations": [generation(1, "image")] * 3, "has_more": True}, cursor="9")
    assert (page.items, page.next, page.more) == ((), "12", True)


def test_rows_that_can_not_be_read_count_for_where_the_next_page_begins() -> None:
    page = read_page({"generations": [None, {}, generation(1)], "has_more": True})
    assert (len(page.items), page.next) == (1, "3")


@pytest.mark.parametrize("more", [None, "yes", 1])
def test_without_a_word_on_more_the_next_page_is_tried(more: Any) -> None:
    page = read_page({"generations": [generation(1)], "has_more": more})
    assert (page.next, page.more) == ("1", None)


# Over a socket


def luma_list(rows: list[dict[str, Any]]) -> Any:
    def respond(request: Request) -> Any:
        if "/generations/" in request.path:
            return next(row for row in rows if request.path.endswith(row["id"]))
        start, size = int(request.query.get("offset", 0)), int(request.query.get("limit", 100))
        page = rows[start : start + size]
        return {
            "generations": page,
            "has_more": start + size < len(rows),
            "count": len(page),
            "limit": size,
            "offset": start,
        }

    return respond


@pytest.mark.parametrize("count", [0, 1, 2, 99, 100, 101, 250])
def test_every_video_comes_once_among_images(either_hub: EitherHub, count: int) -> None:
    rows = [generation(number, "image" if number % 3 == 1 else "video") for number in range(count)]
    with serve(luma_list(rows)) as server:
        result = either_hub.list([account("luma", f"{server.url}/dream-machine/v1")])

    assert result.error is None
    assert result.ids == [row["id"] for row in rows if row["generation_type"] == "video"]
    assert len(server.requests) == max(1, -(-count // 100))
    assert {request.path for request in server.requests} == {"/dream-machine/v1/generations"}
    assert server.requests[0].headers["authorization"] == "Bearer a-test-key"


def test_a_few_videos_behind_many_images_take_few_requests(either_hub: EitherHub) -> None:
    rows = [generation(number, "image") for number in range(950)] + [generation(1), generation(2)]
    with serve(luma_list(rows)) as server:
        result = either_hub.list([account("luma", server.url)], limit=1)

    assert result.error is None
    assert result.ids == ["video-0001"]
    assert len(server.requests) == 10


def test_a_listing_goes_on_where_it_stopped_among_images(either_hub: EitherHub) -> None:
    rows = [generation(number, "image" if number % 2 else "video") for number in range(20)]
    with serve(luma_list(rows)) as server:
        one = [account("luma", server.url)]
        first = either_hub.list(one, limit=3, page_size=4)
        rest = either_hub.list(one, cursor=first.cursor)

    assert first.ids + rest.ids == [row["id"] for row in rows[::2]]


def test_more_that_never_comes_is_an_error(either_hub: EitherHub) -> None:
    with serve(lambda _request: {"generations": [], "has_more": True}) as server:
        result = either_hub.list([account("luma", server.url)])

    assert isinstance(result.error, PaginationError)
    assert len(server.requests) == 1


def test_an_image_is_no_video_to_get(either_hub: EitherHub) -> None:
    rows = [generation(1, "image"), generation(2)]
    with serve(luma_list(rows)) as server:
        one = [account("luma", server.url)]
        assert either_hub.get(one, "luma:video-0002").id == "video-0002"
        with pytest.raises(NotFound, match="image-0001 is not a video") as caught:
            either_hub.get(one, "luma:image-0001")

    assert (caught.value.provider, caught.value.account) == ("luma", "luma")
