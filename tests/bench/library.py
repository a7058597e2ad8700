"""What the library costs: ``python tests/bench/library.py``; figures are ratios, taken in one run.

An account of 100,000 videos is listed, synced, synced again unchanged and searched; 10,000 rows are loaded
into DuckDB by polyreel and by dlt alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
VIDEOS = 100_000
LOADED = 10_000

from polyreel import Account, Hub  # noqa: E402
from polyreel.integrations.warehouse import load, source  # noqa: E402
from polyreel.library import Library  # noqa: E402
from polyreel.library.catalog.reading import Filters, LibraryReader  # noqa: E402
from polyreel.library.sync.run import SyncOptions  # noqa: E402


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def account(port: str, videos: int, latency: int = 0) -> Account:
    url = f"http://127.0.0.1:{port}/cursor-{videos}-{latency}/v1"
    return Account(name="openai", provider="openai", base_url=url, key="k")


def syncing(port: str, folder: Path, latency: int) -> None:
    path = folder / f"library-{latency}.db"
    with Hub([account(port, VIDEOS, latency)]) as hub, Library.open(path) as library:
        listed = timed(lambda: sum(1 for _ in hub.videos.list()))
        reports = []
        full = timed(lambda: reports.append(library.sync(hub)))
        again = timed(lambda: reports.append(library.sync(hub, SyncOptions())))
    [outcome] = [each for each in reports[1].outcomes if each.kind == "videos"]
    assert outcome.mode == "head", outcome
    print(f"listing {VIDEOS:,} alone, a page in {latency} ms: {listed:.1f} s")
    print(f"full sync: {full / listed:.2f} x the listing (bar 2)")
    print(
        f"second sync: {outcome.requests} requests (bar 3), {listed / again:,.0f} x faster (bar 50)"
    )
    with closing(LibraryReader(path)) as reader:
        for words in ("take 77", "street 4242", "quiet dawn"):
            found: list[object] = []
            seconds = timed(
                lambda words=words, found=found: found.extend(
                    reader.items("videos", Filters(words=words), 50)
                )
            )
            print(f"search {words!r}: {1000 * seconds:.0f} ms (bar 50), {len(found)} shown")


def loading(port: str, folder: Path) -> None:
    import dlt

    with Hub([account(port, LOADED)]) as hub, Library.open(folder / "load.db") as library:
        library.sync(hub)
        rows = [row for table in ("videos",) for row in source(library).resources[table]]
        columns = source(library).resources["videos"].columns
        ours = timed(lambda: load(library, f"duckdb:///{folder / 'ours.duckdb'}"))

    def alone() -> None:
        resource = dlt.resource(
            rows, name="videos", primary_key="uid", write_disposition="merge", columns=columns
        )
        target = dlt.destinations.duckdb(str(folder / "alone.duckdb"))
        with tempfile.TemporaryDirectory() as state:
            dlt.pipeline(
                "alone", pipelines_dir=state, destination=target, dataset_name="ai_videos"
            ).run(resource)

    theirs = timed(alone)
    print(f"load of {len(rows):,} rows: {ours / theirs:.2f} x dlt's own time (bar 1.5)")
    print(json.dumps({"ours": round(ours, 2), "dlt": round(theirs, 2)}))


def main() -> None:
    global VIDEOS, LOADED  # noqa: PLW0603 - fewer, for a quick look
    if len(sys.argv) > 1:
        VIDEOS = LOADED = int(sys.argv[1])
    with (
        subprocess.Popen(
            [sys.executable, str(HERE / "server.py")], stdout=subprocess.PIPE, text=True
        ) as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        assert server.stdout is not None
        try:
            port = server.stdout.readline().strip()
            loading(port, Path(folder))
            for latency in (0, 50):
                syncing(port, Path(folder), latency)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
