"""The only module that talks HTTP: performs requests, in two twins that differ in nothing but waiting.

Everything that is decided (what to send, whether to retry, how long to wait, what a response means)
is decided in :mod:`connection`, :mod:`pacing` and :mod:`failures`; the twins only wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Generator
from contextlib import aclosing, closing
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Generic, TypeAlias, TypeVar, cast

import httpx
from tenacity import AsyncRetrying, Retrying

from polyreel.errors import ConnectionFailed, MalformedResponse, PolyreelError
from polyreel.http import failures
from polyreel.http.connection import Connection
from polyreel.http.network import Network, Running
from polyreel.http.pacing import Pace, Policy, tenacious
from polyreel.registry import Registry
from polyreel.request import Request

R = TypeVar("R")
C = TypeVar("C", httpx.Client, httpx.AsyncClient)

_Fetched: TypeAlias = tuple[httpx.Response, bytes]

_REDIRECTS = 5

_log = logging.getLogger("polyreel")
_CLOSING = 2.0  # seconds; connections that are still being made can't be hurried


class _Twin(Generic[C]):
    """What both twins know: the policy, the paces, and how to make and judge a request."""

    _client_class: type[C]

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        self.policy = policy
        self._registry = registry
        self._retrying = tenacious(policy)
        self._paces: dict[str, Pace] = {}
        self._user_agent = user_agent
        self._client: C | None = None
        self._pid = 0
        self._lock = threading.Lock()

    def client(self) -> C:
        """Give the HTTP client, a new one in a forked process: sockets can't be shared."""
        if self._client is None or self._pid != os.getpid():
            with self._lock:
                if self._client is None or self._pid != os.getpid():
                    self._client = self._new_client()
                    self._pid = os.getpid()
        return self._client

    def _new_client(self) -> C:
        return self._client_class(
            timeout=httpx.Timeout(self.policy.timeout, connect=self.policy.connect_timeout),
            headers={"User-Agent": self._user_agent, "Accept": "application/json"},
            # One account's session cookie must never travel with another account's key.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=32),
        )

    def _pace(self, connection: Connection) -> Pace:
        with self._lock:
            if connection.account not in self._paces:
                self._paces[connection.account] = Pace(connection.per_second)
            return self._paces[connection.account]

    def _request(self, connection: Connection, request: Request[Any]) -> httpx.Request:
        params = {**connection.params, **request.params}
        given = {name: value for name, value in params.items() if value is not None}
        url = httpx.URL(connection.url(request))
        return self.client().build_request(
            request.method,
            # A next page's URL has a query of its own, which httpx's params would replace.
            url.copy_merge_params(given) if given else url,
            headers={**connection.headers, **request.headers},
        )

    def _steps(
        self, connection: Connection, request: Request[R]
    ) -> Generator[httpx.Request, _Fetched, R]:
        """Make one attempt: yield each request that is to be made, take its response, return the result."""
        self._registry.notify("polyreel_sent", account=connection.account, request=request)
        started = time.monotonic()
        try:
            with failures.mapped(connection):
                http_request: httpx.Request | None = self._request(connection, request)
                for _ in range(_REDIRECTS):
                    assert http_request is not None
                    http_response, body = yield http_request
                    http_request = self._redirect(connection, http_response)
                    if http_request is None:
                        seconds = time.monotonic() - started
                        _log.debug(
                            "%s: %s %s answered %d in %.2f s",
                            connection.account,
                            request.method,
                            request.path,
                            http_response.status_code,
                            seconds,
                        )
                        self._registry.notify(
                            "polyreel_answered",
                            account=connection.account,
                            request=request,
                            status_code=http_response.status_code,
                            seconds=seconds,
                        )
                        return connection.read(
                            request, http_response.status_code, http_response.headers, body
                        )
                raise connection.complain(
                    MalformedResponse, f"{connection.provider.title} redirects in a circle"
                )
        except PolyreelError as error:
            self._hold_back(connection, error)
            _log.debug("%s: attempt failed: %s", connection.account, error)
            self._registry.notify(
                "polyreel_failed", account=connection.account, request=request, error=error
            )
            raise

    def _redirect(
        self, connection: Connection, http_response: httpx.Response
    ) -> httpx.Request | None:
        """Give the request that a redirect asks for; within the origin only, since it holds the key."""
        http_request = http_response.next_request
        if http_request is not None:
            connection.require_same_origin(str(http_request.url))
            http_request.headers.update(connection.headers)
        return http_request

    def _hold_back(self, connection: Connection, error: PolyreelError) -> None:
        """Let the whole account wait when one of its requests was told to."""
        if wait := getattr(error, "retry_after", None):
            pause = min(wait, self.policy.longest_wait)
            self._pace(connection).hold(time.monotonic() + pause)

    def _check(self, size: int) -> None:
        """Refuse a response that is still coming, but has grown too large."""
        if size > self.policy.max_body:
            raise MalformedResponse(
                f"a response of more than {self.policy.max_body:,} bytes was cut"
            )


class Transport(_Twin[httpx.Client]):
    """Performs requests, blocking; may be used from many threads."""

    _client_class = httpx.Client

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        super().__init__(policy, registry, user_agent)
        self._gates: dict[str, threading.BoundedSemaphore] = {}
        self._closed = threading.Event()
        self._running = Running()
        self._network = Network()

    def perform(self, connection: Connection, request: Request[R]) -> R:
        """Make the request, retry as the policy says, and read the response.

        Raises:
            PolyreelError: It failed, and further attempts did too or could not help.
        """
        retrying = Retrying(sleep=self._sleep, **self._retrying)
        with self._running:
            return cast(R, retrying(self._attempt, connection, request))

    def close(self) -> None:
        """Close all connections; requests on their way in other threads end with an error."""
        self._closed.set()
        self._network.abort()
        self._running.wait(_CLOSING)
        if self._client is not None:
            self._client.close()

    def _new_client(self) -> httpx.Client:
        client = super()._new_client()
        self._network = Network()
        self._network.carry(client)
        return client

    def _attempt(self, connection: Connection, request: Request[R]) -> R:
        with self._gate(connection):
            self._sleep(self._pace(connection).reserve(time.monotonic()))
            steps = self._steps(connection, request)
            try:
                http_request = next(steps)
                while True:
                    try:
                        fetched = self._fetch(http_request)
                    except Exception as error:  # noqa: BLE001 - the steps say what it means
                        http_request = steps.throw(error)
                    else:
                        http_request = steps.send(fetched)
            except StopIteration as done:
                return cast(R, done.value)

    def _fetch(self, http_request: httpx.Request) -> _Fetched:
        body = bytearray()
        client = self.client()
        with (
            self._network.deadline(self.policy.timeout),
            closing(client.send(http_request, stream=True)) as http_response,
        ):
            for chunk in http_response.iter_bytes():
                body += chunk
                self._check(len(body))
        return http_response, bytes(body)

    def _gate(self, connection: Connection) -> threading.BoundedSemaphore:
        with self._lock:
            gate = self._gates.get(connection.account)
            if gate is None:
                gate = threading.BoundedSemaphore(connection.in_flight)
                self._gates[connection.account] = gate
            return gate

    def _sleep(self, seconds: float) -> None:
        if seconds > 0 and self._closed.wait(seconds):
            raise ConnectionFailed("the hub was closed while a request waited for its turn")


class AsyncTransport(_Twin[httpx.AsyncClient]):
    """Performs requests in an event loop; belongs to the loop that it is first used in."""

    _client_class = httpx.AsyncClient

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        super().__init__(policy, registry, user_agent)
        self._gates: dict[str, asyncio.Semaphore] = {}

    async def perform(self, connection: Connection, request: Request[R]) -> R:
        """Make the request, retry as the policy says, and read the response.

        Raises:
            PolyreelError: It failed, and further attempts did too or could not help.
        """
        return await AsyncRetrying(**self._retrying)(self._attempt, connection, request)

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _attempt(self, connection: Connection, request: Request[R]) -> R:
        async with self._gate(connection):
            await asyncio.sleep(self._pace(connection).reserve(time.monotonic()))
            steps = self._steps(connection, request)
            try:
                http_request = next(steps)
                while True:
                    try:
                        fetched = await self._fetch(http_request)
                    except Exception as error:  # noqa: BLE001 - the steps say what it means
                        http_request = steps.throw(error)
                    else:
                        http_request = steps.send(fetched)
            except StopIteration as done:
                return cast(R, done.value)

    async def _fetch(self, http_request: httpx.Request) -> _Fetched:
        body = bytearray()
        try:
            async with (
                asyncio.timeout(self.policy.timeout),
                aclosing(await self.client().send(http_request, stream=True)) as http_response,
            ):
                async for chunk in http_response.aiter_bytes():
                    body += chunk
                    self._check(len(body))
        except TimeoutError as error:
            raise httpx.ReadTimeout("the deadline passed") from error
        return http_response, bytes(body)

    def _gate(self, connection: Connection) -> asyncio.Semaphore:
        return self._gates.setdefault(connection.account, asyncio.Semaphore(connection.in_flight))
