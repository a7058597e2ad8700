"""Driving transfers: the pieces of files as they come, in both hubs; decisions are in `download`."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterable
from contextlib import AsyncExitStack, ExitStack, aclosing, closing
from functools import partial
from typing import Any

import httpcore
import httpx

from polyreel.errors import ConfigurationError
from polyreel.http.clients import PerRoute, client_settings, transport_settings
from polyreel.http.connection import Connection
from polyreel.http.decoding import Unpacker
from polyreel.http.download import Begin, Head, OpenResponse, Transfer, Work
from polyreel.http.network import Network, public
from polyreel.http.pacing import Policy
from polyreel.http.routes import Route, route

_EXCERPT = 10_000
_PIECE = 256 * 1024  # bytes that are read at a time; each piece costs the same, however large it is

_BROKEN = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class Downloads:
    """Gets files, blocking; may be used from many threads."""

    def __init__(self, policy: Policy, user_agent: str) -> None:
        self.policy = policy
        self._user_agent = user_agent
        self._clients = {
            guarded: PerRoute(partial(self._client, guarded)) for guarded in (False, True)
        }
        self._networks: list[Network] = []
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def gate(self, connection: Connection) -> threading.BoundedSemaphore:
        """Return a context manager that lets ``in_flight`` files of an account come at a time."""
        with self._lock:
            gate = threading.BoundedSemaphore(connection.in_flight)
            return self._gates.setdefault(connection.account, gate)

    def pieces(self, transfer: Transfer) -> Generator[Begin | bytes, None, None]:
        """Yield a file piece by piece; a `Begin` says where in the file the pieces after it belong.

        Raises:
            PolyreelError: The file can't be had.
        """
        steps = transfer.steps()
        go_on: Callable[[], Work] = partial(next, steps)
        response: httpx.Response
        with ExitStack() as opened:
            while True:
                try:
                    work = go_on()
                except StopIteration:
                    return
                go_on = partial(steps.send, None)
                try:
                    if isinstance(work, OpenResponse):
                        opened.close()
                        response = opened.enter_context(closing(self._opened(work)))
                        go_on = partial(steps.send, _head(response))
                    elif isinstance(work, Begin):
                        yield work
                        unpacker = _unpacker(response)
                        for data in () if work.complete else response.iter_raw():
                            for piece in unpacker.pieces(data):
                                transfer.received(len(piece))
                                yield piece
                        unpacker.finish()
                    else:
                        self._sleep(work.seconds)
                except Exception as error:  # noqa: BLE001 - the steps say what it means
                    go_on = partial(steps.throw, _over() if self._closed.is_set() else error)

    def close(self) -> None:
        """End all transfers, in whatever threads they are."""
        self._closed.set()
        for network in self._networks:
            if network.pid == os.getpid():
                network.abort()
        for clients in self._clients.values():
            for client in clients.drain():
                client.close()

    def _client(self, guarded: bool, route: Route) -> httpx.Client:
        network = Network(guarded=guarded, piece=_PIECE)
        self._networks.append(network)
        return httpx.Client(
            transport=network.transport(**transport_settings(route)),
            **client_settings(self.policy, self._user_agent),
        )

    def _opened(self, ask: OpenResponse) -> httpx.Response:
        if self._closed.is_set():
            raise _over()
        way = route(ask.url, secret=ask.secret)
        client = self._clients[_guarded(ask, way)].of(way)
        try:
            response = client.send(_request(client, ask, self.policy), stream=True)
        except _BROKEN as error:
            if not _is_stale(error):
                raise
            response = client.send(_request(client, ask, self.policy), stream=True)
        if _tells(response):
            response.read()
        return response

    def _sleep(self, seconds: float) -> None:
        if self._closed.wait(seconds):
            raise _over()


class AsyncDownloads:
    """Gets files in an event loop; else the same as :class:`Downloads`."""

    def __init__(self, policy: Policy, user_agent: str) -> None:
        self.policy = policy
        self._user_agent = user_agent
        self._clients = {
            guarded: PerRoute(partial(self._client, guarded)) for guarded in (False, True)
        }
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._closed = False

    def gate(self, connection: Connection) -> asyncio.Semaphore:
        """Return a context manager that lets ``in_flight`` files of an account come at a time."""
        return self._gates.setdefault(connection.account, asyncio.Semaphore(connection.in_flight))

    async def pieces(self, transfer: Transfer) -> AsyncGenerator[Begin | bytes, None]:
        """Yield a file piece by piece; :meth:`Downloads.pieces` says more."""
        steps = transfer.steps()
        go_on: Callable[[], Work] = partial(next, steps)
        response: httpx.Response
        async with AsyncExitStack() as opened:
            while True:
                try:
                    work = go_on()
                except StopIteration:
                    return
                go_on = partial(steps.send, None)
                try:
                    if isinstance(work, OpenResponse):
                        await opened.aclose()
                        opening = aclosing(await self._opened(work))
                        response = await opened.enter_async_context(opening)
                        go_on = partial(steps.send, _head(response))
                    elif isinstance(work, Begin):
                        yield work
                        unpacker = _unpacker(response)
                        async for data in _nothing() if work.complete else response.aiter_raw():
                            for piece in unpacker.pieces(data):
                                transfer.received(len(piece))
                                yield piece
                        unpacker.finish()
                    else:
                        await asyncio.sleep(work.seconds)
                except Exception as error:  # noqa: BLE001 - the steps say what it means
                    go_on = partial(steps.throw, _over() if self._closed else error)

    async def close(self) -> None:
        """End all transfers."""
        self._closed = True
        for clients in self._clients.values():
            for client in clients.drain():
                await client.aclose()

    def _client(self, guarded: bool, route: Route) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(**transport_settings(route))
        if guarded:
            # httpx has no public way to name a backend; its range is pinned, and a test holds this.
            pool = transport._pool
            pool._network_backend = _GuardedBackend(pool._network_backend)
        return httpx.AsyncClient(
            transport=transport, **client_settings(self.policy, self._user_agent)
        )

    async def _opened(self, ask: OpenResponse) -> httpx.Response:
        if self._closed:
            raise _over()
        way = route(ask.url, secret=ask.secret)
        client = self._clients[_guarded(ask, way)].of(way)
        try:
            response = await client.send(_request(client, ask, self.policy), stream=True)
        except _BROKEN as error:
            if not _is_stale(error):
                raise
            response = await client.send(_request(client, ask, self.policy), stream=True)
        if _tells(response):
            await response.aread()
        return response


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, whatever a name resolves to."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            found = await asyncio.wait_for(
                asyncio.get_running_loop().getaddrinfo(host, port), timeout
            )
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time") from error
        addresses = public(host, dict.fromkeys(str(one[4][0]) for one in found))
        for number, address in enumerate(addresses, 1):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


async def _nothing() -> AsyncIterator[bytes]:
    for piece in tuple[bytes, ...]():
        yield piece


def _unpacker(response: httpx.Response) -> Unpacker:
    """Undo what was packed all the same; what an encoding's name means to nobody is no encoding."""
    return Unpacker(response.headers.get("content-encoding", ""))


def _is_stale(error: Exception) -> bool:
    """Tell whether a server may just have closed a connection that was kept for reuse: try a new one."""
    # httpx has no error of its own for it; what begins with nonsense isn't asked for again at once.
    return not isinstance(error, httpx.RemoteProtocolError) or "disconnected" in str(error)


def _guarded(ask: OpenResponse, way: Route) -> bool:
    return (
        ask.guarded and not way.proxy
    )  # a proxy stands where it stands, and resolves names itself


def _request(client: Any, ask: OpenResponse, policy: Policy) -> httpx.Request:
    idle = httpx.Timeout(policy.idle_timeout, connect=policy.connect_timeout)
    request: httpx.Request = client.build_request(
        ask.method, ask.url, headers=dict(ask.headers), timeout=idle
    )
    return request


def _tells(response: httpx.Response) -> bool:
    """Tell whether a response's body is worth reading for what it says, and not too long for it."""
    length = response.headers.get("content-length", "")
    if "content-encoding" in response.headers:  # none was asked for, and it may unpack to anything
        return False
    return response.status_code >= 400 and length.isdecimal() and int(length) < _EXCERPT


def _head(response: httpx.Response) -> Head:
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = response.content if response.is_stream_consumed else b""
    return Head(status=response.status_code, headers=headers, excerpt=body[:_EXCERPT])


def _over() -> ConfigurationError:
    return ConfigurationError("the hub was closed: make a new one")
