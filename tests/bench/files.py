"""Files: how fast they come, how fast a stored archive is looked through, and in how much memory.

Run as ``python files.py serve`` (prints its port; a path ``/<bytes>/<milliseconds>/<name>`` is a film of
that size after that wait), or as ``python files.py JOB PORT FOLDER ARGUMENTS…`` for one piece of work in
a process of its own, which prints its seconds, those of the processor, and peak memory as JSON.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CONNECTIONS = 8
SEVERAL = 5  # files
_NOISE = memoryview(bytes(range(256)) * 4096)


def throughput(_: str) -> float:
    """The speed of downloads of 200 MB, in times of curl's, which neither checks nor syncs them.

    Several by one process of each, so that little of what is measured is how long a program takes to load.
    """
    with served() as port, tempfile.TemporaryDirectory() as folder:
        url = f"http://127.0.0.1:{port}/{200 * 10**6}/0/a.mp4"
        names = [f"{number}.mp4" for number in range(SEVERAL)]
        theirs = curl(folder, *(part for name in names for part in ("-o", name, url)))
        for name in names:
            Path(folder, name).unlink()
        return theirs / job("get", port, folder, str(200 * 10**6), str(SEVERAL))["seconds"]


def many(_: str) -> float:
    """The speed of an archive of 1,000 small films, in times of curl's with as many connections."""
    with served() as port, tempfile.TemporaryDirectory() as folder:
        urls = [f"http://127.0.0.1:{port}/100000/50/{number:04}.mp4" for number in range(1000)]
        config = Path(folder, "urls")
        config.write_text("".join(f'url = "{url}"\noutput = "{url[-8:]}"\n' for url in urls))
        theirs = curl(folder, "--parallel", "--parallel-max", str(CONNECTIONS), "-K", str(config))
        return theirs / job("archive", port, folder, "1000", "100000", "50")["seconds"]


def second_run(_: str) -> float:
    """The seconds of a run over 10,000 stored films, the listing included."""
    with served() as port, tempfile.TemporaryDirectory() as folder:
        job("archive", port, folder, "10000", "3000", "0")
        return job("archive", port, folder, "10000", "3000", "0")["seconds"]


def memory(_: str) -> float:
    """How much more memory a download of 2 GB needs than one of 2 MB, in MB."""
    with served() as port, tempfile.TemporaryDirectory() as folder:
        large, small = (job("get", port, folder, str(size * 10**6)) for size in (2000, 2))
        return (large["peak_kb"] - small["peak_kb"]) / 1024


def curl(folder: str, *arguments: str) -> float:
    begin = time.perf_counter()
    subprocess.run(
        ["curl", "-s", "--fail", *arguments], check=True, cwd=folder, stderr=subprocess.PIPE
    )  # which shows its progress even so, where files come side by side
    return time.perf_counter() - begin


def job(*arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@contextmanager
def served() -> Iterator[str]:
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


# ---- one piece of work


def get(hub: Any, port: str, folder: str, size: str, count: str = "1") -> None:
    from polyreel import Video

    url = f"http://127.0.0.1:{port}/{size}/0/a.mp4"
    video = Video(provider="tavus", account="work", id="a", download_url=url)
    for number in range(int(count)):
        hub.videos.download(video, Path(folder, f"{number}.mp4"))


def archive(hub: Any, _port: str, folder: str, *_: str) -> None:
    from polyreel.library.archive import Archive, ArchiveOptions

    run = Archive(Path(folder, "archive")).add(hub, options=ArchiveOptions(workers=CONNECTIONS))
    assert {outcome.state for outcome in run} <= {"stored"}
    assert not run.errors


JOBS: dict[str, Callable[..., None]] = {"get": get, "archive": archive}


def main(name: str, port: str, *arguments: str) -> None:
    from polyreel import Account, Hub

    world = "/".join(arguments[1:])
    account = Account(
        name="work", provider="tavus", key="x", base_url=f"http://127.0.0.1:{port}/{world}"
    )
    with Hub([account]) as hub:
        begin, cpu_begin = time.perf_counter(), time.process_time()
        JOBS[name](hub, port, *arguments)
        seconds, cpu = time.perf_counter() - begin, time.process_time() - cpu_begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_kb": peak}))


# ---- the server: a thread for each connection, since files are what it is for


def serve() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        port = listener.getsockname()[1]
        print(port, flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=talk, args=(connection, port), daemon=True).start()


def talk(connection: socket.socket, port: int) -> None:
    received = b""
    with connection:
        while True:
            while b"\r\n\r\n" not in received:
                if not (piece := connection.recv(65_536)):
                    return
                received += piece
            head, _, received = received.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            if path.partition("?")[0].endswith("/videos"):
                listing(connection, path, port)
            else:
                film(connection, path)


def listing(connection: socket.socket, path: str, port: int) -> None:
    """Answer ``/<count>/<bytes>/<milliseconds>/videos`` as Tavus does."""
    place, _, query = path.partition("?")
    count, size, wait = place.split("/")[1:4]
    asked = dict(pair.split("=") for pair in query.split("&"))
    first = int(asked.get("page", 0)) * int(asked["limit"])
    numbers = range(first, min(int(count), first + int(asked["limit"])))
    rows = [
        {
            "video_id": f"v{number:06}",
            "video_name": f"Film {number}",
            "status": "ready",
            "download_url": f"http://127.0.0.1:{port}/{size}/{wait}/{number:06}.mp4?sig={number}",
            "created_at": "2026-08-28T15:27:40Z",
        }
        for number in numbers
    ]
    body = json.dumps({"data": rows, "total_count": int(count)}).encode()
    connection.sendall(_head("application/json", len(body)) + body)


def film(connection: socket.socket, path: str) -> None:
    size, wait = (int(part) for part in path.split("/")[1:3])
    time.sleep(wait / 1000)
    start = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + struct.pack(">I4s", 8, b"moov")
    start += struct.pack(">I4s", size - len(start), b"mdat")
    connection.sendall(_head("video/mp4", size) + start)
    left = size - len(start)
    while left > 0:
        connection.sendall(_NOISE[: min(left, len(_NOISE))])
        left -= len(_NOISE)


def _head(media: str, size: int) -> bytes:
    told = {"Content-Type": media, "Content-Length": str(size), "ETag": f'"{size}"'}
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode()


if __name__ == "__main__":
    serve() if sys.argv[1] == "serve" else main(*sys.argv[1:])
