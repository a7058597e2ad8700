"""Ark's tasks become our videos; its numbered pages are read whole, without what makes 3D models."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from polyreel import Response, Status, Video
from polyreel_plugins import ark
from support.documented_wires import numbered
from support.either_hub import EitherHub, account
from support.servers import serve

TASK: dict[str, Any] = {
    "id": "cgt-20260408123456-abc123",
    "model": "doubao-seedance-2-0-260128",
    "status": "succeeded",
    "error": None,
    "created_at": 1_712_505_600,
    "updated_at": 1_712_505_900,
    "content": {
        "video_url": "https://files.example/v.mp4",
        "last_frame_url": "https://files.example/l.jpg",
    },
    "duration": 5,
    "usage": {"completion_tokens": 5000, "total_tokens": 5000},
}


def read(row: dict[str, Any]) -> Video:
    return ark.polyreel_get(id="x").read(Response(data=row, provider="ark", account="work"))


def test_a_task_is_mapped_field_by_field() -> None:
    assert read(TASK) == Video(
        provider="ark",
        account="work",
        id="cgt-20260408123456-abc123",
        provider_status="succeeded",
        created_at=datetime(2024, 4, 7, 16, tzinfo=UTC),
        updated_at=datetime(2024, 4, 7, 16, 5, tzinfo=UTC),
        duration=5,
        model="doubao-seedance-2-0-260128",
        download_url="https://files.example/v.mp4",
        thumbnail_url="https://files.example/l.jpg",
    )


def test_a_task_that_ran_out_of_time_has_failed() -> None:
    assert read({**TASK, "status": "expired"}).status is Status.FAILED
    failed = {**TASK, "status": "failed", "error": {"code": "Sensitive", "message": "Refused"}}
    assert read(failed).error == "Refused"


@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_every_video_comes_once_and_no_model(either_hub: EitherHub, count: int) -> None:
    rows = [{**TASK, "id": f"cgt-{number}"} for number in range(count)]
    models = [
        {**TASK, "id": "cgt-3d", "status": "running", "fileformat": "glb", "content": None},
        {**TASK, "id": "cgt-file", "content": {"file_url": "https://x"}},
    ]
    with serve(numbered([*rows, *models], "page_num", "page_size", first=1, default=10)) as server:
        result = either_hub.list([account("ark", server.url)])

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])
    assert {request.path for request in server.requests} == {"/contents/generations/tasks"}
    assert server.requests[0].headers["authorization"] == "Bearer a-test-key"


def test_filters_bear_the_names_that_ark_gives_them(either_hub: EitherHub) -> None:
    with serve(numbered([TASK], "page_num", "page_size", first=1, default=10)) as server:
        either_hub.list([account("ark", server.url)], filters={"filter.service_tier": "flex"})

    assert server.queries[0]["filter.service_tier"] == "flex"
