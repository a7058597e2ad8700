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
from polyreel import AsyncHub, Hub, Policy
from support.either_hub import account
from support.servers import Request, openai_list, openai_video, serve

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
def test_a_blocking_hub_closes_while_a_page_is_on_its_way() -> None:
    with hanging(after=1) as server:
        begin = time.monotonic()
        with Hub([account("openai", server.url)], policy=PATIENT) as hub:
            listing = iter(hub.videos.list())
            next(listing)
        took = time.monotonic() - begin
        gc.collect()

    assert took < PROMPT
    assert ours() == []


def test_another_thread_may_close_a_hub_that_waits() -> None:
    with hanging(after=0) as server:
        hub = Hub([account("openai", server.url)], policy=PATIENT)
        threading.Timer(0.3, hub.close).start()
        begin = time.monotonic()
        with pytest.raises(Exception, match=r"no response|hub was closed"):
            list(hub.videos.list())

    assert time.monotonic() - begin < PROMPT


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
