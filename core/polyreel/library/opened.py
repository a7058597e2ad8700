"""The library for programs: opened once, asked in Python, brought up to date from a hub."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from polyreel.hub import Hub
from polyreel.library.catalog.database import library_path
from polyreel.library.catalog.reading import Filters, LibraryReader, Recorded
from polyreel.library.catalog.writing import LibraryWriter
from polyreel.library.found import Found
from polyreel.library.sync.report import SyncReport
from polyreel.library.sync.run import SyncOptions, sync, utc_now
from polyreel.models import Kind, Replica, Video


class Library:
    """Everything that was ever seen of the accounts, in one SQLite file on this machine.

    Use it as a context manager, or call :meth:`close` in the end; many threads may use it. Items come with
    what was stored: links may have ended since, and ``raw`` lacks the queries of links.

    Example::

        from polyreel import Hub
        from polyreel.library import Library

        with Hub() as hub, Library.open() as library:
            library.sync(hub)
            for video in library.videos(search="waterfall", status=["ready"]):
                print(video.uid, video.title)
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader: LibraryReader | None = None
        self._opening = threading.Lock()

    @classmethod
    def open(cls, path: str | Path | None = None) -> Self:
        """Open a library; the file is made by the first :meth:`sync`.

        Args:
            path: The file; None for the one that ``POLYREEL_LIBRARY`` names, else the one in the
                user's data folder.
        """
        return cls(library_path(None if path is None else Path(path)))

    def sync(self, hub: Hub, options: SyncOptions | None = None) -> SyncReport:
        """Bring the library up to date with the accounts of a hub.

        Args:
            hub: The accounts.
            options: Which accounts, and how thoroughly; None for all, as thoroughly as needed.

        Returns:
            What became of each account; one that failed has its error there.

        Raises:
            LibraryError: The file can't be written.
            ConfigurationError: No account can list anything.
        """
        writer = LibraryWriter(self.path, utc_now)
        try:
            return sync(hub, writer, options)
        finally:
            writer.close()

    def videos(
        self,
        *,
        search: str = "",
        status: str | Sequence[str] | None = None,
        account: str | Sequence[str] | None = None,
        provider: str | Sequence[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        deleted: bool = False,
        limit: int | None = None,
    ) -> Found[Video]:
        """Return videos, the newest first: to iterate over, or to make a data frame of.

        Args:
            search: Words that title or prompt holds; the last may be the beginning of one.
            status: One or several common statuses.
            account: One or several account names.
            provider: One or several provider names.
            since: Created then or later; an aware time.
            until: Created before then; an aware time.
            deleted: Also those that the provider has deleted.
            limit: At most so many; None for all.

        Raises:
            LibraryError: There is no library yet, or the file can't be used.
        """
        filters = Filters(
            words=search,
            statuses=_several(status),
            accounts=_several(account),
            providers=_several(provider),
            since=since,
            until=until,
            deleted=deleted,
        )
        return Found(self.reader, "videos", filters, limit)

    def replicas(
        self,
        *,
        search: str = "",
        account: str | Sequence[str] | None = None,
        provider: str | Sequence[str] | None = None,
        deleted: bool = False,
        limit: int | None = None,
    ) -> Found[Replica]:
        """Return replicas, the newest first; the arguments are those of :meth:`videos`."""
        filters = Filters(
            words=search,
            accounts=_several(account),
            providers=_several(provider),
            deleted=deleted,
        )
        return Found(self.reader, "replicas", filters, limit)

    def changes(
        self, *, after: int = 0, since: datetime | None = None, kind: Kind | None = None
    ) -> Iterator[Recorded]:
        """Return what changed, in the order in which it was noticed.

        Args:
            after: Only changes with a higher number than this one's ``rev``.
            since: Only changes noticed then or later; an aware time.
            kind: ``videos`` or ``replicas``; None for both.
        """
        return self.reader.changes(after=after, since=since, kind=kind)

    def sql(self, statement: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Run one SELECT over the views ``videos``, ``replicas``, ``changes``, ``files`` and ``runs``.

        Returns:
            The columns' names, and the rows.

        Raises:
            InvalidRequest: It isn't a statement that only reads, or takes longer than 30 seconds.
        """
        return self.reader.sql(statement)

    @property
    def reader(self) -> LibraryReader:
        """What reads the file; opened when it is first needed."""
        with self._opening:
            if self._reader is None:
                self._reader = LibraryReader(self.path)
            return self._reader

    def close(self) -> None:
        """Close the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _several(value: str | Sequence[str] | None) -> Sequence[str]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
