"""A provider with videos on a file server, both written from the wire, for the tests of archives."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from polyreel import Account, Hub, Policy
from polyreel.files.media import incomplete
from polyreel.library.archive import Archive
from support.cdn import Cdn, serving
from support.servers import Reply, serve

KEY = "sk-very-secret-key"
QUICK = Policy(attempts=3, longest_wait=0.02, idle_timeout=0.5, connect_timeout=2)


class World:
    """Videos by id, each with the fault of its file; a get renews links whose fault says so.

    Attributes:
        videos: Faults by id; ``renewed`` is a link that has ended until the video is got again.
        gets: The ids that were got alone.
    """

    def __init__(self, cdn: Cdn, videos: Mapping[str, str]) -> None:
        self.cdn = cdn
        self.videos = dict(videos)
        self.gets: list[str] = []
        self.changes: dict[str, dict[str, Any]] = {}
        self.base_url = ""

    def row(self, id: str, *, alone: bool = False) -> dict[str, Any]:
        fault = self.videos[id]
        if fault == "renewed":
            fault = "plain" if alone else "forbidden"
        return {
            "video_id": id,
            "video_name": f"Film {id}",
            "status": "ready",
            "download_url": self.cdn.url(fault, id),
            "created_at": "2026-11-02T16:40:00Z",
            **self.changes.get(id, {}),
        }

    def answer(self, request: Any) -> Any:
        assert request.headers["x-api-key"] == KEY
        if request.path == "/v2/videos":
            size = int(request.query.get("limit", 10))
            page = int(request.query.get("page", 0))
            ids = [*self.videos][page * size : (page + 1) * size]
            return {"data": [self.row(id) for id in ids], "total_count": len(self.videos)}
        id = request.path.rpartition("/")[2]
        self.gets.append(id)
        return self.row(id, alone=True) if id in self.videos else Reply({"error": "none"}, 404)

    @property
    def accounts(self) -> list[Account]:
        return [Account(name="work", provider="tavus", key=KEY, base_url=self.base_url)]

    def hub(self) -> Hub:
        return Hub(self.accounts, policy=QUICK)


@contextmanager
def world(videos: Mapping[str, str], **cdn: Any) -> Iterator[World]:
    """Serve a world as long as the context lasts."""
    with serving(Cdn(**cdn)) as files:
        made = World(files, videos)
        with serve(made.answer) as api:
            made.base_url = api.url
            yield made


def run(root: Path, there: World, options: Any = None, **filters: Any) -> Any:
    """Archive a world; return the run and what became of each file."""
    with there.hub() as hub:
        archive = Archive(root).add(hub, options=options, **filters)
        return archive, list(archive)


def media(root: Path) -> list[Path]:
    """Return the files under their final names, without sidecars and what is polyreel's own."""
    own = {"polyreel-archive.json", "SHA256SUMS"}
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and ".polyreel" not in path.parts and path.name not in own
        and path.suffix != ".json"
    )  # fmt: skip


def unwhole(root: Path) -> list[Path]:
    """Return the files that stand under a final name and aren't whole."""
    found = []
    for path in media(root):
        with path.open("rb") as file:
            if incomplete(file) is not None:
                found.append(path)
    return found


def summed(root: Path) -> int:
    """Check an archive with coreutils; return how many files it vouches for."""
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=root, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    return len((root / "SHA256SUMS").read_text().splitlines())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
