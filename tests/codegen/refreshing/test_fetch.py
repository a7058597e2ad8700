"""Fetching over real sockets: what is a page, what isn't, and how politely it is asked for."""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from polyreel.codegen.refreshing import fetch as module
from polyreel.codegen.refreshing.fetch import AT_ONCE, MAX_BYTES, DocFetcher
from polyreel.errors import SpecError
from support.proxies import proxy
from support.servers import Reply, Request, serve

Respond = Callable[[Request], Any]


@pytest.fixture
def fetcher() -> Iterator[DocFetcher]:
    with DocFetcher(seconds=5, pause=0.01) as fetcher:
        yield fetcher


def page(text: str | bytes = "# Reels\n", status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(text, status, {"Content-Type": "text/markdown", **named})


def test_a_page_comes_with_what_is_needed_to_ask_for_it_again(fetcher: DocFetcher):
    with serve(lambda _: page(ETag='"7"', Last_Modified="Sat, 14 Mar 2026 09:00:00 GMT")) as server:
        copy = fetcher.fetch(f"{server.url}/reels.md")
    assert copy is not None
    assert copy.text == "# Reels\n"
    assert copy.digest == hashlib.sha256(b"# Reels\n").hexdigest()
    assert (copy.etag, copy.last_modified) == ('"7"', "Sat, 14 Mar 2026 09:00:00 GMT")
    assert copy.notes == ()


def test_a_page_that_hasnt_changed_is_not_sent_again(fetcher: DocFetcher):
    def respond(request: Request) -> Reply:
        known = request.headers.get("if-none-match") == '"7"'
        since = request.headers.get("if-modified-since") == "Sat, 14 Mar 2026 09:00:00 GMT"
        return Reply(b"", 304) if known or since else page()

    with serve(respond) as server:
        assert fetcher.fetch(server.url, etag='"7"') is None
        assert fetcher.fetch(server.url, last_modified="Sat, 14 Mar 2026 09:00:00 GMT") is None
        assert fetcher.fetch(server.url, etag='"6"') is not None


def test_not_modified_without_having_asked_is_no_page(fetcher: DocFetcher):
    with serve(lambda _: Reply(b"", 304)) as server, pytest.raises(SpecError, match="304"):
        fetcher.fetch(server.url)


def test_requests_say_who_asks_and_carry_nothing_secret(
    fetcher: DocFetcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    with serve(lambda _: page(Set_Cookie="session=1")) as server:
        for _ in range(2):
            fetcher.fetch(server.url)
    for request in server.requests:
        assert request.headers["user-agent"].startswith("polyreel/")
        assert "text/markdown" in request.headers["accept"]
        assert not {"cookie", "authorization"} & set(request.headers)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (204, "204, which is no page"),
        (300, "300, which is no page"),
        (401, "401, it asks for a login"),
        (403, "403, access denied"),
        (404, "404, no such page"),
        (410, "410, the page is gone for good"),
        (418, "418, which is no page"),
    ],
)
def test_a_response_that_is_no_page_is_said_and_asked_for_once(
    fetcher: DocFetcher, status: int, message: str
):
    body = "" if status == 204 else "# Reels\n"
    with serve(lambda _: page(body, status)) as server, pytest.raises(SpecError, match=message):
        fetcher.fetch(server.url)
    assert len(server.requests) == 1


def test_proxies_and_certificates_that_cannot_be_used_are_named(
    fetcher: DocFetcher, monkeypatch: pytest.MonkeyPatch
):
    for variable, value in (
        ("ALL_PROXY", "ftp://proxy.example"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(variable, value)
            with pytest.raises(SpecError, match=variable):
                fetcher.fetch("https://docs.acme.example/page.md")


@pytest.mark.parametrize(("status", "attempts"), [(302, 1), (403, 1), (407, 1), (502, 3)])
def test_what_a_proxy_answers_itself_is_told_from_what_a_server_does(
    monkeypatch: pytest.MonkeyPatch, status: int, attempts: int
):
    with proxy(status) as between, DocFetcher(pause=0) as fetcher:
        monkeypatch.setenv("HTTPS_PROXY", between.url)
        with pytest.raises(SpecError, match=f"the proxy .* lets nobody through: {status}"):
            fetcher.fetch("https://docs.acme.example/page.md")
        assert len(between.seen) == attempts


def test_this_machine_is_not_asked_through_a_proxy(
    fetcher: DocFetcher, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serve(lambda _: page()) as server:
        assert fetcher.fetch(server.url) is not None


def test_a_name_that_does_not_exist_is_asked_for_once(
    fetcher: DocFetcher, monkeypatch: pytest.MonkeyPatch
):
    asked = []

    def resolve(host: Any, *_: Any, **__: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    with pytest.raises(SpecError, match="no host of this name exists"):
        fetcher.fetch("https://docs.acme.example/page.md")
    assert asked == ["docs.acme.example"]


def test_a_server_in_trouble_is_asked_again_and_then_left_alone(fetcher: DocFetcher):
    with serve(lambda request: page(status=503 if request.number < 3 else 200)) as server:
        assert fetcher.fetch(server.url) is not None
    with (
        serve(lambda _: page(status=500)) as server,
        pytest.raises(SpecError, match="failed with 500, 3 times; try again later"),
    ):
        fetcher.fetch(server.url)
    assert len(server.requests) == 3


@pytest.mark.parametrize("body", ["", " \n"])
def test_an_empty_page_is_none(fetcher: DocFetcher, body: str):
    with serve(lambda _: page(body)) as server, pytest.raises(SpecError, match="is empty"):
        fetcher.fetch(server.url)


def half(stream: Any) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n# Reels\n")


def unended(stream: Any) -> None:
    stream.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n# Reels\n\r\n")


@pytest.mark.parametrize("raw", [half, unended])
def test_a_response_that_breaks_off_is_no_page(fetcher: DocFetcher, raw: Callable[[Any], None]):
    with serve(lambda _: Reply(raw=raw)) as server, pytest.raises(SpecError, match="cut off"):
        fetcher.fetch(server.url)


def test_a_page_that_is_too_large_is_not_read_to_its_end(fetcher: DocFetcher):
    sent = 0

    def endless(stream: Any) -> None:
        nonlocal sent
        stream.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(500):
            stream.write(b"x" * 100_000)
            sent += 100_000

    with (
        serve(lambda _: Reply(raw=endless)) as server,
        pytest.raises(SpecError, match="longer than 10,000,000 bytes"),
    ):
        fetcher.fetch(server.url)
    assert sent < 3 * MAX_BYTES


def test_a_page_is_measured_as_it_unpacks(fetcher: DocFetcher):
    packed = gzip.compress(b"x" * (MAX_BYTES + 1))
    with (
        serve(lambda _: page(packed, Content_Encoding="gzip")) as server,
        pytest.raises(SpecError, match="longer than"),
    ):
        fetcher.fetch(server.url)


@pytest.mark.parametrize("slow", ["head", "body"])
def test_a_server_that_dribbles_is_not_waited_for(slow: str):
    def dribble(stream: Any) -> None:
        text = b"HTTP/1.1 200 OK\r\n"
        if slow == "body":
            stream.write(text + b"\r\n")
        for _ in range(100):
            stream.write(b"X: y\r\n")
            time.sleep(0.05)

    started = time.monotonic()
    with (
        DocFetcher(seconds=0.3) as fetcher,
        serve(lambda _: Reply(raw=dribble)) as server,
        pytest.raises(SpecError, match=r"within 0\.3 seconds"),
    ):
        fetcher.fetch(server.url)
    assert time.monotonic() - started < 3


def test_nobody_at_home_is_said(fetcher: DocFetcher):
    with serve(lambda _: page()) as server:
        pass
    with pytest.raises(SpecError, match="no connection"):
        fetcher.fetch(server.url)


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ("hö".encode("latin-1"), "text/markdown; charset=iso-8859-1", "it says iso-8859-1"),
        ("hö".encode("utf-16"), "text/markdown; charset=utf-16", "it says utf-16"),
        ("reel".encode("utf-16-le"), "text/markdown", "control character"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "not UTF-8"),
    ],
)
def test_only_utf_8_text_is_read(fetcher: DocFetcher, content: bytes, kind: str, message: str):
    with (
        serve(lambda _: page(content, Content_Type=kind)) as server,
        pytest.raises(SpecError, match=message),
    ):
        fetcher.fetch(server.url)


def test_what_is_utf_8_is_read_whatever_the_server_calls_it(fetcher: DocFetcher):
    data = "\ufeffReels für dich".encode()
    with serve(lambda _: page(data, Content_Type="text/html; charset=latin-1")) as server:
        copy = fetcher.fetch(server.url)
    assert copy is not None
    assert copy.text == "Reels für dich"


# Where it may be asked


def test_a_page_that_moved_is_followed_and_reported(fetcher: DocFetcher):
    def respond(request: Request) -> Reply:
        return page("", 301, Location="/new/reels.md") if request.path == "/reels.md" else page()

    with serve(respond) as server:
        copy = fetcher.fetch(f"{server.url}/reels.md")
    assert copy is not None
    assert copy.notes == (f"moved to {server.url}/new/reels.md; correct its 'url' in sources.toml",)


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("/login?next=/reels.md", "a login"),
        ("/users/sign_in", "a login"),
        ("https://login.example/start", "a login"),
        ("http://docs.example/reels.md", "only https is asked"),
        ("ftp://docs.example/reels.md", "only https is asked"),
        ("file:///etc/passwd", "only https is asked"),
        ("https://me:secret@docs.example/", "a name or password"),
        ("http://[", "not an address"),
    ],
)
def test_a_redirect_to_somewhere_else_is_not_followed(
    fetcher: DocFetcher, location: str, message: str
):
    with (
        serve(lambda _: page("", 302, Location=location)) as server,
        pytest.raises(SpecError, match=message),
    ):
        fetcher.fetch(f"{server.url}/reels.md")
    assert len(server.requests) == 1


def test_a_redirect_in_a_circle_ends(fetcher: DocFetcher):
    with (
        serve(lambda _: page("", 302, Location="/reels.md")) as server,
        pytest.raises(SpecError, match="redirected more than 5 times"),
    ):
        fetcher.fetch(f"{server.url}/reels.md")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://docs.example/reels.md", "only https"),
        ("https://me:secret@docs.example/", "name or password"),
    ],
)
def test_an_address_that_may_not_be_asked_isnt(fetcher: DocFetcher, url: str, message: str):
    with pytest.raises(SpecError, match=message):
        fetcher.fetch(url)


def test_another_host_cant_send_us_to_this_machine():
    with pytest.raises(SpecError, match="this machine"):
        module._checked("https://127.0.0.1/x", "https://docs.example/reels.md")


def test_only_a_few_pages_are_asked_for_at_once(fetcher: DocFetcher):
    under_way, most, turn = 0, 0, threading.Lock()

    def respond(_: Request) -> Reply:
        nonlocal under_way, most
        with turn:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.03)
        with turn:
            under_way -= 1
        return page()

    with serve(respond) as server, ThreadPoolExecutor(12) as pool:
        copies = list(pool.map(fetcher.fetch, [f"{server.url}/{n}" for n in range(12)]))
    assert len(copies) == 12
    assert 1 < most <= AT_ONCE


def test_a_server_that_says_when_to_come_back_is_asked_then(fetcher: DocFetcher):
    """However the pause is set: what the server says counts."""
    with DocFetcher(seconds=5, pause=3600) as patient:
        for status in (429, 503):
            with serve(
                lambda request, status=status: page(
                    status=status if request.number < 3 else 200, Retry_After="0"
                )
            ) as server:
                assert patient.fetch(server.url) is not None


@pytest.mark.parametrize("status", [429, 503])
def test_one_that_is_asked_too_often_is_tried_again_as_one_that_is_busy(
    fetcher: DocFetcher, status: int
):
    with serve(lambda request: page(status=status if request.number < 3 else 200)) as server:
        assert fetcher.fetch(server.url) is not None
    assert len(server.requests) == 3


def test_a_server_that_asks_for_an_hour_is_not_waited_for(fetcher: DocFetcher):
    with (
        serve(lambda _: page(status=429, Retry_After="3600")) as server,
        pytest.raises(SpecError, match=r"\(429\), and asks for 3600 seconds of patience"),
    ):
        fetcher.fetch(server.url)
