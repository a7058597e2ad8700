"""An ASGI application served on this machine alone, in a thread of this process; needs uvicorn."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from polyreel.errors import ConfigurationError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_HOST = "127.0.0.1"  # this machine alone; whoever needs more has a reverse proxy


@contextmanager
def listening(application: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve an application as long as the context lasts; yield its origin.

    Args:
        application: What answers.
        port: Where; 0 for any free port.

    Raises:
        ConfigurationError: The port is taken.
    """
    with listener(port) as listening_socket, running(application, [listening_socket]):
        yield origin(listening_socket)


@contextmanager
def running(application: ASGIApp, listeners: list[socket.socket]) -> Iterator[None]:
    """Serve an application on sockets that listen already, as long as the context lasts."""
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            application,
            interface="asgi3",
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="error",  # of interest to whoever writes a spec, and otherwise not there
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(
        target=server.run, args=(listeners,), name="polyreel-server", daemon=True
    )
    thread.start()  # nobody waits for it: the listeners queue connections from now on
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def listener(port: int) -> socket.socket:
    """Listen on a port of this machine; 0 for any free one.

    Raises:
        ConfigurationError: The port is taken, or nobody may listen on it.
    """
    try:
        found = socket.create_server((_HOST, port), backlog=128)
        # asyncio leaves sockets alone that it didn't make; without this each response takes 40 ms more.
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found
    except (OSError, OverflowError) as error:
        raise ConfigurationError(
            f"polyreel can't listen on {_HOST}:{port}: {error}; choose another port, or 0 for any"
        ) from error


def origin(listening_socket: socket.socket) -> str:
    """Return the origin that a socket serves, such as ``http://127.0.0.1:8765``."""
    return "http://{}:{}".format(*listening_socket.getsockname())
