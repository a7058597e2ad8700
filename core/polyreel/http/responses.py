"""Reading a response: JSON within bounds, the account's key taken out, errors for what can't be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from polyreel.configuration.installed import ends_program
from polyreel.errors import MalformedResponse, PolyreelError, described
from polyreel.http import failures
from polyreel.http.connection import Connection
from polyreel.http.redaction import echoed, printable, redact_json
from polyreel.request import Request, Response

R = TypeVar("R")

# Memory grows with the values of a body, not with its bytes: `{}` takes two bytes there and sixty here.
_MOST_VALUES = 2_000_000


def read(
    connection: Connection,
    request: Request[R],
    url: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    through: str = "",
) -> R:
    """Turn a response into what the request promises.

    Args:
        connection: The account that was asked.
        request: What was asked for.
        url: The address that answered, after redirects.
        status: The HTTP status.
        headers: The response's headers.
        body: The whole body, decoded.
        through: The proxy that it came through, as messages name it; empty without one.

    Raises:
        PolyreelError: The response is an error, or can't be read.
    """
    if not 200 <= status < 300:
        error = failures.from_status(connection, request, status, headers, body, through)
        if request.item_in_error and not _is_crowded(body):
            return _read_item(
                request, lambda: _response(connection, request, url, _parsed(body), headers), error
            )
        raise error
    if _is_crowded(body):
        what = f"more than {_MOST_VALUES:,} values"
        raise failures.malformed(connection, what, status, headers, body)
    try:
        data = _parsed(body)
    except (ValueError, RecursionError):
        # Broken off or replaced on its way (a proxy's page): the next attempt may be whole.
        raise failures.malformed(
            connection, "a body that isn't JSON", status, headers, body, retryable=True
        ) from None
    if echoed(body, connection.secrets):
        data = redact_json(data, connection.secrets)
    try:
        return request.read(_response(connection, request, url, data, headers))
    except MalformedResponse as error:
        raise failures.malformed(connection, str(error), status, headers, body) from None
    except PolyreelError:
        raise
    except BaseException as error:  # the plugin reads it, perhaps with a library that panics
        if ends_program(error):
            raise
        told = printable(connection.redact(described(error)), 200)
        reason = f"something that can't be read ({told})"
        raise failures.malformed(connection, reason, status, headers, body) from error


def _read_item(request: Request[R], response: Callable[[], Response], error: PolyreelError) -> R:
    """Read the item that came with an error's status, or raise the error if there is none."""
    try:
        return request.read(response())
    except BaseException as failure:  # no item in it, so it is an ordinary error
        if ends_program(failure):
            raise
        raise error from None


def _response(
    connection: Connection,
    request: Request[Any],
    url: str,
    data: Any,
    headers: Mapping[str, str],
) -> Response:
    return Response(
        data=data,
        provider=connection.provider.name,
        account=connection.account,
        collection=request.collection,
        base_url=connection.base_url,
        params=connection.plain_params,
        url=url,
        poll_after=_poll_after(headers),
    )


def _poll_after(headers: Mapping[str, str]) -> float | None:
    """Return after how many seconds to ask again, by OpenAI's header or by Retry-After."""
    milliseconds = headers.get("openai-poll-after-ms", "")
    if milliseconds.isascii() and milliseconds.isdecimal() and len(milliseconds) < 9:
        return int(milliseconds) / 1000
    return failures.retry_after(headers)


def _is_crowded(body: bytes) -> bool:
    """Tell whether a body has more values than are taken, by the signs that part and begin them."""
    return len(body) > _MOST_VALUES and sum(map(body.count, (b",", b"{", b"["))) > _MOST_VALUES


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:  # a number of more digits than Python turns into one
        return json.loads(body, parse_int=_number)


def _number(digits: str) -> int | str:
    """Return a whole number; one of thousands of digits, which no field of ours means, as its text."""
    try:
        return int(digits)
    except ValueError:
        return digits
