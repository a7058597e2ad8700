"""What has changed, for an agent: a library's change log, filled before it is read where that is wanted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from polyreel.library import Library
from polyreel.library.catalog.reading import Recorded
from polyreel.listing.time_bounds import since_bound


class ChangeLog:
    """A library's change log.

    Args:
        path: The library's file; None for the one that ``POLYREEL_LIBRARY`` names, else the user's.
        fill: Brings the library up to date before it is read; None to read it as it is.
    """

    def __init__(
        self, path: Path | None, fill: Callable[[Library], Awaitable[object]] | None = None
    ) -> None:
        self._library = Library.open(path)
        self._fill = fill

    async def changes(self, after: int, since: str) -> Iterable[Recorded]:
        """Return changes of videos in the order in which they were noticed.

        Raises:
            LibraryError: There is no library yet, or it can't be used.
            UnsupportedOption: ``since`` is no day, time or age.
        """
        moment = since_bound(since, datetime.now(UTC)).at if since else None
        if self._fill is not None:
            await self._fill(self._library)
        return self._library.changes(after=after, since=moment, kind="videos")

    def synced_at(self) -> str | None:
        """Say when the library was last brought up to date; None if it never was."""
        ended = [run["ended"] for run in self._library.reader.runs(latest=True) if run["ended"]]
        return max(ended, default=None)

    def close(self) -> None:
        """Close the file."""
        self._library.close()
