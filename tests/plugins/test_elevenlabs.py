"""ElevenLabs' generations come in three forms without times, by cursor."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import Status
from support.documented_wires import elevenlabs_generations
from support.either_hub import EitherHub, account
from support.servers import serve

DONE: dict[str, Any] = {
    "id": "JWr5N6X9ZTqf8jD2LmQb",
    "status": "completed",
    "content_url": "https://files.example/v",
    "content_mime_type": "video/mp4",
}
FAILED = {
    "id": "f",
    "status": "failed",
    "failure_reason": "moderated",
    "error_message": "Not allowed",
}
WAITING = {"id": "w", "status": "pending"}


@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_every_generation_comes_once(either_hub: EitherHub, count: int) -> None:
    rows = [{**DONE, "id": str(number)} for number in range(count)]
    with serve(elevenlabs_generations(rows)) as server:
        result = either_hub.list([account("elevenlabs", server.url)])

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])
    assert server.requests[0].headers["xi-api-key"] == "a-test-key"


def test_each_form_tells_what_it_knows(either_hub: EitherHub) -> None:
    with serve(elevenlabs_generations([DONE, FAILED, WAITING])) as server:
        items = either_hub.list([account("elevenlabs", server.url)]).items

    assert [item.status for item in items] == [Status.READY, Status.FAILED, Status.QUEUED]
    assert [item.error for item in items] == [None, "Not allowed", None]
    assert [item.download_url for item in items] == ["https://files.example/v", None, None]
    assert {item.created_at for item in items} == {None}
