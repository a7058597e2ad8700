"""Real servers on loopback, written from the protocols and not from polyreel's own code."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    number: int  # counted from 1, over all requests of the server
    body: bytes = b""


@dataclass
class Reply:
    body: Any = None  # bytes and str are sent as they are, all else as JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None  # writes the whole response to the socket itself

    def encoded(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass
class Server:
    url: str
    requests: list[Request]

    @property
    def queries(self) -> list[dict[str, str]]:
        return [request.query for request in self.requests]


@contextmanager
def serve(respond: Callable[[Request], Any]) -> Iterator[Server]:
    """Serve what ``respond`` gives (a Reply, or a body) until the block ends."""
    requests: list[Request] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            with lock:
                request = Request(
                    parts.path,
                    dict(parse_qsl(parts.query, keep_blank_values=True)),
                    {name.lower(): value for name, value in self.headers.items()},
                    len(requests) + 1,
                    self.rfile.read(int(self.headers.get("Content-Length") or 0)),
                )
                requests.append(request)
            reply = respond(request)
            if not isinstance(reply, Reply):
                reply = Reply(reply)
            try:
                self._send(reply)
            except OSError:  # the client went away, as several tests want it to
                self.close_connection = True

        do_POST = do_GET  # noqa: N815 - as the base class looks for it

        def _send(self, reply: Reply) -> None:
            if reply.raw is not None:
                reply.raw(self.wfile)
                self.close_connection = True
                return
            body = reply.encoded()
            self.send_response(reply.status)
            headers = {"Content-Type": "application/json", **reply.headers}
            headers.setdefault("Content-Length", str(len(body)))
            self.close_connection = int(headers["Content-Length"]) > len(body)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None: ...

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}", requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serve_apart(respond: Callable[[Request], Any]) -> Iterator[str]:
    """Serve from a process of its own, for whoever measures or loads this one; gives the URL."""

    def run(pipe: Any) -> None:
        with serve(respond) as server:
            pipe.send(server.url)
            pipe.recv()

    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=run, args=(there,))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()
        here.close()
        there.close()


def openai_video(number: int, **more: Any) -> dict[str, Any]:
    """A finished video as the protocol documents it, all 13 fields."""
    return {
        "id": f"video_{number:04}",
        "object": "video",
        "model": "sora-2",
        "status": "completed",
        "progress": 100,
        "created_at": 1_760_000_000 - number * 60,
        "completed_at": 1_760_000_050 - number * 60,
        "expires_at": None,
        "prompt": f"Scene {number}",
        "size": "1280x720",
        "seconds": "8",
        "remixed_from_video_id": None,
        "error": None,
        **more,
    }


def openai_list(
    videos: list[dict[str, Any]], *, envelope: str = "full", default: int = 20
) -> Callable[[Request], Any]:
    """Response ``GET …/videos`` and ``…/videos/{id}`` as an OpenAI-style server does.

    Args:
        videos: What there is, newest first.
        envelope: ``full``; ``data`` for data and object alone, as SGLang sends it; ``bare`` for a
            list without an envelope; ``promise`` for has_more without ids.
        default: The page size when none is asked for.
    """
    by_id = {video["id"]: video for video in videos}

    def respond(request: Request) -> Any:
        _, _, rest = request.path.partition("/videos")
        if rest.startswith("/"):
            video = by_id.get(rest[1:])
            missing = {"message": "No such video", "type": "invalid_request_error", "code": None}
            return video or Reply({"error": {**missing, "param": None}}, 404)
        rows = videos if request.query.get("order", "desc") == "desc" else videos[::-1]
        if after := request.query.get("after"):
            ids = [video["id"] for video in rows]
            rows = rows[ids.index(after) + 1 :] if after in ids else []
        limit = int(request.query.get("limit", default))
        data, more = rows[:limit], len(rows) > limit
        ends = {
            "first_id": data[0]["id"] if data else None,
            "last_id": data[-1]["id"] if data else None,
        }
        return {
            "full": {"object": "list", "data": data, **ends, "has_more": more},
            "data": {"object": "list", "data": data},
            "promise": {"data": data, "has_more": more},
            "bare": data,
        }[envelope]

    return respond


def tavus_video(number: int, **more: Any) -> dict[str, Any]:
    """A video as Tavus lists it, with what is undocumented but real."""
    return {
        "video_id": f"{number:09x}",
        "video_name": f"Video {number}",
        "status": "ready",
        "data": {"script": f"Hello number {number}"},
        "download_url": f"https://stream.example/{number}/high.mp4",
        "hosted_url": f"https://videos.example/{number}",
        "stream_url": f"https://stream.example/{number}.m3u8",
        "status_details": "",
        "error_details": None,
        "generation_progress": "100/100",
        "created_at": "2026-08-28 15:27:40.824457",
        "updated_at": "Mon, 14 Sep 2026 09:14:24 GMT",
        **more,
    }


def tavus_list(
    rows: list[dict[str, Any]],
    *,
    base: int = 0,
    total: int | str | None = "right",
    most: int | None = None,
    past_end: str = "empty",
) -> Callable[[Request], Any]:
    """Answer with Tavus's page-numbered lists.

    Args:
        rows: What there is.
        base: The number of the first page, which is also the one given without a number.
        total: ``right``, or what ``total_count`` claims instead; None leaves it out.
        most: The largest page that the server gives, whatever it is asked for.
        past_end: ``empty``, ``clamp`` (the last page again) or ``error`` beyond the last page.
    """

    def respond(request: Request) -> Any:
        size = min(int(request.query.get("limit", 10)), most or 1_000_000)
        number = int(request.query.get("page", base)) - base
        pages = max(1, -(-len(rows) // size))
        if number < 0:
            number = 0
        if number >= pages and past_end == "clamp":
            number = pages - 1
        if number >= pages and past_end == "error":
            return Reply({"error": "Invalid page"}, 400)
        body: dict[str, Any] = {"data": rows[number * size : (number + 1) * size]}
        if total is not None:
            body["total_count"] = len(rows) if total == "right" else total
        return body

    return respond
