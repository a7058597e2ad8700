"""Long listings in bad weather, many threads, and forks: every item once, and memory flat."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import threading
import tracemalloc
from typing import Any

import pytest
from attrs import evolve
from polyreel import AsyncHub, ConfigurationError, Hub
from support.either_hub import QUICK, account
from support.servers import (
    Reply,
    Request,
    openai_list,
    openai_video,
    serve,
    serve_apart,
    tavus_list,
    tavus_video,
)

PAGES, SIZE = 1000, 100
POLICY = evolve(QUICK, attempts=8, longest_wait=0.02)


def stormy() -> Any:
    """Serve 100,000 videos; a seeded 5 % of the requests fail in one of seven ways."""
    weather = random.Random(7)
    pages: dict[str, bytes] = {}
    broken = [
        Reply("", 500),
        Reply("<html>", 503, {"Content-Type": "text/html"}),
        Reply("{}", 429, {"Retry-After-Ms": "2"}),
        Reply('{"data": ['),
        Reply(""),
        Reply("{}", headers={"Content-Length": "90000"}),
        Reply(raw=lambda wire: None),
    ]

    def respond(request: Request) -> Any:
        if weather.random() < 0.05:
            return weather.choice(broken)
        after = request.query.get("after", "")
        if after not in pages:
            start = int(after[6:]) + 1 if after else 0
            data = [
                {"id": f"video_{n:06}", "status": "completed"} for n in range(start, start + SIZE)
            ]
            more = start + SIZE < PAGES * SIZE
            pages[after] = json.dumps({"data": data, "has_more": more}).encode()
        return Reply(pages[after])

    return respond


@pytest.mark.parametrize("either_hub", ["sync", "async"])
def test_a_hundred_thousand_items_come_once_each_through_a_storm(either_hub: str) -> None:
    expected = 0

    def check(id: str) -> None:
        nonlocal expected
        assert id == f"video_{expected:06}"
        expected += 1

    async def run(url: str) -> None:
        async with AsyncHub([account("openai", url)], policy=POLICY) as hub:
            async for video in hub.videos.list():
                check(video.id)

    with serve_apart(stormy()) as url:
        if either_hub == "sync":
            with Hub([account("openai", url)], policy=POLICY) as hub:
                for video in hub.videos.list():
                    check(video.id)
        else:
            asyncio.run(run(url))

    assert expected == PAGES * SIZE


def test_memory_stays_flat_however_long_the_listing() -> None:
    def endless(request: Request) -> Any:
        start = int(request.query.get("after", "-1")) + 1
        data = [{"id": str(n), "prompt": "x" * 500} for n in range(start, start + SIZE)]
        return {"data": data, "has_more": True}

    peaks = []
    with serve_apart(endless) as url, Hub([account("openai", url)], policy=QUICK) as hub:
        for limit in (15_000, 15_000, 60_000):
            tracemalloc.start()
            for _ in hub.videos.list(limit=limit):
                pass
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    assert peaks[2] < peaks[1] + 3_000_000


def test_one_hub_serves_many_threads_and_many_hubs_a_thread_each() -> None:
    videos = [openai_video(number) for number in range(250)]
    ids = [video["id"] for video in videos]
    results: list[list[str]] = []

    def read(hub: Hub) -> None:
        results.append([video.id for video in hub.videos.list(page_size=25)])

    with serve(openai_list(videos)) as server:
        with Hub([account("openai", server.url)], policy=QUICK) as shared:
            hubs = [Hub([account("openai", server.url)], policy=QUICK) for _ in range(8)]
            readers = [threading.Thread(target=read, args=(hub,)) for hub in [shared] * 8 + hubs]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
        for hub in hubs:
            hub.close()

    assert results == [ids] * 16


def test_a_hub_that_was_used_before_a_fork_works_in_both_processes() -> None:
    videos = [openai_video(number) for number in range(120)]
    with serve(openai_list(videos)) as server, Hub([account("openai", server.url)]) as hub:
        assert len(list(hub.videos.list(limit=5))) == 5
        context = multiprocessing.get_context("fork")
        queue = context.SimpleQueue()
        child = context.Process(target=lambda: queue.put(len(list(hub.videos.list()))))
        child.start()
        here = len(list(hub.videos.list()))
        there = queue.get()
        child.join()

    assert (here, there) == (120, 120)


@pytest.mark.parametrize("in_flight", [1, 3])
def test_no_more_requests_are_in_flight_than_the_account_allows(in_flight: int) -> None:
    now = most = 0
    lock = threading.Lock()
    good = tavus_list([tavus_video(number) for number in range(1000)])

    def respond(request: Request) -> Any:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.01)
        with lock:
            now -= 1
        return good(request)

    with (
        serve(respond) as server,
        Hub([account("tavus", server.url, in_flight=in_flight)], policy=QUICK) as hub,
    ):
        assert len(list(hub.videos.list())) == 1000

    assert most <= in_flight
    assert most > 1 or in_flight == 1


@pytest.mark.parametrize("either_hub", ["sync", "async"])
def test_no_more_requests_per_second_are_made_than_the_account_allows(either_hub: str) -> None:
    """One request per minute: the second page isn't asked for while anybody waits here."""

    async def read(url: str) -> None:
        async with AsyncHub([account("tavus", url, per_second=1 / 60)], policy=QUICK) as hub:
            async with asyncio.timeout(0.5):
                async for _ in hub.videos.list():
                    pass

    with serve(tavus_list([tavus_video(number) for number in range(250)])) as server:
        if either_hub == "sync":
            hub = Hub([account("tavus", server.url, per_second=1 / 60)], policy=QUICK)
            threading.Timer(0.5, hub.close).start()
            with pytest.raises(ConfigurationError, match="the hub was closed"):
                list(hub.videos.list())
        else:
            with pytest.raises(TimeoutError):
                asyncio.run(read(server.url))

    assert len(server.requests) == 1
