"""The files that the sandbox's items link to: on an origin of their own, signed, playable, or faulty."""

from __future__ import annotations

import shutil
import subprocess
from urllib.parse import urlsplit

import httpx
import pytest
from polyreel import Hub, sandbox
from polyreel.sandbox.cdn import FAULTS
from polyreel.sandbox.clips import TYPES, clip_of


@pytest.fixture
def moving():
    """A sandbox of this test alone, whose time the test moves."""
    with sandbox.serve() as box:
        yield box


def links(box, *, fault=""):
    """Return a link to a finished video of each provider that lists."""
    account = {"polyreel-fault": fault} if fault else {}
    accounts = [evolved(one, account) for one in box.accounts()]
    with Hub(accounts) as hub:
        found = {video.provider: video.download_url for video in hub.videos.list(status="ready")}
    return {name: url for name, url in found.items() if "/cdn/" in url}


def evolved(account, params):
    from attrs import evolve

    return evolve(account, params=params)


def test_every_provider_s_files_can_be_had_without_a_key(box, anybody):
    for name, url in links(box).items():
        assert url.startswith(f"{box.files}/cdn/{name}/")
        response = anybody.get(url)
        assert response.status_code == 200, name
        assert response.headers["content-type"] == "video/mp4"
        assert response.content[4:8] == b"ftyp"


def test_a_link_is_good_for_an_hour_at_least_and_then_refused(moving):
    url = links(moving)["heygen"]
    moving.clock.advance(3599)
    assert httpx.get(url).status_code == 200
    moving.clock.advance(3601)
    assert httpx.get(url).status_code == 403
    assert httpx.get(links(moving)["heygen"]).status_code == 200


def test_a_link_that_was_changed_is_refused(box, anybody):
    url = links(box)["tavus"]
    assert anybody.get(url.replace("Expires=1", "Expires=2")).status_code == 403
    assert anybody.get(url.partition("?")[0]).status_code == 403
    assert anybody.get(url.replace("/tavus/", "/luma/")).status_code == 403


def test_a_key_beside_a_signature_is_refused(box, anybody):
    response = anybody.get(links(box)["tavus"], headers={"x-api-key": sandbox.KEY})
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("asked", "start", "stop"), [("0-99", 0, 100), ("100-", 100, None), ("-5", -5, None)]
)
def test_a_range_is_that_part_of_the_file(box, anybody, asked, start, stop):
    url = links(box)["heygen"]
    whole = anybody.get(url)
    part = anybody.get(url, headers={"range": f"bytes={asked}", "if-range": whole.headers["etag"]})
    assert part.status_code == 206
    assert part.content == whole.content[start:stop]
    first = start % len(whole.content)
    assert part.headers["content-range"].startswith(f"bytes {first}-")
    other = anybody.get(url, headers={"range": f"bytes={asked}", "if-range": '"other"'})
    assert (other.status_code, other.content) == (200, whole.content)
    beyond = anybody.get(url, headers={"range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416


def test_a_head_says_what_a_get_sends(box, anybody):
    url = links(box)["luma"]
    head, whole = anybody.head(url), anybody.get(url)
    assert head.content == b""
    assert head.headers == whole.headers


def test_no_two_videos_are_the_same(box, anybody):
    with Hub(box.accounts()) as hub:
        urls = [one.download_url for one in hub.videos.list(provider="tavus", status="ready")]
    assert len({anybody.get(url).content for url in urls}) == len(urls) > 10


def test_pictures_are_pictures(box, anybody):
    with Hub(box.accounts()) as hub:
        for video in hub.videos.list(provider="heygen", status="ready", limit=1):
            assert anybody.get(video.thumbnail_url).content.startswith(b"\xff\xd8\xff")
            assert anybody.get(video.preview_url).content.startswith(b"GIF89a")
            assert "<title>" in anybody.get(video.page_url).text


def outcome(url):
    try:
        response = httpx.get(url, timeout=0.5, follow_redirects=True)
    except (httpx.RemoteProtocolError, httpx.ReadTimeout) as error:
        return type(error).__name__
    return response


EXPECTED = {
    "expired": 403,
    "gone": 404,
    "busy": 503,
    "cut": "RemoteProtocolError",
    "changed": "RemoteProtocolError",
    "no-range": "RemoteProtocolError",
    "weak": "RemoteProtocolError",
    "stall": "ReadTimeout",
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_is_what_it_is_called(moving, fault):
    good = httpx.get(links(moving)["heygen"])
    url = links(moving, fault=fault)["heygen"]
    first = outcome(url)
    if fault in EXPECTED:
        assert EXPECTED[fault] in {first, getattr(first, "status_code", None)}
    elif fault in {"slow", "redirect"}:
        assert first.content == good.content
    else:
        assert first.status_code == 200
        assert first.content != good.content
    if fault in {"busy", "cut", "no-range", "weak"}:
        assert outcome(url).content == good.content, "it strikes once"
    if fault == "changed":
        again = outcome(url)
        assert again.content != good.content
        assert again.headers["etag"] != good.headers["etag"]


def test_items_become_ready_while_time_passes(moving):
    """The newest is made in two minutes, the next in half a minute; the third fails."""
    with Hub(moving.accounts()) as hub:

        def now():
            found = hub.videos.list(provider="openai", limit=3)
            return [(video.status, video.download_url is not None) for video in found]

        assert now() == [("queued", False), ("running", False), ("running", False)]
        moving.clock.advance(30)
        assert now() == [("queued", False), ("ready", True), ("running", False)]
        moving.clock.advance(60)
        assert now() == [("running", False), ("ready", True), ("failed", False)]
        moving.clock.advance(30)
        assert [status for status, _ in now()] == ["ready", "ready", "failed"]


@pytest.mark.parametrize("media", sorted({*TYPES.values()}))
@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe isn't installed")
def test_a_player_opens_every_file(tmp_path, media):
    path = tmp_path / "file"
    path.write_bytes(clip_of(media, "acme/videos/1"))
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    if media == "video/mp4":
        assert "h264" in done.stdout


def test_links_name_no_host_but_this_machine(box):
    with Hub(box.accounts()) as hub:
        for video in hub.videos.list():
            for url in (video.download_url, video.thumbnail_url, video.preview_url, video.page_url):
                assert url is None or urlsplit(url).hostname == "127.0.0.1"
