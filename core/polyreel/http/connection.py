"""An account, ready for use: where its requests go, what they carry, and how its responses are read."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from attrs import field, frozen

from polyreel.accounts import Account, known_settings, variable
from polyreel.auth import Call
from polyreel.errors import ConfigurationError, MalformedResponse, PolyreelError
from polyreel.http import failures
from polyreel.provider import Provider
from polyreel.request import Request, Response

R = TypeVar("R")


@frozen(kw_only=True)
class Connection:
    """Everything that a request of one account needs, checked once.

    Attributes:
        account: The account's name.
        provider: Its provider.
        base_url: Without a slash at the end, query or credentials.
        headers: Sent with every request; they hold the key.
        params: Sent with every request.
        secrets: What must not appear in any message.
        gone_since: The day on which the service at this base URL was to end, if that day has come.
        in_flight: The most requests at a time.
        per_second: The most requests per second, or None.
        settings: What the provider declares to need besides the key, each with its value.
    """

    account: str
    provider: Provider
    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    params: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    gone_since: date | None
    in_flight: int
    per_second: float | None
    settings: Mapping[str, str] = field(factory=dict)

    def url(self, request: Request[Any]) -> str:
        """Give the address that a request goes to.

        Raises:
            MalformedResponse: It is an absolute URL of another origin, where the key mustn't go.
        """
        if not request.path.startswith(("http://", "https://")):
            return join(self.base_url, request.path)
        self.require_same_origin(request.path)
        return request.path

    def require_same_origin(self, url: str) -> None:
        """Refuse to send this account's key to another origin.

        Raises:
            MalformedResponse: The URL is of another scheme, host or port than the base URL.
        """
        if origin(url) != origin(self.base_url):
            raise self.complain(
                MalformedResponse,
                f"{self.provider.title} points to another origin, {failures.printable(url, 100)!r}; "
                "the key is not sent there. If that is where the API lives now, set "
                f"{variable(self.provider, 'BASE_URL')}",
            )

    def read(self, request: Request[R], status: int, headers: Mapping[str, str], body: bytes) -> R:
        """Turn a response into what the request promises.

        Raises:
            PolyreelError: The response is an error, or can't be read.
        """
        if not 200 <= status < 300:
            raise failures.from_status(self, request, status, headers, body)
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            # Broken off or replaced on its way (a proxy's page): the next attempt may be whole.
            raise failures.malformed(
                self, "a body that isn't JSON", status, headers, body, retryable=True
            ) from None
        response = Response(
            data=data,
            provider=self.provider.name,
            account=self.account,
            collection=request.collection,
            base_url=self.base_url,
        )
        try:
            return request.read(response)
        except MalformedResponse as error:
            raise failures.malformed(self, str(error), status, headers, body) from None
        except PolyreelError:
            raise
        except Exception as error:
            told = failures.printable(f"{type(error).__name__}: {error}", 200)
            reason = f"something that can't be read ({told})"
            raise failures.malformed(self, reason, status, headers, body) from error

    def complain(self, kind: type[E], message: str, **details: Any) -> E:
        """Make an error that names this account and holds none of its secrets."""
        return kind(
            failures.redact(message, self.secrets),
            provider=self.provider.name,
            account=self.account,
            **details,
        )


E = TypeVar("E", bound=PolyreelError)


def connect(account: Account, provider: Provider, today: date) -> Connection:
    """Check an account and make it ready for use.

    Raises:
        ConfigurationError: Its key or base URL can't be used; says what to set.
    """
    where = f"account {account.name!r}"
    key = (account.key() if callable(account.key) else account.key or "").strip()
    for what, value in [("the key", key), *(("a header", one) for one in account.headers.values())]:
        if not (value.isascii() and value.isprintable()):
            raise ConfigurationError(
                f"{what} of {where} holds characters that no header can carry; was it copied whole?",
                provider=provider.name,
                account=account.name,
            )
    settings = known_settings(account, provider)
    base_url, params = _base(fill_in(account.base_url or provider.base_url, settings), where)
    if key and not (base_url.startswith("https://") or account.allow_http or is_loopback(base_url)):
        raise ConfigurationError(
            f"the key of {where} would travel readably to {origin(base_url)[1]}: use https, or allow "
            f"it with {variable(provider, 'ALLOW_HTTP')}=1 (allow_http = true in polyreel.toml)",
            provider=provider.name,
            account=account.name,
        )
    if not key and not account.base_url:
        raise ConfigurationError(
            f"{where} has no key: set {variable(provider, 'API_KEY')}, or "
            f"{variable(provider, 'BASE_URL')} for a server that needs none",
            provider=provider.name,
            account=account.name,
        )
    auth = account.auth or provider.auth
    call = Call(url=base_url, time=time.time(), settings=settings)
    sunset = provider.lifecycle.sunset
    at_default = origin(base_url) == origin(fill_in(provider.base_url, settings))
    secrets = [key, *account.headers.values(), *account.params.values()]
    return Connection(
        account=account.name,
        provider=provider,
        base_url=base_url,
        headers={
            **provider.headers,
            **(auth.headers(key, call) if key else {}),
            **account.headers,
        },
        params={**params, **account.params},
        secrets=tuple(secret for secret in secrets if secret),
        gone_since=sunset if sunset and at_default and today >= sunset else None,
        in_flight=account.in_flight,
        per_second=account.per_second,
        settings=settings,
    )


def fill_in(base_url: str, settings: Mapping[str, str]) -> str:
    """Put settings where a base URL has their names in braces."""
    for name, value in settings.items():
        base_url = base_url.replace(f"{{{name}}}", value)
    return base_url


def join(base_url: str, path: str) -> str:
    """Put a path below a base URL; what the one ends and the other begins with stands there once.

    ``https://tavusapi.com/v2`` and ``/v2/videos`` give ``https://tavusapi.com/v2/videos``: some of a
    provider's tools count the version to the base, its documentation to the path.
    """
    parts = urlsplit(base_url)
    # A slash before all else: "@evil.example" right behind the host would name another one.
    path = f"/{path.lstrip('/')}"
    first = path.split("/")[1]
    return parts._replace(path=parts.path.removesuffix(f"/{first}") + path).geturl()


def origin(url: str) -> tuple[str, str, int]:
    """Give scheme, host and port of a URL; no host and port -1 for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", -1
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), port or {"http": 80, "https": 443}.get(scheme, 0)


def is_loopback(url: str) -> bool:
    """Tell whether a URL's host is this machine."""
    host = origin(url)[1]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _base(url: str, where: str) -> tuple[str, dict[str, str]]:
    scheme, host, port = origin(url.strip())
    if scheme not in {"http", "https"} or not host or port < 0:
        # Without what it is instead: it may well be the key, set in the wrong place.
        raise ConfigurationError(f"the base URL of {where} must look like https://host/path")
    parts = urlsplit(url.strip())
    if "@" in parts.netloc:
        raise ConfigurationError(f"the base URL of {where} must not hold a user or password")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}", dict(parse_qsl(parts.query))
