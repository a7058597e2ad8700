"""Whoever stops early is obeyed at once, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from typing import Any

import pytest
from polyreel import AsyncHub, ConfigurationError, Hub, Policy
from support.either_hub import EitherHub, account
from support.servers import Reply, Request, openai_list, openai_video, serve

VIDEOS = [openai_video(number) for number in range(300)]
PATIENT = Policy(timeout=60, attempts=3)  # whoever isn't prompt is noticed
PROMPT = 5.0


@contextmanager
def hanging(after: int) -> Iterator[Any]:
    """Response some requests, then hang."""
    released = threading.Event()
    good = openai_list(VIDEOS)

    def respond(request: Request) -> Any:
        if request.number > after:
            released.wait(30)
        return good(request)

    with serve(respond) as server:
        try:
            yield server
        finally:
            released.set()


def ours() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("polyreel")]


@pytest.mark.fault(
    "The hub is closed while a page is on its way", "At once; no thread or socket is left"
)
def test_a_hub_closes_while_a_page_is_on_its_way(either_hub: EitherHub) -> None:
    with hanging(after=1) as server:
        accounts = [account("openai", server.url)]
        begin = time.monotonic()
        if either_hub.name == "sync":
            with Hub(accounts, policy=PATIENT) as hub:
                next(iter(hub.videos.list()))
        else:

            async def run() -> None:
                async with AsyncHub(accounts, policy=PATIENT) as hub:
                    async for _ in hub.videos.list():
                        break

            asyncio.run(run())
        took = time.monotonic() - begin
        gc.collect()

    assert took < PROMPT
    assert ours() == []


def test_another_thread_may_close_a_hub_that_waits() -> None:
    with hanging(after=0) as server:
        hub = Hub([account("openai", server.url)], policy=PATIENT)
        threading.Timer(0.3, hub.close).start()
        begin = time.monotonic()
        with pytest.raises(ConfigurationError, match="hub was closed"):
            list(hub.videos.list())

    assert time.monotonic() - begin < PROMPT
    assert len(server.requests) == 1


@pytest.mark.fault(
    "The hub is closed while requests are under way, or used afterwards",
    "One `ConfigurationError`, at once; nothing is asked for again",
)
def test_a_listing_of_several_accounts_ends_with_one_error_when_its_hub_is_closed(
    either_hub: EitherHub,
) -> None:
    with hanging(after=0) as one, hanging(after=0) as two:
        accounts = [account("openai", one.url), account("openai", two.url, name="spare")]
        begin = time.monotonic()
        if either_hub.name == "sync":
            hub = Hub(accounts, policy=PATIENT)
            threading.Timer(0.3, hub.close).start()
            with pytest.raises(ConfigurationError, match="hub was closed"):
                list(hub.videos.list(on_error="skip"))
        else:

            async def run() -> None:
                hub = AsyncHub(accounts, policy=PATIENT)

                async def read() -> None:
                    async for _ in hub.videos.list(on_error="skip"):
                        pass

                task = asyncio.create_task(read())
                await asyncio.sleep(0.3)
                await hub.close()
                with pytest.raises(ConfigurationError, match="hub was closed"):
                    await task
                assert len(asyncio.all_tasks()) == 1

            asyncio.run(run())

    assert time.monotonic() - begin < PROMPT
    assert len(one.requests) == len(two.requests) == 1


def test_a_get_that_is_under_way_ends_when_its_hub_is_closed() -> None:
    async def run(url: str) -> None:
        hub = AsyncHub([account("openai", url)], policy=PATIENT)
        task = asyncio.create_task(hub.videos.get("openai:video_0000"))
        await asyncio.sleep(0.3)
        await hub.close()
        with pytest.raises(ConfigurationError, match="hub was closed"):
            await task
        assert not task.cancelled()

    with hanging(after=0) as server:
        begin = time.monotonic()
        asyncio.run(run(server.url))
    assert time.monotonic() - begin < PROMPT


def test_a_closed_blocking_hub_says_so_whatever_it_is_asked() -> None:
    with serve(openai_list(VIDEOS)) as server:
        hub = Hub([account("openai", server.url)], policy=PATIENT)
        listing, begun = hub.videos.list(), iter(hub.videos.list())
        next(begun)
        hub.close()
        hub.close()
        for use in (
            hub.videos.list,
            lambda: list(listing),
            lambda: list(begun),
            lambda: hub.videos.get("openai:video_0000"),
        ):
            with pytest.raises(ConfigurationError, match="the hub was closed: make a new one"):
                use()  # type: ignore[operator]
        assert len(server.requests) == 1


def test_a_closed_asynchronous_hub_says_so_whatever_it_is_asked() -> None:
    async def run(server: Any) -> None:
        hub = AsyncHub([account("openai", server.url)], policy=PATIENT)
        listing, begun = hub.videos.list(), aiter(hub.videos.list())
        await anext(begun)
        asked = len(server.requests)
        await hub.close()
        await hub.close()

        async def rest(items: Any) -> None:
            async for _ in items:
                pass

        with pytest.raises(ConfigurationError, match="the hub was closed: make a new one"):
            hub.videos.list()
        for use in (rest(listing), rest(begun), hub.videos.get("openai:video_0000")):
            with pytest.raises(ConfigurationError, match="the hub was closed: make a new one"):
                await use
        assert len(server.requests) <= asked + 1  # the second page was on its way

    with serve(openai_list(VIDEOS)) as server:
        asyncio.run(run(server))


@pytest.mark.fault(
    "An `AsyncHub` is used in a second event loop", "`ConfigurationError`, which says so"
)
def test_an_asynchronous_hub_belongs_to_the_event_loop_that_first_used_it() -> None:
    async def read(listing: Any) -> int:
        return len([item async for item in listing])

    def respond(request: Request) -> Reply:
        # A connection that stays open would end with its loop, and with a warning of Python's.
        return Reply(openai_list(VIDEOS)(request), headers={"Connection": "close"})

    with serve(respond) as one, serve(respond) as two:
        hub = AsyncHub([account("openai", one.url), account("openai", two.url, name="spare")])
        assert asyncio.run(read(hub.videos.list(limit=5))) == 5
        asked = len(one.requests + two.requests)
        outside = hub.videos.list()
        for use in (
            lambda: read(outside),
            lambda: hub.videos.get("openai:video_0000"),
        ):
            with pytest.raises(ConfigurationError, match="belongs to another event loop"):
                asyncio.run(use())
        assert len(one.requests + two.requests) == asked
        asyncio.run(hub.close())


@pytest.mark.fault("The task is cancelled", "At once; no task is left")
def test_a_cancelled_task_ends_at_once() -> None:
    async def run(url: str) -> float:
        async with AsyncHub([account("openai", url)], policy=PATIENT) as hub:

            async def read() -> None:
                async for _ in hub.videos.list():
                    pass

            task = asyncio.create_task(read())
            await asyncio.sleep(0.3)
            begin = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(asyncio.all_tasks()) == 1
            return time.monotonic() - begin

    with hanging(after=1) as server:
        took = asyncio.run(run(server.url))
        gc.collect()

    assert took < PROMPT


def test_a_closed_iterator_takes_its_tasks_with_it() -> None:
    async def run(url: str) -> None:
        async with AsyncHub([account("openai", url)], policy=PATIENT) as hub:
            async with aclosing(aiter(hub.videos.list())) as items:  # type: ignore[type-var]
                async for _ in items:
                    break
            assert len(asyncio.all_tasks()) == 1

    with hanging(after=1) as server:
        asyncio.run(run(server.url))
        gc.collect()


@pytest.mark.fault("Ctrl-C or SIGTERM", "Exit code 130 or 143 at once, without a traceback")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_command_line(number: int, code: int) -> None:
    with hanging(after=1) as server:
        environ = {**os.environ, "OPENAI_BASE_URL": server.url, "POLYREEL_PLUGINS": "openai"}
        command = [sys.executable, "-m", "polyreel", "videos", "list", "--format", "jsonl"]
        with subprocess.Popen(
            command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()  # the first page has come, the second hangs
            begin = time.monotonic()
            process.send_signal(number)
            returncode = process.wait(20)
            took = time.monotonic() - begin
            said = process.stderr.read()

    assert took < PROMPT
    assert returncode == code
    assert "Traceback" not in said
