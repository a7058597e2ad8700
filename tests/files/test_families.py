"""What a file is for is told by its URL's path, where that tells anything."""

from __future__ import annotations

import pytest
from polyreel import family_of, may_be_video, urls_in

CDN = "https://cdn.example"


@pytest.mark.parametrize(
    ("url", "family"),
    [
        (f"{CDN}/a.MP4?x=b.png", "video"),
        (f"{CDN}/a.mov#t=1", "video"),
        (f"{CDN}/a.jpeg", "image"),
        (f"{CDN}/a.aac", "audio"),
        (f"{CDN}/a.glb", "model"),
        (f"{CDN}/v1.2/file", None),
        (f"{CDN}/a.unheard", None),
        (f"{CDN}", None),
        ("a.mp4", None),
        (None, None),
        (7, None),
    ],
)
def test_the_path_tells_what_a_file_is_for(url: object, family: str | None) -> None:
    assert family_of(url) == family
    assert may_be_video(url) is (family in ("video", None))


def test_urls_are_found_in_order_at_any_depth_and_by_what_they_are_for() -> None:
    output = [{"a": [f"{CDN}/1.png", "no url"]}, 7, None, f"{CDN}/2.mp4", {"b": f"{CDN}/3.webm"}]
    assert [*urls_in(output)] == [f"{CDN}/1.png", f"{CDN}/2.mp4", f"{CDN}/3.webm"]
    assert [*urls_in(output, "video")] == [f"{CDN}/2.mp4", f"{CDN}/3.webm"]
