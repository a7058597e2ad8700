"""The HTTP library's transports and clients: one for each route out of this machine, made when needed."""

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

C = TypeVar("C")


class PerRoute(Generic[C]):
    """Transports or clients by route; a forked process makes its own, since sockets can't be shared.

    Args:
        make: Makes one for a route.
    """

    def __init__(self, make: Callable[[Route], C]) -> None:
        self._make = make
        self._made: dict[Route, C] = {}
        self._pid = os.getpid()
        self._lock = threading.Lock()

    def of(self, route: Route) -> C:
        """Return the one of a route.

        Raises:
            ConfigurationError: The certificates that the environment names can't be used.
        """
        with self._lock:
            if self._pid != os.getpid():
                self._made, self._pid = {}, os.getpid()
            if route not in self._made:
                self._made[route] = self._make(route)
            return self._made[route]

    def drain(self) -> list[C]:
        """Return those of this process, which the caller is to close; they are known no more."""
        with self._lock:
            made = list(self._made.values()) if self._pid == os.getpid() else []
            self._made = {}
            return made


def transport_settings(route: Route) -> dict[str, Any]:
    """Return what httpx's transports are made with for a route, as keyword arguments.

    Raises:
        ConfigurationError: The certificates that the environment names can't be used.
    """
    secure = route.tls or (route.proxy or "").startswith("https://")
    # Plain HTTP needs no authorities, and must not fail where none can be loaded.
    context = tls_context() if secure else SSLContext(PROTOCOL_TLS_CLIENT)
    keep_out(route.secrets)
    return {
        "verify": context,
        "proxy": _proxy(route.proxy, context) if route.proxy else None,
        "trust_env": False,  # what the environment says about the way is in the route
        "limits": httpx.Limits(max_connections=None, max_keepalive_connections=32),
    }


def client_settings(policy: Policy, user_agent: str) -> dict[str, Any]:
    """Return what httpx's clients are made with beside a transport, as keyword arguments."""
    return {
        "trust_env": False,
        "timeout": timeout(policy),
        "headers": default_headers(user_agent),
        # One account's session cookie must never travel with another account's key.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    }


def default_headers(user_agent: str) -> dict[str, str]:
    """Return what every request says unless it says otherwise."""
    return {
        "User-Agent": user_agent,
        "Accept": "application/json",
        "Accept-Encoding": ACCEPTED,
    }


def timeout(policy: Policy) -> httpx.Timeout:
    """Return a policy's timeouts as httpx's."""
    return httpx.Timeout(policy.timeout, connect=policy.connect_timeout)


def _proxy(url: str, context: SSLContext) -> httpx.Proxy:
    return httpx.Proxy(url, ssl_context=context if url.startswith("https://") else None)
