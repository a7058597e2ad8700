"""Whatever a server sends: bounded memory, bounded time, and an error that says so, or the items."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from polyreel import (
    AsyncHub,
    BrokenFile,
    ConnectionFailed,
    Hub,
    InvalidRequest,
    MalformedResponse,
    NotFound,
    PartialFailure,
    PolyreelError,
    Timeout,
    Video,
)
from support.either_hub import QUICK, EitherHub, account
from support.servers import Reply, openai_video, serve

MB = 1_000_000
LIMITED = evolve(QUICK, max_body=2 * MB, attempts=1)


@pytest.fixture
def memory() -> Iterator[Any]:
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def packed(data: bytes, *layers: str) -> Reply:
    for layer in layers:
        data = zlib.compress(data) if layer == "deflate" else gzip.compress(data)
    return Reply(data, headers={"Content-Encoding": ", ".join(layers)})


@pytest.mark.fault(
    "A body in an encoding that wasn't asked for (Brotli, Zstandard), or compressed many times over",
    "`MalformedResponse`; only what can be unpacked piece by piece is asked for",
)
@pytest.mark.parametrize(
    "reply",
    [
        packed(b" " * 100 * MB, "gzip"),
        packed(b" " * 100 * MB, "deflate"),
        packed(b" " * 100 * MB, "gzip", "gzip"),
        packed(b" " * 100 * MB, "deflate", "gzip", "gzip"),
        packed(b" ", *["gzip"] * 20),
        Reply(b"\x28\xb5\x2f\xfd" * 100, headers={"Content-Encoding": "zstd"}),
        Reply(b"\x0b\x00\x80" * 100, headers={"Content-Encoding": "br"}),
    ],
    ids=["gzip", "deflate", "nested", "three", "twenty", "zstd", "br"],
)
def test_a_compression_bomb_costs_no_more_than_the_limit(
    either_hub: EitherHub, reply: Reply, memory: Any
) -> None:
    with serve(lambda request: reply) as server:
        result = either_hub.list([account("openai", server.url)], policy=LIMITED)

    assert isinstance(result.error, MalformedResponse)
    assert memory() < 30 * MB


@pytest.mark.parametrize("status", [200, 404])
def test_a_bomb_in_a_files_place_costs_no_memory(status: int, memory: Any, tmp_path: Path) -> None:
    bomb = packed(b" " * 60 * MB, "gzip", "gzip", "gzip")
    tracemalloc.reset_peak()
    with (
        serve(lambda request: Reply(bomb.body, status, bomb.headers)) as server,
        Hub([account("openai", server.url)], policy=LIMITED) as hub,
    ):
        link = f"{server.url}/v.mp4"
        video = Video(
            provider="openai", account="openai", id="v", status="ready", download_url=link
        )
        with pytest.raises((BrokenFile, NotFound)):
            hub.videos.download(video, tmp_path)
    assert memory() < 30 * MB


def test_one_endless_chunk_ends_at_the_limit(either_hub: EitherHub, memory: Any) -> None:
    def endless(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n")
        for _ in range(1000):
            wire.write(b" " * 65_536)

    with serve(lambda request: Reply(raw=endless)) as server:
        result = either_hub.list([account("openai", server.url)], policy=LIMITED)

    assert isinstance(result.error, MalformedResponse)
    assert "more than 2,000,000 bytes" in str(result.error)
    assert memory() < 30 * MB


def test_a_length_of_a_terabyte_reserves_nothing(either_hub: EitherHub, memory: Any) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"
    with serve(lambda request: Reply(raw=lambda wire: wire.write(head))) as server:
        result = either_hub.list([account("openai", server.url)], policy=LIMITED)

    assert isinstance(result.error, ConnectionFailed)
    assert memory() < 10 * MB


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"data": ' * 100_000 + "1" + "}" * 100_000,
        '{"data": [{"id": "v", "x": ' + "[" * 50_000 + "]" * 50_000 + "}]}",
    ],
    ids=["open", "closed", "objects", "within an item"],
)
def test_json_nested_without_end_is_an_error(either_hub: EitherHub, body: str) -> None:
    with serve(lambda request: Reply(body)) as server:
        result = either_hub.list([account("openai", server.url)], policy=LIMITED)
    assert isinstance(result.error, MalformedResponse)


@pytest.mark.parametrize(("value", "status"), [("{}", 200), ("0", 200), ("{}", 400)])
def test_a_body_of_millions_of_values_costs_no_multiple_of_its_size(
    either_hub: EitherHub, value: str, status: int, memory: Any
) -> None:
    body = '{"data": [' + f"{value}," * (10 * MB // (len(value) + 1)) + "0]}"
    tracemalloc.reset_peak()
    with serve(lambda request: Reply(body, status=status)) as server:
        result = either_hub.list([account("openai", server.url)])
    assert isinstance(result.error, MalformedResponse if status == 200 else InvalidRequest)
    assert status == 400 or "more than 2,000,000 values" in str(result.error)
    assert memory() < 50 * MB


@pytest.mark.parametrize("depth", [100, 400, 900])
def test_json_nested_deeply_within_an_item_is_the_item_or_an_error(
    depth: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from polyreel.cli import main

    nested = '{"data": [{"id": "v", "status": "completed", "x": %s}]}' % ("[" * depth + "]" * depth)
    with serve(lambda request: Reply(nested)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        code = main(["videos", "list", "--account", "openai", "--format", "json", "--raw"])
    out, err = capsys.readouterr()
    assert isinstance(json.loads(out), list)
    assert (code, len(json.loads(out))) == (0, 1) or (code == 1 and "unexpected" not in err)


@pytest.mark.parametrize("digits", [400, 4300, 4301, 10_000, 1_000_000])
def test_a_number_of_many_digits_costs_its_field(either_hub: EitherHub, digits: int) -> None:
    video = json.dumps(openai_video(1)).replace('"progress": 100', f'"progress": {"9" * digits}')
    video = video.replace('"created_at": 17', f'"created_at": {"9" * digits}17')
    begin = time.monotonic()
    with serve(lambda request: Reply(f'{{"has_more": false, "data": [{video}]}}')) as server:
        result = either_hub.list([account("openai", server.url)])
    assert result.error is None
    assert result.ids == ["video_0001"]
    assert result.items[0].created_at is None
    assert time.monotonic() - begin < 5


def test_ids_of_a_megabyte_are_listed_and_resumed(either_hub: EitherHub, memory: Any) -> None:
    videos = [openai_video(1, id=letter * MB) for letter in "abc"]
    with serve(lambda request: {"data": videos, "has_more": False}) as server:
        result = either_hub.list([account("openai", server.url)])
    assert [len(id) for id in result.ids] == [MB] * 3
    assert memory() < 100 * MB


def test_tens_of_thousands_of_items_in_one_page_are_the_items(either_hub: EitherHub) -> None:
    page = json.dumps({"data": [openai_video(n) for n in range(30_000)], "has_more": False})
    reply = packed(page.encode(), "gzip")
    with serve(lambda request: reply) as server:
        result = either_hub.list([account("openai", server.url)])
    assert result.error is None
    assert len(result.ids) == 30_000


@pytest.mark.fault(
    "A page of 32 MB, or a bomb", "Read beside the event loop, which goes on meanwhile"
)
@pytest.mark.parametrize("what", ["items", "bomb", "numbers"])
def test_a_large_body_does_not_hold_up_the_event_loop(what: str) -> None:
    page = json.dumps({"data": [openai_video(n) for n in range(40_000)], "has_more": False})
    reply = {
        "items": packed(page.encode(), "gzip"),
        "bomb": packed(b" " * 100 * MB, "gzip"),
        "numbers": packed(b'{"data": [' + b"1," * MB + b"1]}", "gzip"),
    }[what]

    async def run(url: str) -> float:
        longest, done = 0.0, False

        async def beat() -> None:
            nonlocal longest
            before = time.monotonic()
            while not done:
                await asyncio.sleep(0.01)
                now = time.monotonic()
                longest, before = max(longest, now - before), now

        watch = asyncio.create_task(beat())
        async with AsyncHub([account("openai", url)], policy=evolve(QUICK, timeout=20)) as hub:
            try:
                async for _ in hub.videos.list().pages():
                    break
            except (PolyreelError, PartialFailure):
                pass
        done = True
        await watch
        return longest

    with serve(lambda request: reply) as server:
        assert asyncio.run(run(server.url)) < 1.0


def test_the_deadline_holds_while_a_bomb_trickles(either_hub: EitherHub) -> None:
    bomb = gzip.compress(b" " * 500_000)

    def trickle(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99999\r\n\r\n")
        for at in range(0, len(bomb), 2):
            wire.write(bomb[at : at + 2])
            wire.flush()
            time.sleep(0.02)

    begin = time.monotonic()
    with serve(lambda request: Reply(raw=trickle)) as server:
        policy = evolve(QUICK, timeout=0.5, attempts=1)
        result = either_hub.list([account("openai", server.url)], policy=policy)
        assert time.monotonic() - begin < 3
    assert isinstance(result.error, Timeout)
