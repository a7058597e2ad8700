"""A response's body becomes items, or an error that says what came instead."""

from __future__ import annotations

import signal
from datetime import date
from functools import partial
from typing import Any

import httpx
import pytest
from polyreel import (
    Account,
    Bearer,
    Lifecycle,
    MalformedResponse,
    NotFound,
    PolyreelError,
    Provider,
    Request,
)
from polyreel.http import responses
from polyreel.http.connection import Connection, connect

KEY = "sk-secret-key"
URL = "https://api.acme.example/videos"
PROVIDER = Provider(
    name="acme",
    title="Acme",
    base_url="https://api.acme.example",
    auth=Bearer(),
    resources={},
    lifecycle=Lifecycle(retrieved=date(2026, 1, 1)),
    client="acme_client",
    docs="https://acme.example/docs",
)


def make(name: str = "acme") -> Connection:
    return connect(Account(name=name, provider="acme", key=KEY), PROVIDER, date(2026, 1, 1))


def request(read: Any = lambda response: response.data, **more: Any) -> Request[Any]:
    return Request(method="GET", path="/videos", read=read, **more)


def test_a_response_is_read_by_the_request() -> None:
    response = responses.read(
        make(name="work"), request(read=lambda a: a), URL, 200, {}, b'{"a": 1}'
    )
    assert (response.data, response.provider, response.account) == ({"a": 1}, "acme", "work")
    assert response.base_url == "https://api.acme.example"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"data": [', b"\xff\xfe{}", b"[" * 100_000, b"{'a': 1}"],
    ids=lambda body: repr(body[:10]),
)
def test_a_body_that_is_no_json_is_malformed_and_worth_another_attempt(body: bytes) -> None:
    with pytest.raises(MalformedResponse, match="a body that isn't JSON") as caught:
        responses.read(make(), request(), URL, 200, httpx.Headers({"x-request-id": "r1"}), body)
    assert caught.value.retryable is True
    assert (caught.value.status_code, caught.value.request_id) == (200, "r1")


@pytest.mark.parametrize(
    "error",
    [
        KeyError("id"),
        TypeError("no"),
        AttributeError("x"),
        ValueError("v"),
        RecursionError(),
        ZeroDivisionError(),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
    ],
)
def test_whatever_reading_raises_is_a_malformed_response(error: Exception) -> None:
    def read(response: object) -> None:
        raise error

    with pytest.raises(MalformedResponse, match=type(error).__name__) as caught:
        responses.read(make(), request(read=read), URL, 200, {}, b"{}")
    assert caught.value.excerpt == "{}"


class _Mute(Exception):
    def __str__(self) -> str:
        raise ValueError


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt("mine"), SystemExit(3), BaseException("a panic"), _Mute()]
)
def test_a_reader_that_would_end_the_program_costs_its_own_account_alone(
    error: BaseException, status: int
) -> None:
    def read(response: Any) -> Any:
        raise error

    with pytest.raises(PolyreelError) as caught:
        responses.read(make(), request(read, item_in_error=True), URL, status, {}, b"{}")
    assert status == 400 or type(error).__name__ in str(caught.value)


def test_a_ctrl_c_while_a_response_is_read_ends_the_program() -> None:
    def read(response: Any) -> Any:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        responses.read(make(), request(read), URL, 200, {}, b"{}")


class _Interrupter:
    def strike(self, why: str, *_: object) -> None:
        raise KeyboardInterrupt(why)


def _raises(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("handler", [_raises, partial(_Interrupter().strike, "by hand")])
def test_a_ctrl_c_that_a_program_handles_itself_ends_it_too(handler: Any) -> None:
    def read(response: Any) -> Any:
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            responses.read(make(), request(read), URL, 200, {}, b"{}")
    finally:
        signal.signal(signal.SIGINT, before)


def test_the_reason_given_for_a_malformed_response_is_short_and_safe_to_print() -> None:
    def read(response: object) -> None:
        raise ValueError(f"\x1b[2J{KEY}" + "x" * 10_000)

    with pytest.raises(MalformedResponse) as caught:
        responses.read(make(), request(read=read), URL, 200, {}, b"{}")
    assert len(str(caught.value)) < 1000
    assert str(caught.value).isprintable()
    assert KEY not in str(caught.value)


def test_what_a_plugin_says_about_a_response_is_kept() -> None:
    def malformed(response: object) -> None:
        raise MalformedResponse("expected a list under 'data', got a number")

    with pytest.raises(MalformedResponse, match="with expected a list under 'data'") as caught:
        responses.read(make(), request(read=malformed), URL, 200, {}, b'{"data": 1}')
    assert caught.value.excerpt == '{"data": 1}'

    def missing(response: object) -> None:
        raise NotFound("no such video")

    with pytest.raises(NotFound, match="no such video"):
        responses.read(make(), request(read=missing), URL, 200, {}, b"{}")


def test_a_number_of_thousands_of_digits_stays_as_its_text() -> None:
    body = b'{"id": "v1", "size": ' + b"9" * 10_000 + b', "n": 12}'
    data = responses.read(make(), request(), URL, 200, {}, body)
    assert (data["id"], data["size"], data["n"]) == ("v1", "9" * 10_000, 12)


@pytest.mark.parametrize("status", [200, 400, 404, 422, 500])
def test_an_item_that_comes_with_the_status_of_its_failure_is_that_item(status: int) -> None:
    def read(response: Any) -> Any:
        return response.data["id"]

    body = b'{"id": "v1", "status": "failed"}'
    asked = request(read, item_in_error=True)
    assert responses.read(make(), asked, URL, status, {}, body) == "v1"


def test_an_error_without_an_item_in_it_is_an_error() -> None:
    def read(response: Any) -> Any:
        return response.data["id"]

    asked = request(read, item_in_error=True)
    with pytest.raises(NotFound, match="no such video"):
        responses.read(make(), asked, URL, 404, {}, b'{"detail": "no such video"}')


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("?page=2", "https://api.acme.example/videos?page=2"),
        ("/v2/videos?page=2", "https://api.acme.example/v2/videos?page=2"),
        ("//api.acme.example/next", "https://api.acme.example/next"),
        ("https://api.acme.example/next", "https://api.acme.example/next"),
        ("next", "https://api.acme.example/next"),
    ],
)
def test_a_link_in_a_body_means_what_rfc_3986_says(link: str, url: str) -> None:
    def read(response: Any) -> Any:
        return response.resolve(link)

    assert responses.read(make(), request(read), URL, 200, {}, b"{}") == url
