"""The HTTP library's clients: one for each route out of this machine, made when it is first needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any, Generic, TypeVar

import httpx

from polyreel.http.decoding import ACCEPTED
from polyreel.http.logs import keep_out
from polyreel.http.pacing import Policy
from polyreel.http.routes import Route, tls_context

C = TypeVar("C", httpx.Client, httpx.AsyncClient)


class Clients(Generic[C]):
    """Clients by route; a forked process makes its own, since sockets can't be shared.

    Args:
        make: Makes a client from httpx's keyword arguments.
        policy: The timeouts.
        user_agent: The ``User-Agent`` of every request.
    """

    def __init__(self, make: Callable[..., C], policy: Policy, user_agent: str) -> None:
        self._make: Callable[..., C] = make
        self._policy = policy
        self._user_agent = user_agent
        self._clients: dict[Route, C] = {}
        self._pid = os.getpid()
        self._lock = threading.Lock()

    def of(self, route: Route) -> C:
        """Return the client of a route.

        Raises:
            ConfigurationError: The certificates that the environment names can't be used.
        """
        with self._lock:
            if self._pid != os.getpid():
                self._clients, self._pid = {}, os.getpid()
            if route not in self._clients:
                self._clients[route] = self._make(**self._settings(route))
            return self._clients[route]

    def drain(self) -> list[C]:
        """Return the clients of this process, which the caller is to close; they are known no more."""
        with self._lock:
            clients = list(self._clients.values()) if self._pid == os.getpid() else []
            self._clients = {}
            return clients

    def _settings(self, route: Route) -> dict[str, Any]:
        secure = route.tls or (route.proxy or "").startswith("https://")
        # Plain HTTP needs no authorities, and must not fail where none can be loaded.
        context = tls_context() if secure else SSLContext(PROTOCOL_TLS_CLIENT)
        keep_out(route.secrets)
        return {
            "verify": context,
            "proxy": _proxy(route.proxy, context) if route.proxy else None,
            "trust_env": False,  # what the environment says about the way is in the route
            "timeout": httpx.Timeout(self._policy.timeout, connect=self._policy.connect_timeout),
            "headers": {
                "User-Agent": self._user_agent,
                "Accept": "application/json",
                "Accept-Encoding": ACCEPTED,
            },
            # One account's session cookie must never travel with another account's key.
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            "limits": httpx.Limits(max_connections=None, max_keepalive_connections=32),
        }


def _proxy(url: str, context: SSLContext) -> httpx.Proxy:
    return httpx.Proxy(url, ssl_context=context if url.startswith("https://") else None)
