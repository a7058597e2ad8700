"""Whatever goes wrong on the way to a provider becomes one of our errors, and says what to do."""

from __future__ import annotations

import inspect
import json
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st
from polyreel import (
    Account,
    AuthenticationError,
    Bearer,
    ConnectionFailed,
    InvalidRequest,
    Lifecycle,
    MalformedResponse,
    NotFound,
    PermissionDenied,
    PolyreelError,
    Provider,
    ProviderGone,
    ProviderUnavailable,
    RateLimited,
    Request,
    RequestError,
    ResponseError,
    Timeout,
)
from polyreel.http import exceptions, failures, responses
from polyreel.http.connection import Connection, connect

KEY = "sk-secret/of+acme=="
SUNSET = date(2026, 9, 24)


def connection(
    *, base_url: str | None = None, today: date = date(2026, 1, 1), account: str = "acme"
) -> Connection:
    provider = Provider(
        name="acme",
        title="Acme",
        base_url="https://api.acme.example/v1",
        auth=Bearer(env="ACME_API_KEY"),
        resources={},
        lifecycle=Lifecycle(retrieved=date(2026, 1, 1), sunset=SUNSET),
        client="acme_client",
        docs="https://acme.example/docs",
    )
    return connect(
        Account(name=account, provider="acme", key=KEY, base_url=base_url), provider, today
    )


def request(**details: Any) -> Request[Any]:
    return Request(method="GET", path="/videos", read=lambda response: response.data, **details)


def failure(
    status: int = 400,
    body: Any = b"",
    headers: dict[str, str] | None = None,
    at: Connection | None = None,
    **details: Any,
) -> PolyreelError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return failures.from_status(
        at or connection(), request(**details), status, httpx.Headers(headers or {}), content
    )


HTTPX_ERRORS = [
    value
    for value in vars(httpx).values()
    if inspect.isclass(value) and issubclass(value, Exception)
]


def raised(kind: type[Exception]) -> Exception:
    wanted = inspect.signature(kind).parameters
    response = httpx.Response(500, request=httpx.Request("GET", "https://api.acme.example"))
    given_by_name = {"request": response.request, "response": response}
    named = {name: value for name, value in given_by_name.items() if name in wanted}
    return kind(**named) if "message" not in wanted else kind("it broke", **named)


@pytest.mark.parametrize("kind", HTTPX_ERRORS)
def test_every_error_of_the_http_library_becomes_ours(kind: type[Exception]) -> None:
    with pytest.raises(PolyreelError) as caught, exceptions.mapped(connection()):
        raise raised(kind)
    assert (caught.value.provider, caught.value.account) == ("acme", "acme")
    assert "Acme" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (httpx.ConnectTimeout, Timeout),
        (httpx.ReadTimeout, Timeout),
        (httpx.PoolTimeout, Timeout),
        (httpx.ConnectError, ConnectionFailed),
        (httpx.RemoteProtocolError, ConnectionFailed),
        (httpx.ProxyError, ConnectionFailed),
        (httpx.DecodingError, ConnectionFailed),
        (httpx.UnsupportedProtocol, RequestError),
        (httpx.InvalidURL, RequestError),
        (httpx.TooManyRedirects, ResponseError),
    ],
)
def test_transport_errors_say_whether_asking_again_may_help(
    kind: type[Exception], ours: type[PolyreelError]
) -> None:
    with pytest.raises(ours) as caught, exceptions.mapped(connection()):
        raise raised(kind)
    assert caught.value.retryable is (ours in {Timeout, ConnectionFailed})


def test_a_host_or_parameter_that_cannot_be_encoded_is_no_bare_unicode_error() -> None:
    with pytest.raises(RequestError), exceptions.mapped(connection()):
        httpx.Request("GET", "https://api.acme.example", params={"after": "\ud800"})
    with pytest.raises(RequestError), exceptions.mapped(connection()):
        "a..b".encode("idna")


def test_an_error_of_ours_passes_and_is_told_whose_it_is() -> None:
    mine = MalformedResponse("cut short")
    with pytest.raises(MalformedResponse) as caught, exceptions.mapped(connection()):
        raise mine
    assert caught.value is mine
    assert (mine.provider, mine.account) == ("acme", "acme")


def test_a_bug_of_the_program_is_not_taken_for_a_failure_of_the_provider() -> None:
    with pytest.raises(ZeroDivisionError), exceptions.mapped(connection()):
        _ = 1 / 0


EXPECTED = {
    401: AuthenticationError,
    403: PermissionDenied,
    404: NotFound,
    408: ProviderUnavailable,
    425: ProviderUnavailable,
    429: RateLimited,
}


@pytest.mark.parametrize("status", [*range(300, 600), 600, 799, 999])
def test_every_status_has_its_error(status: int) -> None:
    error = failure(status)
    usual = (
        MalformedResponse
        if status < 400
        else InvalidRequest
        if status < 500
        else ProviderUnavailable
    )
    assert type(error) is EXPECTED.get(status, usual)
    assert error.status_code == status
    assert str(status) in str(error)
    assert error.retryable is (status in {408, 425, 429} or status >= 500)


def test_a_provider_may_say_not_found_with_another_status() -> None:
    assert type(failure(400, missing=frozenset({400, 404}))) is NotFound


def test_an_authentication_error_names_the_variable_to_check() -> None:
    assert "(ACME_API_KEY)" in str(failure(401))
    other = str(failure(401, at=connection(account="work")))
    assert "'work'" in other
    assert "ACME_API_KEY" not in other


SENTENCE = "The video could not be found."


@pytest.mark.parametrize(
    "body",
    [
        SENTENCE,
        {"error": SENTENCE},
        {
            "error": {
                "message": SENTENCE,
                "type": "invalid_request_error",
                "param": None,
                "code": None,
            }
        },
        {"error": {"code": "not_found", "message": SENTENCE}},
        {"error": {"code": 404, "status": "NOT_FOUND", "message": SENTENCE}},
        {"error": SENTENCE, "context": "x"},
        {"error": None, "message": SENTENCE},
        {"error": "", "message": SENTENCE},
        {"error": True, "message": SENTENCE},
        {"message": SENTENCE},
        {"detail": SENTENCE},
        {"detail": {"code": "gone", "message": SENTENCE, "expires_at": 1}},
        {"detail": [{"loc": ["query", "limit"], "msg": SENTENCE, "type": "missing"}]},
        {"detail": [SENTENCE]},
        {"title": "Not found", "detail": SENTENCE, "status": 404},
        {"title": SENTENCE, "status": 404},
        {"kind": "NotFoundError", "description": SENTENCE, "details": {}},
        {"code": 100, "msg": SENTENCE, "data": None},
        [{"error": {"message": SENTENCE}}],
        SENTENCE.encode(),
    ],
)
def test_what_the_provider_says_is_in_the_message(body: Any) -> None:
    assert f"Acme answered 404 Not Found: {SENTENCE}" in str(failure(404, body))


def test_several_complaints_are_all_told() -> None:
    body = {"detail": [{"msg": "limit is too large"}, {"msg": "order is unknown"}]}
    assert "limit is too large; order is unknown" in str(failure(422, body))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (b"<html><body>Bad gateway</body></html>", "an HTML page"),
        (
            b"\n" * 500 + b"<!DOCTYPE html><title>Bad &amp; gone</title>",
            "an HTML page, 'Bad & gone'",
        ),
        (b"<html><h1>Bad\n <i>gateway</i></h1>", "an HTML page, 'Bad gateway'"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Error>Bad gateway</Error>", "an XML document"),
        (
            b"<?xml version='1.0'?><Error><Code>7</Code><Message>Slow down</Message></Error>",
            "an XML document, 'Slow down'",
        ),
        (b"502: see <a href='https://proxy.example'>here</a>", "an HTML page"),
        (b'{"error": "<html>Bad gateway</html>"}', "an HTML page"),
    ],
)
def test_of_a_proxys_page_the_title_alone_is_in_the_message(page: bytes, told: str) -> None:
    assert str(failure(502, page)) == f"Acme answered 502 Bad Gateway: {told}"


@pytest.mark.parametrize("status", [404, 405])
def test_a_page_at_the_base_url_hints_at_what_is_missing_in_it(status: int) -> None:
    page = b"<html><title>Open WebUI</title></html>"
    at = connection(base_url="https://gpu.example")
    assert "https://gpu.example/v1" in str(failure(status, page, at=at))
    assert "below /v1" not in str(failure(status, {"detail": "no"}, at=at))
    assert "below /v1" not in str(failure(status, page, at=connection()))
    shown = failures.malformed(at, "a body that isn't JSON", 200, httpx.Headers(), page)
    assert "https://gpu.example/v1" in str(shown)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"errors": ["too large", "unknown"]}, "too large; unknown"),
        ({"errors": [{"title": "T", "detail": "too large", "source": {"pointer": "/limit"}}]},
         "too large (/limit)"),
        ({"errors": {"limit": ["too large"], "order": ["unknown"]}},
         "too large (limit); unknown (order)"),
        ({"message": "Validation failed", "errors": [{"field": "limit", "message": "too large"}]},
         "Validation failed: too large (limit)"),
        ({"error": {"code": "model_not_found"}}, "model_not_found"),
        ({"error": {"code": "over_quota", "message": "too many"}}, "too many (over_quota)"),
        ({"error": {"code": "x", "message": "x is unknown"}}, "x is unknown"),
        ({"error": {"type": "quota", "message": None}}, "quota"),
        ({"error": {"message": "too large", "param": "limit"}}, "too large (limit)"),
        ({"detail": [{"loc": ["query", "limit"], "msg": "too large", "type": "x"}]},
         "too large (query.limit)"),
        ({"detail": [{"loc": ["body", "scenes", 0], "msg": "missing"}]}, "missing (body.scenes.0)"),
        ({"type": "about:blank", "title": "Bad", "detail": "too large", "status": 400}, "too large"),
        ({"title": "Bad", "invalid-params": [{"name": "x", "reason": "not a number"}]},
         "not a number (x)"),
        ({"error": {"code": 1234}}, "1234"),
        ({"errors": ["a", "b", "c", "d", "e"]}, "a; b; c; and 2 more"),
    ],
)  # fmt: skip
def test_every_usual_shape_of_an_error_says_what_it_holds(body: Any, told: str) -> None:
    assert str(failure(400, body)) == f"Acme answered 400 Bad Request: {told}"


def test_a_long_wait_is_told() -> None:
    told = str(failure(429, {"error": "slow down"}, {"retry-after": "5400"}))
    assert told == "Acme answered 429 Too Many Requests: slow down; it asks to wait 1 h 30 min"


def test_a_comparison_is_no_markup() -> None:
    assert "limit must be < 100" in str(failure(400, b"limit must be < 100"))


@given(
    body=st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["error", "message", "detail", "msg", "title"]), inner
            )
        ),
    )
)
def test_no_error_body_breaks_the_error(body: Any) -> None:
    error = failure(500, body)
    assert len(str(error)) < 500
    assert str(error).isprintable()


def test_a_body_nested_beyond_reason_is_survived() -> None:
    for depth in (300, 700, 950, 990, 5000, 100_000):
        body = b'{"error":' * depth + b"1" + b"}" * depth
        assert "500" in str(failure(500, body))


@pytest.mark.parametrize("padding", range(0, 400, 7))
def test_a_key_that_the_server_echoes_is_taken_out_before_the_message_is_cut(padding: int) -> None:
    said = f"{'x' * padding} invalid key {KEY} was given"
    for body in ({"error": said}, said.encode()):
        message = str(failure(400, body))
        assert "sk-secret" not in message
        assert ("[secret]" in message) or len(message) > 250


@pytest.mark.parametrize(
    "written", [KEY, "sk-secret%2Fof%2Bacme%3D%3D", r"sk-secret\/of+acme==", f"Bearer {KEY}"]
)
def test_an_excerpt_shows_no_key_however_it_is_written(written: str) -> None:
    error = failures.malformed(
        connection(), "nonsense", 200, httpx.Headers(), f"ok {written} ok".encode()
    )
    assert "secret/of" not in error.excerpt
    assert "of+acme" not in error.excerpt
    assert "[secret] ok" in error.excerpt
    assert error.excerpt in str(error)


def test_an_excerpt_holds_nothing_that_a_terminal_would_obey() -> None:
    body = b"\x1b]0;owned\x07\x1b[2J\r\n\x00\xff fine" + "\u202e".encode()
    error = failures.malformed(connection(), "nonsense", 200, httpx.Headers(), body)
    assert error.excerpt.isprintable()
    assert "fine" in error.excerpt
    assert str(error).isprintable()


def test_an_empty_response_is_called_empty() -> None:
    assert "it is empty" in str(
        failures.malformed(connection(), "no JSON", 200, httpx.Headers(), b" \n")
    )


@pytest.mark.parametrize("name", ["x-request-id", "X-Request-Id", "request-id", "cf-ray"])
def test_the_providers_id_of_the_request_is_kept(name: str) -> None:
    assert failure(500, headers={name: "req-1"}).request_id == "req-1"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"Retry-After": " 7.5 "}, 7.5),
        ({"retry-after": "-7"}, 0),
        ({"retry-after": ""}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, 0),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 -0000"}, 0),
        ({"retry-after": "Fri, 99 Foo 1999 23:59:59 GMT"}, None),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7),
        ({"retry-after-ms": "-5", "retry-after": "7"}, 7),
    ],
)
def test_how_long_a_provider_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert failures.retry_after(httpx.Headers(headers)) == seconds


def test_a_date_to_come_is_a_wait_until_then() -> None:
    day = datetime.now(UTC) + timedelta(days=1)
    wait = failures.retry_after({"retry-after": format_datetime(day)})
    assert wait == pytest.approx(timedelta(days=1).total_seconds(), abs=120)


def test_the_wait_is_on_the_error_of_whoever_may_be_asked_again() -> None:
    for status in (429, 503, 529):
        error = failure(status, headers={"retry-after": "3"})
        assert isinstance(error, RateLimited | ProviderUnavailable)
        assert error.retry_after == 3


@pytest.mark.parametrize("status", [400, 409, 429, 500])
def test_a_provider_may_say_itself_whether_to_ask_again(status: int) -> None:
    assert failure(status, headers={"x-should-retry": "true"}).retryable is True
    assert failure(status, headers={"x-should-retry": "false"}).retryable is False
    assert failure(status, headers={"x-should-retry": "?"}).retryable is (status in {429, 500})


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410, 429, 500, 503])
@pytest.mark.parametrize("today", [SUNSET, date(2027, 1, 1)])
def test_an_error_past_the_announced_end_says_so_and_what_to_set(status: int, today: date) -> None:
    error = failure(
        status, {"error": SENTENCE}, {"x-should-retry": "true"}, connection(today=today)
    )
    assert type(error) is ProviderGone
    assert error.retryable is False
    for part in (SENTENCE, "2026-09-24", "ACME_BASE_URL", str(status)):
        assert part in str(error)


@pytest.mark.parametrize(
    ("base_url", "today"),
    [
        (None, SUNSET - timedelta(days=1)),
        ("https://elsewhere.example/v1", SUNSET),
        ("https://api.acme.example:8443/v1", SUNSET),
        ("http://127.0.0.1:8000/v1", SUNSET),
    ],
)
def test_before_that_day_and_elsewhere_an_error_is_an_ordinary_one(
    base_url: str | None, today: date
) -> None:
    assert type(failure(404, at=connection(base_url=base_url, today=today))) is NotFound


def test_success_past_the_announced_end_is_success() -> None:
    at = connection(today=SUNSET)
    assert responses.read(at, request(), "https://api.acme.example", 200, {}, b'{"data": []}') == {
        "data": []
    }


def test_the_standard_phrase_stands_beside_standard_statuses_only() -> None:
    assert str(failure(503)) == f"Acme answered 503 {HTTPStatus(503).phrase}"
    assert str(failure(520)) == "Acme answered 520"
