"""Vidu's tasks come by page number from 0, and one that is got alone keeps the id it was asked with."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import NotFound, Status
from support.documented_wires import numbered
from support.either_hub import EitherHub, account
from support.servers import serve

TASK: dict[str, Any] = {
    "id": "1450000000000000000",
    "state": "success",
    "model": "viduq2-pro",
    "prompt": "A tram",
    "duration": 5,
    "created_at": "2026-11-02T10:00:00Z",
    "creations": [
        {
            "id": "c1",
            "url": "https://files.example/v.mp4?Expires=1",
            "cover_url": "https://files.example/c.jpg",
            "video": {"duration": 5.04, "fps": 24, "resolution": {"width": 1280, "height": 720}},
        }
    ],
}


@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_every_video_comes_once_and_no_image(either_hub: EitherHub, count: int) -> None:
    rows = [{**TASK, "id": str(number)} for number in range(count)]
    image = {
        **TASK,
        "id": "i",
        "creations": [{"id": "c", "url": "https://files.example/i.png?x=1"}],
    }
    wire = numbered([image, *rows], "pager.page", "pager.pagesz", first=0, default=10, total=False)
    with serve(wire) as server:
        result = either_hub.list([account("vidu", server.url)])

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])
    assert server.requests[0].headers["authorization"] == "Token a-test-key"


def test_the_window_of_time_reaches_the_wire(either_hub: EitherHub) -> None:
    wire = numbered([], "pager.page", "pager.pagesz", first=0, default=10, total=False)
    with serve(wire) as server:
        since = {"created_at.from": "2026-01-01T00:00:00Z"}
        either_hub.list([account("vidu", server.url)], filters=since)

    assert server.queries[0]["created_at.from"] == "2026-01-01T00:00:00Z"


def test_since_and_until_reach_the_wire(either_hub: EitherHub) -> None:
    wire = numbered([], "pager.page", "pager.pagesz", first=0, default=10, total=False)
    with serve(wire) as server:
        bounds = {"since": "2026-01-01", "until": "2026-02-01T12:00:00Z"}
        either_hub.list([account("vidu", server.url)], **bounds)

    assert server.queries[0]["created_at.from"] == "2026-01-01T00:00:00+00:00"
    assert server.queries[0]["created_at.to"] == "2026-02-01T12:00:00+00:00"


def test_a_sound_is_no_video_to_get(either_hub: EitherHub) -> None:
    alone = {"state": "success", "creations": [{"id": "c", "url": "https://files.example/a.mp3"}]}
    with serve(lambda _request: alone) as server, pytest.raises(NotFound, match="not a video"):
        either_hub.get([account("vidu", server.url)], "vidu:1")


def test_one_task_has_the_id_that_was_asked_for(either_hub: EitherHub) -> None:
    alone = {"state": "success", "err_code": "", "credits": 4, "creations": TASK["creations"]}
    with serve(lambda _request: alone) as server:
        video = either_hub.get([account("vidu", server.url)], "vidu:1450000000000000000")

    assert (video.id, video.status) == ("1450000000000000000", Status.READY)
    assert (video.width, video.height) == (1280, 720)
    assert "id" not in video.raw
    assert server.requests[0].path == "/ent/v2/tasks/1450000000000000000/creations"
