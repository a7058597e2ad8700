"""An account, checked and ready for use: where its requests go and what they carry."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from attrs import field, frozen

from polyreel.accounts import Account, known_settings, variable
from polyreel.auth import Auth, Call, HeaderKey
from polyreel.errors import ConfigurationError, MalformedResponse, PolyreelError
from polyreel.http.redaction import MARK, printable, redact
from polyreel.http.secrets import secrets_of
from polyreel.http.urls import is_loopback, origin
from polyreel.provider import Provider
from polyreel.request import Request, join

E = TypeVar("E", bound=PolyreelError)


@frozen(kw_only=True)
class Connection:
    """Everything that a request of one account needs, checked once.

    Attributes:
        account: The account's name.
        provider: Its provider.
        base_url: Without a slash at the end, query or credentials.
        headers: Sent with every request, beside those that carry the key.
        params: Sent with every request.
        auth: How the key travels.
        key: The key, or an empty text.
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
    auth: Auth
    key: str = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)
    gone_since: date | None
    in_flight: int
    per_second: float | None
    settings: Mapping[str, str] = field(factory=dict)

    @property
    def plain_params(self) -> Mapping[str, str]:
        """What of ``params`` may stand in a URL that is shown: all but what is secret."""
        return {name: text for name, text in self.params.items() if text not in self.secrets}

    @property
    def ended(self) -> str:
        """What to add to an error where the service was to have ended; empty where it goes on."""
        if self.gone_since is None:
            return ""
        return (
            f". Its service at {self.base_url} was announced to end on {self.gone_since}; for a "
            f"compatible server elsewhere set {variable(self.provider, 'BASE_URL')}"
        )

    def url(self, request: Request[Any]) -> str:
        """Return the address that a request goes to.

        Raises:
            MalformedResponse: It is an absolute URL of another origin, where the key mustn't go.
        """
        if not request.path.startswith(("http://", "https://")):
            return join(self.base_url, request.path)
        self.require_same_origin(request.path)
        return _without_marks(request.path)

    def require_same_origin(self, url: str) -> None:
        """Refuse to send this account's key to another origin.

        Raises:
            MalformedResponse: The URL is of another scheme, host or port than the base URL.
        """
        if origin(url) == origin(self.base_url):
            return
        setting = variable(self.provider, "BASE_URL")
        if moved := self._same_path_elsewhere(url):
            advice = (
                "If a proxy stands in front of it, let it forward the Host and X-Forwarded-Proto "
                f"headers; if {moved} can be reached from here, set {setting} to it"
            )
        else:
            advice = f"If that is where the API lives now, set {setting}"
        raise self.complain(
            MalformedResponse,
            f"{self.provider.title} points to another origin, {printable(self.redact(url), 100)!r}; "
            f"the key is not sent there. {advice}",
        )

    def _same_path_elsewhere(self, url: str) -> str | None:
        """Return the base URL that a URL would belong to, if only scheme, host or port differ."""
        scheme, host, port = origin(url)
        ours = urlsplit(self.base_url).path
        if port < 0 or not ours or not f"{urlsplit(url).path}/".startswith(f"{ours}/"):
            return None
        return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{ours}"

    def headers_for(self, method: str, url: str, body: bytes) -> dict[str, str]:
        """Return the account's headers for one request; a signature or a token is made anew for it."""
        call = Call(method=method, url=url, body=body, time=time.time(), settings=self.settings)
        return {**(self.auth.headers(self.key, call) if self.key else {}), **self.headers}

    def redact(self, text: str) -> str:
        """Take this account's secrets out of a text, which is to be done before it is cut."""
        return redact(text, self.secrets)

    def complain(self, kind: type[E], message: str, **details: Any) -> E:
        """Make an error that names this account and holds none of its secrets."""
        return kind(
            self.redact(message),
            provider=self.provider.name,
            account=self.account,
            **details,
        )


def connect(account: Account, provider: Provider, today: date) -> Connection:
    """Check an account and make it ready for use.

    Raises:
        ConfigurationError: Its key or base URL can't be used; says what to set.
    """
    try:
        return _connected(account, provider, today)
    except ConfigurationError as error:
        error.provider, error.account = provider.name, account.name
        raise


def _connected(account: Account, provider: Provider, today: date) -> Connection:
    where = f"account {account.name!r}"
    key = (account.key() if callable(account.key) else account.key or "").strip()
    for what, value in [("the key", key), *(("a header", one) for one in account.headers.values())]:
        if not (value.isascii() and value.isprintable()):
            raise ConfigurationError(
                f"{what} of {where} holds characters that no header can carry; was it copied whole?"
            )
    auth = account.auth or provider.auth
    if slip := _slip(key, auth):
        raise ConfigurationError(f"the key of {where} {slip}; correct {_place(account, provider)}")
    settings = known_settings(account, provider)
    base_url, params = _base(fill_in(account.base_url or provider.base_url, settings), where)
    params |= account.params
    if key and not (base_url.startswith("https://") or account.allow_http or is_loopback(base_url)):
        raise ConfigurationError(
            f"the key of {where} would travel readably to {origin(base_url)[1]}: use https, or allow "
            f"it with {variable(provider, 'ALLOW_HTTP')}=1 (allow_http = true in polyreel.toml)"
        )
    if not key and not account.base_url:
        raise ConfigurationError(f"{where} has no key: {_advice(account, provider)}")
    at_default = origin(base_url) == origin(fill_in(provider.base_url, settings))
    ours = {name: fill_in(value, settings) for name, value in provider.headers.items()}
    filled = {name: value for name, value in ours.items() if value != provider.headers[name]}
    made = Connection(
        account=account.name,
        provider=provider,
        base_url=base_url,
        headers={**ours, **account.headers},
        params=params,
        auth=auth,
        key=key,
        secrets=secrets_of(key, {**filled, **account.headers}, params),
        gone_since=(
            provider.lifecycle.sunset if at_default and provider.lifecycle.over(today) else None
        ),
        in_flight=account.in_flight,
        per_second=account.per_second,
        settings=settings,
    )
    made.headers_for("GET", base_url, b"")  # a key of the wrong form is known at once
    return made


def fill_in(base_url: str, settings: Mapping[str, str]) -> str:
    """Put settings where a base URL or a header has their names in braces."""
    for name, value in settings.items():
        base_url = base_url.replace(f"{{{name}}}", value)
    return base_url


def _slip(key: str, auth: Auth) -> str:
    """Say what is wrong with a key that was copied together with what stands around it."""
    if key[:1] in {"'", '"'} or key[-1:] in {"'", '"'}:
        return "stands in quotes"
    if re.match(r"(?i)bearer\s", key) and not (isinstance(auth, HeaderKey) and not auth.prefix):
        return "begins with 'Bearer', which is added to it"
    if re.match(r"\$\{?\w+\}?$|%\w+%$", key):
        return "is the name of a variable, which no shell has replaced by its value"
    return ""


def _place(account: Account, provider: Provider) -> str:
    return account.key_from or variable(provider, "API_KEY")


def _advice(account: Account, provider: Provider) -> str:
    if account.configured_in:
        return (
            f'write key = "env:NAME" (the variable that holds it) or base_url = "https://…" (a '
            f"server that needs none) into {account.configured_in}"
        )
    return (
        f"set {variable(provider, 'API_KEY')}, or {variable(provider, 'BASE_URL')} for a server that "
        "needs none"
    )


def _without_marks(url: str) -> str:
    """Leave out a next page's parameters that were a secret: each request brings its own."""
    if quote(MARK) not in url and MARK not in url:
        return url
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if MARK not in unquote(pair)]
    return parts._replace(query="&".join(kept)).geturl()


def _base(url: str, where: str) -> tuple[str, dict[str, str]]:
    scheme, host, port = origin(url.strip())
    if scheme not in {"http", "https"} or not host or port < 0:
        # Without what it is instead: it may well be the key, set in the wrong place.
        raise ConfigurationError(f"the base URL of {where} must look like https://host/path")
    parts = urlsplit(url.strip())
    if "@" in parts.netloc:
        raise ConfigurationError(f"the base URL of {where} must not hold a user or password")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}", dict(parse_qsl(parts.query))
