"""The contenders: each does one piece of work in a process of its own.

Run as ``python contenders.py NAME PORT``; prints how long the work took, how much was done, and the
peak memory, as JSON. Imports and one warm-up request are not counted, except where the row is about
them.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

PORT = 0
PAGES = 100
BIG = "cursor-10000-0"
seconds = cpu = 0.0


def url(world: str) -> str:
    return f"http://127.0.0.1:{PORT}/{world}"


@contextmanager
def timed() -> Any:
    global seconds, cpu
    start, cpu_start = time.perf_counter(), time.process_time()
    yield
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu_start


# ---- the floor: what the HTTP library and the JSON decoder alone cost


def written(item: dict[str, Any]) -> int:
    return bool(json.dumps(item))


def printed(item: dict[str, Any]) -> int:
    print(json.dumps(item))
    return 1


def known(item: dict[str, Any]) -> int:
    return bool(item["id"])


def bare_loop(world: str, pause: float = 0, use: Callable[[dict[str, Any]], int] = known) -> int:
    import httpx

    count = 0
    with httpx.Client() as client:
        client.get(f"{url('cursor-1-0')}/v1/videos")
        with timed():
            after = None
            while True:
                params = {"limit": "100", **({"after": after} if after else {})}
                page = json.loads(client.get(f"{url(world)}/v1/videos", params=params).content)
                for item in page["data"]:
                    count += use(item)
                if pause:
                    time.sleep(pause)
                if not page["has_more"]:
                    return count
                after = page["last_id"]


def bare_pages(world: str) -> int:
    import httpx

    count = number = 0
    with httpx.Client() as client:
        client.get(f"{url('pages-1-0')}/v2/videos")
        with timed():
            while True:
                params = {"limit": "50", "page": str(number)}
                page = json.loads(client.get(f"{url(world)}/v2/videos", params=params).content)
                count += len(page["data"])
                number += 1
                if count >= page["total_count"]:
                    return count


LISTS = ("expressives", "scenes", "clips", "talks", "translations")


def bare_lists(world: str) -> int:
    import httpx

    count = 0
    with httpx.Client() as client:
        client.get(f"{url('lists-1-0')}/scenes")
        with timed():
            for name in LISTS:
                token: str | None = ""
                while token is not None:
                    params = {"limit": "100", **({"token": token} if token else {})}
                    answer = client.get(f"{url(world)}/{name}", params=params)
                    page = json.loads(answer.content)
                    count += len(page[name])
                    token = page["token"]
    return count


def bare_get(world: str) -> int:
    import httpx

    with httpx.Client() as client:
        client.get(f"{url('cursor-1-0')}/v1/videos")
        with timed():
            for number in range(500):
                json.loads(client.get(f"{url(world)}/v1/videos/video_{number:07}").content)
    return 500


# ---- peers


def generated(world: str) -> int:
    from polyreel_clients.openai import Client
    from polyreel_clients.openai.api.videos import list_videos
    from polyreel_clients.openai.types import UNSET

    count = 0
    with Client(base_url=f"{url(world)}/v1") as client:
        list_videos.sync(client=client, limit=1)
        with timed():
            after: Any = UNSET
            while True:
                page = list_videos.sync(client=client, limit=100, after=after)
                assert page is not None
                for item in page.data:  # type: ignore[union-attr]
                    count += bool(item.id)
                if not page.has_more:
                    return count
                after = page.last_id


def openai_sdk(world: str, use: Callable[[Any], int] = lambda video: bool(video.id)) -> int:
    import warnings

    import openai

    warnings.simplefilter("ignore")
    with openai.OpenAI(api_key="x", base_url=f"{url(world)}/v1", max_retries=0) as client:
        client.videos.list(limit=1)
        with timed():
            return sum(use(video) for video in client.videos.list(limit=100))


def litellm_loop(world: str) -> int:
    import litellm

    count = 0
    options: Any = {
        "custom_llm_provider": "openai",
        "api_key": "x",
        "api_base": f"{url(world)}/v1",
        "limit": 100,
    }
    litellm.video_list(**{**options, "api_base": f"{url('cursor-1-0')}/v1"})
    with timed():
        after = None
        while True:
            page: Any = litellm.video_list(after=after, **options)
            count += sum(bool(video["id"]) for video in page["data"])
            if not page["has_more"]:
                return count
            # litellm hands out ids of its own, and doesn't take them back as cursors
            after = f"video_{count - 1:07}"


# ---- polyreel


def account(world: str, name: str | None = None, **more: Any) -> Any:
    from polyreel import Account

    style = world.partition("-")[0]
    provider, path = {"cursor": ("openai", "/v1"), "pages": ("tavus", ""), "lists": ("did", "")}[
        style
    ]
    return Account(name=name or provider, provider=provider, base_url=url(world) + path, **more)


def polyreel_list(
    worlds: list[str], pause: float = 0, use: Callable[[Any], int] = lambda video: bool(video.id)
) -> int:
    from polyreel import Hub

    accounts = [account(world, f"a{n}") for n, world in enumerate(worlds)]
    warm = account(f"{worlds[0].partition('-')[0]}-1-0", "warm")
    count = 0
    with Hub([*accounts, warm]) as hub:
        list(hub.videos.list(account="warm"))
        options: Any = {"account": "a0"} if len(worlds) == 1 else {}
        with timed():
            if pause:
                for page in hub.videos.list(**options).pages():
                    count += len(page.items)
                    time.sleep(pause)
            else:
                for video in hub.videos.list(**options):
                    count += use(video)
    return count - (len(worlds) > 1)


def polyreel_async(world: str) -> int:
    from polyreel import AsyncHub

    async def run() -> int:
        count = 0
        async with AsyncHub([account(world), account("cursor-1-0", "warm")]) as hub:
            [video async for video in hub.videos.list(account="warm")]
            with timed():
                async for video in hub.videos.list(account="openai"):
                    count += bool(video.id)
        return count

    return asyncio.run(run())


def remembered(count: int) -> int:
    """Remember so many ids and nothing else, as a listing does."""
    from polyreel.listing.seen import SeenIds

    seen = SeenIds()
    return sum(seen.add(f"video_{number:07}") for number in range(count))


def polyreel_get(world: str) -> int:
    from polyreel import Hub

    with Hub([account(world)]) as hub:
        hub.videos.get("openai:video_0000000")
        with timed():
            for number in range(500):
                hub.videos.get(f"openai:video_{number:07}")
    return 500


def polyreel_pages(world: str, use: Callable[[list[Any]], int]) -> int:
    """Use pages that have come already, of whose items nothing was read yet."""
    from polyreel import Hub

    with Hub([account(world)]) as hub:
        pages = [page.items for page in hub.videos.list().pages()]
    with timed():
        return use(pages)


def dicts(pages: list[Any]) -> int:
    return len([video.to_dict() for page in pages for video in page])


def frame(pages: list[Any]) -> int:
    from arro3.core import RecordBatchReader
    from polyreel import Video
    from polyreel.models import arrow

    class Listing:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return arrow.stream(Video, pages, requested_schema)

    return RecordBatchReader.from_arrow(Listing()).read_all().num_rows


SIX = [f"cursor-1000-{latency}" for latency in (40, 48, 56, 64, 72, 80)]

CONTENDERS: dict[str, Callable[[], int]] = {
    "bare": lambda: bare_loop(BIG),
    "polyreel": lambda: polyreel_list([BIG]),
    "bare-json": lambda: bare_loop(BIG, use=written),
    "bare-jsonl": lambda: bare_loop(BIG, use=printed),
    "polyreel-json": lambda: polyreel_list([BIG], use=lambda video: bool(video.to_json())),
    "polyreel-dicts": lambda: polyreel_pages(BIG, dicts),
    "polyreel-frame": lambda: polyreel_pages(BIG, frame),
    "openai-json": lambda: openai_sdk(BIG, use=lambda video: bool(video.model_dump_json())),
    "polyreel-async": lambda: polyreel_async(BIG),
    "generated": lambda: generated(BIG),
    "openai": lambda: openai_sdk(BIG),
    "bare-pages-50ms": lambda: bare_pages("pages-5000-50"),
    "polyreel-pages-50ms": lambda: polyreel_list(["pages-5000-50"]),
    "bare-lists-50ms": lambda: bare_lists("lists-2000-50"),
    "polyreel-lists-50ms": lambda: polyreel_list(["lists-2000-50"]),
    "polyreel-working-40ms": lambda: polyreel_list(["cursor-4000-50"], pause=0.04),
    "polyreel-six": lambda: polyreel_list(SIX),
    "polyreel-slowest": lambda: polyreel_list(SIX[-1:]),
    "bare-cursor-50ms": lambda: bare_loop("cursor-4000-50"),
    "litellm": lambda: litellm_loop(BIG),
    "bare-get": lambda: bare_get(BIG),
    "polyreel-get": lambda: polyreel_get(BIG),
    "polyreel-10k": lambda: polyreel_list(["cursor-10000-0"]),
    "polyreel-1m": lambda: polyreel_list(["cursor-1000000-0"]),
    "polyreel-10k-json": lambda: polyreel_list(
        ["cursor-10000-0"], use=lambda it: bool(it.to_json())
    ),
    "polyreel-1m-json": lambda: polyreel_list(
        ["cursor-1000000-0"], use=lambda it: bool(it.to_json())
    ),
    "ids-10k": lambda: remembered(10_000),
    "ids-1m": lambda: remembered(1_000_000),
}


if __name__ == "__main__":
    PORT = int(sys.argv[2])
    os.environ["NO_PROXY"] = "127.0.0.1"
    done = CONTENDERS[sys.argv[1]]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "cpu": cpu, "count": done, "peak_kb": peak}))
