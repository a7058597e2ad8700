"""What a sync writes: a page of items at a time, each page in one transaction."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from polyreel.library.catalog.database import Row, broken, by_name, open_writer, transaction
from polyreel.library.catalog.pass_queries import Seen
from polyreel.library.catalog.record import record, stamp
from polyreel.library.catalog.storing import ItemChange, Written, mark_deleted, store
from polyreel.models import Item, Kind


class LibraryWriter:
    """Writes to a library; threads of one process take turns, processes wait for each other.

    Args:
        path: The library's file; made if it isn't there.
        now: Gives the current time.

    Raises:
        LibraryError: The file can't be used.

    Attributes:
        seen: What a pass asks about what is stored.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._connection = open_writer(path)
        self._connection.row_factory = by_name
        self.seen = Seen(self._rows)
        self._turn = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def begin(self, account: str, kind: Kind, mode: str, *, provider: str = "") -> int:
        """Note that a pass over one account begins; return its number."""
        with self._writing():
            cursor = self._connection.execute(
                "INSERT INTO passes (started, provider, account, kind, mode) VALUES (?, ?, ?, ?, ?)",
                (self._stamp(), provider, account, kind, mode),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def end(self, run: int, mode: str, *, complete: bool, error: str | None, **counts: int) -> None:
        """Note how a pass ended.

        Args:
            run: Its number.
            mode: ``full`` or ``head``, as it turned out.
            complete: Whether every item that exists was seen.
            error: Why it ended early, or None.
            counts: ``requests``, ``new``, ``changed`` and ``gone``.
        """
        with self._writing():
            self._connection.execute(
                "UPDATE passes SET ended = ?, mode = ?, complete = ?, error = ?, requests = ?, new = ?, "
                "changed = ?, gone = ? WHERE run = ?",
                (
                    self._stamp(), mode, complete, error,
                    *(counts.get(name, 0) for name in ("requests", "new", "changed", "gone")), run,
                ),
            )  # fmt: skip

    def page(self, run: int, kind: Kind, items: Iterable[Item]) -> Written:
        """Store the items of one page."""
        records = [record(item, kind) for item in items]
        with self._writing():
            return store(self._connection, run, self._stamp(), kind, records)

    def uids(self) -> set[str]:
        """Return the uids of all items, the deleted ones too."""
        return {row["uid"] for row in self._rows("SELECT uid FROM items")}

    def note_missing(self, account: str, ids: Iterable[str]) -> None:
        """Note that a full pass didn't see these items."""
        with self._writing():
            at = self._stamp()
            self._connection.executemany(
                "UPDATE items SET missing_since = coalesce(missing_since, ?) WHERE uid = ?",
                [(at, f"{account}:{id}") for id in ids],
            )

    def delete(self, account: str, kind: Kind, ids: Iterable[str]) -> list[ItemChange]:
        """Mark items as deleted; their rows stay."""
        uids = [f"{account}:{id}" for id in ids]
        with self._writing():
            return mark_deleted(self._connection, self._stamp(), kind, uids)

    def _stamp(self) -> str:
        return stamp(self._now())

    def _rows(self, statement: str, values: tuple[object, ...] = ()) -> list[Row]:
        """Return all rows of a query, while no other thread uses the connection."""
        try:
            with self._turn:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise broken(self._path, error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Take this thread's turn for one transaction; SQLite's errors become the library's."""
        try:
            with self._turn, transaction(self._connection):
                yield
        except sqlite3.Error as error:
            raise broken(self._path, error) from error
