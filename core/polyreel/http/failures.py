"""Error responses and unreadable ones: which error each becomes, and what it tells the user to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from polyreel import convert
from polyreel.accounts import variable
from polyreel.errors import (
    AuthenticationError,
    InvalidRequest,
    MalformedResponse,
    NotFound,
    PermissionDenied,
    PolyreelError,
    ProviderGone,
    ProviderUnavailable,
    RateLimited,
)
from polyreel.http import error_bodies
from polyreel.http.connection import Connection
from polyreel.http.redaction import printable
from polyreel.request import Request

_EXCERPT = 300
_READ = 10_000  # bytes of a body that are looked at for an excerpt
_REQUEST_IDS = ("x-request-id", "request-id", "cf-ray")


def from_status(
    connection: Connection,
    request: Request[Any],
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    through: str = "",
) -> PolyreelError:
    """Turn an error response into an error that says what the provider said and what to do.

    Args:
        connection: The account that was asked.
        request: What was asked for.
        status: The HTTP status.
        headers: The response's headers; names in lower case.
        body: The whole body, decoded.
        through: The proxy that the response came through, as messages name it; empty without one.
    """
    said = error_bodies.said(body)
    kind = _kind(connection, request, status)
    wait = retry_after(headers) if issubclass(kind, RateLimited | ProviderUnavailable) else None
    shown = _excerpt(connection, said)
    error = connection.complain(
        kind,
        f"{connection.provider.title} answered {status}{_phrase(status)}"
        + (f": {shown}" if shown else "")
        + (f"; it asks to wait {_duration(wait)}" if wait else "")
        + _hint(kind, connection, request)
        + _hint_at_base_url(connection, body, status)
        + _hint_of_provider(connection, headers, said)
        + _hint_at_proxy(body, status, through),
        status_code=status,
        request_id=_request_id(connection, headers),
    )
    if isinstance(error, RateLimited | ProviderUnavailable):
        error.retry_after = wait
    if not connection.gone_since and headers.get("x-should-retry") in {"true", "false"}:
        error.retryable = headers["x-should-retry"] == "true"
    return error


_KINDS: Mapping[int, type[PolyreelError]] = {
    401: AuthenticationError,
    403: PermissionDenied,
    408: ProviderUnavailable,
    425: ProviderUnavailable,
    429: RateLimited,
}


def _kind(connection: Connection, request: Request[Any], status: int) -> type[PolyreelError]:
    if connection.gone_since:
        return ProviderGone
    if status in request.missing:
        return NotFound
    if status in connection.provider.wrong_key:
        return AuthenticationError
    if status in _KINDS:
        return _KINDS[status]
    if status < 400:
        return MalformedResponse
    return InvalidRequest if status < 500 else ProviderUnavailable


def _hint(kind: type[PolyreelError], connection: Connection, request: Request[Any]) -> str:
    if kind is ProviderGone:
        return connection.ended
    if kind is AuthenticationError:
        hint = f"; check the key of account {connection.account!r}"
        if connection.account == connection.provider.name:
            hint += f" ({variable(connection.provider, 'API_KEY')})"
        return hint
    if kind is NotFound:
        path = printable(connection.redact(request.path), 100)
        return f" (asked for {path} at {connection.base_url})"
    return ""


def _hint_at_base_url(connection: Connection, body: bytes, status: int) -> str:
    """Say what may be missing in a base URL at which a web page is found instead of an API."""
    page = error_bodies.markup(body[:_READ].decode(errors="replace"))
    versioned = re.search(r"/v\d+\w*$", connection.base_url)
    if not page or versioned or not (status < 300 or status in {404, 405}):
        return ""
    return (
        f"; is the base URL whole? Many servers have their API below /v1: {connection.base_url}/v1"
    )


def _hint_of_provider(connection: Connection, headers: Mapping[str, str], said: str) -> str:
    where = " ".join([said, *headers]).lower()
    hints = (hint for word, hint in connection.provider.hints.items() if word in where)
    return "".join(f"; {hint}" for hint in hints)


# What proxies answer in a server's place: they forbid, can't reach it, are busy or waited in vain.
_OF_GATEWAYS = {403, 502, 503, 504}


def _hint_at_proxy(body: bytes, status: int, through: str) -> str:
    """Say that a response that is no JSON, as APIs send it, may be that of a proxy on the way."""
    if not through or status not in _OF_GATEWAYS or body.lstrip()[:1] in {b"{", b"["}:
        return ""
    return f"; it may be the answer of {through}, through which the request went"


def malformed(
    connection: Connection,
    reason: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    retryable: bool = False,
) -> MalformedResponse:
    """Make the error for a response that can't be read, with an excerpt that is safe to print."""
    excerpt = _excerpt(connection, body[:_READ].decode(errors="replace"))
    shown = f"; it begins {excerpt!r}" if excerpt else "; it is empty"
    error = connection.complain(
        MalformedResponse,
        f"{connection.provider.title} answered {status} with {reason}{shown}"
        + _hint_at_base_url(connection, body, status),
        status_code=status,
        request_id=_request_id(connection, headers),
    )
    error.excerpt = excerpt
    error.retryable = retryable
    return error


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a response asks to wait, from a number or a date, or None."""
    milliseconds = convert.seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after", "")
    found = convert.number(value)
    if found is None and (moment := convert.time(value)):
        found = (moment - datetime.now(UTC)).total_seconds()
    return None if found is None else max(0.0, found)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {whole % 60} s" if whole % 60 else f"{minutes} min"
    return f"{seconds:.3g} s"


def _excerpt(connection: Connection, text: str) -> str:
    """Return the start of a text, safe to print; a secret is out before the cut could halve it."""
    return printable(connection.redact(text), _EXCERPT)


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""  # 520-529 and others are nobody's standard


def _request_id(connection: Connection, headers: Mapping[str, str]) -> str | None:
    found = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    return found and printable(connection.redact(found), 100)
