"""Connections of the sync hub: each request keeps its deadline, and closing the hub ends them all.

A blocking read ends when data comes, when its own timeout passes, or when its socket is shut down; a
server that sends a byte now and then could hold it for ever. So the deadline of the whole response is
kept where bytes are read, names are resolved and addresses tried, and the hub shuts the sockets down
when it is closed. The async hub needs none of this: its tasks are cancelled.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Thread
from typing import Any
from weakref import WeakSet

import httpcore
import httpx

from polyreel.http.urls import is_public

_FOR_EVER = 1e9


class Network(httpcore.NetworkBackend):
    """Makes connections for httpx's clients, and knows those that are open.

    Args:
        guarded: Connect to public addresses only, whatever a name resolves to.
        piece: How many bytes to read at a time, if so many have arrived; 0 for as many as httpcore asks for.

    Attributes:
        pid: The process that it was made in; a forked one must leave these sockets alone.
    """

    def __init__(self, *, guarded: bool = False, piece: int = 0) -> None:
        self.pid = os.getpid()
        self.piece = piece
        self._guarded = guarded
        self._inner = httpcore.SyncBackend()
        self._open: WeakSet[_Stream] = WeakSet()
        self._aborted = False
        self._local = threading.local()

    def transport(self, **settings: Any) -> httpx.HTTPTransport:
        """Make one of httpx's transports that makes its connections here, also those through a proxy."""
        transport = httpx.HTTPTransport(**settings)
        # httpx has no public way to name a backend; its range is pinned, and a test holds this.
        transport._pool._network_backend = self
        return transport

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Set the deadline of every read and write of this thread."""
        self._local.deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._local.deadline

    def abort(self) -> None:
        """End all reads and writes, in whatever threads they are; connect no more."""
        self._aborted = True
        for stream in list(self._open):
            stream.abort()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of a host's addresses that can be reached, for httpcore.

        Raises:
            httpcore.ConnectError: There is no such host, or no address can be reached.
            httpcore.ConnectTimeout: The time is over; it is shared by all addresses.
        """
        ends = time.monotonic() + (timeout if timeout is not None else _FOR_EVER)
        addresses = _resolved(host, port, self.left(timeout))
        if self._guarded:
            addresses = public(host, addresses)
        for number, address in enumerate(addresses, 1):
            share = max(0.001, ends - time.monotonic()) / (len(addresses) - number + 1)
            try:
                inner = self._inner.connect_tcp(
                    address, port, self.left(share), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
                continue
            stream = self.track(inner)
            if self._aborted:
                stream.close()
                raise httpcore.ConnectError("the hub was closed")
            return stream
        raise httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        """Wait between connection attempts, for httpcore."""
        self._inner.sleep(seconds)

    def track(self, inner: httpcore.NetworkStream) -> _Stream:
        """Remember a connection for as long as it is in use."""
        stream = _Stream(inner, self)
        self._open.add(stream)
        return stream

    def left(self, timeout: float | None) -> float | None:
        """Return the seconds that an operation of this thread may take.

        Raises:
            httpcore.ReadTimeout: The deadline has passed.
        """
        deadline: float | None = getattr(self._local, "deadline", None)
        if deadline is None:
            return timeout
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline passed")
        return left if timeout is None else min(left, timeout)


def public(host: str, addresses: Iterable[str]) -> list[str]:
    """Return those of a host's addresses that are the internet's.

    Raises:
        httpcore.ConnectError: There is none: the host is in a private network.
    """
    found = [address for address in addresses if is_public(address)]
    if not found:
        raise httpcore.ConnectError(f"{host} is in a private network, to which no link may lead")
    return found


def _resolved(host: str, port: int, timeout: float | None) -> list[str]:
    """Return a host's addresses, in the system's order.

    The system's resolver knows no timeout, so it works in a thread of its own, which is left behind
    when the time is over.
    """
    found: list[str] = []
    failed: list[OSError] = []

    def resolve() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            failed.append(error if isinstance(error, OSError) else OSError(str(error)))

    if _is_address(host):
        return [host]
    thread = Thread(target=resolve, name="polyreel-resolve", daemon=True)
    thread.start()
    thread.join(timeout)
    if failed:
        try:
            raise failed[0]
        except OSError as error:  # httpcore keeps the context of an error, not its cause
            raise httpcore.ConnectError(str(error)) from error
    if thread.is_alive():
        raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
    return found


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max(max_bytes, self._network.piece), self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._network.left(timeout)
        return self._network.track(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def abort(self) -> None:
        with suppress(OSError):
            self._inner.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class Running:
    """Counts the requests under way: each is a ``with`` block of it."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is under way, and tell whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, seconds)
