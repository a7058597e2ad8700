"""The file server: signed links that end, ranges, validators, and what goes wrong with files.

A link's ``fault`` says what goes wrong: see `FAULTS`. Faults that only strike once do so for each path.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from attrs import evolve, frozen

from polyreel.sandbox.clips import TYPES, clip_of
from polyreel.sandbox.clock import Clock
from polyreel.sandbox.signed_links import FILES, signature

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

FAULTS: Mapping[str, str] = {
    "expired": "403, although the link is good",
    "gone": "404",
    "busy": "503 with Retry-After, once",
    "cut": "the connection breaks in the middle, once",
    "short": "half of the file, without a length, as if it were whole",
    "changed": "the connection breaks, and then another file is there",
    "html": "200 with a web page",
    "json": "200 with an error in JSON",
    "empty": "200 with nothing",
    "other": "another container than the name says",
    "no-range": "the whole file whatever range is asked for; the connection breaks once",
    "weak": "a weak validator; the connection breaks once",
    "slow": "the file in small pieces, with pauses",
    "stall": "half of the file, then silence",
    "redirect": "302 to the same link without a fault",
}
"""What a link's ``fault`` can be."""

_PIECE = 1024
_PAUSE = 0.02
_SILENCE = 60.0
_DATE = "Mon, 02 Nov 2026 16:40:00 GMT"
_BREAKS = frozenset({"cut", "changed", "no-range", "weak"})


class _Break(Exception):
    """Ends a connection in the middle of a response."""


def _is_wanted(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], _Break))


logging.getLogger("uvicorn.error").addFilter(_is_wanted)  # a break on purpose is no error


@frozen(kw_only=True)
class _Reply:
    status: int = 200
    type: str = "text/html"
    content: bytes = b""
    headers: Mapping[str, str] = {}
    sent: int | None = None  # bytes before the connection breaks
    pause: float = 0.0
    counted: bool = True  # whether Content-Length is told


class FileServer:
    """An ASGI application that serves every file and page that the sandbox links to.

    Args:
        clock: Says which links have ended.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._struck: set[str] = set()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"]
        query = dict(parse_qsl(scope["query_string"].decode()))
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if scope["method"] not in {"GET", "HEAD"}:
            reply = _Reply(status=405, headers={"allow": "GET, HEAD"})
        else:
            reply = self._reply(path, query, headers)
        told = {"content-type": reply.type, **reply.headers}
        if reply.counted:
            told["content-length"] = str(len(reply.content))
        raw = [(name.encode(), value.encode()) for name, value in told.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": raw})
        if scope["method"] != "HEAD":
            async for piece in _pieces(reply):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            if reply.sent is not None:
                raise _Break
        await send({"type": "http.response.body", "body": b""})

    def _reply(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> _Reply:
        media = TYPES.get(path.rpartition(".")[2])
        if path.endswith(".m3u8"):
            return _Reply(type="application/vnd.apple.mpegurl", content=_PLAYLIST)
        if path.endswith(".vtt"):
            return _Reply(type="text/vtt", content=_CAPTIONS)
        if media is None:
            return _Reply(content=b"<!doctype html><title>polyreel's sandbox</title>")
        if "authorization" in headers or "x-api-key" in headers:
            # As object stores do: a request is authorised in one way, or it is refused.
            return _error(400, "InvalidArgument", "Only one way to authorise is allowed")
        expires = query.get("Expires", "")
        if query.get("Signature") != signature(path, expires):
            return _error(403, "AccessDenied", "The signature doesn't match")
        if float(expires) <= self._clock.now():
            return _error(403, "AccessDenied", "Request has expired")
        whole = _whole(media, path.removeprefix(FILES).rpartition("/")[0])
        return self._faulty(query.get("fault", ""), path, media, whole, headers)

    def _faulty(
        self, fault: str, path: str, media: str, whole: _Reply, headers: Mapping[str, str]
    ) -> _Reply:
        first = (key := f"{path}?{fault}") not in self._struck
        self._struck.add(key)
        if fault in _ERRORS and (first or fault != "busy"):
            return _ERRORS[fault]
        if fault == "redirect":
            return self._redirect(path)
        if fault == "short":
            return evolve(whole, content=whole.content[: len(whole.content) // 2], counted=False)
        if fault == "other":
            return _whole("video/webm" if media == "video/mp4" else "video/mp4", path)
        if fault == "changed" and not first:
            whole = _whole(media, f"{path} again")
        if fault == "weak":
            whole = evolve(whole, headers={**whole.headers, "etag": f"W/{whole.headers['etag']}"})
        reply = whole if fault == "no-range" else _ranged(whole, headers)
        if fault in _BREAKS and first:
            return evolve(reply, sent=len(reply.content) // 2)
        if fault == "stall":
            return evolve(reply, sent=len(reply.content) // 2, pause=_SILENCE)
        return evolve(reply, pause=_PAUSE) if fault == "slow" else reply

    def _redirect(self, path: str) -> _Reply:
        expires = str(self._clock.end(3600))
        place = f"{path}?Expires={expires}&Signature={signature(path, expires)}"
        return _Reply(status=302, headers={"location": place})


def _whole(media: str, item: str) -> _Reply:
    content = clip_of(media, item)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": tag, "last-modified": _DATE, "accept-ranges": "bytes"}
    return _Reply(type=media, content=content, headers=headers)


def _ranged(whole: _Reply, headers: Mapping[str, str]) -> _Reply:
    """Return the part of a file that is asked for; the whole where none is, or it has changed since."""
    size = len(whole.content)
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", headers.get("range", ""))
    unchanged = headers.get("if-range", whole.headers["etag"]) == whole.headers["etag"]
    if not asked or not unchanged or asked[0] == "bytes=-":
        return whole
    first, last = asked[1], asked[2]
    start = int(first) if first else max(0, size - int(last))
    stop = min(size, int(last) + 1) if first and last else size
    if start >= stop:
        return _Reply(status=416, headers={"content-range": f"bytes */{size}"})
    told = {**whole.headers, "content-range": f"bytes {start}-{stop - 1}/{size}"}
    return evolve(whole, status=206, content=whole.content[start:stop], headers=told)


async def _pieces(reply: _Reply) -> AsyncIterator[bytes]:
    content = reply.content[: reply.sent]
    if not reply.pause or reply.sent is not None:
        yield content
        await asyncio.sleep(reply.pause)
        return
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
        await asyncio.sleep(reply.pause)


def _error(status: int, code: str, message: str) -> _Reply:
    text = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return _Reply(status=status, type="application/xml", content=text.encode())


_PAGE = b"<!doctype html><title>Sign in</title><p>Please sign in to see this file."
_ERRORS: Mapping[str, _Reply] = {
    "expired": _error(403, "AccessDenied", "Request has expired"),
    "gone": _error(404, "NoSuchKey", "The specified key does not exist"),
    "busy": _Reply(status=503, headers={"retry-after": "0"}),
    "html": _Reply(content=_PAGE),
    "json": _Reply(type="video/mp4", content=b'{"error": "the file is being moved"}'),
    "empty": _Reply(type="video/mp4"),
}
_PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nvideo.mp4\n#EXT-X-ENDLIST\n"
_CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nA test picture.\n"
