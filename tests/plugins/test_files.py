"""Which files an item has beyond those that its own fields link to: each provider's, and any plugin's."""

from __future__ import annotations

import pytest
from polyreel import File, PluginError, Registry, Video, files_of, hookimpl, usual_files

CDN = "https://cdn.example"


def files(provider, raw, **fields):
    item = Video(provider=provider, account="work", id="v1", raw=raw, **fields)
    return [(file.role, file.url) for file in Registry().files("videos", item)]


def test_heygen_has_captions_and_a_video_with_them():
    raw = {"captioned_video_url": f"{CDN}/b.mp4", "subtitle_url": f"{CDN}/a.srt"}
    assert files("heygen", raw, download_url=f"{CDN}/a.mp4", thumbnail_url=f"{CDN}/a.jpg") == [
        ("video", f"{CDN}/a.mp4"),
        ("thumbnail", f"{CDN}/a.jpg"),
        ("video.2", f"{CDN}/b.mp4"),
        ("captions", f"{CDN}/a.srt"),
    ]
    assert files("heygen", {"subtitle_url": None}) == []


def test_replicate_has_all_outputs_once():
    output = [f"{CDN}/a.mp4", {"more": [f"{CDN}/b.webm?x=1", "no url"]}, f"{CDN}/c.png"]
    assert files("replicate", {"output": output}, download_url=f"{CDN}/a.mp4") == [
        ("video", f"{CDN}/a.mp4"),
        ("video.2", f"{CDN}/b.webm?x=1"),
        ("output", f"{CDN}/c.png"),
    ]


def test_an_openai_style_server_has_a_picture_where_it_has_the_content():
    content = "https://api.example/v1/videos/v1/content"
    assert files("openai", {}, download_url=content) == [
        ("video", content),
        ("thumbnail", f"{content}?variant=thumbnail"),
    ]
    assert files("openai", {}, download_url=f"{CDN}/a.mp4") == [("video", f"{CDN}/a.mp4")]


@pytest.mark.parametrize("output", [None, "text", {}, [None, 7]])
def test_runway_s_odd_outputs_are_no_files(output):
    assert files("runway", {"output": output}) == []


def test_a_plugin_without_the_hook_has_the_usual_files():
    item = Video(provider="tavus", account="work", id="v1", preview_url=f"{CDN}/a.gif")
    assert (
        Registry().files("videos", item) == usual_files(item) == (File("preview", f"{CDN}/a.gif"),)
    )


class Wrapping:
    """A plugin that adds a file of its own to every provider's."""

    @hookimpl(wrapper=True)
    def polyreel_files(self, item):
        found = yield
        return (*(found or usual_files(item)), File("poster", f"{CDN}/{item.id}.png"))


class Broken:
    @hookimpl(tryfirst=True)
    def polyreel_files(self):
        return ["https://cdn.example/a.mp4"]


def with_plugin(plugin):
    registry = Registry()
    registry._manager.register(plugin)
    return registry


def test_another_plugin_may_add_files():
    item = Video(provider="tavus", account="work", id="v1", download_url=f"{CDN}/a.mp4")
    roles = [file.role for file in with_plugin(Wrapping()).files("videos", item)]
    assert roles == ["video", "poster"]


def test_a_plugin_that_gives_something_else_is_named():
    item = Video(provider="tavus", account="work", id="v1")
    with pytest.raises(PluginError, match="in polyreel_files instead of a tuple of File"):
        with_plugin(Broken()).files("videos", item)


def test_a_file_that_is_there_already_is_not_named_again():
    item = Video(provider="tavus", account="work", id="v1", download_url=f"{CDN}/a.mp4")
    assert files_of(item, [("video", f"{CDN}/a.mp4"), ("captions", None)]) == usual_files(item)
