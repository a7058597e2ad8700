"""Synthesia's videos come by offset, with clock durations, and 403 is a wrong key."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import AuthenticationError
from support.documented_wires import synthesia_videos
from support.either_hub import EitherHub, account
from support.servers import serve

VIDEO: dict[str, Any] = {
    "id": "58ade6d0-3a0d-4c4b-9d34-1a2b3c4d5e6f",
    "title": "Welcome",
    "status": "complete",
    "createdAt": 1_712_505_600,
    "lastUpdatedAt": 1_712_505_900,
    "duration": "0:00:59.000000",
    "download": "https://files.example/v.mp4?Expires=1",
    "thumbnail": {"image": "https://files.example/t.jpg", "gif": "https://files.example/t.gif"},
    "input": [{"scriptText": "Hello."}, {"scriptText": None}, {"scriptText": "Good bye."}],
}


@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("count", [0, 1, 100, 250])
def test_every_video_comes_once(either_hub: EitherHub, count: int, always: bool) -> None:
    rows = [{**VIDEO, "id": str(number)} for number in range(count)]
    with serve(synthesia_videos(rows, always=always)) as server:
        result = either_hub.list([account("synthesia", server.url)])

    assert (result.error, result.ids) == (None, [row["id"] for row in rows])


def test_a_video_is_mapped(either_hub: EitherHub) -> None:
    with serve(synthesia_videos([VIDEO], always=True)) as server:
        (video,) = either_hub.list([account("synthesia", server.url)]).items

    assert (video.duration, video.prompt) == (59, "Hello.\nGood bye.")
    assert (video.thumbnail_url, video.preview_url) == (
        "https://files.example/t.jpg",
        "https://files.example/t.gif",
    )


def test_a_wrong_key_is_called_one_though_the_status_is_403(either_hub: EitherHub) -> None:
    with serve(synthesia_videos([VIDEO], always=True)) as server:
        wrong = account("synthesia", server.url, name="other")
        result = either_hub.list([type(wrong)(**{**_fields(wrong), "key": "wrong"})])

    assert isinstance(result.error, AuthenticationError)


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("name", "provider", "base_url")}
