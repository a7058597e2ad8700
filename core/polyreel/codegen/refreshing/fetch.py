"""Fetch pages over HTTPS or read them from files: complete, in UTF-8, and of limited size.

Only what was asked for is a page. A login, a page that is gone, a response that breaks off: each is an
error of its own, so that none of them is ever read as documentation.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import threading
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from attrs import evolve, frozen

from polyreel.errors import ConfigurationError, MalformedResponse, SpecError

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

    from polyreel.http.routes import Route

MAX_BYTES = 10_000_000
AT_ONCE = 4
"""How many pages are asked for at the same time."""

_TOO_LONG = f"longer than {MAX_BYTES:,} bytes; is it the right page?"
_SECONDS = 60.0
_ATTEMPTS = 3
_REDIRECTS = 5
_LONGEST_WAIT = 60.0
_ACCEPTED = "text/markdown, text/plain, application/yaml, application/json, */*;q=0.5"
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_LOGIN = re.compile(
    r"(?:^|[/._-])(?:log[-_]?in|sign[-_]?in|sso|oauth2?|authorize)(?:$|[/._-])", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@frozen
class Copy:
    """A fetched page.

    Attributes:
        text: Its whole text.
        digest: SHA-256 of its bytes, hexadecimal.
        etag: What the server calls this state of the page; None where it says nothing.
        last_modified: When the server says that it changed, as an HTTP date; None where it doesn't.
        notes: What a person should know, such as that the page has moved.
    """

    text: str
    digest: str
    etag: str | None = None
    last_modified: str | None = None
    notes: tuple[str, ...] = ()


def from_file(path: Path) -> Copy:
    """Take a page from a file.

    Raises:
        SpecError: There is none, or it isn't text of a bearable size.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SpecError("there is no such file") from error
    except OSError as error:
        raise SpecError(error.strerror or str(error)) from error
    return _copy(data)


def _copy(data: bytes, charset: str | None = None) -> Copy:
    if len(data) > MAX_BYTES:
        raise SpecError(_TOO_LONG)
    if not data.strip():
        raise SpecError("the page is empty; try again later, or check its address")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        named = f" (it says {charset})" if charset else ""
        raise SpecError(f"not UTF-8 text{named}; only UTF-8 is read") from error
    if found := _CONTROL.search(text):
        raise SpecError(f"not text: it holds the control character {found[0]!r}")
    return Copy(text, hashlib.sha256(data).hexdigest())


class _Passing(Exception):
    """A temporary failure; it may state after how many seconds to try again."""

    def __init__(self, said: str, seconds: float | None = None) -> None:
        super().__init__(said)
        self.seconds = seconds


class DocFetcher(AbstractContextManager["DocFetcher"]):
    """Asks for pages over HTTPS (over HTTP on this machine alone), without cookies or credentials.

    May be used by several threads. Leaving it ends what is under way.

    Args:
        seconds: How long one response may take, from the first byte to the last.
        pause: The seconds before something that may be over in a moment is tried again.
    """

    def __init__(self, *, seconds: float = _SECONDS, pause: float = 0.5) -> None:
        from polyreel.http.clients import PerRoute
        from polyreel.http.network import Network

        self._seconds, self._pause = seconds, pause
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self._network = Network()
        self._clients = PerRoute(self._client)

    def _client(self, route: Route) -> httpx.Client:
        import httpx

        from polyreel.http.clients import client_settings, transport_settings
        from polyreel.http.pacing import Policy

        patience = min(self._seconds, 20.0)
        policy = Policy(timeout=patience, connect_timeout=patience)
        return httpx.Client(
            transport=self._network.transport(**transport_settings(route)),
            **client_settings(policy, f"polyreel/{version('polyreel')}"),
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._network.abort()
        for client in self._clients.drain():
            client.close()

    def __enter__(self) -> Self:
        return self

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Copy | None:
        """Get a page, or None if it hasn't changed.

        Args:
            url: Its address.
            etag: What the server called the state that is known, if it did.
            last_modified: When the server said that this state was made, if it did.

        Raises:
            SpecError: It can't be had, and why; the message doesn't repeat the address.
        """
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=self._wait,
            reraise=True,
        )
        try:
            with self._turn:
                return retrying(self._get, url, headers)
        except _Passing as error:
            raise SpecError(f"{error}, {_ATTEMPTS} times; try again later") from error

    def _wait(self, state: RetryCallState) -> float:
        """Wait as long as the server says, or a little longer each time."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, _Passing) and error.seconds is not None:
            return error.seconds
        return float(self._pause * 2 ** (state.attempt_number - 1))

    def _get(self, url: str, headers: dict[str, str]) -> Copy | None:
        import httpx

        try:
            with self._network.deadline(self._seconds):
                return self._follow(url, headers)
        except httpx.TimeoutException as error:
            raise SpecError(
                f"no whole response within {self._seconds:g} seconds; try again later"
            ) from error
        except httpx.RemoteProtocolError as error:
            raise _Passing(f"the response broke off, so the page is cut off ({error})") from error
        except httpx.TransportError as error:
            raise _unreached(error) from error
        except (ConfigurationError, MalformedResponse) as error:
            raise SpecError(str(error)) from error
        except httpx.HTTPError as error:
            raise SpecError(f"{error}") from error
        except (httpx.InvalidURL, ValueError) as error:
            raise SpecError(f"it leads to what is not an address: {error}") from error

    def _follow(self, url: str, headers: dict[str, str]) -> Copy | None:
        """Request a page, and follow redirects to permitted addresses."""
        from polyreel.http.routes import route

        at = _checked(url, url)
        for _ in range(_REDIRECTS + 1):
            client = self._clients.of(route(at, secret=False))
            with client.stream("GET", at, headers={"Accept": _ACCEPTED, **headers}) as response:
                if response.status_code == 304 and headers:
                    return None
                if response.has_redirect_location:
                    at = _checked(urljoin(at, response.headers["location"]), url)
                    headers = {}  # the conditions were about the page at the first address
                    continue
                copy = _answered(response)
            moved = f"moved to {at}; correct its 'url' in sources.toml"
            return copy if at == url else evolve(copy, notes=(moved,))
        raise SpecError(f"redirected more than {_REDIRECTS} times, at last to {at}")


def _checked(url: str, asked: str) -> str:
    """Hold an address to what may be asked: HTTPS anywhere else, this machine only from itself."""
    redirect = "" if url == asked else f"redirected to {url}: "
    parts = urlsplit(url)
    host = parts.hostname or ""
    local = bool(_LOOPBACK.fullmatch(host))
    if parts.username or parts.password:
        raise SpecError(f"{redirect}an address with a name or password; a source is a public page")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise SpecError(f"{redirect}only https is asked (http on this machine alone)")
    if local and not _LOOPBACK.fullmatch(urlsplit(asked).hostname or ""):
        raise SpecError(f"{redirect}that is this machine, and no documentation")
    if redirect and (
        _LOGIN.search(parts.path) or re.match(r"(?:login|auth|accounts?|sso)\.", host)
    ):
        raise SpecError(f"{redirect}a login; a source has to be a public page")
    return url


def _unreached(error: httpx.TransportError) -> Exception:
    """Tell temporary connection failures from permanent ones."""
    import httpx

    from polyreel.http.exceptions import causes, is_no_such_name
    from polyreel.http.routes import trusted

    found = list(causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in found):
        return SpecError(
            f"the connection isn't safe: {error}; trusted are {trusted()}, see SSL_CERT_FILE"
        )
    if any(map(is_no_such_name, found)):
        return SpecError(f"no host of this name exists ({error})")
    if isinstance(error, httpx.ProxyError):
        proxy = f"the proxy that the environment names lets nobody through: {error}"
        lasting = re.match(r"[1-4]\d\d\b", str(error))
        return SpecError(proxy) if lasting else _Passing(proxy)
    return _Passing(f"no connection ({error})")


_REFUSALS = {
    401: "it asks for a login; a source has to be a public page",
    403: "access denied; a source has to be a page that anybody may read",
    404: "no such page; find where it has moved to, and correct sources.toml",
    407: "the proxy that the environment names asks for a user and password",
    410: "the page is gone for good; find what takes its place, and correct sources.toml",
}


def _answered(response: httpx.Response) -> Copy:
    from polyreel.http.decoding import Decoder
    from polyreel.http.failures import retry_after

    status = response.status_code
    after = retry_after(response.headers)
    if status >= 500 or status == 429:
        said = "asked too often (429)" if status == 429 else f"the server failed with {status}"
        if after is not None and after > _LONGEST_WAIT:
            raise SpecError(f"{said}, and asks for {after:g} seconds of patience; try again then")
        raise _Passing(said, after)
    if status != 200:
        raise SpecError(f"{status}, {_REFUSALS.get(status, 'which is no page')}")
    decoder = Decoder.of(response, MAX_BYTES)
    try:
        for data in response.iter_raw():
            decoder.feed(data)
    except MalformedResponse as error:
        raise SpecError(_TOO_LONG) from error
    copy = _copy(decoder.finish(), response.charset_encoding)
    seen = response.headers
    return evolve(copy, etag=seen.get("etag"), last_modified=seen.get("last-modified"))
