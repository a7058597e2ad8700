"""A key is seen by its provider and by nobody else, whatever goes wrong."""

from __future__ import annotations

import contextlib
import logging
import traceback
from base64 import b64decode, b64encode, urlsafe_b64decode
from html import escape
from typing import Any
from urllib.parse import quote, unquote

import pytest
from polyreel import Account
from support.either_hub import QUICK, EitherHub
from support.servers import Reply, Request, openai_list, openai_video, serve

KEY = "sk-very/secret+0123456789abcdef=="


def head(status: str, *headers: str, body: str = "{}") -> Reply:
    """A response of which every byte is given."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", body]
    return Reply(raw=lambda wire: wire.write("\r\n".join(lines).encode()))


def raw(text: str) -> Reply:
    return Reply(raw=lambda wire: wire.write(text.replace("\n", "\r\n").encode()))


def percent(text: str) -> str:
    return "".join(f"%{ord(letter):02x}" for letter in text)


CHUNKED = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
ENCODED = b64encode(f"user:{KEY}".encode()).decode()

ECHOES: dict[str, Any] = {
    "a 401": Reply({"error": {"message": f"bad key {KEY}"}}, 401),
    "a 401, in its header": Reply({"error": f"got Authorization: Bearer {KEY}"}, 401),
    "a 500 as text": Reply(KEY, 500),
    "a 500 in a field that nobody reads": Reply({"trace": KEY}, 500),
    "HTML": Reply(f"<html>{KEY}</html>"),
    "an HTML title": Reply(f"<html><title>{escape(KEY)}</title></html>", 502),
    "HTML codes": Reply("".join(f"&#{ord(c)};" for c in KEY), 400),
    "a JSON text": Reply({"data": KEY}),
    "a JSON name": Reply({"data": {KEY: KEY}}),
    "JSON escapes": Reply(
        '{{"error": "{}"}}'.format("".join(f"\\u{ord(c):04x}" for c in KEY)), 400
    ),
    "JSON with escaped slashes": Reply('{{"error": "{}"}}'.format(KEY.replace("/", "\\/")), 400),
    "percent codes": Reply({"error": quote(KEY, safe="")}, 400),
    "percent codes in lower case": Reply({"error": quote(KEY, safe="").lower()}, 400),
    "percent codes of all": Reply({"error": percent(KEY)}, 400),
    "base64": Reply({"error": b64encode(KEY.encode()).decode()}, 400),
    "base64 with a user": Reply({"error": f"Basic {ENCODED}"}, 400),
    "upper case": Reply({"error": KEY.upper()}, 400),
    "the excerpt's edge": Reply("x" * 290 + KEY),
    "the edge of what is looked at": Reply(" " * (10_000 - len(KEY) + 1) + KEY),
    "the edge of an error's text": Reply({"error": "y " * 140 + KEY}, 400),
    "a request id": Reply("", 500, {"x-request-id": KEY}),
    "a header": Reply({"error": "no"}, 400, {"X-Echo": f"Bearer {KEY}"}),
    "the name of a header": head("400 Bad Request", f"X-{KEY.replace('/', '_')}: 1"),
    "the status line": head(f"400 you sent {KEY}"),
    "a broken status line": raw(f"HTTP/1.1 {KEY} what\n\n"),
    "no status line": raw(f"{KEY}\n\n"),
    "a broken header": raw(f"HTTP/1.1 200 OK\n{KEY}\n\n"),
    "a broken length": raw(f"HTTP/1.1 200 OK\nContent-Length: {KEY}\n\n"),
    "a chunk's size": raw(f"{CHUNKED}{KEY}\n"),
    "a chunk's extension": raw(f"{CHUNKED}2;key={KEY}\n{{}}\n0\n\n"),
    "a body that breaks off": raw(f"HTTP/1.1 200 OK\nContent-Length: 999\n\n{KEY[:-1]}"),
    "an encoding": head("200 OK", f"Content-Encoding: {KEY}"),
    "a Retry-After": head("429 Slow Down", f"Retry-After: {KEY}"),
    "a redirect": Reply("", 302, {"Location": f"https://other.example/{KEY}"}),
    "a redirect at home": Reply("", 302, {"Location": f"/videos?key={quote(KEY, safe='')}"}),
    "a redirect to nowhere": Reply("", 302, {"Location": f"http://[{KEY}"}),
    "a cookie": Reply({"error": "no"}, 400, {"Set-Cookie": f"key={KEY}"}),
    "an item's text": {
        "data": [openai_video(1, prompt=f"about {KEY}", error=KEY)],
        "has_more": False,
    },
    "an item's address": {
        "data": [openai_video(1, url=f"https://h/v.mp4?key={quote(KEY, safe='')}")]
    },
    "an item's escapes": Reply(
        '{"has_more": false, "data": [{"id": "v", "status": "failed", "error": "'
        + "".join(f"\\u{ord(c):04x}" for c in KEY)
        + '"}]}'
    ),
    "an item's percent codes": Reply({"data": [openai_video(1, prompt=percent(KEY))]}),
    "an item's HTML codes": Reply(
        {"data": [openai_video(1, x="".join(f"&#{ord(c)};" for c in KEY))]}
    ),
    "an item's hexadecimal": Reply({"data": [openai_video(1, error=KEY.encode().hex().upper())]}),
    "an item's part of it": Reply({"data": [openai_video(1, prompt=KEY[:-2])]}),
    "the edge of an encoding's name": head("200 OK", f"Content-Encoding: {KEY[1:]}"),
    "an item's id": {"data": [openai_video(1, id=f"v-{KEY}")], "has_more": False},
    "connection lost": Reply(raw=lambda wire: None),
}


def spellings() -> list[str]:
    return [
        KEY,
        KEY[:20],
        KEY[3:],
        KEY.encode().hex(),
        quote(KEY, safe=""),
        quote(KEY, safe="").lower(),
        escape(KEY),
    ]


def leaks(text: str) -> bool:
    """Tell whether a text shows the key, as it is or decoded in some usual way."""
    shown = [text, unquote(text), unquote(unquote(text)), text.lower()]
    for word in text.replace("polyreel-", " ").replace("'", " ").replace('"', " ").split():
        for decode in (b64decode, urlsafe_b64decode):
            try:
                shown.append(decode(word + "=" * (-len(word) % 4)).decode(errors="replace"))
            except ValueError:
                continue
    with contextlib.suppress(UnicodeDecodeError):
        shown.append(text.encode().decode("unicode_escape"))
    return any(spelling in each for each in shown for spelling in [*spellings(), KEY.lower()])


def chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


@pytest.mark.parametrize("how", ECHOES)
def test_no_error_log_traceback_item_or_cursor_shows_an_echoed_key(
    either_hub: EitherHub, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(lambda request: ECHOES[how]) as server:
        account = Account(name="openai", provider="openai", key=KEY, base_url=server.url)
        result = either_hub.list([account])

    shown = [caplog.text, repr(account), repr(result.items), str(result.cursor)]
    shown += [repr(item.raw) for item in result.items]
    for error in chain(result.error):
        shown += [str(error), repr(error), repr(error.args)]
    if result.error is not None:
        shown += [repr(vars(result.error)), "".join(traceback.format_exception(result.error))]
        try:
            raise result.error
        except Exception:
            logging.getLogger("of.a.program").exception("it failed")
        shown.append(caplog.text)
    assert not [text for text in shown if leaks(text)]


@pytest.mark.parametrize("flags", [[], ["-v", "--debug"]])
@pytest.mark.parametrize("how", ECHOES)
def test_no_stream_of_the_command_line_shows_an_echoed_key(
    how: str, flags: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from polyreel.cli import main
    from polyreel.http import pacing

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(pacing.Policy, "wait", lambda *_: 0.0)
    with serve(lambda request: ECHOES[how]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        main([*flags, "videos", "list", "--account", "openai", "--format", "json", "--raw"])
        main([*flags, "videos", "get", "openai:v1"])
        main(["doctor", "--online"])
    out, err = capsys.readouterr()
    assert not leaks(out)
    assert not leaks(err)


def test_a_next_url_that_holds_the_key_is_followed_and_kept_nowhere(
    either_hub: EitherHub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def respond(request: Request) -> Any:
        page = int(request.query.get("cursor", 0))
        row = {"id": f"p{page}", "status": "succeeded", "output": "https://h/v.mp4"}
        link = f"?cursor={page + 1}&api_key={quote(KEY, safe='')}"
        if page == 5:
            return Reply({"detail": "over"}, 400)
        return {"results": [row], "next": link, "previous": None}

    with serve(respond) as server:
        account = Account(name="replicate", provider="replicate", key=KEY, base_url=server.url)
        result = either_hub.list([account])

    assert result.ids == ["p0", "p1", "p2", "p3", "p4"]
    assert result.error is not None
    shown = [caplog.text, str(result.cursor), str(result.error.resume), repr(vars(result.error))]
    assert not [text for text in shown if leaks(text)]


def test_what_is_no_secret_stays_readable(either_hub: EitherHub) -> None:
    said = "api-version 2024-10-21 isn't supported, try 2024-10-21-preview with openai"
    with serve(lambda request: Reply({"error": {"message": said}}, 400)) as server:
        account = Account(
            name="azure",
            provider="openai",
            key=KEY,
            base_url=f"{server.url}?custom_llm_provider=openai",
            params={"api-version": "2024-10-21-preview"},
            headers={"X-Api-Version": "2024-10-21"},
        )
        assert said in str(either_hub.list([account]).error)


@pytest.mark.parametrize("where", ["base_url", "params", "headers"])
def test_keys_in_a_query_or_a_header_are_as_secret(either_hub: EitherHub, where: str) -> None:
    with serve(lambda request: Reply({"error": f"bad {KEY}"}, 400)) as server:
        given: dict[str, Any] = {
            "base_url": {"base_url": f"{server.url}/v1?key={quote(KEY, safe='')}"},
            "params": {"base_url": server.url, "params": {"subscription-key": KEY}},
            "headers": {"base_url": server.url, "headers": {"X-Auth": f"Token {KEY}"}},
        }[where]
        result = either_hub.list([Account(name="openai", provider="openai", **given)])
    sent = server.requests[0]
    assert KEY in {*sent.query.values(), sent.headers.get("x-auth", "").removeprefix("Token ")}
    assert not leaks(str(result.error))
    assert "[secret]" in str(result.error)


def test_the_libraries_below_log_no_key_either(
    either_hub: EitherHub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(openai_list([openai_video(1)])) as server:
        either_hub.list([Account(name="openai", provider="openai", key=KEY, base_url=server.url)])

    assert "httpcore" in {record.name.split(".")[0] for record in caplog.records}
    assert KEY not in caplog.text


@pytest.mark.parametrize("header", ["x-api-key", "authorization"])
def test_no_second_origin_ever_sees_the_key(either_hub: EitherHub, header: str) -> None:
    from polyreel import HeaderKey

    with serve(lambda request: {"data": []}) as other:

        def away(request: Request) -> Any:
            return Reply("", 308, {"Location": f"{other.url}/videos"})

        with serve(away) as home:
            account = Account(
                name="a", provider="openai", key=KEY, base_url=home.url, auth=HeaderKey(header)
            )
            result = either_hub.list([account], policy=QUICK)

    assert result.error is not None
    assert other.requests == []
