"""SQL that somebody typed: it only reads, ends in time, and takes no more memory than there is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from polyreel.errors import InvalidRequest

_AT_ONCE = 500
_STEPS = 10_000  # SQLite's operations between two looks at the clock
_LARGEST = 100_000_000  # bytes of one value
_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
    }
)  # fmt: skip
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "readfile", "writefile", "edit"})


def select(
    connection: sqlite3.Connection, statement: str, seconds: float
) -> Iterator[tuple[Any, ...]]:
    """Yield the columns' names, then the rows.

    Args:
        connection: A library, which nothing else uses until the end.
        statement: One SELECT.
        seconds: The longest that SQLite may take for it; the time that the caller takes doesn't count.

    Raises:
        InvalidRequest: It isn't SQL, would write or reach another file, or takes too long.
    """
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    cursor = connection.cursor()
    cursor.row_factory = None  # several columns may bear one name
    left = _Time(connection, seconds)
    try:
        with left.spent():
            cursor.execute(statement)
        if cursor.description is None:
            raise InvalidRequest("that statement gives no rows; polyreel sql takes a SELECT")
        yield tuple(column[0] for column in cursor.description)
        while True:
            with left.spent():
                rows = cursor.fetchmany(_AT_ONCE)
            if not rows:
                return
            yield from rows
    finally:
        cursor.close()
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


class _Time:
    """What is left of the time that one statement may take."""

    def __init__(self, connection: sqlite3.Connection, seconds: float) -> None:
        self._connection = connection
        self._seconds = self._left = seconds

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Let SQLite work within the time, only reading; say what it can't do."""
        begin = time.monotonic()
        ends = begin + self._left
        self._connection.set_authorizer(_authorize)
        self._connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        try:
            yield
        except (sqlite3.Error, sqlite3.Warning) as error:
            told = str(error)
            if "interrupted" in told:
                told = f"it takes longer than {self._seconds:g} seconds"
            elif any(word in told for word in ("prohibited", "authoriz", "readonly")):
                told = "only reading is allowed: one SELECT over the library's views"
            raise InvalidRequest(f"the SQL can't be run: {told}") from None
        finally:
            self._connection.set_authorizer(None)
            self._connection.set_progress_handler(None, _STEPS)
            self._left -= time.monotonic() - begin


def _authorize(
    action: int, one: str | None, two: str | None, _database: str | None, _trigger: str | None
) -> int:
    if action == sqlite3.SQLITE_FUNCTION and two in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    if action in _READS:
        return sqlite3.SQLITE_OK
    # Full-text search asks for these of its own tables; they change nothing.
    if action == sqlite3.SQLITE_PRAGMA and one == "data_version":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
