"""One attempt at a request, step by step, without waiting for anything.

What happens in an attempt is the same for both hubs, so it is written once, as a generator. It yields
the next piece of work (send this request, read this body), is resumed with the work's result (``send``)
or with the exception that it raised (``throw``), and returns the page or item in the end.
:mod:`polyreel.http.transport` does the work: at once, or awaiting it.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, TypeAlias, TypeVar, cast

import httpx
from attrs import evolve, frozen

from polyreel.auth import Basic, HeaderKey
from polyreel.errors import MalformedResponse, PolyreelError
from polyreel.http import exceptions, responses
from polyreel.http.clients import default_headers, timeout
from polyreel.http.connection import Connection
from polyreel.http.logs import keep_out
from polyreel.http.pacing import Pace, Policy
from polyreel.http.redaction import redact_error
from polyreel.http.routes import Route, route
from polyreel.registry import Registry
from polyreel.request import Request

R = TypeVar("R")

_REDIRECTS = 5

_log = logging.getLogger("polyreel")


@frozen
class Send:
    """Work: send a request on its way out, and return the response with its whole, decoded body."""

    request: httpx.Request
    route: Route


@frozen
class Read:
    """Work: read a body of so many bytes, and return the page or item in it."""

    read: Callable[[], Any]
    size: int


Work: TypeAlias = Send | Read


class Attempts:
    """Makes attempts, tells observers of them, and keeps each account's pace.

    Args:
        policy: How long an account waits that was told to, and the timeouts.
        registry: Whose observers are told.
        user_agent: The ``User-Agent`` of every request.
    """

    def __init__(self, policy: Policy, registry: Registry, user_agent: str) -> None:
        self._policy = policy
        self._registry = registry
        self._headers = default_headers(user_agent)
        self._extensions = {"timeout": timeout(policy).as_dict()}
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()

    def pace(self, connection: Connection) -> Pace:
        """Return the pace of an account, which all of its requests share."""
        with self._lock:
            if connection.account not in self._paces:
                self._paces[connection.account] = Pace(connection.per_second)
            return self._paces[connection.account]

    def steps(self, connection: Connection, request: Request[R]) -> Generator[Work, Any, R]:
        """Make one attempt, step by step; the module's docstring says how it is driven."""
        self._registry.notify("polyreel_sent", account=connection.account, request=request)
        started = time.monotonic()
        way = exceptions.DIRECT
        try:
            with exceptions.mapped(connection):
                way = route(connection.base_url, secret=bool(connection.secrets))
            with exceptions.mapped(connection, way):
                http_request, connection = self._request(connection, request)
                for _ in range(_REDIRECTS):
                    http_response, body = yield Send(http_request, way)
                    if refused := exceptions.from_proxy(
                        connection, way, http_response.status_code, http_response.headers
                    ):
                        raise refused
                    if not http_response.has_redirect_location:
                        self._answered(connection, request, http_response.status_code, started)
                        read = partial(
                            responses.read,
                            connection,
                            request,
                            str(http_request.url),
                            http_response.status_code,
                            http_response.headers,
                            body,
                            str(way),
                        )
                        return cast(R, (yield Read(read, len(body))))
                    http_request, connection = self._redirected(
                        connection, request, http_request, http_response
                    )
                raise connection.complain(
                    MalformedResponse, f"{connection.provider.title} redirects in a circle"
                )
        except PolyreelError as error:
            redact_error(error, (*connection.secrets, *way.secrets))
            self._failed(connection, request, error)
            raise

    def _request(
        self, connection: Connection, request: Request[Any]
    ) -> tuple[httpx.Request, Connection]:
        """Make the HTTP request, and a connection that knows what was signed for it as a secret."""
        params = {**connection.params, **request.params}
        given = {name: value for name, value in params.items() if value is not None}
        url = connection.url(request)
        if given and "?" in url:  # a next page's URL has a query of its own
            url = str(httpx.URL(url).copy_merge_params(given))
        elif given:
            url = f"{url}?{httpx.QueryParams(given)}"
        body = b"" if request.json is None else json.dumps(request.json).encode()
        return self._authorised(connection, request, request.method, httpx.URL(url), body)

    def _redirected(
        self,
        connection: Connection,
        request: Request[Any],
        before: httpx.Request,
        response: httpx.Response,
    ) -> tuple[httpx.Request, Connection]:
        """Make the request that a redirect asks for; within the origin only, since it holds the key."""
        try:
            url = before.url.join(response.headers["location"])
        except httpx.InvalidURL as error:
            raise httpx.RemoteProtocolError(f"a redirect to no URL: {error}") from error
        connection.require_same_origin(str(url))
        status, method, body = response.status_code, before.method, before.content
        if (status in {302, 303} and method != "HEAD") or (status == 301 and method == "POST"):
            method, body = "GET", b""  # as browsers do, and httpx
        return self._authorised(connection, request, method, url, body)

    def _authorised(
        self,
        connection: Connection,
        request: Request[Any],
        method: str,
        url: httpx.URL,
        body: bytes,
    ) -> tuple[httpx.Request, Connection]:
        """Make a request with the account's headers, of which the request's own win."""
        made = connection.headers_for(method, str(url), body)
        kind = {"Content-Type": "application/json"} if body else {}
        headers = {
            name.lower(): (name, value)
            for each in (self._headers, kind, made, request.headers)
            for name, value in each.items()
        }
        http_request = httpx.Request(
            method,
            url,
            headers=list(headers.values()),
            content=body or None,
            extensions=self._extensions,
        )
        if isinstance(connection.auth, HeaderKey | Basic):
            return http_request, connection  # what carries the key holds nothing else to hide
        secrets = (*connection.secrets, *made.values())
        keep_out(secrets)
        return http_request, evolve(connection, secrets=secrets)

    def _answered(
        self, connection: Connection, request: Request[Any], status: int, started: float
    ) -> None:
        seconds = time.monotonic() - started
        _log.debug(
            "%s: %s %s answered %d in %.2f s",
            connection.account,
            request.method,
            request.path,
            status,
            seconds,
        )
        self._registry.notify(
            "polyreel_answered",
            account=connection.account,
            request=request,
            status_code=status,
            seconds=seconds,
        )

    def _failed(self, connection: Connection, request: Request[Any], error: PolyreelError) -> None:
        """Tell observers; let the whole account wait when one of its requests was told to."""
        if wait := getattr(error, "retry_after", None):
            pause = min(wait, self._policy.longest_wait)
            self.pace(connection).hold(time.monotonic() + pause)
        _log.debug("%s: attempt failed: %s", connection.account, error)
        self._registry.notify(
            "polyreel_failed", account=connection.account, request=request, error=error
        )
