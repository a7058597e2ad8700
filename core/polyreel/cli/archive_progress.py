"""How an archive's run goes on, where somebody watches: files, bytes, and how fast they come."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from polyreel.cli import reporting
from polyreel.library.archive import FileOutcome, Run

_EVERY = 0.5  # seconds


def watched(run: Run, *, table: bool) -> Iterator[FileOutcome]:
    """Yield a run's outcomes, and show meanwhile how it goes on.

    Args:
        run: The run.
        table: Whether stdout stays silent meanwhile.
    """
    started, over = time.monotonic(), threading.Event()
    with reporting.progress("storing", table=table) as show:

        def look() -> None:
            while not over.wait(_EVERY):
                seconds = time.monotonic() - started
                stored, got = run.counts["stored"], run.control.got
                show(
                    f"{stored:,} stored, {run.waiting:,} to go, {got / 1e6:,.1f} MB, "
                    f"{got / 1e6 / seconds:,.1f} MB/s"
                )

        watcher = threading.Thread(target=look, name="polyreel-progress", daemon=True)
        watcher.start()
        try:
            yield from run
        finally:
            over.set()
            watcher.join()
