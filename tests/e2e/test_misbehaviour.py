"""What servers do wrong is retried where that may help, and else named by an error of ours."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from attrs import evolve
from polyreel import (
    ConnectionFailed,
    InvalidRequest,
    MalformedResponse,
    PermissionDenied,
    PolyreelError,
    ProviderUnavailable,
    RateLimited,
    RequestError,
    Timeout,
)
from support.either_hub import QUICK, EitherHub, account
from support.servers import Reply, Request, openai_list, openai_video, serve

VIDEOS = [openai_video(number) for number in range(130)]
IDS = [video["id"] for video in VIDEOS]
GOOD = openai_list(VIDEOS)


def once(reply: Reply, at: int = 2) -> Any:
    """Response well, but one request of them with this."""

    def respond(request: Request) -> Any:
        return reply if request.number == at else GOOD(request)

    return respond


@pytest.mark.fault(
    "Status 408, 425, 429 or 5xx (also 520-529), once",
    "Asked again after a growing wait with jitter; nothing is noticed",
)
@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 524, 529, 599])
def test_passing_trouble_is_waited_out(either_hub: EitherHub, status: int) -> None:
    with serve(once(Reply("<html>Bad</html>", status))) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.error is None
    assert result.ids == IDS


@pytest.mark.fault(
    "Under a 200: broken-off JSON, HTML, nothing, no UTF-8, a short body, broken headers or compression",
    "Asked again like a lost connection",
)
@pytest.mark.parametrize(
    "reply",
    [
        Reply('{"data": [{"id": "vid'),
        Reply(""),
        Reply("<!doctype html><title>Just a moment</title>"),
        Reply(b"\xff\xfe\x00garbage"),
        Reply("{}", headers={"Content-Length": "500"}),
        Reply(raw=lambda wire: wire.write(b"HTTP/1.1 200 OK\r\nContent-Le")),
        Reply(raw=lambda wire: None),
        Reply(b"not gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["cut", "empty", "html", "no-utf8", "short", "cut-headers", "closed", "bad-gzip"],
)
def test_a_response_that_broke_on_its_way_is_asked_for_again(
    either_hub: EitherHub, reply: Reply
) -> None:
    with serve(once(reply)) as server:
        result = either_hub.list([account("openai", server.url)])

    assert result.error is None
    assert result.ids == IDS


@pytest.mark.fault(
    "Any other 4xx",
    "An error of its kind at once (401, 403, 404, other), with what the provider says",
)
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidRequest),
        (402, InvalidRequest),
        (403, PermissionDenied),
        (409, InvalidRequest),
        (422, InvalidRequest),
        (499, InvalidRequest),
        (304, MalformedResponse),
    ],
)
def test_what_wont_change_is_not_asked_again(
    either_hub: EitherHub, status: int, kind: type
) -> None:
    with serve(lambda request: Reply({"detail": "no such luck"}, status)) as server:
        result = either_hub.list([account("openai", server.url)])

    assert type(result.error) is kind
    assert len(server.requests) == 1


@pytest.mark.fault("5xx again and again", "`ProviderUnavailable` after `Policy.attempts`")
def test_trouble_that_stays_is_raised_after_the_last_attempt(either_hub: EitherHub) -> None:
    with serve(lambda request: Reply({"error": "overloaded"}, 503)) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, ProviderUnavailable)
    assert "overloaded" in str(result.error)
    assert len(server.requests) == QUICK.attempts


@pytest.mark.fault(
    "`Retry-After` (seconds or date) or `retry-after-ms`",
    "Waited for, by all of the account's requests; beyond `Policy.longest_wait`, `RateLimited` at once",
)
def test_a_wait_that_is_asked_for_is_kept_and_one_too_long_is_not(either_hub: EitherHub) -> None:
    with serve(once(Reply({}, 429, {"Retry-After-Ms": "40"}), at=1)) as server:
        short = either_hub.list([account("openai", server.url)])
    with serve(lambda request: Reply({}, 429, {"Retry-After": "3600"})) as server:
        long = either_hub.list([account("openai", server.url)])

    assert short.ids == IDS
    assert isinstance(long.error, RateLimited)
    assert long.error.retry_after == 3600
    assert len(server.requests) == 1


@pytest.mark.fault("`x-should-retry: false`", "Not asked again")
def test_a_provider_may_say_itself_whether_to_retry(either_hub: EitherHub) -> None:
    with serve(lambda request: Reply({}, 503, {"X-Should-Retry": "false"})) as server:
        assert isinstance(
            either_hub.list([account("openai", server.url)]).error, ProviderUnavailable
        )

    assert len(server.requests) == 1


@pytest.mark.fault(
    "JSON of another shape under a 200", "`MalformedResponse` with an excerpt that is safe to print"
)
@pytest.mark.parametrize(
    "body", [5, "text", True, None, {"data": 5}, {"data": {"id": "x"}}, {"videos": []}, {}]
)
def test_json_that_is_no_list_is_malformed(either_hub: EitherHub, body: Any) -> None:
    import json

    with serve(lambda request: Reply(json.dumps(body))) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, MalformedResponse)
    assert result.error.account == "openai"


@pytest.mark.fault("JSON nested without end", "`MalformedResponse`")
def test_deep_nesting_is_malformed(either_hub: EitherHub) -> None:
    with serve(lambda request: Reply("[" * 200_000)) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, MalformedResponse)


@pytest.mark.fault(
    "A body beyond `Policy.max_body`, also when it is compressed",
    "`MalformedResponse`; no more of it is read",
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip-bomb"])
def test_a_response_beyond_all_bounds_is_cut(either_hub: EitherHub, packed: bool) -> None:
    body = b'{"data": [' + b" " * 3_000_000 + b"]}"
    headers = {"Content-Encoding": "gzip"} if packed else {}
    reply = Reply(gzip.compress(body) if packed else body, headers=headers)
    with serve(lambda request: reply) as server:
        policy = evolve(QUICK, max_body=1_000_000)
        result = either_hub.list([account("openai", server.url)], policy=policy)

    assert isinstance(result.error, MalformedResponse)
    assert "1,000,000 bytes" in str(result.error)
    assert len(server.requests) == 1


@pytest.mark.fault(
    "A body that trickles", "`Timeout` when `Policy.timeout` has passed for the whole response"
)
def test_a_body_that_trickles_ends_at_the_deadline(either_hub: EitherHub) -> None:
    import time

    def trickle(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            wire.write(b" ")
            wire.flush()
            time.sleep(0.05)

    with serve(lambda request: Reply(raw=trickle)) as server:
        policy = evolve(QUICK, timeout=0.4, attempts=1)
        result = either_hub.list([account("openai", server.url)], policy=policy)

    assert isinstance(result.error, Timeout)


@pytest.mark.fault("Nobody listens at the base URL", "`ConnectionFailed`, which names it")
def test_nobody_listening_is_a_failed_connection(either_hub: EitherHub) -> None:
    result = either_hub.list([account("openai", "http://127.0.0.1:9")])

    assert isinstance(result.error, ConnectionFailed)
    assert "127.0.0.1:9" in str(result.error)


@pytest.mark.fault(
    "A redirect",
    "Followed within the origin; to another one `MalformedResponse`, and the key stays here",
)
def test_a_redirect_is_followed_at_home_only(either_hub: EitherHub) -> None:
    def moved(request: Request) -> Any:
        if request.path == "/videos":
            return Reply("", 307, {"Location": f"/new/videos?limit={request.query['limit']}"})
        return GOOD(request)

    with serve(GOOD) as elsewhere:
        away = Reply("", 307, {"Location": f"{elsewhere.url}/videos"})
        with serve(moved) as home, serve(lambda request: away) as trap:
            followed = either_hub.list([account("openai", home.url)], limit=2)
            refused = either_hub.list([account("openai", trap.url)])
        assert elsewhere.requests == []

    assert followed.ids == IDS[:2]
    assert home.requests[1].headers["authorization"] == "Bearer a-test-key"
    assert isinstance(refused.error, MalformedResponse)
    assert "OPENAI_BASE_URL" in str(refused.error)


@pytest.mark.fault("A redirect in a circle", "`MalformedResponse` after five")
def test_a_redirect_in_a_circle_ends(either_hub: EitherHub) -> None:
    with serve(lambda request: Reply("", 302, {"Location": request.path})) as server:
        result = either_hub.list([account("openai", server.url)])

    assert isinstance(result.error, PolyreelError)
    assert len(server.requests) < 10


@pytest.mark.fault(
    "A base URL with plain HTTP on another machine",
    "`ConfigurationError`, unless the account allows it",
)
def test_a_key_is_not_sent_readably_to_other_machines(either_hub: EitherHub) -> None:
    result = either_hub.list([account("openai", "http://192.0.2.1/v1")])

    assert "OPENAI_ALLOW_HTTP" in str(result.error)
    assert not isinstance(result.error, RequestError | ConnectionFailed)


@pytest.mark.fault("A cookie", "Not kept")
def test_cookies_are_not_kept(either_hub: EitherHub) -> None:
    def respond(request: Request) -> Any:
        return Reply(GOOD(request), headers={"Set-Cookie": "session=of-another-key"})

    with serve(respond) as server:
        either_hub.list([account("openai", server.url)])

    assert len(server.requests) > 1
    assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.fault("Headers that trickle", "`Timeout`, likewise")
def test_headers_that_trickle_end_at_the_deadline_too(either_hub: EitherHub) -> None:
    import time

    def trickle(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            wire.write(b"a")
            wire.flush()
            time.sleep(0.05)

    with serve(lambda request: Reply(raw=trickle)) as server:
        policy = evolve(QUICK, timeout=0.4, attempts=1)
        begin = time.monotonic()
        result = either_hub.list([account("openai", server.url)], policy=policy)

    assert isinstance(result.error, Timeout)
    assert time.monotonic() - begin < 3


@pytest.mark.fault("A flood of headers", "`ConnectionFailed`")
def test_a_flood_of_headers_is_cut(either_hub: EitherHub) -> None:
    def flood(wire: Any) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(20_000):
            wire.write(b"X-%d: %s\r\n" % (number, b"a" * 1000))

    with serve(lambda request: Reply(raw=flood)) as server:
        policy = evolve(QUICK, attempts=1)
        result = either_hub.list([account("openai", server.url)], policy=policy)

    assert isinstance(result.error, ConnectionFailed)
