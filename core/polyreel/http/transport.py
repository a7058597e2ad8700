"""Performing requests: the same attempts for both hubs, done at once or awaited.

What to send, whether to retry and what a response means is decided in :mod:`attempt`, :mod:`pacing`
and :mod:`responses`; here is only how to wait for it: for a free place, for the pace, for the network.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from contextlib import aclosing, closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx
from tenacity import AsyncRetrying, Retrying

from polyreel.errors import ConfigurationError, PolyreelError
from polyreel.http.attempt import Attempts, Read, Send
from polyreel.http.clients import PerRoute, transport_settings
from polyreel.http.connection import Connection
from polyreel.http.decoding import Decoder
from polyreel.http.network import Network, Running
from polyreel.http.once import made_once
from polyreel.http.pacing import Policy, tenacious
from polyreel.http.routes import Route
from polyreel.registry import Registry
from polyreel.request import Request

if TYPE_CHECKING:
    from polyreel.http.streams import AsyncDownloads, Downloads

R = TypeVar("R")

_CLOSING = 2.0  # seconds; connections that are still being made can't be hurried
_LARGE = 200_000  # bytes; to read more may take longer than an event loop should stand still


class Transport:
    """Performs requests, blocking; may be used from many threads."""

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        self.policy = policy
        self._transports = PerRoute(self._transport)
        self._attempts = Attempts(policy, registry, user_agent)
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._running = Running()
        self._network = Network()
        self._user_agent = user_agent

    @made_once
    def downloads(self) -> Downloads:
        """What gets files, beside the requests; made when it is first needed."""
        from polyreel.http.streams import Downloads

        return Downloads(self.policy, self._user_agent)

    def perform(self, connection: Connection, request: Request[R]) -> R:
        """Make the request, retry as the policy says, and read the response.

        Raises:
            PolyreelError: It failed, and further attempts did too or could not help.
        """
        self.require_usable()
        with self._running:
            began = time.monotonic()  # nearly all first attempts succeed, and need no tenacity
            try:
                return self._attempt(connection, request)
            except PolyreelError as error:
                if not self.policy.retries(error):
                    raise
                failed = error
            retrying = tenacious(self.policy, time.monotonic() - began)
            retry = Retrying(sleep=self.sleep, **retrying)
            return cast(R, retry(self._again, [failed], connection, request))

    def require_usable(self) -> None:
        """Refuse to go on when the hub was closed.

        Raises:
            ConfigurationError: It was.
        """
        if self._closed.is_set():
            raise _closed()

    def close(self) -> None:
        """Close all connections; requests on their way in other threads end with an error."""
        self._closed.set()
        if "downloads" in vars(self):
            self.downloads.close()
        if self._network.pid == os.getpid():
            self._network.abort()
        self._running.wait(_CLOSING)
        for transport in self._transports.drain():
            transport.close()

    def _transport(self, route: Route) -> httpx.HTTPTransport:
        if self._network.pid != os.getpid():
            self._network = Network()
        return self._network.transport(**transport_settings(route))

    def _again(
        self, failures: list[PolyreelError], connection: Connection, request: Request[R]
    ) -> R:
        """Make an attempt that tenacity counts: the first one was made before, and failed."""
        if failures:
            raise failures.pop()
        return self._attempt(connection, request)

    def _attempt(self, connection: Connection, request: Request[R]) -> R:
        with self._gate(connection):
            self.sleep(self._attempts.pace(connection).reserve(time.monotonic()))
            steps = self._attempts.steps(connection, request)
            try:
                work = next(steps)
                while True:
                    try:
                        done = self._do(work)
                    except Exception as error:  # noqa: BLE001 - the steps say what it means
                        if self._closed.is_set():
                            raise _closed() from None
                        work = steps.throw(error)
                    else:
                        work = steps.send(done)
            except StopIteration as end:
                return cast(R, end.value)

    def _do(self, work: Send | Read) -> Any:
        if isinstance(work, Read):
            return work.read()
        transport = self._transports.of(work.route)
        with (
            self._network.deadline(self.policy.timeout),
            closing(transport.handle_request(work.request)) as response,
        ):
            decoder = Decoder.of(response, self.policy.max_body)
            for data in response.iter_raw():
                decoder.feed(data)
            return response, decoder.finish()

    def _gate(self, connection: Connection) -> threading.BoundedSemaphore:
        with self._lock:
            gate = self._gates.get(connection.account)
            if gate is None:
                gate = threading.BoundedSemaphore(connection.in_flight)
                self._gates[connection.account] = gate
            return gate

    def sleep(self, seconds: float) -> None:
        """Wait, unless the hub is closed meanwhile.

        Raises:
            ConfigurationError: It was closed.
        """
        if seconds > 0 and self._closed.wait(seconds):
            raise _closed()


class AsyncTransport:
    """Performs requests in an event loop; belongs to the loop that it is first used in."""

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        self.policy = policy
        self._transports = PerRoute(_async_transport)
        self._attempts = Attempts(policy, registry, user_agent)
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._user_agent = user_agent

    @cached_property
    def downloads(self) -> AsyncDownloads:
        """What gets files, beside the requests; made when it is first needed."""
        from polyreel.http.streams import AsyncDownloads

        return AsyncDownloads(self.policy, self._user_agent)

    async def perform(self, connection: Connection, request: Request[R]) -> R:
        """Make the request, retry as the policy says, and read the response.

        Raises:
            PolyreelError: It failed, and further attempts did too or could not help.
        """
        self._loop = self._loop or asyncio.get_running_loop()
        self.require_usable()
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        began = time.monotonic()
        try:
            try:
                return await self._attempt(connection, request)
            except PolyreelError as error:
                if not self.policy.retries(error):
                    raise
                failed = error
            retrying = tenacious(self.policy, time.monotonic() - began)
            retry = AsyncRetrying(**retrying)
            return cast(R, await retry(self._again, [failed], connection, request))
        except asyncio.CancelledError:
            if self._closed and task.uncancel() == 0:
                raise _closed() from None
            raise
        finally:
            self._tasks.discard(task)

    def require_usable(self) -> None:
        """Refuse to go on when the hub was closed, or in an event loop that isn't its own.

        Raises:
            ConfigurationError: It was, or it isn't.
        """
        if self._closed:
            raise _closed()
        loop = _running_loop()  # a listing may be made, but not read, outside of any
        if loop is not None and self._loop not in {None, loop}:
            raise ConfigurationError(
                "this AsyncHub belongs to another event loop: make one in each loop"
            )

    async def close(self) -> None:
        """Close all connections; requests on their way in other tasks end with an error."""
        self._closed = True
        if self._loop not in {None, asyncio.get_running_loop()}:
            return  # the connections ended with their loop
        for task in list(self._tasks):
            task.cancel()
        while self._tasks:
            await asyncio.sleep(0)
        if "downloads" in vars(self):
            await self.downloads.close()
        for transport in self._transports.drain():
            await transport.aclose()

    async def _again(
        self, failures: list[PolyreelError], connection: Connection, request: Request[R]
    ) -> R:
        """Make an attempt that tenacity counts: the first one was made before, and failed."""
        if failures:
            raise failures.pop()
        return await self._attempt(connection, request)

    async def _attempt(self, connection: Connection, request: Request[R]) -> R:
        async with self._gate(connection):
            pause = self._attempts.pace(connection).reserve(time.monotonic())
            if pause > 0:  # else nothing is to be given up to others for a turn of the loop
                await asyncio.sleep(pause)
            steps = self._attempts.steps(connection, request)
            try:
                work = next(steps)
                while True:
                    try:
                        done = await self._do(work)
                    except Exception as error:  # noqa: BLE001 - the steps say what it means
                        work = steps.throw(error)
                    else:
                        work = steps.send(done)
            except StopIteration as end:
                return cast(R, end.value)

    async def _do(self, work: Send | Read) -> Any:
        if isinstance(work, Read):
            return await asyncio.to_thread(work.read) if work.size > _LARGE else work.read()
        transport = self._transports.of(work.route)
        try:
            async with (
                asyncio.timeout(self.policy.timeout),
                aclosing(await transport.handle_async_request(work.request)) as response,
            ):
                decoder = Decoder.of(response, self.policy.max_body)
                async for data in response.aiter_raw():
                    for _ in decoder.feeding(data):
                        await asyncio.sleep(0)
                return response, decoder.finish()
        except TimeoutError as error:
            raise httpx.ReadTimeout("the deadline passed") from error

    def _gate(self, connection: Connection) -> asyncio.Semaphore:
        return self._gates.setdefault(connection.account, asyncio.Semaphore(connection.in_flight))


def _async_transport(route: Route) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(**transport_settings(route))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _closed() -> ConfigurationError:
    return ConfigurationError("the hub was closed: make a new one")
