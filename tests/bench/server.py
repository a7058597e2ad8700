"""A loopback server that costs as little as possible: what is measured is the client.

Run as ``python server.py``; prints its port. The first path segment says what is served:
``/cursor-10000-50/…`` is an OpenAI-style list of 10,000 videos that answers after 50 ms,
``/pages-5000-50/…`` a Tavus-style one, and each list below ``/lists-2000-50/…`` one of D-ID's.
"""

from __future__ import annotations

import asyncio
import json
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit


def cursor_item(number: int) -> dict[str, object]:
    return {
        "id": f"video_{number:07}",
        "object": "video",
        "model": "sora-2",
        "status": "completed",
        "progress": 100,
        "created_at": 1_760_000_000 - number,
        "completed_at": 1_760_000_050 - number,
        "expires_at": 1_760_086_450 - number,
        "prompt": f"A quiet street at dawn, take {number}",
        "size": "1280x720",
        "seconds": "8",
        "remixed_from_video_id": None,
        "error": None,
    }


def pages_item(number: int) -> dict[str, object]:
    return {
        "video_id": f"{number:09x}",
        "video_name": f"Video {number}",
        "status": "ready",
        "data": {"script": f"Hello, viewer {number}"},
        "download_url": f"https://stream.example/{number}/high.mp4",
        "hosted_url": f"https://videos.example/{number}",
        "stream_url": f"https://stream.example/{number}.m3u8",
        "status_details": "",
        "created_at": "2026-08-28 15:27:40.824457",
    }


@lru_cache(maxsize=20_000)
def response(target: str) -> tuple[float, bytes]:
    """Return the latency in seconds and the whole HTTP response for a request target."""
    parts = urlsplit(target)
    style, total, latency = parts.path.split("/")[1].split("-")
    query = dict(parse_qsl(parts.query))
    last = parts.path.rsplit("/", 1)[1]
    body: dict[str, object]
    if style == "cursor" and last.startswith("video_"):
        body = cursor_item(int(last[6:]))
    elif style == "cursor":
        start = int(query["after"][6:]) + 1 if "after" in query else 0
        end = min(start + int(query.get("limit", 100)), int(total))
        data = [cursor_item(number) for number in range(start, end)]
        body = {
            "object": "list",
            "data": data,
            "first_id": data[0]["id"] if data else None,
            "last_id": data[-1]["id"] if data else None,
            "has_more": end < int(total),
        }
    elif style == "lists":
        start = int(query.get("token", 0))
        end = min(start + int(query.get("limit", 100)), int(total))
        body = {
            last: [{"id": f"{last}-{number}", "status": "done"} for number in range(start, end)],
            "token": str(end) if end < int(total) else None,
        }
    else:
        size = int(query.get("limit", 10))
        start = int(query.get("page", 0)) * size
        numbers = range(start, min(start + size, int(total)))
        body = {"data": [pages_item(number) for number in numbers], "total_count": int(total)}
    encoded = json.dumps(body).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(encoded)}\r\n\r\n"
    return int(latency) / 1000, head.encode() + encoded


class Protocol(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            target = self.received.split(b" ", 2)[1].decode()
            self.received = self.received[end + 4 :]
            latency, whole = response(target)
            if latency:
                asyncio.get_running_loop().call_later(latency, self.transport.write, whole)
            else:
                self.transport.write(whole)


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
