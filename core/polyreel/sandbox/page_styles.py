"""The paging styles as pure functions: which items a request asks for, and what the page says of itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from polyreel import convert
from polyreel.openapi.annotations import Paging
from polyreel.sandbox.refusals import INVALID, Refusal


@frozen
class Window:
    """The part of a list that a request asks for.

    Attributes:
        start: The index of its first item.
        size: The most items in it.
    """

    start: int
    size: int

    @property
    def stop(self) -> int:
        """The index after its last item, if there are enough."""
        return self.start + self.size


def window(
    paging: Paging, query: Mapping[str, str], ids: Sequence[str], times: Sequence[datetime] = ()
) -> Window:
    """Find the part that a request asks for.

    Args:
        paging: The list's way.
        query: The request's query.
        ids: The ids of all items, in the order asked for.
        times: When each was made, for a list that is read by time.

    Raises:
        Refusal: A number is no number or out of range, or a cursor is none of this list's.
    """
    size = paging.default_size
    if paging.size and paging.size in query:
        size = _number(paging.size, query[paging.size], 0, paging.max_size)
    given = query.get(paging.parameter)
    return Window(_start(paging, given, size, ids, times) if given is not None else 0, size)


def signals(
    paging: Paging,
    here: Window,
    ids: Sequence[str],
    link: Callable[[str], str],
    times: Sequence[datetime] = (),
) -> dict[str, Any]:
    """Return, by their paths, the fields that say where this page stands; None for nothing to say.

    Args:
        paging: The list's way.
        here: The page.
        ids: The ids of all items, in the order asked for.
        link: Makes the next page's URL from its cursor.
        times: When each was made, for a list that is read by time.
    """
    page = ids[here.start : here.stop]
    more = here.stop < len(ids)
    said: dict[str | None, Any] = {
        paging.total: len(ids),
        paging.more: more,
        paging.first_id: page[0] if page else None,
        paging.last_id: page[-1] if page else None,
        paging.next: _next(paging, here, page, link, times) if more else None,
    }
    return {path: value for path, value in said.items() if path is not None}


def echoes(paging: Paging, here: Window) -> dict[str, int]:
    """Return what many providers repeat of the query, by the names that it has there and here."""
    said = {paging.size: here.size} if paging.size is not None else {}
    if paging.style == "page":
        said[paging.parameter] = paging.first + here.start // max(here.size, 1)
    if paging.style == "offset":
        said[paging.parameter] = here.start
    return said


def _start(
    paging: Paging, given: str, size: int, ids: Sequence[str], times: Sequence[datetime]
) -> int:
    if paging.style == "page":
        return (_number(paging.parameter, given, paging.first) - paging.first) * size
    if paging.style == "offset":
        return _number(paging.parameter, given, 0)
    if paging.style == "last_id":
        if given not in ids:
            raise Refusal(INVALID, f"{paging.parameter}: there is no item {given!r}")
        return ids.index(given) + 1
    if paging.style == "time":
        end = convert.time(given)
        if end is None:
            raise Refusal(INVALID, f"{paging.parameter} must be a time in ISO 8601")
        return sum(time >= end for time in times)
    return _opened(paging.parameter, given)


def _next(
    paging: Paging,
    here: Window,
    page: Sequence[str],
    link: Callable[[str], str],
    times: Sequence[datetime],
) -> str | int | None:
    if paging.style == "page":
        return paging.first + here.start // max(here.size, 1) + 1
    if paging.style == "offset":
        return here.stop
    if paging.style == "last_id":
        return page[-1] if page else None
    if paging.style == "time":  # the page after this one is of what was made before its last item
        return f"{times[here.stop - 1]:%Y-%m-%dT%H:%M:%SZ}" if page else None
    return link(_sealed(here.stop)) if paging.style == "next_url" else _sealed(here.stop)


def _number(name: str, text: str, least: int, most: int | None = None) -> int:
    # Nine digits are plenty; Python refuses to read thousands of them.
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if number < least or (most is not None and number > most):
        upper = "" if most is None else f" to {most}"
        raise Refusal(INVALID, f"{name} must be a whole number from {least}{upper}")
    return number


def _sealed(start: int) -> str:
    return base64.urlsafe_b64encode(f"start={start}".encode()).decode().rstrip("=")


def _opened(name: str, token: str) -> int:
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        start = int(text.decode().removeprefix("start="))
    except (binascii.Error, ValueError):
        start = -1
    if start < 0 or _sealed(start) != token:
        raise Refusal(INVALID, f"{name} is none of this list's")
    return start
