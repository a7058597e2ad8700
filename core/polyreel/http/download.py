"""Decisions of a download: requests, hosts, headers, and what each response means. No I/O.

Like an attempt at a request, a transfer is a generator of pieces of work, driven by
:mod:`polyreel.http.streams` in both hubs. It goes on where a connection broke off, as long as the
server vouches that the file is still the same one.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urljoin

import httpx
from attrs import evolve, frozen

from polyreel.errors import (
    BrokenFile,
    ConnectionFailed,
    LinkEnded,
    PolyreelError,
    ProviderUnavailable,
    RateLimited,
    RequestError,
)
from polyreel.http import exceptions, failures
from polyreel.http.connection import Connection
from polyreel.http.pacing import Policy
from polyreel.http.redaction import printable, redact_error
from polyreel.http.routes import route
from polyreel.http.urls import host_and_port, is_local, origin
from polyreel.request import Request

E = TypeVar("E", bound=PolyreelError)

_HOPS = 6
_MOST_ATTEMPTS = 1000  # however much each of them brings
_ENDED = frozenset({400, 401, 403, 404, 410})
_LATER = frozenset({408, 425, 429})


@frozen(kw_only=True)
class OpenResponse:
    """Work: send a request without a body, and return the head of the response.

    Attributes:
        method: ``GET``, or ``HEAD`` for the head alone.
        url: Where.
        headers: With the key, if and only if the URL is of the account's own origin.
        guarded: Connect to no address of a private network.
        secret: The headers hold a key.
    """

    url: str
    headers: Mapping[str, str]
    guarded: bool
    secret: bool
    method: str = "GET"


@frozen(kw_only=True)
class Head:
    """What a response begins with.

    Attributes:
        status: The HTTP status.
        headers: Its headers, by lower-case name.
        excerpt: The start of the body of an error; empty otherwise.
    """

    status: int
    headers: Mapping[str, str]
    excerpt: bytes = b""


@frozen(kw_only=True)
class Begin:
    """Work: take the body of the last response, telling `Transfer.received` of every piece.

    Attributes:
        offset: The place in the file at which the body begins; what was there from here on is void.
        size: The size of the whole file in bytes, or None if the server doesn't say.
        type: The media type that the server names, such as ``video/mp4``.
        validator: What names this state of the file, to be given when it is gone on with; None if
            the server gives nothing that does.
        complete: Nothing is to be taken: all of the file was there before.
    """

    offset: int
    size: int | None
    type: str
    validator: str | None
    complete: bool = False


@frozen
class Wait:
    """Work: wait so many seconds."""

    seconds: float


Work: TypeAlias = OpenResponse | Begin | Wait


class Transfer:
    """What has come of one file so far.

    Args:
        connection: The account whose item has the file.
        url: The file's link.
        policy: How often and how long a broken transfer is gone on with.
        have: The bytes that are there from an earlier transfer.
        validator: What that transfer gave for them; without it they are void.
    """

    def __init__(
        self,
        connection: Connection,
        url: str,
        policy: Policy,
        *,
        have: int = 0,
        validator: str | None = None,
    ) -> None:
        self._connection = connection
        self._url = url
        self._policy = policy
        self._have = have if validator else 0
        self._validator = validator if have else None
        self._size: int | None = None

    def received(self, count: int) -> None:
        """Count further bytes of the body that have come."""
        self._have += count

    def steps(self) -> Generator[Work, Any, None]:
        """Download step by step: a driver performs each yielded work, and sends back its result or exception.

        Raises:
            LinkEnded: The link has ended, or the file is gone.
            BrokenFile: What the server sends is not the file that it promised.
            PolyreelError: The file can't be had, and further attempts can't help.
        """
        fruitless = 0
        for _ in range(_MOST_ATTEMPTS):
            before = self._have
            try:
                yield from self._attempt()
                return
            except PolyreelError as error:
                redact_error(error, self._connection.secrets)
                fruitless = 1 if self._have > before else fruitless + 1
                if not self._policy.retries(error) or fruitless >= self._policy.attempts:
                    raise
                yield Wait(self._policy.wait(error, fruitless))
        raise self._complain(ConnectionFailed, f"broke off {_MOST_ATTEMPTS} times")

    def _attempt(self) -> Generator[Work, Any, None]:
        head = yield from self._opened()
        if head.status == 416 and head.headers.get("content-range") == f"bytes */{self._have}":
            self._size = self._have
            yield Begin(
                offset=self._have,
                size=self._have,
                type="",
                validator=self._validator,
                complete=True,
            )
            return
        if head.status == 416 or (head.status == 206 and not self._continues(head)):
            # The part is of another file, or longer than it: it is void.
            self._have, self._validator = 0, None
            head = yield from self._opened()
        begin = self._begin(head)
        with exceptions.mapped(self._named(self._url)):
            yield begin
        if self._size is not None and self._have != self._size:
            what = f"sent {self._have:,} of {self._size:,} bytes"
            raise self._complain(ConnectionFailed, what)

    def _opened(self) -> Generator[Work, Any, Head]:
        """Follow redirects to the response that has the file; what goes where is decided at each hop."""
        url, scheme = self._url, origin(self._connection.base_url)[0]
        for _ in range(_HOPS):
            ask = self._ask(url, scheme)
            with exceptions.mapped(self._named(url), route(url, secret=ask.secret)):
                head: Head = yield ask
            if head.status not in {301, 302, 303, 307, 308} or "location" not in head.headers:
                self._check(head, url)
                return head
            scheme = origin(url)[0]
            url = urljoin(url, head.headers["location"])
        raise self._complain(RequestError, "redirects in a circle")

    def _ask(self, url: str, scheme: str) -> OpenResponse:
        """Decide what a hop carries: the account's key, headers and parameters go to its origin only."""
        connection = self._connection
        target = origin(url)
        if target[0] not in {"http", "https"} or not target[1]:
            raise self._complain(RequestError, f"has no link that can be followed: {_shown(url)}")
        if scheme == "https" and target[0] != "https":
            raise self._complain(
                RequestError,
                f"leads from https to plain http ({_shown(url)}), which is not followed",
            )
        own = target == origin(connection.base_url)
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if own:
            if connection.params:
                url = str(httpx.URL(url).copy_merge_params(dict(connection.params)))
            headers |= connection.headers_for("GET", url, b"")
        elif is_local(url) and not is_local(connection.base_url):
            raise self._complain(RequestError, f"leads into a private network: {_shown(url)}")
        if self._have and self._validator:
            headers |= {"Range": f"bytes={self._have}-", "If-Range": self._validator}
        guarded = not own and not is_local(connection.base_url)
        return OpenResponse(
            url=url, headers=headers, guarded=guarded, secret=own and bool(connection.key)
        )

    def _check(self, head: Head, url: str) -> None:
        """Raise the error of a response that has no file."""
        if head.status in {200, 206, 416}:
            return
        if origin(url) == origin(self._connection.base_url):
            raise self._refused(head, url)
        what = f"answered {head.status} for {_shown(url)}"
        if head.status in _ENDED:
            raise self._complain(
                LinkEnded,
                f"{what}: its link has ended, or the file is gone; get the item again for a new link",
                status_code=head.status,
            )
        if head.status in _LATER or head.status >= 500:
            kind: type[RateLimited | ProviderUnavailable]
            kind = RateLimited if head.status == 429 else ProviderUnavailable
            error = self._complain(kind, what, status_code=head.status)
            error.retry_after = failures.retry_after(head.headers)
            raise error
        raise self._complain(BrokenFile, what, status_code=head.status)

    def _refused(self, head: Head, url: str) -> PolyreelError:
        """Make the error of the account's own server."""
        path = url.partition("?")[0]
        asked: Request[Any] = Request(
            method="GET", path=path, read=lambda _: None, missing=frozenset({404, 410})
        )
        connection = self._connection
        return failures.from_status(connection, asked, head.status, head.headers, head.excerpt)

    def _continues(self, head: Head) -> bool:
        """Tell whether a partial response begins where it was asked to, in a file of the same size."""
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", head.headers.get("content-range", ""))
        if not found or int(found[1]) != self._have:
            return False
        total = None if found[3] == "*" else int(found[3])
        if total is not None and int(found[2]) + 1 != total:
            return False
        if self._size is not None and total is not None and total != self._size:
            return False
        # A partial response bears the ETag that the whole one would (RFC 9110, section 15.3.7); without it,
        # nothing vouches for its being of the same file. A date need not be told again.
        dated = not (self._validator or "").startswith('"')
        return validator(head.headers) in ({None, self._validator} if dated else {self._validator})

    def _begin(self, head: Head) -> Begin:
        """Take in what a response says of the file."""
        encoded = head.headers.get("content-encoding", "identity").strip().lower() != "identity"
        if head.status != 206:
            self._have = 0
            told = head.headers.get("content-length", "")
            self._size = int(told) if told.isdecimal() and not encoded else None
            # A part of something that was compressed for this response alone is no part of the file.
            self._validator = None if encoded else validator(head.headers)
        elif (total := head.headers["content-range"].rpartition("/")[2]).isdecimal():
            self._size = int(total)
        return Begin(
            offset=self._have,
            size=self._size,
            type=head.headers.get("content-type", "").partition(";")[0].strip().lower(),
            validator=self._validator,
        )

    def _named(self, url: str) -> Connection:
        """Return the account's connection under the name of the server that is asked, for messages."""
        scheme = origin(url)[0]
        return evolve(self._connection, base_url=f"{scheme}://{host_and_port(url)}")

    def _complain(self, kind: type[E], what: str, **details: Any) -> E:
        title = self._connection.provider.title
        return self._connection.complain(kind, f"a file of {title} {what}", **details)


def validator(headers: Mapping[str, str]) -> str | None:
    """Return the strong validator of a file, with which a partial download may be resumed, or None.

    A weak ETag doesn't. ``Last-Modified`` does if it is older than the response by a minute (RFC 9110,
    section 8.8.2.2: at least a second; clocks of CDNs differ by more).
    """
    tag = headers.get("etag", "")
    if re.fullmatch(r'"[^"]*"', tag):
        return tag
    from email.utils import parsedate_to_datetime

    try:
        changed = parsedate_to_datetime(headers["last-modified"])
        sent = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):
        return None
    if tag or (sent - changed).total_seconds() < 60:
        return None
    return headers["last-modified"]


def _shown(url: str) -> str:
    """Show a URL without its query, which may be a credential."""
    return printable(url.partition("?")[0], 120)
