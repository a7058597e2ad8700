"""Krea's jobs come by time; none that shares its moment with a page's last one is lost."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import Status
from support.documented_wires import krea_jobs
from support.either_hub import EitherHub, account
from support.servers import serve


def job(number: int, minute: int, **more: Any) -> dict[str, Any]:
    return {
        "job_id": f"00000000-0000-4000-8000-{number:012}",
        "status": "completed",
        "created_at": f"2026-11-02T{minute // 60:02}:{minute % 60:02}:00.000Z",
        "result": {"urls": ["https://files.example/v.mp4"]},
        **more,
    }


@pytest.mark.parametrize("key", ["next_cursor", "nextCursor"])
@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_every_video_comes_once(either_hub: EitherHub, count: int, key: str) -> None:
    rows = [job(number, 1000 - number) for number in range(count)]
    with serve(krea_jobs(rows, key)) as server:
        result = either_hub.list([account("krea", server.url)])

    assert (result.error, result.ids) == (None, [row["job_id"] for row in rows])


def test_jobs_of_one_moment_at_the_edge_of_a_page_all_come(either_hub: EitherHub) -> None:
    rows = [job(number, 1000 - number // 7) for number in range(40)]
    with serve(krea_jobs(rows)) as server:
        result = either_hub.list([account("krea", server.url)], page_size=10)

    assert (result.error, result.ids) == (None, [row["job_id"] for row in rows])


def test_what_made_an_image_is_left_out_and_the_words_are_understood(
    either_hub: EitherHub,
) -> None:
    rows = [
        job(1, 9, status="backlogged", result={}),
        job(2, 8, status="intermediate-complete", result={}),
        job(3, 7, result={"urls": ["https://files.example/i.png"]}),
        job(4, 6, status="failed", result={"error": "Refused"}),
    ]
    with serve(krea_jobs(rows)) as server:
        items = either_hub.list([account("krea", server.url)]).items

    assert [item.status for item in items] == [Status.QUEUED, Status.RUNNING, Status.FAILED]
    assert items[-1].error == "Refused"
