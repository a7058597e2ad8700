"""MiniMax's tasks become our videos, without those that write texts; an unknown id is no bad request."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import NotFound
from support.documented_wires import numbered
from support.either_hub import EitherHub, account
from support.servers import Reply, serve

TASK: dict[str, Any] = {
    "id": "424635601932571",
    "model": "MiniMax-H3",
    "status": "succeeded",
    "created_at": 1_785_225_940,
    "updated_at": 1_785_226_100,
    "content": {"url": "https://files.example/v.mp4"},
    "resolution": "2K",
    "duration": 5,
    "usage": {},
    "ratio": "adaptive",
    "task_type": "generation",
}


@pytest.mark.parametrize("count", [0, 1, 50, 120])
def test_every_video_comes_once_and_no_text(either_hub: EitherHub, count: int) -> None:
    rows = [{**TASK, "id": str(number)} for number in range(count)]
    text = {**TASK, "id": "t", "task_type": "h3_context_ir", "content": {"prompt": "A tram"}}
    with serve(numbered([text, *rows], "page_num", "page_size", first=1, default=20)) as server:
        result = either_hub.list([account("minimax", server.url)])

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])
    assert {request.path for request in server.requests} == {"/v2/query/video_generation"}


def test_one_video_stands_in_an_envelope(either_hub: EitherHub) -> None:
    with serve(lambda _request: {"task": TASK}) as server:
        video = either_hub.get([account("minimax", server.url)], "minimax:424635601932571")

    assert video.id == "424635601932571"


def test_an_id_that_is_unknown_or_too_old_is_not_found(either_hub: EitherHub) -> None:
    body = {
        "type": "error",
        "error": {"type": "bad_request_error", "message": "invalid task_id", "http_code": "400"},
    }
    with serve(lambda _request: Reply(body, 400)) as server, pytest.raises(NotFound):
        either_hub.get([account("minimax", server.url)], "minimax:1")
