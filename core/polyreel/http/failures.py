"""The one place where statuses, broken responses and transport failures become polyreel errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from polyreel import convert
from polyreel.accounts import variable
from polyreel.errors import (
    AuthenticationError,
    ConnectionFailed,
    InvalidRequest,
    MalformedResponse,
    NotFound,
    PermissionDenied,
    PolyreelError,
    ProviderGone,
    ProviderUnavailable,
    RateLimited,
    RequestError,
    ResponseError,
    Timeout,
)

if TYPE_CHECKING:
    from polyreel.http.connection import Connection
    from polyreel.request import Request

_EXCERPT = 300
_READ = 10_000  # bytes of a body that are looked at for an excerpt
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_SHORTEST_SECRET = 6  # a shorter "key" is a placeholder, and would blot out ordinary letters
_REQUEST_IDS = ("x-request-id", "request-id", "cf-ray")


def from_status(
    connection: Connection,
    request: Request[Any],
    status: int,
    headers: Mapping[str, str],
    body: bytes,
) -> PolyreelError:
    """Turn an error response into an error that says what the provider said and what to do."""
    said = _said(body, connection.secrets)
    kind = _kind(connection, request, status)
    error = connection.complain(
        kind,
        f"{connection.provider.title} answered {status}{_phrase(status)}"
        + (f": {said}" if said else "")
        + _hint(kind, connection, request),
        status_code=status,
        request_id=_request_id(connection, headers),
    )
    if isinstance(error, RateLimited | ProviderUnavailable):
        error.retry_after = retry_after(headers)
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
    if status in _KINDS:
        return _KINDS[status]
    if status < 400:
        return MalformedResponse
    return InvalidRequest if status < 500 else ProviderUnavailable


def _hint(kind: type[PolyreelError], connection: Connection, request: Request[Any]) -> str:
    if kind is ProviderGone:
        return (
            f". Its service at {connection.base_url} was announced to end on "
            f"{connection.gone_since}; for a compatible server elsewhere set "
            f"{variable(connection.provider, 'BASE_URL')}"
        )
    if kind is AuthenticationError:
        hint = f"; check the key of account {connection.account!r}"
        if connection.account == connection.provider.name:
            hint += f" ({variable(connection.provider, 'API_KEY')})"
        return hint
    if kind is NotFound:
        return f" (asked for {printable(request.path, 100)} at {connection.base_url})"
    return ""


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
    excerpt = _excerpt(body[:_READ].decode(errors="replace"), connection.secrets)
    shown = f"; it begins {excerpt!r}" if excerpt else "; it is empty"
    error = connection.complain(
        MalformedResponse,
        f"{connection.provider.title} answered {status} with {reason}{shown}",
        status_code=status,
        request_id=_request_id(connection, headers),
    )
    error.excerpt = excerpt
    error.retryable = retryable
    return error


@contextmanager
def mapped(connection: Connection) -> Iterator[None]:
    """Turn every failure of the HTTP library inside the block into an error of this account."""
    import httpx

    title, at = connection.provider.title, f"at {connection.base_url}"
    try:
        yield
    except PolyreelError as error:
        error.provider = error.provider or connection.provider.name
        error.account = error.account or connection.account
        raise
    except httpx.TimeoutException as error:
        what = f"{title} {at} gave no whole response in time ({_name(error)})"
        raise connection.complain(Timeout, what) from error
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
        what = f"no response from {title} {at}: {str(error) or _name(error)}"
        raise connection.complain(ConnectionFailed, what) from error
    except httpx.HTTPError as error:
        what = f"{title} {at}: {str(error) or _name(error)}"
        raise connection.complain(ResponseError, what) from error


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Give the seconds that a response asks to wait, from a number or a date, or None."""
    milliseconds = convert.seconds(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after", "")
    found = convert.number(value)
    if found is None and (moment := convert.time(value)):
        found = (moment - datetime.now(UTC)).total_seconds()
    return None if found is None else max(0.0, found)


def redact(text: str, secrets: Iterable[str]) -> str:
    """Take the secrets out of a text that somebody will read."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            # As it is, as it stands in a URL, and as some write it in JSON.
            for written in (secret, quote(secret, safe=""), secret.replace("/", r"\/")):
                text = text.replace(written, "[secret]")
    return text


def printable(text: str, limit: int) -> str:
    """Give at most so many characters of a text, on one line, with nothing a terminal would obey."""
    shown = "".join(c if c.isprintable() else " " for c in text[: limit * 4])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _excerpt(text: str, secrets: Iterable[str]) -> str:
    """Give the start of a text, safe to print; a secret is out before the cut could halve it."""
    return printable(redact(text, secrets), _EXCERPT)


def _said(body: bytes, secrets: Iterable[str]) -> str:
    """Find what a provider's error body says: each has a shape of its own."""
    try:
        said = _message(json.loads(body)) or ""
    except RecursionError:
        return ""
    except ValueError:
        said = body[:_READ].decode(errors="replace")
    # A proxy's page is of no use in a sentence.
    return "" if _MARKUP.search(said) else _excerpt(said, secrets)


def _message(data: Any) -> str | None:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return "; ".join(filter(None, map(_message, data[:3]))) or None
    if isinstance(data, dict):
        for key in ("error", "message", "msg", "detail", "error_message", "description", "title"):
            if found := _message(data.get(key)):
                return found
    return None


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""  # 520-529 and others are nobody's standard


def _request_id(connection: Connection, headers: Mapping[str, str]) -> str | None:
    found = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    return found and printable(redact(found, connection.secrets), 100)


def _name(error: Exception) -> str:
    return type(error).__name__
