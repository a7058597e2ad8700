"""A file server of another make than the sandbox's: thirty ways to go wrong, from HTTP itself."""

from __future__ import annotations

import gzip
import hashlib
import random
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from polyreel.sandbox.clips import clip

GOOD = {
    "plain", "cut", "cut thrice", "no-range", "changed", "weak", "dated", "no-validator", "refused",
    "busy", "limited", "webm", "lying range", "chunked", "chunked cut", "closed", "redirect",
    "reset", "gzip", "slow", "no-range cut", "partial unasked", "head lies", "late etag", "unsaid range",
}  # fmt: skip
BAD = {
    "html", "json", "empty", "missing", "forbidden", "gone", "short", "inside", "picture", "circle",
    "nothing", "denied", "stall", "to nowhere",
}  # fmt: skip


def film(name: str, size: int = 60_000) -> bytes:
    """Make a whole MP4 of about this size, which no other name has."""
    noise = random.Random(name).randbytes(size)
    start = clip("video/mp4")
    boxes = start[: start.index(b"mdat") - 4]
    return boxes + struct.pack(">I4s", 8 + len(noise), b"mdat") + noise


@dataclass
class Seen:
    """One request that reached the server."""

    path: str
    headers: dict[str, str]
    method: str = "GET"


@dataclass
class Cdn:
    """A server of files; a path is ``/<fault>/<name>``.

    Attributes:
        origin: Where it listens.
        seen: The requests so far.
        size: How large its films are.
        ended: Paths whose links have ended, whatever else.
    """

    origin: str = ""
    size: int = 60_000
    seen: list[Seen] = field(default_factory=list)
    pause: float = 0.0
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, fault: str, name: str) -> str:
        return f"{self.origin}/{fault.replace(' ', '_')}/{name}?signature=s3cr3t"

    def content(self, fault: str, name: str) -> bytes:
        """What a client should have in the end."""
        if fault == "webm":
            return clip("video/webm")
        again = fault in {"changed", "unsaid range"}
        return film(f"{name} again" if again else name, self.size)

    def answer(
        self, connection: socket.socket, method: str, path: str, headers: dict[str, str]
    ) -> None:
        with self._lock:
            self.seen.append(Seen(path, headers, method))
            self._counts[path] += 1
            count = self._counts[path]
        _, fault, name = path.partition("?")[0].split("/", 2)
        fault = fault.replace("_", " ")
        Answer(self, connection, fault, name, count, headers).send()


@dataclass
class Answer:
    """One response."""

    cdn: Cdn
    connection: socket.socket
    fault: str
    name: str
    count: int
    headers: dict[str, str]

    def send(self) -> None:
        handler: Callable[[], None] | None = getattr(
            self, f"_{self.fault.replace(' ', '_').replace('-', '_')}", None
        )
        if self.fault in _FAILURES:
            status, body, more = _FAILURES[self.fault]
            self._raw(status, body, more)
        elif handler:
            handler()
        else:
            self._file(self._film())

    def _film(self) -> bytes:
        return film(self.name, self.cdn.size)

    def _raw(self, status: str, body: bytes = b"", more: dict[str, str] | None = None) -> None:
        told = {"Content-Length": str(len(body)), **(more or {})}
        self._head(status, told)
        self.connection.sendall(body)

    def _head(self, status: str, headers: dict[str, str]) -> None:
        told = {"Connection": "close", **headers}
        lines = [f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in told.items() if v), "", ""]
        self.connection.sendall("\r\n".join(lines).encode())

    def _file(
        self,
        content: bytes,
        *,
        cut: int | None = None,
        tag: str | None = "",
        ranges: bool = True,
        more: dict[str, str] | None = None,
    ) -> None:
        strong = f'"{hashlib.md5(content).hexdigest()}"'
        tag = strong if tag == "" else tag
        start, status = 0, "200 OK"
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("range", ""))
        told = {"Content-Type": "video/mp4", "ETag": tag or "", **(more or {})}
        known = {tag, told.get("Last-Modified")} - {None}
        if asked and ranges and self.headers.get("if-range", tag) in known:
            start = int(asked[1])
            if start >= len(content):
                self._raw(
                    "416 Range Not Satisfiable", b"", {"Content-Range": f"bytes */{len(content)}"}
                )
                return
            status = "206 Partial Content"
            told["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        body = content[start:]
        told["Content-Length"] = str(len(body))
        self._head(status, told)
        self._body(body[:cut] if cut is not None else body)

    def _body(self, body: bytes) -> None:
        for start in range(0, len(body), 16_384):
            self.connection.sendall(body[start : start + 16_384])
            if self.cdn.pause:
                time.sleep(self.cdn.pause)

    def _some(self) -> int | None:
        return self.cdn.size // 3 if self.count == 1 else None

    def _cut(self) -> None:
        self._file(self._film(), cut=self._some())

    def _cut_thrice(self) -> None:
        self._file(self._film(), cut=self.cdn.size // 5 if self.count <= 3 else None)

    def _no_range(self) -> None:
        self._file(self._film(), cut=self._some(), ranges=False)

    _no_range_cut = _no_range

    def _changed(self) -> None:
        if self.count == 1:
            self._file(self._film(), cut=self._some())
        else:
            self._file(film(f"{self.name} again", self.cdn.size))

    def _weak(self) -> None:
        """A weak validator; and whoever goes on all the same gets another file's rest."""
        content = self._film() if self.count == 1 else film(self.name, self.cdn.size)
        self._file(content, cut=self._some(), tag='W/"1"', ranges=False)

    def _dated(self) -> None:
        more = {
            "Last-Modified": "Mon, 02 Nov 2026 16:40:00 GMT",
            "Date": "Tue, 03 Nov 2026 16:40:00 GMT",
        }
        self._file(self._film(), cut=self._some(), tag=None, more=more)

    def _no_validator(self) -> None:
        self._file(self._film(), cut=self._some(), tag=None)

    def _late_etag(self) -> None:
        """A part without a validator, then one with: the part is void."""
        self._file(self._film(), cut=self._some(), tag=None if self.count == 1 else "")

    def _refused(self) -> None:
        """416 to whoever goes on."""
        if self.headers.get("range"):
            self._raw("416 Range Not Satisfiable", b"", {"Content-Range": "bytes */7"})
        else:
            self._file(self._film(), cut=self._some())

    def _busy(self) -> None:
        if self.count == 1:
            self._raw("503 Service Unavailable", b"later", {"Retry-After": "0"})
        else:
            self._file(self._film())

    def _limited(self) -> None:
        if self.count == 1:
            self._raw("429 Too Many Requests", b"later", {"Retry-After": "0"})
        else:
            self._file(self._film())

    def _webm(self) -> None:
        self._file(clip("video/webm"))

    def _lying_range(self) -> None:
        """A rest that begins elsewhere than asked for."""
        if self.headers.get("range"):
            content = self._film()
            told = {"Content-Range": f"bytes 7-{len(content) - 1}/{len(content)}"}
            self._raw("206 Partial Content", content[7:], told)
        else:
            self._file(self._film(), cut=self._some())

    def _unsaid_range(self) -> None:
        """The rest of another file of the same size, which names no state of its own."""
        again = film(f"{self.name} again", self.cdn.size)
        if asked := re.fullmatch(r"bytes=(\d+)-", self.headers.get("range", "")):
            start = int(asked[1])
            told = {"Content-Range": f"bytes {start}-{len(again) - 1}/{len(again)}"}
            self._raw("206 Partial Content", again[start:], told)
        else:
            self._file(self._film() if self.count == 1 else again, cut=self._some())

    def _chunks(self, content: bytes, *, end: bool) -> None:
        self._head(
            "200 OK", {"Transfer-Encoding": "chunked", "Content-Type": "video/mp4", "ETag": '"1"'}
        )
        self.connection.sendall(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.connection.sendall(b"0\r\n\r\n" if end else b"")

    def _chunked(self) -> None:
        self._chunks(self._film(), end=True)

    def _chunked_cut(self) -> None:
        self._chunks(self._film()[: self._some()], end=self.count > 1)

    def _closed(self) -> None:
        """The whole file, which only the end of the connection ends."""
        self._head("200 OK", {"Connection": "close", "Content-Type": "video/mp4"})
        self.connection.sendall(self._film())

    def _redirect(self) -> None:
        there = self.cdn.url("plain", self.name).replace("127.0.0.1", "127.0.0.2")
        self._raw("302 Found", b"", {"Location": there})

    def _to_nowhere(self) -> None:
        self._raw("302 Found", b"", {"Location": "ftp://files.example/a.mp4"})

    def _circle(self) -> None:
        self._raw("302 Found", b"", {"Location": self.cdn.url("circle", self.name)})

    def _reset(self) -> None:
        if self.count > 1:
            self._file(self._film())
        else:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _gzip(self) -> None:
        """Compressed although nobody asked for it."""
        body = gzip.compress(self._film(), 1)
        self._raw("200 OK", body, {"Content-Encoding": "gzip", "ETag": '"1"'})

    def _slow(self) -> None:
        content = self._film()
        self._head("200 OK", {"Content-Length": str(len(content)), "ETag": '"1"'})
        for start in range(0, len(content), len(content) // 5):
            self.connection.sendall(content[start : start + len(content) // 5])
            time.sleep(0.02)

    def _stall(self) -> None:
        content = self._film()
        self._head("200 OK", {"Content-Length": str(len(content))})
        self.connection.sendall(content[:100])
        time.sleep(3)

    def _partial_unasked(self) -> None:
        content = self._film()
        told = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}"}
        self._raw("206 Partial Content", content, told)

    def _head_lies(self) -> None:
        self._file(self._film(), more={"Content-Type": "application/octet-stream"})

    def _short(self) -> None:
        """Half of it, without a length, as if that were all."""
        self._head("200 OK", {"Connection": "close", "Content-Type": "video/mp4"})
        self.connection.sendall(self._film()[: self.cdn.size // 2])

    def _inside(self) -> None:
        """Half of it, with the length of the half."""
        self._raw("200 OK", self._film()[: self.cdn.size // 2], {"Content-Type": "video/mp4"})

    def _picture(self) -> None:
        self._raw("200 OK", clip("image/png"), {"Content-Type": "video/mp4"})


_HTML = b"<!doctype html><title>Sign in</title>"
_FAILURES: dict[str, tuple[str, bytes, dict[str, str]]] = {
    "html": ("200 OK", _HTML, {"Content-Type": "text/html"}),
    "json": ("200 OK", b'{"error": "moved"}', {"Content-Type": "video/mp4"}),
    "empty": ("200 OK", b"", {"Content-Type": "video/mp4"}),
    "missing": ("404 Not Found", b"<Error>NoSuchKey</Error>", {}),
    "forbidden": ("403 Forbidden", b"<Error>Request has expired</Error>", {}),
    "denied": ("401 Unauthorized", b"", {}),
    "gone": ("410 Gone", b"", {}),
    "nothing": ("204 No Content", b"", {}),
}


@contextmanager
def serving(cdn: Cdn | None = None) -> Iterator[Cdn]:
    """Serve files as long as the context lasts; every request has a connection of its own."""
    cdn = cdn or Cdn()
    with socket.create_server(("0.0.0.0", 0), backlog=128) as listener:
        cdn.origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=_accept, args=(listener, cdn), daemon=True).start()
        yield cdn
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, cdn: Cdn) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, cdn), daemon=True).start()


def _talk(connection: socket.socket, cdn: Cdn) -> None:
    with connection:
        data = b""
        try:
            while b"\r\n\r\n" not in data:
                if not (piece := connection.recv(65_536)):
                    return
                data += piece
            lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            pairs: Any = (line.partition(":") for line in lines[1:])
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            cdn.answer(connection, *lines[0].split(" ")[:2], headers)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the client was killed, as several tests want it to be
