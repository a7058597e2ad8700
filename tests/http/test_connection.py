"""An account is checked once: where its requests go, what they carry, and where its key never goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from polyreel import (
    Account,
    Bearer,
    ConfigurationError,
    HeaderKey,
    Lifecycle,
    MalformedResponse,
    PolyreelError,
    Provider,
    Request,
    Setting,
)
from polyreel.http.connection import Connection, connect
from polyreel.http.urls import is_loopback, origin
from polyreel.request import join

PROVIDER = Provider(
    name="acme",
    title="Acme",
    base_url="https://api.acme.example",
    auth=HeaderKey("x-api-key"),
    resources={},
    lifecycle=Lifecycle(retrieved=date(2026, 1, 1)),
    client="acme_client",
    docs="https://acme.example/docs",
    headers={"X-Acme-Version": "2026-01-01"},
)
KEY = "sk-secret-key"


def make(provider: Provider = PROVIDER, **account: Any) -> Connection:
    settings = {"name": "acme", "provider": "acme", "key": KEY, **account}
    return connect(Account(**settings), provider, date(2026, 1, 1))


def sent(connection: Connection) -> dict[str, str]:
    """The headers of a request, as this account makes it."""
    return connection.headers_for("GET", connection.base_url, b"")


def request(path: str = "/videos", read: Any = lambda response: response.data) -> Request[Any]:
    return Request(method="GET", path=path, read=read)


# Where requests go


@pytest.mark.parametrize(
    ("base_url", "path", "url"),
    [
        ("https://tavusapi.com", "/v2/videos", "https://tavusapi.com/v2/videos"),
        ("https://tavusapi.com/v2", "/v2/videos", "https://tavusapi.com/v2/videos"),
        ("https://api.openai.com/v1", "/videos", "https://api.openai.com/v1/videos"),
        ("http://127.0.0.1:80/a/v2", "/v2/videos", "http://127.0.0.1:80/a/v2/videos"),
        ("https://host/v22", "/v2/videos", "https://host/v22/v2/videos"),
        # Hosts that are called like the beginning of a path, as services of one's own often are.
        ("http://videos", "/videos", "http://videos/videos"),
        ("http://v2", "/v2/videos", "http://v2/v2/videos"),
    ],
)
def test_a_path_goes_below_the_base_url(base_url: str, path: str, url: str) -> None:
    assert join(base_url, path) == url


@given(
    path=st.text(max_size=30) | st.sampled_from(["@evil.example/", ".evil.example", ":99/x", ""])
)
def test_no_path_reaches_another_host(path: str) -> None:
    for base_url in ("https://api.acme.example", "https://api.acme.example/v1"):
        joined = join(base_url, path)
        assert joined.startswith("https://api.acme.example/")
        assert origin(joined) == origin(base_url)


@pytest.mark.parametrize(
    ("given_url", "base_url", "params"),
    [
        ("https://host", "https://host", {}),
        (" https://host/ ", "https://host", {}),
        ("HTTPS://host/v1//", "https://host/v1", {}),
        ("https://host/v1/?api-version=preview#top", "https://host/v1", {"api-version": "preview"}),
        ("https://[::1]:8443/v1", "https://[::1]:8443/v1", {}),
    ],
)
def test_a_base_url_is_taken_apart(given_url: str, base_url: str, params: dict[str, str]) -> None:
    found = make(base_url=given_url)
    assert (found.base_url, found.params) == (base_url, params)


def test_an_accounts_params_join_those_of_its_base_url() -> None:
    found = make(base_url="https://host/?a=1&b=2", params={"b": "3"})
    assert found.params == {"a": "1", "b": "3"}


def test_only_what_is_no_secret_of_its_params_may_be_shown() -> None:
    found = make(params={"api-version": "preview", "token": "param-secret"})
    assert found.plain_params == {"api-version": "preview"}


@pytest.mark.parametrize(
    "base_url",
    [
        "host/v1",
        "ftp://host",
        "https://",
        "https:///v1",
        "//host",
        "https://host:port",
        KEY,
        "https://host:99999",
        "https://[::1",
        "https://ex℀mple.com",
        "javascript:alert(1)",
    ],
)
def test_a_base_url_that_is_none_is_refused_without_repeating_it(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match="must look like https://host/path") as caught:
        make(base_url=base_url)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("user", ["me:hunter22@", "me@", ":hunter22@", "@"])
def test_credentials_in_a_base_url_are_refused(user: str) -> None:
    with pytest.raises(ConfigurationError, match="must not hold a user or password") as caught:
        make(base_url=f"https://{user}host")
    assert "hunter22" not in str(caught.value)


# What they carry


def test_the_key_goes_where_the_provider_wants_it() -> None:
    assert sent(make()) == {"X-Acme-Version": "2026-01-01", "x-api-key": KEY}
    bearer = make(auth=Bearer())
    assert sent(bearer)["Authorization"] == f"Bearer {KEY}"
    assert "x-api-key" not in sent(bearer)


def test_an_accounts_own_headers_win() -> None:
    headers = sent(make(headers={"X-Acme-Version": "2027", "X-Team": "blue-team"}))
    assert headers == {"X-Acme-Version": "2027", "X-Team": "blue-team", "x-api-key": KEY}


def test_a_key_may_be_fetched_when_it_is_needed() -> None:
    assert sent(make(key=lambda: f"\n{KEY} "))["x-api-key"] == KEY


@pytest.mark.parametrize("key", ["a\nb", "a\r\nX-Evil: 1", "schlüssel", "k\x00ey", "sk-\u200b1234"])
def test_a_key_that_no_header_can_carry_is_refused_without_repeating_it(key: str) -> None:
    for account in ({"key": key}, {"headers": {"X-Team": key}}):
        with pytest.raises(ConfigurationError, match="was it copied whole") as caught:
            make(**account)
        assert key not in str(caught.value)
        assert caught.value.account == "acme"


@pytest.mark.parametrize("key", [None, "", "  "])
def test_without_key_and_base_url_the_message_names_both_variables(key: str | None) -> None:
    for base_url in (None, ""):
        with pytest.raises(ConfigurationError, match=r"ACME_API_KEY.*ACME_BASE_URL"):
            make(key=key, base_url=base_url)


def test_a_server_of_ones_own_may_need_no_key() -> None:
    found = make(key=None, base_url="http://gpu.internal:8000/v1")
    assert "x-api-key" not in sent(found)
    assert found.secrets == ()


@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:8000",
        "http://127.9.9.9",
        "http://localhost:8000",
        "http://[::1]:8000",
        "http://api.localhost",
        "https://anywhere.example",
    ],
)
def test_a_key_travels_to_this_machine_or_encrypted(base_url: str) -> None:
    assert sent(make(base_url=base_url))["x-api-key"] == KEY


@pytest.mark.parametrize(
    "base_url",
    [
        "http://acme.example",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "http://0.0.0.0",
        "http://127.0.0.1.evil.example",
        "http://notlocalhost",
        "HTTP://acme.example",
    ],
)
def test_a_key_does_not_travel_readably_unless_that_is_allowed(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match="ACME_ALLOW_HTTP=1") as caught:
        make(base_url=base_url)
    assert KEY not in str(caught.value)
    assert sent(make(base_url=base_url, allow_http=True))["x-api-key"] == KEY


# Where the key never goes


@pytest.mark.parametrize(
    "url",
    [
        "https://api.acme.example/v1?page=2",
        "https://API.ACME.EXAMPLE/v1?page=2",
        "https://api.acme.example:443/v1?page=2",
    ],
)
def test_a_next_url_of_the_same_origin_is_followed(url: str) -> None:
    assert make().url(request(url)) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v1",
        "http://api.acme.example/v1",
        "https://api.acme.example:8443/v1",
        "https://api.acme.example@evil.example/v1",
        "https://api.acme.example:443@evil.example/v1",
        "https://api.acme.example\\@evil.example/v1",
        "https://api.acme.example%2f@evil.example/v1",
        "https://api.acme.example.evil.example/v1",
        "https://evil.example\\.api.acme.example/v1",
        "https://evil.example#@api.acme.example/",
        "https://evil.example?@api.acme.example/",
        "https://api.acme.example./v1",
        "https:///api.acme.example/v1",
        "https://[::1",
        "https://",
    ],
)
def test_a_next_url_of_another_origin_is_refused(url: str) -> None:
    with pytest.raises(MalformedResponse, match=r"the key is not sent there.*ACME_BASE_URL"):
        make().url(request(url))


@given(rest=st.text(max_size=40))
def test_what_is_followed_is_the_same_origin_to_the_http_library_too(rest: str) -> None:
    for url in (f"https://api.acme.example{rest}", f"https://{rest}", rest):
        try:
            target = httpx.URL(make().url(request(url)))
        except (PolyreelError, httpx.InvalidURL):
            continue
        assert (target.scheme, target.host, target.port) == ("https", "api.acme.example", None)


@pytest.mark.parametrize(("host", "ours"), [("127.0.0.1", True), ("::ffff:8.8.8.8", False)])
def test_which_addresses_are_this_machine(host: str, ours: bool) -> None:
    assert is_loopback(f"http://[{host}]" if ":" in host else f"http://{host}") is ours


def test_no_secret_is_in_a_repr() -> None:
    found = make(headers={"X-Team": "blue-team"}, params={"token": "param-secret"})
    for secret in (KEY, "blue-team", "param-secret"):
        assert secret not in repr(found)


# What a provider needs to know besides the key


REGIONAL = evolve(
    PROVIDER,
    base_url="https://{region}.acme.example/w/{workspace}",
    settings={"region": Setting("such as eu", default="us"), "workspace": Setting("its id")},
)


def test_settings_stand_in_the_base_url_and_are_handed_to_hooks() -> None:
    made = make(REGIONAL, settings={"workspace": "w-1"})
    assert made.url(request()) == "https://us.acme.example/w/w-1/videos"
    assert made.settings == {"region": "us", "workspace": "w-1"}
    elsewhere = make(REGIONAL, settings={"workspace": "w-1", "region": "eu"})
    assert elsewhere.url(request()) == "https://eu.acme.example/w/w-1/videos"


def test_a_setting_that_nobody_gave_is_asked_for_by_its_variable() -> None:
    with pytest.raises(ConfigurationError, match=r"'workspace' \(its id\): set ACME_WORKSPACE"):
        make(REGIONAL)


def test_a_setting_of_the_address_is_not_asked_for_where_the_account_has_an_address_of_its_own() -> (
    None
):
    made = make(REGIONAL, base_url="https://eu.acme.example/w/w-1")
    assert made.url(request()) == "https://eu.acme.example/w/w-1/videos"
    named = evolve(REGIONAL, headers={"X-Workspace": "{workspace}"})
    with pytest.raises(ConfigurationError, match="set ACME_WORKSPACE"):
        make(named, base_url="https://eu.acme.example/w/w-1")


def test_a_setting_that_the_provider_does_not_know_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="'regoin', but Acme has region, workspace"):
        make(REGIONAL, settings={"workspace": "w", "regoin": "eu"})


@given(value=st.text(max_size=12) | st.sampled_from(["a/..", "evil.example#", "u@h", "a.", ".."]))
def test_no_setting_reaches_another_host(value: str) -> None:
    try:
        made = make(REGIONAL, settings={"workspace": value, "region": value})
    except ConfigurationError:
        return
    assert origin(made.base_url)[1] == f"{value.lower()}.acme.example"
    assert made.base_url.endswith(f"/w/{value}")
