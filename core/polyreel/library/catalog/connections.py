"""Connections that read a library: each query has one to itself for as long as it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from polyreel.library.catalog.database import by_name, open_reader


class Connections:
    """Read-only connections to one library, as many as queries go on at a time.

    Two threads whose queries share a connection can get each other's rows, and what limits one query
    would limit the others.

    Args:
        path: The library's file.

    Raises:
        LibraryError: There is none, or it can't be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closed = False
        self._idle = [self._open()]

    @contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection, whose rows come by name."""
        try:
            connection = self._idle.pop()  # two threads never get the same one
        except IndexError:
            connection = self._open()
        try:
            yield connection
        finally:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)

    def close(self) -> None:
        """Close them; those that are lent when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _open(self) -> sqlite3.Connection:
        connection = open_reader(self._path)
        connection.row_factory = by_name
        connection.execute("SELECT 1 FROM search LIMIT 0")  # SQLite sets it up when first used
        return connection
