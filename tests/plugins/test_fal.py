"""fal's media library gives its videos alone, by a cursor and without a total."""

from __future__ import annotations

from typing import Any

import pytest
from polyreel import NotFound, Status
from support.documented_wires import fal_assets
from support.either_hub import EitherHub, account
from support.servers import serve

ASSET: dict[str, Any] = {
    "asset_id": "a1",
    "vector_id": "v1",
    "request_id": None,
    "url": "https://files.example/v.mp4",
    "type": "video",
    "title": "A clip",
    "endpoint": "fal-ai/veo3",
    "created_at": "2026-11-02T10:00:00.000Z",
    "prompt": "A tram",
    "width": 1280,
    "height": 720,
    "content_type": "video/mp4",
}


@pytest.mark.parametrize("count", [0, 1, 50, 120])
def test_every_video_comes_once_and_nothing_else(either_hub: EitherHub, count: int) -> None:
    rows = [{**ASSET, "asset_id": f"a{number}"} for number in range(count)]
    images = [{**ASSET, "asset_id": f"i{number}", "type": "image"} for number in range(70)]
    with serve(fal_assets([*images, *rows])) as server:
        result = either_hub.list([account("fal", server.url)])

    assert (result.error, result.ids) == (None, [row["asset_id"] for row in rows])
    assert server.requests[0].headers["authorization"] == "Key a-test-key"


def test_an_asset_without_an_id_has_the_one_of_the_index(either_hub: EitherHub) -> None:
    with serve(fal_assets([{**ASSET, "asset_id": None}])) as server:
        (video,) = either_hub.list([account("fal", server.url)]).items

    assert (video.id, video.status, video.prompt, video.width) == (
        "v1",
        Status.READY,
        "A tram",
        1280,
    )


def test_an_image_is_no_video(either_hub: EitherHub) -> None:
    with (
        serve(fal_assets([{**ASSET, "type": "image"}])) as server,
        pytest.raises(NotFound, match="is not a video of fal"),
    ):
        either_hub.get([account("fal", server.url)], "fal:a1")
