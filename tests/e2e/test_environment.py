"""Proxies and certificates as the environment names them: used, or refused with what to change."""

from __future__ import annotations

import json
import logging
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from polyreel import Account, ConfigurationError, ConnectionFailed, PartialFailure, Timeout
from support.either_hub import QUICK, EitherHub
from support.proxies import certificate, proxy, socks_proxy, tls_server
from support.servers import openai_list, openai_video, serve

KEY = "sk-very-secret-0123456789abcdef"
FAR = "https://api.acme.example/v1"  # nobody has this name; only a proxy could reach it
NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
PAGE = {"object": "list", "data": [openai_video(1)], "has_more": False}


def far(url: str = FAR, **more: Any) -> Account:
    return Account(name="far", provider="openai", key=KEY, base_url=url, **more)


def without_key() -> Account:
    return Account(
        name="far", provider="openai", base_url="http://api.acme.example/v1", allow_http=True
    )


# What can't be used


UNUSABLE = [
    ("ALL_PROXY", "ftp://proxy.example", "write http://host:port"),
    ("HTTPS_PROXY", "ftp://proxy.example:21", "ftp://"),
    ("HTTPS_PROXY", "socks4://proxy.example:1080", "socks5://host:port"),
    ("HTTPS_PROXY", "http://proxy.example:port", "write http://host:port"),
    ("HTTPS_PROXY", "http://user:hunter22pass@:3128", "write http://host:port"),
    ("HTTPS_PROXY", "http://proxy\x01.example:3128", "write http://host:port"),
    ("HTTPS_PROXY", "http://us er:hunter22pass@proxy.example:3128", "write http://host:port"),
    ("HTTPS_PROXY", "http://[::1", "write http://host:port"),
    ("https_proxy", "://", "write http://host:port"),
    ("SSL_CERT_FILE", "/nowhere/ca.pem", "/nowhere/ca.pem doesn't exist"),
    ("SSL_CERT_DIR", "/nowhere/certs", "/nowhere/certs doesn't exist"),
    ("SSL_CERT_FILE", __file__, "PEM"),
]


@pytest.mark.fault(
    "A proxy or certificate variable that can't be used",
    "`ConfigurationError` that names it, for the accounts that need it alone",
)
@pytest.mark.parametrize(("variable", "value", "advice"), UNUSABLE)
def test_what_cannot_be_used_is_named_and_costs_its_accounts_alone(
    either_hub: EitherHub,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    advice: str,
) -> None:
    monkeypatch.setenv(variable, value)
    with serve(openai_list([openai_video(1)])) as server:
        near = Account(name="near", provider="openai", key=KEY, base_url=server.url)
        alone = either_hub.list([far()])
        both = either_hub.list([far(), near], on_error="skip")
        raised = either_hub.list([far(), near])

    assert type(alone.error) is ConfigurationError
    assert variable in str(alone.error)
    assert advice in str(alone.error)
    assert "hunter22pass" not in str(alone.error)
    assert both.ids == ["video_0001"]
    assert [error.account for error in both.errors] == ["far"]
    assert isinstance(raised.error, PartialFailure)
    assert raised.ids == ["video_0001"]


def test_socks_without_its_library_says_what_to_install(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://proxy.example:1080")
    monkeypatch.setitem(sys.modules, "socksio", None)
    error = either_hub.list([far()]).error
    assert type(error) is ConfigurationError
    assert "ALL_PROXY" in str(error)
    assert "pip install 'polyreel[socks]'" in str(error)


def test_plain_http_needs_no_certificates(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with serve(openai_list([openai_video(1)])) as server:
        near = Account(name="near", provider="openai", key=KEY, base_url=server.url)
        assert either_hub.list([near]).ids == ["video_0001"]


# What a proxy sees


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_never_reached_through_a_proxy(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, variable: str, host: str
) -> None:
    with proxy() as between, serve(openai_list([openai_video(1)])) as server:
        monkeypatch.setenv(variable, between.url)
        near = far(server.url.replace("127.0.0.1", host))
        assert either_hub.list([near]).ids == ["video_0001"]
    assert between.seen == []


@pytest.mark.fault(
    "Plain HTTP through a proxy", "`ConfigurationError`: the proxy could read the key"
)
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_no_proxy_can_read_a_key(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with proxy() as between:
        monkeypatch.setenv(variable, between.url)
        error = either_hub.list([far("http://api.acme.example/v1", allow_http=True)]).error
    assert type(error) is ConfigurationError
    assert f"the proxy 127.0.0.1:{between.port} ({variable})" in str(error)
    assert "NO_PROXY=api.acme.example" in str(error)
    assert between.seen == []


def test_a_tunnel_hides_the_key_from_the_proxy(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with (
        tls_server(trusted, json.dumps(PAGE).encode()) as (port, seen),
        proxy(to=port) as between,
    ):
        monkeypatch.setenv("HTTPS_PROXY", between.url.replace("//", "//user:hunter22pass@"))
        result = either_hub.list([far()])
    assert result.error is None
    assert result.ids == ["video_0001"]
    assert KEY.encode() in b"".join(seen)
    assert KEY.encode() not in b"".join(between.seen)
    assert between.seen[0].startswith(b"CONNECT api.acme.example:443")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_a_listing_comes_through_a_socks_proxy(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scheme: str
) -> None:
    trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with (
        tls_server(trusted, json.dumps(PAGE).encode()) as (port, _),
        socks_proxy(to=port) as between,
    ):
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{between.port}")
        result = either_hub.list([far()])
    assert (result.ids, result.error) == (["video_0001"], None)
    assert between.seen == [b"api.acme.example"]  # the name is resolved there, not here


@pytest.mark.parametrize(
    "exception", ["127.0.0.0/8", "[::1]", "fd07::/64", ".example", "*", "example."]
)
def test_no_exception_from_proxies_breaks_anything(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, exception: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", f"other.test, {exception}")
    error = either_hub.list([far()]).error
    assert isinstance(error, ConnectionFailed)
    direct = exception in {".example", "*", "example."}
    assert ("no host of this name exists" in str(error)) is direct
    assert ("the proxy 127.0.0.1:9 (HTTPS_PROXY)" in str(error)) is not direct


# What a proxy answers


@pytest.mark.fault(
    "A proxy that refuses (403, 407) or fails (502)",
    "Told apart from the provider; 403 and 407 are not tried again",
)
@pytest.mark.parametrize(
    ("status", "kind", "advice", "attempts"),
    [
        (403, ConnectionFailed, "NO_PROXY", 1),
        (407, ConfigurationError, "USER:PASSWORD", 1),
        (502, ConnectionFailed, "502", QUICK.attempts),
    ],
)
def test_a_proxys_own_answer_is_told_apart(
    either_hub: EitherHub,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    kind: type,
    advice: str,
    attempts: int,
) -> None:
    with proxy(status) as between:
        monkeypatch.setenv("HTTPS_PROXY", between.url.replace("//", "//user:hunter22pass@"))
        error = either_hub.list([far()]).error
    assert type(error) is kind
    assert f"the proxy 127.0.0.1:{between.port} (HTTPS_PROXY)" in str(error)
    assert advice in str(error)
    assert "hunter22pass" not in str(error)
    assert len(between.seen) == attempts


@pytest.mark.parametrize(
    "head", [b"X-Squid-Error: ERR_ACCESS_DENIED 0\r\n", b"Proxy-Status: p; error=x\r\n"]
)
@pytest.mark.parametrize(("status", "attempts"), [(403, 1), (503, QUICK.attempts)])
def test_a_proxys_own_answer_over_plain_http_is_told_apart_where_it_says_so(
    either_hub: EitherHub,
    monkeypatch: pytest.MonkeyPatch,
    head: bytes,
    status: int,
    attempts: int,
) -> None:
    with proxy(status, head=head) as between:
        monkeypatch.setenv("HTTP_PROXY", between.url)
        error = either_hub.list([without_key()]).error
    assert type(error) is ConnectionFailed
    assert f"the proxy 127.0.0.1:{between.port} (HTTP_PROXY) doesn't let" in str(error)
    assert len(between.seen) == attempts


@pytest.mark.parametrize("status", [403, 502, 503, 504])
def test_an_answer_that_may_be_the_proxys_is_not_laid_at_the_providers_door(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with proxy(status) as between:
        monkeypatch.setenv("HTTP_PROXY", between.url)
        error = either_hub.list([without_key()]).error
    assert f"may be the answer of the proxy 127.0.0.1:{between.port} (HTTP_PROXY)" in str(error)


def test_a_proxys_password_is_not_logged(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with proxy(502) as between:
        monkeypatch.setenv("HTTPS_PROXY", between.url.replace("//", "//user:hunter22pass@"))
        either_hub.list([far()])
    assert "httpcore" in {record.name.split(".")[0] for record in caplog.records}
    assert "hunter22pass" not in caplog.text


# Certificates and names


@pytest.mark.fault(
    "A certificate that isn't trusted", "`ConnectionFailed` at once, which names `SSL_CERT_FILE`"
)
def test_a_certificate_that_is_not_trusted_is_told_at_once(
    either_hub: EitherHub, tmp_path: Path
) -> None:
    with tls_server(certificate(tmp_path), b"{}") as (port, seen):
        error = either_hub.list([far(f"https://127.0.0.1:{port}")]).error
    assert isinstance(error, ConnectionFailed)
    assert error.retryable is False
    assert "self-signed certificate" in str(error)
    assert "certifi" in str(error)
    assert "SSL_CERT_FILE" in str(error)
    assert seen == []


def test_the_authorities_that_the_environment_names_are_the_ones_trusted(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with tls_server(trusted, json.dumps(PAGE).encode()) as (port, _):
        result = either_hub.list([far(f"https://127.0.0.1:{port}")])
    assert result.ids == ["video_0001"]


def test_https_to_a_server_that_speaks_http_is_told_at_once(either_hub: EitherHub) -> None:
    with serve(openai_list([])) as server:
        error = either_hub.list([far(server.url.replace("http://", "https://"))]).error
    assert isinstance(error, ConnectionFailed)
    assert error.retryable is False
    assert "doesn't speak TLS" in str(error)


@pytest.mark.fault("A host name that doesn't exist", "`ConnectionFailed` at once")
def test_a_name_that_does_not_exist_is_told_at_once(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def resolve(host: Any, *_: Any, **__: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    error = either_hub.list([far()]).error
    assert isinstance(error, ConnectionFailed)
    assert error.retryable is False
    assert "OPENAI_BASE_URL" in str(error)
    assert len(asked) == 1


def test_a_service_that_has_ended_is_said_to_have_where_it_cannot_be_reached(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    account = Account(name="openai", provider="openai", key=KEY, only_by_name=True)
    error = either_hub.list([account], account="openai").error
    assert isinstance(error, ConnectionFailed)
    assert "was announced to end on 2026-09-24" in str(error)
    assert "OPENAI_BASE_URL" in str(error)
    assert "announced" not in str(either_hub.list([far()]).error)


@pytest.mark.fault("A resolver that never answers", "`Timeout` when the policy's deadline is over")
def test_a_resolver_that_hangs_costs_no_more_than_the_deadline(
    either_hub: EitherHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = []

    def resolve(*_: Any, **__: Any) -> Any:
        time.sleep(1)
        answered.append(True)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    error = either_hub.list([far()], policy=evolve(QUICK, attempts=1, connect_timeout=0.1)).error
    assert isinstance(error, Timeout)  # what the resolver says in the end is no longer waited for
    assert either_hub.name == "async" or not answered  # asyncio ends only when its threads have
