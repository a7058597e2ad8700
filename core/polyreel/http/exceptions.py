"""Failures of the HTTP library: which error each becomes, and whether another attempt may help."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from polyreel.accounts import variable
from polyreel.errors import (
    ConfigurationError,
    ConnectionFailed,
    PolyreelError,
    RequestError,
    ResponseError,
    Timeout,
)
from polyreel.http.connection import Connection
from polyreel.http.routes import Route, trusted

DIRECT = Route(tls=True)

# Names that don't exist; EAI_AGAIN, say, may be over in a moment.
_NO_SUCH_NAME = {
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
}


@contextmanager
def mapped(connection: Connection, route: Route = DIRECT) -> Iterator[None]:
    """Turn every failure of the HTTP library inside the block into an error of this account.

    Args:
        connection: Whose account was asked.
        route: The way that the request took.
    """
    title, at = connection.provider.title, f"at {connection.base_url}"
    through = f" through {route}" if route.proxy else ""
    try:
        yield
    except PolyreelError as error:
        error.provider = error.provider or connection.provider.name
        error.account = error.account or connection.account
        raise
    except httpx.TimeoutException as error:
        what = f"{title} {at} gave no whole response in time{through} ({_name(error)})"
        raise connection.complain(Timeout, what + connection.ended) from error
    except httpx.DecodingError as error:
        what = f"{title} {at} sent a body that can't be decompressed"
        raise connection.complain(ConnectionFailed, what) from error
    except (
        httpx.UnsupportedProtocol,
        httpx.InvalidURL,
        httpx.LocalProtocolError,
        UnicodeError,  # a host, header or parameter that can't be encoded
    ) as error:
        what = f"no request can be made for {title} {at}: {error}"
        raise connection.complain(RequestError, what) from error
    except (httpx.TransportError, httpx.StreamError, httpx.CookieConflict) as error:
        raise _unreached(connection, route, error) from error
    except httpx.HTTPError as error:
        what = f"{title} {at}: {str(error) or _name(error)}"
        raise connection.complain(ResponseError, what) from error


def proxy_wants_login(connection: Connection, route: Route) -> ConfigurationError:
    """Make the error for a proxy that answers 407."""
    return connection.complain(
        ConfigurationError,
        f"{route} asks for a user and password (407) on the way to {connection.base_url}: write "
        f"http://USER:PASSWORD@HOST:PORT into {route.variable}, or name the host in NO_PROXY",
    )


# Headers that proxies alone set, on what they answer themselves: RFC 9209, section 2, and Squid's.
_OF_PROXIES = ("proxy-status", "x-squid-error")


def from_proxy(
    connection: Connection, route: Route, status: int, headers: Mapping[str, str]
) -> PolyreelError | None:
    """Make the error for a response that the proxy sent in the provider's place, or return None.

    Args:
        connection: Whose account was asked.
        route: The way that the request took.
        status: The HTTP status of the response.
        headers: Its headers; names in lower case.
    """
    if not route.proxy or status < 400:
        return None
    if status == 407:
        return proxy_wants_login(connection, route)
    if not any(name in headers for name in _OF_PROXIES):
        return None
    return _not_let_through(connection, route, status, str(status))


def _not_let_through(
    connection: Connection, route: Route, status: int, reason: str
) -> PolyreelError:
    """Make the error for a proxy that refuses (below 500), which will last, or fails (5xx)."""
    what = f"{route} doesn't let {connection.provider.title} at {connection.base_url} be reached: {reason}"
    if 0 < status < 500:
        return _lasting(connection, f"{what}; ask who runs it, or name the host in NO_PROXY")
    return connection.complain(ConnectionFailed, what + connection.ended)


def _unreached(connection: Connection, route: Route, error: Exception) -> PolyreelError:
    """Make the error for a connection that failed; one that will fail again isn't tried again."""
    title, at = connection.provider.title, f"at {connection.base_url}"
    reason = str(error) or _name(error)
    found = list(causes(error))
    for cause in found:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _lasting(
                connection,
                f"{title} {at} has a certificate that isn't trusted ({cause.verify_message}). "
                f"Trusted are {trusted()}; for a server or a proxy with an authority of its own set "
                "SSL_CERT_FILE to a file with that authority's certificate",
            )
        if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
            return _lasting(connection, f"{title} {at} doesn't speak TLS ({reason}); is it http?")
    if isinstance(error, httpx.ProxyError) and route.proxy:
        status = int(reason[:3]) if re.match(r"\d{3}\b", reason, re.ASCII) else 0
        if status == 407:
            return proxy_wants_login(connection, route)
        return _not_let_through(connection, route, status, reason)
    missing = any(map(is_no_such_name, found))
    if missing and route.proxy:
        return _lasting(
            connection, f"{route} has a name that doesn't exist: correct {route.variable}"
        )
    if missing:
        setting = variable(connection.provider, "BASE_URL")
        return _lasting(
            connection,
            f"no response from {title} {at}: no host of this name exists; check {setting} and the "
            "network",
        )
    through = f" through {route}" if route.proxy else ""
    return connection.complain(
        ConnectionFailed, f"no response from {title} {at}{through}: {reason}{connection.ended}"
    )


def _lasting(connection: Connection, message: str) -> ConnectionFailed:
    """Make the error for a connection that another attempt won't mend."""
    error = connection.complain(ConnectionFailed, message + connection.ended)
    error.retryable = False
    return error


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, then what caused it, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def is_no_such_name(error: BaseException) -> bool:
    """Tell whether an error says that a host's name doesn't exist, which trying again won't change."""
    return isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME


def _name(error: Exception) -> str:
    return type(error).__name__
